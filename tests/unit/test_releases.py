"""The release in a home: what of it can be damaged or taken away by hand."""

import shutil

import pytest

from encoders.fake import FakeEncoder
from indexer.errors import IndexFormatError, IndexNotFoundError, ModelMismatchError
from indexer.shelves.folder import POINTER, FolderShelf
from indexer.shelves.manifest import MANIFEST
from indexer.shelves.prune import superfluous
from indexer.shelves.releases import check_model, promote, roll_back, served_if_there, the_served
from tests.building import put, store_of
from tests.records import manifest_of


def test_a_served_build_that_is_gone_is_named(shelf: FolderShelf) -> None:
    promote(shelf, put(shelf, "one"))
    (shelf.papers("one") / MANIFEST).unlink()
    with pytest.raises(IndexNotFoundError, match=r"served build one is missing .*`moodseum index promote"):
        the_served(shelf)
    assert served_if_there(shelf) is None


def test_a_build_without_its_points_is_neither_served_nor_rolled_back_to(shelf: FolderShelf) -> None:
    one, two = put(shelf, "one"), put(shelf, "two")
    promote(shelf, one)
    promote(shelf, two)
    shutil.rmtree(store_of(shelf, one))
    with pytest.raises(IndexFormatError, match=r"one/store is missing; remove .*/one and build"):
        roll_back(shelf)
    assert served_if_there(shelf) == two
    shutil.rmtree(store_of(shelf, two))
    with pytest.raises(IndexFormatError, match="two/store is missing"):
        the_served(shelf)
    assert served_if_there(shelf) is None


@pytest.mark.parametrize("content", ["", "{", '{"format": 1}'])
def test_a_manifest_in_ruins_is_named_with_its_path(shelf: FolderShelf, content: str) -> None:
    promote(shelf, put(shelf, "one"))
    put(shelf, "two")
    record = shelf.papers("two") / MANIFEST
    record.write_text(content)
    (ruin,) = shelf.damaged()
    assert f"{record} is damaged" in ruin.error
    assert superfluous(shelf).spared == (ruin,)


def test_a_folder_that_was_renamed_is_not_taken_for_another_build(shelf: FolderShelf) -> None:
    put(shelf, "one")
    shelf.papers("one").rename(shelf.papers("two"))
    (ruin,) = shelf.damaged()
    assert "two holds build one; give the folder that name again" in ruin.error


@pytest.mark.parametrize("content", ["", "{}", "[]", "7"])
def test_a_damaged_pointer_is_named(shelf: FolderShelf, content: str) -> None:
    promote(shelf, put(shelf, "one"))
    (shelf.home.index / POINTER).write_text(content)
    with pytest.raises(IndexFormatError, match=r"served\.json is damaged .*`moodseum index promote`"):
        the_served(shelf)


def test_heads_trained_anew_make_another_space_of_the_same_size() -> None:
    old, new = FakeEncoder("old"), FakeEncoder("new", seed=1)
    check_model(manifest_of(old), FakeEncoder("old under another name"))
    with pytest.raises(ModelMismatchError) as refusal:
        check_model(manifest_of(old), new)
    for named in (
        repr("old"),
        repr("new"),
        old.identity.space_id,
        new.identity.space_id,
        "`moodseum reindex --model new`",
    ):
        assert named in str(refusal.value)
