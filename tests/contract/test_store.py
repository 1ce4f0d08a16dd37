"""What every store promises, asked of the exact one in memory, the embedded engine and a server alike.

The server adapter is asked over the client's own in-memory mode, and over a real server where
MOODSEUM_TEST_QDRANT_URL names one; its key is in QDRANT_API_KEY.
"""

import errno
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
import qdrant_edge
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encoders.vectors import Vector, unit
from indexer.errors import IndexBusyError, IndexFormatError, IndexNotFoundError
from indexer.painting import Painting
from indexer.store.base import Filter, Point, Quantization, Space, Store
from indexer.store.edge import EdgeStore
from indexer.store.edge.log import LOG
from indexer.store.holder import RECORD
from indexer.store.memory import MemoryStore, passes
from tests.placed import direction
from tests.qdrant import LOCAL, QUIET, SERVERS, local_client, real_server, server_stores

pytestmark = QUIET

LOOK_SIZE = 4
FEELING_SIZE = 2
SIZES: Mapping[Space, int] = {"look": LOOK_SIZE, "feeling": FEELING_SIZE}

NewStore = Callable[[], Store]


@pytest.fixture
def memory() -> NewStore:
    return lambda: MemoryStore(LOOK_SIZE, FEELING_SIZE)


@pytest.fixture
def edge(quick_folder: Path) -> NewStore:
    numbers = count()
    return lambda: EdgeStore.create(quick_folder / str(next(numbers)), LOOK_SIZE, FEELING_SIZE)


@pytest.fixture
def quantised_edge(quick_folder: Path) -> NewStore:
    """A kilobyte fills a segment: 64 looks."""
    numbers = count()
    return lambda: EdgeStore.create(
        quick_folder / str(next(numbers)), LOOK_SIZE, FEELING_SIZE, quantization="scalar", segment=1
    )


@pytest.fixture
def local_mode() -> Iterator[NewStore]:
    with server_stores(local_client(), LOCAL, SIZES) as create:
        yield create


@pytest.fixture
def server() -> Iterator[NewStore]:
    with real_server() as (client, settings), server_stores(client, settings, SIZES) as create:
        yield create


@pytest.fixture(params=["memory", "edge", "quantised_edge", *SERVERS])
def new_store(request: pytest.FixtureRequest) -> Iterator[NewStore]:
    opened: list[Store] = []
    create: NewStore = request.getfixturevalue(request.param)

    def remember() -> Store:
        opened.append(create())
        return opened[-1]

    yield remember
    for store in opened:
        store.close()


@pytest.fixture
def store(new_store: NewStore) -> Store:
    return new_store()


def axis(number: int) -> Vector:
    return np.array([place == number for place in range(LOOK_SIZE)], np.float32)


def point(key: str, degrees: float = 0, look: int = 0, **fields: str | int | None) -> Point:
    painting = replace(Painting(key=key, path=Path("/p") / key, title=key.title()), **fields)  # type: ignore[arg-type]
    return Point(painting, axis(look), direction(degrees), fingerprint=f"print of {key}")


def log_of(store: Path) -> bytes:
    return b"".join(file.read_bytes() for file in (store / LOG).iterdir())


def keys(found: Sequence[object]) -> list[str]:
    return [item.painting.key for item in found]  # type: ignore[attr-defined]


def test_an_empty_store_answers_everything_with_nothing(store: Store) -> None:
    assert store.search(direction(0), limit=5) == []
    assert store.get(["5e1f0e0a-0000-5000-8000-000000000000"]) == []
    assert list(store.scan()) == []
    assert store.facet("style") == {}
    assert store.count() == 0
    store.optimize()
    assert store.count() == 0


def test_the_most_similar_comes_first_with_its_cosine(store: Store) -> None:
    store.upsert([point("far", 180), point("near", 0), point("middle", 60)])
    hits = store.search(direction(0), limit=3)
    assert keys(hits) == ["near", "middle", "far"]
    assert [hit.similarity for hit in hits] == pytest.approx([1, 0.5, -1], abs=1e-6)


