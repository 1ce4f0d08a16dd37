"""`make bench`: each part beside what one would use without it, in one run on this machine.

Every figure is the median of several runs; where two are compared their runs take turns. Names of parts
(`python -m tests.benchmarks stores`) choose among them.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import (
    annotations,
    builds,
    cold_starts,
    compounds,
    embedding,
    epochs,
    heatmaps,
    losses,
    match,
    reindexing,
    serving,
    stores,
)

PARTS: dict[str, Callable[[Path], None]] = {
    "stores": stores.compare_stores,
    "builds": builds.compare_builds,
    "embedding": embedding.compare_embedding,
    "reindexing": reindexing.compare_reindexing,
    "serving": serving.compare_serving,
    "cold_starts": cold_starts.compare_cold_starts,
    "annotations": annotations.compare_annotations,
    "epochs": epochs.compare_epochs,
    "losses": losses.compare_losses,
    "match": match.measure_match,
    "heatmaps": heatmaps.compare_heatmaps,
    "compounds": compounds.measure_candidates,
}


def main() -> None:
    """Print the figures of the parts that are named, else of all."""
    for name in sys.argv[1:] or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](Path(folder))


if __name__ == "__main__":
    main()
