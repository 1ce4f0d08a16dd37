"""`moodseum index annotate` as it is typed."""

from pathlib import Path

from encoders.fake import FakeEncoder
from encoders.home import Home
from indexer.shelves.folder import FolderShelf
from indexer.sources.opening import open_source
from indexer.viewers import Viewers
from tests.building import held_open, index
from tests.tiny_gallery import TinyGallery
from tests.typed import Run, assert_refused


def voices(home: Home, gallery: TinyGallery) -> dict[str, dict[str, int]]:
    viewers = Viewers.open(home)
    paintings = open_source(gallery.wikiart)
    return {painting.key: dict(viewers.of(painting.id).votes) for painting in paintings}


def test_what_viewers_said_of_the_served_paintings_is_kept(
    run: Run, shelf: FolderShelf, tiny_gallery: TinyGallery
) -> None:
    report = index(tiny_gallery.wikiart, FakeEncoder(), shelf)
    with held_open(shelf, report.made):  # as while it is served
        outcome = run(shelf.home, "index", "annotate", "--annotations", str(tiny_gallery.annotations))
    assert (outcome.code, outcome.err) == (0, "")
    known, annotated, joined = outcome.out.splitlines()
    assert known == "known      240 votes and 240 utterances"
    assert annotated == f"annotated  48 paintings in {Viewers.open(shelf.home).path}"
    assert joined.startswith("joined     48 annotated paintings found (240 rows matched")
    found = voices(shelf.home, tiny_gallery)
    for key, mood in tiny_gallery.moods.items():
        assert sum(found[key].values()) == 5
        assert max(found[key], key=found[key].__getitem__) == mood


def test_a_collection_can_be_named_and_needs_no_index(
    run: Run, home: Home, tiny_gallery: TinyGallery
) -> None:
    options = ("--annotations", str(tiny_gallery.annotations), "--paintings", str(tiny_gallery.wikiart))
    assert run(home, "index", "annotate", *options).code == 0
    first = open_source(tiny_gallery.wikiart)
    said = Viewers.open(home).of(next(iter(first)).id).utterances
    assert len(said) == 5
    assert all(one.text == f"The colours are full of {one.emotion}." for one in said)


def test_annotations_of_other_paintings_change_nothing(
    run: Run, home: Home, tiny_gallery: TinyGallery, gallery: Path
) -> None:
    options = ("--annotations", str(tiny_gallery.annotations), "--paintings")
    run(home, "index", "annotate", *options, str(tiny_gallery.wikiart))
    before = voices(home, tiny_gallery)
    assert_refused(run(home, "index", "annotate", *options, str(gallery)), "Only 0 of the 48")
    assert voices(home, tiny_gallery) == before


def test_without_an_index_it_is_said_what_makes_one(run: Run, home: Home, tiny_gallery: TinyGallery) -> None:
    outcome = run(home, "index", "annotate", "--annotations", str(tiny_gallery.annotations))
    assert_refused(outcome, "moodseum index build")
