"""Commands as a user types them, run in this process."""

from dataclasses import dataclass
from typing import Protocol

import moodseum
from encoders.home import Home


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str


class Run(Protocol):
    """What the fixture `run` gives: `run(home, "search", "sad")`."""

    def __call__(self, home: Home, *arguments: str) -> Outcome: ...


def run_command(home: Home, *arguments: str) -> int:
    """The exit code of `moodseum --home HOME ARGUMENTS`."""
    try:
        moodseum.report_errors(
            lambda: moodseum.app(["--home", str(home.path), *arguments], standalone_mode=False)
        )
    except SystemExit as stop:
        return int(str(stop.code))
    return 0


def assert_refused(outcome: Outcome, *parts: str) -> None:
    """One sentence on stderr, nothing on stdout, exit code 1."""
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("moodseum: ")
    assert outcome.err.count("\n") == 1
    for part in parts:
        assert part in outcome.err


def lines(outcome: Outcome) -> list[str]:
    """What a command that went well told, without its columns; on stderr only what it computes in."""
    assert outcome.code == 0, outcome.err
    assert [line for line in outcome.err.splitlines() if not line.startswith("computing ")] == []
    return [" ".join(line.split()) for line in outcome.out.splitlines()]
