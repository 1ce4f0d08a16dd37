"""An evaluation as one page with plots and pictures, which opens from disk with no network and no script.

FOLDER/
    index.html
    figures.json     what `--json` prints
    images/
"""

import contextlib
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from encoders.files import folder_atomically
from trainer.calibration.reliability import Curve, plot_reliability
from trainer.calibration.trust import COHERENCE, SEEN, UNSEEN, Scales, beside
from trainer.drawing import DARK, LIGHT
from trainer.errors import ReportError
from trainer.evaluation import report, views
from trainer.evaluation.as_json import to_json
from trainer.evaluation.contenders import TRAINED
from trainer.evaluation.galleries import Hanging
from trainer.evaluation.papers import Papers
from trainer.evaluation.protocol import Evaluation
from trainer.evaluation.transfer import Transfer, Turns
from trainer.metrics.hubness import NEIGHBOURS, occurrences

PAGE, FIGURES, IMAGES = "index.html", "figures.json", "images"
GENERATOR = "moodseum evaluate"
"""Stands in the page's head, and tells a report from any other folder."""
HEAD = 2000
"""Characters of a page in which that is looked for."""
REMEDY = "name a folder that you own, on a disk with room"


def refuse_place(folder: Path) -> None:
    """Make sure that a report may be written to a folder.

    Raises:
        ReportError: there is something else, or nobody may write there.
    """
    place = folder.resolve()
    if place.exists() and not _is_empty(place) and not _is_report(place):
        raise ReportError(
            f"{folder} is there, and is no report of `{GENERATOR}`; name a new or an empty folder."
        )
    above = next((parent for parent in place.parents if parent.exists()), place)
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise ReportError(
            f"The report {folder} cannot be written, as {above} is no folder or not yours to write to; "
            f"{REMEDY}."
        )


def write_evaluation(folder: Path, evaluation: Evaluation, papers: Papers) -> None:
    """Write the page of an evaluation; a former report in this folder is replaced in one step.

    Raises:
        ReportError: the folder holds something else, or cannot be written to.
    """
    exam, words = papers.exam, {SEEN: papers.seen, UNSEEN: ~papers.seen}
    near = {name: occurrences(bank) for name, bank in papers.bank.items() if bank.shape[1] >= NEIGHBOURS}
    with _replacing(folder) as unfinished:
        hanging = Hanging(unfinished / IMAGES, exam.paintings)
        _render(
            unfinished,
            "evaluation.html",
            to_json(evaluation),
            evaluation=evaluation,
            facts=list(report.facts(evaluation)),
            sections=views.sections(evaluation),
            groups=views.by_group(evaluation.by_group),
            words=views.by_word({one.word: one.figures for one in evaluation.words}, evaluation.unseen),
            trust=views.trust_lanes(evaluation.trust),
            plots=_plot(
                unfinished, {group: papers.scales.only(its) for group, its in words.items() if its.any()}
            ),
            rooms=hanging.rooms(exam.words, papers.chances[TRAINED], exam),
            crowds=views.crowds(near),
            hubs=hanging.hubs(near[TRAINED].tolist()) if near else [],
        )


def write_transfer(folder: Path, transfer: Transfer, turns: Turns) -> None:
    """Write the page of held-out words; a former report in this folder is replaced in one step.

    Raises:
        ReportError: the folder holds something else, or cannot be written to.
    """
    unseen = turns.unseen()
    with _replacing(folder) as unfinished:
        hanging = Hanging(unfinished / IMAGES, turns.exam.paintings)
        _render(
            unfinished,
            "transfer.html",
            to_json(transfer),
            transfer=transfer,
            facts=list(report.transfer_facts(transfer)),
            lanes=views.transfer_lanes(transfer),
            words=views.by_word(transfer.by_word, turns.words),
            trust=views.trust_lanes(transfer.trust),
            plots=_plot(unfinished, {SEEN: beside(turns.seen()), UNSEEN: unseen}),
            rooms=hanging.rooms(turns.words, unseen.chances[COHERENCE], turns.exam),
        )


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _is_report(folder: Path) -> bool:
    with contextlib.suppress(OSError, ValueError), (folder / PAGE).open(encoding="utf-8") as page:
        return GENERATOR in page.read(HEAD)
    return False


@contextlib.contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    refuse_place(folder)
    try:
        with folder_atomically(folder.resolve()) as unfinished:
            (unfinished / IMAGES).mkdir()
            yield unfinished
    except OSError as error:
        raise ReportError(f"The report {folder} cannot be written ({error.strerror}); {REMEDY}.") from error


def _render(folder: Path, template: str, figures: str, **view: object) -> None:
    environment = Environment(
        loader=PackageLoader("trainer.evaluation", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template(template).render(
        generator=GENERATOR,
        version=version("moodseum"),
        written=datetime.now(UTC).strftime("%d %B %Y, %H:%M UTC"),
        about=views.ABOUT,
        better=report.better,
        figures_file=FIGURES,
        **view,
    )
    (folder / PAGE).write_text(page, encoding="utf-8")
    (folder / FIGURES).write_text(figures + "\n", encoding="utf-8")


def _plot(folder: Path, groups: Mapping[str, Scales]) -> list[str]:
    """A reliability diagram of each group of words, in light and in dark colours."""
    for group, scales in groups.items():
        curves = [
            Curve(views.SCALE_NAMES[name], its, scales.fractions) for name, its in scales.chances.items()
        ]
        for theme, suffix in ((LIGHT, ""), (DARK, "-dark")):
            plot_reliability(folder / IMAGES / f"reliability-{group}{suffix}.png", curves, theme)
    return list(groups)
