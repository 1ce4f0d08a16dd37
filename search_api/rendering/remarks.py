"""What has to be said of an answer besides its hits: how it came about, and whether to believe it."""

from collections.abc import Iterator, Sequence

from indexer.commands.wording import paintings
from indexer.painting import Painting
from indexer.store.base import Filter
from search_api.answer import Answer, Match, Relaxation
from search_api.answering.relaxing import YEARS
from search_api.errors import quoted
from search_api.parsing.query import Query
from search_api.relating.finding import short_id
from search_api.relating.mixture import Mixture
from search_api.relating.wanted import Found
from search_api.rendering.wording import readable, understood


def remarks(answer: Answer) -> Iterator[str]:
    """How the text was read, and what of the answer is in doubt, if anything is."""
    yield understood(answer.query)
    yield from _on_reading(answer.query)
    if answer.hits:
        yield from _on_words(answer)
    elif answer.candidates:
        yield (
            f"None of the {paintings(answer.candidates)} that may answer is as coherent as asked for; "
            "lower --min-coherence."
        )
    else:
        yield "No painting passes these filters."
        yield from _offers(answer.query.where, answer.relaxations)


def on_found(found: Found) -> Iterator[str]:
    """Where no painting stands beside others: which filters are in the way; nothing where some do."""
    if any(relaxation.dropped == ("fold",) for relaxation in found.relaxations):
        yield "Only paintings that look all but the same as those asked about pass; leave --fold out."
    elif found.relaxations:
        yield "No other painting passes these filters."
        yield from _offers(found.where, found.relaxations)


def relaxed(where: Filter, relaxation: Relaxation) -> str:
    """What letting go of some filters would give: "without style Cubism: 41 paintings"."""
    dropped = " and ".join(_named(where, name) for name in relaxation.dropped)
    return f"without {dropped}: {paintings(relaxation.paintings)}"


def titled(painting: Painting) -> str:
    """A painting in one line: "painting 0000d9d1: Rain, Louis Marcoussis, Cubism"."""
    said = (painting.title, readable(painting.artist), readable(painting.style))
    return f"painting {short_id(painting)}: {', '.join(part for part in said if part)}"


def on_mixture(mixture: Mixture) -> Iterator[str]:
    """What a mixture tells besides its scores: its balance, and what viewers said."""
    if mixture.balance is not None:
        yield f"balance {mixture.balance:+.2f}, from -1, all negative, to 1, all positive"
    if mixture.shares:
        ranked = sorted(mixture.shares, key=lambda one: -one.share)
        yield "of ArtEmis' eight: " + ", ".join(f"{one.emotion} {one.share:.0%}" for one in ranked)
    if mixture.viewers:
        said = ", ".join(
            f"{one.emotion} {one.count} ({one.low:.0%} to {one.high:.0%} of many)"
            for one in mixture.viewers.shares
        )
        yield f"{mixture.viewers.viewers} viewers said: {said}"


def _on_reading(query: Query) -> Iterator[str]:
    """What the text asked for in other words, or in vain."""
    for word in query.respelt:
        yield f"'{word.typed}' is read as '{word.read}'; in quotes it is left as it is."
    if query.lacking:
        named = " and ".join(f"no {each.field} {quoted(each.name)}" for each in query.lacking)
        yield f"The index has {named}, so that is left out; in quotes it is searched for as a feeling."


def _offers(where: Filter, relaxations: Sequence[Relaxation]) -> Iterator[str]:
    return (relaxed(where, relaxation) for relaxation in relaxations)


def _on_words(answer: Answer) -> Iterator[str]:
    strangers, doubtful = (_matched(answer, match) for match in ("none", "weak"))
    if strangers:
        rest = "these paintings are merely nearest" if answer.match == "none" else "leave that out"
        yield f"{_listed(strangers)} no feeling that this model knows; {rest}."
    if doubtful:
        yield f"{_listed(doubtful)} a feeling only perhaps; take these paintings with care."
    if answer.match == "none" and not strangers:
        yield "No painting that may answer stands above the middle for this; these are merely nearest."


def _matched(answer: Answer, match: Match) -> list[str]:
    return [each.word for each in answer.words if each.match == match]


def _listed(words: Sequence[str]) -> str:
    """With their verb: "'invoice' and 'stapler' name"."""
    *most, last = [f"'{word}'" for word in words]
    return f"{', '.join(most)} and {last} name" if most else f"{last} names"


def _named(where: Filter, dropped: str) -> str:
    """A filter in words: "style Cubism or Fauvism", "years 1800 to 1810", "the ban on artist Juan Gris"."""
    if dropped in YEARS:
        return f"years {_span(where, dropped)}"
    values = " or ".join(map(readable, getattr(where, dropped)))
    banned = dropped.startswith("without_")
    return f"{'the ban on ' if banned else ''}{dropped.removeprefix('without_')} {values}"


def _span(where: Filter, dropped: str) -> str:
    spans = {
        "years": f"{where.year_from} to {where.year_to}",
        "year_from": f"from {where.year_from}",
        "year_to": f"until {where.year_to}",
    }
    return spans[dropped]
