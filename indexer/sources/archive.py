"""Uncompressed tar archives: which files lie where in them."""

import io
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from encoders.errors import ImageError
from indexer.sources.port import Complain

COMPRESSIONS = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "Zstandard",
}
"""By how a file of it begins."""

PLACE = re.compile(r"bytes ([0-9]+)\+([0-9]+)")
CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its `size` bytes from `start` on, counted from 0."""

    name: str
    start: int
    size: int

    @property
    def place(self) -> str:
        """As `read_member` understands it, such as "bytes 1536+23040"."""
        return f"bytes {self.start}+{self.size}"


def list_members(path: Path, complain: Complain) -> Iterator[Member]:
    """The ordinary files of an archive in the order in which they lie there; only headers are read.

    What is damaged is passed over, and told to `complain` in half a sentence about the archive. A file that
    the archive's end cuts off is listed all the same.

    Raises:
        OSError: the archive cannot be opened or read.
    """
    with path.open("rb") as stream:
        compression = _compression(stream)
        if compression:
            complain(f"is compressed with {compression}; unpack it into a plain .tar first; skipped")
            return
        for info in _headers(stream, complain):
            if info.isreg() and not info.issparse():
                yield Member(info.name, info.offset_data, info.size)


def read_member(path: Path, place: str) -> bytes:
    """The bytes at a `Member.place` of an archive; fewer where the archive ends too early.

    Raises:
        ImageError: the archive cannot be opened or read.
    """
    match = PLACE.fullmatch(place)
    if not match:
        raise ImageError(f"{path} has no place {place!r}; index the collection again.")
    try:
        with path.open("rb") as stream:
            return read_bytes(stream, int(match[1]), int(match[2]))
    except OSError as error:
        raise ImageError(
            f"{path} cannot be opened ({error.strerror}); check the path and its rights."
        ) from error


def read_bytes(stream: BinaryIO, start: int, size: int) -> bytes:
    """Up to `size` bytes from `start` on."""
    stream.seek(start)
    return stream.read(size)


def _compression(stream: BinaryIO) -> str | None:
    signature = read_bytes(stream, 0, max(map(len, COMPRESSIONS)))
    return next((name for start, name in COMPRESSIONS.items() if signature.startswith(start)), None)


def _headers(stream: BinaryIO, complain: Complain) -> Iterator[tarfile.TarInfo]:
    tar = _tar_of(stream)
    size, offset, end, last = stream.seek(0, os.SEEK_END), 0, 0, ""
    while offset < size:
        stream.seek(offset)
        try:
            info = tarfile.TarInfo.fromtarfile(tar)
        except (tarfile.TarError, ValueError):  # the end, where another archive may follow, or damage
            offset += tarfile.BLOCKSIZE
            continue
        if _has_data(stream, end, offset):
            complain(f"is damaged from byte {end} to {offset}; what was there is lost, copy it again")
        offset = end = max(tar.offset, offset + tarfile.BLOCKSIZE)
        last = info.name
        yield info
    if not end:
        complain("holds nothing that a tar archive holds; skipped")
    elif end > size:
        complain(f"ends in the middle of {last}; copy it again")
    elif _has_data(stream, end, size):
        complain(f"is damaged from byte {end} to its end; what was there is lost, copy it again")


def _tar_of(stream: BinaryIO) -> tarfile.TarFile:
    """What keeps the state between headers; opened on an empty archive, as opening reads a header."""
    empty = io.BytesIO(bytes(tarfile.BLOCKSIZE))
    tar = tarfile.TarFile(fileobj=empty, ignore_zeros=True, encoding="utf-8", errors="backslashreplace")
    tar.fileobj = stream
    return tar


def _has_data(stream: BinaryIO, start: int, end: int) -> bool:
    """Whether there is anything but the zeros that fill an archive up."""
    while start < end:
        chunk = read_bytes(stream, start, min(CHUNK, end - start))
        if not chunk or chunk.strip(b"\0"):
            return bool(chunk)
        start += len(chunk)
    return False
