"""What a searcher tells of pictures: neighbours, contrasts, blends, emotions and viewers."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from encoders.home import Home
from indexer.store.base import Filter
from indexer.viewers import Voices, save_viewers
from search_api.errors import PaintingNotFoundError, QueryError
from search_api.searcher import Searcher
from tests.records import manifest_of
from tests.small_index import SmallIndex, make_small_index


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SmallIndex:
    return make_small_index(tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def searcher(index: SmallIndex) -> Searcher:
    return index.searcher


def test_neighbours_are_the_other_paintings_that_pass_a_filter_in_plain_words(
    searcher: Searcher, index: SmallIndex
) -> None:
    first = index.paintings[0]
    assert len(searcher.similar(first.id).hits) == 7
    found = searcher.similar(first.id, by="feeling", where=Filter(artist=("monet",)))
    assert [hit.painting.title for hit in found.hits] == ["Water [Lilies]"]


def test_an_uploaded_picture_is_asked_about_like_a_painting(searcher: Searcher, index: SmallIndex) -> None:
    with Image.open(index.paintings[0].path) as image:
        anchor = searcher.anchor(image.convert("RGB"), "upload.png")
    assert searcher.similar(anchor, top_k=1).hits[0].painting == index.paintings[0]
    assert searcher.emotions(anchor).name == "upload.png"
    assert len(searcher.contrast(anchor, pool=3).hits) == 3


def test_blends_and_likes_take_ids_and_any_words(searcher: Searcher, index: SmallIndex) -> None:
    one, other, *_ = (painting.id for painting in index.paintings)
    blended = searcher.blend({one: 1.0}, {"calm": 1.0, "a stormy night": -0.5}, top_k=3)
    assert [part.weight for part in blended.ingredients] == [1, 1, -0.5]
    assert one not in {hit.painting.id for hit in blended.hits}
    liked = searcher.more_like([one], [other], word="calm")
    assert len(liked.hits) == 6


def test_an_unknown_painting_is_refused_everywhere(searcher: Searcher) -> None:
    for ask in (searcher.similar, searcher.contrast, searcher.emotions):
        with pytest.raises(PaintingNotFoundError, match="no painting 'nonsense'"):
            ask("nonsense")
    with pytest.raises(PaintingNotFoundError):
        searcher.blend({"nonsense": 1.0}, {})
    with pytest.raises(PaintingNotFoundError):
        searcher.more_like(["nonsense"])


def test_emotions_are_those_of_the_vocabulary_or_those_asked_for(
    searcher: Searcher, index: SmallIndex
) -> None:
    first = index.paintings[0].id
    assert len(searcher.emotions(first).scores) > 500
    asked = searcher.emotions(first, ["awe", "the calm after a storm"])
    assert {score.emotion for score in asked.scores} == {"awe", "the calm after a storm"}
    with pytest.raises(QueryError, match="give 1 to 100"):
        searcher.emotions(first, ["awe"] * 101)


def test_what_viewers_said_stands_beside_the_emotions(index: SmallIndex, home: Home) -> None:
    first, second, *_ = (painting.id for painting in index.paintings)
    viewers = save_viewers(home, [(first, Voices({"awe": 3, "fear": 1}))])
    searcher = Searcher(index.encoder, index.store, manifest_of(index.encoder), viewers)
    said = searcher.emotions(first).viewers
    assert said is not None
    assert (said.viewers, [share.share for share in said.shares]) == (4, [0.75, 0.25])
    assert searcher.emotions(second).viewers is None


def test_all_who_ask_why_at_once_are_told_what_was_found_once(searcher: Searcher, index: SmallIndex) -> None:
    seen = index.paintings[2].id
    with ThreadPoolExecutor(4) as threads:
        first, *others = threads.map(lambda _: searcher.explain(seen, "awe"), range(8))
    assert all(other is first for other in others)
    assert searcher.explain(seen, "fear") is not first
