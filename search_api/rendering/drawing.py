"""What the pictures of answers are drawn with: paper and ink, letters, and a file to put them in."""

import io
import unicodedata
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from encoders.files import write_atomically
from search_api.errors import SheetError

PAPER = "#f7f4ee"
INK = "#22201d"
SOFT = "#6f6a62"

MARGIN = 56
GAP = 32
HEADING = 116
"""Height of what `write_heading` writes, below the margin."""

PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D"}
    | {"đ": "d", "Þ": "Th", "þ": "th", "Ð": "D", "ð": "d", "\u0131": "i", "\u2013": "-", "\u2014": "-"}
)
"""Pillow's font draws ASCII and quotation marks only; letters that no decomposition makes plain."""


def write(
    draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, *, size: int, colour: str, width: int
) -> None:
    """One line of text, shortened to `width` pixels, its upper left corner at `place`."""
    font = font_of(size)
    draw.text(place, _fit(_drawable(text), font, width), colour, font)


def write_heading(draw: ImageDraw.ImageDraw, heading: str, summary: str, width: int) -> None:
    """Two lines at the top of a picture, shortened to `width` pixels."""
    left, top = MARGIN, MARGIN - 12
    write(draw, (left, top), heading, size=42, colour=INK, width=width)
    write(draw, (left, top + 60), summary, size=20, colour=SOFT, width=width)


def scaled(picture: Image.Image, side: int) -> Image.Image:
    """The picture smaller or larger, so that its longer side has `side` pixels."""
    scale = side / max(picture.size)
    width, height = (max(1, round(length * scale)) for length in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


@cache
def font_of(size: int) -> ImageFont.FreeTypeFont:
    """Pillow's own font."""
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # every Pillow wheel has FreeType
    return font


def png_of(picture: Image.Image) -> bytes:
    """A picture as a PNG file's bytes."""
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG")
    return buffer.getvalue()


def save_png(picture: Image.Image, path: Path) -> None:
    """Write a picture as PNG; a file of that name is replaced in one step.

    Raises:
        SheetError: the folder does not exist or cannot be written to.
    """
    try:
        write_atomically(path, png_of(picture))
    except OSError as error:
        raise SheetError(
            f"The picture {path} cannot be written ({error.strerror}); name a file in a folder that you own."
        ) from error


def _drawable(text: str) -> str:
    """One line in letters that the font has: "Cézanne" -> "Cezanne", "浮世" -> "??"."""
    letters = unicodedata.normalize("NFKD", " ".join(text.split()).translate(PLAIN_LETTERS))
    plain = (letter for letter in letters if not unicodedata.combining(letter))
    return "".join(letter if letter.isascii() else "?" for letter in plain)


def _fit(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """Shorten a line to `width` pixels, with an ellipsis where something is lost."""
    if len(text) <= width and font.getlength(text) <= width:
        return text
    text = text[:width]  # no letter is narrower than a pixel
    while text and font.getlength(text + "...") > width:
        text = text[:-1]
    return text.rstrip(" ,|") + "..."
