"""Reading clauses as feelings: several or one phrase, asked for or refused, each in its degree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from encoders.words.emotions import Emotion
from search_api.parsing.clauses import Clause, Words, cut_clauses, is_filler, past_fillers
from search_api.parsing.degrees import PLAIN, denied, read_degrees
from search_api.parsing.feeling_words import named_feeling, spelling
from search_api.parsing.spans import Role, Span
from search_api.parsing.text import broken, keys, phrase
from search_api.parsing.unsaid import before_number, only_grades

HARDLY = 1.25
"""What "less sad" and "hardly sad" deny: "very sad"."""
ALTERNATIVES = {("or",), ("nor",)}
"""Between feelings asked for they change nothing; after a denial they carry it on."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """A clause that says something, with what else belongs to its phrase."""

    clause: Clause
    runs: tuple[Words, ...]
    """The words of its phrase; a filter stands between two runs."""
    place: int
    """The number of the run that it ends in."""
    emotion: Emotion | None
    """The emotion that it names; None where it is another phrase."""


def read_feelings(text: str, runs: Sequence[Words]) -> Iterator[Span]:
    """The feelings in runs of words that filters part; every word is in one span.

    Two clauses are two feelings where both name emotions; else they are one phrase, with what joins them.
    """
    feelings: list[Feeling] = []
    for place, run in enumerate(runs):
        for clause in cut_clauses(text, run, filtered=place > 0):
            if not _core(clause.words) or only_grades(clause.words):
                yield from _filled(("ignored", (*clause.link, *clause.denial, *clause.words)))
            else:
                _add(text, feelings, clause, place)
    for number, feeling in enumerate(_carried(feelings)):
        yield from _spans(text, feeling, joined=number > 0)


def _add(text: str, feelings: list[Feeling], clause: Clause, place: int) -> None:
    """A feeling more, or more words for the last one."""
    new = Feeling(clause, (clause.words,), place, _graded(_core(clause.words))[2])
    last = feelings[-1] if feelings else None
    if last is None or clause.opens or last.clause.closed or _are_two(text, last, new):
        feelings.append(new)
    elif last.place == place:
        longer = (*last.runs[-1], *clause.link, *clause.words)
        feelings[-1] = replace(last, runs=(*last.runs[:-1], longer), emotion=None)
    else:
        runs = (*last.runs, (*clause.link, *clause.words))
        feelings[-1] = replace(last, runs=runs, place=place, emotion=None)


def _are_two(text: str, last: Feeling, new: Feeling) -> bool:
    """Two emotions; one after a refusal and "but"; or words in a list, one an emotion: "dark, gloomy"."""
    if last.clause.denied and new.emotion and keys(new.clause.link)[:1] == ("but",):
        return True
    if last.emotion is None or new.emotion is None:
        listed = not new.clause.link and broken(text, last.runs[-1][-1], new.runs[0][0])
        return listed and last.emotion is not new.emotion and all(_is_one_word(one) for one in (last, new))
    return True


def _is_one_word(feeling: Feeling) -> bool:
    return len(feeling.runs) == 1 and len(_core(feeling.runs[0])) == 1


def _carried(feelings: Sequence[Feeling]) -> Iterator[Feeling]:
    """Let a denial hold for what it is joined to: "no fear, anger or dread", "not sad and lonely"."""
    before: Feeling | None = None
    for place, feeling in enumerate(feelings):
        if before and before.clause.denied and _carries(before, feelings[place:]):
            carried = replace(feeling.clause, denied=True, mild=before.clause.mild)
            feeling = replace(feeling, clause=carried)
        yield feeling
        before = feeling


def _carries(before: Feeling, rest: Sequence[Feeling]) -> bool:
    """Over "or" a denial goes on, over "and" and in a list that ends in either if the valence is the same."""
    here = rest[0]
    if here.clause.opens or before.clause.closed or before.place != here.place:
        return False
    links = [keys(feeling.clause.link) for feeling in rest if not feeling.clause.opens]
    link = next((link for link in links if link), ())
    if links[0] in ALTERNATIVES:
        return True
    alike = before.emotion and here.emotion and before.emotion.valence == here.emotion.valence
    return bool(alike) and link in {*ALTERNATIVES, ("and",), ("&",)}


def _spans(text: str, feeling: Feeling, *, joined: bool) -> Iterator[Span]:
    clause, cores = feeling.clause, [_core(run) for run in feeling.runs]
    graded, factor = _degree(feeling, cores[0])
    weight = factor * (HARDLY if clause.mild else PLAIN)
    degree, cores[0] = cores[0][:graded], cores[0][graded:]
    joins = joined and (keys(clause.link) not in ALTERNATIVES or clause.denied)
    yield from _filled(("joint" if joins else "ignored", clause.link), ("denial", clause.denial))
    yield from _filled(("degree", degree))
    kept = {word.start for core in (degree, *cores) for word in core}
    yield from _filled(
        *(("ignored", (word,)) for run in feeling.runs for word in run if word.start not in kept)
    )
    said = tuple(word for core in cores for word in core)
    whole = spelling(keys(said)) or phrase(text, said)
    for number, core in enumerate(cores):
        yield Span(
            "feeling",
            core,
            weight=denied(weight) if clause.denied else weight,
            phrase=whole,
            goes_on=number > 0,
        )


def _degree(feeling: Feeling, core: Words) -> tuple[int, float]:
    """How many words of the phrase are its degree, and the factor; "not too dark" grades any word."""
    if feeling.emotion:
        return _graded(core)[:2]
    taken, factor = read_degrees(keys(core))
    simple = feeling.clause.denied and feeling.clause.words == feeling.runs[0] and len(core) == taken + 1
    return (taken, factor) if simple else (0, PLAIN)


def _graded(core: Words) -> tuple[int, float, Emotion | None]:
    """How many words at the start are a degree, its factor, and the emotion that is graded."""
    if spelling(keys(core)):
        return 0, PLAIN, named_feeling(keys(core))
    taken, factor = read_degrees(keys(core))
    start = past_fillers(core, taken)
    if taken and (emotion := named_feeling(keys(core[start:]))):
        return start, factor, emotion
    return 0, PLAIN, named_feeling(keys(core))


def _core(words: Words) -> Words:
    """Without a number at the end, or fillers at either edge but those of an emotion: "mixed feelings"."""
    said = [place for place, word in enumerate(words) if not is_filler(word)]
    if not said:
        return ()
    first, end = said[0], said[-1] + 1
    if (undated := first + before_number(words[first:end])) < end:
        return _core(words[:undated])
    wider = (words[max(first - 1, 0) : end], words[first : end + 1])
    return next((window for window in wider if spelling(keys(window))), words[first:end])


def _filled(*spans: tuple[Role, Words]) -> Iterator[Span]:
    return (Span(role, words) for role, words in spans if words)
