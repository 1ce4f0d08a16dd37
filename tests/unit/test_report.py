import json
import math
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console
from rich.table import Table

from tests.small_exam import drawn_exam, make_papers
from trainer.evaluation.as_json import to_json
from trainer.evaluation.protocol import Evaluation, assess
from trainer.evaluation.report import as_text, evaluated_words_table, figures_table, parts, trust_table
from trainer.evaluation.transfer import Turns, compare
from trainer.metrics.agreement import MEASURES
from trainer.metrics.bootstrap import Figure
from trainer.metrics.retention import Retention

NONE = Figure(math.nan, math.nan, math.nan)


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return assess(make_papers(drawn_exam(), seen=(True, False)))


def drawn(table: Table) -> str:
    console = Console(width=300, no_color=True)
    with console.capture() as captured:
        console.print(table)
    return captured.get()


def test_a_report_says_what_a_reader_must_know(evaluation: Evaluation) -> None:
    text = as_text(
        replace(
            evaluation,
            trained_on=4,
            calibrated_on=9,
            unreadable=("a.jpg is no image",),
            spearman_ceiling=0.54,
            retention=Retention(paintings=0.5, paintings_chance=0.1, words=0.7, words_chance=0.02),
        )
    )
    for part in (
        "2 words, unseen in training: fear",
        "left out   4 paintings",
        "beware     9",
        "1 unreadable pictures, first: a.jpg",
        "about 0.54",
        "of what the backbone knew 50% of the paintings",
        "kl where it is -: the histogram",
    ):
        assert part in text


def test_every_measure_has_a_row_and_every_contender_a_column(evaluation: Evaluation) -> None:
    shown = drawn(figures_table(evaluation, "overall"))
    for part in (*MEASURES, "spearman_of_ceiling", "hubness", "trained", "untrained", "histogram"):
        assert part in shown
    assert parts(evaluation) == ["overall", "answers", "within_style"]
    assert "Mean within 1 styles of 30 paintings or more" in drawn(figures_table(evaluation, "within_style"))


def test_what_is_undefined_is_a_dash(evaluation: Evaluation) -> None:
    first, *others = evaluation.standings
    standings = (replace(first, overall={**first.overall, "kl": NONE}, hubness=None), *others)
    rows = drawn(figures_table(replace(evaluation, standings=standings), "overall")).splitlines()
    for measure in ("kl", "hubness"):
        (row,) = (row for row in rows if row.startswith(measure))
        assert row.split()[1] == "-"


def test_words_and_scales_have_rows(evaluation: Evaluation) -> None:
    words = drawn(evaluated_words_table(evaluation))
    assert [line.split()[:2] for line in words.splitlines()[-2:]] == [["awe", "yes"], ["fear", "no"]]
    scales = drawn(trust_table(evaluation.trust))
    for part in (
        "coherence",
        "rescaled_cosine",
        "per_emotion",
        "ece, seen words",
        "brier_per_word, unseen words",
    ):
        assert part in scales


def test_json_keeps_its_keys(evaluation: Evaluation) -> None:
    found = json.loads(to_json(evaluation))
    assert (found["format"], found["kind"]) == (1, "evaluation")
    assert set(found) == {
        *("format", "kind", "model", "reading_id", "seen", "unseen", "paintings", "votes", "one_answer_each"),
        *("trained_on", "calibrated_on", "unreadable", "styles", "spearman_ceiling", "standings", "words"),
        *("by_group", "trust", "confusion", "undefined", "retention"),
    }
    standing = found["standings"][0]
    assert set(standing) == {"contender", "overall", "within_style", "answers", "hubness"}
    assert set(standing["overall"]) == {*MEASURES, "spearman_of_ceiling"}
    assert set(standing["answers"]) == set(standing["within_style"]) == set(MEASURES)
    assert set(standing["hubness"]) == {"value", "low", "high"}
    assert set(found["words"][0]) == {"word", "seen", "named", "coherence", "figures"}
    assert set(found["by_group"]) == {"seen", "unseen", "harmonic"}
    assert set(found["trust"]) == {"seen", "unseen"}
    assert set(found["trust"]["seen"]) == {"coherence", "rescaled_cosine", "per_emotion"}
    assert set(found["trust"]["seen"]["coherence"]) == {"ece", "brier_per_word"}
    assert set(found["confusion"]) == {"words", "counts"}
    assert np.shape(found["confusion"]["counts"]) == (2, 2)


def test_what_is_undefined_is_null_in_json(evaluation: Evaluation) -> None:
    histogram = json.loads(to_json(replace(evaluation, spearman_ceiling=math.nan)))
    assert histogram["spearman_ceiling"] is None
    assert histogram["standings"][2]["hubness"] is None


def test_the_json_of_held_out_words_keeps_its_keys() -> None:
    exam = drawn_exam()
    chances = np.full((1, *exam.votes.shape), 0.3)
    turns = Turns("m", exam, np.array([[True, False]]), chances, chances, chances[0])
    found = json.loads(to_json(compare(turns)))
    assert (found["kind"], found["held_out"], list(found["by_word"])) == ("transfer", [["awe"]], ["awe"])
    assert set(found) == {
        *(
            "format",
            "kind",
            "model",
            "heads_alone",
            "held_out",
            "learned_from",
            "paintings",
            "votes",
            "seen",
            "unseen",
        ),
        *("harmonic", "untrained", "gain", "by_word", "trust"),
    }
