"""Starting a process: how long one waits, and how long it computes."""

import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.serving import PAINTINGS, synthetic_shelf
from tests.benchmarks.timing import REPEATS, row, seconds

ONE_THREAD = {"OMP_NUM_THREADS": "1"}
"""So that seconds of computing do not depend on how many cores there are."""
NEEDED = ("numpy", "pydantic.type_adapter", "qdrant_edge", "rapidfuzz.process", "rich.table", "typer")
"""What other people's libraries take of a search; typer reads arguments by way of pydantic."""


def compare_cold_starts(folder: Path) -> None:
    """The command line beside importing its largest dependency."""
    home = str(synthetic_shelf(folder).home.path)
    print(f"\nCold start of a process, searches of {PAINTINGS:,} paintings; {REPEATS} runs each")
    commands = {
        "moodseum --help": ["-m", "moodseum", "--help"],
        "moodseum search serenity": ["-m", "moodseum", "--home", home, "search", "serenity"],
        "moodseum search 'calm but not sad'": [
            "-m",
            "moodseum",
            "--home",
            home,
            "search",
            "calm but not sad",
        ],
        "import what a search needs": ["-c", f"import {', '.join(NEEDED)}"],
        "import sentence_transformers": ["-c", "import sentence_transformers"],
    }
    for name, (waiting, computing) in _measure(commands).items():
        row(name, f"{waiting:8.2f} s, of which it computes {computing:.2f} s")


def _measure(commands: Mapping[str, Sequence[str]]) -> dict[str, tuple[float, float]]:
    """The median seconds that each command takes and computes, after one run that does not count."""
    for command in commands.values():
        _run(command)
    rounds = [{name: _run(command) for name, command in commands.items()} for _ in range(REPEATS)]
    return {
        name: (median(each[name][0] for each in rounds), median(each[name][1] for each in rounds))
        for name in commands
    }


def _run(arguments: Sequence[str]) -> tuple[float, float]:
    command, environment = [sys.executable, *arguments], os.environ | ONE_THREAD
    before = _computed()
    waited = seconds(lambda: subprocess.run(command, check=True, capture_output=True, env=environment))
    return waited, _computed() - before


def _computed() -> float:
    """CPU seconds of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
