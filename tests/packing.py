"""Galleries packed into files: tar shards as webdataset and img2dataset write them, and Parquet."""

import io
import json
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

Row = Mapping[str, object]


def write_tar(path: Path, members: Iterable[tuple[str, bytes]]) -> Path:
    """Write an archive of files in this order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w") as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def sample(
    key: str, picture: bytes, record: Row | None = None, suffix: str = "jpg"
) -> list[tuple[str, bytes]]:
    """The members of one sample: the picture and what is recorded of it."""
    beside = [] if record is None else [(f"{key}.json", json.dumps(record).encode())]
    return [(f"{key}.{suffix}", picture), *beside]


def write_parquet(path: Path, rows: Sequence[Row], rows_in_group: int = 7) -> Path:
    """Write a table; its columns are those of all rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = dict.fromkeys(name for row in rows for name in row)
    table = pa.table({name: [row.get(name) for row in rows] for name in names})
    parquet.write_table(table, path, row_group_size=rows_in_group)
    return path


def shard_gallery(gallery: Path, folder: Path, shards: int = 3) -> Path:
    """Pack the pictures of a WikiArt folder as img2dataset does; their records tell key and style."""
    for number, files in enumerate(_dealt(gallery, shards)):
        members = [
            member
            for file in files
            for member in sample(file.stem, file.read_bytes(), _record(file), file.suffix[1:])
        ]
        write_tar(folder / f"{number:05}.tar", members)
        write_parquet(folder / f"{number:05}.parquet", [_record(file) for file in files])
        (folder / f"{number:05}_stats.json").write_text("{}")
    return folder


def table_gallery(gallery: Path, folder: Path, tables: int = 2, hugging: bool = True) -> Path:
    """Write the pictures of a WikiArt folder into Parquet files, as Hugging Face does or plainly as bytes."""
    for number, files in enumerate(_dealt(gallery, tables)):
        rows: list[Row] = [
            {**_record(file), "image": {"bytes": content, "path": file.name} if hugging else content}
            for file in files
            for content in [file.read_bytes()]
        ]
        write_parquet(folder / f"train-{number:05}-of-{tables:05}.parquet", rows)
    return folder


def _dealt(gallery: Path, parts: int) -> list[list[Path]]:
    files = sorted(file for file in gallery.rglob("*") if file.is_file())
    return [files[part::parts] for part in range(parts)]


def _record(file: Path) -> Row:
    return {"key": f"{file.parent.name}/{file.stem}", "style": file.parent.name, "status": "success"}
