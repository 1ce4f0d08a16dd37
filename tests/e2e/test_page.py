"""Questions to the web page in a real browser, where one is installed."""

import pytest

from tests.e2e.browser import Page
from tests.small_index import SmallIndex

pytestmark = pytest.mark.slow

USED = {
    *("link", "button", "searchbox", "textbox", "combobox", "spinbutton", "checkbox"),
    *("meter", "image", "dialog", "navigation"),
}
TITLES = "#view .wall h3"
CHIPS = ".understood .chip"


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
    assert parts == ["calm", "sad (avoided)"]


def test_chips_take_parts_of_a_question_away(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=calm+but+not+sad+Impressionist+paintings+after+1880")
    removals = page.names(f"{CHIPS} .remove")
    assert removals == ["Without calm", "Without sad", "Without Impressionism", "Without since 1881"]
    page.click("[aria-label='Without Impressionism']")
    assert page.address == '?q=feeling:"calm" -feeling:"sad"&year_from=1881'
    page.click("[aria-label='Without sad']")
    assert page.address == '?q=feeling:"calm"&year_from=1881'
    page.click("[aria-label='Without since 1881']")
    assert page.address == '?q=feeling:"calm"'
    assert page.names(f"{CHIPS} .remove") == []


def test_a_feeling_can_be_weighed_anew(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=calm+but+not+sad")
    page.read("document.querySelector('.chip select').value = '0.5'")
    page.read("document.querySelector('.chip select').dispatchEvent(new Event('change'))")
    page.until("document.querySelector('#q').value === 'feeling:\"calm\"^0.5 -feeling:\"sad\"'")


def test_a_feeling_that_stands_alone_can_be_graded_but_not_refused(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=calm")
    assert page.texts(".chip option") == ["above all", "very", "plainly", "slightly"]


def test_a_word_that_was_left_out_can_be_asked_for(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet+paintings")
    assert page.text(".ignored").startswith("Left out: paintings")
    page.click(".ignored a")
    assert page.address == '?q=feeling:"quiet" feeling:"paintings"'


def test_what_the_index_lacks_and_what_was_misspelt_are_told(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=not+melancoly+but+calm+Fauvist+paintings+by+Monet")
    told = page.texts(".ignored")
    assert told[1] == "The index has no style “Fauvist”."
    assert told[2] == "“melancoly” is read as “melancholy”; leave it as it is."
    page.click(".ignored:last-child a")
    assert page.address == '?q=-feeling:"melancoly" feeling:"calm"&artist=Claude Monet'


def test_phrases_are_written_in_quotes(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=%22stage+%5C%22fright%5C%22%22+but+not+calm+Cubism")
    page.click("[aria-label='Without Cubism']")
    assert page.address == r'?q=feeling:"stage \"fright\"" -feeling:"calm"'


def test_values_are_offered_as_filters_with_counts(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=quiet")
    assert "Impressionism 3" in page.texts("#facet-style li a:first-child")
    assert "Naive Art Primitivism 1" in page.texts("#facet-style li a:first-child")
    page.read("""document.querySelector("#facet-style a[href*='style=Cubism']").focus()""")
    page.press("Enter")
    assert page.address == "?q=quiet&style=Cubism"
    page.until("document.querySelectorAll('#facet-style li').length === 5")  # the alternatives stay
    assert page.texts("#facet-style a[aria-current]") == ["Cubism 2"]
    assert page.text(":focus") == "Cubism 2"
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
    assert page.address == '?q=feeling:"quiet"&style=Cubism'
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
    page.click(".wall li:last-child [href^='?like=']")
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


def test_an_answer_that_breaks_off_is_told_and_asked_for_anew(page: Page, address: str) -> None:
    page.visit(f"{address}/")
    ask = "import('./server.js').then(({ get }) => get('model')).then(({ name }) => name, (it) => it.message)"
    page.read("(window.whole = window.fetch, window.fetch = async () => new Response('{\"name\": '), 1)")
    assert "cannot be reached" in str(page.read(ask))
    page.read("(window.fetch = window.whole, 1)")
    assert page.read(ask) == "fake"


def test_markup_in_a_question_stays_text(page: Page, address: str) -> None:
    page.visit(f"{address}/?q=%22sad%3Cimg+src%3Dx+onerror%3Ddocument.title%3D1%3E%22")
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
@pytest.mark.parametrize(
    "place", ["", "?q=calm+but+not+sad+paintings", "?like={id}&by=contrast", "?liked={id}&felt=calm"]
)
def test_nothing_is_wider_than_the_screen(
    page: Page, address: str, index: SmallIndex, width: int, place: str
) -> None:
    page.resize(width)
    page.visit(f"{address}/{place.format(id=index.paintings[0].id)}")
    root = "document.documentElement"
    assert page.read(f"{root}.scrollWidth <= {root}.clientWidth") is True


@pytest.mark.parametrize(
    "place", ["", "?q=calm+but+not+sad", "?q=calm&painting={id}&show=why&word=calm", "?liked={id}&felt=calm"]
)
def test_all_that_can_be_used_has_a_name(page: Page, address: str, index: SmallIndex, place: str) -> None:
    page.visit(f"{address}/{place.format(id=index.paintings[0].id)}")
    assert page.nameless(USED) == []
