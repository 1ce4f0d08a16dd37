import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.vectors import Vectors, unit
from indexer.making import neighbourhoods
from indexer.making.duplicates import NEAR, mark_duplicates
from indexer.painting import Painting
from indexer.store.base import Point
from indexer.store.memory import MemoryStore

FEELING = unit([1.0, 0.0])


def store_of(looks: Vectors) -> MemoryStore:
    store = MemoryStore(looks.shape[1], 2)
    store.upsert([Point(Painting(str(n), Path("x"), ""), look, FEELING, "") for n, look in enumerate(looks)])
    return store


def all_points(store: MemoryStore) -> list[Point]:
    """Ordered by id."""
    return [point for batch in store.scan() for point in batch]


def marks_by_comparing_everything(points: list[Point]) -> list[str | None]:
    """Each joins the first before it that is no duplicate itself and is near."""
    marks: list[str | None] = []
    for place, point in enumerate(points):
        firsts = [p for p, mark in zip(points[:place], marks, strict=True) if mark is None]
        near = [first.painting.id for first in firsts if float(first.look @ point.look) >= NEAR]
        marks.append(near[0] if near else None)
    return marks


@st.composite
def clouds(draw: st.DrawFn) -> Vectors:
    """Up to 60 looks around few centres, in more directions than are compared at first, or in fewer."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    width = draw(st.sampled_from([3, 20, 100]))
    centres = rng.standard_normal((draw(st.integers(1, 8)), width))
    chosen = centres[rng.integers(0, len(centres), draw(st.integers(1, 60)))]
    spread = draw(st.sampled_from([0, 0.01, 0.1, 0.2]))
    return unit(chosen + spread * rng.standard_normal(chosen.shape))


@given(clouds())
def test_the_marks_are_those_of_comparing_everything(looks: Vectors) -> None:
    store = store_of(looks)
    expected = marks_by_comparing_everything(all_points(store))
    marked = mark_duplicates(store)
    assert [point.duplicate_of for point in all_points(store)] == expected
    assert marked == sum(mark is not None for mark in expected)


@pytest.mark.parametrize(("cosine", "marked"), [(NEAR + 0.001, 1), (NEAR - 0.001, 0)])
def test_the_cosine_of_the_looks_decides(cosine: float, marked: int) -> None:
    looks = [[1.0, 0.0, 0.0], [cosine, math.sqrt(1 - cosine**2), 0.0], [0.0, 0.0, 1.0]]
    assert mark_duplicates(store_of(unit(looks))) == marked


def test_comparing_in_small_steps_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = unit(np.random.default_rng(0).standard_normal((50, 8)))
    looks = np.concatenate([looks, looks[:20]])
    at_once, stepwise = store_of(looks), store_of(looks)
    assert mark_duplicates(at_once) == 20
    monkeypatch.setattr(neighbourhoods, "TILE", 7)
    monkeypatch.setattr(neighbourhoods, "STEP", 9)
    mark_duplicates(stepwise)
    assert [p.duplicate_of for p in all_points(stepwise)] == [p.duplicate_of for p in all_points(at_once)]


def test_nothing_but_the_mark_is_changed() -> None:
    store = store_of(unit([[1.0, 0, 0], [1.0, 0, 0.01]]))
    first, second = all_points(store)
    mark_duplicates(store)
    assert all_points(store)[0] == first
    marked = all_points(store)[1]
    assert (marked.painting, marked.fingerprint) == (second.painting, second.fingerprint)
    assert marked.duplicate_of == first.painting.id
    assert np.array_equal(marked.look, second.look)
