"""From an emotion word to the sentences that are encoded for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from encoders.errors import WordError
from encoders.vectors import Vectors, unit
from encoders.words.emotions import find

MAX_WORD_LENGTH = 200
SHOWN_LENGTH = 40

DEFAULT_TEMPLATES = (
    "{word}",
    "a painting that evokes {word}",
    "this painting makes me feel {word}",
    "the mood of this picture is {word}",
    "an artwork full of {word}",
)


@dataclass(frozen=True, slots=True)
class Prompts:
    """Templates, each with one `{word}`; a word's vector is the mean over all of them.

    Prompt ensembling follows Radford et al. 2021 (CLIP), section 3.1.4: embeddings are normalised, averaged
    and normalised again. A word that the vocabulary knows comes under its names, as many as there are
    templates: its headword and its synonyms take turns. So the synonyms of one emotion read alike, and none
    of them is unseen where training has met another.
    """

    templates: tuple[str, ...] = DEFAULT_TEMPLATES

    def __post_init__(self) -> None:
        for template in self.templates:
            if template.count("{word}") != 1:
                raise ValueError(f"Prompt template {template!r} needs the placeholder {{word}} exactly once.")
        if not self.templates:
            raise ValueError("Prompts need at least one template.")

    def sentences(self, word: str) -> list[str]:
        """One sentence per template."""
        turns = zip(self.templates, cycle(_names(word)), strict=False)
        return [template.replace("{word}", name) for template, name in turns]

    def one_each(self, words: Sequence[str]) -> list[str]:
        """One sentence per word; the templates, and so the words' names, take turns."""
        turns = zip(words, cycle(range(len(self.templates))), strict=False)
        return [self.sentences(word)[place] for word, place in turns]


def clean_word(word: str) -> str:
    """Collapse white space and lower-case.

    Raises:
        WordError: nothing is left, or more than `MAX_WORD_LENGTH` characters are.
    """
    cleaned = " ".join(word.split()).lower()
    if not any(character.isalnum() for character in cleaned):
        raise WordError(
            f"The emotion word {word[:SHOWN_LENGTH]!r} is empty or has no letters; "
            "give a word or phrase such as 'serenity'."
        )
    if len(cleaned) > MAX_WORD_LENGTH:
        raise WordError(
            f"The emotion word '{cleaned[:SHOWN_LENGTH]}...' has {len(cleaned)} characters; "
            f"give at most {MAX_WORD_LENGTH}."
        )
    return cleaned


def ensemble(vectors: Vectors) -> Vectors:
    """Average unit vectors over templates: (n, templates, d) -> (n, d), rows of unit length."""
    return unit(vectors.mean(axis=1))


def _names(word: str) -> tuple[str, ...]:
    emotion = find(word)
    return (emotion.word, *emotion.synonyms) if emotion else (word,)
