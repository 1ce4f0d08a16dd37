import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from encoders.errors import WordError
from encoders.fake import FakeEncoder
from encoders.home import Home
from indexer.errors import IndexNotFoundError, ModelMismatchError
from indexer.shelves.folder import FolderShelf
from indexer.store.base import Filter
from search_api.answering.question import Question
from search_api.errors import PaintingNotFoundError, QueryError
from search_api.limits import MOST_HITS
from search_api.scoring import score_image
from search_api.searcher import Searcher, open_searcher
from tests.building import CHECKOUT
from tests.many_works import searcher_of
from tests.records import manifest_of
from tests.small_index import SmallIndex, make_small_index


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SmallIndex:
    return make_small_index(tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def searcher(index: SmallIndex) -> Searcher:
    return index.searcher


def titles(searcher: Searcher, text: str, where: Filter = Filter()) -> set[str]:  # noqa: B008 (frozen)
    return {hit.painting.title for hit in searcher.search(text, where=where).hits}


def test_hits_come_best_first_with_three_numbers_in_their_ranges(searcher: Searcher) -> None:
    hits = searcher.search("melancholy").hits
    assert len(hits) == 8
    for numbers in zip(*((hit.similarity, hit.coherence, hit.percentile) for hit in hits), strict=True):
        assert list(numbers) == sorted(numbers, reverse=True)
    assert all(-1 <= hit.similarity <= 1 for hit in hits)
    assert all(0 <= hit.coherence <= 1 for hit in hits)
    assert all(0 <= hit.percentile <= 100 for hit in hits)


def test_an_answer_tells_what_was_understood_and_who_answered(index: SmallIndex) -> None:
    answer = index.searcher.search("Melancholy Impressionist paintings")
    assert [emotion.word for emotion in answer.query.emotions] == ["melancholy"]
    assert answer.query.where == Filter(style=("Impressionism",))
    assert answer.query.ignored == ("paintings",)
    assert answer.release.model == "fake"
    assert answer.release.space_id == index.encoder.identity.space_id
    assert answer.release.build == "build-1"


def test_a_hit_scores_as_its_own_picture_does(index: SmallIndex) -> None:
    best = index.searcher.search("melancholy", top_k=1).hits[0]
    image = Image.open(best.painting.path).convert("RGB")
    [score] = index.searcher.score(image, ["melancholy"], "best").scores
    assert score.similarity == pytest.approx(best.similarity, abs=1e-5)
    assert score.coherence == pytest.approx(best.coherence, abs=1e-4)
    assert score.percentile == pytest.approx(best.percentile, abs=2)


def test_only_paintings_of_the_filters_answer(searcher: Searcher) -> None:
    assert titles(searcher, "calm Cubism") == {"Guitar", "Pears"}
    assert titles(searcher, "calm Monet") == {"Haystacks", "Water [Lilies]"}
    assert titles(searcher, "calm Impressionist portraits") == {"The Cradle"}


def test_given_filters_join_those_of_the_text(searcher: Searcher) -> None:
    assert titles(searcher, "calm Cubism", Filter(style=("Ukiyo_e",))) == {"Guitar", "Pears", "The Wave"}
    assert titles(searcher, "calm Impressionism", Filter(artist=("Morisot",))) == {"The Cradle"}
    assert titles(searcher, "calm", Filter(year_from=1900, year_to=1910)) == {"Water [Lilies]", "The Dream"}


@pytest.mark.parametrize("style", ["Impressionism", "impressionist", "IMPRESIONIST", "impressionistic"])
def test_a_given_style_is_matched_like_a_word_of_the_text(searcher: Searcher, style: str) -> None:
    assert searcher.search("calm", where=Filter(style=(style,))).query.where.style == ("Impressionism",)


@pytest.mark.parametrize("artist", ["Diego Velázquez", "velazquez", "Velasquez"])
def test_a_given_artist_is_matched_like_a_word_of_the_text(searcher: Searcher, artist: str) -> None:
    where = Filter(artist=(artist,))
    assert searcher.search("calm", where=where).query.where.artist == ("Diego Velázquez",)


def test_an_unknown_filter_is_refused_with_the_closest_known_values(searcher: Searcher) -> None:
    with pytest.raises(QueryError, match="no style 'Cubisme'; the closest it has: Cubism"):
        searcher.search("calm", where=Filter(style=("Cubisme",)))
    with pytest.raises(QueryError, match="no artist ''; the closest it has: "):
        searcher.search("calm", where=Filter(artist=("",)))


def test_a_filter_on_a_field_that_no_painting_has_is_refused(tmp_path: Path) -> None:
    index = make_small_index(tmp_path)
    store = type(index.store)(index.encoder.look_size, index.encoder.feeling_size)
    empty = Searcher(index.encoder, store, manifest_of(index.encoder))
    assert empty.search("calm").hits == ()
    with pytest.raises(QueryError, match="no painting with a genre, so leave that filter out"):
        empty.search("calm", where=Filter(genre=("portrait",)))


def test_filters_that_no_painting_passes_give_an_answer_without_hits(searcher: Searcher) -> None:
    answer = searcher.search("calm Cubism by Monet")
    assert answer.hits == ()
    assert answer.query.where == Filter(style=("Cubism",), artist=("Claude Monet",))


def test_years_that_run_backwards_are_refused(searcher: Searcher) -> None:
    with pytest.raises(QueryError, match="1900 to 1800 hold none; swap them"):
        searcher.search("calm", where=Filter(year_from=1900, year_to=1800))


@pytest.mark.parametrize("top_k", [0, -1, MOST_HITS + 1])
def test_a_number_of_hits_out_of_range_is_refused(searcher: Searcher, top_k: int) -> None:
    with pytest.raises(QueryError, match=f"{top_k} hits were asked for; ask for 1 to 1000"):
        searcher.search("calm", top_k=top_k)


def test_no_more_hits_come_than_were_asked_for(searcher: Searcher) -> None:
    everything = searcher.search("calm", top_k=MOST_HITS).hits
    assert searcher.search("calm", top_k=3).hits == everything[:3]


def test_of_paintings_that_look_the_same_only_the_nearest_answers_if_folded(tmp_path: Path) -> None:
    index = make_small_index(tmp_path)
    nearest, second, *rest = (hit.painting for hit in index.searcher.search("calm").hits)
    marked = [replace(point, duplicate_of=rest[0].id) for point in index.store.get([nearest.id, second.id])]
    index.store.upsert(marked)
    folded = [hit.painting for hit in index.searcher.search("calm", fold=True).hits]
    assert folded == [nearest, *rest[1:]]
    two = [hit.painting for hit in index.searcher.search("calm", top_k=2, fold=True).hits]
    assert two == folded[:2]
    assert len(index.searcher.search("calm").hits) == 8


def test_a_feeling_too_long_to_be_encoded_is_refused(searcher: Searcher) -> None:
    with pytest.raises(WordError, match="give at most 200"):
        searcher.search("sadness " * 100)


def test_scores_come_in_the_order_asked_and_tell_which_words_were_seen(searcher: Searcher) -> None:
    answer = searcher.score(Image.new("RGB", (8, 8), "navy"), ["yearning", "awe"], "navy.png")
    assert answer.image == "navy.png"
    assert [(score.emotion, score.seen) for score in answer.scores] == [("yearning", False), ("awe", True)]


def test_scoring_against_no_word_or_too_many_is_refused() -> None:
    image = Image.new("RGB", (8, 8))
    for words in ([], ["awe"] * 101):
        with pytest.raises(QueryError, match="give 1 to 100"):
            score_image(FakeEncoder(), image, words, "black.png")


def test_a_painting_is_found_by_its_id(index: SmallIndex) -> None:
    assert index.searcher.painting(index.paintings[3].id) == index.paintings[3]
    with pytest.raises(PaintingNotFoundError, match="no painting 'nonsense'; take an id from a search"):
        index.searcher.painting("nonsense")


def test_a_build_made_with_another_model_is_refused(index: SmallIndex) -> None:
    other = FakeEncoder(name="other", seed=1)
    with pytest.raises(ModelMismatchError) as refusal:
        Searcher(other, index.store, manifest_of(index.encoder))
    assert index.encoder.identity.space_id in str(refusal.value)
    assert other.identity.space_id in str(refusal.value)


def test_many_threads_get_the_same_answer(searcher: Searcher) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: searcher.search("tender Monet"), range(32)))
    assert set(answers) == {answers[0]}


