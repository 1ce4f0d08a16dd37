"""Stores of vectors: filling, asking, reopening, memory and disk.

SIZES names how many paintings, as in `SIZES=10000,80000,1000000`, and SIDES which stores, as in
`SIDES="Edge;Edge, scalar"`; the exact one, which recall is measured against, is always there.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np

from encoders.vectors import Vectors
from tests.benchmarks.children import Answers, Child, child
from tests.benchmarks.cloud import ARTISTS, CLOUD, STYLES, WIDTH, words
from tests.benchmarks.sides import LIMIT, SIDES

EXACT = "NumPy, exact"
LARGEST: Mapping[str, int] = {"local mode": 80_000}
ROUNDS, PER_ROUND = 10, 20
ROUNDS_OF: Mapping[str, int] = {"local mode": 1}
"""A slow side takes part in fewer."""
COLUMNS = (
    *("store", "fill s", "query p50", "p95", "in a style p50", "p95"),
    *("recall", "in a style", "reopen s", "peak MiB", "own MiB", "disk MiB"),
)


@dataclass
class Figures:
    """What one side was measured to do; `plain` and `styled` are its answers to all words."""

    fill: float = 0
    plain: Answers = field(default_factory=list)
    styled: Answers = field(default_factory=list)
    reopen: float = 0
    peak: float = 0
    own: float = 0
    disk: float = 0


def compare_stores(folder: Path) -> None:
    """Qdrant Edge, plain and quantised, beside qdrant-client's local mode and comparing with all in NumPy."""
    print(f"\nStores: {WIDTH} numbers twice a painting, {STYLES} styles, {ARTISTS} artists; {LIMIT} hits.")
    print(CLOUD)
    for size in map(int, os.environ.get("SIZES", "10000").split(",")):
        (folder / str(size)).mkdir()
        _print_table(size, _measure(size, folder / str(size)))


def _measure(size: int, folder: Path) -> Mapping[str, Figures]:
    asked = os.environ.get("SIDES", ";".join(SIDES)).split(";")
    names = [name for name in SIDES if name in (EXACT, *asked) and size <= LARGEST.get(name, size)]
    with ExitStack() as stack:
        children = {name: stack.enter_context(child(name, folder / str(n))) for n, name in enumerate(names)}
        figures = {name: Figures(fill=each.fill(size)) for name, each in children.items()}
        _ask_in_turn(children, figures)
        for name, each in children.items():
            figures[name].peak, figures[name].own, figures[name].disk = each.peak(), each.own(), each.disk()
            figures[name].reopen = each.reopen()
    return figures


def _ask_in_turn(children: Mapping[str, Child], figures: Mapping[str, Figures]) -> None:
    asked: Vectors = words(ROUNDS * PER_ROUND)
    for each in children.values():
        each.ask(asked[:3], 0, within_styles=False)  # warm
    for turn in range(ROUNDS):
        first = turn * PER_ROUND
        batch = asked[first : first + PER_ROUND]
        for name, each in children.items():
            if turn < ROUNDS_OF.get(name, ROUNDS):
                figures[name].plain += each.ask(batch, first, within_styles=False)
                figures[name].styled += each.ask(batch, first, within_styles=True)


def _print_table(size: int, figures: Mapping[str, Figures]) -> None:
    print(f"\n{size:,} paintings; times of queries in ms")
    print(f"\n| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    exact = figures[EXACT]
    for name, each in figures.items():
        cells = [
            f"{each.fill:.1f}",
            *_quantiles(each.plain),
            *_quantiles(each.styled),
            f"{_recall(each.plain, exact.plain):.3f}",
            f"{_recall(each.styled, exact.styled):.3f}",
            f"{each.reopen:.2f}",
            f"{each.peak:,.0f}",
            f"{each.own:,.0f}",
            f"{each.disk:,.0f}",
        ]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _quantiles(answers: Answers) -> Sequence[str]:
    milliseconds = [1000 * seconds for seconds, _ in answers]
    return [f"{quantile:.1f}" for quantile in np.quantile(milliseconds, [0.5, 0.95])]


def _recall(answers: Answers, exact: Answers) -> float:
    """The share of the exact answers that were found."""
    pairs = list(zip(answers, exact, strict=False))
    found = sum(len({*mine} & {*true}) for (_, mine), (_, true) in pairs)
    return found / len(list(chain.from_iterable(true for _, (_, true) in pairs)))
