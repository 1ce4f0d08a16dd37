"""Safe reading of pictures: whatever is handed in becomes an upright RGB image, or one clear error."""

import contextlib
import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageCms, ImageFile, ImageOps

from encoders.errors import ImageError

Source: TypeAlias = Path | BinaryIO | bytes | bytearray | memoryview

MAX_PIXELS = 100_000_000
"""The default limit; a picture as large as this takes about 1 GB of memory while it is converted."""

IMAGE_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".tif", ".tiff", ".avif", ".jp2"}
    | {".gif", ".bmp", ".tga", ".ppm", ".pgm"}
)
"""File names that end so, in small letters, are taken for pictures when a folder is searched."""

REFUSED_FORMATS = frozenset({"EPS", "BLP", "ICNS", "ICO"})
"""EPS runs Ghostscript on the file; the others hold pictures whose size their header does not tell."""

LOOK_SIDE = 448
"""Shorter side, in pixels, that looks need at most: twice what CLIP ViT-B/32 sees."""

SIGNATURE_LENGTH = 16
ON_ITS_SIDE = range(5, 9)  # of EXIF's orientations
WHITE_OF_16_BITS = 65535.0


def read_image(
    source: Source,
    *,
    name: str | None = None,
    max_pixels: int = MAX_PIXELS,
    at_least: int | None = None,
) -> Image.Image:
    """Read one picture as RGB: the right way up, the first frame of several, white where it is transparent.

    Args:
        source: a file, an open binary stream (read from where it stands to its end) or the bytes themselves.
        name: what errors call the picture; the path unless given.
        max_pixels: width times height that is still accepted; looked up before anything is decoded.
        at_least: a hint that no more than this length of the shorter side is needed. JPEG files are then
            decoded at 1/2, 1/4 or 1/8 of their size where that is enough, which is many times faster.

    Raises:
        ImageError: there is no such file, it is no picture, truncated, damaged or above the limit.
    """
    with _opened(source, name) as (stream, called):
        return _decode(stream, called, max_pixels, at_least)


def read_size(source: Source, *, name: str | None = None) -> tuple[int, int]:
    """Width and height of a picture the right way up, from its header alone.

    Raises:
        ImageError: there is no such file, it is no picture, or its header is damaged.
    """
    with _opened(source, name) as (stream, called):
        image = _recognise(stream, called)
        turned = image.getexif().get(ExifTags.Base.Orientation, 0) in ON_ITS_SIDE
        return image.size[::-1] if turned else image.size


def read_for_look(source: Source, *, name: str | None = None, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """Read one picture as every encoder gets it, in training, indexing and scoring; see `read_image`.

    Its shorter side is brought below `2 * LOOK_SIDE`, so that many pictures fit into memory.
    """
    image = read_image(source, name=name, max_pixels=max_pixels, at_least=LOOK_SIDE)
    return image.reduce(max(1, min(image.size) // LOOK_SIDE))


@contextlib.contextmanager
def _opened(source: Source, name: str | None) -> Iterator[tuple[BinaryIO, str]]:
    """The bytes of a picture and what errors call it; whatever goes wrong with them is an ImageError."""
    called = name or (str(source) if isinstance(source, Path) else "The given image")
    with _open(source, called) as stream:
        if not stream.read(1):
            raise ImageError(f"{called} is empty; copy it again from where it came from.")
        try:
            yield stream, called
        except ImageError:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise ImageError(f"{called} has too many pixels ({error}); scale it down first.") from error
        except Exception as error:  # damaged files make Pillow's readers raise nearly anything
            reason = str(error) or type(error).__name__
            raise ImageError(
                f"{called} is truncated or damaged ({reason}); copy it again from where it came from."
            ) from error


def _open(source: Source, name: str) -> BinaryIO:
    if not isinstance(source, Path):
        return io.BytesIO(source.read() if hasattr(source, "read") else source)
    try:
        if source.is_dir():
            raise ImageError(f"{name} is a folder; give an image file.")
        if not source.is_file():
            raise ImageError(f"No image file at {name}; check the path.")
        return source.open("rb")
    except OSError as error:
        raise ImageError(
            f"{name} cannot be opened ({error.strerror}); check the path and its permissions."
        ) from error


def _decode(stream: BinaryIO, name: str, max_pixels: int, at_least: int | None) -> Image.Image:
    image = _recognise(stream, name)
    width, height = image.size
    if width * height > max_pixels:
        raise ImageError(
            f"{name} has {width} x {height} = {width * height:,} pixels, more than the limit of "
            f"{max_pixels:,}; scale it down first."
        )
    if at_least:
        image.draft(image.mode, (at_least, at_least))
    image.load()
    with contextlib.suppress(Exception):  # a damaged EXIF block may hide the orientation, not the picture
        ImageOps.exif_transpose(image, in_place=True)
    return _to_rgb(image)


def _recognise(stream: BinaryIO, name: str) -> ImageFile.ImageFile:
    image = _identify(stream)
    if image is None:
        raise ImageError(f"{name} is not an image; give a JPEG, PNG, WebP or TIFF file.")
    return image


def _identify(stream: BinaryIO) -> ImageFile.ImageFile | None:
    """Read the header with the first of Pillow's readers that knows it.

    `Image.open` does the same, but checks its own pixel limit, which is a setting of the whole process
    and warns before it refuses.
    """
    Image.init()
    stream.seek(0)
    signature = stream.read(SIGNATURE_LENGTH)
    for format_name in Image.ID:
        if format_name in REFUSED_FORMATS:
            continue
        reader, accepts = Image.OPEN[format_name]
        with contextlib.suppress(SyntaxError, IndexError, TypeError, struct.error):  # "not my format"
            if accepts is None or accepts(signature) is True:
                stream.seek(0)
                return reader(stream, "")
    return None


def _to_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        rgb = Image.fromarray(_to_8_bits(np.asarray(image))).convert("RGB")
    elif image.has_transparency_data:
        rgb = _on_white(image.convert("RGBA"))
    elif image.mode == "LAB":
        rgb = _from_lab(image)
    else:
        rgb = image.convert("RGB")
    rgb.info.clear()  # the orientation is applied, and must not be applied again
    return rgb


def _to_8_bits(grey: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
    """Scale 16-bit greys and floats from 0 to 1; brighter numbers make the brightest of them white."""
    values = np.nan_to_num(grey.astype(np.float32), posinf=0.0, neginf=0.0)
    nominal = 1.0 if np.issubdtype(grey.dtype, np.floating) else WHITE_OF_16_BITS
    white = max(nominal, float(values.max()))
    codes: npt.NDArray[np.uint8] = np.rint(np.clip(values / white, 0, 1) * 255).astype(np.uint8)
    return codes


def _on_white(rgba: Image.Image) -> Image.Image:
    canvas = Image.new("RGB", rgba.size, "white")
    canvas.paste(rgba, mask=rgba.getchannel("A"))
    return canvas


def _from_lab(image: Image.Image) -> Image.Image:
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(image, lab, srgb, outputMode="RGB")
    assert converted is not None  # only an in-place conversion returns None
    return converted
