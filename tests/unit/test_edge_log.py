"""The log of an embedded store is emptied and may get lost; what is written afterwards must count."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from indexer.painting import Painting
from indexer.store.base import Point
from indexer.store.edge import EdgeStore
from tests.building import CHECKOUT

SIZE = 4
KILLED_WHILE_MENDING = """
import os, signal, sys
from pathlib import Path
from indexer.store.edge import log
from indexer.store.edge.store import EdgeStore

log.with_empty_log = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
EdgeStore.open(Path(sys.argv[1]))
"""


def point(number: int, style: str = "Cubism") -> Point:
    vector = np.eye(SIZE, dtype=np.float32)[number % SIZE]
    return Point(Painting(str(number), Path("x.jpg"), "A title", style=style), vector, vector, "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished store of twenty points, closed."""
    path = tmp_path / "store"
    with closing(EdgeStore.create(path, SIZE, SIZE)) as store:
        for number in range(20):
            store.upsert([point(number)])
        store.optimize()
    return path


def assert_writes_count(folder: Path) -> None:
    with closing(EdgeStore.open(folder)) as store:
        store.upsert([point(0, "Rococo"), point(20)])
        assert store.facet("style") == {"Cubism": 20, "Rococo": 1}
    with closing(EdgeStore.open(folder)) as store:
        assert store.facet("style") == {"Cubism": 20, "Rococo": 1}


def test_what_is_replaced_after_the_log_was_emptied_is_replaced(folder: Path) -> None:
    assert_writes_count(folder)


def test_a_store_bereft_of_its_log_takes_what_is_written(folder: Path) -> None:
    shutil.rmtree(folder / "wal")
    assert_writes_count(folder)


def test_a_kill_while_the_log_is_mended_does_not_matter(folder: Path) -> None:
    shutil.rmtree(folder / "wal")
    command = [sys.executable, "-c", KILLED_WHILE_MENDING, str(folder)]
    killed = subprocess.run(command, cwd=CHECKOUT, env=dict(os.environ), check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (folder / "wal").exists()
    assert_writes_count(folder)


def test_what_a_kill_left_of_an_unfinished_log_goes_with_the_next_opening(folder: Path) -> None:
    (folder / ".wal.0123").mkdir()
    EdgeStore.open(folder).close()
    assert [file.name for file in folder.glob(".wal*")] == []
