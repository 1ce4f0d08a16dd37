"""Those who look at every point of a build once and then say whether it is as it should be."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from encoders.encoder import Encoder
from encoders.vectors import Vectors
from indexer.errors import SourceError
from indexer.shelves.manifest import Manifest
from indexer.shelves.skips import printable
from indexer.sources.changes import Contents, Record, records
from indexer.sources.opening import open_again
from indexer.sources.reading import BATCH_SIZE, read_ahead
from indexer.sources.streaming import in_batches
from indexer.store.base import FACET_FIELDS, FacetField, Point, Store

SAME_VECTOR = 0.999
"""Cosine from which on two vectors are of the same picture: bfloat16 keeps 0.9999."""

HITS = 12
RECALL = 0.99
TIE = 1e-5
"""Similarities that differ by less are equal: stores sum in another order."""

CANARIES = (
    *("amusement", "awe", "contentment", "excitement", "anger", "disgust", "fear", "sadness"),
    *("melancholy", "serenity", "loneliness", "tenderness", "menace", "longing", "boredom", "hope"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and in a phrase what was found."""

    name: str
    passed: bool
    found: str


class Examiner(Protocol):
    """Sees every point of a store once, in batches, and concludes."""

    def see(self, points: Sequence[Point]) -> None: ...

    def conclude(self, store: Store) -> Check: ...


class CountExaminer:
    """Are there as many points as were indexed?"""

    def __init__(self, manifest: Manifest) -> None:
        self._indexed = manifest.indexed
        self._seen = 0

    def see(self, points: Sequence[Point]) -> None:
        self._seen += len(points)

    def conclude(self, store: Store) -> Check:
        found = {self._seen, store.count()}
        told = " or ".join(f"{count:,}" for count in sorted(found))
        return Check("count", found == {self._indexed}, f"{told} points, {self._indexed:,} were indexed")


class IdExaminer:
    """Are they the very paintings that were indexed, each found under its id?"""

    def __init__(self, manifest: Manifest) -> None:
        self._stored = manifest.stored
        self._contents = Contents()

    def see(self, points: Sequence[Point]) -> None:
        for point in points:
            self._contents.add(Record(point.painting, point.fingerprint))

    def conclude(self, store: Store) -> Check:
        if not self._stored:
            return Check("ids", True, "not recorded by the Moodseum that made this build")
        same = self._contents.digest == self._stored
        return Check("ids", same, "those that were indexed" if same else "not those that were indexed")


class FacetExaminer:
    """Does the store count its styles, artists and genres as they are? What filters and lists rely on."""

    def __init__(self) -> None:
        self._counts: Mapping[FacetField, Counter[str]] = {field: Counter() for field in FACET_FIELDS}

    def see(self, points: Sequence[Point]) -> None:
        for field, counts in self._counts.items():
            counts.update(value for point in points if (value := getattr(point.painting, field)) is not None)

    def conclude(self, store: Store) -> Check:
        wrong = [field for field, counts in self._counts.items() if store.facet(field) != counts]
        told = f"{' and '.join(wrong or FACET_FIELDS)} counted {'wrongly' if wrong else 'rightly'}"
        return Check("facets", not wrong, told)


class SourceExaminer:
    """What has come to the source and gone from it since? That is told, and never wrong of the build.

    `skipped` are the keys of what was left out of the build.
    """

    def __init__(self, manifest: Manifest, skipped: Set[str]) -> None:
        self._source = manifest.source
        self._skipped = skipped
        self._ids: set[str] = set()

    def see(self, points: Sequence[Point]) -> None:
        self._ids.update(point.painting.id for point in points)

    def conclude(self, store: Store) -> Check:
        try:
            source = open_again(self._source)
            there = {painting.id for painting in source if printable(painting.key) not in self._skipped}
        except SourceError as error:
            return Check("source", True, str(error))
        new, gone = len(there - self._ids), len(self._ids - there)
        told = f"{new:,} are new and {gone:,} gone since" if new or gone else "the same paintings as then"
        return Check("source", True, told)


class FeelingExaminer:
    """Is every feeling what the model makes of its look?"""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._seen = self._same = 0

    def see(self, points: Sequence[Point]) -> None:
        expected = self._encoder.feeling(np.stack([point.look for point in points]))
        cosines = np.sum(expected * np.stack([point.feeling for point in points]), axis=1)
        self._seen += len(points)
        self._same += int(np.sum(cosines >= SAME_VECTOR))

    def conclude(self, store: Store) -> Check:
        told = f"{self._same:,} of {self._seen:,} are what the model makes of the looks"
        return Check("feelings", self._same == self._seen, told)


class LookExaminer:
    """Are the looks of a sample those of its image files?

    A file that has changed since and looks different now says nothing; that all have is no proof.
    """

    def __init__(self, manifest: Manifest, encoder: Encoder, sample: int) -> None:
        indexed = manifest.indexed
        self._places = set(random.Random(manifest.build).sample(range(indexed), min(sample, indexed)))
        self._encoder = encoder
        self._seen = 0
        self._sample: dict[str, Point] = {}

    def see(self, points: Sequence[Point]) -> None:
        for place, point in enumerate(points, start=self._seen):
            if place in self._places:
                self._sample[point.painting.key] = point
        self._seen += len(points)

    def conclude(self, store: Store) -> Check:
        cosines = list(self._cosines())
        changed = len(self._sample) - len(cosines)
        if not cosines:
            return Check("looks", False, f"the files of all {changed} that were tried have changed or gone")
        told = f"{len(cosines)} embedded anew, least cosine {min(cosines):.4f}"
        told += f"; the files of {changed} more have changed or gone" if changed else ""
        return Check("looks", min(cosines) >= SAME_VECTOR, told)

    def _cosines(self) -> Iterator[float]:
        """Between look and file, of those files that are what they were."""
        found = records(point.painting for point in self._sample.values())
        with closing(read_ahead(found, lambda record, error: None)) as readings:
            for batch in in_batches(readings, BATCH_SIZE, lambda reading: reading.pixels):
                looks = self._encoder.look([reading.image for reading in batch])
                for reading, look in zip(batch, looks, strict=True):
                    point = self._sample[reading.record.painting.key]
                    cosine = float(look @ point.look)
                    if cosine >= SAME_VECTOR or reading.record.fingerprint == point.fingerprint:
                        yield cosine


class RecallExaminer:
    """Does the store find the paintings that are truly nearest to some words?"""

    def __init__(self, encoder: Encoder) -> None:
        self._queries: Vectors = np.stack([encoder.read(word).vector for word in CANARIES])  # (q, d')
        self._nearest: npt.NDArray[np.float32] = np.empty((len(CANARIES), 0), np.float32)

    def see(self, points: Sequence[Point]) -> None:
        feelings = np.stack([point.feeling for point in points])  # (n, d')
        similarities = np.hstack([self._nearest, self._queries @ feelings.T])
        self._nearest = np.sort(similarities, axis=1)[:, -HITS:]  # (q, 12), the nearest last

    def conclude(self, store: Store) -> Check:
        if not self._nearest.size:
            return Check("canaries", False, "there is no painting to find")
        found = 0
        for query, nearest in zip(self._queries, self._nearest, strict=True):
            hits = store.search(query, limit=HITS)
            found += sum(hit.similarity >= nearest[0] - TIE for hit in hits)
        recall = float(found / self._nearest.size)
        return Check("canaries", recall >= RECALL, f"recall@{HITS} {recall:.3f} of {len(CANARIES)} words")
