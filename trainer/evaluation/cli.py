"""The command `moodseum evaluate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from encoders.home import Home

if TYPE_CHECKING:
    from trainer.evaluation.papers import Papers
    from trainer.evaluation.transfer import Turns

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
    hold_out: Annotated[
        list[str] | None,
        typer.Option(help="Instead train anew without these words (fear,awe) and score them."),
    ] = None,
    rotate_held_out: Annotated[
        int | None,
        typer.Option(
            min=1, help="Instead train anew without so many emotions at a time, in turns, and score those."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="Write a page with plots and pictures into this folder, too.")
    ] = None,
) -> None:
    """Measure a model on paintings it did not learn from, beside what it must beat, with 95 % intervals."""
    from trainer.dataset.material import Material
    from trainer.errors import TrainingError
    from trainer.evaluation import rotate
    from trainer.evaluation.page import refuse_place
    from trainer.evaluation.papers import sit

    if hold_out and rotate_held_out:
        raise TrainingError(
            "--hold-out names the words that --rotate-held-out would choose; give one of the two."
        )
    if report:
        refuse_place(report)
    home: Home = context.obj
    material = Material(paintings, annotations, aspect, partial)
    if hold_out:
        words = [word for words in hold_out for word in words.split(",")]
        _tell_transfer(rotate.hold_out(home, model, material, words), as_json, report)
    elif rotate_held_out:
        _tell_transfer(rotate.rotate_held_out(home, model, material, rotate_held_out), as_json, report)
    else:
        _tell(sit(home, model, material), as_json, report)


def _tell(papers: "Papers", as_json: bool, folder: Path | None) -> None:
    from search_api.rendering.table import show
    from trainer.evaluation import report
    from trainer.evaluation.as_json import to_json
    from trainer.evaluation.page import write_evaluation
    from trainer.evaluation.protocol import assess

    evaluation = assess(papers)
    if folder:
        write_evaluation(folder, evaluation, papers)
    if as_json:
        typer.echo(to_json(evaluation))
        return
    typer.echo(report.as_text(evaluation))
    tables = [report.figures_table(evaluation, part) for part in report.parts(evaluation)]
    if evaluation.by_group:
        tables.append(report.groups_table(evaluation.by_group))
    for table in (*tables, report.evaluated_words_table(evaluation), report.trust_table(evaluation.trust)):
        typer.echo()
        show(table)
    _name(folder)


def _tell_transfer(turns: "Turns", as_json: bool, folder: Path | None) -> None:
    from search_api.rendering.table import show
    from trainer.evaluation import report
    from trainer.evaluation.as_json import to_json
    from trainer.evaluation.page import write_transfer
    from trainer.evaluation.transfer import compare

    transfer = compare(turns)
    if folder:
        write_transfer(folder, transfer, turns)
    if as_json:
        typer.echo(to_json(transfer))
        return
    typer.echo(report.transfer_text(transfer))
    for table in (
        report.transfer_table(transfer),
        report.words_table(transfer),
        report.trust_table(transfer.trust),
    ):
        typer.echo()
        show(table)
    _name(folder)


def _name(folder: Path | None) -> None:
    if folder:
        typer.echo()
        typer.echo(f"report     {folder / 'index.html'}")
