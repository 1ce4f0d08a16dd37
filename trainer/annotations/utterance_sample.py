"""Keeps a random sample of utterances while any number of them passes by."""

import numpy as np
import pandas as pd

from trainer.annotations.annotations import Counts, Utterance

UTTERANCES_KEPT = 500_000
"""All of ArtEmis' 454,684."""
SLACK = 1.25
"""How many times as many wait before some are dropped."""


class UtteranceSample:
    """At most `most` of the utterances that are added, every one of them with the same chance.

    Each row of a file draws a number that depends on the row's own number alone, and the smallest draws stay
    (bottom-k sampling; Cohen & Kaplan, 2007). So the same file gives the same sample, however many of its
    rows are added at a time.
    """

    def __init__(self, most: int = UTTERANCES_KEPT) -> None:
        self.heard = 0
        """How many were added."""
        self._most = most
        self._kept: list[pd.DataFrame] = []
        self._bound = np.uint64(np.iinfo(np.uint64).max)
        """No draw above it stays."""

    def add(self, paintings: Counts, emotions: Counts, texts: "pd.Series[str]") -> None:
        """Utterances (m,); the texts are indexed by the numbers of their rows."""
        said = pd.DataFrame({"painting": paintings, "emotion": emotions, "text": texts})
        said["draw"] = pd.util.hash_array(said.index.to_numpy(np.uint64))  # one to one: no two are equal
        self.heard += len(said)
        self._kept.append(said[said["draw"] <= self._bound])
        if sum(map(len, self._kept)) > SLACK * self._most:
            self._drop()

    def utterances(self) -> tuple[Utterance, ...]:
        """The sample in the order of the file."""
        if not self._kept:
            return ()
        self._drop()
        [said] = self._kept
        columns = (said[name].tolist() for name in ("painting", "emotion", "text"))
        return tuple(Utterance(*cells) for cells in zip(*columns, strict=True))

    def _drop(self) -> None:
        said = pd.concat(self._kept)
        if len(said) > self._most:
            self._bound = np.partition(said["draw"].to_numpy(), self._most - 1)[self._most - 1]
        self._kept = [said[said["draw"] <= self._bound]]
