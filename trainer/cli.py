"""The commands `moodseum sample` and `moodseum train`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from encoders.home import Home
from encoders.hub import DEFAULT_BACKBONE
from trainer.evaluation import cli as evaluation

app = typer.Typer()
app.add_typer(evaluation.app)


@app.command()
def sample(
    directory: Annotated[Path, typer.Argument(help="Folder to paint into; made if absent.")],
    paintings: Annotated[int, typer.Option(help="How many pictures to paint.")] = 480,
    seed: Annotated[int, typer.Option(help="The same seed paints the same gallery.")] = 0,
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
    loss: Annotated[
        Literal["soft", "pairwise"], typer.Option(help="Votes as soft targets, or plain pairs.")
    ] = "soft",
    epochs: Annotated[int, typer.Option(min=1, help="Epochs at most.")] = 60,
    seed: Annotated[int, typer.Option(help="The same seed trains the same model.")] = 0,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a model of the same name.")] = False,
    aspect: Annotated[
        Literal["image", "title", "both"], typer.Option(help="What WikiArt-Emotions' raters were shown.")
    ] = "image",
    partial: Annotated[
        bool, typer.Option("--partial", help="Learn from what fits, even if most of it does not.")
    ] = False,
) -> None:
    """Train heads over a frozen backbone on viewers' votes, and calibrate the scores."""
    from trainer.heads import TrainSettings
    from trainer.material import Material
    from trainer.train import train as run

    home: Home = context.obj
    material = Material(paintings, annotations, aspect, partial)
    settings = TrainSettings(loss=loss, epochs=epochs, seed=seed)
    report = run(material, home, backbone, name, settings, overwrite)
    record, figures = report.record, report.record.figures
    typer.echo(f"model      {report.model.name} ({report.folder})")
    typer.echo(f"learned    {record.votes} votes; {report.join}")
    if record.set_aside:
        typer.echo(f"set aside  {record.set_aside} paintings, which the annotations keep for tests")
    if record.unreadable:
        typer.echo(f"skipped    {len(record.unreadable)} unreadable pictures, first: {record.unreadable[0]}")
    typer.echo(
        f"held out   cross-entropy {figures.trained:.3f} nats on {record.held_out} paintings "
        f"(untrained {figures.untrained:.3f}, votes' histogram {figures.histogram:.3f})"
    )
    typer.echo(f"curve      {report.folder / 'loss.png'}")
    if _serves_another(home, report.model.name, report.model.identity.space_id):
        typer.echo(
            "The served index was made with the former model of this name; run `moodseum index build` again.",
            err=True,
        )


def _serves_another(home: Home, name: str, space_id: str) -> bool:
    from indexer.errors import IndexNotFoundError
    from indexer.releases import served

    try:
        release = served(home)
    except IndexNotFoundError:
        return False
    return release is not None and release.model == name and release.build.manifest.space_id != space_id
