from itertools import product

import numpy as np
import pytest

from encoders.coherence import CalibratedReading
from encoders.vectors import Vector, unit
from indexer.store.base import Filter, Point
from search_api.errors import QueryError
from search_api.relating.anchors import Anchor
from search_api.relating.blending import Blend, Ingredient, blend, mix
from search_api.relating.liking import Liking, more_like
from search_api.relating.typical import Typical
from search_api.relating.wanted import Wanted
from tests.placed import hung, painting, placed

STEPS = (-0.2, -0.1, 0.0, 0.1, 0.2)
CONE = [placed(f"{x} {y}", feeling=(1, x, y)) for x, y in product(STEPS, STEPS)]
"""Paintings lie in a narrow cone, as those of trained models do."""
STORE = hung(*CONE)
TYPICAL = Typical.of(STORE)


def reading(word: str, vector: Vector) -> CalibratedReading:
    return CalibratedReading(word, True, vector, np.array([0.0, 0.1]), 1.0, 0.0)


BRIGHT = reading("bright", unit([0, 1, 0]))


def anchor(title: str) -> Anchor:
    return Anchor.of_point(next(point for point in CONE if point.painting.title == title))


def titles(found: Blend | Liking) -> list[str]:
    return [hit.painting.title for hit in found.hits]


def test_a_blend_of_a_painting_and_a_word_is_near_both() -> None:
    # half way from the painting to the brightest: a plain sum would go all the way
    asked = anchor("-0.2 0.2")
    assert titles(blend(STORE, TYPICAL, [(asked, 1)], [(BRIGHT, 1)], Wanted(top_k=1))) == ["0.0 0.2"]
    [summed] = STORE.search(unit(asked.feeling + BRIGHT.vector), limit=1)
    assert summed.painting.title.startswith("0.2")


def test_a_heavier_word_leads_farther() -> None:
    asked = anchor("-0.2 0.2")
    brightness = [
        float(blend(STORE, TYPICAL, [(asked, 1)], [(BRIGHT, weight)]).hits[0].painting.title.split()[0])
        for weight in (-1, 0, 1, 2, 8)
    ]
    assert brightness == sorted(brightness)
    assert (brightness[0], brightness[-1]) == (-0.2, 0.2)


def test_a_weight_below_zero_leads_away() -> None:
    [away] = titles(blend(STORE, TYPICAL, [(anchor("0.0 0.2"), 1)], [(BRIGHT, -1)], Wanted(top_k=1)))
    assert away == "-0.1 0.2"


def test_what_is_blended_does_not_answer_and_the_filter_holds() -> None:
    pair = [(anchor("0.2 0.2"), 1.0), (anchor("0.2 0.1"), 1.0)]
    hidden = Filter(without_ids=(painting("0.1 0.2").id, painting("0.1 0.1").id))
    found = titles(blend(STORE, TYPICAL, pair, [], Wanted(where=hidden, top_k=25)))
    assert len(found) == 21
    assert not {"0.2 0.2", "0.2 0.1", "0.1 0.2", "0.1 0.1"} & set(found)


def test_copies_of_what_is_blended_are_folded_away() -> None:
    store = hung(*CONE, placed("copy", feeling=(1, 0.19, 0.2), like="0.2 0.2"))
    asked = [(anchor("0.2 0.2"), 1.0)]
    assert titles(blend(store, TYPICAL, asked, [], Wanted(top_k=1))) == ["copy"]
    assert titles(blend(store, TYPICAL, asked, [], Wanted(top_k=1, fold=True))) != ["copy"]


def test_each_hit_tells_its_cosine_to_every_ingredient() -> None:
    blended = blend(STORE, TYPICAL, [(anchor("0.2 0.2"), 1)], [(BRIGHT, 0.5)], Wanted(top_k=3))
    assert [(one.name, one.weight) for one in blended.ingredients] == [("0.2 0.2", 1), ("bright", 0.5)]
    for hit in blended.hits:
        point = next(point for point in CONE if point.painting == hit.painting)
        expected = [point.feeling @ anchor("0.2 0.2").feeling, point.feeling @ BRIGHT.vector]
        assert hit.parts == pytest.approx(expected)


def test_a_blend_ranks_by_weighted_similarities_each_over_its_reach() -> None:
    one, other = Ingredient("", unit([3, 1, 0])), Ingredient("", unit([0, 1, -1]), -0.5)
    vector = mix([one, other], TYPICAL)
    ranks = TYPICAL.feelings @ vector
    terms = [
        each.weight * (TYPICAL.feelings @ each.vector) / TYPICAL.reach(each.vector) for each in (one, other)
    ]
    assert np.corrcoef(ranks, np.sum(terms, axis=0))[0, 1] == pytest.approx(1)
    assert np.linalg.norm(vector) == pytest.approx(1)


def test_what_cancels_out_is_refused() -> None:
    one = anchor("0.2 0.2")
    with pytest.raises(QueryError, match="cancels out; change a weight"):
        blend(STORE, TYPICAL, [(one, 1), (one, -1)], [])
    with pytest.raises(QueryError, match="cancels out"):
        blend(STORE, TYPICAL, [], [(BRIGHT, 0)])


def test_nothing_too_much_and_weights_that_are_none_are_refused() -> None:
    with pytest.raises(QueryError, match="0 things were to be blended"):
        blend(STORE, TYPICAL, [], [])
    with pytest.raises(QueryError, match="101 things"):
        blend(STORE, TYPICAL, [], [(BRIGHT, 1)] * 101)
    with pytest.raises(QueryError, match="weight of 'bright' is nan"):
        blend(STORE, TYPICAL, [], [(BRIGHT, float("nan"))])


def test_more_like_this_and_less_like_that_leads_from_the_one_and_away_from_the_other() -> None:
    found = more_like(STORE, [anchor("0.1 0.0")], [anchor("0.1 -0.1")], Wanted(top_k=25))
    assert len(found.hits) == 23
    assert titles(found)[0].endswith(" 0.2")
    assert titles(found)[-1].endswith(" -0.2")
    similarities = [hit.similarity for hit in found.hits]
    assert similarities == sorted(similarities, reverse=True)


def test_a_word_joins_what_is_liked_and_weighs_as_much_as_a_painting() -> None:
    towards = TYPICAL.as_painting(BRIGHT.vector)
    assert titles(more_like(STORE, [], [], Wanted(top_k=1), towards=towards)) == ["0.1 0.0"]
    assert titles(more_like(STORE, [anchor("-0.1 0.2")], [], Wanted(top_k=1), towards=towards)) == ["0.0 0.1"]


def test_likes_go_by_look_if_asked_to() -> None:
    looks: list[Point] = [placed("liked", look=0), placed("near", look=20), placed("far", look=180)]
    found = more_like(hung(*looks), [Anchor.of_point(looks[0])], by="look")
    assert titles(found) == ["near", "far"]
    assert found.hits[0].similarity == pytest.approx(np.cos(np.radians(20)))


def test_nothing_liked_and_a_word_to_be_looked_like_are_refused() -> None:
    with pytest.raises(QueryError, match="Nothing was liked"):
        more_like(STORE, [])
    with pytest.raises(QueryError, match="A word has no look"):
        more_like(STORE, [anchor("0.1 0.1")], by="look", towards=BRIGHT.vector)


def test_a_painting_cannot_be_both_liked_and_disliked() -> None:
    one, other = anchor("0.1 0.1"), anchor("0.1 0.0")
    with pytest.raises(QueryError, match="is both liked and disliked; leave one out"):
        more_like(STORE, [other, one], [one])
