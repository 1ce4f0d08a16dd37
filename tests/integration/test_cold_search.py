"""A search that needs no weights loads no library that takes seconds."""

import subprocess
import sys
from pathlib import Path

import pytest

from encoders.home import Home
from tests.building import CHECKOUT

HEAVY = {"torch", "transformers", "sentence_transformers", "pandas", "sklearn", "matplotlib", "fastapi"}
UNASKED = {
    "PIL",
    "indexer.cli",
    "indexer.sources.opening",
    "search_api.commands.relating",
    "search_api.relating.explanation",
    "search_api.schemas",
    "trainer.cli",
}
"""What a plain search has no use for."""
SCRIPT = """
import sys
import moodseum

try:
    moodseum.main()
finally:
    print("modules", *sys.modules, file=sys.stderr)
"""


def imported(home: Home, *question: str) -> set[str]:
    """The modules that a command imported which answered in a process of its own."""
    command = [sys.executable, "-c", SCRIPT, "--home", str(home.path), *question]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout
    heading, *modules = done.stderr.splitlines()[-1].split()
    assert heading == "modules"
    assert {"numpy", "search_api.searcher"} <= set(modules)
    return set(modules)


@pytest.mark.parametrize(
    "question",
    [["search", "serenity"], ["search", "calm but not sad, by Example"], ["similar", "PICTURE"], ["facets"]],
)
def test_words_of_the_vocabulary_and_indexed_paintings_are_asked_about_without_torch(
    indexed: tuple[Home, Path], question: list[str]
) -> None:
    home, picture = indexed
    modules = imported(home, *(str(picture) if part == "PICTURE" else part for part in question))
    assert HEAVY & modules == set()


def test_a_search_imports_no_other_commands_and_nothing_that_pictures_need(
    indexed: tuple[Home, Path],
) -> None:
    assert UNASKED & imported(indexed[0], "search", "serenity") == set()
