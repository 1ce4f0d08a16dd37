"""Building on Ray, which is started once for all of these: what the cores of this machine would have made."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from encoders.backbone import load_backbone
from encoders.errors import ModelError
from encoders.fake import FakeEncoder
from encoders.home import Home
from encoders.seeing.computing import PLAIN, Wish
from indexer.errors import EngineError
from indexer.making import ray_engine
from indexer.making.build import build_index
from indexer.making.embedding import EmbeddedBatch
from indexer.making.engine import Engine
from indexer.making.local_engine import embed_here
from indexer.making.new_build import BuildReport
from indexer.making.ray_cluster import ray_at_hand
from indexer.making.ray_engine import RayEngine
from indexer.shelves.folder import FolderShelf
from indexer.shelves.shelf import Shelf
from indexer.sources.changes import Record, records
from indexer.sources.opening import open_source
from indexer.sources.streaming import in_batches
from tests.building import PAINTED, another, assert_same_points, counts, served_points
from tests.hapless import Mortal, Stumbling
from tests.typed import Run, lines
from tests.untrained_model import save_untrained

# Ray's own settings warn of one another whenever they are copied.
pytestmark = pytest.mark.filterwarnings("ignore:`use_:DeprecationWarning:ray.data.context")

ON_RAY = RayEngine(PLAIN)
NOWHERE = Home(Path("/nowhere"))


@pytest.fixture(scope="module", autouse=True)
def two_cores_and_what_passes_for_a_gpu() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("RAY_ADDRESS", raising=False)
        patch.setenv("OMP_NUM_THREADS", "2")
        patch.setenv("RAY_OVERRIDE_RESOURCES", '{"GPU": 1}')
        with ray_at_hand():
            yield


@pytest.fixture
def unreadable(gallery: Path) -> Path:
    """One of the paintings, cut short."""
    broken = gallery / "Cubism" / "anna-example_work-12-1812.png"
    broken.write_bytes(broken.read_bytes()[:100])
    return broken


def index(gallery: Path, encoder: FakeEncoder, shelf: Shelf, engine: Engine = ON_RAY) -> BuildReport:
    return build_index(open_source(gallery), encoder, shelf, batch_size=4, engine=engine)


def in_fours(gallery: Path) -> Iterator[list[Record]]:
    return in_batches(records(open_source(gallery)), 4)


def told(batches: Sequence[EmbeddedBatch]) -> tuple[dict[str, list[float]], dict[str, str]]:
    """Looks and reasons of refusal by the keys of paintings, each of which is there once."""
    points = [point for batch in batches for point in batch.points]
    looks = {point.painting.key: [round(float(x), 4) for x in point.look] for point in points}
    assert len(looks) == len(points)
    return looks, {r.record.painting.key: r.reason for batch in batches for r in batch.refused}


def test_the_command_makes_the_points_that_it_makes_without_ray(
    run: Run, tiny_clip: Path, gallery: Path, unreadable: Path, quick_folder: Path
) -> None:
    home = save_untrained(load_backbone(str(tiny_clip)), quick_folder / "home")
    other = save_untrained(load_backbone(str(tiny_clip)), quick_folder / "other")
    options = ("index", "build", "--paintings", str(gallery))
    on_ray, plainly = run(home, *options, "--engine", "ray"), run(other, *options)
    assert lines(on_ray)[1:2] == lines(plainly)[1:2]
    found, expected = served_points(FolderShelf(home)), served_points(FolderShelf(other))
    assert found.keys() == expected.keys()
    assert len(found) == PAINTED - 1
    for key, point in found.items():
        assert (point.painting, point.fingerprint) == (expected[key].painting, expected[key].fingerprint)
        assert float(np.dot(point.look, expected[key].look)) > 0.9999
        assert float(np.dot(point.feeling, expected[key].feeling)) > 0.9999


def test_where_gpus_embed_the_others_read_and_all_pictures_are_embedded_or_refused_once(
    gallery: Path, unreadable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_engine, "BATCHES_PER_ACTOR", 3)
    encoder = FakeEncoder()
    found = told(list(RayEngine(Wish("float32", "cuda"))(encoder, NOWHERE, in_fours(gallery))))
    assert found == told(list(embed_here(encoder, NOWHERE, in_fours(gallery))))
    assert (len(found[0]), len(found[1])) == (PAINTED - 1, 1)


def test_records_are_not_asked_for_long_before_they_are_needed(
    gallery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_engine, "BATCHES_PER_ACTOR", 1)
    waiting = in_fours(gallery)
    next(ON_RAY(FakeEncoder(), NOWHERE, waiting))
    assert len(list(waiting)) == 8 - 2


def test_a_worker_that_dies_loses_no_picture_and_doubles_none(
    gallery: Path, unreadable: Path, shelf: FolderShelf, quick_folder: Path
) -> None:
    alive = quick_folder / "alive"
    alive.touch()
    report = index(gallery, Mortal(alive), shelf)
    assert not alive.exists()
    assert counts(report) == (PAINTED - 1, PAINTED - 1, 0, 1)
    plain = another(shelf, "plain")
    here = index(gallery, FakeEncoder(), plain, embed_here)
    assert_same_points(served_points(shelf), served_points(plain))
    assert report.skip_list.read_text() == here.skip_list.read_text()


def test_what_goes_wrong_in_a_worker_is_told_in_a_sentence(gallery: Path, shelf: FolderShelf) -> None:
    with pytest.raises(EngineError, match=r"^Embedding on Ray failed \(ValueError: too green\); mend that"):
        index(gallery, Stumbling(), shelf)


def test_a_model_that_a_worker_cannot_load_is_refused_as_anywhere(gallery: Path, home: Home) -> None:
    (home.models / "fake").mkdir(parents=True)
    with pytest.raises(ModelError, match=r"fake lacks its moodseum\.json"):
        next(ON_RAY(FakeEncoder(), home, in_fours(gallery)))
