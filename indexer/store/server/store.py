"""The store of a Qdrant server or cluster: one collection holds the points of one build."""

import time
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from qdrant_client import QdrantClient, models

from encoders.coherence import Array
from encoders.vectors import Vector, Vectors, stacked
from indexer.errors import IndexNotFoundError, ServerError
from indexer.painting import may_be_id
from indexer.store.base import EVERYTHING, FACET_FIELDS, FacetField, Filter, Hit, Point, Quantization, Space
from indexer.store.checks import check_examples, check_limit, check_points
from indexer.store.server.connection import answering
from indexer.store.server.records import (
    to_condition,
    to_hit,
    to_point,
    to_query,
    to_record,
    vector_of,
)
from indexer.store.server.settings import ServerSettings
from indexer.store.similarity import all_cosines, preferences

SPARE_HITS = 16
ROUNDING = 1e-5  # how far two engines' scores of the same vectors may lie apart
BATCH = 500
PATIENCE = 0.2

# As in the embedded store, a segment below this size is compared with all, and so exactly. It is not
# quantised either, and its vectors on disk are slow to compare with: so quantised ones begin earlier.
GRAPH_FROM_KILOBYTES: Mapping[Quantization, int] = {"none": 400_000, "scalar": 50_000, "turbo": 50_000}
NO_GRAPH = models.HnswConfigDiff(m=0)
OVERSAMPLING = 2.0
SEARCH_EF = 512
RESCORED = models.SearchParams(
    hnsw_ef=SEARCH_EF,
    quantization=models.QuantizationSearchParams(rescore=True, oversampling=OVERSAMPLING),
)
STRICT = models.StrictModeConfig(
    enabled=True,
    unindexed_filtering_retrieve=False,
    unindexed_filtering_update=False,
    search_max_hnsw_ef=SEARCH_EF,
    search_max_oversampling=OVERSAMPLING,
    upsert_max_batchsize=BATCH,
)


