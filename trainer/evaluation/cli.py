"""The command `moodseum evaluate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from encoders.home import Home

if TYPE_CHECKING:
    from trainer.material import Material

app = typer.Typer()
Aspect = Literal["image", "title", "both"]


@app.command()
def evaluate(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help="The model's name.")],
    paintings: Annotated[
        Path, typer.Option(help="Pictures; those that the model learned from are left out.")
    ],
    annotations: Annotated[
        Path, typer.Option(help="Viewers' votes for them, in any form that `train` reads.")
    ],
    aspect: Annotated[Aspect, typer.Option(help="What WikiArt-Emotions' raters were shown.")] = "image",
    partial: Annotated[
        bool, typer.Option("--partial", help="Measure on what fits, even if most of it does not.")
    ] = False,
    rotate_held_out: Annotated[
        int | None,
        typer.Option(
            min=1, help="Instead train anew without so many emotions at a time, in turns, and score those."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure a model on paintings it did not learn from, beside what it must beat, with 95 % intervals."""
    from trainer.material import Material

    home: Home = context.obj
    material = Material(paintings, annotations, aspect, partial)
    if rotate_held_out is None:
        _measure(home, model, material, as_json)
    else:
        _rotate(home, model, material, rotate_held_out, as_json)


def _measure(home: Home, model: str, material: "Material", as_json: bool) -> None:
    from search_api.table import show
    from trainer.evaluation.protocol import evaluate_model
    from trainer.evaluation.report import as_text, figures_table, to_json

    evaluation = evaluate_model(home, model, material)
    if as_json:
        typer.echo(to_json(evaluation))
        return
    typer.echo(as_text(evaluation))
    for within_style in (False, True) if evaluation.styles else (False,):
        typer.echo()
        show(figures_table(evaluation, within_style))


def _rotate(home: Home, model: str, material: "Material", at_once: int, as_json: bool) -> None:
    from search_api.table import show
    from trainer.evaluation.report import to_json, transfer_table, words_table
    from trainer.evaluation.rotate import rotate_held_out

    transfer = rotate_held_out(home, model, material, at_once)
    if as_json:
        typer.echo(to_json(transfer))
        return
    show(transfer_table(transfer))
    typer.echo()
    show(words_table(transfer))
