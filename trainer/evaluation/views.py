"""What a page shows of figures: lanes under headings, and how paintings crowd."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.calibration.trust import COHERENCE, PER_EMOTION, RESCALED_COSINE, SEEN, TrustByScale
from trainer.evaluation import report
from trainer.evaluation.lanes import Lane, lane
from trainer.evaluation.protocol import Evaluation
from trainer.evaluation.transfer import BY_EMOTION, Transfer
from trainer.metrics.bootstrap import Figure, Figures

ABOUT = {
    "accuracy_dominant": "How often the first choice is what more than half of the viewers named.",
    "spearman": "Whether a word ranks paintings as its votes do: 0 is chance, 1 the same order.",
    "spearman_of_ceiling": "The same, as the part of what the votes of so few viewers let anyone reach.",
    "auroc_any_vote": "The chance that a painting that somebody named it for scores above one without.",
    "ndcg_at_100": "How much of a word's votes its first hundred paintings gather, of all they could.",
    "kl": "How far the chances are from the votes' shares, in nats.",
    "ece": "How far chances are from how often viewers name the word, on average.",
    "brier": "The squared error of the chances, summed over the words.",
    "brier_per_word": "The squared error of the chances, the mean over words.",
    "hubness": "Whether a few paintings crowd the answers to all words; 0 where none does.",
}
SCALE_NAMES = {
    COHERENCE: "coherence",
    RESCALED_COSINE: "rescaled cosine",
    PER_EMOTION: "fitted by emotion",
}
CROWDS = (0, 1, 2, 4, 8, 16, 32)
"""From how many words on."""


@dataclass(frozen=True, slots=True)
class Section:
    """Lanes under one heading."""

    title: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """The paintings that are near so many words, as a share of all, by contender."""

    words: str
    shares: Mapping[str, float]

    @property
    def largest(self) -> float:
        return max(self.shares.values())


def sections(evaluation: Evaluation) -> list[Section]:
    """One for each part in which there are figures: a lane for each measure, on it all contenders."""
    return [_section(evaluation, part) for part in report.parts(evaluation)]


def by_word(words: Mapping[str, Figures], unseen: Container[str]) -> list[Lane]:
    """One lane for each measure, on it all words, those that are unseen in another colour."""
    measures = next(iter(words.values()))
    colours = [int(word in unseen) for word in words]
    return [lane(name, {word: its[name] for word, its in words.items()}, colours) for name in measures]


def trust_lanes(trust: Mapping[str, TrustByScale]) -> list[Lane]:
    """One lane for each of two errors, on it all scales and groups of words; a scale keeps its colour."""
    both = [(scale, group) for group, its in trust.items() for scale in its]
    names = [SCALE_NAMES[scale] + (f", {group}" if len(trust) > 1 else "") for scale, group in both]
    colours = [list(SCALE_NAMES).index(scale) for scale, _ in both]
    found = [trust[group][scale] for scale, group in both]
    errors = {
        "ece": [one.ece for one in found],
        "brier_per_word": [one.brier_per_word for one in found],
    }
    return [lane(name, dict(zip(names, figures, strict=True)), colours) for name, figures in errors.items()]


def by_group(groups: Mapping[str, Figures]) -> list[Lane]:
    """One lane for each measure, on it all groups of words."""
    return [_group_lane(groups, name) for name in groups[SEEN]] if groups else []


def transfer_lanes(transfer: Transfer) -> list[Lane]:
    """One lane for each measure: seen, unseen, their harmonic mean, untrained; the gain is noted beside."""
    groups = {
        "seen": transfer.seen,
        "unseen": transfer.unseen,
        "harmonic": transfer.harmonic,
        "untrained": transfer.untrained,
    }
    return [_group_lane(groups, name, _gained(transfer.gain[name])) for name in BY_EMOTION]


def crowds(occurrences: Mapping[str, npt.NDArray[np.int64]]) -> list[Crowd]:
    """How many paintings are near how many words, from each contender's occurrences (n,)."""
    edges = [*CROWDS, np.iinfo(np.int64).max]
    shares = {name: np.histogram(its, edges)[0] / len(its) for name, its in occurrences.items()}
    return [
        Crowd(label, {name: float(its[place]) for name, its in shares.items()})
        for place, label in enumerate(_labels(edges))
    ]


def _section(evaluation: Evaluation, part: str) -> Section:
    contenders = [one.contender for one in evaluation.standings]
    rows = report.rows(evaluation, part).items()
    lanes = (lane(name, dict(zip(contenders, its, strict=True))) for name, its in rows)
    return Section(report.title(evaluation, part), tuple(lanes))


def _group_lane(groups: Mapping[str, Figures], name: str, note: str = "") -> Lane:
    """Those groups that have the measure, each in its own colour."""
    shown = {group: its[name] for group, its in groups.items() if name in its}
    return lane(name, shown, [list(groups).index(group) for group in shown], note)


def _gained(gain: Figure) -> str:
    return f"Unseen minus untrained: {gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})."


def _labels(edges: list[int]) -> list[str]:
    """ "0", "1", "2 to 3", ..., "32 and more"."""
    ends = [edge - 1 for edge in edges[1:-1]]
    ranges = zip(edges, ends, strict=False)
    return [
        *(str(start) if start == end else f"{start} to {end}" for start, end in ranges),
        f"{edges[-2]} and more",
    ]