def test_similarities_never_leave_their_range(store: Store) -> None:
    angles = np.linspace(0, 360, 50)
    store.upsert([point(str(angle), angle) for angle in angles])
    for angle in angles:
        hits = store.search(direction(angle), limit=50)
        assert max(hit.similarity for hit in hits) <= 1
        assert min(hit.similarity for hit in hits) >= -1


def test_looks_and_feelings_are_searched_apart(store: Store) -> None:
    store.upsert([point("looks alike", 180, look=0), point("feels alike", 0, look=1)])
    assert keys(store.search(axis(0), space="look", limit=1)) == ["looks alike"]
    assert keys(store.search(direction(0), space="feeling", limit=1)) == ["feels alike"]


def test_equal_similarities_come_by_id_even_across_the_limit(store: Store) -> None:
    twins = [point(f"twin {n}", 30) for n in range(60)]
    store.upsert([point("best", 0), *reversed(twins)])
    by_id = sorted(twins, key=lambda twin: twin.painting.id)
    for limit in (2, 20, 61):
        assert keys(store.search(direction(0), limit=limit)) == ["best", *keys(by_id)][:limit]


def test_a_limit_beyond_the_collection_gives_all_of_it(store: Store) -> None:
    store.upsert([point("one", 10), point("two", 20)])
    assert keys(store.search(direction(0), limit=1_000_000)) == ["one", "two"]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_refused(store: Store, limit: int) -> None:
    with pytest.raises(ValueError, match=f"at least 1, not {limit}"):
        store.search(direction(0), limit=limit)


def test_year_bounds_are_inclusive_and_leave_out_the_undated(store: Store) -> None:
    store.upsert([point(str(year), year=year) for year in (1869, 1870, 1880, 1881)] + [point("undated")])
    assert store.count(Filter(year_from=1870, year_to=1880)) == 2
    assert store.count(Filter(year_from=1870)) == 3
    assert store.count(Filter(year_to=1880)) == 3
    assert store.count(Filter(year_from=1881, year_to=1869)) == 0
    assert store.count() == 5


def test_values_of_one_field_are_alternatives_and_fields_add_up(store: Store) -> None:
    store.upsert(
        [
            point("a", style="Cubism", artist="Juan Gris"),
            point("b", style="Cubism", artist="Paul Klee"),
            point("c", style="Fauvism", artist="Paul Klee"),
            point("d", artist="Paul Klee"),
        ]
    )
    either = Filter(style=("Cubism", "Fauvism"))
    assert sorted(keys(store.search(direction(0), limit=9, where=either))) == ["a", "b", "c"]
    both = Filter(style=("Cubism", "Fauvism"), artist=("Paul Klee",))
    assert sorted(keys(store.search(direction(0), limit=9, where=both))) == ["b", "c"]
    assert store.search(direction(0), limit=9, where=Filter(style=("Rococo",))) == []


def test_what_is_excluded_does_not_answer_and_what_lacks_the_field_does(store: Store) -> None:
    store.upsert(
        [
            point("a", style="Cubism", artist="Juan Gris", genre="portrait"),
            point("b", style="Cubism", artist="Paul Klee"),
            point("c", style="Fauvism", artist="Paul Klee", genre="still life"),
            point("d", year=1900),
        ]
    )

    def left(where: Filter) -> list[str]:
        hits = store.search(direction(0), limit=9, where=where)
        assert store.count(where) == len(hits)
        return sorted(keys(hits))

    assert left(Filter(without_style=("Cubism",))) == ["c", "d"]
    assert left(Filter(without_artist=("Paul Klee", "Juan Gris"))) == ["d"]
    assert left(Filter(without_genre=("portrait",))) == ["b", "c", "d"]
    assert left(Filter(style=("Cubism",), without_style=("Cubism",))) == []
    assert left(Filter(artist=("Paul Klee",), without_style=("Cubism",))) == ["c"]
    assert left(Filter(year_from=1900, without_genre=("portrait",))) == ["d"]
    assert store.facet("artist", Filter(without_style=("Cubism",))) == {"Paul Klee": 1}


def test_excluded_ids_do_not_answer_and_unknown_ones_exclude_nothing(store: Store) -> None:
    points = [point("a", 0), point("b", 10), point("c", 20)]
    store.upsert(points)
    where = Filter(without_ids=(points[0].painting.id, point("unknown").painting.id, "no uuid", ""))
    assert keys(store.search(direction(0), limit=1, where=where)) == ["b"]
    assert store.count(where) == 2
    assert store.count(Filter(without_ids=("no uuid",))) == 3


