"""Shards of webdataset and img2dataset: tar archives in which the files of a painting share a name."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath, split, splitext
from typing import BinaryIO

from encoders.images import IMAGE_SUFFIXES
from indexer.sources.archive import Member, list_members, read_bytes
from indexer.sources.packed import Found, Packed, open_packed
from indexer.sources.painting_names import is_wikiart_name, parse_name, parse_title
from indexer.sources.port import Complain
from indexer.sources.rows import Row, painting_of_row, read_row
from indexer.sources.walking import is_hidden

SUFFIXES = frozenset({".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"})
"""Compressed ones too, so that they are not overlooked but refused."""

MOST_BYTES = 2**20
"""A longer text or record beside a picture is none of a painting."""


def open_shards(path: Path) -> Packed | None:
    """The archives at or below a path, if there are any.

    Keys are those that img2dataset gave. Where pictures lie as WikiArt's do, they are "style/artist_title" as
    in a folder; else the names of archive and picture without their suffixes.

    Raises:
        SourceError: an archive cannot be read, or none holds a picture.
    """
    return open_packed(path, "shards", SUFFIXES, read_shard)


def read_shard(file: Path, name: str, complain: Complain) -> Iterator[Found]:
    """The pictures of an archive in the order in which they lie there, whatever the order of its files.

    Raises:
        OSError: it cannot be opened or read.
    """
    members = _members(file, complain)
    pictures = [member for member in members.values() if splitext(member.name)[1].lower() in IMAGE_SUFFIXES]
    styled = sum(_is_styled(picture.name) for picture in pictures)
    shard = _Shard(file, name, members, styled * 2 > len(pictures))
    with file.open("rb") as stream:
        for picture in pictures:
            yield _found(shard, picture, stream, complain)


@dataclass(frozen=True, slots=True)
class _Shard:
    """The files of an archive by their names; `is_wikiart` says that most pictures are named as WikiArt's."""

    file: Path
    name: str
    members: Mapping[str, Member]
    is_wikiart: bool

    def beside(self, picture: Member, suffix: str) -> Member | None:
        """The file of the same painting that ends so; of "0.left.jpg" it may be "0.json" as well."""
        stem, (folder, base) = splitext(picture.name)[0], split(picture.name)
        sample = join(folder, base.partition(".")[0])
        return self.members.get(stem + suffix) or self.members.get(sample + suffix)

    def row_of_name(self, stem: str) -> Row:
        """What the name of a picture, without its suffix, tells."""
        if not (self.is_wikiart and _is_styled(stem)):
            return {"key": f"{splitext(self.name)[0]}/{stem}"}
        style, name = _last_two(stem)
        said = parse_name(name)
        year = "" if said.year is None else str(said.year)
        cells = {"style": style, "title": said.title, "artist": said.artist or "", "year": year}
        return {"key": f"{style}/{name}", **{column: text for column, text in cells.items() if text}}


def _is_styled(name: str) -> bool:
    style, work = _last_two(name)
    return bool(style) and is_wikiart_name(splitext(work)[0])


def _last_two(name: str) -> tuple[str, str]:
    """Of "wikiart/Cubism/a_b" the folder "Cubism" and the name in it."""
    folder, base = split(name)
    return split(folder)[1], base


def _members(file: Path, complain: Complain) -> Mapping[str, Member]:
    """Of files of one name, the last, as an archive to which one was appended means it."""
    members: dict[str, Member] = {}
    for member in list_members(file, complain):
        name = normpath(member.name)
        if any(map(is_hidden, name.split("/"))):
            continue
        if members.pop(name, None):
            complain(f"holds {name} more than once; the last one counts")
        members[name] = Member(name, member.start, member.size)
    return members


def _found(shard: _Shard, picture: Member, stream: BinaryIO, complain: Complain) -> Found:
    stem = splitext(picture.name)[0]
    row = {**shard.row_of_name(stem), **_row_beside(shard, picture, stream, complain)}
    painting, complaint = painting_of_row(
        row, key=row["key"], path=shard.file, title=parse_title(split(stem)[1]), inside=picture.place
    )
    if complaint:
        complain(f"says of {picture.name}: {complaint}")
    return Found(painting, f"{shard.name}/{picture.name}")


def _row_beside(shard: _Shard, picture: Member, stream: BinaryIO, complain: Complain) -> Row:
    """What the files of the same name tell: a record in JSON, else a text, which is the caption."""
    record, text = shard.beside(picture, ".json"), shard.beside(picture, ".txt")
    if record:
        try:
            cells = json.loads(_read(record, stream))
            if isinstance(cells, dict):
                return read_row(cells)
            complain(f"holds {record.name}, which is no JSON object; passed over")
        except (ValueError, RecursionError) as error:
            complain(f"holds {record.name}, which is no JSON ({_brief(error)}); passed over")
    if text:
        try:
            return read_row({"caption": _read(text, stream).decode()})
        except ValueError as error:
            complain(f"holds {text.name}, which is no UTF-8 text ({_brief(error)}); passed over")
    return {}


def _read(member: Member, stream: BinaryIO) -> bytes:
    if member.size > MOST_BYTES:
        raise ValueError(f"it has {member.size:,} bytes")
    return read_bytes(stream, member.start, member.size)


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())
