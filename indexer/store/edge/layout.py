"""How the embedded engine keeps vectors: in segments, quantised or not, and how it searches them."""

import json
from collections.abc import Mapping
from pathlib import Path

import qdrant_edge as qdrant

from indexer.store.base import Quantization, Space

CONFIG_FILE = "edge_config.json"  # the engine's own

# A segment is compared with point by point until it is full, and that is exact. A full one gets a search
# graph (HNSW) and its quantised copy while the store is being filled: so no more than one segment is ever
# read and written as a whole, however large the store grows.
SEGMENTS: Mapping[Quantization, int] = {"none": 100_000, "scalar": 25_000, "turbo": 25_000}

GRAPH = qdrant.HnswIndexConfig(m=16, ef_construct=64, full_scan_threshold=10_000)
NO_GRAPH = qdrant.HnswIndexConfig(m=0, ef_construct=100, full_scan_threshold=10_000)
SEARCH = qdrant.SearchParams(hnsw_ef=256)
# Smaller graphs need less. They do not rescore: each would read as many full vectors as all together need.
CANDIDATES = qdrant.SearchParams(hnsw_ef=128, quantization=qdrant.QuantizationSearchParams(rescore=False))
EXACT = qdrant.SearchParams(exact=True)


def layout(sizes: Mapping[Space, int], quantization: Quantization, segment: int) -> qdrant.EdgeConfig:
    """Looks lie on disk without a graph; of quantised feelings only the small copy is in memory.

    A segment is full at `segment` points.
    """
    cosine, cold = qdrant.Distance.Cosine, qdrant.Memory.Cold
    look = qdrant.EdgeVectorParams(sizes["look"], cosine, hnsw_config=NO_GRAPH, memory=cold)
    feeling = qdrant.EdgeVectorParams(
        sizes["feeling"],
        cosine,
        hnsw_config=GRAPH,
        memory=qdrant.Memory.Cached if quantization == "none" else cold,
        quantization_config=_quantized(quantization),
    )
    full = segment * 4 * max(sizes.values()) // 1024  # kilobytes of a segment's longer vectors
    optimizers = qdrant.EdgeOptimizersConfig(
        indexing_threshold=max(1, full),
        max_segment_size=max(1, full * 3 // 2),  # two full ones are never merged
    )
    return qdrant.EdgeConfig(vectors={"look": look, "feeling": feeling}, optimizers=optimizers)


def read_layout(path: Path) -> tuple[Mapping[Space, int], Quantization]:
    """The sizes and the quantisation of the store in a folder."""
    vectors = json.loads((path / CONFIG_FILE).read_text())["vectors"]
    quantized = vectors["feeling"].get("quantization_config")
    quantization: Quantization = next(iter(quantized)) if quantized else "none"
    return {"look": vectors["look"]["size"], "feeling": vectors["feeling"]["size"]}, quantization


def _quantized(
    quantization: Quantization,
) -> qdrant.ScalarQuantizationConfig | qdrant.TurboQuantQuantizationConfig | None:
    pinned = qdrant.Memory.Pinned
    if quantization == "scalar":
        return qdrant.ScalarQuantizationConfig(qdrant.ScalarType.Int8, quantile=0.99, memory=pinned)
    if quantization == "turbo":
        return qdrant.TurboQuantQuantizationConfig(bits=qdrant.TurboQuantBitSize.Bits4, memory=pinned)
    return None
