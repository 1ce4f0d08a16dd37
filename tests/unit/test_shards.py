import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.errors import ImageError
from indexer.errors import SourceError
from indexer.painting import Painting
from indexer.sources.changes import ABSENT, records
from indexer.sources.opening import open_source
from indexer.sources.pictures import picture_of
from indexer.sources.port import Remark
from tests.packing import sample, write_tar

RECORD = {
    "url": "https://example.org/12.jpg",
    "key": "000000012",
    "status": "success",
    "caption": "A sea at night",
    "width": 640,
    "exif": "{}",
}


def keys(path: Path) -> list[str]:
    return [painting.key for painting in open_source(path)]


def remarks(path: Path) -> list[Remark]:
    """What a source has to say once it was read."""
    source = open_source(path)
    assert list(source)
    return list(source.remarks)


def test_a_shard_of_img2dataset_tells_key_caption_and_address(tmp_path: Path) -> None:
    shard = write_tar(tmp_path / "00000.tar", sample("000000012", b"picture", RECORD))
    source = open_source(tmp_path)
    assert (source.kind, source.name) == ("shards", str(tmp_path))
    assert list(source) == [
        Painting(
            key="000000012",
            path=shard,
            title="A sea at night",
            source="https://example.org/12.jpg",
            inside="bytes 512+7",
        )
    ]
    assert source.remarks == ()


def test_further_columns_are_understood_as_in_tables(tmp_path: Path) -> None:
    columns = {"Title": " Night Sea ", "artist": "Anna", "style": "Cubism", "genre": "marina", "year": 1894.0}
    record = {**RECORD, **columns, "rights": "CC0", "source": "Orsay"}
    write_tar(tmp_path / "00000.tar", sample("000000012", b"picture", record))
    (painting,) = open_source(tmp_path / "00000.tar")
    told = (painting.title, painting.artist, painting.style, painting.genre, painting.year)
    assert told == ("Night Sea", "Anna", "Cubism", "marina", 1894)
    assert (painting.rights, painting.source) == ("CC0", "Orsay")


@pytest.mark.parametrize("nothing", [None, "", " NaN ", float("nan"), [], {}])
def test_what_a_record_does_not_say_is_unknown(tmp_path: Path, nothing: object) -> None:
    write_tar(tmp_path / "0.tar", sample("night-sea", b"picture", {"title": nothing, "artist": nothing}))
    (painting,) = open_source(tmp_path)
    assert (painting.title, painting.artist, painting.year) == ("Night Sea", None, None)


def test_a_text_of_the_same_name_is_the_title(tmp_path: Path) -> None:
    write_tar(tmp_path / "0.tar", [("7.png", b"picture"), ("7.txt", "Mer à l'aube\n".encode())])
    assert [painting.title for painting in open_source(tmp_path)] == ["Mer à l'aube"]


def test_without_a_record_the_shard_is_a_part_of_the_key(tmp_path: Path) -> None:
    write_tar(tmp_path / "train" / "00000.tar", sample("7", b"one"))
    write_tar(tmp_path / "train" / "00001.tar", sample("7", b"two"))
    write_tar(tmp_path / "train" / "00001.tar", sample("sub/7", b"two"))
    assert keys(tmp_path) == ["train/00000/7", "train/00001/sub/7"]
    assert keys(tmp_path / "train" / "00000.tar") == ["00000/7"]


def test_a_packed_wikiart_folder_is_known_as_the_folder_is(tmp_path: Path) -> None:
    names = ["Cubism/juan-gris_guitar-1913.jpg", "Realism/ivan-kramskoy_forest.jpg"]
    for name in names:
        (tmp_path / "wikiart" / name).parent.mkdir(parents=True)
        (tmp_path / "wikiart" / name).write_bytes(name.encode())
    shard = write_tar(tmp_path / "wikiart.tar", [(f"./wikiart/{name}", name.encode()) for name in names])
    unpacked = list(open_source(tmp_path / "wikiart"))
    packed = list(open_source(shard))
    assert [
        replace(painting, path=other.path, inside=None)
        for painting, other in zip(packed, unpacked, strict=True)
    ] == unpacked
    assert [picture_of(painting) for painting in packed] == [name.encode() for name in names]


