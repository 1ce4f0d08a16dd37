"""The command `moodseum index annotate`, which joins the indexer's own."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from encoders.home import Home
from indexer.cli import app, index
from indexer.commands.place import Store, the_shelf
from indexer.commands.wording import paintings as told

if TYPE_CHECKING:
    from indexer.painting import Painting

__all__ = ["annotate", "app"]


@index.command()
def annotate(
    context: typer.Context,
    annotations: Annotated[
        Path, typer.Option(help="A file of ArtEmis or WikiArt-Emotions, or a table: path, emotion.")
    ],
    paintings: Annotated[
        Path | None, typer.Option(help="The collection that it speaks of [default: what is served].")
    ] = None,
    aspect: Annotated[
        Literal["image", "title", "both"], typer.Option(help="What WikiArt-Emotions' raters were shown.")
    ] = "image",
    partial: Annotated[
        bool, typer.Option("--partial", help="Keep what fits, even if most of it does not.")
    ] = False,
    store: Store = None,
) -> None:
    """Keep what viewers said of the paintings, to be shown beside the scores; run again, it is replaced.

    No score changes. What is kept belongs to the paintings, whichever build is served.
    """
    from trainer.dataset.voices import tell

    home: Home = context.obj
    report = tell(annotations, _paintings(home, paintings, store), home, aspect, partial)
    typer.echo(f"known      {report.votes:,} votes and {report.utterances:,} utterances")
    typer.echo(f"annotated  {told(report.joined.matched)} in {report.viewers.path}")
    typer.echo(f"joined     {report.joined}")


def _paintings(home: Home, source: Path | None, store: str | None) -> "Iterable[Painting]":
    """All paintings of a collection, or of the build that is served."""
    if source is not None:
        from indexer.sources.opening import open_source

        return open_source(source)
    from tqdm import tqdm

    from indexer.shelves.releases import the_served

    with the_shelf(home, store) as shelf:
        made = the_served(shelf)
        with (
            shelf.open(made.build) as points,
            tqdm(total=made.indexed, desc="Listing", unit=" paintings", disable=None) as bar,
        ):
            found = []
            for batch in points.scan():
                found += [point.painting for point in batch]
                bar.update(len(batch))
            return found
