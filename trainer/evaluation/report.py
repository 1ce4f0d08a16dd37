"""An evaluation as text, as tables for the terminal, and as JSON."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict

from rich import box
from rich.table import Table

from trainer.evaluation.bootstrap import Figure
from trainer.evaluation.metrics import MEASURES
from trainer.evaluation.protocol import LEAST_IN_STYLE, Evaluation, Standing
from trainer.evaluation.transfer import BY_EMOTION, Transfer

UNDEFINED = "-"
BETTER = {name: "lower" if name in ("kl", "ece", "brier") else "higher" for name in MEASURES}


def as_text(evaluation: Evaluation) -> str:
    """What was measured, on what, and what a reader must know to believe it."""
    lines = [
        f"model      {evaluation.model} (reading {evaluation.reading_id})",
        f"measured   {evaluation.paintings} paintings with {evaluation.votes} votes for {_words(evaluation)}",
    ]
    if evaluation.trained_on:
        lines.append(f"left out   {evaluation.trained_on} paintings whose works the model learned from")
    if evaluation.calibrated_on:
        lines.append(
            f"beware     {evaluation.calibrated_on} of the paintings chose the model's best epoch and "
            "calibrate its scores; new ones would fit a little worse"
        )
    if evaluation.unreadable:
        lines.append(
            f"skipped    {len(evaluation.unreadable)} unreadable pictures, first: {evaluation.unreadable[0]}"
        )
    if not math.isnan(evaluation.spearman_ceiling):
        lines.append(
            "ceiling    so few viewers disagree so much that even perfect scores would reach a spearman of "
            f"about {evaluation.spearman_ceiling:.2f}"
        )
    lines.append(
        "beside     the untrained heads (cosines through a softmax; chance where they start at random) and "
        "always the histogram of the training votes"
    )
    return "\n".join([*lines, *_hubness(evaluation)])


def figures_table(evaluation: Evaluation, within_style: bool) -> Table:
    """One row for each measure, one column for each contender; within styles or over all paintings."""
    title = (
        f"Mean within {len(evaluation.styles)} styles of {LEAST_IN_STYLE} paintings or more"
        if within_style
        else "All paintings"
    )
    table = _table(title)
    for standing in evaluation.standings:
        table.add_column(standing.contender, justify="right", no_wrap=True)
    table.add_column("better")
    for name in MEASURES:
        figures = (_figures(standing, within_style)[name] for standing in evaluation.standings)
        table.add_row(name, *map(_shown, figures), BETTER[name])
    return table


def transfer_table(transfer: Transfer) -> Table:
    """One row for each measure: seen, unseen, their harmonic mean, untrained, and what unseen gains on it."""
    rounds = "; ".join(" and ".join(words) for words in transfer.held_out)
    table = _table(f"{transfer.paintings} paintings, in turns without {rounds}")
    columns = ("seen", "unseen", "harmonic", "untrained", "gain")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("better")
    for name in BY_EMOTION:
        figures = (getattr(transfer, column).get(name) for column in columns)
        table.add_row(name, *(UNDEFINED if one is None else _shown(one) for one in figures), BETTER[name])
    return table


def words_table(transfer: Transfer) -> Table:
    """One row for each word, as read by the model that was trained without it."""
    table = _table("Each word unseen", first="word")
    for name in BY_EMOTION:
        table.add_column(name, justify="right", no_wrap=True)
    for word, figures in transfer.by_word.items():
        table.add_row(word, *(_shown(figures[name]) for name in BY_EMOTION))
    return table


def to_json(report: Evaluation | Transfer) -> str:
    """Everything, undefined figures as null."""
    return json.dumps(_plain(asdict(report)), indent=2, allow_nan=False)


def _table(title: str, first: str = "measure") -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(first, no_wrap=True)
    return table


def _figures(standing: Standing, within_style: bool) -> dict[str, Figure]:
    return dict(standing.within_style if within_style else standing.overall)


def _shown(one: Figure) -> str:
    if math.isnan(one.value):
        return UNDEFINED
    return f"{one.value:.3f} ({one.low:.3f} to {one.high:.3f})"


def _words(evaluation: Evaluation) -> str:
    text = f"{len(evaluation.seen) + len(evaluation.unseen)} words"
    return text + (f", unseen in training: {', '.join(evaluation.unseen)}" if evaluation.unseen else "")


def _hubness(evaluation: Evaluation) -> Sequence[str]:
    known = [(one.contender, one.hubness) for one in evaluation.standings if one.hubness is not None]
    shown = ", ".join(f"{value:.2f} {contender}" for contender, value in known)
    return [f"hubness    {shown} (0 where no painting crowds the answers)"] if known else []


def _plain(value: object) -> object:
    """The same for JSON, which has no nan."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value
