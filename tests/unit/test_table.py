from dataclasses import replace
from pathlib import Path

import pytest

from search_api.answer import Answer
from search_api.table import LONGEST, hits_table, show
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