def test_a_record_may_lie_anywhere_in_the_shard(tmp_path: Path) -> None:
    (record, title), (picture, content) = ("7.json", b'{"title": "Sea"}'), ("7.jpg", b"picture")
    write_tar(tmp_path / "0.tar", [(record, title), ("8.jpg", b"other"), (picture, content)])
    assert [painting.title for painting in open_source(tmp_path)] == ["8", "Sea"]


def test_one_record_speaks_of_all_pictures_of_a_sample(tmp_path: Path) -> None:
    members = [("7.left.jpg", b"left"), ("7.right.jpg", b"right"), ("7.json", b'{"artist": "Anna"}')]
    write_tar(tmp_path / "0.tar", members)
    found = [(painting.key, painting.artist) for painting in open_source(tmp_path)]
    assert found == [("0/7.left", "Anna"), ("0/7.right", "Anna")]


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        (b'{"title": "caf\xe9"}', "holds 7.json, which is no JSON ('utf-8' codec"),
        (b"[1]", "holds 7.json, which is no JSON object; passed over"),
        (b"{", "holds 7.json, which is no JSON (Expecting property name"),
        (b"[" * 100_000, "holds 7.json, which is no JSON (maximum recursion depth exceeded"),
        (b" " * (2**20 + 1), "holds 7.json, which is no JSON (it has 1,048,577 bytes); passed over"),
        (b'{"year": "c. 1894"}', "says of 7.jpg: 'c. 1894' is no year; left empty"),
    ],
)
def test_a_bad_record_is_told_and_costs_no_picture(tmp_path: Path, record: bytes, complaint: str) -> None:
    write_tar(tmp_path / "0.tar", [("7.jpg", b"picture"), ("7.json", record), ("8.jpg", b"other")])
    assert keys(tmp_path) == ["0/7", "0/8"]
    (remark,) = remarks(tmp_path)
    assert remark.place == "0.tar"
    assert remark.text.startswith(complaint)


def test_a_bad_text_is_told_and_costs_no_picture(tmp_path: Path) -> None:
    write_tar(tmp_path / "0.tar", [("7.jpg", b"picture"), ("7.txt", b"caf\xe9")])
    assert keys(tmp_path) == ["0/7"]
    assert [remark.text.partition(" (")[0] for remark in remarks(tmp_path)] == [
        "holds 7.txt, which is no UTF-8 text"
    ]


def test_half_a_character_in_a_record_is_replaced(tmp_path: Path) -> None:
    write_tar(tmp_path / "0.tar", [("7.jpg", b"picture"), ("7.json", b'{"title": "Sea \\ud800"}')])
    assert [painting.title for painting in open_source(tmp_path)] == ["Sea ?"]


def test_a_key_that_two_shards_use_loses_no_picture(tmp_path: Path) -> None:
    write_tar(tmp_path / "0.tar", sample("7", b"one", {"key": "7"}))
    write_tar(tmp_path / "1.tar", sample("7", b"two", {"key": "7"}))
    assert {painting.key: picture_of(painting) for painting in open_source(tmp_path)} == {
        "7": b"one",
        "1.tar/7.jpg": b"two",
    }
    assert remarks(tmp_path) == [Remark("1.tar", "repeats the key 7, which goes by 1.tar/7.jpg here")]


def test_of_files_with_one_name_the_last_counts(tmp_path: Path) -> None:
    write_tar(tmp_path / "0.tar", [("7.jpg", b"old"), ("7.jpg", b"new")])
    (painting,) = open_source(tmp_path)
    assert picture_of(painting) == b"new"
    assert remarks(tmp_path) == [Remark("0.tar", "holds 7.jpg more than once; the last one counts")]


def test_what_lies_beside_shards_is_no_source(tmp_path: Path) -> None:
    write_tar(tmp_path / "0.tar", [*sample("7", b"picture"), ("._7.jpg", b"x"), ("__MACOSX/7.jpg", b"x")])
    for name in ("0_stats.json", "0.parquet", ".hidden.tar"):
        (tmp_path / name).write_bytes(b"{}")
    assert keys(tmp_path) == ["0/7"]
    assert remarks(tmp_path) == []


