import contextlib
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from encoders.errors import ImageError
from encoders.images import IMAGE_SUFFIXES, read_image

RED = (200, 30, 40)


def encoded(image: Image.Image, file_format: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def landscape() -> Image.Image:
    """40 x 20, a bright left half and a red right half."""
    image = Image.new("RGB", (40, 20), "white")
    image.paste(RED, (20, 0, 40, 20))
    return image


def noise(width: int, height: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8))


def enormous_png(side: int) -> bytes:
    """A few bytes whose header promises side x side pixels."""
    header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    length, checksum = struct.pack(">I", 13), struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + length + header + checksum + b"\0\0\0\0IDAT"


def assert_alike(image: Image.Image, expected: Image.Image, tolerance: float) -> None:
    assert (image.mode, image.size) == ("RGB", expected.size)
    assert np.abs(np.asarray(image, float) - np.asarray(expected, float)).mean() <= tolerance


@pytest.mark.parametrize(
    ("file_format", "tolerance"),
    [
        ("PNG", 0),
        ("BMP", 0),
        ("TIFF", 0),
        ("PPM", 0),
        ("TGA", 0),
        ("GIF", 0),
        ("JPEG", 8),
        ("WEBP", 8),
        ("AVIF", 8),
        ("JPEG2000", 8),
    ],
)
def test_every_common_format_is_read_as_rgb(file_format: str, tolerance: float) -> None:
    assert_alike(read_image(encoded(landscape(), file_format)), landscape(), tolerance)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "YCbCr", "LA", "RGBA", "I;16", "F"])
def test_every_mode_becomes_rgb_with_dark_left_and_bright_right(mode: str) -> None:
    grey = Image.new("L", (40, 20), 0)
    grey.paste(255, (20, 0, 40, 20))
    image = grey.convert("RGB").convert(mode) if mode in {"CMYK", "YCbCr", "RGBA"} else grey.convert(mode)
    if mode == "I;16":
        image = Image.fromarray(np.asarray(grey, np.uint16) * 257)
    if mode == "F":
        image = Image.fromarray(np.asarray(grey, np.float32) / 255)
    assert_alike(read_image(encoded(image, "TIFF")), grey.convert("RGB"), tolerance=1)


def test_an_adobe_cmyk_jpeg_is_not_inverted() -> None:
    assert_alike(read_image(encoded(landscape().convert("CMYK"), "JPEG")), landscape(), tolerance=8)


def test_a_cielab_tiff_keeps_its_colours() -> None:
    lab = ImageCms.profileToProfile(
        landscape(), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert lab is not None
    assert_alike(read_image(encoded(lab, "TIFF")), landscape(), tolerance=2)


@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "PPM"])
def test_sixteen_bit_greys_are_scaled_and_not_clipped(file_format: str) -> None:
    ramp = np.arange(256, dtype=np.uint16)[None] * 257
    image = Image.fromarray(ramp)
    if file_format == "PPM":
        image = image.convert("I")
    read = np.asarray(read_image(encoded(image, file_format)))
    assert read[0, :, 0].tolist() == list(range(256))


def test_thirty_two_bit_greys_beyond_sixteen_bits_are_scaled_by_their_brightest() -> None:
    wide = Image.fromarray(np.array([[0, 500_000, 1_000_000]], dtype=np.int32))
    read = np.asarray(read_image(encoded(wide, "TIFF")))
    assert read[0, :, 0].tolist() == [0, 128, 255]


def test_floats_that_are_no_numbers_are_black() -> None:
    broken = Image.fromarray(np.array([[np.nan, np.inf, 0.5, 1.0]], dtype=np.float32))
    read = np.asarray(read_image(encoded(broken, "TIFF")))
    assert read[0, :, 0].tolist() == [0, 0, 128, 255]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "P"])
def test_what_is_transparent_becomes_white(mode: str) -> None:
    if mode == "P":
        image = Image.new("P", (4, 4), 0)
        image.putpalette([200, 30, 40, 10, 10, 10])
        image.info["transparency"] = b"\x00\xff"
        data = encoded(image, "PNG", transparency=b"\x00\xff")
    else:
        data = encoded(Image.new("RGBA", (4, 4), (*RED, 0)).convert(mode), "TIFF" if mode == "PA" else "PNG")
    assert read_image(data).getcolors() == [(16, (255, 255, 255))]


def test_a_colour_key_is_transparent_too() -> None:
    assert read_image(encoded(Image.new("RGB", (2, 2), RED), "PNG", transparency=RED)).getpixel((0, 0)) == (
        255,
        255,
        255,
    )


def test_half_transparent_red_lightens() -> None:
    read = read_image(encoded(Image.new("RGBA", (2, 2), (255, 0, 0, 128)), "PNG"))
    assert read.getpixel((0, 0)) == (255, 127, 127)


