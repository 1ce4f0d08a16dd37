import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.base import Filter
from indexer.store.memory import MemoryStore
from search_api.answer import FacetCount
from search_api.answering.relaxing import count_facets, relaxations
from tests.small_index import make_small_index

styles = st.lists(st.sampled_from(["Cubism", "Baroque", "Ukiyo_e", "Impressionism"]), max_size=2).map(tuple)
artists = st.lists(st.sampled_from(["Claude Monet", "Juan Gris"]), max_size=2).map(tuple)
years = st.none() | st.integers(1600, 1950)
filters = st.builds(
    Filter, styles, artists, year_from=years, year_to=years, without_style=styles, without_artist=artists
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> MemoryStore:
    return make_small_index(tmp_path_factory.mktemp("works")).store


def offered(store: MemoryStore, where: Filter) -> list[tuple[tuple[str, ...], int]]:
    return [(way.dropped, way.paintings) for way in relaxations(store, where, 0, answered=False)]


def test_each_filter_is_offered_with_what_letting_go_of_it_would_give(store: MemoryStore) -> None:
    where = Filter(style=("Impressionism",), artist=("Juan Gris",))
    assert offered(store, where) == [(("artist",), 3), (("style",), 2)]


def test_either_end_of_the_years_can_be_let_go(store: MemoryStore) -> None:
    where = Filter(artist=("Claude Monet",), year_from=1892, year_to=1900)
    assert offered(store, where) == [(("years",), 2), (("year_from",), 1), (("year_to",), 1)]


def test_where_one_filter_is_not_enough_two_are_let_go(store: MemoryStore) -> None:
    where = Filter(style=("Cubism",), artist=("Claude Monet",), genre=("portrait",))
    assert offered(store, where) == [
        (("artist", "genre"), 2),
        (("style", "artist"), 2),
        (("style", "genre"), 2),
    ]


def test_what_a_text_keeps_out_can_be_let_in_again(store: MemoryStore) -> None:
    where = Filter(style=("Cubism",), without_artist=("Juan Gris",))
    assert offered(store, where) == [(("style",), 6), (("without_artist",), 2)]


def test_where_paintings_pass_but_none_is_coherent_enough_that_is_what_is_in_the_way(
    store: MemoryStore,
) -> None:
    [only] = relaxations(store, Filter(style=("Cubism",)), 2, answered=False)
    assert (only.dropped, only.where, only.paintings) == (("min_coherence",), Filter(style=("Cubism",)), 2)


def test_where_paintings_answer_nothing_is_offered(store: MemoryStore) -> None:
    assert relaxations(store, Filter(style=("Cubism",)), 2, answered=True) == ()


@given(filters)
def test_every_offer_gives_what_it_promises_the_most_first(store: MemoryStore, where: Filter) -> None:
    if store.count(where):
        return
    ways = relaxations(store, where, 0, answered=False)
    assert ways
    assert [way.paintings for way in ways] == sorted((way.paintings for way in ways), reverse=True)
    assert len({way.where for way in ways}) == len(ways)
    for way in ways:
        assert store.count(way.where) == way.paintings > 0


def test_facets_count_the_paintings_under_a_filter(store: MemoryStore) -> None:
    facets = count_facets(store, Filter(style=("Impressionism",)))
    assert facets.style == (FacetCount("Impressionism", 3),)
    assert facets.artist == (FacetCount("Claude Monet", 2), FacetCount("Berthe Morisot", 1))
    assert facets.genre == (FacetCount("landscape", 2), FacetCount("portrait", 1))
