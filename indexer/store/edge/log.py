"""The engine's log of what was written, which it keeps long after and reads whenever a store is opened."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import qdrant_edge as qdrant

from encoders.files import folder_atomically

LOG = "wal"  # the engine's own
BEREFT = "wal.lost"
"""Stands in a store whose log was lost, until it has one that goes on counting."""

NOBODY = "00000000-0000-0000-0000-000000000000"
NOTHING = qdrant.UpdateOperation.delete_points([NOBODY])
ANY_LAYOUT = qdrant.EdgeConfig(vectors={"any": qdrant.EdgeVectorParams(1, qdrant.Distance.Cosine)})


def opened(path: Path) -> qdrant.EdgeShard:
    """Open a store; one that was bereft of its log, if only by a kill at a bad moment, gets an empty one."""
    bereft = path / BEREFT
    if not (path / LOG).is_dir():
        bereft.touch()  # as the engine makes a log of its own, which begins to count anew
    shard = qdrant.EdgeShard.load(str(path))
    for unfinished in path.glob(f".{LOG}.*"):
        shutil.rmtree(unfinished)
    if bereft.exists():
        shard = with_empty_log(shard, path)
        bereft.unlink()
    return shard


def with_empty_log(shard: qdrant.EdgeShard, path: Path) -> qdrant.EdgeShard:
    """Open a flushed store anew, with a log that says nothing: for 80,000 paintings it had 41 MiB to say.

    Writes are numbered by the log, and one that is older than a point leaves the point as it is. So the new
    log goes on counting where the old one ended.
    """
    with folder_atomically(path / LOG) as log:
        _write_nothing(log, times=_last_write(shard) + 1)
        shard.close()
    return qdrant.EdgeShard.load(str(path))


def _last_write(shard: qdrant.EdgeShard) -> int:
    segments = shard.snapshot_manifest().values()
    return max(int(segment["segment_version"]) for segment in segments)


def _write_nothing(log: Path, times: int) -> None:
    """Fill an empty folder with the log of a store that was asked to do nothing, again and again."""
    with TemporaryDirectory(dir=log.parent) as name:
        shard = qdrant.EdgeShard.create(name, ANY_LAYOUT)
        for _ in range(times):
            shard.update(NOTHING)
        shard.close()
        log.rmdir()
        (Path(name) / LOG).rename(log)
