import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.metrics.agreement import (
    MEASURES,
    accuracy_dominant,
    auroc_any_vote,
    brier,
    brier_per_word,
    ece,
    evaluate,
    harmonic_mean,
    kl,
    ndcg_at_100,
    spearman,
    spearman_ceiling,
)
from trainer.metrics.bootstrap import figure, interval, resample, resample_each
from trainer.metrics.measure import Measure, Table, check

VOTES = [[3, 1], [1, 3], [2, 2], [0, 4]]  # fractions 3/4 1/4, 1/4 3/4, 1/2 1/2, 0 1
SCORES = [[0.6, 0.4], [0.7, 0.3], [0.5, 0.5], [0.2, 0.8]]
RANKED = [spearman, auroc_any_vote, ndcg_at_100]
LOG3, LOG5 = math.log2(3), math.log2(5)


def drawn(seed: int, paintings: int = 30, emotions: int = 4) -> tuple[Table, Table]:
    """Scores whose rows sum to 1, many of them equal, and three to six votes for each painting."""
    rng = np.random.default_rng(seed)
    scores = rng.integers(1, 5, (paintings, emotions)).astype(float)
    votes = rng.multinomial(rng.integers(3, 7, paintings), [1 / emotions] * emotions).astype(float)
    return scores / scores.sum(axis=1, keepdims=True), votes


def test_accuracy_asks_only_paintings_on_which_most_viewers_agree() -> None:
    assert accuracy_dominant(SCORES, VOTES) == pytest.approx(2 / 3)


def test_spearman_is_the_mean_rank_correlation_of_the_emotions() -> None:
    # ranks 3 4 2 1 against 4 2 3 1, and the same reversed: 1 - 6 * (1 + 4 + 1 + 0) / (4 * 15)
    assert spearman(SCORES, VOTES) == pytest.approx(0.4)


def test_spearman_gives_equals_the_mean_of_their_ranks() -> None:
    # ranks 1.5 1.5 3 against 1 2 3: covariance 1.5, variances 1.5 and 2
    scores, votes = [[0.1, 0.9], [0.1, 0.9], [0.2, 0.8]], [[1, 9], [2, 8], [3, 7]]
    assert spearman(scores, votes) == pytest.approx(1.5 / math.sqrt(1.5 * 2))


def test_auroc_leaves_out_an_emotion_that_everyone_names() -> None:
    assert auroc_any_vote(SCORES, VOTES) == pytest.approx(1.0)


def test_auroc_counts_equal_scores_half() -> None:
    # emotion 1: of two paintings with a vote and two without one pair is right, two are equal, one is wrong
    scores = [[0.5, 0.3], [0.5, 0.5], [0.5, 0.3], [0.5, 0.4]]
    votes = [[1, 1], [1, 0], [1, 0], [1, 1]]
    assert auroc_any_vote(scores, votes) == pytest.approx((0.5 + 0 + 1 + 0) / 4)


def test_ndcg_compares_the_first_hundred_with_the_best_order() -> None:
    first = (0.25 + 0.75 / LOG3 + 0.5 / 2) / (0.75 + 0.5 / LOG3 + 0.25 / 2)
    second = (1 + 0.5 / LOG3 + 0.25 / 2 + 0.75 / LOG5) / (1 + 0.75 / LOG3 + 0.5 / 2 + 0.25 / LOG5)
    assert ndcg_at_100(SCORES, VOTES) == pytest.approx((first + second) / 2)


def test_ndcg_of_equal_scores_is_the_mean_over_their_orders() -> None:
    scores, votes = [[0.5, 0.5], [0.5, 0.5]], [[1, 0], [0, 1]]
    assert ndcg_at_100(scores, votes) == pytest.approx((1 + 1 / LOG3) / 2)


def test_ndcg_does_not_see_the_place_after_the_hundredth() -> None:
    scores = np.linspace(1, 0, 101)[:, None] * [1, 1]
    votes = [[0, 1]] * 100 + [[1, 0]]  # the first emotion's only vote comes last
    assert ndcg_at_100(scores, votes) == pytest.approx((0 + 1) / 2)


def test_kl_is_in_nats() -> None:
    assert kl([[0.5, 0.5]], [[3, 1]]) == pytest.approx(0.75 * math.log(1.5) + 0.25 * math.log(0.5))


def test_kl_of_an_excluded_emotion_is_large_and_finite() -> None:
    assert kl([[0.0, 1.0]], [[1, 0]]) == pytest.approx(12 * math.log(10))


