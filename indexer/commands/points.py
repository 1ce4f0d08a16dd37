"""The commands that act on what is in an index."""

from pathlib import Path
from typing import Annotated

import typer

from encoders.home import Home
from indexer.commands.place import Store, the_shelf
from indexer.commands.wording import paintings

SHOWN = 10

app = typer.Typer()


@app.command("delete-missing")
def delete_missing(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which would go.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Go on though most paintings are gone.")] = False,
    store: Store = None,
) -> None:
    """Take out what is gone from the source; nothing is embedded, nothing new comes in.

    The rest becomes a new build, which is verified and served; the present one is kept for rollback.
    """
    from indexer.making import missing
    from indexer.shelves.kept_models import load_kept_model
    from indexer.shelves.releases import the_served
    from indexer.sources.opening import open_again

    with the_shelf(context.obj, store) as shelf:
        made = the_served(shelf)
        gone = missing.missing(made, open_again(made.source), shelf)
        for painting in gone[:SHOWN]:
            typer.echo(f"gone       {painting.key}")
        if len(gone) > SHOWN:
            typer.echo(f"           and {len(gone) - SHOWN:,} more")
        if dry_run or not gone:
            typer.echo(f"stay       {made.indexed - len(gone):,} of {paintings(made.indexed)}")
            return
        derived = missing.delete_missing(made, gone, load_kept_model(shelf, made), shelf, force=force)
    typer.echo(f"served     {derived.build} with model {derived.model}, {paintings(derived.indexed)}")


@app.command()
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The .csv or .parquet file to write.")],
    build: Annotated[str | None, typer.Option(help="A build by name [default: the served one].")] = None,
    vectors: Annotated[bool, typer.Option("--vectors", help="Also write look and feeling.")] = False,
    store: Store = None,
) -> None:
    """Write ids, metadata and, if asked, vectors of all paintings of a build as a table."""
    from indexer.shelves.export import check_file, export
    from indexer.shelves.releases import find, the_served

    check_file(file)
    with the_shelf(context.obj, store) as shelf:
        made = find(shelf, build) if build else the_served(shelf)
        with shelf.open(made.build) as points:
            count = export(points, file, vectors=vectors)
    typer.echo(f"exported   {paintings(count)} of {made.build} to {file}")


@app.command()
def copy(
    context: typer.Context,
    build: Annotated[str | None, typer.Argument(help="A build by name [default: the served one].")] = None,
    source: Annotated[
        str | None, typer.Option("--from", help="A home's folder or http://host:6333 [default: this home].")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--to", help="A home's folder or http://host:6333 [default: this home].")
    ] = None,
) -> None:
    """Bring a build and its model from one place to another: a home's folder, or a Qdrant server.

    A server keeps no model: that stays in this home. A build that is served at the one place is served at
    the other from then on. The server's key is read from QDRANT_API_KEY.
    """
    from indexer.making.copying import copy_build
    from indexer.shelves.places import open_shelf

    home: Home = context.obj
    here = str(home.path)
    with open_shelf(source or here, home) as donor, open_shelf(target or here, home) as taker:
        copy = copy_build(donor, taker, build)
        made, pointer = copy.made, taker.pointer()
        served = pointer is not None and pointer.build == made.build
        told = f"{made.build} with model {made.model}, {paintings(made.indexed)}"
        typer.echo(f"copied     {told}" if copy.sent else f"was there  {told}; nothing had to be sent")
        typer.echo(f"{'served' if served else 'not served'} at {taker.place}")
