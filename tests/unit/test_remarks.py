from dataclasses import replace
from pathlib import Path

import pytest

from indexer.store.base import EVERYTHING, Filter
from search_api.answer import Answer, Match, Relaxation, WordMatch
from search_api.relating.mixture import Mixture, Share
from search_api.relating.spread import Spread, VoteShare
from search_api.rendering.remarks import on_mixture, relaxed, remarks, titled
from tests.small_index import SmallIndex, make_small_index


@pytest.fixture
def index(tmp_path: Path) -> SmallIndex:
    return make_small_index(tmp_path)


def answered(index: SmallIndex, match: Match, **words: Match) -> Answer:
    asked = tuple(WordMatch(word, kind) for word, kind in words.items())
    return replace(index.searcher.search("joy"), match=match, words=asked)


def test_a_sure_answer_only_says_how_it_was_read(index: SmallIndex) -> None:
    assert list(remarks(answered(index, "strong", joy="strong"))) == ["feeling: joy"]


@pytest.mark.parametrize(
    ("match", "words", "said"),
    [
        (
            "none",
            {"invoice": "none"},
            ["'invoice' names no feeling that this model knows; these paintings are merely nearest."],
        ),
        (
            "none",
            {"bill": "none", "bolt": "none"},
            ["'bill' and 'bolt' name no feeling that this model knows; these paintings are merely nearest."],
        ),
        (
            "weak",
            {"joy": "strong", "invoice": "none"},
            ["'invoice' names no feeling that this model knows; leave that out."],
        ),
        (
            "weak",
            {"hygge": "weak"},
            ["'hygge' names a feeling only perhaps; take these paintings with care."],
        ),
        (
            "none",
            {"joy": "strong"},
            ["No painting that may answer stands above the middle for this; these are merely nearest."],
        ),
    ],
)
def test_what_is_not_to_be_believed_is_said(
    index: SmallIndex, match: Match, words: dict[str, Match], said: list[str]
) -> None:
    assert list(remarks(answered(index, match, **words)))[1:] == said


def test_what_was_read_otherwise_and_what_the_index_lacks_is_said(index: SmallIndex) -> None:
    said = list(remarks(index.searcher.search("sernity in seascapes by Hockney")))
    assert said[1:3] == [
        "'sernity' is read as 'serenity'; in quotes it is left as it is.",
        "The index has no genre 'seascapes' and no artist 'Hockney', so that is left out; in quotes it is "
        "searched for as a feeling.",
    ]


def test_where_nothing_passes_each_way_out_is_a_line(index: SmallIndex) -> None:
    answer = index.searcher.search("joy", where=Filter(style=("Cubism",), year_to=1700))
    assert list(remarks(answer)) == [
        "feeling: joy | style: Cubism | years: up to 1700",
        "No painting passes these filters.",
        "without years until 1700: 2 paintings",
        "without style Cubism: 1 painting",
    ]


def test_where_only_the_coherence_is_too_low_that_is_said(index: SmallIndex) -> None:
    [_, said] = remarks(index.searcher.search("joy", min_coherence=1.0))
    assert said.startswith("None of the 8 paintings that may answer is as coherent as asked for")


@pytest.mark.parametrize(
    ("dropped", "said"),
    [
        (("years",), "without years 1800 to 1810: 7 paintings"),
        (("year_from",), "without years from 1800: 7 paintings"),
        (("style", "artist"), "without style Cubism or Pop Art and artist Juan Gris: 7 paintings"),
        (("without_genre",), "without the ban on genre portrait: 7 paintings"),
    ],
)
def test_what_is_let_go_is_named(dropped: tuple[str, ...], said: str) -> None:
    where = Filter(("Cubism", "Pop_Art"), ("Juan Gris",), (), 1800, 1810, without_genre=("portrait",))
    assert relaxed(where, Relaxation(dropped, EVERYTHING, 7)) == said


def test_a_painting_is_told_in_one_line_without_what_it_lacks(index: SmallIndex) -> None:
    work = index.paintings[5]
    assert titled(work) == f"painting {work.id[:8]}: The Wave, Katsushika Hokusai, Ukiyo-e"
    assert titled(replace(work, artist=None, style=None)) == f"painting {work.id[:8]}: The Wave"


def test_a_mixture_tells_its_balance_its_shares_and_its_viewers() -> None:
    spread = Spread(5, (VoteShare("awe", 3, 0.6, 0.27, 0.86),))
    shares = (Share("awe", 0.25), Share("fear", 0.75))
    assert list(on_mixture(Mixture("A", None, (), (), 0.41, shares, spread))) == [
        "balance +0.41, from -1, all negative, to 1, all positive",
        "of ArtEmis' eight: fear 75%, awe 25%",
        "5 viewers said: awe 3 (27% to 86% of many)",
    ]
    assert list(on_mixture(Mixture("A", None, (), (), None, ()))) == []
