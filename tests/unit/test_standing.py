from collections.abc import Sequence

import numpy as np
import pytest

from encoders.fake import FakeEncoder
from encoders.vectors import unit
from indexer.store.base import EVERYTHING
from search_api.answer import ScoredHit
from search_api.answering.compound import Compound, Part
from search_api.answering.ranking import ranking
from search_api.answering.standing import FEWEST, SAMPLE, StyleStandings
from tests.many_works import filled

ENCODER = FakeEncoder()


def placed(styles: Sequence[str | None], *words: str) -> list[ScoredHit]:
    """All paintings of such a collection with where they stand, best first."""
    rng = np.random.default_rng(3)
    looks = unit(rng.standard_normal((len(styles), ENCODER.look_size)))
    feelings = unit(rng.standard_normal((len(styles), ENCODER.feeling_size)))
    store = filled(ENCODER, styles, looks, feelings)
    compound = Compound([Part(ENCODER.read(word), 1.0) for word in words], ENCODER.bank)
    hits = ranking(store, compound, EVERYTHING, top_k=len(styles))(len(styles))
    return list(StyleStandings(store).placed(compound, hits))


@pytest.mark.parametrize("words", [("awe",), ("awe", "calm")])
def test_a_painting_stands_among_those_of_its_own_style(words: tuple[str, ...]) -> None:
    hits = placed(["Cubism"] * 40 + ["Rococo"] * 50, *words)
    for style, count in (("Cubism", 40), ("Rococo", 50)):
        found = [hit.percentile_in_style for hit in hits if hit.painting.style == style]
        expected = 100 * (np.arange(count)[::-1] + 0.5) / count  # the best of 40 has 39 and half itself below
        # The store's cosine may differ from ours in the last bit, so that a painting does not equal itself.
        np.testing.assert_allclose(np.array(found, float), expected, atol=50 / count + 1e-9)


def test_nothing_is_said_of_small_styles_and_of_paintings_without_one() -> None:
    hits = placed(["Cubism"] * FEWEST + ["Rococo"] * (FEWEST - 1) + [None] * FEWEST, "awe")
    known = {hit.painting.style for hit in hits if hit.percentile_in_style is not None}
    assert known == {"Cubism"}


def test_of_a_large_style_a_sample_tells_nearly_the_same() -> None:
    count = 5 * SAMPLE
    found = np.array([hit.percentile_in_style for hit in placed(["Cubism"] * count, "awe")], float)
    exact = 100 * (np.arange(count)[::-1] + 0.5) / count
    assert np.abs(found - exact).max() < 8  # three standard errors of a sample of 200
    assert (np.diff(found) <= 0).all()
