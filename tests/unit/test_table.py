from dataclasses import replace
from pathlib import Path

import pytest

from search_api.answer import Answer, EmotionScore
from search_api.relating.contrast import Shift
from search_api.relating.mixture import Family
from search_api.rendering.table import (
    LONGEST,
    blend_table,
    contrast_table,
    facets_table,
    families_table,
    hits_table,
    show,
)
from search_api.rendering.wording import shifted
from tests.small_index import make_small_index


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    return make_small_index(tmp_path).searcher.search("serenity", top_k=1)


def titled(answer: Answer, title: str) -> Answer:
    [hit] = answer.hits
    return replace(answer, hits=(replace(hit, painting=replace(hit.painting, title=title)),))


def test_control_characters_of_a_title_are_shown_and_not_obeyed(
    answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    show(hits_table(titled(answer, "\x1b[31mRed\x00 [bold]\nRoom")))
    shown = capsys.readouterr().out
    assert "\ufffd[31mRed\ufffd [bold] Room" in shown
    assert "\x1b" not in shown


def test_an_endless_title_is_cut(answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    show(hits_table(titled(answer, "word " * 1000)))
    assert max(map(len, capsys.readouterr().out.splitlines())) < LONGEST + 100


def test_of_several_feelings_each_has_a_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = make_small_index(tmp_path).searcher.search("very joyful but not fear", top_k=2)
    show(hits_table(answer, first=13))
    heading, _, *rows = capsys.readouterr().out.splitlines()
    assert heading.split("in style")[1].split() == ["joyful", "x1.25", "fear", "(avoided)"]
    for rank, row, hit in zip((13, 14), rows, answer.hits, strict=True):
        assert row.split()[:2] == [str(rank), hit.painting.id[:8]]
        assert row.split()[-2:] == [f"{part.coherence:.2f}" for part in hit.parts]


def test_two_ingredients_of_one_name_have_a_column_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = make_small_index(tmp_path)
    blend = index.searcher.blend({work.id: 1 for work in index.paintings[:2]}, {}, top_k=1)
    same = tuple(replace(one, name="Self-portrait") for one in blend.ingredients)
    show(blend_table(replace(blend, ingredients=same)))
    heading, _, row = capsys.readouterr().out.splitlines()
    assert heading.count("Self-portrait") == 2
    assert row.split()[-2:] == [f"{part:+.3f}" for part in blend.hits[0].parts]


def test_contrasts_tell_the_emotions_that_change_most(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = make_small_index(tmp_path)
    found = index.searcher.contrast(index.paintings[0].id, top_k=1)
    show(contrast_table(found))
    row = capsys.readouterr().out.splitlines()[2]
    assert shifted(found.hits[0].more) in row
    assert shifted((Shift("awe", 0.1, 0.31), Shift("fear", 0.5, 0.42))) == "awe +0.21, fear -0.08"


def test_no_more_values_of_a_field_are_counted_than_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show(facets_table(make_small_index(tmp_path).searcher.facets(), most=1))
    rows = [row.split() for row in capsys.readouterr().out.splitlines()[2:]]
    assert rows == [
        ["style", "Impressionism", "3"],
        ["artist", "Claude", "Monet", "2"],
        ["genre", *rows[2][1:]],
    ]


def test_families_show_their_strongest_word_and_its_kin(capsys: pytest.CaptureFixture[str]) -> None:
    scores = tuple(EmotionScore(word, 0.2, 90.0, 0.1, seen=False) for word in ("joy", "glee"))
    show(families_table([Family("joy", "positive", scores)]))
    assert capsys.readouterr().out.splitlines()[2].split() == [
        "joy",
        "positive",
        "0.20",
        "90.0",
        "joy,",
        "glee",
    ]
