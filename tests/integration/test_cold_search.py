"""A search that needs no weights loads no library that takes seconds."""

import subprocess
import sys
from pathlib import Path

import pytest

from encoders.home import Home
from tests.building import CHECKOUT

HEAVY = {"torch", "transformers", "sentence_transformers", "pandas", "sklearn", "matplotlib", "fastapi"}
SCRIPT = """
import sys
import moodseum

try:
    moodseum.main()
finally:
    print("modules", *sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(
    "question",
    [["search", "serenity"], ["search", "calm but not sad, by Example"], ["similar", "PICTURE"], ["facets"]],
)
def test_words_of_the_vocabulary_and_indexed_paintings_are_asked_about_without_torch(
    indexed: tuple[Home, Path], question: list[str]
) -> None:
    home, picture = indexed
    typed = [str(picture) if part == "PICTURE" else part for part in question]
    command = [sys.executable, "-c", SCRIPT, "--home", str(home.path), *typed]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout
    heading, *modules = done.stderr.splitlines()[-1].split()
    assert (heading, "numpy" in modules, HEAVY & set(modules)) == ("modules", True, set())
