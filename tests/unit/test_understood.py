import pytest

from search_api.parsing.query import parse
from search_api.rendering.wording import understood
from tests.unit.gallery_names import KNOWN


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "melancholy Impressionist paintings",
            "feeling: melancholy | style: Impressionism | ignored: paintings",
        ),
        ("very tense but not sad", "feeling: tense (1.25) | avoid: sad"),
        ("not very sad, before 1900", "avoid: sad (0.8) | years: up to 1899"),
        ("calm, 1880-1900, no portraits", "feeling: calm | not genre: portrait | years: 1880-1900"),
        ("awe -style:ukiyo-e, after 1900", "feeling: awe | not style: Ukiyo-e | years: from 1901"),
        (
            "joy in 1890 by Monet or Renoir",
            "feeling: joy | artist: Claude Monet or Pierre-Auguste Renoir | years: 1890 | ignored: by or",
        ),
    ],
)
def test_what_was_understood_is_told_in_one_line(text: str, line: str) -> None:
    assert understood(parse(text, KNOWN)) == line
