import pytest

from indexer.store.base import Filter
from search_api.errors import QueryError
from search_api.parsing.query import parse
from tests.unit.gallery_names import KNOWN


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sad not sad", "both asks for 'sad' and refuses it; leave one out"),
        ("calm 1880s or 1920s", "1880-1889 and 1920-1929 are two spans; ask for one at a time"),
        ("calm from 1900 to 1880", "The years 1900 to 1880 hold none; swap them"),
        ("calm year:1900-1880", "The years 1900 to 1880 hold none; swap them"),
        ("calm after 1900, before 1880", "The years 1901 to 1879 hold none"),
        ("calm not from the 1890s", "1890-1899 cannot be left out of the middle; ask for those before or"),
        ("calm year:soon", "The years 'soon' are not understood; give them as in year:1880-1900"),
        ("calm year:99999", "The years '99999' are not understood"),
        ('calm year:""', "The years '' are not understood"),
        ("calm artist:claude", "no artist 'claude'; the closest it has: Claude Monet"),
        ("calm -style:cubisme", "no style 'cubisme'; the closest it has: Cubism"),
        ("calm genre:vase", "no genre 'vase'; the closest it has: "),
        ('"calm"^3', "weight '3' is out of range; give more than 0, at most 2"),
        ('"calm"^0', "weight '0' is out of range"),
        ("feeling:calm^-1", "The weight '-1' is out of range; give more than 0, at most 2"),
        ("feeling:calm^nan", "The weight 'nan' is out of range; give more than 0, at most 2"),
        ("feeling:calm^abc", "The weight 'abc' is no number; give more than 0, at most 2"),
        ('"calm"^0.5x', "The weight '0.5x' is no number"),
        ('"calm"^', "The weight '' is no number"),
        ("calm style:cubism^2", "A style has no weight; leave \\^2 out"),
        ("-Monet not Cubist", "names no feeling; add one"),
        ("year:1880-1900", "names no feeling; add one"),
        ("before 1900", "names no feeling; add one"),
        ("landscapes", "names no feeling; add one"),
        ("-", "names no feeling; add one"),
        ("99999", "names no feeling; add one"),
        ("landscapes in 99999", "names no feeling; add one"),
        ("very", "names no feeling, only how strong; add one, as in 'very sad' or 'not very sad'"),
        ("Slightly!", "names no feeling, only how strong"),
        ("quite", "names no feeling, only how strong"),
        ("extremely", "names no feeling, only how strong"),
        ("not very", "names no feeling, only how strong"),
        ("a bit", "names no feeling, only how strong"),
        ("more and more", "names no feeling, only how strong"),
        ("very Cubist landscapes", "names no feeling, only how strong"),
        ("landscapes by hockney", "no feeling, and the index has no artist 'hockney'; add a feeling, as in"),
        ("by hockney or Basquiat", "the index has no artist 'hockney' and no artist 'Basquiat'; add"),
        ("not", "'not' does not say what to avoid; name it, as in 'not sad'"),
        ("Not!", "does not say what to avoid"),
        ("without", "does not say what to avoid"),
        ("not not -", "does not say what to avoid"),
        ("not Cubist, not", "does not say what to avoid"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_remedy(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        parse(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    ["f\u0131fth century calm", "art\u0131st:monet calm", "0th century calm", "*1900 calm", "\u0661st calm"],
)
def test_what_only_looks_like_a_filter_stays_with_the_feeling(text: str) -> None:
    assert parse(text, KNOWN).where in {Filter(), Filter(artist=("Claude Monet",))}


def test_a_query_of_feelings_to_avoid_alone_is_answered() -> None:
    assert [emotion.weight for emotion in parse("not sad, no fear", KNOWN).emotions] == [-1.0, -1.0]
