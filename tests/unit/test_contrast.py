import numpy as np
import pytest

from encoders.fake import FakeEncoder
from indexer.store.base import Filter
from search_api.errors import QueryError
from search_api.relating.anchors import Anchor
from search_api.relating.contrast import SHIFTS, Contrast, contrast
from search_api.relating.lexis import Lexis
from search_api.relating.typical import Typical
from search_api.relating.wanted import Wanted
from tests.placed import hung, painting, placed

ASKED = placed("asked", look=0, feeling=(1, 0.2))
STORE = hung(
    ASKED,
    placed("alike in both", look=5, feeling=(1, 0.19)),
    placed("feels opposite", look=20, feeling=(1, -0.2), style="Cubism"),
    placed("its twin", look=21, feeling=(1, -0.2), like="feels opposite"),
    placed("feels so more", look=30, feeling=(1, 0.5)),
    placed("looks otherwise", look=120, feeling=(1, -0.5)),
)
LEXIS = Lexis.read(FakeEncoder(feeling_size=2), ["awe", "fear", "sadness", "joy", "calm", "anger", "pity"])
TYPICAL = Typical.of(STORE)
ANCHOR = Anchor.of_point(ASKED)


def titles(found: Contrast) -> list[str]:
    return [hit.painting.title for hit in found.hits]


def test_what_looks_alike_and_feels_opposite_comes_first() -> None:
    found = contrast(STORE, LEXIS, TYPICAL, ANCHOR, pool=4)
    assert titles(found)[:2] in (["feels opposite", "its twin"], ["its twin", "feels opposite"])
    assert set(titles(found)[2:]) == {"alike in both", "feels so more"}


def test_what_looks_otherwise_is_no_contrast_unless_the_pool_is_wide() -> None:
    assert "looks otherwise" not in titles(contrast(STORE, LEXIS, TYPICAL, ANCHOR, pool=4))
    assert "looks otherwise" in titles(contrast(STORE, LEXIS, TYPICAL, ANCHOR, pool=5))


def test_each_hit_tells_how_it_looks_feels_and_leans() -> None:
    [hit] = contrast(STORE, LEXIS, TYPICAL, ANCHOR, Wanted(top_k=1, fold=True), pool=3).hits
    opposite = np.array([1, -0.2]) / np.sqrt(1.04)
    assert hit.look == pytest.approx(np.cos(np.radians(20)), abs=1e-6)
    assert hit.feeling == pytest.approx((1 - 0.04) / 1.04)
    lean = [feeling - TYPICAL.mean for feeling in (ASKED.feeling, opposite)]
    assert hit.lean == pytest.approx(np.dot(*lean) / np.prod(np.linalg.norm(lean, axis=1)), abs=1e-5)
    assert hit.lean < 0


def test_each_hit_tells_which_emotions_gain_and_lose_most() -> None:
    hits = contrast(STORE, LEXIS, TYPICAL, ANCHOR).hits
    here = dict(zip([r.word for r in LEXIS.readings], LEXIS.coherences(ASKED.feeling[None])[0], strict=True))
    for hit in hits:
        assert all(shift.there > shift.here for shift in hit.more)
        assert all(shift.there < shift.here for shift in hit.less)
        assert len(hit.more) <= SHIFTS
        assert len(hit.less) <= SHIFTS
        gains = [shift.there - shift.here for shift in hit.more]
        assert gains == sorted(gains, reverse=True)
        assert all(shift.here == pytest.approx(here[shift.emotion]) for shift in (*hit.more, *hit.less))
        assert hit.more or hit.less


def test_what_feels_the_same_has_no_emotion_that_differs() -> None:
    store = hung(ASKED, placed("same", look=3, feeling=(1, 0.2)))
    [hit] = contrast(store, LEXIS, TYPICAL, ANCHOR).hits
    assert (hit.more, hit.less) == ((), ())


def test_contrasts_pass_the_filter_and_are_folded() -> None:
    hidden = Filter(without_ids=(painting("feels opposite").id,))
    assert titles(contrast(STORE, LEXIS, TYPICAL, ANCHOR, Wanted(where=hidden), pool=3))[0] == "its twin"
    folded = titles(contrast(STORE, LEXIS, TYPICAL, ANCHOR, Wanted(fold=True), pool=3))
    assert len({"its twin", "feels opposite"} & set(folded)) == 1


def test_where_nothing_passes_the_filter_there_is_no_contrast() -> None:
    assert contrast(STORE, LEXIS, TYPICAL, ANCHOR, Wanted(where=Filter(style=("Rococo",)))).hits == ()


def test_a_pool_out_of_range_is_refused() -> None:
    with pytest.raises(QueryError, match="pool of 0 paintings is out of range"):
        contrast(STORE, LEXIS, TYPICAL, ANCHOR, pool=0)