def test_a_home_without_an_index_is_refused_with_the_command_that_makes_one(home: Home) -> None:
    with pytest.raises(IndexNotFoundError, match="moodseum index build") as refusal:
        open_searcher(FolderShelf(home))
    assert str(home.path) in str(refusal.value)


def test_a_query_of_several_feelings_gives_each_part_and_the_whole(searcher: Searcher) -> None:
    answer = searcher.search("joy and awe but not calm")
    assert [(part.word, part.weight > 0) for part in answer.hits[0].parts] == [
        ("joy", True),
        ("awe", True),
        ("calm", False),
    ]
    coherences = [hit.coherence for hit in answer.hits]
    assert coherences == sorted(coherences, reverse=True)
    for hit in answer.hits:
        joy, awe, calm = (part.coherence for part in hit.parts)
        assert hit.coherence == pytest.approx((joy * awe) ** 0.5 * (1 - calm) ** 5)


def test_the_part_of_a_single_feeling_has_the_numbers_of_the_hit(searcher: Searcher) -> None:
    for hit in searcher.search("melancholy").hits:
        [part] = hit.parts
        assert (part.coherence, part.percentile, part.similarity) == (
            hit.coherence,
            hit.percentile,
            hit.similarity,
        )


def test_a_feeling_to_be_avoided_turns_the_order_round(searcher: Searcher) -> None:
    asked = [hit.painting.id for hit in searcher.search("calm").hits]
    avoided = [hit.painting.id for hit in searcher.search("not calm").hits]
    assert avoided == asked[::-1]