def test_ece_of_paintings_in_bins_of_their_own_is_the_mean_gap() -> None:
    assert ece(SCORES, VOTES) == pytest.approx((0.15 + 0.45 + 0 + 0.2) / 4)


def test_gaps_within_a_bin_cancel() -> None:
    # both emotions in one bin: means .415 and .4 against .585 and .6
    assert ece([[0.41, 0.59], [0.42, 0.58]], [[1, 4], [3, 2]]) == pytest.approx(0.015)


def test_brier_sums_squares_over_emotions() -> None:
    assert brier(SCORES, VOTES) == pytest.approx((2 * 0.15**2 + 2 * 0.45**2 + 0 + 2 * 0.2**2) / 4)


def test_all_measures_are_evaluated_at_once() -> None:
    assert evaluate(SCORES, VOTES) == {name: one(SCORES, VOTES) for name, one in MEASURES.items()}
    assert list(MEASURES) == [
        *("accuracy_dominant", "spearman", "auroc_any_vote", "ndcg_at_100", "kl", "ece", "brier")
    ]


def test_paintings_without_votes_are_left_out() -> None:
    assert evaluate([*SCORES, [0.9, 0.1]], [*VOTES, [0, 0]]) == evaluate(SCORES, VOTES)


def test_an_emotion_that_nobody_named_has_no_part_in_the_rankings() -> None:
    scores, votes = np.array(SCORES) / 2, np.array(VOTES)
    wider = np.column_stack([scores, [0.1, 0.2, 0.3, 0.4]]), np.column_stack([votes, [0] * 4])
    for one in RANKED:
        assert one(*wider) == pytest.approx(one(scores, votes))


def test_always_the_same_answer_ranks_like_chance() -> None:
    _, votes = drawn(0)
    same = evaluate(np.tile(votes.mean(axis=0) / votes.mean(axis=0).sum(), (len(votes), 1)), votes)
    assert same["spearman"] == 0
    assert same["auroc_any_vote"] == pytest.approx(0.5)


def test_what_the_votes_leave_undefined_is_nan() -> None:
    alike = evaluate([[0.4, 0.6], [0.6, 0.4]], [[1, 1], [2, 2]])
    undefined = {name for name, value in alike.items() if math.isnan(value)}
    assert undefined == {"accuracy_dominant", "spearman", "auroc_any_vote"}


