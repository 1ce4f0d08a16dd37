import os
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.painting import Painting
from indexer.sources import changes
from indexer.sources.changes import ABSENT, Contents, Record, fingerprint, survey

WORK = Record(Painting(key="a", path=Path("/a.jpg"), title="A"), "1-1")
records = st.lists(st.builds(Record, st.builds(replace, st.just(WORK.painting), key=st.text()), st.text()))


def digest(found: list[Record]) -> str:
    contents = Contents()
    for record in found:
        contents.add(record)
    return contents.digest


@given(records, st.randoms())
def test_the_order_of_records_does_not_matter(found: list[Record], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert digest(shuffled) == digest(found)


@given(records)
def test_one_record_more_is_a_difference(found: list[Record]) -> None:
    assert digest([*found, WORK]) != digest(found)


def test_every_change_of_a_record_is_a_difference() -> None:
    changed = [
        WORK,
        replace(WORK, fingerprint="1-2"),
        replace(WORK, painting=replace(WORK.painting, title="B")),
        replace(WORK, painting=replace(WORK.painting, path=Path("/b.jpg"))),
        replace(WORK, painting=replace(WORK.painting, year=1900)),
        replace(WORK, painting=replace(WORK.painting, inside="bytes 0+1")),
    ]
    assert len({digest([record]) for record in changed}) == len(changed)


def test_a_file_that_changes_in_size_or_time_has_another_fingerprint(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(b"12")
    os.utime(file, ns=(0, 1))
    first = fingerprint(file)
    os.utime(file, ns=(0, 2))
    second = fingerprint(file)
    file.write_bytes(b"123")
    os.utime(file, ns=(0, 2))
    assert len({first, second, fingerprint(file)}) == 3


def test_a_file_that_is_not_there_has_no_state(tmp_path: Path) -> None:
    missing = Painting(key="x", path=tmp_path / "none.jpg", title="X")
    assert fingerprint(missing.path) == ABSENT
    assert survey([missing]).count == 1


def test_parts_of_one_file_have_different_fingerprints(tmp_path: Path) -> None:
    (tmp_path / "0.tar").write_bytes(b"12")
    whole = Painting(key="x", path=tmp_path / "0.tar", title="X")
    parts = [whole, replace(whole, inside="bytes 0+1"), replace(whole, inside="bytes 1+1")]
    assert len({record.fingerprint for record in changes.records(parts)}) == 3
