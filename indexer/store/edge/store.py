"""A folder of the embedded engine. Only one process at a time can have it open; a second is told which."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import qdrant_edge as qdrant

from encoders.coherence import Array
from encoders.vectors import Vector, Vectors, stacked
from indexer.errors import IndexNotFoundError
from indexer.painting import may_be_id
from indexer.store.base import EVERYTHING, FACET_FIELDS, FacetField, Filter, Hit, Point, Quantization, Space
from indexer.store.checks import check_examples, check_limit, check_points
from indexer.store.edge.copying import copy_folder, size_on_disk
from indexer.store.edge.layout import CANDIDATES, CONFIG_FILE, EXACT, SEARCH, SEGMENTS, layout, read_layout
from indexer.store.edge.log import opened, with_empty_log
from indexer.store.edge.records import only, to_condition, to_hit, to_point, to_query, to_record, vector_of
from indexer.store.edge.refusals import explained, require_room
from indexer.store.holder import Hold

SPARE_HITS = 4  # that show whether ties go on beyond the limit
OVERSAMPLING = 2  # candidates by quantised vectors, of which the full ones choose
COPIES = 3  # of a vector while it is written: log, segment, optimised segment


class EdgeStore:
    """A folder of one Qdrant Edge shard. Obeys `indexer.store.base.Store`; survives `kill -9`.

    Writing raises OSError before the disk is full.
    """

    def __init__(
        self, shard: qdrant.EdgeShard, path: Path, sizes: Mapping[Space, int], quantization: Quantization
    ) -> None:
        self._shard = shard
        self._path = path
        self._sizes = sizes
        self.quantization = quantization
        self._hold = Hold(path)
        self._hold.take()

    @classmethod
    def create(
        cls,
        path: Path,
        look_size: int,
        feeling_size: int,
        *,
        quantization: Quantization = "none",
        segment: int | None = None,
    ) -> "EdgeStore":
        """Make an empty store in a folder that holds none yet; the folder remembers how it is kept.

        Whenever `segment` more points are in, they get a search graph (HNSW) and, if wanted, a quantised
        copy; the last of them, and all of a smaller store, are compared one by one, and so exactly.

        Raises:
            FileExistsError: the folder holds a store already.
            OSError: the disk is full or not writable.
        """
        if (path / CONFIG_FILE).exists():
            raise FileExistsError(f"{path} holds an index already; give another folder.")
        path.mkdir(parents=True, exist_ok=True)
        require_room(path, 0)
        sizes: dict[Space, int] = {"look": look_size, "feeling": feeling_size}
        config = layout(sizes, quantization, segment or SEGMENTS[quantization])
        with explained(path):
            shard = qdrant.EdgeShard.create(str(path), config)
            _index_payload(shard)  # before filling: the graph is then built with filters in mind
        return cls(shard, path, sizes, quantization)

    @classmethod
    def open(cls, path: Path) -> "EdgeStore":
        """Open what `create` made.

        Raises:
            IndexNotFoundError: there is no store in this folder.
            IndexBusyError: another process has it open.
            IndexFormatError: it is damaged.
            OSError: the disk is full, or its rights forbid it: opening writes to the folder.
        """
        if not (path / CONFIG_FILE).exists():
            raise IndexNotFoundError(f"No index in {path}; run `moodseum index build --paintings DIR` first.")
        with explained(path):
            sizes, quantization = read_layout(path)
            shard = opened(path)
        return cls(shard, path, sizes, quantization)

    @classmethod
    def open_copy(cls, path: Path, copy: Path) -> "EdgeStore":
        """Copy a store that nobody writes to any more, whoever has it open, into a new folder; open the copy.

        Raises:
            OSError: the disk has no room for it.
        """
        require_room(copy.parent, size_on_disk(path))
        copy_folder(path, copy)
        return cls.open(copy)

    def upsert(self, points: Sequence[Point]) -> None:
        check_points(points, self._sizes["look"], self._sizes["feeling"])
        if points:
            self._require_room_for(len(points) + self._most_rewritten())
            with explained(self._path):
                self._shard.update(qdrant.UpdateOperation.upsert_points([to_record(p) for p in points]))
                self._close_full_segments()

    def search(
        self, vector: Vector, *, space: Space = "feeling", limit: int, where: Filter = EVERYTHING
    ) -> list[Hit]:
        return self.recommend([vector], space=space, limit=limit, where=where)

    def recommend(
        self,
        positive: Sequence[Vector],
        negative: Sequence[Vector] = (),
        *,
        space: Space = "feeling",
        limit: int,
        where: Filter = EVERYTHING,
    ) -> list[Hit]:
        check_limit(limit)
        check_examples(positive, negative, self._sizes[space], space)
        answers = self._best(to_query(positive, negative, space), limit, where)
        answers.sort(key=lambda answer: (-answer.score, str(answer.id)))
        return [to_hit(answer, len(positive) + len(negative)) for answer in answers[:limit]]

    def get(self, ids: Sequence[str]) -> list[Point]:
        known: list[qdrant.PointId] = [id_ for id_ in ids if may_be_id(id_)]
        with explained(self._path):
            records = self._shard.retrieve(known, with_payload=True, with_vector=True)
        points = {str(record.id): to_point(record) for record in records}
        return [points[id_] for id_ in ids if id_ in points]

    def vectors(self, ids: Sequence[str], space: Space) -> Vectors:
        known: list[qdrant.PointId] = [id_ for id_ in ids if may_be_id(id_)]
        with explained(self._path):
            records = self._shard.retrieve(known, with_payload=False, with_vector=[space])
        found = {str(record.id): vector_of(record, space) for record in records}
        return stacked([found[id_] for id_ in ids], self._sizes[space])

    def similarities(self, ids: Sequence[str], vectors: Sequence[Vector], space: Space = "feeling") -> Array:
        if not ids:
            return np.empty((0, len(vectors)))
        those = only(ids)
        columns = [self._scores(to_query([vector], (), space), those, len(ids)) for vector in vectors]
        return np.array([[column[id_] for column in columns] for id_ in ids]).clip(-1, 1)

    def scan(
        self, batch_size: int = 1000, start: str | None = None, where: Filter = EVERYTHING
    ) -> Iterator[list[Point]]:
        offset: qdrant.PointId | None = start
        while True:
            request = qdrant.ScrollRequest(
                offset=offset,
                limit=batch_size,
                filter=to_condition(where),
                with_payload=True,
                with_vector=True,
            )
            with explained(self._path):
                records, offset = self._shard.scroll(request)
            if records:
                yield [to_point(record) for record in records]
            if offset is None:
                return

    def sample(self, most: int, space: Space = "feeling", where: Filter = EVERYTHING) -> Vectors:
        request = qdrant.ScrollRequest(
            limit=most, filter=to_condition(where), with_payload=False, with_vector=[space]
        )
        with explained(self._path):
            records, _ = self._shard.scroll(request)
        return stacked([vector_of(record, space) for record in records], self._sizes[space])

    def facet(self, field: FacetField, where: Filter = EVERYTHING) -> Mapping[str, int]:
        everything = max(self._shard.info().points_count, 1)
        counting = where != EVERYTHING  # of all points the payload index keeps count
        request = qdrant.FacetRequest(field, limit=everything, exact=counting, filter=to_condition(where))
        with explained(self._path):
            hits = self._shard.facet(request).hits
        counts = {str(hit.value): hit.count for hit in hits if hit.count}  # replaced values linger as 0
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def count(self, where: Filter = EVERYTHING) -> int:
        with explained(self._path):
            return self._shard.count(qdrant.CountRequest(exact=True, filter=to_condition(where)))

    def optimize(self) -> None:
        self._require_room_for(self.count())
        with explained(self._path):
            self._shard.optimize()
            self._shard.flush()
            self._shard = with_empty_log(self._shard, self._path)

    def close(self) -> None:
        self._shard.close()
        self._hold.release()

    def _require_room_for(self, points: int) -> None:
        require_room(self._path, points * 4 * sum(self._sizes.values()) * COPIES)

    def _most_rewritten(self) -> int:
        """How many points closing a segment may write anew."""
        return min(self._shard.info().points_count, SEGMENTS[self.quantization])

    def _close_full_segments(self) -> None:
        if self._shard.optimize():  # does nothing until one is full
            self._shard.flush()  # and lets go of its memory

    def _scores(self, query: qdrant.Query, those: qdrant.Filter, limit: int) -> Mapping[str, float]:
        """Of those points, by their ids."""
        request = qdrant.QueryRequest(limit=limit, query=query, filter=those, params=EXACT)
        with explained(self._path):
            return {str(answer.id): answer.score for answer in self._shard.query(request)}

    def _best(self, query: qdrant.Query, limit: int, where: Filter) -> list[qdrant.ScoredPoint]:
        """At least the `limit` best, and all that score as high as the last of them."""
        wanted = limit + SPARE_HITS
        while True:
            with explained(self._path):
                hits = self._shard.query(self._request(query, wanted, where))
            if len(hits) < wanted or hits[-1].score < hits[limit - 1].score:
                return hits
            wanted *= 2

    def _request(self, query: qdrant.Query, wanted: int, where: Filter) -> qdrant.QueryRequest:
        """Of quantised vectors all segments name the candidates, and only these are read from the disk."""
        condition = to_condition(where)
        if self.quantization == "none":
            return qdrant.QueryRequest(
                wanted, query=query, filter=condition, with_payload=True, params=SEARCH
            )
        candidates = qdrant.Prefetch(wanted * OVERSAMPLING, query, filter=condition, params=CANDIDATES)
        return qdrant.QueryRequest(
            wanted, query=query, prefetches=[candidates], with_payload=True, params=EXACT
        )


def _index_payload(shard: qdrant.EdgeShard) -> None:
    for field in FACET_FIELDS:
        shard.update(qdrant.UpdateOperation.create_field_index(field, qdrant.PayloadSchemaType.Keyword))
    shard.update(qdrant.UpdateOperation.create_field_index("year", qdrant.PayloadSchemaType.Integer))
