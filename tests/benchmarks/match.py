"""Telling words that name a feeling from words that do not."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from encoders.backbone import load_backbone
from encoders.words.prompts import Prompts
from search_api.answering.matching import Matcher
from tests.benchmarks.timing import row, seconds
from tests.matching_model import model_that_knows
from tests.word_kinds import FRESH, LOOKED_AT, Kinds

Scores = npt.NDArray[np.float64]


def measure_match(_: Path) -> None:
    """Hits and false alarms of the match with MiniLM as the text side, on words that it was not fitted to."""
    model = model_that_knows(load_backbone("palette"), Prompts(), (*LOOKED_AT.all, *FRESH.all))
    matcher = Matcher(model)
    print("\nMatch: feelings outside the vocabulary, everyday words, nonsense; MiniLM, heads untrained")
    row("fit, all vectors kept with the model", f"{seconds(lambda: matcher.discriminant):8.2f} s")
    _show(matcher, "looked at while choosing thresholds", LOOKED_AT)
    _show(matcher, "written after", FRESH)


def _show(matcher: Matcher, name: str, kinds: Kinds) -> None:
    print(f"  {name}")
    feelings = _scores(matcher, kinds.feelings)
    for kind in ("feelings", "everyday", "nonsense"):
        words = getattr(kinds, kind)
        matches = [matcher.match(word) for word in words]
        rates = "   ".join(
            f"{match} {matches.count(match) / len(words):5.3f}" for match in ("strong", "weak", "none")
        )
        row(f"  {len(words)} {kind}", rates)
        if kind != "feelings":
            row(f"  AUROC of feelings against {kind}", f"{auroc(feelings, _scores(matcher, words)):8.3f}")


def _scores(matcher: Matcher, words: Sequence[str]) -> Scores:
    return np.array([matcher.score(word) for word in words])


def auroc(higher: Scores, lower: Scores) -> float:
    """The chance that one of the first scores above one of the second; ties count half."""
    differences = np.subtract.outer(higher, lower)
    return float((differences > 0).mean() + (differences == 0).mean() / 2)
