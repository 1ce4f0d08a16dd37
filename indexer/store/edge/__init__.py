"""The embedded store: Qdrant Edge, the engine of a Qdrant server inside this process."""

from indexer.store.edge.store import EdgeStore

__all__ = ["EdgeStore"]
