"""Starting a process."""

import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.timing import in_turn, row


def compare_cold_starts(_: Path) -> None:
    """The command line beside importing its largest dependency."""
    print("\nCold start of a process")
    commands = {
        "moodseum --help": ["-m", "moodseum", "--help"],
        "import sentence_transformers": ["-c", "import sentence_transformers"],
    }
    times = in_turn([partial(_run, command) for command in commands.values()])
    for name, median in zip(commands, times, strict=True):
        row(name, f"{median:8.2f} s")


def _run(arguments: Sequence[str]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
