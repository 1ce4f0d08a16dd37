from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.fake import FakeEncoder
from encoders.vectors import unit
from indexer.painting import Painting
from indexer.store.base import Point, Store
from indexer.store.memory import MemoryStore
from search_api.errors import PaintingNotFoundError
from search_api.relating.finding import find_file, find_painting, short_id


def store_of(*works: Painting) -> MemoryStore:
    encoder = FakeEncoder()
    store = MemoryStore(encoder.look_size, encoder.feeling_size)
    look, feeling = unit([[1.0] * encoder.look_size])[0], unit([[1.0] * encoder.feeling_size])[0]
    store.upsert([Point(work, look, feeling, "") for work in works])
    return store


@pytest.fixture
def works(tmp_path: Path) -> tuple[Painting, ...]:
    """One as in WikiArt's folders, one as in any folder, both with a picture's file."""
    (tmp_path / "Cubism").mkdir()
    for name in ("Cubism/juan-gris_pears.jpg", "sea.png"):
        (tmp_path / name).write_bytes(b"a picture")
    return (
        Painting("Cubism/juan-gris_pears", tmp_path / "Cubism" / "juan-gris_pears.jpg", "Pears"),
        Painting("sea.png", tmp_path / "sea.png", "Sea"),
    )


@pytest.fixture
def store(works: tuple[Painting, ...]) -> Store:
    return store_of(*works)


def test_a_painting_is_found_by_its_id_the_beginning_of_it_its_key_or_its_file(
    store: Store, works: tuple[Painting, ...]
) -> None:
    for work in works:
        for name in (work.id, short_id(work), work.id[:4].upper(), work.id[:-1], work.key, str(work.path)):
            assert find_painting(store, name) == work


def test_a_file_is_found_however_its_path_is_written(
    store: Store, works: tuple[Painting, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "Cubism")
    assert find_file(store, Path("../sea.png")) == works[1]
    (tmp_path / "link.jpg").symlink_to(works[0].path)
    assert find_file(store, tmp_path / "link.jpg") == works[0]


def test_a_file_of_the_same_name_elsewhere_is_no_painting(store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "sea.png").write_bytes(b"another picture")
    assert find_file(store, tmp_path / "copy" / "sea.png") is None


@pytest.mark.parametrize("name", ["", "abc", "no such thing", "00000000", "1-34-", "é\0", "Cubism"])
def test_what_the_index_lacks_is_refused_by_name(store: Store, name: str) -> None:
    with pytest.raises(PaintingNotFoundError, match="has no painting"):
        find_painting(store, name)


def test_a_beginning_that_several_ids_have_is_refused_with_two_of_them() -> None:
    works = [Painting(f"work {number}", Path(f"{number}.jpg"), "A work") for number in range(2000)]
    ids = sorted(work.id for work in works)
    one, other = next(pair for pair in pairwise(ids) if pair[0][:4] == pair[1][:4])
    with pytest.raises(PaintingNotFoundError, match=f"{one} and {other}; give more"):
        find_painting(store_of(*works), one[:4])


@given(st.text(max_size=40) | st.text("0123456789abcdef-", max_size=40))
def test_no_name_does_anything_but_find_or_refuse(name: str) -> None:
    work = Painting("key", Path("a.jpg"), "A work")
    with suppress(PaintingNotFoundError):
        assert find_painting(store_of(work), name) == work
