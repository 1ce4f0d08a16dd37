"""How a Qdrant server is reached, and how it is to keep what it is given."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from urllib.parse import urlsplit

from indexer.errors import ServerError

KEY = "QDRANT_API_KEY"
VARIABLE = "MOODSEUM_QDRANT_"
HOST = re.compile(r"[\w.:%-]+")  # a name, or numbers
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server and its habits. With https:// all is encrypted, gRPC as well.

    A certificate authority of one's own is named where all programs look for it: in SSL_CERT_FILE, and for
    gRPC in GRPC_DEFAULT_SSL_ROOTS_FILE_PATH.
    """

    url: str
    api_key: str | None = field(default=None, repr=False)
    grpc_port: int = 6334
    prefix: str = "moodseum"
    """What the names of all collections and aliases begin with."""
    shards: int = 1
    replicas: int = 1
    """How many nodes keep each shard."""
    consistency: int = 1
    """How many of the replicas must have a write before it counts as done."""

    def __post_init__(self) -> None:
        _check_address(self.url)
        if not re.fullmatch(r"\w+", self.prefix, re.ASCII):
            raise ServerError(f"The prefix {self.prefix!r} may hold only letters, digits and underscores.")
        for name in ("grpc_port", "shards", "replicas", "consistency"):
            if getattr(self, name) < 1:
                raise ServerError(f"{name} of a Qdrant server must be at least 1, not {getattr(self, name)}.")

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine."""
        return urlsplit(self.url).hostname in LOOPBACK

    @classmethod
    def resolve(cls, url: str, environment: Mapping[str, str]) -> "ServerSettings":
        """Settings from QDRANT_API_KEY and MOODSEUM_QDRANT_SHARDS, _REPLICAS, _CONSISTENCY and so on.

        Raises:
            ServerError: a variable or its value is unknown, or the address is none.
        """
        known = {f"{VARIABLE}{each.name.upper()}": each.name for each in fields(cls)[2:]}
        given = {name: value for name, value in environment.items() if name.startswith(VARIABLE)}
        for name in given:
            if name not in known:
                raise ServerError(f"{name} is unknown; there are {', '.join(known)}.")
        values = {known[name]: _value(name, value, known[name]) for name, value in given.items()}
        return cls(url, environment.get(KEY) or None, **values)  # type: ignore[arg-type]


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.port != 0
        host = parts.hostname or ""
    except ValueError:  # of brackets and ports
        known, host = False, ""
    if "@" in url:  # the client would drop it, and messages would show it
        raise ServerError(
            f"The address of a Qdrant server holds no name and password; give the key in {KEY}."
        )
    if not known or not HOST.fullmatch(host):
        raise ServerError(f"{url!r} is no address of a Qdrant server; write http://host:6333.")


def _value(name: str, value: str, setting: str) -> str | int:
    if setting == "prefix":
        return value
    try:
        return int(value)
    except ValueError:
        raise ServerError(f"{name} must be a whole number, not {value!r}.") from None