def test_one_positive_example_answers_as_a_search_does(store: Store) -> None:
    store.upsert([point(str(n), n * 7) for n in range(30)])
    assert store.recommend([direction(40)], limit=9) == store.search(direction(40), limit=9)
    assert store.recommend([axis(1)], space="look", limit=3) == store.search(axis(1), space="look", limit=3)


def test_a_recommendation_is_near_the_positive_and_far_from_the_negative(store: Store) -> None:
    store.upsert([point("at 0", 0), point("at 60", 60), point("at 90", 90), point("at 300", 300)])
    hits = store.recommend([direction(0)], [direction(90)], limit=4)
    assert keys(hits) == ["at 300", "at 0", "at 60", "at 90"]
    # cos of 60, 0, 60, 90 less cos of 150, 90, 30, 0 degrees, over two examples
    assert [hit.similarity for hit in hits] == pytest.approx([0.683013, 0.5, -0.183013, -0.5], abs=1e-6)


def test_negative_examples_alone_recommend_what_is_farthest(store: Store) -> None:
    store.upsert([point("near", 10), point("far", 170), point("middle", 90)])
    hits = store.recommend([], [direction(0)], limit=2)
    assert keys(hits) == ["far", "middle"]
    assert hits[0].similarity == pytest.approx(0.984808, abs=1e-6)


def test_an_example_given_twice_weighs_twice(store: Store) -> None:
    store.upsert([point("at 0", 0), point("at 90", 90)])
    hits = store.recommend([direction(0), direction(90), direction(90)], limit=2)
    assert keys(hits) == ["at 90", "at 0"]
    assert [hit.similarity for hit in hits] == pytest.approx([2 / 3, 1 / 3], abs=1e-6)


def test_without_an_example_nothing_can_be_recommended(store: Store) -> None:
    with pytest.raises(ValueError, match="needs an example"):
        store.recommend([], limit=3)
    with pytest.raises(ValueError, match=r"shape \(2,\), not \(4,\)"):
        store.recommend([direction(0)], [axis(1)], limit=3)


def test_an_equal_id_replaces_the_whole_point(store: Store) -> None:
    store.upsert([point("work", 0, style="Cubism", year=1910)])
    store.upsert([point("work", 90, look=2, genre="portrait")])
    assert store.count() == 1
    (found,) = store.get([point("work").painting.id])
    assert found.painting == point("work", genre="portrait").painting
    assert np.allclose(found.feeling, direction(90))
    assert store.facet("style") == {}
    assert store.count(Filter(year_from=1900)) == 0


def test_within_one_write_the_last_of_equal_ids_stays(store: Store) -> None:
    store.upsert([point("work", style="Cubism"), point("work", style="Rococo")])
    assert store.facet("style") == {"Rococo": 1}


def test_points_come_back_whole_in_the_order_asked_for(store: Store) -> None:
    full = point(
        "Ukiyo_e/北斎_凱風快晴",
        45,
        look=3,
        title="Fine Wind, “Clear” Morning 🗻\n\0",
        artist="葛飾 北斎",
        style="Ukiyo-e é́",
        genre="paysage",
        year=1831,
        rights="public domain",
        source="Musée",
    )
    bare = point("bare")
    store.upsert([full, bare])
    first, second = store.get([bare.painting.id, full.painting.id])
    assert (first.painting, second.painting) == (bare.painting, full.painting)
    assert second.fingerprint == full.fingerprint
    assert second.look.dtype == second.feeling.dtype == np.float32
    assert np.array_equal(second.look, full.look)
    assert np.allclose(second.feeling, full.feeling, atol=1e-7)
    assert store.count(Filter(style=("Ukiyo-e é́",), artist=("葛飾 北斎",))) == 1


def test_a_near_duplicate_says_of_which(store: Store) -> None:
    first = point("a", 0)
    second = replace(point("b", 1), duplicate_of=first.painting.id)
    store.upsert([first, second])
    assert [p.duplicate_of for p in store.get([first.painting.id, second.painting.id])] == [
        None,
        first.painting.id,
    ]
    hits = store.search(direction(0), limit=2)
    assert [hit.duplicate_of for hit in hits] == [None, first.painting.id]


