"""What may be sent with a picture; as with `schemas.parameters`, an unknown field is refused."""

from typing import Annotated, TypeVar

from fastapi import Form, UploadFile
from PIL import Image
from pydantic import BeforeValidator, Field

from encoders.errors import ImageError
from encoders.images import read_for_look
from search_api.errors import blame
from search_api.http.routes.bodies import FORM
from search_api.schemas.parameters import EmotionsParameters, Parameters, SimilarParameters
from search_api.settings import MEGA, Settings

Kind = TypeVar("Kind", bound="PictureForm")
Sent = Annotated[Kind, Form(media_type=FORM)]


def _a_file(sent: object) -> object:
    if isinstance(sent, str):
        raise ValueError("a picture as a file")
    return sent


class PictureForm(Parameters):
    """A picture, which is not kept."""

    image: Annotated[UploadFile, BeforeValidator(_a_file)] = Field(
        description="A picture in any format that Pillow reads."
    )

    @property
    def name(self) -> str:
        """What the sender calls the picture, fit to be sent back."""
        return (self.image.filename or "image").encode("utf-8", "replace").decode()

    def read(self, settings: Settings) -> Image.Image:
        """The picture as encoders get it.

        Raises:
            ImageError: it is none, or has more pixels than the settings allow.
        """
        with blame("image", ImageError):
            limit = settings.upload_megapixels * MEGA
            return read_for_look(self.image.file, name=self.name, max_pixels=limit)


class ScoreForm(PictureForm):
    """A picture and words."""

    word: list[str] = Field(
        description="An emotion word or phrase; may be repeated.", examples=[["serenity", "menace"]]
    )


class SimilarForm(PictureForm, SimilarParameters):
    """A picture, and what neighbours of it are wanted."""


class EmotionsForm(PictureForm, EmotionsParameters):
    """A picture, and which words it is held against."""
