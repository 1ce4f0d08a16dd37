"""One feeling that is asked for by itself, outside a question: its words mean what they mean in a search."""

from encoders.encoder import Encoder, Reading
from encoders.errors import WordError
from search_api.errors import QueryError, blame, quoted
from search_api.parsing.feelings import read_feelings
from search_api.parsing.misspelt import respelt
from search_api.parsing.text import Word, cut, phrase


def read_word(encoder: Encoder, text: str, *, weighed: bool = False) -> Reading:
    """A feeling in any words; a misspelt one is read as what it was to be, and its reading says so.

    A model takes "not sad" for much the same as "sad", so no feeling can be refused here; where each is
    `weighed`, a weight below 0 does that.

    Raises:
        QueryError: a search would avoid what the text names, or a part of it.
        WordError: the text is blank or too long.
    """
    with blame("word", QueryError, WordError):
        words = respelt(cut(text))
        _check_nothing_refused(text, words, weighed=weighed)
        return encoder.read(phrase(text, words) if any(word.meant for word in words) else text)


def _check_nothing_refused(text: str, words: tuple[Word, ...], *, weighed: bool) -> None:
    feelings = [span for span in read_feelings(text, [words]) if span.role == "feeling"]
    refused = [span.phrase for span in feelings if span.weight < 0]
    if not refused:
        return
    if weighed:
        remedy = f"weigh it below 0, as in {quoted(f'{refused[0]}:-1')}"
    else:
        asked = [span.phrase for span in feelings if span.weight > 0]
        remedy = f"give the feeling itself, such as {quoted([*asked, *refused][0])}"
    raise QueryError(f"{quoted(text)} refuses a feeling; {remedy}.")
