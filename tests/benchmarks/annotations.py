"""Reading annotations: how fast, and how much of them memory holds at most.

`ROWS=10000000 python -m tests.benchmarks annotations` chooses how many rows.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from encoders.words.emotions import ARTEMIS_EMOTIONS
from tests.benchmarks.timing import row

ROWS = 2_000_000
AT_ONCE = 100_000
PAINTINGS = 80_000
WORDS = 12

MEASURED = """
import resource, sys, time
from pathlib import Path
{imports}

file = Path(sys.argv[1])
started = time.perf_counter()
read = {call}
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(seconds, peak)
"""
PROGRAMS = {
    "moodseum": MEASURED.format(
        imports="from trainer.annotations.kinds import read_annotations", call="read_annotations(file)"
    ),
    "pandas.read_csv": MEASURED.format(imports="import pandas", call="pandas.read_csv(file)"),
}


def compare_annotations(folder: Path) -> None:
    """Votes added up and a sample of the utterances, beside holding the whole table."""
    rows = int(os.environ.get("ROWS", ROWS))
    file = _write(folder / "artemis_dataset_release_v0.csv", rows)
    size = file.stat().st_size / 2**20
    print(f"\nAnnotations: {rows:,} votes with utterances for {PAINTINGS:,} paintings, {size:,.0f} MiB")
    for name, program in PROGRAMS.items():
        command = [sys.executable, "-c", program, str(file)]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds, peak = map(float, run.stdout.split())
        row(f"rows per second, {name}", f"{rows / seconds:12,.0f}")
        row(f"peak memory, {name}", f"{peak / 2**20:12,.0f} MiB")


def _write(file: Path, rows: int) -> Path:
    """ArtEmis' release file, as long as asked for; no two utterances are equal."""
    rng = np.random.default_rng(0)
    works = [f"style-{n % 27},artist-{n % 1119}_work-{n}" for n in range(PAINTINGS)]
    words = [f"word{n}" for n in range(500)]
    with file.open("w") as stream:
        stream.write("art_style,painting,emotion,utterance,repetition\n")
        for start in range(0, rows, AT_ONCE):
            size = min(AT_ONCE, rows - start)
            seen = rng.integers(len(works), size=size).tolist()
            felt = rng.integers(len(ARTEMIS_EMOTIONS), size=size).tolist()
            said = rng.integers(len(words), size=(size, WORDS)).tolist()
            for vote, (work, emotion, sentence) in enumerate(zip(seen, felt, said, strict=True), start):
                utterance = f"{' '.join(words[word] for word in sentence)}, {vote}."
                stream.write(f'{works[work]},{ARTEMIS_EMOTIONS[emotion]},"{utterance}",5\n')
    return file
