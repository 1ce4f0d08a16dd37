"""The commands that act on what is in an index."""

from pathlib import Path
from typing import Annotated

import typer

from encoders.home import Home

SHOWN = 10

app = typer.Typer()


@app.command("delete-missing")
def delete_missing(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which would go.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Go on though most paintings are gone.")] = False,
) -> None:
    """Take out what is gone from the source; nothing is embedded, nothing new comes in.

    The rest becomes a new build, which is verified and served; the present one is kept for rollback.
    """
    from indexer.making import missing
    from indexer.shelves.releases import the_served
    from indexer.sources import open_source

    home: Home = context.obj
    build = the_served(home).build
    gone = missing.missing(build, open_source(Path(build.manifest.source)))
    for painting in gone[:SHOWN]:
        typer.echo(f"gone       {painting.key}")
    if len(gone) > SHOWN:
        typer.echo(f"           and {len(gone) - SHOWN:,} more")
    if dry_run or not gone:
        typer.echo(
            f"stay       {build.manifest.indexed - len(gone):,} of {build.manifest.indexed:,} paintings"
        )
        return
    from indexer.shelves.kept_models import load_kept_model

    derived = missing.delete_missing(build, gone, load_kept_model(home, build), home, force=force)
    made = derived.manifest
    typer.echo(f"served     {made.build} with model {made.model}, {made.indexed:,} paintings")


@app.command()
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The .csv or .parquet file to write.")],
    build: Annotated[str | None, typer.Option(help="A build by name [default: the served one].")] = None,
    vectors: Annotated[bool, typer.Option("--vectors", help="Also write look and feeling.")] = False,
) -> None:
    """Write ids, metadata and, if asked, vectors of all paintings of a build as a table."""
    from indexer.shelves.builds import find_build
    from indexer.shelves.export import export
    from indexer.shelves.opening import open_build
    from indexer.shelves.releases import the_served

    home: Home = context.obj
    chosen = find_build(home, build) if build else the_served(home).build
    with open_build(chosen) as store:
        count = export(store, file, vectors=vectors)
    typer.echo(f"exported   {count:,} paintings of {chosen.name} to {file}")


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
    """Bring a build from one place to another: a folder, or a Qdrant server.

    A build that is served there is served here too. The server's key is read from QDRANT_API_KEY.
    """
    from indexer.making.copying import copy_build
    from indexer.shelves.places import open_shelf

    here = str(context.obj.path)
    with open_shelf(source or here) as donor, open_shelf(target or here) as taker:
        made = copy_build(donor, taker, build)
        pointer = taker.pointer()
        served = pointer is not None and pointer.build == made.build
        typer.echo(f"copied     {made.build} with model {made.model}, {made.indexed:,} paintings")
        typer.echo(f"{'served' if served else 'not served'} at {taker.place}")
