"""Choosing what embeds pictures; the engine of this machine is tested with the builds."""

import sys
import time
from pathlib import Path

import pytest

from encoders.fake import FakeEncoder
from encoders.home import Home
from encoders.seeing.computing import Computing
from indexer.errors import EngineError
from indexer.making.engine import open_engine
from indexer.making.local_engine import embed_here

HERE = Computing("float32", "cpu", "as asked for")


def test_this_machine_is_the_usual_engine() -> None:
    assert open_engine("local", HERE) is embed_here


def test_without_ray_its_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "indexer.making.ray_engine", None)
    with pytest.raises(EngineError, match=r'pip install "moodseum\[ray\]"'):
        open_engine("ray", HERE)


def test_with_nothing_to_embed_no_cluster_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_ADDRESS", "nowhere:1")
    assert list(open_engine("ray", HERE)(FakeEncoder(), Home(Path("/nowhere")), [])) == []


@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://127.0.0.1:1", "nonsense"])
def test_a_cluster_that_is_not_there_is_told_of_soon(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_ADDRESS", address)
    started = time.monotonic()
    with pytest.raises(EngineError, match=rf"'{address}'.*RAY_ADDRESS"):
        next(open_engine("ray", HERE)(FakeEncoder(), Home(Path("/nowhere")), [[]]))
    assert time.monotonic() - started < 30
