"""The web page in a real browser, where one is installed."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from encoders.home import Home
from indexer.viewers import Voices, save_viewers
from search_api.app import create_app
from search_api.desk import Desk
from search_api.listening import listen
from search_api.searcher import Searcher
from search_api.settings import Settings
from tests.e2e.browser import CHROMIUM, Page, open_page
from tests.small_index import SmallIndex, make_small_index, manifest_of

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")]

SAID = Voices({"contentment": 3, "awe": 1})
EXPLAINED = """{
    word: "calm", coherence: 0.25, percentile: 97.6, similarity: 0.04, usual: 0.01,
    regions: { grid: [[0.1]], box: [0, 0, 1, 1], method: "gradients" },
    contributions: [
        { group: "light", said: "much lighter than usual", value: 0.9, similarity: 0.002 },
        { group: "colour", said: "much warmer than usual", value: 0.7, similarity: -0.001 },
    ],
    utterances: [{ emotion: "awe", text: "The <b>light</b> is endless.", similarity: 0.5 }],
}"""
USED = {
    *("link", "button", "searchbox", "textbox", "combobox", "spinbutton", "checkbox"),
    *("meter", "image", "dialog", "navigation"),
}
TITLES = "#view .wall h3"
CHIPS = ".understood .chip"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SmallIndex:
    return make_small_index(tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def address(index: SmallIndex, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of eight paintings, of which viewers have seen one, on a free port."""
    home = Home(tmp_path_factory.mktemp("home"))
    viewers = save_viewers(home, [(index.paintings[0].id, SAID)])
    searcher = Searcher(index.encoder, index.store, manifest_of(index.encoder), viewers=viewers)
    app = create_app(Desk(lambda: searcher), Settings())
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener.socket]})
        thread.start()
        yield listener.address
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_page(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def page(browser: Page) -> Page:
    browser.resize(1280)
    return browser


def test_the_entrance_leads_to_feelings_with_a_painting_each(page: Page, address: str) -> None:
    page.visit(f"{address}/")
    page.until("document.querySelectorAll('.rooms img').length === 8")
    assert page.texts(".rooms a")[0] == "serenity"
    page.until("document.querySelector('.index')?.innerText.includes('serenity')")
    page.click(".rooms a")
    assert page.address == "?q=serenity"
    assert len(page.texts(TITLES)) == 8


def test_a_question_that_is_typed_is_answered(page: Page, address: str) -> None:
    page.visit(f"{address}/")
    page.type("#q", "quiet Impressionist paintings")
    page.press("Enter")
    assert page.address == "?q=quiet Impressionist paintings"
    assert page.text("#status") == "3 paintings, the nearest first"
    assert sorted(page.texts(TITLES)) == ["Haystacks", "The Cradle", "Water [Lilies]"]
    assert page.read("document.title") == "quiet Impressionist paintings \u2013 Moodseum"


def test_a_hit_tells_where_it_stands(page: Page, address: str, index: SmallIndex) -> None:
    page.visit(f"{address}/?q=quiet+Hokusai")
    (hit,) = index.searcher.search("quiet Hokusai").hits
    seen = page.text("#view .wall li")
    assert "The Wave Katsushika Hokusai, Ukiyo-e, 1831" in seen
    assert f"{hit.coherence:.2f} coherence Percentile {hit.percentile:.0f}" in seen
    assert page.read("document.querySelector('.wall meter').value") == pytest.approx(hit.coherence)
    assert page.read("document.querySelector('.wall img').alt") == "The Wave by Katsushika Hokusai"
    assert page.read("document.querySelector('.wall img').loading") == "lazy"


def test_several_feelings_are_told_part_by_part(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=calm+but+not+sad&artist=Hokusai")
    parts = [part.rsplit(" ", 1)[0] for part in page.texts(".wall li .parts li")]
    assert parts == ["calm", "not sad"]


def test_chips_take_parts_of_a_question_away(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=calm+but+not+sad+Impressionist+paintings+after+1880")
    removals = page.names(f"{CHIPS} .remove")
    assert removals == ["Without calm", "Without sad", "Without Impressionism", "Without since 1881"]
    page.click("[aria-label='Without Impressionism']")
    assert page.address == "?q=feeling:calm -feeling:sad&year_from=1881"
    page.click("[aria-label='Without sad']")
    assert page.address == "?q=feeling:calm&year_from=1881"
    page.click("[aria-label='Without since 1881']")
    assert page.address == "?q=feeling:calm"
    assert page.texts(CHIPS) == ["calm"]


def test_a_feeling_can_be_weighed_anew(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=calm+but+not+sad")
    page.read("document.querySelector('.chip select').value = '0.5'")
    page.read("document.querySelector('.chip select').dispatchEvent(new Event('change'))")
    page.until("document.querySelector('#q').value === 'feeling:calm^0.5 -feeling:sad'")


def test_a_word_that_was_left_out_can_be_asked_for(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet+paintings")
    assert page.text(".ignored").startswith("Left out: paintings")
    page.click(".ignored a")
    assert page.address == "?q=feeling:quiet feeling:paintings"


def test_phrases_are_written_in_quotes(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=%22stage+%5C%22fright%5C%22%22+but+not+calm+Cubism")
    page.click("[aria-label='Without Cubism']")
    assert page.address == r'?q=feeling:"stage \"fright\"" -feeling:calm'


def test_values_are_offered_as_filters_with_counts(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet")
    assert "Impressionism 3" in page.texts("#facet-style li a:first-child")
    assert "Naive Art Primitivism 1" in page.texts("#facet-style li a:first-child")
    page.click("#facet-style a[href*='style=Cubism']")
    assert page.address == "?q=quiet&style=Cubism"
    page.until("document.querySelectorAll('#facet-style li').length === 5")  # the alternatives stay
    assert page.texts("#facet-style a[aria-current]") == ["Cubism 2"]
    page.click("#facet-artist [aria-label='Not Juan Gris']")
    assert page.text("#status") == "No painting passes these filters"


def test_filters_that_leave_nothing_can_be_let_go(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet+Monet&style=Cubism")
    offers = page.texts(".relaxations a")
    assert offers == [
        "without the artist Claude Monet: 2 paintings",
        "without the style Cubism: 2 paintings",
    ]
    page.click(".relaxations a")
    assert page.address == "?q=feeling:quiet&style=Cubism"
    assert sorted(page.texts(TITLES)) == ["Guitar", "Pears"]


def test_a_coherence_that_none_reaches_can_be_let_go(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet&min_coherence=0.99")
    assert page.text("#status") == "No painting reaches that coherence"
    assert page.texts(".relaxations a") == ["without the least coherence 0.99: 8 paintings"]
    page.click(".relaxations a")
    assert page.address == "?q=quiet"


def test_what_is_no_feeling_is_called_a_guess(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=qwertzu")
    assert page.texts(".doubt") == [
        "“qwertzu” names no feeling that Moodseum knows; what is shown here is no more than a guess."
    ]


def test_the_back_button_and_shared_links_show_the_same(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet+Impressionist+paintings")
    before = page.texts(TITLES)
    page.click("#facet-artist a")
    assert page.texts(TITLES) != before
    page.back()
    assert page.texts(TITLES) == before
    assert page.read("document.querySelector('#q').value") == "quiet Impressionist paintings"


def test_the_back_button_brings_back_all_that_had_been_looked_at(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet&top_k=5")
    page.click(".more")
    page.until(f"document.querySelectorAll('{TITLES}').length === 8")
    page.click(".wall li:last-child .actions a:last-child")
    assert page.text(".anchor h2").startswith("Paintings that look like")
    page.back()
    assert len(page.texts(TITLES)) == 8


def test_more_paintings_come_on_demand(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet&top_k=5")
    first = page.texts(TITLES)
    page.click(".more")
    page.until(f"document.querySelectorAll('{TITLES}').length === 8")
    assert page.texts(TITLES)[:5] == first
    assert len(set(page.texts(TITLES))) == 8
    assert not page.texts(".more")
    assert (
        page.read("document.activeElement.closest('li').querySelector('h3').innerText")
        == page.texts(TITLES)[5]
    )


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


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("?q=Impressionist+paintings", "The query 'Impressionist paintings' names no feeling"),
        ("?q=calm&year_from=soon", "The parameter year_from"),
        ("?like=nothing", "nothing"),
        ("?picture=7", "The picture was not kept; choose it again."),
    ],
)
def test_a_refusal_is_shown_as_the_sentence_it_is(
    page: Page, address: str, place: str, sentence: str
) -> None:
    page.visit(f"{address}/{place}")
    assert sentence in page.text("#status.problem")
    assert page.texts(TITLES) == []


def test_a_painting_that_is_not_there_is_told_in_its_dialog(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet&painting=nothing&show=emotions")
    assert "nothing" in page.text("dialog .told .problem")


def test_markup_in_a_question_stays_text(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=sad%3Cimg+src%3Dx+onerror%3Ddocument.title%3D1%3E")
    assert "<img" in page.text(".understood")
    assert page.read("document.querySelectorAll('img:not([src^=v1])').length") == 0
    assert page.read("document.title") != "1"


def test_words_are_suggested_for_the_last_one_that_is_typed(page: Page, address: str) -> None:
    page.visit(f"{address}/")
    page.read("document.querySelector('#q').focus()")
    page.until("performance.getEntriesByName(new URL('v1/emotions', location).href).length > 0")
    page.type("#q", "calm but not melanch")
    page.until("document.querySelectorAll('#words option').length > 0")
    assert page.read("document.querySelector('#words option').value") == "calm but not melancholy"


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("place", ["", "?q=calm+but+not+sad+paintings", "?like={id}&by=contrast"])
def test_nothing_is_wider_than_the_screen(
    page: Page, address: str, index: SmallIndex, width: int, place: str
) -> None:
    page.resize(width)
    page.visit(f"{address}/{place.format(id=index.paintings[0].id)}")
    root = "document.documentElement"
    assert page.read(f"{root}.scrollWidth <= {root}.clientWidth") is True


@pytest.mark.parametrize("place", ["", "?q=calm+but+not+sad", "?q=calm&painting={id}&show=why&word=calm"])
def test_all_that_can_be_used_has_a_name(page: Page, address: str, index: SmallIndex, place: str) -> None:
    page.visit(f"{address}/{place.format(id=index.paintings[0].id)}")
    assert page.nameless(USED) == []