@pytest.mark.parametrize("space", ["look", "feeling"])
def test_vectors_alone_come_in_the_order_asked_for(store: Store, space: Space) -> None:
    points = [point(f"work {n}") for n in range(5)]
    store.upsert(points)
    asked = [points[3], points[0], points[3]]
    vectors = store.vectors([each.painting.id for each in asked], space)
    np.testing.assert_allclose(vectors, np.stack([getattr(each, space) for each in asked]), atol=1e-6)
    assert store.vectors([], space).shape == (0, LOOK_SIZE if space == "look" else FEELING_SIZE)
    for unknown in ("no uuid", point("unknown").painting.id):
        with pytest.raises(KeyError):
            store.vectors([points[0].painting.id, unknown], space)


@pytest.mark.parametrize("space", ["look", "feeling"])
def test_a_sample_is_of_the_first_by_id_that_a_filter_lets_through(store: Store, space: Space) -> None:
    styles = ("Cubism", "Rococo")
    points = [point(f"work {n}", degrees=9 * n, look=n % LOOK_SIZE, style=styles[n % 2]) for n in range(8)]
    store.upsert(points)
    cubism = Filter(style=("Cubism",))
    first_by_id = [getattr(found, space) for batch in store.scan(where=cubism) for found in batch]
    np.testing.assert_array_equal(store.sample(3, space, cubism), np.stack(first_by_id[:3]))
    assert len(store.sample(99, space)) == len(points)
    nothing = store.sample(3, space, Filter(style=("Fauvism",)))
    assert nothing.shape == (0, LOOK_SIZE if space == "look" else FEELING_SIZE)


@pytest.mark.parametrize("space", ["look", "feeling"])
def test_similarities_come_for_each_point_and_vector_in_the_order_asked_for(
    store: Store, space: Space
) -> None:
    points = [point(f"work {n}") for n in range(100)]
    twin = replace(points[3], painting=point("twin").painting)
    store.upsert([*points, twin])
    ids = [each.painting.id for each in (points[3], points[0], twin, points[3])]
    others = [getattr(points[n], space) for n in (1, 0, 2)]
    found = store.similarities(ids, others, space)
    np.testing.assert_allclose(found, store.vectors(ids, space) @ np.stack(others).T, atol=1e-6)
    assert found[0].tolist() == found[2].tolist() == found[3].tolist()
    assert (abs(found) <= 1).all()
    assert store.similarities([], others, space).shape == (0, 3)
    for unknown in ("no uuid", point("unknown").painting.id):
        with pytest.raises(KeyError):
            store.similarities([ids[0], unknown], others, space)


@pytest.mark.parametrize("unknown", ["", "no uuid", "5e1f0e0a-0000-5000-8000-000000000000", "é\0"])
def test_an_unknown_id_is_simply_not_found(store: Store, unknown: str) -> None:
    known = point("known")
    store.upsert([known])
    assert keys(store.get([unknown, known.painting.id])) == ["known"]


def test_a_scan_gives_every_point_once_ordered_by_id(store: Store) -> None:
    points = [point(f"work {n}") for n in range(25)]
    store.upsert(points)
    batches = list(store.scan(batch_size=10))
    assert [len(batch) for batch in batches] == [10, 10, 5]
    ids = [found.painting.id for batch in batches for found in batch]
    assert ids == sorted(wanted.painting.id for wanted in points)


def test_a_scan_may_start_at_any_id_whether_a_point_has_it_or_not(store: Store) -> None:
    store.upsert([point(f"work {n}") for n in range(25)])
    ids = [found.painting.id for batch in store.scan() for found in batch]
    between = f"{ids[6][:-12]}{int(ids[6][-12:], 16) + 1:012x}"
    for start, expected in ((ids[7], ids[7:]), (between, ids[7:]), (f"{'f' * 8}{ids[0][8:]}", [])):
        found = [point.painting.id for batch in store.scan(10, start) for point in batch]
        assert found == expected


