import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.coherence import ReferenceBank
from encoders.encoder import Reading
from encoders.fake import FakeEncoder
from encoders.vectors import unit
from search_api.answering.compound import VIEWERS, Compound, Part
from search_api.answering.ranking import POOL

ENCODER = FakeEncoder()
WORDS = ("awe", "calm", "dread", "joy", "menace", "sorrow")

weights = st.floats(0.25, 2).flatmap(lambda size: st.sampled_from([size, -size]))
compounds = st.dictionaries(st.sampled_from(WORDS), weights, min_size=1, max_size=4).map(
    lambda parts: compound(**parts)
)
similarities = st.floats(-1, 1)


def compound(**weights: float) -> Compound:
    return Compound([Part(ENCODER.read(word), weight) for word, weight in weights.items()], ENCODER.bank)


def whole(made: Compound, *of_parts: float) -> float:
    return float(made.coherence(np.array([of_parts]))[0])


def similarity_for(reading: Reading, chance: float) -> float:
    """Where a reading's coherence is this chance, by bisection."""
    low, high = -20.0, 20.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if reading.coherence(middle) < chance else (low, middle)
    return low


def at_chances(made: Compound, *chances: float) -> float:
    """The whole where the parts have these coherences."""
    places = [similarity_for(part.reading, chance) for part, chance in zip(made.parts, chances, strict=True)]
    return whole(made, *places)


def test_one_feeling_keeps_its_own_numbers_to_the_last_bit() -> None:
    reading, one = ENCODER.read("awe"), compound(awe=1)
    column = np.linspace(-1, 1, 50)
    scores = one.scores(column[:, None])
    assert scores.coherence.tolist() == reading.coherence(column).tolist()
    assert scores.percentile.tolist() == reading.percentile(column).tolist()
    assert one.vector.tolist() == reading.vector.tolist()


def test_several_feelings_have_the_geometric_mean_of_their_chances() -> None:
    assert at_chances(compound(awe=1, calm=1), 0.4, 0.1) == pytest.approx(0.2)
    assert at_chances(compound(awe=1, calm=1, joy=1), 0.3, 0.3, 0.3) == pytest.approx(0.3)


def test_weights_count_beside_each_other() -> None:
    assert at_chances(compound(awe=1.5, calm=0.5), 0.16, 0.01) == pytest.approx(0.08)  # 0.16**.75 * 0.01**.25
    assert at_chances(compound(awe=0.5, calm=-1), 0.2, 0.0) == pytest.approx(0.2)


def test_an_avoided_feeling_leaves_the_chance_that_none_of_five_viewers_names_it() -> None:
    assert VIEWERS == 5
    assert at_chances(compound(awe=1, calm=-1), 0.4, 0.5) == pytest.approx(0.4 / 2**5)
    assert at_chances(compound(calm=-1), 0.5) == pytest.approx(1 / 2**5)
    assert at_chances(compound(calm=-0.4), 0.5) == pytest.approx(1 / 2**2)


@given(compounds.filter(lambda made: made.rising or not made.lone), st.data())
def test_the_whole_is_a_chance_that_rises_with_what_is_asked_and_falls_with_what_is_avoided(
    made: Compound, data: st.DataObject
) -> None:
    before = [data.draw(similarities) for _ in made.parts]
    changed = data.draw(st.integers(0, len(before) - 1))
    after = list(before)
    after[changed] = data.draw(st.floats(before[changed], 1))
    low, high = whole(made, *before), whole(made, *after)
    assert 0 <= low <= 1
    if made.parts[changed].weight > 0:
        assert high >= low - 1e-12
    else:
        assert high <= low + 1e-12


@given(compounds)
def test_the_vector_has_unit_length(made: Compound) -> None:
    assert np.linalg.norm(made.vector) == pytest.approx(1, abs=1e-5)


def test_the_vector_leads_to_what_is_asked_and_away_from_what_is_avoided() -> None:
    awe, calm = ENCODER.read("awe").vector, ENCODER.read("calm").vector
    both, only_awe, avoided = compound(awe=1, calm=1), compound(awe=1, calm=-1), compound(calm=-1)
    assert both.vector @ calm > awe @ calm
    assert only_awe.vector @ calm < awe @ calm
    np.testing.assert_allclose(avoided.vector, -calm, atol=1e-5)


def test_the_vector_of_a_slight_feeling_leads_to_the_middle_of_the_slight_references() -> None:
    calm = ENCODER.read("calm").vector
    slight = compound(calm=0.5)
    best = np.argsort(-slight.coherence(slight.similarities(ENCODER.bank.feelings)))[:6]  # a tenth of 64
    np.testing.assert_allclose(slight.vector, unit(ENCODER.bank.feelings[best].mean(axis=0)), atol=1e-6)
    assert 0 < slight.vector @ calm < 1


def test_a_question_that_asks_for_what_it_avoids_still_has_a_direction() -> None:
    reading = ENCODER.read("awe")
    made = Compound([Part(reading, 1), Part(reading, -1)], ReferenceBank(reading.vector[None]))
    assert np.linalg.norm(made.vector) == pytest.approx(1, abs=1e-5)


def test_the_nearest_to_the_vector_hold_the_truly_best() -> None:
    feelings = unit(np.random.default_rng(0).standard_normal((5000, ENCODER.feeling_size)))
    for made in (compound(awe=1, calm=1), compound(joy=1, dread=-1), compound(awe=1.5, joy=0.5, menace=-0.5)):
        best = np.argsort(-made.coherence(made.similarities(feelings)))[:12]
        nearest = np.argsort(-(feelings @ made.vector))[:POOL]
        assert set(best.tolist()) <= set(nearest.tolist())


def test_the_percentile_of_the_whole_counts_reference_paintings_below() -> None:
    made = compound(awe=1, calm=-1)
    bank = made.similarities(ENCODER.bank.feelings)
    order = np.argsort(made.coherence(bank))
    percentiles = made.scores(bank[order]).percentile
    np.testing.assert_allclose(percentiles, 100 * (np.arange(len(bank)) + 0.5) / len(bank))


def test_equal_feelings_have_exactly_equal_similarities() -> None:
    feelings = np.repeat(ENCODER.bank.feelings[:3], [1, 7, 5], axis=0)
    found = compound(awe=1, calm=1).similarities(feelings)
    assert len(np.unique(found, axis=0)) == 3
