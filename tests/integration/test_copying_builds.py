"""Builds travel between folders and servers whole, and are served at both ends."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from qdrant_client import QdrantClient

from encoders.fake import FakeEncoder
from encoders.home import Home
from indexer.errors import IndexFormatError, IndexNotFoundError, VerificationError
from indexer.making.copying import Copy, copy_build
from indexer.shelves.folder import FolderShelf
from indexer.shelves.releases import the_served
from indexer.shelves.server import ServerShelf
from indexer.shelves.shelf import Pointer, Shelf
from indexer.store.base import Filter, Point
from indexer.store.server.settings import ServerSettings
from tests.building import assert_same_points, index, paint, paint_noise, store_of
from tests.qdrant import LOCAL, QUIET, SERVERS, local_client, real_server

pytestmark = QUIET


@pytest.fixture
def folder(quick_folder: Path) -> FolderShelf:
    """Two builds, of which the second is served."""
    folder = FolderShelf(Home(quick_folder / "home"))
    gallery = paint_noise(quick_folder / "gallery", 8)
    index(gallery, FakeEncoder(), folder)
    paint(gallery / "Cubism" / "anna-example_late-1900.png", 99)
    index(gallery, FakeEncoder(), folder)
    return folder


@pytest.fixture
def local_mode() -> tuple[QdrantClient, ServerSettings]:
    return local_client(), LOCAL


@pytest.fixture
def server() -> Iterator[tuple[QdrantClient, ServerSettings]]:
    with real_server() as reached:
        yield reached


@pytest.fixture(params=SERVERS)
def reached(request: pytest.FixtureRequest) -> tuple[QdrantClient, ServerSettings]:
    found: tuple[QdrantClient, ServerSettings] = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def shelf(reached: tuple[QdrantClient, ServerSettings], quick_folder: Path) -> ServerShelf:
    return ServerShelf(*reached, Home(quick_folder / "home"))


def points_at(shelf: Shelf, build: str) -> dict[str, Point]:
    with shelf.open(build) as store:
        return {point.painting.key: point for batch in store.scan(4) for point in batch}


def test_a_build_goes_to_a_server_and_comes_back_whole(
    folder: FolderShelf, shelf: ServerShelf, quick_folder: Path
) -> None:
    made = copy_build(folder, shelf).made
    assert shelf.builds() == [made] == folder.builds()[1:]
    assert_same_points(points_at(shelf, made.build), points_at(folder, made.build))
    elsewhere = FolderShelf(Home(quick_folder / "elsewhere"))
    assert copy_build(shelf, elsewhere) == Copy(made, sent=True)
    assert the_served(elsewhere) == made
    assert_same_points(points_at(elsewhere, made.build), points_at(folder, made.build))


def test_searches_answer_alike_at_both_ends(folder: FolderShelf, shelf: ServerShelf) -> None:
    made = copy_build(folder, shelf).made
    query = next(iter(points_at(folder, made.build).values())).feeling
    where = Filter(style=("Cubism", "Ukiyo_e"), year_from=1801)
    with folder.open(made.build) as embedded, shelf.open(made.build) as served:
        expected = embedded.search(query, limit=5, where=where)
        found = served.search(query, limit=5, where=where)
    assert [hit.painting for hit in found] == [hit.painting for hit in expected]
    assert np.allclose([h.similarity for h in found], [h.similarity for h in expected], atol=1e-6)


def test_what_is_served_here_is_served_there_and_what_was_is_the_one_before(
    folder: FolderShelf, shelf: ServerShelf
) -> None:
    first, second = folder.builds()
    copy_build(folder, shelf, first.build)
    assert shelf.pointer() is None
    shelf.point(Pointer(first.build, None))
    copy_build(folder, shelf)
    assert shelf.pointer() == Pointer(second.build, first.build) == folder.pointer()


def test_the_pointer_swings_back_in_one_call(folder: FolderShelf, shelf: ServerShelf) -> None:
    first, second = (copy_build(folder, shelf, made.build).made for made in folder.builds())
    shelf.point(Pointer(first.build, second.build))
    assert shelf.pointer() == Pointer(first.build, second.build)
    shelf.point(Pointer(second.build, None))
    assert shelf.pointer() == Pointer(second.build, None)


def test_a_second_copy_sends_nothing(folder: FolderShelf, shelf: ServerShelf) -> None:
    made = copy_build(folder, shelf).made
    with shelf.open(made.build) as store:
        (first, *_), *_ = store.scan()
        store.upsert([replace(first, fingerprint="marked")])
    assert copy_build(folder, shelf) == Copy(made, sent=False)
    assert points_at(shelf, made.build)[first.painting.key].fingerprint == "marked"


def test_half_a_copy_is_begun_again(folder: FolderShelf, shelf: ServerShelf) -> None:
    made = folder.builds()[-1]
    stray = replace(next(iter(points_at(folder, made.build).values())), fingerprint="stray")
    with shelf.create(replace(made, finished=False)) as store:
        store.upsert([stray])
    copy_build(folder, shelf)
    assert_same_points(points_at(shelf, made.build), points_at(folder, made.build))
    assert shelf.builds() == [made]


def test_a_copy_that_was_killed_as_it_began_is_begun_again(folder: FolderShelf, quick_folder: Path) -> None:
    made = folder.builds()[-1]
    other = FolderShelf(Home(quick_folder / "other"))
    store_of(other, made).mkdir(parents=True)
    assert copy_build(folder, other) == Copy(made, sent=True)
    assert the_served(other) == made


def test_points_that_the_record_does_not_know_are_not_taken_over(
    folder: FolderShelf, shelf: ServerShelf
) -> None:
    made = folder.builds()[-1]
    folder.record(replace(made, stored="8-0000000000000000"))
    with pytest.raises(VerificationError, match=r"holds 9 paintings .*\(8-0000000000000000\)"):
        copy_build(folder, shelf)
    assert shelf.builds() == []


def test_another_build_of_the_same_name_stays(folder: FolderShelf, shelf: ServerShelf) -> None:
    made = folder.builds()[-1]
    other = replace(made, model="another")
    with shelf.create(other):
        pass
    with pytest.raises(VerificationError, match=f"another build called {made.build}; remove the collection"):
        copy_build(folder, shelf)
    assert shelf.builds() == [other]


def test_an_unknown_build_is_answered_with_those_there_are(folder: FolderShelf, shelf: ServerShelf) -> None:
    names = ", ".join(made.build for made in folder.builds())
    with pytest.raises(IndexNotFoundError, match=f"no finished build nobody .*there: {names}"):
        copy_build(folder, shelf, "nobody")
    with pytest.raises(IndexNotFoundError, match=r"No build is served in http.*index promote"):
        copy_build(shelf, folder)


def test_an_alias_is_followed_to_a_collection_that_says_what_it_is(
    folder: FolderShelf, shelf: ServerShelf, reached: tuple[QdrantClient, ServerSettings]
) -> None:
    made = copy_build(folder, shelf).made
    client, settings = reached
    record = {**asdict(made), "build": "another"}
    client.update_collection(f"{settings.prefix}-{made.build}", metadata=record)
    with pytest.raises(IndexFormatError, match="says that it is build another"):
        the_served(shelf)