def test_a_scan_may_be_of_what_a_filter_lets_through(store: Store) -> None:
    store.upsert([point(f"work {n}", style=f"Style {n % 3}") for n in range(25)])
    where = Filter(style=("Style 1",))
    batches = list(store.scan(5, where=where))
    assert [len(batch) for batch in batches] == [5, 3]
    ids = [found.painting.id for batch in batches for found in batch]
    assert ids == sorted(point(f"work {n}").painting.id for n in range(1, 25, 3))


def test_facets_count_values_most_frequent_first_and_equal_ones_by_value(store: Store) -> None:
    artists = ["Zo", "Émile", "Ann", "Ann", "Zo", "Ann", None, "Bo"]
    store.upsert([point(str(n), artist=artist, year=1900 + n) for n, artist in enumerate(artists)])
    assert list(store.facet("artist").items()) == [("Ann", 3), ("Zo", 2), ("Bo", 1), ("Émile", 1)]
    assert list(store.facet("artist", Filter(year_to=1901)).items()) == [("Zo", 1), ("Émile", 1)]
    assert store.facet("genre") == {}


def test_a_facet_is_not_cut_off(store: Store) -> None:
    store.upsert([point(str(n), artist=f"Artist {n}") for n in range(500)])
    assert len(store.facet("artist")) == 500


def test_a_facet_counts_what_points_are_and_not_what_they_were(store: Store) -> None:
    for styles in (["Cubism"] * 200, ["Rococo"] * 150, ["Fauvism"] * 200):
        store.upsert([point(f"work {n}", style=style) for n, style in enumerate(styles)])
        expected = dict(Counter(styles + ["Cubism"] * (200 - len(styles))))
        assert store.facet("style") == expected
        store.optimize()
        assert store.facet("style") == expected


def test_optimising_changes_no_answer(store: Store) -> None:
    store.upsert([point(str(n), n * 3, style=f"Style {n % 4}", year=1800 + n) for n in range(100)])
    where = Filter(style=("Style 1", "Style 2"), year_from=1820)
    before = store.search(direction(50), limit=10, where=where)
    store.optimize()
    assert store.search(direction(50), limit=10, where=where) == before
    assert store.count() == 100


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        (np.array([1, 1], np.float32), "unit length, not 1.414"),
        (np.array([0, 0], np.float32), "unit length, not 0"),
        (np.array([np.nan, 1], np.float32), "unit length, not nan"),
        (np.array([1, 0, 0], np.float32), r"shape \(2,\), not \(3,\)"),
        (np.array([[1, 0]], np.float32), r"shape \(2,\), not \(1, 2\)"),
    ],
)
def test_wrong_vectors_are_refused_and_nothing_is_written(
    store: Store, wrong: Vector, complaint: str
) -> None:
    with pytest.raises(ValueError, match=f"feeling .*{complaint}"):
        store.search(wrong, limit=1)
    with pytest.raises(ValueError, match=f"feeling .*{complaint}"):
        store.upsert([point("good"), replace(point("bad"), feeling=wrong)])
    assert store.count() == 0


def test_threads_may_search_together(store: Store) -> None:
    store.upsert([point(str(n), n, style=f"Style {n % 4}") for n in range(100)])
    where = Filter(style=("Style 1", "Style 2"))
    alone = [store.search(direction(angle), limit=10, where=where) for angle in range(40)]
    with ThreadPoolExecutor(4) as pool:
        together = pool.map(lambda angle: store.search(direction(angle), limit=10, where=where), range(40))
        assert list(together) == alone


def test_closing_twice_is_harmless(store: Store) -> None:
    store.close()
    store.close()


