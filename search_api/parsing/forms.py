"""The forms that a style, an artist or a genre takes in a sentence: 'Cubism' is also 'cubist'."""

import re
import unicodedata
from collections.abc import Iterable

Form = tuple[str, ...]
"""Folded words in order: ("abstract", "expressionist")."""

SHORTEST_JOINED = 4
"""Names whose first word is this long may be written as one ("Postimpressionism", but not "Newrealism")."""

ISM_ENDINGS = ("ism", "ist", "ists", "istic")
PAINTING_ENDINGS = ("painting", "paintings", "painter", "painters")
GENERATIONS = {"elder", "younger", "i", "ii", "iii", "iv", "jr", "sr", "junior", "senior", "the"}

OTHER_NAMES: dict[Form, tuple[Form, ...]] = {
    ("art", "nouveau", "modern"): (("art", "nouveau"),),
    ("color", "field", "painting"): (("color", "field"),),
    ("early", "renaissance"): (("renaissance",),),
    ("fauvism",): (("fauve",), ("fauves",)),
    ("high", "renaissance"): (("renaissance",),),
    ("mannerism", "late", "renaissance"): (("mannerism",), ("late", "renaissance")),
    ("naive", "art", "primitivism"): (("naive", "art"), ("naive", "painting"), ("primitivism",)),
    ("northern", "renaissance"): (("renaissance",),),
    ("pointillism",): (("neo", "impressionism"),),
}
"""What WikiArt's styles are called besides their folder names."""
OTHER_GENRES: dict[Form, tuple[Form, ...]] = {
    ("marina",): (("seascape",), ("seascapes",)),
    ("nude", "painting"): (("nudes",),),
    ("still", "life"): (("still", "lives"),),
}


def phrases(listed: str) -> frozenset[Form]:
    """Folded phrases that strokes part: "not / free of"."""
    return frozenset(tuple(phrase.split()) for phrase in listed.split("/"))


def fold(word: str) -> str:
    """Case, accents, apostrophes and a possessive ending do not matter: "Cézanne's" -> "cezanne"."""
    letters = word.casefold().replace("\u2019", "'").removesuffix("'s")
    if not letters.isascii():  # most are, and a cold start folds thousands
        apart = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return letters.replace("'", "")


def words_of(value: str) -> Form:
    """Fold a value of the index: "Ukiyo_e" -> ("ukiyo", "e"); a bracketed remark is left out."""
    plain = re.sub(r"\(.*?\)", " ", value)
    return tuple(fold(word) for word in re.findall(r"[^\W_]+(?:['\u2019][^\W_]+)*", plain))


def style_forms(value: str) -> set[Form]:
    """All forms of a style, with -ism, -ist and -istic endings, British spelling and joined words."""
    words = words_of(value)
    names = {words, *OTHER_NAMES.get(words, ())}
    names |= {tuple("colour" if word == "color" else word for word in name) for name in names}
    names = {form for name in names for form in _endings(name)}
    return names | {("".join(name),) for name in names if len(name[0]) >= SHORTEST_JOINED}


def artist_forms(value: str) -> set[Form]:
    """An artist's whole name and every end of it: "Vincent van Gogh" is "van Gogh" and "Gogh".

    First with last name counts as well ("Pierre Renoir"); "the Elder" and "II" may be left out.
    """
    words = words_of(value)
    core = _without_generation(words)
    generation = words[len(core) :]
    ends = {core[start:] for start in range(len(core))} | {(core[0], core[-1])} if len(core) > 1 else {core}
    return _filled(ends | {end + generation for end in ends} | {words})


def genre_forms(value: str) -> set[Form]:
    """A genre in singular and plural, and its other names: "landscape", "landscapes"."""
    words = words_of(value)
    if not words:
        return set()
    *before, last = words
    return {words, (*before, last + "s"), (*before, last.removesuffix("s")), *OTHER_GENRES.get(words, ())}


def _endings(name: Form) -> set[Form]:
    if not name:
        return set()
    *before, last = name
    if last.endswith("ism"):
        return {(*before, last.removesuffix("ism") + ending) for ending in ISM_ENDINGS}
    if last == "painting":
        return {(*before, ending) for ending in PAINTING_ENDINGS}
    return {name}


def _without_generation(words: Form) -> Form:
    end = len(words)
    while end > 1 and words[end - 1] in GENERATIONS:
        end -= 1
    return words[:end]


def _filled(forms: Iterable[Form]) -> set[Form]:
    return {form for form in forms if form}
