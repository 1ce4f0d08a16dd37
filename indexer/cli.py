"""The commands that make indexes: `moodseum index build` and `moodseum reindex`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from encoders.home import Home
from encoders.seeing.computing import Device, Precision, Wish
from indexer.commands import points, releases
from indexer.commands.place import Store, the_shelf
from indexer.commands.wording import paintings as told
from indexer.making.engine import EngineName
from indexer.store.base import Quantization

if TYPE_CHECKING:
    from encoders.model import EmotionModel
    from indexer.making.new_build import BuildReport
    from indexer.shelves.shelf import Shelf
    from indexer.sources.port import Source

REMARKS_SHOWN = 3

app = typer.Typer()
index = typer.Typer(help="Build, check, serve and keep indexes of collections.", no_args_is_help=True)
app.add_typer(index, name="index")

ModelName = Annotated[str | None, typer.Option(help="A model by name [default: the newest].")]
PrecisionOption = Annotated[
    Precision, typer.Option(help="Numbers to embed pictures with; int8 needs moodseum[int8].")
]
DeviceOption = Annotated[Device, typer.Option(help="Where to embed pictures.")]
EngineOption = Annotated[
    EngineName,
    typer.Option(
        help="Embed with the cores of this machine, or on Ray: with all of a cluster, if RAY_ADDRESS names "
        "one; needs moodseum[ray]."
    ),
]
QuantizationOption = Annotated[
    Quantization | None,
    typer.Option(
        help="How feelings are kept in memory; scalar and turbo take less and pay from about 100,000 "
        "paintings on [default: as in the served build, else none]."
    ),
]
Promote = Annotated[
    bool, typer.Option("--promote/--no-promote", help="Verify and serve the build once it is finished.")
]


@index.command()
def build(
    context: typer.Context,
    paintings: Annotated[
        Path,
        typer.Option(
            help="WikiArt folder, any folder of images, a .csv, .tsv or .parquet table, or .tar shards or "
            ".parquet files with the pictures in them."
        ),
    ],
    model: ModelName = None,
    promote: Promote = True,
    store: Store = None,
    precision: PrecisionOption = "auto",
    device: DeviceOption = "auto",
    engine: EngineOption = "local",
    quantization: QuantizationOption = None,
) -> None:
    """Index a collection and serve it; run again, only what is new or changed is embedded.

    A run that was killed is gone on with by the next.
    """
    from indexer.sources.opening import open_source

    home: Home = context.obj
    with the_shelf(home, store) as shelf:  # first: an absent server is told at once, not after hours
        source = open_source(paintings)
        from encoders.model_folder import load_model

        encoder = load_model(home, model, Wish(precision, device))
        report = _embed(source, encoder, shelf, engine, promote, quantization)
        _show(shelf, report)
        _show_remarks(source, report)


index.add_typer(releases.app)
index.add_typer(points.app)


@app.command()
def reindex(
    context: typer.Context,
    model: ModelName = None,
    promote: Promote = True,
    store: Store = None,
    precision: PrecisionOption = "auto",
    device: DeviceOption = "auto",
    engine: EngineOption = "local",
) -> None:
    """Index the served paintings with a model that was trained anew; no image is opened.

    The looks of the served build are projected by the model's heads into a new build. Only if the model
    has another backbone are the paintings embedded again, from the source that the served build names.
    A run that was killed is begun again, which takes seconds.
    """
    from indexer.making.reindex import has_looks_for, reindex
    from indexer.shelves.releases import the_served

    home: Home = context.obj
    with the_shelf(home, store) as shelf:
        donor = the_served(shelf)
        from encoders.model_folder import load_model

        encoder = load_model(home, model)
        if has_looks_for(donor, encoder):
            report = reindex(donor, encoder, shelf, serve=promote)
        else:
            from indexer.sources.opening import open_again

            typer.echo(
                f"The model {encoder.name} has another backbone (look {encoder.identity.look_id}) than the "
                f"served build (look {donor.look_id}): the paintings of {donor.source} are embedded again.",
                err=True,
            )
            encoder = load_model(home, encoder.name, Wish(precision, device))
            report = _embed(open_again(donor.source), encoder, shelf, engine, promote)
        _show(shelf, report)


def _embed(
    source: "Source",
    encoder: "EmotionModel",
    shelf: "Shelf",
    engine: EngineName,
    promote: bool,
    quantization: Quantization | None = None,
) -> "BuildReport":
    from indexer.making.build import build_index
    from indexer.making.engine import open_engine

    computing = encoder.backbone.computing
    typer.echo(f"computing  in {computing}", err=True)
    chosen = open_engine(engine, computing)
    return build_index(source, encoder, shelf, serve=promote, engine=chosen, quantization=quantization)


def _show(shelf: "Shelf", report: "BuildReport") -> None:
    made = report.made
    if report.up_to_date:
        typer.echo(f"up to date {told(made.indexed)} of {made.source}, nothing has changed")
    else:
        typer.echo(f"indexed    {told(made.indexed)} of {made.source} in {report.seconds:.0f} s")
        typer.echo(f"of these   {made.embedded:,} embedded, {made.reused:,} taken over from earlier builds")
        if made.duplicates:
            typer.echo(f"duplicates {made.duplicates:,}, all but the same as another; --fold hides them")
        _show_skips(report)
    _show_served(shelf, report)


def _show_skips(report: "BuildReport") -> None:
    if report.made.skipped:
        typer.echo(f"skipped    {report.made.skipped:,} unreadable, all listed in {report.skip_list}")
        for reason in report.skips:
            typer.echo(f"           {reason}")


def _show_served(shelf: "Shelf", report: "BuildReport") -> None:
    made, pointer = report.made, shelf.pointer()
    if pointer and pointer.build == made.build:
        typer.echo(f"served     {made.build} with model {made.model}")
    else:
        typer.echo(f"not served {made.build}; `moodseum index promote {made.build}{shelf.option}` does that")


def _show_remarks(source: "Source", report: "BuildReport") -> None:
    if not source.remarks:
        return
    typer.echo(f"remarks    {len(source.remarks)} on the source, all listed in {report.remark_list}")
    for remark in source.remarks[:REMARKS_SHOWN]:
        typer.echo(f"           {remark.place}: {remark.text}")
