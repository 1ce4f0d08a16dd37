"""The commands `moodseum sample` and `moodseum train`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from encoders.home import Home
from encoders.hub import DEFAULT_BACKBONE
from trainer.evaluation import cli as evaluation

if TYPE_CHECKING:
    from trainer.train import TrainReport

app = typer.Typer()
app.add_typer(evaluation.app)


@app.command()
def sample(
    directory: Annotated[Path, typer.Argument(help="Folder to paint into; made if absent.")],
    paintings: Annotated[int, typer.Option(help="How many pictures to paint.")] = 480,
    seed: Annotated[int, typer.Option(min=0, help="The same seed paints the same gallery.")] = 0,
) -> None:
    """Paint a gallery with simulated viewers' votes, in WikiArt's and ArtEmis' own formats."""
    from trainer.sample import paint_gallery

    gallery = paint_gallery(directory, paintings, seed)
    typer.echo(f"{gallery.paintings} paintings in {gallery.pictures}")
    typer.echo(f"{gallery.votes} votes in {gallery.annotations}")


@app.command()
def train(
    context: typer.Context,
    paintings: Annotated[Path, typer.Option(help="WikiArt folder: one subfolder of pictures per style.")],
    annotations: Annotated[
        Path, typer.Option(help="A file of ArtEmis or WikiArt-Emotions, or a table: path, emotion.")
    ],
    backbone: Annotated[
        str, typer.Option(help="CLIP by hub id or local folder, or 'palette' (offline).")
    ] = DEFAULT_BACKBONE,
    name: Annotated[str | None, typer.Option(help="The model's name [default: BACKBONE-NUMBER].")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a model of the same name.")] = False,
    loss: Annotated[
        Literal["soft", "plain", "sigmoid"],
        typer.Option(help="Votes as soft targets, plain pairs against each other, or each pair by itself."),
    ] = "soft",
    epochs: Annotated[int, typer.Option(min=1, help="Epochs of training heads, at most.")] = 60,
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="The same seed trains the same model.")] = 0,
    blend: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            help="Weight of the trained heads beside the untrained ones [default: best for held-out words].",
        ),
    ] = None,
    lexicon: Annotated[
        Path | None, typer.Option(help="NRC-VAD file: keeps pleasant and unpleasant words apart.")
    ] = None,
    aspect: Annotated[
        Literal["image", "title", "both"], typer.Option(help="What WikiArt-Emotions' raters were shown.")
    ] = "image",
    partial: Annotated[
        bool, typer.Option("--partial", help="Learn from what fits, even if most of it does not.")
    ] = False,
    tune: Annotated[
        str, typer.Option(help="What learns: heads, or then also CLIP's projections or last-N blocks.")
    ] = "heads",
    tune_epochs: Annotated[int, typer.Option(min=1, help="Epochs of fine-tuning.")] = 3,
    tune_batch: Annotated[int, typer.Option(min=2, help="Paintings in a batch of fine-tuning.")] = 128,
    accumulate: Annotated[int, typer.Option(min=1, help="Batches that make one step of fine-tuning.")] = 1,
    bf16: Annotated[
        Literal["auto", "on", "off"], typer.Option(help="Fine-tune in bfloat16; auto: where it is fast.")
    ] = "auto",
    processes: Annotated[int, typer.Option(min=1, help="Fine-tune in so many processes, a GPU each.")] = 1,
) -> None:
    """Train heads over a frozen backbone on viewers' votes, tune it if asked to, and calibrate the scores."""
    from trainer.dataset.material import Material
    from trainer.heads.training import TrainSettings
    from trainer.plan import Plan
    from trainer.train import train as run
    from trainer.tuning.settings import TuneSettings, blocks_to_tune

    home: Home = context.obj
    tuning = None
    if blocks_to_tune(tune) is not None:
        tuning = TuneSettings(
            tune=tune,
            loss=loss,
            epochs=tune_epochs,
            batch_size=tune_batch,
            accumulation=accumulate,
            bf16=bf16,
            seed=seed,
        )
    plan = Plan(
        Material(paintings, annotations, aspect, partial),
        backbone,
        TrainSettings(loss=loss, epochs=epochs, blend=blend, seed=seed),
        lexicon=lexicon,
        tuning=tuning,
        processes=processes,
    )
    _tell(home, run(plan, home, name, overwrite))


def _tell(home: Home, report: "TrainReport") -> None:
    record = report.record
    sources, losses, lexicon = record.sources, record.losses, report.lexicon
    typer.echo(f"model      {report.model.name} ({report.folder})")
    typer.echo(f"learned    {sources.votes} votes; {report.join}")
    if sources.set_aside:
        typer.echo(f"set aside  {sources.set_aside} paintings, which the annotations keep for tests")
    if sources.unreadable:
        typer.echo(
            f"skipped    {len(sources.unreadable)} unreadable pictures, first: {sources.unreadable[0]}"
        )
    typer.echo(
        f"held out   cross-entropy {losses.trained:.3f} nats on {sources.held_out} paintings "
        f"(untrained {losses.untrained:.3f}, votes' histogram {losses.histogram:.3f})"
    )
    if record.tuned:
        before, after = record.tuned.held_out_losses[0], record.tuned.held_out_losses[record.tuned.best_epoch]
        typer.echo(f"tuned      {record.tuned.steps} steps, cross-entropy {before:.3f} to {after:.3f} nats")
    typer.echo(f"kept       {record.retention}")
    for doubt in record.doubts:
        typer.echo(f"doubt      {doubt}")
    typer.echo(f"plots      {report.folder / 'loss.png'}, {report.folder / 'reliability.png'}")
    if lexicon and lexicon.skipped:
        typer.echo(f"{lexicon.skipped} rows of {lexicon.file} could not be read and were left out.", err=True)
    if _serves_another(home, report.model.name, report.model.identity.space_id):
        typer.echo(
            "The served index was made with the former model of this name and goes on with it; run "
            f"`moodseum reindex --model {report.model.name}` to serve the new one.",
            err=True,
        )


def _serves_another(home: Home, name: str, space_id: str) -> bool:
    from indexer.shelves.folder import FolderShelf
    from indexer.shelves.releases import served_if_there

    made = served_if_there(FolderShelf(home))
    return made is not None and made.model == name and made.space_id != space_id
