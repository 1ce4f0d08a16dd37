"""The options that several commands share; they are named as the parameters of HTTP and of Python."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from indexer.commands.place import Store
from search_api.limits import MOST_HITS, TOP_K

if TYPE_CHECKING:
    from indexer.store.base import Filter
    from search_api.answering.question import Question

Values = list[str] | None
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON, as the HTTP API gives it.")]
By = Annotated[
    Literal["look", "feeling"],
    typer.Option(help="Compare what pictures look like, or the feeling that they evoke."),
]
Named = Annotated[
    str,
    typer.Argument(
        metavar="PAINTING",
        help="An id as answers show it (its beginning will do), a key such as 'Style/artist_title', or a "
        "picture's file, indexed or not.",
    ),
]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which paintings may answer."""

    style: Annotated[
        Values, typer.Option(help="Only these styles, besides those that a text asks for; may be repeated.")
    ] = None
    artist: Annotated[
        Values, typer.Option(help="Only these artists, by name or surname; may be repeated.")
    ] = None
    genre: Annotated[Values, typer.Option(help="Only these genres; may be repeated.")] = None
    without_style: Annotated[Values, typer.Option(help="None of these styles; may be repeated.")] = None
    without_artist: Annotated[Values, typer.Option(help="None of these artists; may be repeated.")] = None
    without_genre: Annotated[Values, typer.Option(help="None of these genres; may be repeated.")] = None
    year_from: Annotated[int | None, typer.Option(help="Only works of this year or later.")] = None
    year_to: Annotated[int | None, typer.Option(help="Only works of this year or earlier.")] = None

    @property
    def where(self) -> "Filter":
        from indexer.store.base import Filter

        return Filter(
            style=tuple(self.style or ()),
            artist=tuple(self.artist or ()),
            genre=tuple(self.genre or ()),
            year_from=self.year_from,
            year_to=self.year_to,
            without_style=tuple(self.without_style or ()),
            without_artist=tuple(self.without_artist or ()),
            without_genre=tuple(self.without_genre or ()),
        )


@dataclass(frozen=True, slots=True)
class Ranked(Filters):
    """How many of the paintings that may answer are wanted."""

    top_k: Annotated[int, typer.Option(help=f"How many paintings at most, 1 to {MOST_HITS}.")] = TOP_K
    fold: Annotated[
        bool, typer.Option("--fold", help="Of paintings that look all but the same, show only the nearest.")
    ] = False


@dataclass(frozen=True, slots=True)
class Sought(Ranked):
    """What is wanted of the hits."""

    min_coherence: Annotated[float, typer.Option(help="What is below does not answer; 0 to 1.")] = 0.0
    per_artist: Annotated[int | None, typer.Option(help="So many works of one artist at most.")] = None
    diversity: Annotated[
        float, typer.Option(help="How much hits are to differ in look, at the cost of coherence; 0 to 1.")
    ] = 0.0
    facets: Annotated[bool, typer.Option("--facets", help="Also count styles, artists and genres.")] = False
    cursor: Annotated[
        str | None,
        typer.Option(help="Where the page before ended, as it says; all else must be as it was there."),
    ] = None

    def question(self, text: str) -> "Question":
        """A text, and all that is wanted beside it; raises QueryError where a number is out of range."""
        from search_api.answering.question import Question

        wanted = (self.top_k, self.fold, self.min_coherence, self.per_artist, self.diversity, self.facets)
        return Question(text, self.where, *wanted, self.cursor)


@dataclass(frozen=True, slots=True)
class Output:
    """Who is asked, and how the answer is given."""

    store: Store = None
    as_json: AsJson = False
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Also save the answer with all its fields as .csv, .parquet or .jsonl."
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Hung(Output):
    """The same, for answers that are paintings."""

    sheet: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also save the paintings as a labelled PNG.")
    ] = None