@pytest.mark.parametrize(
    ("scores", "votes", "says"),
    [
        ([[0.5, 0.5]], [[1, 1], [1, 1]], r"\(1, 2\).*\(2, 2\)"),
        ([0.5, 0.5], [1, 1], r"\(2,\)"),
        ([[]], [[]], r"\(1, 0\)"),
        ([[0.5, math.nan]], [[1, 1]], "painting 0 for emotion 1 is nan"),
        ([[0.5, 0.5]], [[1, -1]], "painting 0 for emotion 1 are -1.0"),
        ([[0.5, 0.5]], [[1, math.nan]], "emotion 1 are nan"),
        ([[0.5, 0.5]], [[0, 0]], "None of the 1 paintings has votes"),
        ([[-0.5, 1.5]], [[1, 1]], "from -0.5 to 1.5"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    scores: Sequence[float], votes: Sequence[float], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        evaluate(scores, votes)


@given(st.integers(0, 10_000))
def test_every_measure_stays_in_its_range(seed: int) -> None:
    figures = evaluate(*drawn(seed))
    for name in ("accuracy_dominant", "auroc_any_vote", "ndcg_at_100", "ece"):
        assert math.isnan(figures[name]) or 0 <= figures[name] <= 1 + 1e-9
    assert -1 - 1e-9 <= figures["spearman"] <= 1 + 1e-9
    assert figures["kl"] >= -1e-9
    assert 0 <= figures["brier"] <= 2


@given(st.integers(0, 10_000))
def test_perfect_scores_are_perfect(seed: int) -> None:
    _, votes = drawn(seed)
    figures = evaluate(votes / votes.sum(axis=1, keepdims=True), votes)
    for name in ("accuracy_dominant", "spearman", "auroc_any_vote", "ndcg_at_100"):
        assert figures[name] == pytest.approx(1)
    for name in ("kl", "ece", "brier"):
        assert figures[name] == pytest.approx(0, abs=1e-9)


@given(st.integers(0, 10_000))
def test_rankings_see_only_the_order_of_scores(seed: int) -> None:
    scores, votes = drawn(seed)
    for one in RANKED:
        assert one(np.exp(3 * scores) - 5, votes) == pytest.approx(one(scores, votes))


@given(st.integers(0, 10_000))
def test_the_order_of_paintings_does_not_matter(seed: int) -> None:
    scores, votes = drawn(seed)
    assert evaluate(scores[::-1], votes[::-1]) == pytest.approx(evaluate(scores, votes))


@given(st.integers(0, 10_000))
def test_turned_scores_turn_the_correlation(seed: int) -> None:
    scores, votes = drawn(seed)
    assert spearman(-scores, votes) == pytest.approx(-spearman(scores, votes))
    assert auroc_any_vote(-scores, votes) == pytest.approx(1 - auroc_any_vote(scores, votes))


@given(st.integers(0, 10_000))
def test_a_painting_counted_twice_is_a_painting_that_is_there_twice(seed: int) -> None:
    scores, votes = drawn(seed)
    times = np.random.default_rng(seed).integers(0, 4, len(votes))
    rows = np.repeat(np.arange(len(votes)), times)
    for one in MEASURES.values():
        counted = one.formula(*check(scores, votes), times[:, None].astype(float))
        assert counted == pytest.approx(one(scores[rows], votes[rows]), nan_ok=True)


def test_an_interval_is_as_wide_as_chance_makes_it() -> None:
    right = np.tile([[0.9, 0.1], [0.1, 0.9]], (200, 1))
    found = interval(accuracy_dominant, right, np.tile([1, 0], (400, 1)))
    spread = 1.96 * math.sqrt(0.25 / 400)
    assert found.value == pytest.approx(0.5)
    assert found.low == pytest.approx(0.5 - spread, abs=0.008)
    assert found.high == pytest.approx(0.5 + spread, abs=0.008)


def test_equal_seeds_draw_equal_paintings() -> None:
    checked = check(*drawn(1))
    np.testing.assert_array_equal(resample(spearman, *checked, seed=2), resample(spearman, *checked, seed=2))
    assert (resample(spearman, *checked, seed=2) != resample(spearman, *checked, seed=3)).any()


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_a_mean_over_emotions_is_the_mean_of_what_is_told_of_each(seed: int) -> None:
    checked = check(*drawn(seed))
    for one in (spearman, auroc_any_vote, ndcg_at_100, ece, brier_per_word):
        each = resample_each(one, *checked, resamples=3)
        assert each.shape == (4, 1 + 3)
        assert one.once(*checked) == pytest.approx(np.nanmean(each[:, 0]))


def test_the_first_of_the_resamples_is_the_collection_itself() -> None:
    checked = check(*drawn(1))
    for one in MEASURES.values():
        assert resample(one, *checked, resamples=2)[0] == pytest.approx(one.once(*checked))


def test_brier_per_word_is_brier_by_the_number_of_words() -> None:
    assert brier_per_word(SCORES, VOTES) == pytest.approx(brier(SCORES, VOTES) / 2)


@pytest.mark.parametrize("one", MEASURES.values(), ids=MEASURES)
def test_every_figure_lies_within_its_interval(one: Measure) -> None:
    found = interval(one, *drawn(3))
    assert found.low <= found.value <= found.high
    assert found.low < found.high


def test_an_interval_of_nothing_is_nothing() -> None:
    assert math.isnan(figure(np.array([math.nan, math.nan])).low)


def test_a_ceiling_is_the_square_root_of_the_votes_reliability() -> None:
    # fractions 1/2 1 0: sampling (1/4 + 0 + 0) / 3, variance 1/4, so the reliability is 2/3
    assert spearman_ceiling([[1, 1], [2, 0], [0, 2]]) == pytest.approx(math.sqrt(2 / 3))
    assert spearman_ceiling([[2, 0], [0, 2]]) == pytest.approx(1)
    assert spearman_ceiling([[1], [2], [0]], viewers=[2, 2, 2]) == pytest.approx(math.sqrt(2 / 3))
    assert math.isnan(spearman_ceiling([[1, 0], [0, 1]]))


def test_a_harmonic_mean_forgets_neither_side() -> None:
    assert harmonic_mean(0.6, 0.3) == pytest.approx(0.4)
    assert harmonic_mean(0.6, 0.0) == harmonic_mean(0.6, -0.3) == 0
