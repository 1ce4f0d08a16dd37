import contextlib
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from encoders.vectors import Vectors, unit
from trainer.features.cache import Cache, CacheError

WIDTH = 16
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with closing(Cache(tmp_path / "cache", "look-1")) as cache:
        yield cache


def names(count: int) -> list[bytes]:
    return [f"content {number}".encode() for number in range(count)]


def vectors(count: int, seed: int = 0) -> Vectors:
    return unit(np.random.default_rng(seed).standard_normal((count, WIDTH)))


def recalled(cache: Cache, count: int) -> dict[int, bytes]:
    """The bytes of what is known of the first contents."""
    into = np.zeros((count, WIDTH), np.float32)
    found = cache.recall("looks", names(count), into)
    return {int(row): into[row].tobytes() for row in np.flatnonzero(found)}


def whole(count: int) -> dict[int, bytes]:
    return {row: vector.tobytes() for row, vector in enumerate(vectors(count))}


@settings(max_examples=30)
@given(arrays(np.uint32, (3, WIDTH)))
def test_every_bit_comes_back(tmp_path_factory: pytest.TempPathFactory, bits: npt.NDArray[np.uint32]) -> None:
    with closing(Cache(tmp_path_factory.mktemp("cache"), "look-1")) as cache:
        cache.keep("looks", names(3), bits.view(np.float32))
        assert recalled(cache, 4) == {row: vector.tobytes() for row, vector in enumerate(bits)}


def test_what_is_kept_again_replaces_what_was_kept(cache: Cache) -> None:
    cache.keep("looks", names(2), vectors(2, seed=1))
    cache.keep("looks", names(2), vectors(2))
    assert recalled(cache, 2) == whole(2)


def test_vectors_of_another_length_are_unknown(cache: Cache) -> None:
    cache.keep("looks", names(2), vectors(2)[:, :8])
    assert recalled(cache, 2) == {}


def test_nothing_is_written_before_it_is_needed(tmp_path: Path) -> None:
    Cache(tmp_path / "cache", "look-1").close()
    assert list(tmp_path.iterdir()) == []


KEEPER = """
import sys
from pathlib import Path
from tests.unit.test_cache import names, vectors
from trainer.features.cache import Cache

cache = Cache(Path(sys.argv[1]), "look-1")
for row in range(300):
    cache.keep("looks", names(300)[row : row + 1], vectors(300)[row : row + 1])
"""


def test_several_processes_may_keep_at_once(tmp_path: Path, cache: Cache) -> None:
    command = [sys.executable, "-c", KEEPER, str(tmp_path / "cache")]
    keepers = [subprocess.Popen(command, cwd=CHECKOUT) for _ in range(3)]
    while any(keeper.poll() is None for keeper in keepers):
        assert recalled(cache, 300).items() <= whole(300).items()
    assert [keeper.returncode for keeper in keepers] == [0, 0, 0]
    assert recalled(cache, 300) == whole(300)


def write_garbage(file: Path) -> None:
    file.write_bytes(b"no database" * 999)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 3 * 4096 + 100])


def write_another_database(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE looks (year INTEGER)")


@pytest.mark.parametrize("damage", [write_garbage, cut_short, write_another_database])
def test_a_damaged_or_foreign_file_is_set_aside_and_a_new_one_begun(
    cache: Cache, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    cache.keep("looks", names(200), vectors(200))
    cache.close()
    damage(cache.file)
    assert recalled(cache, 200) == {}
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert "look-1.sqlite is damaged" in record.message
    assert cache.file.with_name("look-1.damaged").is_file()
    cache.keep("looks", names(2), vectors(2))
    assert recalled(cache, 200) == whole(2)


@settings(max_examples=60)
@given(st.data())
def test_whatever_happens_to_the_file_no_wrong_vector_is_recalled(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    with closing(Cache(tmp_path_factory.mktemp("cache"), "look-1")) as cache:
        cache.keep("looks", names(40), vectors(40))
        cache.close()
        content = bytearray(cache.file.read_bytes())
        for _ in range(data.draw(st.integers(1, 8))):
            start = data.draw(st.integers(0, len(content) - 1))
            damage = data.draw(st.binary(min_size=1, max_size=60))
            content[start : start + len(damage)] = damage
        cache.file.write_bytes(content)
        for _ in range(2):
            with contextlib.suppress(CacheError):
                assert recalled(cache, 40).items() <= whole(40).items()
                cache.keep("looks", names(40), vectors(40))


def test_a_full_disk_is_told_in_one_sentence_and_what_was_kept_stays(cache: Cache) -> None:
    cache.keep("looks", names(10), vectors(10))
    assert cache._connection is not None
    cache._connection.execute("PRAGMA max_page_count = 10")
    with pytest.raises(CacheError, match=r"look-1\.sqlite \(database or disk is full\); make room"):
        cache.keep("looks", names(5000), vectors(5000))
    assert recalled(cache, 5000) == whole(10)


@pytest.mark.parametrize("place", ["cache", "cache/look-1.sqlite"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, cache: Cache, place: str) -> None:
    if place == "cache":
        (tmp_path / place).write_text("a file")
    else:
        (tmp_path / place).mkdir(parents=True)
    with pytest.raises(CacheError, match=r"cannot be kept in .*look-1\.sqlite \(.*--home"):
        recalled(cache, 1)
