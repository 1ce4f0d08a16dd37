"""The words that refuse what follows them: "not", "without", "anything but"; and where they only seem to."""

from search_api.parsing.forms import Form, phrases

DENIALS = phrases(
    """
    not / no / non / nothing / never / without / sans / minus / except / except for / excluding / excepting
    / besides / apart from / other than / rather than / instead of / anything but / everything but
    / avoid / avoiding / dont want / do not want / doesnt / isnt / arent / wasnt / werent / not being
    / lacking / free of / free from / devoid of / empty of / without being / without feeling / with no
    / neither / nor / no longer / less / hardly / barely / scarcely
    """
)
MILD_DENIALS = phrases("less / hardly / barely / scarcely")
"""These say as much against a feeling as "not very" does."""
PREPOSITIONS = phrases("without / with no / sans / minus / lacking / free of / devoid of / empty of")
"""These may also refuse what is no feeling: "calm without people"."""

IDIOMS = phrases(
    """
    not alone / not only / not just / no one / no mans / no end / no more / no matter / no doubt / no wonder
    / no other / never mind / never again / without end / without words / without a doubt / without doubt
    / without pity / without mercy / without shame
    """
)
"""Phrases that ask for something although they begin with a denial."""

EMPTY = frozenset(form[0] for form in DENIALS if len(form) == 1) - {"nothing"}
"""By themselves these refuse without saying what."""

FIRST_WORDS = frozenset(form[0] for form in DENIALS)
LONGEST_DENIAL = max(map(len, DENIALS))
LONGEST_IDIOM = max(map(len, IDIOMS))


def denial_at(keys: Form, start: int) -> Form | None:
    """The longest denial that begins at `start`, unless it is part of an idiom."""
    if any(keys[start : start + size] in IDIOMS for size in range(2, LONGEST_IDIOM + 1)):
        return None
    windows = (keys[start : start + size] for size in range(LONGEST_DENIAL, 0, -1))
    return next((window for window in windows if window in DENIALS), None)
