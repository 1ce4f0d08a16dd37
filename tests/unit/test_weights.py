from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.errors import QueryError
from search_api.relating.weights import weigh_paintings, weigh_words

Weigh = Callable[[Sequence[str]], Mapping[str, float]]
NUMBERS = st.floats(allow_nan=False)


@pytest.mark.parametrize("weigh", [weigh_paintings, weigh_words])
def test_weights_are_read_as_they_are_typed(weigh: Weigh) -> None:
    assert weigh(["serenity", "fear:-0.5", "awe:-0,5"]) == {"serenity": 1, "fear": -0.5, "awe": -0.5}
    assert weigh(["awe", "awe:2"]) == {"awe": 3}


def test_the_name_of_a_painting_may_hold_a_colon() -> None:
    assert weigh_paintings(["a: b", "a: b:2", ":3"]) == {"a: b": 3, ":3": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fear:abc", "The weight 'abc' of 'fear' is no number; give one such as 0.5"),
        ("fear:", "The weight '' of 'fear' is no number"),
        (":0.5", "The weight in ':0.5' weighs no feeling; name one"),
        (" :0.5", "weighs no feeling"),
    ],
)
def test_a_feeling_whose_weight_cannot_be_read_is_refused(text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as refusal:
        weigh_words(["awe", text])
    assert refusal.value.field == "word"


@given(st.text(min_size=1), NUMBERS)
def test_any_painting_keeps_its_weight(name: str, weight: float) -> None:
    assert weigh_paintings([f"{name}:{weight!r}"]) == {name: weight}


@given(st.text(min_size=1).filter(str.strip), NUMBERS)
def test_any_feeling_keeps_its_weight(name: str, weight: float) -> None:
    assert weigh_words([f"{name}:{weight!r}"]) == {name: weight}
