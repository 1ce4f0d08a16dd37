"""A side of the comparison in a process of its own, so that its memory can be told from the others'."""

import multiprocessing
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from encoders.vectors import Vectors
from tests.benchmarks.sides import SIDES, style_asked

Answers = list[tuple[float, list[int]]]
GLANCE = 0.05  # seconds between two looks at a child's memory


class Child:
    """Asks the process; every call waits for its answer, with an eye on the process's memory."""

    def __init__(self, pipe: Connection, folder: Path, status: Path) -> None:
        self._pipe = pipe
        self._folder = folder
        self._status = status
        self._own = 0.0

    def fill(self, size: int) -> float:
        """Seconds."""
        return self._call("fill", size)  # type: ignore[return-value]

    def ask(self, words: Vectors, first: int, *, within_styles: bool) -> Answers:
        """Seconds and paintings of each word; `first` numbers the first of them."""
        return self._call("ask", words, first, within_styles)  # type: ignore[return-value]

    def reopen(self) -> float:
        """Seconds."""
        return self._call("reopen")  # type: ignore[return-value]

    def peak(self) -> float:
        """MiB that the process ever had in memory, pages of mapped files included."""
        return self._mebibytes("VmHWM")

    def own(self) -> float:
        """MiB that it ever had of its own while it was waited for: the system cannot take these back."""
        return self._own

    def disk(self) -> float:
        """MiB."""
        return sum(file.stat().st_blocks for file in self._folder.rglob("*")) / 2048

    def _call(self, *request: object) -> object:
        self._pipe.send(request)
        while not self._pipe.poll(GLANCE):
            self._own = max(self._own, self._mebibytes("RssAnon"))
        return self._pipe.recv()

    def _mebibytes(self, field: str) -> float:
        return int(self._status.read_text().split(f"{field}:")[1].split()[0]) / 1024


@contextmanager
def child(name: str, folder: Path) -> Iterator[Child]:
    """A side's process; it ends with the block."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(name, folder, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Child(ours, folder, Path(f"/proc/{process.pid}/status"))
    finally:
        ours.close()
        process.join()


def _serve(name: str, folder: Path, pipe: Connection) -> None:
    warnings.simplefilter("ignore")  # local mode's, about its own size
    side = SIDES[name](folder)
    while True:
        try:
            verb, *values = pipe.recv()
        except EOFError:
            return
        if verb == "ask":
            words, first, within = values
            styles = [style_asked(first + place) if within else None for place in range(len(words))]
            pipe.send([side.ask(*pair) for pair in zip(words, styles, strict=True)])
        else:
            pipe.send(getattr(side, verb)(*values))
