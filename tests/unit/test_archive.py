import gzip
import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.errors import ImageError
from indexer.sources.archive import list_members, read_member
from tests.packing import write_tar

HEADER = tarfile.BLOCKSIZE
NOTHING = "holds nothing that a tar archive holds; skipped"
SEA, NIGHT, DAWN = ("sea.jpg", b"s" * 700), ("night.jpg", b"n" * 512), ("dawn.jpg", b"d")


def contents(path: Path, complaints: list[str] | None = None) -> list[tuple[str, bytes]]:
    told = [] if complaints is None else complaints
    return [(member.name, read_member(path, member.place)) for member in list_members(path, told.append)]


def archive(members: list[tuple[str, bytes]], form: int) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


names = st.text(st.characters(exclude_categories=["C"], exclude_characters="/"), min_size=1, max_size=120)


@given(
    st.dictionaries(names, st.binary(max_size=1100), max_size=5),
    st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    st.integers(1, 2),
)
def test_every_file_is_found_under_its_name_with_its_bytes(
    tmp_path_factory: pytest.TempPathFactory, members: dict[str, bytes], form: int, copies: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.tar"
    path.write_bytes(archive(list(members.items()), form) * copies)
    complaints: list[str] = []
    assert contents(path, complaints) == list(members.items()) * copies
    assert complaints == ([] if members else [NOTHING])


def test_a_damaged_header_costs_one_file(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar", [SEA, NIGHT, DAWN])
    night, dawn = HEADER + 1024, HEADER + 1024 + HEADER + 512
    damaged = bytearray(path.read_bytes())
    damaged[night : night + 10] = bytes(10)
    path.write_bytes(damaged)
    complaints: list[str] = []
    assert contents(path, complaints) == [SEA, DAWN]
    assert complaints == [f"is damaged from byte {night} to {dawn}; what was there is lost, copy it again"]


def test_damage_at_the_end_is_told(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar", [SEA])
    path.write_bytes(path.read_bytes() + b"x" * 600)
    complaints: list[str] = []
    assert contents(path, complaints) == [SEA]
    assert [complaint.partition(";")[0] for complaint in complaints] == [
        "is damaged from byte 1536 to its end"
    ]


def test_a_file_that_the_end_cuts_off_is_listed_and_told(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar", [DAWN, SEA])
    path.write_bytes(path.read_bytes()[: 3 * HEADER + 100])
    complaints: list[str] = []
    assert contents(path, complaints) == [DAWN, ("sea.jpg", b"s" * 100)]
    assert complaints == ["ends in the middle of sea.jpg; copy it again"]


@pytest.mark.parametrize("content", [b"", b"no tar", bytes(10240), b"x" * 5000])
def test_what_is_no_archive_holds_nothing(tmp_path: Path, content: bytes) -> None:
    path, complaints = tmp_path / "a.tar", list[str]()
    path.write_bytes(content)
    assert contents(path, complaints) == []
    assert complaints == [NOTHING]


def test_a_compressed_archive_is_refused(tmp_path: Path) -> None:
    path, complaints = write_tar(tmp_path / "a.tar", [SEA]), list[str]()
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert contents(path, complaints) == []
    assert complaints == ["is compressed with gzip; unpack it into a plain .tar first; skipped"]


def test_folders_and_links_are_no_files(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for name, kind in (("folder.jpg", tarfile.DIRTYPE), ("link.jpg", tarfile.SYMTYPE)):
            info = tarfile.TarInfo(name)
            info.type = kind
            tar.addfile(info)
    assert contents(tmp_path / "a.tar") == []


def test_a_name_that_is_no_unicode_is_escaped(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT, encoding="latin-1") as tar:
        tar.addfile(tarfile.TarInfo("café.jpg"))
    assert contents(path) == [("caf\\xe9.jpg", b"")]


def test_a_file_of_an_archive_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match=r"gone\.tar cannot be opened \(No such file"):
        read_member(tmp_path / "gone.tar", "bytes 0+1")


@pytest.mark.parametrize("place", ["", "bytes 1", "bytes -1+2", "row 1 of image"])
def test_a_place_that_no_archive_has_is_an_error(tmp_path: Path, place: str) -> None:
    with pytest.raises(ImageError, match=r"a\.tar has no place '.*'; index the collection again"):
        read_member(tmp_path / "a.tar", place)