@pytest.mark.parametrize("file_format", ["GIF", "PNG", "WEBP", "TIFF"])
def test_only_the_first_frame_of_several_is_read(file_format: str) -> None:
    options = {"lossless": True} if file_format == "WEBP" else {}
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], file_format, save_all=True, append_images=frames[1:], **options)
    assert read_image(data).getpixel((4, 4)) == (255, 0, 0)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_stored_on_its_side_is_turned_upright_once(file_format: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees to the right
    read = read_image(encoded(landscape(), file_format, exif=exif))
    assert_alike(read, landscape().transpose(Image.Transpose.ROTATE_270), tolerance=8)
    assert not read.getexif()


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_damaged_exif_does_not_refuse_the_picture() -> None:
    read = read_image(encoded(landscape(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))
    assert_alike(read, landscape(), tolerance=8)


def test_a_path_a_stream_and_bytes_give_the_same_picture(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(encoded(noise(9, 7), "PNG"))
    data = path.read_bytes()
    with path.open("rb") as stream:
        read = [read_image(source) for source in (path, stream, data, bytearray(data), memoryview(data))]
        assert not stream.closed
    assert all(image.tobytes() == noise(9, 7).tobytes() for image in read)


def test_a_stream_is_read_from_where_it_stands() -> None:
    stream = io.BytesIO(b"before" + encoded(landscape(), "PNG"))
    stream.seek(6)
    assert read_image(stream).size == (40, 20)


@pytest.mark.parametrize(
    ("at_least", "size"),
    [(None, (1600, 800)), (800, (1600, 800)), (400, (800, 400)), (390, (800, 400)), (100, (200, 100))],
)
def test_a_large_jpeg_is_decoded_no_larger_than_needed_and_never_smaller(
    at_least: int | None, size: tuple[int, int]
) -> None:
    data = encoded(Image.new("RGB", (1600, 800), RED), "JPEG")
    assert read_image(data, at_least=at_least).size == size


@given(st.integers(1, 600), st.integers(1, 600), st.integers(1, 300))
@settings(max_examples=25, deadline=None)
def test_the_shorter_side_never_falls_below_the_hint(width: int, height: int, at_least: int) -> None:
    read = read_image(encoded(Image.new("RGB", (width, height)), "JPEG"), at_least=at_least)
    assert min(read.size) >= min(width, height, at_least)


def test_a_decompression_bomb_is_refused_by_its_header() -> None:
    with pytest.raises(ImageError) as refused:
        read_image(enormous_png(50_000), name="bomb.png")
    assert str(refused.value) == (
        "bomb.png has 50000 x 50000 = 2,500,000,000 pixels, more than the limit of 100,000,000; "
        "scale it down first."
    )


def test_the_pixel_limit_is_inclusive_and_ours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    data = encoded(noise(20, 10), "PNG")
    assert read_image(data, max_pixels=200).size == (20, 10)
    with pytest.raises(ImageError, match="20 x 10 = 200 pixels, more than the limit of 199;"):
        read_image(data, max_pixels=199)


def test_a_refusal_by_pillow_s_own_limit_is_an_image_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    with pytest.raises(ImageError, match=r"wide\.webp has too many pixels"):
        read_image(encoded(noise(20, 10), "WEBP"), name="wide.webp")


@pytest.mark.parametrize(
    "file_format", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF", "JPEG2000", "PPM"]
)
@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_a_truncated_file_is_refused_by_name(tmp_path: Path, file_format: str, kept: float) -> None:
    data = encoded(noise(64, 64), file_format)
    path = tmp_path / f"cut.{file_format.lower()}"
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(ImageError, match=rf"^{path} is .*; (copy it again|give a JPEG)"):
        read_image(path)


def test_a_truncated_jpeg_is_refused_at_reduced_scale_too() -> None:
    data = encoded(noise(400, 400), "JPEG")
    with pytest.raises(ImageError, match="truncated or damaged"):
        read_image(data[: len(data) // 2], at_least=50)


@pytest.mark.parametrize("content", ["It was a dark and stormy night. " * 40, "x", "<svg></svg>"])
def test_a_text_file_named_jpg_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "notes.jpg"
    path.write_text(content)
    with pytest.raises(ImageError, match=rf"^{path} is not an image; give a JPEG, PNG, WebP or TIFF file\.$"):
        read_image(path)


def test_postscript_is_never_handed_to_an_interpreter() -> None:
    with pytest.raises(ImageError, match="is not an image"):
        read_image(encoded(landscape(), "EPS"))


def test_a_missing_file_a_folder_and_an_empty_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    for path, sentence in {
        tmp_path / "missing.jpg": f"No image file at {tmp_path / 'missing.jpg'}; check the path.",
        tmp_path: f"{tmp_path} is a folder; give an image file.",
        tmp_path / "empty.jpg": f"{tmp_path / 'empty.jpg'} is empty; copy it again from where it came from.",
    }.items():
        with pytest.raises(ImageError) as refused:
            read_image(path)
        assert str(refused.value) == sentence


def test_a_path_that_the_system_refuses_is_an_image_error() -> None:
    with pytest.raises(ImageError, match="cannot be opened"):
        read_image(Path("a" * 5000))


def test_errors_call_the_picture_by_the_given_name() -> None:
    with pytest.raises(ImageError, match=r"^upload\.png is empty"):
        read_image(b"", name="upload.png")
    with pytest.raises(ImageError, match=r"^The given image is empty"):
        read_image(b"")


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\0"]),
)
@settings(deadline=None)
def test_any_bytes_become_a_picture_or_an_image_error(data: bytes, signature: bytes) -> None:
    with contextlib.suppress(ImageError):
        assert read_image(signature + data, max_pixels=10_000).mode == "RGB"


def test_suffixes_are_small_letters_with_their_dot() -> None:
    assert {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"} <= IMAGE_SUFFIXES
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in IMAGE_SUFFIXES)
