import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.store.holder import RECORD, Hold, Holder, holder_of, is_held
from tests.building import CHECKOUT

HOLD_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from indexer.store.holder import Hold

hold = Hold(Path(sys.argv[1]))
hold.take()
print("held", flush=True)
time.sleep(60)
"""


def test_a_holder_is_told_by_process_command_and_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/moodseum", "--home", "my home", "serve"])
    hold = Hold(tmp_path)
    assert (is_held(tmp_path), holder_of(tmp_path)) == (False, None)
    hold.take()
    holder = holder_of(tmp_path)
    assert is_held(tmp_path)
    assert holder is not None
    assert (holder.process, holder.command) == (os.getpid(), "moodseum --home 'my home' serve")
    assert str(holder).startswith(f"`moodseum --home 'my home' serve` (process {os.getpid()}, since 20")
    hold.release()
    hold.release()
    assert (is_held(tmp_path), holder_of(tmp_path)) == (False, None)


def test_the_record_of_a_process_that_was_killed_is_stale(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD_UNTIL_KILLED, str(tmp_path)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        told = holder_of(tmp_path)
        assert told is not None
        assert told.process == holder.pid
        holder.send_signal(signal.SIGKILL)
    assert json.loads((tmp_path / RECORD).read_text())["process"] == holder.pid
    assert (is_held(tmp_path), holder_of(tmp_path)) == (False, None)
    successor = Hold(tmp_path)
    successor.take()
    assert holder_of(tmp_path) == Holder(**json.loads((tmp_path / RECORD).read_text()))
    successor.release()


@pytest.mark.parametrize("content", ["", "[]", '{"process": 1}', "\xff"])
def test_a_record_that_cannot_be_read_leaves_the_holder_unnamed(tmp_path: Path, content: str) -> None:
    hold = Hold(tmp_path)
    hold.take()
    (tmp_path / RECORD).write_bytes(content.encode("latin-1"))
    assert (is_held(tmp_path), holder_of(tmp_path)) == (True, None)
    hold.release()


def test_a_folder_that_is_not_there_is_held_by_nobody(tmp_path: Path) -> None:
    assert (is_held(tmp_path / "none"), holder_of(tmp_path / "none")) == (False, None)
    Hold(tmp_path / "none").take()
