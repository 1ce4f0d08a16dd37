"""Answers as tables for the terminal; without a terminal they are plain, uncut and always the same."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from indexer.painting import Painting
from search_api.answer import Answer, EmotionScore, Facets, ScoredHit
from search_api.relating.blending import Blend
from search_api.relating.contrast import Contrast
from search_api.relating.finding import short_id
from search_api.relating.mixture import Family
from search_api.relating.neighbours import Neighbour
from search_api.rendering.wording import asked, mixed, readable, shifted

UNCUT = 1000
"""Columns of a page that is no terminal; no column is narrowed there."""
LONGEST = 120
"""Characters of a title that are shown."""
SHORT = 10
"""Letters of a heading that are never cut where numbers stand below."""
KINDRED = 5
"""Words of a family that are shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what stands below it, from the first row on; numbers stand to the right, uncut."""

    heading: str
    cells: Sequence[str]
    number: bool = False


def hits_table(answer: Answer, first: int = 1) -> Table:
    """One row for each hit: its painting, the three scores, and of several feelings each coherence.

    `first` is the rank of the first.
    """
    hits = answer.hits
    parts = answer.query.emotions if len(answer.query.emotions) > 1 else ()
    scores = (
        _numbers("coherence", (f"{hit.coherence:.2f}" for hit in hits)),
        _numbers("percentile", (f"{hit.percentile:.1f}" for hit in hits)),
        _numbers("in style", (_percentile(hit.percentile_in_style) for hit in hits)),
        *(_numbers(asked(part), _part_of(hits, place)) for place, part in enumerate(parts)),
    )
    return _works_table([hit.painting for hit in hits], scores, first)


def neighbours_table(hits: Sequence[Neighbour]) -> Table:
    """One row for each painting, with its similarity."""
    similarity = _numbers("similarity", (f"{hit.similarity:.3f}" for hit in hits))
    return _works_table([hit.painting for hit in hits], [similarity])


def contrast_table(contrast: Contrast) -> Table:
    """One row for each painting: how like it looks, how it leans, and which emotions gain and lose most."""
    hits = contrast.hits
    columns = (
        _numbers("look", (f"{hit.look:.3f}" for hit in hits)),
        _numbers("lean", (f"{hit.lean:+.2f}" for hit in hits)),
        _words("more", (shifted(hit.more) for hit in hits)),
        _words("less", (shifted(hit.less) for hit in hits)),
    )
    return _works_table([hit.painting for hit in hits], columns)


def blend_table(blend: Blend) -> Table:
    """One row for each painting: its cosine to the blend and to each ingredient."""
    similarity = _numbers("similarity", (f"{hit.similarity:.3f}" for hit in blend.hits))
    parts = (
        _numbers(mixed(one), (f"{hit.parts[place]:+.3f}" for hit in blend.hits))
        for place, one in enumerate(blend.ingredients)
    )
    return _works_table([hit.painting for hit in blend.hits], [similarity, *parts])


def scores_table(scores: Sequence[EmotionScore]) -> Table:
    """Emotion, coherence, percentile and whether training had votes for it; one row for each word."""
    return _table(
        _words("emotion", (score.emotion for score in scores)),
        _numbers("coherence", (f"{score.coherence:.2f}" for score in scores)),
        _numbers("percentile", (f"{score.percentile:.1f}" for score in scores)),
        _words("trained on", ("yes" if score.seen else "no" for score in scores)),
    )


def families_table(families: Sequence[Family]) -> Table:
    """One row for each family: the scores of its strongest word, and which words are strongest."""
    kindred = (", ".join(score.emotion for score in family.scores[:KINDRED]) for family in families)
    return _table(
        _words("family", (family.name for family in families)),
        _words("valence", (family.valence for family in families)),
        _numbers("coherence", (f"{family.strongest.coherence:.2f}" for family in families)),
        _numbers("percentile", (f"{family.strongest.percentile:.1f}" for family in families)),
        _words("strongest words", kindred),
    )


def facets_table(facets: Facets, most: int) -> Table:
    """One row for each value: its field and how many paintings have it; `most` values of each field."""
    rows = [(field, count) for field, counts in facets.by_field.items() for count in counts[:most]]
    return _table(
        _words("field", (field for field, _ in rows)),
        _words("value", (readable(count.value) for _, count in rows)),
        _numbers("paintings", (f"{count.paintings:,}" for _, count in rows)),
    )


def show(table: Table) -> None:
    """Print a table to stdout: fitted to a terminal, whole to a file or a pipe."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=UNCUT, no_color=True)
    console.print(table)


def _part_of(hits: Sequence[ScoredHit], place: int) -> list[str]:
    return [f"{hit.parts[place].coherence:.2f}" for hit in hits]


def _percentile(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _works_table(works: Sequence[Painting], columns: Iterable[Column], first: int = 1) -> Table:
    """Rank, the beginning of the id, title, artist and style of each painting, and what else is told."""
    return _table(
        _numbers("#", (str(rank) for rank in range(first, first + len(works)))),
        _numbers("painting", map(short_id, works)),
        _words("title", (work.title for work in works)),
        _words("artist", (readable(work.artist) for work in works)),
        _words("style", (readable(work.style) for work in works)),
        *columns,
    )


def _words(heading: str, cells: Iterable[str]) -> Column:
    return Column(heading, list(cells))


def _numbers(heading: str, cells: Iterable[str]) -> Column:
    return Column(heading, list(cells), number=True)


def _table(*columns: Column) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column in columns:
        if column.number:
            width = max(map(len, (column.heading[:SHORT], *column.cells)))
            table.add_column(_line(column.heading), justify="right", min_width=width)
        else:
            table.add_column(_line(column.heading), overflow="ellipsis")
    for row in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*map(_line, row))
    return table


def _line(text: str) -> Text:
    """Text as it is, on one line: brackets in a title are no markup, control characters not obeyed."""
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split()))
    return Text(textwrap.shorten(shown, LONGEST, placeholder=" ..."), no_wrap=True, overflow="ellipsis")
