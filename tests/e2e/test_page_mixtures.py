"""Mixing on the web page: more like some paintings and feelings, less like others."""

import pytest

from tests.e2e.browser import Page
from tests.small_index import SmallIndex

pytestmark = pytest.mark.slow

TITLES = "#view .wall h3"
MORE = "[aria-label='More like'] .chip"
LESS = "[aria-label='Less like'] .chip"


def held(page: Page, selector: str) -> list[str]:
    """What the chips of one side say, without their signs."""
    return [chip.removesuffix(" \u21c5 \u00d7") for chip in page.texts(selector)]


def test_more_like_a_hit_keeps_the_feeling_and_the_filters_of_the_question(
    page: Page, address: str, index: SmallIndex
) -> None:
    page.visit(f"{address}/?q=quiet+but+not+sad+Impressionist+paintings")
    page.click("[aria-label='More like Haystacks by Claude Monet']")
    liked = index.paintings[0].id
    assert page.address == f"?style=Impressionism&felt=quiet&unfelt=sad&liked={liked}"
    assert held(page, MORE) == ["Haystacks", "quiet"]
    assert held(page, LESS) == ["sad"]
    assert page.texts("[aria-label='Among'] .chip") == ["Impressionism \u00d7"]
    assert sorted(page.texts(TITLES)) == ["The Cradle", "Water [Lilies]"]


def test_likes_and_dislikes_gather_and_each_shows_what_is_nearest_then(
    page: Page, address: str, index: SmallIndex
) -> None:
    liked, disliked = index.paintings[0].id, index.paintings[3].id
    page.visit(f"{address}/?like={liked}&by=feeling")
    page.click("[aria-label='Less like Guitar by Juan Gris']")
    assert page.address == f"?liked={liked}&disliked={disliked}"
    assert (held(page, MORE), held(page, LESS)) == (["Haystacks"], ["Guitar"])
    nearest = index.searcher.more_like([liked], [disliked]).hits
    assert page.texts(TITLES) == [hit.painting.title for hit in nearest]
    page.click(".mixture .tabs a:nth-child(2)")
    assert page.address == f"?liked={liked}&disliked={disliked}&by=look"
    nearest = index.searcher.more_like([liked], [disliked], by="look").hits
    assert page.texts(TITLES) == [hit.painting.title for hit in nearest]


def test_a_painting_is_blended_with_any_words_by_keyboard(
    page: Page, address: str, index: SmallIndex
) -> None:
    seen = index.paintings[5].id
    page.visit(f"{address}/?q=quiet&painting={seen}&show=emotions")
    page.click("dialog .actions a[href*=liked]")
    assert held(page, MORE) == ["The Wave"]
    page.read("document.querySelector('.mixture input').focus()")
    page.type(".mixture input", "a calm: evening")
    page.press("Enter")
    assert page.address == f"?liked={seen}&felt=a calm: evening"
    assert held(page, MORE) == ["The Wave", "a calm: evening"]
    nearest = index.searcher.blend({seen: 1}, {"a calm: evening": 1}).hits
    assert page.texts(TITLES) == [hit.painting.title for hit in nearest]
    assert page.texts(".mixture .tabs") == []  # a word has no look
    page.type(".mixture input", "fear")
    page.click(".mixture button.second")
    assert held(page, LESS) == ["fear"]


def test_what_is_mixed_can_change_sides_and_be_taken_out_and_the_back_button_undoes_it(
    page: Page, address: str, index: SmallIndex
) -> None:
    liked, disliked = index.paintings[0].id, index.paintings[3].id
    page.visit(f"{address}/?liked={liked}&disliked={disliked}")
    page.click("[aria-label='Guitar to the other side']")
    assert (held(page, MORE), held(page, LESS)) == (["Haystacks", "Guitar"], [])
    page.click("[aria-label='Without Haystacks']")
    assert page.address == f"?liked={disliked}"
    page.back()
    page.back()
    assert (held(page, MORE), held(page, LESS)) == (["Haystacks"], ["Guitar"])


def test_a_mixture_of_what_is_not_there_is_refused_in_a_sentence(page: Page, address: str) -> None:
    page.visit(f"{address}/?liked=nothing&felt=calm")
    assert "no painting 'nothing'" in page.text("#status.problem")
