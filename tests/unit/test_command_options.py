from dataclasses import fields

import pytest

from search_api.commands.options import Filters, Ranked, Sought
from search_api.commands.relating import Pooled
from search_api.schemas.parameters import (
    ContrastParameters,
    FilterParameters,
    Parameters,
    RankedParameters,
    SearchParameters,
)


@pytest.mark.parametrize(
    ("group", "parameters"),
    [
        (Filters, FilterParameters),
        (Ranked, RankedParameters),
        (Sought, SearchParameters),
        (Pooled, ContrastParameters),
    ],
)
def test_options_have_the_names_and_defaults_of_http(
    group: type[Filters], parameters: type[Parameters]
) -> None:
    options = {field.name: field.default or None for field in fields(group)}
    over_http = {
        name: field.default or None for name, field in parameters.model_fields.items() if name != "q"
    }
    assert options == over_http


def test_what_is_wanted_becomes_the_question_that_http_would_ask() -> None:
    asked = {"year_from": 1800, "top_k": 3, "fold": True, "min_coherence": 0.1, "per_artist": 2}
    more = {
        "diversity": 0.5,
        "facets": True,
        "cursor": "abc",
        "style": ["Cubism"],
        "without_artist": ["Gris"],
    }
    by_command = Sought(**asked, **more).question("joy")  # type: ignore[arg-type]
    assert by_command == SearchParameters.model_validate({"q": "joy", **asked, **more}).question
