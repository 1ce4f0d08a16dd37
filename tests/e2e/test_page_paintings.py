"""Single paintings on the web page: why, emotions, their like, and pictures of visitors."""

from pathlib import Path

import pytest

from tests.e2e.browser import Page
from tests.small_index import SmallIndex

pytestmark = pytest.mark.slow

TITLES = "#view .wall h3"
EXPLAINED = """{
    word: "calm", coherence: 0.25, percentile: 97.6, similarity: 0.04, usual: 0.01,
    regions: { grid: [[0.1]], box: [0, 0, 1, 1], method: "gradients" },
    contributions: [
        { group: "light", said: "much lighter than usual", value: 0.9, similarity: 0.002 },
        { group: "colour", said: "much warmer than usual", value: 0.7, similarity: -0.001 },
    ],
    utterances: [{ emotion: "awe", text: "The <b>light</b> is endless.", similarity: 0.5 }],
}"""


def test_why_shows_heat_that_can_be_taken_off(page: Page, address: str, index: SmallIndex) -> None:
    seen = index.paintings[0]
    page.visit(f"{address}/?q=quiet+Monet&painting={seen.id}&show=why&word=quiet")
    assert page.text("#painting-title") == "Haystacks"
    assert "coherence with “quiet”" in page.text("dialog .told")
    page.until("document.querySelector('.heat').naturalWidth > 0")
    page.read("document.querySelector('.key input').click()")
    assert page.read("document.querySelector('.heat').checkVisibility()") is False


def test_why_tells_what_carries_the_score_and_what_viewers_said(page: Page, address: str) -> None:
    page.visit(f"{address}/")
    page.read(f"import('./why.js').then(({{ why }}) => document.body.replaceChildren(...why({EXPLAINED})))")
    assert page.texts("p")[0] == "0.25 coherence with “calm”, percentile 98."
    assert page.texts(".contributions li") == [
        "much lighter than usual +0.0020 speaks for",
        "much warmer than usual \u22120.0010 speaks against",
    ]
    widths = "[...document.querySelectorAll('.track i')].map((it) => it.style.width)"
    assert page.read(widths) == ["100%", "50%"]
    assert page.texts("blockquote") == ["“The <b>light</b> is endless.” awe"]


def test_another_word_can_be_explained(page: Page, address: str, index: SmallIndex) -> None:
    page.visit(f"{address}/?q=quiet&painting={index.paintings[0].id}&show=why&word=quiet")
    page.type("dialog input[name=word]", "tense & wild")
    page.press("Enter")
    assert "coherence with “tense & wild”" in page.text("dialog .told")


def test_emotions_show_the_mixture_beside_what_viewers_said(
    page: Page, address: str, index: SmallIndex
) -> None:
    page.visit(f"{address}/?q=quiet&painting={index.paintings[0].id}&show=emotions")
    first = index.searcher.emotions(index.paintings[0].id).scores[0]
    assert page.texts("dialog .rows li")[0] == f"{first.emotion} {first.coherence:.2f}"
    assert "What 4 viewers said contentment 3 of 4 awe 1 of 4" in page.text("dialog .told")


def test_escape_closes_a_painting_and_keeps_the_gallery(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet")
    page.click(".wall .picture")
    assert page.read("document.querySelector('dialog').open") is True
    page.press("Escape")
    page.until("!document.querySelector('dialog').open")
    assert page.address == "?q=quiet"


def test_escape_leaves_a_painting_at_once_whatever_was_read_of_it(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet")
    page.click(".wall .picture")
    page.click("dialog .tabs a:nth-child(2)")
    assert page.text(":focus") == "Emotions"
    page.press("Escape")
    page.until("!document.querySelector('dialog').open")
    assert page.address == "?q=quiet"


def test_a_painting_leads_to_those_like_it_and_to_contrasts(
    page: Page, address: str, index: SmallIndex
) -> None:
    page.visit(f"{address}/?q=quiet+Hokusai")
    page.click("[aria-label='Paintings like The Wave by Katsushika Hokusai']")
    assert page.text(".anchor h2") == "Paintings that look like The Wave"
    assert page.text(".anchor [aria-current]") == "Looks alike"
    nearest = index.searcher.similar(index.paintings[5].id, by="look").hits[0]
    assert page.texts(TITLES)[0] == nearest.painting.title
    page.click(".anchor nav a:nth-child(2)")
    assert page.text(".anchor h2") == "Paintings that feel like The Wave"
    page.click(".anchor nav a:nth-child(3)")
    assert page.text(".anchor h2") == "Paintings that look like The Wave and feel otherwise"
    assert page.texts(".shifts li")[0].startswith("more ")


def test_a_picture_of_ones_own_finds_its_like_and_its_emotions(
    page: Page, address: str, index: SmallIndex
) -> None:
    page.visit(f"{address}/")
    page.choose_file("#file", index.paintings[3].path)
    assert page.texts(TITLES)[0] == "Guitar"
    page.until("document.querySelectorAll('.anchor .rows li').length > 0")
    page.click(".anchor nav a:nth-child(2)")
    assert page.text(".anchor h2") == "Paintings that feel like your picture"


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(page: Page, address: str, tmp_path: Path) -> None:
    letter = tmp_path / "letter.png"
    letter.write_text("Dear viewer")
    page.visit(f"{address}/")
    page.choose_file("#file", letter)
    assert "letter.png" in page.text("#status.problem")


def test_a_painting_that_is_not_there_is_told_in_its_dialog(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet&painting=nothing&show=emotions")
    assert "nothing" in page.text("dialog .told .problem")
