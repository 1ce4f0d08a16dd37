from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from search_api.rendering.hanging import (
    answer_sheet,
    blend_sheet,
    contrast_sheet,
    more_like_sheet,
    similar_sheet,
    wished,
)
from search_api.rendering.sheet import MOST_PICTURES, draw_sheet
from search_api.searcher import Searcher
from tests.small_index import SmallIndex, make_small_index


@pytest.fixture
def index(tmp_path: Path) -> SmallIndex:
    return make_small_index(tmp_path)


@pytest.fixture
def searcher(index: SmallIndex) -> Searcher:
    return index.searcher


def test_an_answer_hangs_with_a_bar_as_long_as_each_coherence(searcher: Searcher) -> None:
    answer = replace(searcher.search("sad cubist pictures"), match="strong")
    sheet = answer_sheet(answer)
    assert sheet.heading == "sad cubist pictures"
    assert sheet.summary == "feeling: sad | style: Cubism | ignored: pictures | 2 paintings | model fake"
    for tile, hit in zip(sheet.tiles, answer.hits, strict=True):
        assert (tile.painting, tile.share) == (hit.painting, hit.coherence)
        assert tile.lines == (hit.painting.title, "Juan Gris, Cubism", f"coherence {hit.coherence:.2f}")


def test_of_several_feelings_each_coherence_is_written(searcher: Searcher) -> None:
    answer = searcher.search("joy but not fear", top_k=1)
    [hit], [tile] = answer.hits, answer_sheet(answer).tiles
    joy, fear = hit.parts
    assert tile.lines[2] == f"joy {joy.coherence:.2f}, fear (avoided) {fear.coherence:.2f}"


def test_hits_that_are_not_to_be_believed_are_called_so(searcher: Searcher) -> None:
    answer = replace(searcher.search("joy"), match="none")
    assert "merely nearest" in answer_sheet(answer).summary
    assert "merely nearest" not in answer_sheet(replace(answer, hits=())).summary


def test_the_summary_says_where_not_all_are_shown(searcher: Searcher) -> None:
    answer = searcher.search("joy")
    assert "the first 100 of 160 paintings" in answer_sheet(replace(answer, hits=answer.hits * 20)).summary
    assert "one painting" in answer_sheet(replace(answer, hits=answer.hits[:1])).summary


def test_what_was_asked_about_hangs_before_its_neighbours(index: SmallIndex) -> None:
    work, searcher = index.paintings[0], index.searcher
    found = searcher.similar(work.id, top_k=3)
    sheet = similar_sheet(found, searcher.release)
    assert sheet.heading == "Looks like Haystacks"
    assert [tile.painting for tile in sheet.tiles] == [work, *(hit.painting for hit in found.hits)]
    assert sheet.tiles[0].lines[-1] == "asked about"
    assert sheet.summary == "by look, nearest first | 3 paintings | model fake"


def test_a_picture_that_is_not_of_the_index_hangs_by_its_file(searcher: Searcher, tmp_path: Path) -> None:
    file = tmp_path / "mine.png"
    picture = Image.new("RGB", (40, 30), "#336699")
    picture.save(file)
    found = searcher.similar(searcher.anchor(picture, str(file)), top_k=2)
    sheet = similar_sheet(found, searcher.release)
    assert sheet.tiles[0].painting.path == file
    assert (0x33, 0x66, 0x99) in [colour for _, colour in draw_sheet(sheet).getcolors(100_000) or []]


def test_contrasts_tell_what_is_more_and_what_is_less(index: SmallIndex) -> None:
    searcher = index.searcher
    found = searcher.contrast(index.paintings[0].id, top_k=2)
    sheet = contrast_sheet(found, searcher.release)
    shift = found.hits[0].more[0]
    assert sheet.tiles[1].lines[3].startswith(f"more {shift.emotion} {shift.there - shift.here:+.2f}")
    assert sheet.tiles[1].lines[4].startswith("less ")


def test_blends_and_wishes_are_named_by_what_is_in_them(index: SmallIndex) -> None:
    searcher, (one, other, *_) = index.searcher, index.paintings
    blend = searcher.blend({one.id: 1}, {"fear": -0.5}, top_k=2)
    assert blend_sheet(blend, searcher.release).heading == "Haystacks + fear x-0.5"
    wish = wished([one], [other], "joy")
    assert wish == "like Haystacks, unlike Water [Lilies], towards joy"
    hits = searcher.more_like([one.id], [other.id], word="joy", top_k=2).hits
    sheet = more_like_sheet(hits, wish, searcher.release)
    assert (sheet.heading, len(sheet.tiles)) == (wish, 2)
    assert len(sheet.tiles) < MOST_PICTURES
