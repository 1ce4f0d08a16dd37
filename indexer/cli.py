"""The commands `moodseum index ...`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from encoders.home import Home

if TYPE_CHECKING:
    from indexer.build import BuildReport
    from indexer.sources import Source

REMARKS_SHOWN = 3

app = typer.Typer()
index = typer.Typer(help="Build and keep indexes of collections.", no_args_is_help=True)
app.add_typer(index, name="index")


@index.command()
def build(
    context: typer.Context,
    paintings: Annotated[
        Path, typer.Option(help="WikiArt folder, any folder of images, or a .csv, .tsv or .parquet table.")
    ],
    model: Annotated[str | None, typer.Option(help="A model by name [default: the newest].")] = None,
) -> None:
    """Index a collection and serve it; run again, only what is new or changed is embedded."""
    from indexer.sources import open_source

    source = open_source(paintings)
    from encoders.model_folder import load_model
    from indexer.build import build_index

    home: Home = context.obj
    report = build_index(source, load_model(home, model), home)
    if report.up_to_date:
        _show_nothing_to_do(report)
    else:
        _show_build(report)
    _show_remarks(source, report)


def _show_nothing_to_do(report: "BuildReport") -> None:
    made = report.build.manifest
    typer.echo(f"up to date {made.indexed} paintings of {made.source}, nothing has changed")
    typer.echo(f"served     {made.build} with model {made.model}")


def _show_build(report: "BuildReport") -> None:
    made = report.build.manifest
    embedded, reused = made.embedded, made.reused
    typer.echo(f"indexed    {made.indexed} paintings of {made.source} in {report.seconds:.0f} s")
    typer.echo(f"of these   {embedded} embedded, {reused} taken over from earlier builds")
    if made.skipped:
        typer.echo(f"skipped    {made.skipped} unreadable, all listed in {report.skip_list}")
        for reason in report.skips:
            typer.echo(f"           {reason}")
    typer.echo(f"served     {made.build} with model {made.model}")


def _show_remarks(source: "Source", report: "BuildReport") -> None:
    if not source.remarks:
        return
    typer.echo(f"remarks    {len(source.remarks)} on the table, all listed in {report.remark_list}")
    for remark in source.remarks[:REMARKS_SHOWN]:
        typer.echo(f"           {remark.place}: {remark.text}")
