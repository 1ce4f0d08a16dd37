"""The commands that make indexes: `moodseum index build` and `moodseum reindex`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from encoders.home import Home
from indexer.commands import points, releases

if TYPE_CHECKING:
    from indexer.making.new_build import BuildReport
    from indexer.sources import Source

REMARKS_SHOWN = 3

app = typer.Typer()
index = typer.Typer(help="Build, check, serve and keep indexes of collections.", no_args_is_help=True)
app.add_typer(index, name="index")

ModelName = Annotated[str | None, typer.Option(help="A model by name [default: the newest].")]
Promote = Annotated[
    bool, typer.Option("--promote/--no-promote", help="Verify and serve the build once it is finished.")
]
Store = Annotated[
    str | None,
    typer.Option("--store", help="Also bring the build to a Qdrant server, such as http://host:6333."),
]


@index.command()
def build(
    context: typer.Context,
    paintings: Annotated[
        Path, typer.Option(help="WikiArt folder, any folder of images, or a .csv, .tsv or .parquet table.")
    ],
    model: ModelName = None,
    promote: Promote = True,
    store: Store = None,
) -> None:
    """Index a collection and serve it; run again, only what is new or changed is embedded."""
    from indexer.sources import open_source

    _reach(store)

    source = open_source(paintings)
    from encoders.model_folder import load_model
    from indexer.making.build import build_index

    home: Home = context.obj
    report = build_index(source, load_model(home, model), home, serve=promote)
    _show(home, report)
    _show_remarks(source, report)
    _bring(home, report, store)


index.add_typer(releases.app)
index.add_typer(points.app)


@app.command()
def reindex(
    context: typer.Context, model: ModelName = None, promote: Promote = True, store: Store = None
) -> None:
    """Index the served paintings with a model that was trained anew; no image is opened.

    The looks of the served build are projected by the model's heads into a new build. Only if the model
    has another backbone are the paintings embedded again, from the source that the served build names.
    """
    from indexer.making.reindex import has_looks_for, reindex
    from indexer.shelves.releases import the_served

    _reach(store)
    home: Home = context.obj
    donor = the_served(home).build
    from encoders.model_folder import load_model

    encoder = load_model(home, model)
    if has_looks_for(donor, encoder):
        report = reindex(donor, encoder, home, serve=promote)
    else:
        from indexer.making.build import build_index
        from indexer.sources import open_source

        made = donor.manifest
        typer.echo(
            f"The model {encoder.name} has another backbone (look {encoder.identity.look_id}) than the "
            f"served build (look {made.look_id}): the paintings of {made.source} are embedded again.",
            err=True,
        )
        report = build_index(open_source(Path(made.source)), encoder, home, serve=promote)
    _show(home, report)
    _bring(home, report, store)


def _reach(store: str | None) -> None:
    """Refuse at once, rather than after hours of embedding, a server that cannot be reached."""
    if store is not None:
        from indexer.shelves.places import open_server

        with open_server(store):
            pass


def _bring(home: Home, report: "BuildReport", store: str | None) -> None:
    if store is not None:
        from indexer.making.copying import copy_build
        from indexer.shelves.folder import FolderShelf
        from indexer.shelves.places import open_server

        with open_server(store) as shelf:
            made = copy_build(FolderShelf(home), shelf, report.build.name)
        typer.echo(f"copied     {made.build} to {store}")


def _show(home: Home, report: "BuildReport") -> None:
    made = report.build.manifest
    if report.up_to_date:
        typer.echo(f"up to date {made.indexed} paintings of {made.source}, nothing has changed")
    else:
        typer.echo(f"indexed    {made.indexed} paintings of {made.source} in {report.seconds:.0f} s")
        typer.echo(f"of these   {made.embedded} embedded, {made.reused} taken over from earlier builds")
        if made.duplicates:
            typer.echo(f"duplicates {made.duplicates} look all but the same as another; --fold hides them")
        _show_skips(report)
    _show_served(home, report)


def _show_skips(report: "BuildReport") -> None:
    if report.build.manifest.skipped:
        typer.echo(f"skipped    {report.build.manifest.skipped} unreadable, all listed in {report.skip_list}")
        for reason in report.skips:
            typer.echo(f"           {reason}")


def _show_served(home: Home, report: "BuildReport") -> None:
    from indexer.shelves.releases import read_pointer

    build = report.build
    pointer = read_pointer(home)
    if pointer and pointer.build == build.name:
        typer.echo(f"served     {build.name} with model {build.manifest.model}")
    else:
        typer.echo(f"not served {build.name}; `moodseum index promote {build.name}` does that")


def _show_remarks(source: "Source", report: "BuildReport") -> None:
    if not source.remarks:
        return
    typer.echo(f"remarks    {len(source.remarks)} on the table, all listed in {report.remark_list}")
    for remark in source.remarks[:REMARKS_SHOWN]:
        typer.echo(f"           {remark.place}: {remark.text}")
