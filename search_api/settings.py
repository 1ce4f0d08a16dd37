"""How Moodseum serves: settings from options and the environment, resolved once."""

import re
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from search_api.errors import SettingsError, wrong_value

MEGA = 1_000_000
ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
PREFIX = "MOODSEUM_"
ELSEWHERE = ("MOODSEUM_HOME", "MOODSEUM_STORE")
SERVER_PREFIX = "MOODSEUM_QDRANT_"
"""Both belong to the home and the index; known here so that they are not taken for mistakes."""


class Settings(BaseModel):
    """Every setting of serving; each is also read from `MOODSEUM_<NAME>`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str | None = Field(
        default=None, description="Where the server is reached from outside, if requests do not say so."
    )
    upload_mb: int = Field(
        default=20, ge=1, le=1024, description="Largest request that is taken in, in megabytes."
    )
    upload_megapixels: int = Field(
        default=25, ge=1, le=100, description="Largest picture that is scored, in millions of pixels."
    )
    image_size: int = Field(
        default=640, ge=16, le=2048, description="Longest side of a served picture, in pixels."
    )

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, address: str | None) -> str | None:
        if address is not None and not ADDRESS.fullmatch(address):
            raise ValueError("an address such as https://museum.example")
        return address

    @classmethod
    def resolve(
        cls, environ: Mapping[str, str], *, host: str | None = None, port: int | None = None
    ) -> "Settings":
        """Options before environment before defaults.

        Raises:
            SettingsError: a `MOODSEUM_` variable is unknown, or a value cannot be used.
        """
        given: dict[str, object] = {
            key.removeprefix(PREFIX).lower(): value
            for key, value in environ.items()
            if key.startswith(PREFIX) and key not in ELSEWHERE and not key.startswith(SERVER_PREFIX)
        }
        options = {"host": host, "port": port}
        given |= {name: value for name, value in options.items() if value is not None}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise SettingsError(_explain(error)) from None


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        known = ", ".join([*ELSEWHERE, *(PREFIX + field.upper() for field in Settings.model_fields)])
        return f"There is no setting {PREFIX}{name.upper()}; the environment may hold {known}."
    return wrong_value(f"The setting {name} ({PREFIX}{name.upper()})", first)
