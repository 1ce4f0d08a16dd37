"""What is offered where no painting stands beside those asked about."""

from collections.abc import Callable

import pytest

from indexer.store.base import Filter
from search_api.answer import Relaxation
from search_api.errors import QueryError
from search_api.limits import MOST_HITS
from search_api.relating.anchors import Anchor
from search_api.relating.neighbours import similar
from search_api.relating.wanted import Found, Wanted
from search_api.rendering.remarks import on_found
from search_api.searcher import Searcher
from tests.placed import hung, painting, placed
from tests.small_index import SmallIndex, make_small_index

NOWHERE = Filter(style=("Cubism",), artist=("Claude Monet",))
Ask = Callable[[Searcher, str], Found]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SmallIndex:
    return make_small_index(tmp_path_factory.mktemp("works"))


ASKS: dict[str, Ask] = {
    "similar": lambda searcher, id_: searcher.similar(id_, where=NOWHERE),
    "contrast": lambda searcher, id_: searcher.contrast(id_, where=NOWHERE),
    "blend": lambda searcher, id_: searcher.blend({id_: 1}, {"joy": 1}, where=NOWHERE),
    "more-like": lambda searcher, id_: searcher.more_like([id_], where=NOWHERE),
}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_where_the_filters_leave_nothing_each_way_out_is_offered_without_the_painting_itself(
    index: SmallIndex, ask: Ask
) -> None:
    gris = next(work for work in index.paintings if work.artist == "Juan Gris")
    found = ask(index.searcher, gris.id)
    others = sum(work.style == "Cubism" for work in index.paintings) - 1
    assert [(way.dropped, way.paintings) for way in found.relaxations] == [
        (("style",), 2),
        (("artist",), others),
    ]
    assert list(on_found(found)) == [
        "No other painting passes these filters.",
        "without style Cubism: 2 paintings",
        "without artist Claude Monet: 1 painting",
    ]


def test_an_answer_tells_the_values_of_the_index_that_its_filter_meant(index: SmallIndex) -> None:
    found = index.searcher.similar(index.paintings[0].id, where=Filter(artist=("monet",)))
    assert found.where == Filter(artist=("Claude Monet",))
    assert found.relaxations == ()
    assert list(on_found(found)) == []


def test_where_all_that_pass_are_folded_copies_it_is_offered_not_to_fold() -> None:
    asked = placed("asked")
    store = hung(asked, placed("copy", look=1, like="asked"), placed("other", style="Rococo"))
    hidden = Filter(without_ids=(painting("other").id,))
    found = similar(store, Anchor.of_point(asked), Wanted(where=hidden, fold=True))
    narrowed = Filter(without_ids=(*hidden.without_ids, painting("asked").id))
    assert (found.hits, found.relaxations) == ((), (Relaxation(("fold",), narrowed, 1),))
    assert "leave --fold out" in next(on_found(found))


@pytest.mark.parametrize("top_k", [0, MOST_HITS + 1])
def test_a_number_of_paintings_out_of_range_is_refused(top_k: int) -> None:
    with pytest.raises(QueryError, match="ask for 1 to"):
        Wanted(top_k=top_k)
