"""Questions of several feelings: how many candidates hold the truly best paintings."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from encoders.fake import FakeEncoder
from encoders.vectors import Vectors, unit
from encoders.words.emotions import vocabulary
from search_api.answering.compound import Compound, Part
from tests.benchmarks.timing import row

PAINTINGS = 20_000
WIDTH = 64
COMPOUNDS = 200
WEIGHTS = (1.0, 1.0, 0.5, 1.5, -1.0, -0.5)
TOP = 12
CANDIDATES = (12, 24, 48, 100, 200, 400, 800)


def measure_candidates(_: Path) -> None:
    """How many of the true top 12 are nearest to a compound's vector, and to the sum of its words."""
    print(f"\nCompounds: {COMPOUNDS} of two to four feelings, {PAINTINGS:,} paintings drawn at random")
    rng = np.random.default_rng(0)
    encoder = FakeEncoder(feeling_size=WIDTH)
    feelings = unit(rng.standard_normal((PAINTINGS, WIDTH)) * np.linspace(3, 0.3, WIDTH))
    compounds = [_draw(rng, encoder) for _ in range(COMPOUNDS)]
    nearest: dict[str, list[list[float]]] = {"its vector": [], "the sum of its words": []}
    for compound in compounds:
        best = _best(feelings, compound)
        words = sum(part.weight * part.reading.vector for part in compound.parts)
        for name, vector in zip(nearest, (compound.vector, unit(words)), strict=True):
            nearest[name].append(_found(best, np.argsort(-(feelings @ vector), kind="stable").tolist()))
    for name, found in nearest.items():
        for place, candidates in enumerate(CANDIDATES):
            shares = [shares[place] for shares in found]
            row(f"{candidates} nearest to {name}", f"{np.mean(shares):8.3f} (least {min(shares):.2f})")


def _draw(rng: np.random.Generator, encoder: FakeEncoder) -> Compound:
    words = rng.choice(list(vocabulary()), rng.integers(2, 5), replace=False)
    return Compound(
        [Part(encoder.read(str(word)), float(rng.choice(WEIGHTS))) for word in words], encoder.bank
    )


def _best(feelings: Vectors, compound: Compound) -> set[int]:
    coherences = compound.coherence(compound.similarities(feelings))
    return set(np.argsort(-coherences, kind="stable")[:TOP].tolist())


def _found(best: set[int], order: Sequence[int]) -> list[float]:
    return [len(best & set(order[:candidates])) / TOP for candidates in CANDIDATES]
