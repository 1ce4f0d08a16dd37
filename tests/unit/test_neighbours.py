import pytest
from PIL import Image

from encoders.fake import FakeEncoder
from indexer.store.base import Filter
from search_api.errors import PaintingNotFoundError
from search_api.relating.anchors import Anchor, find_anchors
from search_api.relating.neighbours import Neighbourhood, similar
from search_api.relating.wanted import Wanted
from tests.placed import hung, painting, placed
from tests.small_index import make_small_index

ASKED = placed("asked", look=0, feeling=(1, 0))
STORE = hung(
    ASKED,
    placed("looks alike", look=10, feeling=(-1, 0), style="Cubism"),
    placed("its twin", look=11, feeling=(-1, 0.1), style="Cubism", like="looks alike"),
    placed("feels alike", look=90, feeling=(1, 0.1), style="Rococo"),
    placed("a copy", look=1, feeling=(1, 0.01), like="asked"),
)
ANCHOR = Anchor.of_point(ASKED)


def titles(found: Neighbourhood) -> list[str]:
    return [hit.painting.title for hit in found.hits]


def test_neighbours_by_look_and_by_feeling_are_others_nearest_first_and_never_the_painting_itself() -> None:
    by_look, by_feeling = similar(STORE, ANCHOR), similar(STORE, ANCHOR, by="feeling")
    assert titles(by_look) == ["a copy", "looks alike", "its twin", "feels alike"]
    assert titles(by_feeling) == ["a copy", "feels alike", "its twin", "looks alike"]
    assert [hit.similarity for hit in by_look.hits] == pytest.approx([0.99985, 0.98481, 0.98163, 0], abs=1e-5)
    assert by_feeling.hits[-1].similarity == pytest.approx(-1)


def test_folded_neighbours_are_one_of_each_kind_and_none_of_the_paintings_own() -> None:
    assert titles(similar(STORE, ANCHOR, Wanted(fold=True))) == ["looks alike", "feels alike"]
    assert titles(similar(STORE, ANCHOR, Wanted(fold=True, top_k=1))) == ["looks alike"]


def test_a_copy_that_is_asked_about_folds_away_its_original() -> None:
    [copy] = find_anchors(STORE, [painting("a copy").id])
    assert titles(similar(STORE, copy, Wanted(fold=True))) == ["looks alike", "feels alike"]


def test_neighbours_pass_the_filter() -> None:
    assert titles(similar(STORE, ANCHOR, Wanted(where=Filter(style=("Rococo",))))) == ["feels alike"]
    hidden = Filter(without_ids=(painting("a copy").id,))
    assert titles(similar(STORE, ANCHOR, Wanted(where=hidden, top_k=1))) == ["looks alike"]


def test_a_picture_of_an_indexed_painting_finds_it_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    index = make_small_index(tmp_path_factory.mktemp("works"))
    wave = next(painting for painting in index.paintings if painting.title == "The Wave")
    with Image.open(wave.path) as image:
        anchor = Anchor.of_image(index.encoder, image.convert("RGB"), "upload.png")
    found = similar(index.store, anchor, Wanted(top_k=1))
    assert found.hits[0].painting == wave
    assert found.hits[0].similarity == pytest.approx(1)
    assert (found.of.name, found.of.painting) == ("upload.png", None)


def test_an_unknown_id_is_refused_by_name() -> None:
    with pytest.raises(PaintingNotFoundError, match="no painting 'nonsense'"):
        find_anchors(STORE, [ASKED.painting.id, "nonsense"])


def test_paintings_are_found_in_the_order_asked() -> None:
    ids = [painting(title).id for title in ("feels alike", "asked", "feels alike")]
    assert [anchor.id for anchor in find_anchors(STORE, ids)] == ids


def test_an_uploaded_picture_has_a_look_and_its_feeling() -> None:
    encoder, image = FakeEncoder(), Image.new("RGB", (9, 9), "teal")
    anchor = Anchor.of_image(encoder, image, "teal.png")
    assert anchor.vector("look") == pytest.approx(encoder.look([image])[0])
    assert anchor.vector("feeling") == pytest.approx(encoder.feeling(encoder.look([image]))[0])
