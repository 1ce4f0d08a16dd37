"""How much a feeling counts: "slightly sad", "very tense", "not too gloomy".

An adverb of degree multiplies how strong an adjective is, by much the same factor whatever the adjective
(Cliff 1959, "Adverbs as multipliers", Psychological Review 66). Which degree has which factor here is
Moodseum's own choice: five round steps around a plain word, which counts 1.
"""

from search_api.parsing.forms import Form, phrases

PLAIN = 1.0
LEAST_WEIGHT, MOST_WEIGHT = 0.25, 2.0
"""What a heap of degrees ("very very very") is held to; nor may more be written out."""

DEGREES_BY_FACTOR: dict[float, str] = {
    0.5: """
        slightly / even slightly / faintly / mildly / bit / bit of / little / little bit / little bit of
        / touch of / hint of / trace of / tinge of / slight / faint / at all / even a bit / even a little
    """,
    0.75: "somewhat / fairly / rather / moderately / partly / kind of / sort of / almost / half",
    PLAIN: """
        quite / pretty / plainly / simply / sense of / feeling of / feelings of / air of / mood of
        / mixture of / mix of / blend of / between / both
    """,
    1.25: """
        very / really / so / too / truly / highly / strongly / more / much / particularly / especially
        / lot of / lots of / great / such
    """,
    1.5: """
        extremely / deeply / intensely / profoundly / utterly / terribly / incredibly / overwhelmingly
        / absolutely / totally / completely / exceedingly / immensely / hugely / most
        / deep / profound / intense / extreme / utter / sheer / overwhelming
    """,
}
"""Factor -> the words that say it, parted by a stroke; an article before them is left out."""

QUALITIES = phrases(
    """
    pretty / great / deep / profound / intense / extreme / sheer / overwhelming / slight / faint
    """
)
"""Degrees that may be meant for themselves: "intense portraits"."""

DEGREES = {form: factor for factor, listed in DEGREES_BY_FACTOR.items() for form in phrases(listed)}
LONGEST_DEGREE = max(map(len, DEGREES))


def read_degrees(keys: Form) -> tuple[int, float]:
    """How many words at the start are degrees, and the product of their factors, at most `MOST_WEIGHT`."""
    taken, product = 0, PLAIN
    while found := degree_at(keys, taken):
        taken += len(found)
        product *= DEGREES[found]
    return taken, held(product)


def held(weight: float) -> float:
    """The nearest weight that is allowed."""
    return min(max(weight, LEAST_WEIGHT), MOST_WEIGHT)


def denied(weight: float) -> float:
    """The weight of "not" before a degree: to deny "very sad" says less against sadness than to deny "sad".

    So the degree divides where it would multiply: "not very sad" is -0.8, "not sad" -1, "not a bit sad" -2.
    """
    return -held(1 / weight)


def degree_at(keys: Form, start: int) -> Form | None:
    """The longest degree that begins at `start`."""
    windows = (keys[start:end] for end in range(min(len(keys), start + LONGEST_DEGREE), start, -1))
    return next((window for window in windows if window in DEGREES), None)
