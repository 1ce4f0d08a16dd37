"""The embedded store: Qdrant Edge, the engine of a Qdrant server inside this process.

Only one process at a time can have a folder open; a second is told which.
"""

import contextlib
import errno
import json
import os
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import qdrant_edge as qdrant

from encoders.errors import MoodseumError
from encoders.vectors import Vector
from indexer.errors import IndexBusyError, IndexFormatError, IndexNotFoundError
from indexer.points import Payload, duplicate_of, fingerprint_of, to_painting, to_payload
from indexer.store.base import EVERYTHING, FacetField, Filter, Hit, Point, Space
from indexer.store.checks import check_limit, check_points, check_vector
from indexer.store.holder import Hold, holder_of

CONFIG_FILE = "edge_config.json"  # the engine's own
LOCKED = "WouldBlock"
SYSTEM_ERROR = re.compile(r"\(os error (\d+)\)")
NO_DAMAGE = frozenset((errno.EACCES, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EROFS))
SPACES: tuple[Space, Space] = ("look", "feeling")
KEYWORDS: tuple[FacetField, ...] = ("style", "artist", "genre")
SPARE_HITS = 16
RESERVE = 128 * 2**20
COPIES = 3  # of a vector while it is written: log, segment, optimised segment

# Words lie outside the cloud of paintings, where a graph finds 93 of 100 true neighbours at ef 128 and 99.5
# at ef 512. Comparing with all of 80,000 feelings of 512 numbers takes 9 ms, so the graph waits until a
# comparison with all would cost more than its errors. Looks are compared one by one at any size.
GRAPH_FROM_KILOBYTES = 400_000  # 200,000 feelings of 512 numbers
NO_GRAPH = qdrant.HnswIndexConfig(m=0, ef_construct=100, full_scan_threshold=10_000)
SEARCH = qdrant.SearchParams(hnsw_ef=512)


class EdgeStore:
    """A folder of one Qdrant Edge shard. Obeys `indexer.store.base.Store`; survives `kill -9`.

    Writing raises OSError before the disk is full.
    """

    def __init__(self, shard: qdrant.EdgeShard, path: Path, look_size: int, feeling_size: int) -> None:
        self._shard = shard
        self._path = path
        self._sizes: dict[Space, int] = {"look": look_size, "feeling": feeling_size}
        self._hold = Hold(path)
        self._hold.take()

    @classmethod
    def create(
        cls, path: Path, look_size: int, feeling_size: int, graph_from: int = GRAPH_FROM_KILOBYTES
    ) -> "EdgeStore":
        """Make an empty store in a folder that holds none yet.

        From `graph_from` kilobytes of feelings on, optimising builds a search graph (HNSW); below,
        searching compares with all and is exact.

        Raises:
            FileExistsError: the folder holds a store already.
            OSError: the disk is full or not writable.
        """
        if (path / CONFIG_FILE).exists():
            raise FileExistsError(f"{path} holds an index already; give another folder.")
        path.mkdir(parents=True, exist_ok=True)
        _require_room(path, 0)
        cosine = qdrant.Distance.Cosine
        look = qdrant.EdgeVectorParams(look_size, cosine, hnsw_config=NO_GRAPH, memory=qdrant.Memory.Cold)
        feeling = qdrant.EdgeVectorParams(feeling_size, cosine)
        optimizers = qdrant.EdgeOptimizersConfig(indexing_threshold=graph_from)
        config = qdrant.EdgeConfig(vectors={"look": look, "feeling": feeling}, optimizers=optimizers)
        shard = qdrant.EdgeShard.create(str(path), config)
        _index_payload(shard)  # before filling: the graph is then built with filters in mind
        return cls(shard, path, look_size, feeling_size)

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
        try:
            vectors = json.loads((path / CONFIG_FILE).read_text())["vectors"]
            shard = qdrant.EdgeShard.load(str(path))
        except Exception as error:  # the engine raises nothing more exact
            raise _open_error(path, str(error)) from error
        return cls(shard, path, vectors["look"]["size"], vectors["feeling"]["size"])

    @classmethod
    def open_copy(cls, path: Path, copy: Path) -> "EdgeStore":
        """Copy a store that nobody writes to any more, whoever has it open, into a new folder; open the copy.

        Raises:
            OSError: the disk has no room for it.
        """
        _require_room(copy.parent, sum(file.stat().st_size for file in path.rglob("*")))
        shutil.copytree(path, copy)
        return cls.open(copy)

    def upsert(self, points: Sequence[Point]) -> None:
        check_points(points, self._sizes["look"], self._sizes["feeling"])
        if points:
            self._require_room_for(len(points))
            self._shard.update(qdrant.UpdateOperation.upsert_points([_to_record(p) for p in points]))

    def search(
        self, vector: Vector, *, space: Space = "feeling", limit: int, where: Filter = EVERYTHING
    ) -> list[Hit]:
        check_limit(limit)
        check_vector(vector, self._sizes[space], space)
        query = qdrant.Query.Nearest(vector.tolist(), using=space)
        hits = sorted(self._nearest(query, limit, where), key=lambda hit: (-hit.score, str(hit.id)))
        return [_to_hit(hit) for hit in hits[:limit]]

    def get(self, ids: Sequence[str]) -> list[Point]:
        known: list[qdrant.PointId] = [id_ for id_ in ids if _is_uuid(id_)]
        with _readable(self._path):
            records = self._shard.retrieve(known, with_payload=True, with_vector=True)
        points = {str(record.id): _to_point(record) for record in records}
        return [points[id_] for id_ in ids if id_ in points]

    def scan(self, batch_size: int = 1000) -> Iterator[list[Point]]:
        offset: qdrant.PointId | None = None
        while True:
            request = qdrant.ScrollRequest(
                offset=offset, limit=batch_size, with_payload=True, with_vector=True
            )
            with _readable(self._path):
                records, offset = self._shard.scroll(request)
            if records:
                yield [_to_point(record) for record in records]
            if offset is None:
                return

    def facet(self, field: FacetField, where: Filter = EVERYTHING) -> Mapping[str, int]:
        everything = max(self.count(), 1)
        request = qdrant.FacetRequest(field, limit=everything, exact=True, filter=_to_condition(where))
        with _readable(self._path):
            hits = self._shard.facet(request).hits
        counts = {str(hit.value): hit.count for hit in hits if hit.count}  # replaced values linger as 0
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def count(self, where: Filter = EVERYTHING) -> int:
        with _readable(self._path):
            return self._shard.count(qdrant.CountRequest(exact=True, filter=_to_condition(where)))

    def optimize(self) -> None:
        self._require_room_for(self.count())
        self._shard.optimize()
        self._shard.flush()

    def close(self) -> None:
        self._shard.close()
        self._hold.release()

    def _require_room_for(self, points: int) -> None:
        _require_room(self._path, points * 4 * sum(self._sizes.values()) * COPIES)

    def _nearest(self, query: qdrant.Query, limit: int, where: Filter) -> list[qdrant.ScoredPoint]:
        """At least the `limit` nearest, and all that are as near as the last of them."""
        wanted = limit + SPARE_HITS
        while True:
            request = qdrant.QueryRequest(
                limit=wanted, query=query, filter=_to_condition(where), with_payload=True, params=SEARCH
            )
            with _readable(self._path):
                hits = self._shard.query(request)
            if len(hits) < wanted or hits[-1].score < hits[limit - 1].score:
                return hits
            wanted *= 2


