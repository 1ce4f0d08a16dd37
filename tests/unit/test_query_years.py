import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.errors import QueryError
from search_api.parsing.periods import find_periods, read_years
from search_api.parsing.years import Years, beyond, meet


def years_of(text: str) -> list[Years]:
    return [period.years for period in find_periods(text)]


@given(st.integers(2, 21))
def test_the_nth_century_ends_with_its_round_year(nth: int) -> None:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(nth % 10 if nth > 20 or nth < 10 else 0, "th")
    assert years_of(f"{nth}{suffix} century") == [Years(100 * nth - 99, 100 * nth)]


@given(st.integers(1001, 2099))
def test_before_and_after_leave_the_year_out_and_until_and_since_keep_it(year: int) -> None:
    assert years_of(f"before {year}") == [Years(None, year - 1)]
    assert years_of(f"until {year}") == [Years(None, year)]
    assert years_of(f"after {year}") == [Years(year + 1)]
    assert years_of(f"since {year}") == [Years(year)]
    assert years_of(f"circa {year}") == [Years(year - 5, year + 5)]
    assert years_of(f"in {year}") == years_of(str(year)) == [Years(year, year)]


@pytest.mark.parametrize(("nth", "word"), [(16, "early"), (18, "mid"), (20, "late"), (19, "mid")])
def test_early_mid_and_late_share_a_century_among_them(nth: int, word: str) -> None:
    early, mid, late = (years_of(f"{part} {nth}th century")[0] for part in ("early", "mid", "late"))
    assert (early.first, late.last) == (100 * nth - 99, 100 * nth)
    assert early.last is not None
    assert mid.last is not None
    assert (mid.first, late.first) == (early.last + 1, mid.last + 1)


def test_a_decade_is_ten_years_and_the_1800s_a_hundred() -> None:
    assert years_of("the 1890s, or the 1900s") == [Years(1890, 1999)]
    assert years_of("1890s") == [Years(1890, 1899)]
    assert years_of("1800s") == [Years(1800, 1899)]


@pytest.mark.parametrize(
    "text", ["1000 nights", "3000", "#1900", "12345", "1900th", "the first day", "21st", "a century of fear"]
)
def test_other_numbers_are_no_years(text: str) -> None:
    assert years_of(text) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1880-1900", Years(1880, 1900)),
        ("1880 \u2013 1900", Years(1880, 1900)),
        ("1880-85", Years(1880, 1885)),
        ("1880-", Years(1880)),
        ("-1900", Years(None, 1900)),
        ("900", Years(900, 900)),
        ("20-30", Years(20, 30)),
        ("late 19th century", Years(1868, 1900)),
        ("before 1900", Years(None, 1899)),
    ],
)
def test_years_are_read_where_they_are_written_out(text: str, years: Years) -> None:
    assert read_years(text) == years


@pytest.mark.parametrize("text", ["", "-", "soon", "in 1880 perhaps", "1880 1890"])
def test_what_is_no_year_is_refused_where_one_is_written_out(text: str) -> None:
    with pytest.raises(QueryError, match="not understood"):
        read_years(text)


def test_what_lies_beyond_is_the_other_side_of_an_open_end() -> None:
    assert beyond(Years(None, 1899)) == Years(1900)
    assert beyond(Years(1901)) == Years(None, 1900)
    with pytest.raises(QueryError, match="cannot be left out of the middle"):
        beyond(Years(1890, 1899))


ENDS = st.none() | st.integers(1, 9999)


@given(ENDS, ENDS, st.integers(1, 9999))
def test_meeting_keeps_the_years_in_both(first: int | None, last: int | None, year: int) -> None:
    inside = (first is None or year >= first) and (last is None or year <= last)
    try:
        assert (meet(meet(Years(first), Years(None, last)), Years(year, year)) == Years(year, year)) == inside
    except QueryError:
        assert not inside
