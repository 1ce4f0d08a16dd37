import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from tests.small_exam import drawn_exam, hang, make_papers
from trainer.errors import ReportError
from trainer.evaluation.page import refuse_place, write_evaluation, write_transfer
from trainer.evaluation.papers import Papers
from trainer.evaluation.protocol import Evaluation, assess
from trainer.evaluation.transfer import Turns, compare

TITLE = 'Storm <script>alert(1)</script> & "calm"'
WORDS = ("awe", "<b>fear</b>")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    exam = hang(drawn_exam(words=WORDS), tmp_path_factory.mktemp("works"), TITLE)
    return make_papers(exam, seen=(True, False))


@pytest.fixture(scope="module")
def evaluation(papers: Papers) -> Evaluation:
    return assess(papers)


@pytest.fixture(scope="module")
def report(papers: Papers, evaluation: Evaluation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports") / "new" / "report"
    write_evaluation(folder, evaluation, papers)
    return folder


class Links(HTMLParser):
    """What a page asks for, and which of its elements were opened and not closed."""

    VOID = ("meta", "link", "img", "source", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        self.links += [value for name, value in attributes if name in ("src", "srcset", "href") and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_needs_nothing_but_its_own_folder(report: Path) -> None:
    page = Links((report / "index.html").read_text())
    assert not page.open
    assert "script" not in page.names
    for link in page.links:
        assert link.startswith(("#", "data:")) or (report / link).is_file(), link
    assert any(link.endswith(".jpg") for link in page.links)
    assert "images/reliability-unseen-dark.png" in page.links


def test_every_thumbnail_is_written_once_and_shown(report: Path) -> None:
    shown = {link for link in Links((report / "index.html").read_text()).links if link.startswith("images/")}
    assert {f"images/{file.name}" for file in (report / "images").iterdir()} == shown


def test_titles_and_words_stay_text(report: Path) -> None:
    page = (report / "index.html").read_text()
    assert "Storm &lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;calm&#34;" in page
    assert "&lt;b&gt;fear&lt;/b&gt;" in page
    assert "<script" not in page
    assert "<b>fear" not in page


def test_a_page_tells_what_the_figures_tell(report: Path, evaluation: Evaluation) -> None:
    page = (report / "index.html").read_text()
    trained = evaluation.standings[0]
    for figure in (
        trained.overall["brier"],
        trained.answers["kl"],
        evaluation.words[1].figures["ndcg_at_100"],
    ):
        assert f"{figure.value:.3f}" in page
        assert f"{figure.low:.3f} to {figure.high:.3f}" in page
    assert json.loads((report / "figures.json").read_text())["kind"] == "evaluation"
    captions = re.findall(r"(\d+) % expected, (\d) of 5 named it", page)
    assert len(captions) > 20


def test_a_former_report_is_replaced(report: Path, evaluation: Evaluation, papers: Papers) -> None:
    stray = report / "images" / "stray.txt"
    stray.touch()
    write_evaluation(report, evaluation, papers)
    assert not stray.exists()
    assert (report / "index.html").is_file()


@pytest.mark.parametrize("there", ["notes.txt", "index.html"])
def test_what_is_no_report_is_not_replaced(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("<html>mine</html>")
    with pytest.raises(ReportError, match=r"no report.*new or an empty folder"):
        refuse_place(tmp_path)
    with pytest.raises(ReportError):
        refuse_place(tmp_path / there)


def test_an_empty_folder_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_place(tmp_path)
    monkeypatch.chdir(tmp_path)
    refuse_place(Path())
    refuse_place(Path("new"))


def test_a_folder_that_cannot_be_written_to_is_named(
    tmp_path: Path, evaluation: Evaluation, papers: Papers
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReportError, match="cannot be written"):
        write_evaluation(tmp_path / "file" / "report", evaluation, papers)


def test_a_place_that_cannot_be_written_to_is_told_before_anything_is_measured(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReportError, match=r"cannot be written, as \S*file is no folder.*folder that you own"):
        refuse_place(tmp_path / "file" / "deep" / "report")


def test_what_there_is_not_is_left_out(tmp_path: Path) -> None:
    papers = make_papers(drawn_exam(one_answer_each=False))
    write_evaluation(tmp_path / "report", assess(papers), papers)
    page = (tmp_path / "report" / "index.html").read_text()
    assert '<img src="images/0' not in page  # the pictures are gone
    assert "What is taken for what" not in page
    assert "several words" in page


def test_held_out_words_have_a_page(tmp_path: Path, papers: Papers) -> None:
    chances = np.random.default_rng(0).uniform(0.1, 0.4, (1, *papers.exam.votes.shape))
    turns = Turns("m", papers.exam, np.array([[False, True]]), chances, chances / 10, chances[0])
    write_transfer(tmp_path / "report", compare(turns), turns)
    page = Links((tmp_path / "report" / "index.html").read_text())
    assert not page.open
    for link in page.links:
        assert link.startswith(("#", "data:")) or (tmp_path / "report" / link).is_file(), link
    assert {"images/reliability-seen.png", "images/reliability-unseen.png"} <= set(page.links)