def test_an_answer_says_how_many_paintings_could_answer_and_counts_them_if_asked(searcher: Searcher) -> None:
    answer = searcher.search("calm Impressionism", top_k=1, facets=True)
    assert answer.candidates == 3
    assert answer.facets == searcher.facets(Filter(style=("impressionist",)))
    assert searcher.search("calm").facets is None


def test_filters_that_leave_nothing_are_offered_to_be_let_go(searcher: Searcher) -> None:
    answer = searcher.search("calm Cubism by Monet")
    assert (answer.hits, answer.candidates, answer.match) == ((), 0, "none")
    assert {(way.dropped, way.paintings) for way in answer.relaxations} == {(("artist",), 2), (("style",), 2)}
    assert searcher.search("calm Cubism").relaxations == ()


def test_a_minimum_coherence_that_none_reaches_is_told(searcher: Searcher) -> None:
    answer = searcher.search("calm", min_coherence=1.0)
    assert (answer.hits, answer.match) == ((), "none")
    assert [(way.dropped, way.paintings) for way in answer.relaxations] == [(("min_coherence",), 8)]


def test_words_are_told_apart_by_whether_they_name_a_feeling(searcher: Searcher) -> None:
    answer = searcher.search("joy and awe")
    assert [(each.word, each.match) for each in answer.words] == [("joy", "strong"), ("awe", "strong")]
    assert answer.match == "strong"


@pytest.mark.parametrize(
    "asked",
    [
        Question("calm"),
        Question("calm", fold=True, per_artist=3),
        Question("joy but not calm"),
        Question("joy and awe", per_artist=2),
        Question("calm", diversity=0.4),
        Question("joy but not calm", diversity=0.7, fold=True),
        Question("awe", min_coherence=0.1),
    ],
    ids=lambda asked: asked.text,
)
@given(top_k=st.integers(3, 30), kinds=st.integers(1, 4))
@settings(max_examples=8)
def test_pages_join_without_overlap_or_gap_however_many_paintings_are_equal(
    asked: Question, top_k: int, kinds: int
) -> None:
    searcher = searcher_of(["Cubism"] * 35, kinds)
    whole = searcher.ask(replace(asked, top_k=MOST_HITS))
    question = replace(asked, top_k=top_k)
    pages = [searcher.ask(question)]
    while pages[-1].next:
        pages.append(searcher.ask(replace(question, cursor=pages[-1].next)))
    assert whole.next is None
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert all(len(page.hits) == top_k for page in pages[:-1])


def test_a_cursor_goes_with_its_question(searcher: Searcher) -> None:
    cursor = searcher.search("calm", top_k=3).next
    assert cursor is not None
    with pytest.raises(QueryError, match="belongs to another question"):
        searcher.search("joy", top_k=3, cursor=cursor)
    with pytest.raises(QueryError, match="is none"):
        searcher.search("calm", top_k=3, cursor="nonsense")


def test_no_artist_has_more_works_than_asked_for(searcher: Searcher) -> None:
    artists = [hit.painting.artist for hit in searcher.search("calm", per_artist=1).hits]
    assert len(artists) == len(set(artists)) == 6


def test_varied_hits_are_the_same_paintings_in_another_order(searcher: Searcher) -> None:
    plain, varied = searcher.search("calm"), searcher.search("calm", diversity=1.0)
    assert varied.hits[0] == plain.hits[0]
    assert varied.hits != plain.hits
    assert set(varied.hits) == set(plain.hits)


def test_asking_loads_no_torch() -> None:
    script = "import sys, search_api.searcher; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, check=False).returncode == 0