def _require_room(folder: Path, size: int) -> None:
    """Refuse in time: on a full disk the engine's memory maps would kill the process without a word."""
    if shutil.disk_usage(folder).free < size + RESERVE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # the engine raises nothing more exact
        raise _open_error(path, str(error)) from error


def _open_error(path: Path, reason: str) -> MoodseumError | OSError:
    if LOCKED in reason:
        holder = holder_of(path) or "Another process"
        return IndexBusyError(
            f"{holder} has the index in {path} open; wait until it has ended, stop it, "
            "or, if it is `moodseum serve`, ask it over HTTP."
        )
    refused = SYSTEM_ERROR.search(reason)
    if refused and (number := int(refused[1])) in NO_DAMAGE:
        return OSError(number, os.strerror(number), str(path))
    return IndexFormatError(
        f"The index in {path} is damaged ({reason}); remove it and run `moodseum index build` again."
    )


def _index_payload(shard: qdrant.EdgeShard) -> None:
    for field in KEYWORDS:
        shard.update(qdrant.UpdateOperation.create_field_index(field, qdrant.PayloadSchemaType.Keyword))
    shard.update(qdrant.UpdateOperation.create_field_index("year", qdrant.PayloadSchemaType.Integer))


def _to_condition(where: Filter) -> qdrant.Filter | None:
    conditions = [
        qdrant.FieldCondition(field, match=qdrant.MatchAny(list(values)))
        for field in KEYWORDS
        if (values := getattr(where, field))
    ]
    if where.year_from is not None or where.year_to is not None:
        years = qdrant.RangeFloat(gte=where.year_from, lte=where.year_to)
        conditions.append(qdrant.FieldCondition("year", range=years))
    return qdrant.Filter(must=list(conditions)) if conditions else None


def _to_record(point: Point) -> qdrant.Point:
    vectors = {"look": point.look.tolist(), "feeling": point.feeling.tolist()}
    payload = to_payload(point.painting, point.fingerprint, point.duplicate_of)
    return qdrant.Point(point.painting.id, vectors, payload)


def _to_point(record: qdrant.Record) -> Point:
    payload = _payload(record)
    vectors = cast("dict[Space, list[float]]", record.vector)
    look, feeling = (np.array(vectors[space], np.float32) for space in SPACES)
    return Point(to_painting(payload), look, feeling, fingerprint_of(payload), duplicate_of(payload))


def _to_hit(hit: qdrant.ScoredPoint) -> Hit:
    payload = _payload(hit)
    return Hit(to_painting(payload), min(1.0, max(-1.0, hit.score)), duplicate_of(payload))


def _payload(answer: qdrant.Record | qdrant.ScoredPoint) -> Payload:
    return cast("Payload", answer.payload)


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
