import pytest

from indexer.store.base import Filter
from search_api.answering.joining import join
from search_api.errors import QueryError
from search_api.parsing.names import KnownValues

KNOWN = KnownValues(("Impressionism", "Cubism"), ("Claude Monet", "Juan Gris"), ("portrait",))


def test_alternatives_within_a_field_add_up() -> None:
    said = Filter(style=("Cubism",), without_artist=("Juan Gris",))
    given = Filter(style=("impressionist", "Cubism"), without_artist=("monet",), genre=("portraits",))
    assert join(said, given, KNOWN) == Filter(
        style=("Cubism", "Impressionism"), genre=("portrait",), without_artist=("Juan Gris", "Claude Monet")
    )


def test_years_must_fit_both() -> None:
    joined = join(Filter(year_from=1850, year_to=1920), Filter(year_from=1800, year_to=1900), KNOWN)
    assert (joined.year_from, joined.year_to) == (1850, 1900)
    assert join(Filter(), Filter(year_to=1900), KNOWN) == Filter(year_to=1900)
    assert join(Filter(year_to=1900), Filter(), KNOWN) == Filter(year_to=1900)


def test_given_years_that_run_backwards_are_refused() -> None:
    with pytest.raises(QueryError, match="1900 to 1800 hold none; swap them"):
        join(Filter(), Filter(year_from=1900, year_to=1800), KNOWN)


@pytest.mark.parametrize("field", ["year_from", "year_to"])
@pytest.mark.parametrize("year", [-10_000, 10_000, 10**400])
def test_a_year_that_no_calendar_has_is_refused(field: str, year: int) -> None:
    given = Filter(year_from=year) if field == "year_from" else Filter(year_to=year)
    with pytest.raises(QueryError, match="out of range; give -9999 to 9999") as refusal:
        join(Filter(), given, KNOWN)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("style", Filter(style=("nonsense",))),
        ("artist", Filter(artist=("nonsense",))),
        ("genre", Filter(genre=("nonsense",))),
        ("style", Filter(without_style=("nonsense",))),
        ("artist", Filter(without_artist=("nonsense",))),
        ("genre", Filter(without_genre=("nonsense",))),
    ],
)
def test_what_the_index_lacks_is_refused_whether_wanted_or_not(field: str, given: Filter) -> None:
    with pytest.raises(QueryError, match=f"no {field} 'nonsense'"):
        join(Filter(), given, KNOWN)