STYLES = ("Cubism", "Rococo", "Ukiyo_e", "印象派")
years = st.none() | st.integers(1890, 1896)
some_styles = st.lists(st.sampled_from((*STYLES, "Unknown")), max_size=3, unique=True).map(tuple)
some_names = st.lists(st.sampled_from(("A", "B", "C")), max_size=2, unique=True).map(tuple)
some_ids = st.lists(st.integers(0, 40).map(lambda key: point(str(key)).painting.id), max_size=3).map(tuple)
filters = st.builds(
    Filter,
    style=some_styles,
    artist=some_names,
    genre=some_names,
    year_from=years,
    year_to=years,
    without_style=some_styles,
    without_artist=some_names,
    without_genre=some_names,
    without_ids=some_ids,
)
collections = st.lists(
    st.builds(
        point,
        key=st.integers(0, 30).map(str),
        degrees=st.integers(0, 35).map(lambda step: step * 10),
        look=st.integers(0, LOOK_SIZE - 1),
        style=st.none() | st.sampled_from(STYLES),
        artist=st.none() | st.sampled_from(("A", "B")),
        genre=st.none() | st.sampled_from(("A", "B")),
        year=years,
    ),
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(points=collections, where=filters, step=st.integers(0, 35), limit=st.integers(1, 12))
def test_the_exact_store_gives_for_every_mix_of_filters_the_paintings_it_describes(
    memory: NewStore, points: list[Point], where: Filter, step: int, limit: int
) -> None:
    query = direction(step * 10 + 3)  # as near to no two of the possible feelings
    latest = {point.painting.id: point for point in points}
    kept = {id_: point for id_, point in latest.items() if passes(point.painting, where)}
    ranking = sorted(kept, key=lambda id_: (-round(float(kept[id_].feeling @ query), 5), id_))
    store = memory()
    store.upsert(points)
    assert [hit.painting.id for hit in store.search(query, limit=limit, where=where)] == ranking[:limit]
    assert store.count(where) == len(kept)
    styled = [point for point in kept.values() if point.painting.style]
    assert sum(store.facet("style", where).values()) == len(styled)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    points=collections,
    where=filters,
    space=st.sampled_from(("look", "feeling")),
    step=st.integers(0, 35),
    limit=st.integers(1, 12),
)
def test_every_engine_answers_as_the_exact_one_does_ties_and_bounds_included(
    new_store: NewStore, points: list[Point], where: Filter, space: Space, step: int, limit: int
) -> None:
    query = axis(step % LOOK_SIZE) if space == "look" else direction(step * 10 + 3)
    store, exact = new_store(), MemoryStore(LOOK_SIZE, FEELING_SIZE)
    for each in (store, exact):
        each.upsert(points)
    found, expected = (each.search(query, space=space, limit=limit, where=where) for each in (store, exact))
    assert [hit.painting for hit in found] == [hit.painting for hit in expected]
    similarities = [hit.similarity for hit in expected]
    assert [hit.similarity for hit in found] == pytest.approx(similarities, abs=1e-6)
    assert store.count(where) == exact.count(where)
    for field in ("style", "artist", "genre"):
        assert list(store.facet(field, where).items()) == list(exact.facet(field, where).items())
    store.close()


some_steps = st.lists(st.integers(0, 35), max_size=3)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    points=collections,
    where=filters,
    liked=some_steps,
    disliked=st.lists(st.integers(0, 35), min_size=1, max_size=3),
    limit=st.integers(1, 12),
)
def test_every_engine_recommends_as_the_exact_one_does(
    new_store: NewStore,
    points: list[Point],
    where: Filter,
    liked: list[int],
    disliked: list[int],
    limit: int,
) -> None:
    positive, negative = ([direction(step * 10 + 3) for step in steps] for steps in (liked, disliked))
    store, exact = new_store(), MemoryStore(LOOK_SIZE, FEELING_SIZE)
    for each in (store, exact):
        each.upsert(points)
    found, expected = (
        each.recommend(positive, negative, limit=limit, where=where) for each in (store, exact)
    )
    similarities = [hit.similarity for hit in expected]
    assert [hit.similarity for hit in found] == pytest.approx(similarities, abs=1e-6)
    if len(set(np.round(similarities, 5))) == len(similarities):
        assert [hit.painting for hit in found[:-1]] == [hit.painting for hit in expected[:-1]]
    store.close()


def test_a_reopened_folder_holds_what_was_written(quick_folder: Path) -> None:
    store = EdgeStore.create(quick_folder, LOOK_SIZE, FEELING_SIZE)
    store.upsert([point("a", 0, style="Cubism", year=1911), point("b", 90)])
    store.close()
    again = EdgeStore.open(quick_folder)
    assert keys(again.search(direction(80), limit=2)) == ["b", "a"]
    assert again.facet("style", Filter(year_from=1911, year_to=1911)) == {"Cubism": 1}
    with pytest.raises(ValueError, match=r"shape \(4,\)"):
        again.search(direction(0), space="look", limit=1)
    again.close()


