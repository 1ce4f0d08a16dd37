from hypothesis import assume, given

from search_api.parsing.query import MAX_QUERY_LENGTH, parse
from search_api.parsing.writing import write
from tests.unit.gallery_names import KNOWN
from tests.unit.test_query_properties import TEXTS, query_of


@given(TEXTS)
def test_every_query_can_be_written_out_and_read_again(text: str) -> None:
    query = query_of(text)
    written = write(query.emotions, query.where)
    assume(len(written) <= MAX_QUERY_LENGTH)
    again = parse(written, KNOWN)
    assert (again.emotions, again.where, again.ignored) == (query.emotions, query.where, ())


def test_a_query_is_written_out_in_full() -> None:
    query = parse("calm but not very sad Cubist art, not by Picasso, after 1880", KNOWN)
    assert write(query.emotions, query.where) == (
        'feeling:"calm" -feeling:"sad"^0.8 style:"Cubism" -artist:"Pablo Picasso" year:1881-'
    )
