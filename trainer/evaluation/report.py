"""An evaluation as text and as tables for the terminal."""

import math
from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.table import Table

from trainer.calibration.trust import SEEN, TrustByScale
from trainer.evaluation.protocol import HUBNESS, OF_CEILING, Evaluation
from trainer.evaluation.standing import ANSWERS, LEAST_IN_STYLE, OVERALL, WITHIN_STYLE, Standing
from trainer.evaluation.transfer import BY_EMOTION, Transfer
from trainer.metrics.agreement import MEASURES
from trainer.metrics.bootstrap import Figure, Figures

UNDEFINED = "-"
LOWER_IS_BETTER = ("kl", "ece", "brier", "brier_per_word", HUBNESS)
TITLES = {
    OVERALL: "All paintings, each word by itself",
    ANSWERS: 'All paintings, one answer for each viewer, "something else" among them, as in published tables',
    WITHIN_STYLE: "Mean within {styles} styles of {least} paintings or more",
}


def as_text(evaluation: Evaluation) -> str:
    """What was measured, on what, and what a reader must know to believe it."""
    return "\n".join(f"{heading:<11}{sentence}" for heading, sentence in facts(evaluation))


def facts(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """The same as pairs of a heading of one word and a sentence."""
    yield "model", f"{evaluation.model} (reading {evaluation.reading_id})"
    measured = f"{evaluation.paintings:,} paintings with {evaluation.votes:,} votes for {_words(evaluation)}"
    yield "measured", measured
    if evaluation.trained_on:
        yield "left out", f"{evaluation.trained_on} paintings whose works the model learned from"
    if evaluation.calibrated_on:
        yield (
            "beware",
            f"{evaluation.calibrated_on} of the paintings chose the model's best epoch and calibrate its "
            "scores; new ones would fit a little worse",
        )
    if evaluation.unreadable:
        yield (
            "skipped",
            f"{len(evaluation.unreadable)} unreadable pictures, first: {evaluation.unreadable[0]}",
        )
    if not math.isnan(evaluation.spearman_ceiling):
        yield (
            "ceiling",
            "so few viewers disagree so much that even perfect scores would reach a spearman of about "
            f"{evaluation.spearman_ceiling:.2f}; {OF_CEILING} is the part of it that is reached",
        )
    yield (
        "beside",
        "the untrained heads (cosines through a softmax; chance where they start at random) and always the "
        "histogram of the training votes",
    )
    if evaluation.retention:
        yield "retention", f"of what the backbone knew {evaluation.retention} are still there"
    for measure, reason in evaluation.undefined.items():
        yield "undefined", f"{measure} where it is {UNDEFINED}: {reason}"


def transfer_text(transfer: Transfer) -> str:
    """What was trained anew, and what it was measured on."""
    return "\n".join(f"{heading:<11}{sentence}" for heading, sentence in transfer_facts(transfer))


def transfer_facts(transfer: Transfer) -> Iterator[tuple[str, str]]:
    """The same as pairs of a heading of one word and a sentence."""
    rounds = len(transfer.held_out)
    times = "once" if rounds == 1 else f"{rounds} times"
    yield "model", f"trained anew as {transfer.model} was, {times}, from {transfer.learned_from} paintings"
    if transfer.heads_alone:
        yield (
            "beware",
            "the model was fine-tuned; these rounds learned heads alone, over the backbone before that",
        )
    yield "without", "; ".join(" and ".join(words) for words in transfer.held_out)
    measured = f"{transfer.paintings:,} paintings with {transfer.votes:,} votes, which training never saw"
    yield "measured", measured
    yield "beside", "the untrained heads, which have seen no word"


def parts(evaluation: Evaluation) -> list[str]:
    """Those in which there are figures."""
    standing = evaluation.standings[0]
    return [part for part in (OVERALL, ANSWERS, WITHIN_STYLE) if getattr(standing, part)]


def title(evaluation: Evaluation, part: str) -> str:
    """What the figures of a part are of."""
    return TITLES[part].format(styles=len(evaluation.styles), least=LEAST_IN_STYLE)


def rows(evaluation: Evaluation, part: str) -> dict[str, list[Figure | None]]:
    """Of each measure in a part its figures, one for each contender, None where there cannot be any."""
    standings = evaluation.standings
    table = {name: [figures(one, part).get(name) for one in standings] for name in MEASURES}
    if part == OVERALL:
        table[OF_CEILING] = [one.overall[OF_CEILING] for one in standings]
        table[HUBNESS] = [one.hubness for one in standings]
    return table


def figures(standing: Standing, part: str) -> Figures:
    """By measure."""
    return {OVERALL: standing.overall, ANSWERS: standing.answers, WITHIN_STYLE: standing.within_style}[part]


def figures_table(evaluation: Evaluation, part: str) -> Table:
    """One row for each measure, one column for each contender."""
    table = _table(title(evaluation, part), [standing.contender for standing in evaluation.standings])
    table.add_column("better")
    for name, figures in rows(evaluation, part).items():
        table.add_row(name, *map(_shown, figures), better(name))
    return table


def evaluated_words_table(evaluation: Evaluation) -> Table:
    """One row for each word: how often it was named and foretold, and how well."""
    measures = list(evaluation.words[0].figures)
    table = _table("Each word", ["trained on", "named", "coherence", *measures], first="word")
    for one in evaluation.words:
        numbers = ("yes" if one.seen else "no", f"{one.named:.3f}", f"{one.coherence:.3f}")
        table.add_row(one.word, *numbers, *(_shown(one.figures[name]) for name in measures))
    return table


def trust_table(trust: Mapping[str, TrustByScale]) -> Table:
    """How well chances are calibrated: one row for each scale, two columns for each group of words."""
    columns = [f"{measure}, {group} words" for group in trust for measure in ("ece", "brier_per_word")]
    table = _table(
        "The coherence beside other ways to make chances of similarities", columns, first="chances"
    )
    for scale in next(iter(trust.values())):
        both = (trust[group][scale] for group in trust)
        table.add_row(scale, *(_shown(one) for its in both for one in (its.ece, its.brier_per_word)))
    return table


def groups_table(groups: Mapping[str, Figures]) -> Table:
    """One row for each measure, one column for each group of words."""
    table = _table("Words trained on and words that training never saw", list(groups))
    table.add_column("better")
    for name in groups[SEEN]:
        table.add_row(name, *(_shown(its.get(name)) for its in groups.values()), better(name))
    return table


def transfer_table(transfer: Transfer) -> Table:
    """One row for each measure: seen, unseen, their harmonic mean, untrained, and what unseen gains on it."""
    columns = ("seen", "unseen", "harmonic", "untrained", "gain")
    return groups_table({column: getattr(transfer, column) for column in columns})


def words_table(transfer: Transfer) -> Table:
    """One row for each word, as read by the model that was trained without it."""
    table = _table("Each word unseen", list(BY_EMOTION), first="word")
    for word, figures in transfer.by_word.items():
        table.add_row(word, *(_shown(figures[name]) for name in BY_EMOTION))
    return table


def better(measure: str) -> str:
    """Which way a measure improves."""
    return "lower" if measure in LOWER_IS_BETTER else "higher"


def _table(title: str, columns: Sequence[str], first: str = "measure") -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _shown(one: Figure | None) -> str:
    if one is None or math.isnan(one.value):
        return UNDEFINED
    return f"{one.value:.3f} ({one.low:.3f} to {one.high:.3f})"


def _words(evaluation: Evaluation) -> str:
    text = f"{len(evaluation.words)} words"
    return text + (f", unseen in training: {', '.join(evaluation.unseen)}" if evaluation.unseen else "")