def test_shards_beside_images_are_told_and_not_read(tmp_path: Path) -> None:
    write_tar(tmp_path / "0.tar", sample("7", b"picture"))
    (tmp_path / "sea.jpg").touch()
    assert keys(tmp_path) == ["sea.jpg"]
    assert [remark.text for remark in remarks(tmp_path)] == [
        "also holds archives (1), which are not read beside images; give them by themselves"
    ]


def test_a_damaged_shard_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "0.tar").write_bytes(b"no tar")
    (tmp_path / "1.tar.gz").write_bytes(b"\x1f\x8b compressed")
    write_tar(tmp_path / "2.tar", sample("7", b"picture"))
    assert keys(tmp_path) == ["2/7"]
    assert remarks(tmp_path) == [
        Remark("0.tar", "holds nothing that a tar archive holds; skipped"),
        Remark("1.tar.gz", "is compressed with gzip; unpack it into a plain .tar first; skipped"),
    ]


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tgz", "a.tar"])
def test_compressed_shards_alone_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x1f\x8b compressed")
    for path in (tmp_path, tmp_path / name):
        with pytest.raises(SourceError, match=rf"No pictures in .*; {name} is compressed with gzip; unpack"):
            open_source(path)


def test_shards_without_pictures_are_refused(tmp_path: Path) -> None:
    write_tar(tmp_path / "0.tar", [("7.json", json.dumps(RECORD).encode())])
    with pytest.raises(SourceError, match=r"No pictures in .*; give \.tar or \.parquet files with some\."):
        open_source(tmp_path)


def test_a_shard_that_cannot_be_read_is_an_error_and_not_gone(tmp_path: Path) -> None:
    write_tar(tmp_path / "0.tar", sample("7", b"picture"))
    source = open_source(tmp_path)
    (tmp_path / "1.tar").symlink_to("nowhere")
    with pytest.raises(SourceError, match=r"1\.tar cannot be read \(No such file.*; mend its rights"):
        list(source)


def test_a_picture_whose_shard_is_gone_is_missing(tmp_path: Path) -> None:
    shard = write_tar(tmp_path / "0.tar", sample("7", b"picture"))
    (painting,) = open_source(tmp_path)
    shard.unlink()
    assert [record.fingerprint for record in records([painting])] == [ABSENT]
    with pytest.raises(ImageError, match=r"0\.tar cannot be opened"):
        picture_of(painting)


names = st.text("ab.7_", min_size=1, max_size=4).filter(lambda name: not name.startswith("."))
suffixes = st.sampled_from([".jpg", ".JPG", ".png", ".json", ".txt", ".cls", ""])
member_names = st.tuples(st.sampled_from(["", "x/", "a_b/"]), names, suffixes).map("".join)
contents = st.sampled_from([b"", b"{}", b'{"key": "a"}', b'{"key": "0.tar/a.jpg"}', b"\xff", b"[]"])


def is_picture(name: str) -> bool:
    return name.lower().endswith((".jpg", ".png"))


@given(st.lists(st.lists(st.tuples(member_names, contents), max_size=8), min_size=1, max_size=3))
def test_any_mix_of_files_gives_each_picture_once_and_no_key_twice(
    tmp_path_factory: pytest.TempPathFactory, shards: list[list[tuple[str, bytes]]]
) -> None:
    folder = tmp_path_factory.mktemp("shards")
    write_tar(folder / "z.tar", [("z.jpg", b"always")])
    expected = [("z.tar", b"always")]
    for number, shard in enumerate(shards):
        members = [
            (name, f"picture {place}".encode() if is_picture(name) else content)
            for place, (name, content) in enumerate(shard)
        ]
        write_tar(folder / f"{number}.tar", members)
        pictures = {name: content for name, content in members if is_picture(name)}
        expected += [(f"{number}.tar", content) for content in pictures.values()]
    found = list(open_source(folder))
    assert sorted((painting.path.name, picture_of(painting)) for painting in found) == sorted(expected)
    assert len({painting.key for painting in found}) == len(found)