class ServerStore:
    """A collection. Obeys `indexer.store.base.Store`; the client stays with whoever gave it.

    Similarities are computed here from full vectors, so quantisation changes no score and equal
    paintings are equal on every engine. All methods raise ServerError where the server does not answer.
    """

    def __init__(self, client: QdrantClient, url: str, collection: str, sizes: Mapping[Space, int]) -> None:
        self._client = client
        self._url = url
        self._collection = collection
        self._sizes = sizes

    @classmethod
    def create(
        cls,
        client: QdrantClient,
        settings: ServerSettings,
        collection: str,
        sizes: Mapping[Space, int],
        quantization: Quantization,
        metadata: Mapping[str, object],
    ) -> "ServerStore":
        """Make an empty collection that carries the metadata.

        Raises:
            FileExistsError: there is one of this name.
        """
        with answering(settings.url):
            if client.collection_exists(collection):
                raise FileExistsError(f"{settings.url} has a collection {collection} already.")
            client.create_collection(
                collection,
                vectors_config=_vectors(sizes, quantization),
                shard_number=settings.shards,
                replication_factor=settings.replicas,
                write_consistency_factor=settings.consistency,
                optimizers_config=models.OptimizersConfigDiff(
                    indexing_threshold=GRAPH_FROM_KILOBYTES[quantization]
                ),
                strict_mode_config=STRICT,
                metadata=dict(metadata),
            )
            _index_payload(client, collection)  # before filling: graphs are then built with filters in mind
        return cls(client, settings.url, collection, sizes)

    @classmethod
    def open(cls, client: QdrantClient, url: str, collection: str) -> "ServerStore":
        """Open what `create` made; raises IndexNotFoundError where there is no such collection."""
        with answering(url):
            if not client.collection_exists(collection):
                raise IndexNotFoundError(
                    f"The Qdrant server at {url} has no collection {collection}; "
                    f"`moodseum index copy --to {url}` brings a build there."
                )
            vectors = client.get_collection(collection).config.params.vectors
        assert isinstance(vectors, Mapping)
        sizes: dict[Space, int] = {"look": vectors["look"].size, "feeling": vectors["feeling"].size}
        return cls(client, url, collection, sizes)

    def upsert(self, points: Sequence[Point]) -> None:
        check_points(points, self._sizes["look"], self._sizes["feeling"])
        latest = list({point.painting.id: point for point in points}.values())
        for start in range(0, len(latest), BATCH):
            records = [to_record(point) for point in latest[start : start + BATCH]]
            with answering(self._url):
                self._client.upsert(self._collection, records, wait=True)

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
        answers = self._best(to_query(positive, negative), space, limit, where)
        if not answers:
            return []
        vectors = np.stack([vector_of(answer, space) for answer in answers])
        similarities = preferences(vectors, positive, negative)
        hits = [to_hit(*pair) for pair in zip(answers, similarities.tolist(), strict=True)]
        return sorted(hits, key=lambda hit: (-hit.similarity, hit.painting.id))[:limit]

    def get(self, ids: Sequence[str]) -> list[Point]:
        known = [id_ for id_ in ids if may_be_id(id_)]
        with answering(self._url):
            records = self._client.retrieve(self._collection, known, with_payload=True, with_vectors=True)
        points = {str(record.id): to_point(record) for record in records}
        return [points[id_] for id_ in ids if id_ in points]

    def vectors(self, ids: Sequence[str], space: Space) -> Vectors:
        known = [id_ for id_ in ids if may_be_id(id_)]
        with answering(self._url):
            records = self._client.retrieve(self._collection, known, with_payload=False, with_vectors=[space])
        found = {str(record.id): vector_of(record, space) for record in records}
        return stacked([found[id_] for id_ in ids], self._sizes[space])

    def similarities(self, ids: Sequence[str], vectors: Sequence[Vector], space: Space = "feeling") -> Array:
        return all_cosines(self.vectors(ids, space), vectors)

    def scan(
        self, batch_size: int = 1000, start: str | None = None, where: Filter = EVERYTHING
    ) -> Iterator[list[Point]]:
        offset: models.ExtendedPointId | None = start
        while True:
            with answering(self._url):
                records, offset = self._client.scroll(
                    self._collection,
                    to_condition(where),
                    limit=batch_size,
                    offset=offset,
                    with_payload=True,
                    with_vectors=True,
                )
            if records:
                yield [to_point(record) for record in records]
            if offset is None:
                return

    def sample(self, most: int, space: Space = "feeling", where: Filter = EVERYTHING) -> Vectors:
        with answering(self._url):
            records, _ = self._client.scroll(
                self._collection,
                to_condition(where),
                limit=most,
                with_payload=False,
                with_vectors=[space],
            )
        return stacked([vector_of(record, space) for record in records], self._sizes[space])

    def facet(self, field: FacetField, where: Filter = EVERYTHING) -> Mapping[str, int]:
        everything = max(self.count(), 1)
        with answering(self._url):
            hits = self._client.facet(
                self._collection, field, to_condition(where), limit=everything, exact=True
            ).hits
        counts = {str(hit.value): hit.count for hit in hits if hit.count}
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def count(self, where: Filter = EVERYTHING) -> int:
        with answering(self._url):
            return self._client.count(self._collection, to_condition(where), exact=True).count

    def optimize(self) -> None:
        """Wait until the server, which optimises on its own, is done."""
        while (status := self._status()) is models.CollectionStatus.YELLOW:
            time.sleep(PATIENCE)
        if status is models.CollectionStatus.RED:
            raise ServerError(
                f"The Qdrant server at {self._url} failed to optimise {self._collection}; its log tells why."
            )

    def close(self) -> None:
        pass

    def _status(self) -> models.CollectionStatus:
        with answering(self._url):
            return self._client.get_collection(self._collection).status

    def _best(
        self,
        query: models.NearestQuery | models.RecommendQuery,
        space: Space,
        limit: int,
        where: Filter,
    ) -> list[models.ScoredPoint]:
        """At least the `limit` best, and all that score as high as the last of them."""
        wanted = limit + SPARE_HITS
        while True:
            with answering(self._url):
                answers = self._client.query_points(
                    self._collection,
                    query=query,
                    using=space,
                    limit=wanted,
                    query_filter=to_condition(where),
                    search_params=RESCORED,
                    with_payload=True,
                    with_vectors=[space],
                ).points
            if len(answers) < wanted or answers[-1].score < answers[limit - 1].score - ROUNDING:
                return answers
            wanted *= 2


def _vectors(sizes: Mapping[Space, int], quantization: Quantization) -> dict[str, models.VectorParams]:
    """Looks lie on disk without a graph; feelings in memory, of quantised ones only the small copy."""
    cold, cosine = models.Memory.COLD, models.Distance.COSINE
    return {
        "look": models.VectorParams(size=sizes["look"], distance=cosine, hnsw_config=NO_GRAPH, memory=cold),
        "feeling": models.VectorParams(
            size=sizes["feeling"],
            distance=cosine,
            memory=models.Memory.CACHED if quantization == "none" else cold,
            quantization_config=_quantized(quantization),
        ),
    }


def _quantized(quantization: Quantization) -> models.ScalarQuantization | models.TurboQuantization | None:
    pinned = models.Memory.PINNED
    if quantization == "scalar":
        config = models.ScalarQuantizationConfig(type=models.ScalarType.INT8, quantile=0.99, memory=pinned)
        return models.ScalarQuantization(scalar=config)
    if quantization == "turbo":
        bits = models.TurboQuantBitSize.BITS4
        return models.TurboQuantization(turbo=models.TurboQuantQuantizationConfig(bits=bits, memory=pinned))
    return None


def _index_payload(client: QdrantClient, collection: str) -> None:
    for field in FACET_FIELDS:
        client.create_payload_index(collection, field, models.PayloadSchemaType.KEYWORD, wait=True)
    client.create_payload_index(collection, "year", models.PayloadSchemaType.INTEGER, wait=True)
