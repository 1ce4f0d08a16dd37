"""An answer as a table for the terminal; without a terminal it is plain, uncut and always the same."""

import textwrap

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from search_api.answer import Answer, ScoreAnswer, readable

UNCUT = 1000
"""Columns of a page that is no terminal; no column is narrowed there."""
LONGEST = 120
"""Characters of a title that are shown."""


def hits_table(answer: Answer) -> Table:
    """Rank, title, artist, style, coherence, percentile; one row for each hit."""
    table = _table()
    table.add_column("#", justify="right")
    for heading in ("title", "artist", "style"):
        table.add_column(heading, overflow="ellipsis")
    for number in ("coherence", "percentile"):
        table.add_column(number, justify="right", min_width=len(number))
    for rank, hit in enumerate(answer.hits, start=1):
        painting = hit.painting
        words = (painting.title, readable(painting.artist), readable(painting.style))
        table.add_row(str(rank), *map(_line, words), f"{hit.coherence:.2f}", f"{hit.percentile:.1f}")
    return table


def scores_table(answer: ScoreAnswer) -> Table:
    """Emotion, coherence, percentile and whether training had votes for it; one row for each word."""
    table = _table()
    table.add_column("emotion")
    for number in ("coherence", "percentile"):
        table.add_column(number, justify="right")
    table.add_column("trained on")
    for score in answer.scores:
        numbers = (f"{score.coherence:.2f}", f"{score.percentile:.1f}")
        table.add_row(_line(score.emotion), *numbers, "yes" if score.seen else "no")
    return table


def show(table: Table) -> None:
    """Print a table to stdout: fitted to a terminal, whole to a file or a pipe."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=UNCUT, no_color=True)
    console.print(table)


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")


def _line(text: str) -> Text:
    """Text as it is, on one line: brackets in a title are no markup, control characters not obeyed."""
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split()))
    return Text(textwrap.shorten(shown, LONGEST, placeholder=" ..."), no_wrap=True, overflow="ellipsis")