def test_an_optimised_folder_is_opened_without_reading_what_was_written_to_it(quick_folder: Path) -> None:
    with closing(EdgeStore.create(quick_folder, LOOK_SIZE, FEELING_SIZE)) as store:
        store.upsert([point(f"work {n}", style="Cubism") for n in range(300)])
        assert b"Cubism" in log_of(quick_folder)
        store.optimize()
        assert b"Cubism" not in log_of(quick_folder)
        store.upsert([point("work 0", style="Rococo"), point("new", style="Rococo")])
    with closing(EdgeStore.open(quick_folder)) as store:
        assert store.facet("style") == {"Cubism": 299, "Rococo": 2}


def test_a_folder_bereft_of_its_log_holds_what_was_written_and_can_be_written_to(quick_folder: Path) -> None:
    with closing(EdgeStore.create(quick_folder, LOOK_SIZE, FEELING_SIZE)) as store:
        store.upsert([point("work", style="Cubism"), point("other", style="Cubism")])
    shutil.rmtree(quick_folder / LOG)
    with closing(EdgeStore.open(quick_folder)) as store:
        store.upsert([point("work", style="Rococo")])
    with closing(EdgeStore.open(quick_folder)) as store:
        assert store.facet("style") == {"Cubism": 1, "Rococo": 1}


def test_a_second_opener_is_told_who_has_it(quick_folder: Path) -> None:
    store = EdgeStore.create(quick_folder, LOOK_SIZE, FEELING_SIZE)
    told = rf"^`.+` \(process {os.getpid()}, since 20.+\) has the index in {quick_folder} open; wait .*serve"
    with pytest.raises(IndexBusyError, match=told):
        EdgeStore.open(quick_folder)
    (quick_folder / RECORD).unlink()
    with pytest.raises(IndexBusyError, match=r"^Another process has the index in"):
        EdgeStore.open(quick_folder)
    store.close()
    EdgeStore.open(quick_folder).close()


def test_a_copy_of_an_open_store_answers_the_same(quick_folder: Path) -> None:
    store = EdgeStore.create(quick_folder / "store", LOOK_SIZE, FEELING_SIZE)
    store.upsert([point(str(n), n * 3, style=f"Style {n % 4}", year=1800 + n) for n in range(100)])
    store.optimize()
    copy = EdgeStore.open_copy(quick_folder / "store", quick_folder / "copy")
    where = Filter(style=("Style 1", "Style 2"), year_from=1820)
    expected = store.search(direction(50), limit=10, where=where)
    assert copy.search(direction(50), limit=10, where=where) == expected
    assert copy.facet("style") == store.facet("style")
    copy.close()
    store.close()


def test_a_copy_that_would_fill_the_disk_is_not_begun(
    quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    EdgeStore.create(quick_folder / "store", LOOK_SIZE, FEELING_SIZE).close()
    usage = shutil.disk_usage(quick_folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=10_000_000))
    with pytest.raises(OSError, match="No space left on device"):
        EdgeStore.open_copy(quick_folder / "store", quick_folder / "copy")
    assert not (quick_folder / "copy").exists()


def test_a_folder_without_a_store_is_named(quick_folder: Path) -> None:
    with pytest.raises(IndexNotFoundError, match=str(quick_folder)):
        EdgeStore.open(quick_folder)


def test_a_store_is_never_created_over_another(quick_folder: Path) -> None:
    store = EdgeStore.create(quick_folder, LOOK_SIZE, FEELING_SIZE)
    store.upsert([point("kept")])
    store.close()
    with pytest.raises(FileExistsError, match=str(quick_folder)):
        EdgeStore.create(quick_folder, LOOK_SIZE, FEELING_SIZE)
    again = EdgeStore.open(quick_folder)
    assert again.count() == 1
    again.close()


