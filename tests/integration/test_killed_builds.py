"""Builds that are killed at any instant: what is served stays, and a next run ends as if nothing had been."""

import multiprocessing
import random
import signal
import time
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import RLock

import pytest
from tqdm import tqdm

from encoders.fake import FakeEncoder
from indexer.shelves.folder import FolderShelf
from indexer.shelves.releases import the_served
from tests.building import (
    PAINTED,
    another,
    assert_same_points,
    index,
    paint,
    served_points,
)

MOMENTS = 30
REPAINTED = range(0, PAINTED, 2)


def build(gallery: Path, shelf: FolderShelf) -> None:
    tqdm.set_lock(RLock())  # the usual one belongs to all processes and would outlive a killed one
    index(gallery, FakeEncoder(), shelf)


def start(gallery: Path, shelf: FolderShelf) -> BaseProcess:
    """A build in a process that has all it needs imported, so that it is killed at work."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=build, args=(gallery, shelf))
    process.start()
    return process


def repaint(gallery: Path, round_: int) -> None:
    for number in REPAINTED:
        (file,) = gallery.glob(f"*/anna-example_work-{number}-*.png")
        paint(file, 1000 * (round_ + 1) + number)


def build_undisturbed(gallery: Path, shelf: FolderShelf, seconds: float = 60) -> float:
    started = time.monotonic()
    process = start(gallery, shelf)
    process.join(seconds)
    assert process.exitcode == 0
    return time.monotonic() - started


@pytest.mark.slow
def test_killed_at_any_instant_a_build_resumes_and_what_is_served_is_never_touched(
    gallery: Path, shelf: FolderShelf
) -> None:
    build_undisturbed(gallery, shelf)
    repaint(gallery, 0)
    duration = build_undisturbed(gallery, shelf)
    moments = random.Random(4)
    killed = 0
    release, held = the_served(shelf), served_points(shelf)
    for round_ in range(MOMENTS):
        repaint(gallery, round_ + 1)
        process = start(gallery, shelf)
        process.join(moments.uniform(0, duration))
        process.kill()
        process.join()
        killed += process.exitcode == -signal.SIGKILL
        before, held_before = release, held
        release, held = the_served(shelf), served_points(shelf)
        assert release.finished
        if release == before:
            assert_same_points(held, held_before)
    index(gallery, FakeEncoder(), shelf)
    undisturbed = another(shelf, "undisturbed")
    index(gallery, FakeEncoder(), undisturbed)
    assert_same_points(served_points(shelf), served_points(undisturbed))
    assert killed > MOMENTS // 2
