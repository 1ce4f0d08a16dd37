"""Hundreds of texts and how each is read, in `parsed_queries.csv`.

Its columns: the text; its emotions, as in "sad^0.5" where the weight is not 1; its filters, with a minus
before what is left out; its years; and the words that are ignored.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.store.base import Filter
from search_api.parsing.query import Query, WeightedEmotion, parse
from tests.unit.gallery_names import KNOWN

with Path(__file__).with_name("parsed_queries.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def emotion_of(cell: str) -> WeightedEmotion:
    word, _, weight = cell.partition("^")
    return WeightedEmotion(word, float(weight or 1))


def filter_of(cells: Sequence[str], years: str) -> Filter:
    def values(field: str) -> tuple[str, ...]:
        return tuple(cell.partition("=")[2] for cell in cells if cell.partition("=")[0] == field)

    first, _, last = years.partition("-")
    return Filter(
        style=values("style"),
        artist=values("artist"),
        genre=values("genre"),
        year_from=int(first) if first else None,
        year_to=int(last) if last else None,
        without_style=values("-style"),
        without_artist=values("-artist"),
        without_genre=values("-genre"),
    )


def rounded(query: Query) -> tuple[WeightedEmotion, ...]:
    return tuple(WeightedEmotion(emotion.word, round(emotion.weight, 4)) for emotion in query.emotions)


@pytest.mark.parametrize("row", ROWS, ids=[row["query"] for row in ROWS])
def test_a_text_is_read_as_the_table_says(row: dict[str, str]) -> None:
    query = parse(row["query"], KNOWN)
    assert rounded(query) == tuple(emotion_of(cell) for cell in row["emotions"].split("; "))
    assert query.where == filter_of(row["filters"].split("; "), row["years"])
    assert query.ignored == tuple(row["ignored"].split())


def test_the_table_has_no_text_twice() -> None:
    texts = [row["query"] for row in ROWS]
    assert len(set(texts)) == len(texts) >= 400