@pytest.mark.parametrize("quantization", get_args(Quantization))
def test_with_graphs_nearly_all_true_neighbours_are_found_with_their_exact_similarities(
    quick_folder: Path, quantization: Quantization
) -> None:
    rng = np.random.default_rng(0)
    points = [
        replace(point(f"key {n}", style=f"Style {n % 4}"), feeling=unit(rng.standard_normal(32)))
        for n in range(3000)
    ]
    EdgeStore.create(quick_folder, LOOK_SIZE, 32, quantization=quantization, segment=500).close()
    with_graphs, exact = EdgeStore.open(quick_folder), MemoryStore(LOOK_SIZE, 32)
    for start in range(0, 3000, 250):
        with_graphs.upsert(points[start : start + 250])
    exact.upsert(points)
    found = total = 0
    for query in unit(rng.standard_normal((30, 32))):
        for where in (Filter(), Filter(style=("Style 1",)), Filter(without_style=("Style 1", "Style 2"))):
            true = {hit.painting.id: hit for hit in exact.search(query, limit=12, where=where)}
            hits = with_graphs.search(query, limit=12, where=where)
            both = [hit for hit in hits if hit.painting.id in true]
            expected = [true[hit.painting.id].similarity for hit in both]
            assert [hit.similarity for hit in both] == pytest.approx(expected, abs=1e-6)
            found += len(both)
            total += len(true)
    assert with_graphs._shard.info().segments_count > 4  # some are full
    with_graphs.close()
    assert found / total >= 0.99


@pytest.mark.parametrize("quantization", get_args(Quantization))
def test_a_reopened_folder_knows_how_it_is_kept(quick_folder: Path, quantization: Quantization) -> None:
    EdgeStore.create(quick_folder, LOOK_SIZE, FEELING_SIZE, quantization=quantization).close()
    again = EdgeStore.open(quick_folder)
    assert again.quantization == quantization
    again.close()


def test_a_damaged_folder_is_refused_with_the_remedy_when_it_is_read(quick_folder: Path) -> None:
    store = EdgeStore.create(quick_folder / "store", LOOK_SIZE, FEELING_SIZE)
    store.upsert([point(f"key {number}", degrees=number) for number in range(20)])
    store.close()
    for chunk in (quick_folder / "store").rglob("vector_storage-*/**/*.mmap"):
        chunk.write_bytes(chunk.read_bytes()[:8])
    with pytest.raises(IndexFormatError, match=r"damaged .* index build"):
        search_everything(quick_folder / "store")


def test_on_a_full_disk_no_store_is_begun(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(quick_folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=10_000_000))
    with pytest.raises(OSError, match="No space left"):
        EdgeStore.create(quick_folder / "store", LOOK_SIZE, FEELING_SIZE)
    assert list((quick_folder / "store").iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_what_the_system_refuses_the_engine_is_not_called_damage(
    quick_folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(path: str) -> None:
        raise RuntimeError(f"Service runtime error: {os.strerror(number)} (os error {number})")

    EdgeStore.create(quick_folder, LOOK_SIZE, FEELING_SIZE).close()
    monkeypatch.setattr(qdrant_edge.EdgeShard, "load", refuse)
    with pytest.raises(OSError, match=os.strerror(number)) as refusal:
        EdgeStore.open(quick_folder)
    assert (refusal.value.errno, refusal.value.filename) == (number, str(quick_folder))


@pytest.mark.parametrize(
    ("reason", "kind", "told"),
    [
        ("(os error 28)", OSError, "No space left"),
        ("segment is gone", IndexFormatError, r"damaged .*is gone"),
    ],
)
def test_what_goes_wrong_while_writing_is_told_in_one_sentence(
    quick_folder: Path, monkeypatch: pytest.MonkeyPatch, reason: str, kind: type[Exception], told: str
) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError(f"Service runtime error: {reason}")

    store = EdgeStore.create(quick_folder, LOOK_SIZE, FEELING_SIZE)
    with monkeypatch.context() as patch:
        patch.setattr(qdrant_edge.EdgeShard, "update", refuse)
        patch.setattr(qdrant_edge.EdgeShard, "optimize", refuse)
        with pytest.raises(kind, match=told):
            store.upsert([point("a")])
        with pytest.raises(kind, match=told):
            store.optimize()
    store.close()


def search_everything(path: Path) -> None:
    store = EdgeStore.open(path)
    try:
        store.search(direction(0), limit=5)
    finally:
        store.close()
