"""Sentences in which simulated viewers explain what they feel."""

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from trainer.sample.characters import Character
from trainer.sample.colour import Colour
from trainer.sample.lexicon import BRUSHWORK, FEELINGS, FRAMES, Feeling
from trainer.sample.palettes import Palette

HUES = {
    18: "pink",
    42: "red",
    72: "orange",
    108: "yellow",
    165: "green",
    215: "turquoise",
    275: "blue",
    320: "purple",
}
"""The names of hues up to a bound in degrees; beyond the last begins pink again."""

NAMED = 0.07
"""Share of the nouns that are the emotion's own name: real viewers explain it rather than repeat it."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a viewer can point at: two things or more by noun, the others as noun phrases."""

    things: Sequence[str]
    colours: Sequence[str]
    light: Sequence[str]
    brushwork: Sequence[str]

    @classmethod
    def of(cls, style: str, things: Sequence[str], palette: Palette, character: Character) -> "Content":
        """Look at a picture's makings."""
        colours = (palette.sky, palette.near, palette.accent, palette.water)
        named = tuple(dict.fromkeys(name_colour(colour) for colour in colours))
        return cls(things, named, _light_of(character), BRUSHWORK[style])


def utter(emotion: str, content: Content, rng: Generator) -> str:
    """One sentence that gives this emotion, or "something else", a reason in the picture."""
    feeling = FEELINGS[emotion]
    thing, other = rng.permutation(content.things)[:2].tolist()
    sentence = _pick(rng, FRAMES).format(
        thing=thing,
        other=other,
        described=_described(thing, content, feeling, rng),
        colours=_colours(content, rng),
        light=_pick(rng, content.light),
        brushwork=_pick(rng, content.brushwork),
        adjective=_pick(rng, feeling.adjectives),
        air=_pick(rng, feeling.airs),
        noun=emotion if rng.random() < NAMED else _pick(rng, feeling.nouns),
        memory=_pick(rng, feeling.memories),
        thought=_pick(rng, feeling.thoughts),
    )
    return sentence[0].upper() + sentence[1:]


def name_colour(colour: Colour) -> str:
    """The colour in plain English: "pale blue", "dark red", "grey", "brown"."""
    if colour.chroma < 0.022:
        return "black" if colour.lightness < 0.28 else "white" if colour.lightness > 0.88 else "grey"
    hue = next((name for bound, name in HUES.items() if colour.hue <= bound), "pink")
    if hue in ("orange", "yellow") and colour.lightness < 0.62:
        hue = "brown" if hue == "orange" else "olive"
    if colour.lightness < 0.42:
        return f"dark {hue}"
    if colour.lightness > 0.8:
        return f"pale {hue}"
    return f"bright {hue}" if colour.chroma > 0.15 else f"dull {hue}" if colour.chroma < 0.05 else hue


def _light_of(character: Character) -> Sequence[str]:
    if character.lightness < 0.4:
        return ("the darkness", "the deep shadows", "the lack of light")
    if character.vastness > 0.7:
        return ("the glowing light", "the light in the distance", "the vast space")
    if character.lightness > 0.66:
        return ("the soft light", "the brightness", "the sunny light")
    return ("the dim light", "the flat light", "the contrast of light and shade")


def _described(thing: str, content: Content, feeling: Feeling, rng: Generator) -> str:
    adjective = _pick(rng, content.colours if rng.random() < 0.5 else feeling.airs)
    return f"the {adjective} {thing}"


def _colours(content: Content, rng: Generator) -> str:
    first, second = _pick(rng, content.colours), _pick(rng, content.colours)
    return f"the {first} tones" if first == second else f"the {first} and the {second}"


def _pick(rng: Generator, options: Sequence[str]) -> str:
    return options[int(rng.integers(len(options)))]
