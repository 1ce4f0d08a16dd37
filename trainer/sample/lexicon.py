"""The words of the simulated viewers: frames of sentences, and what people say of each emotion."""

from dataclasses import dataclass

FRAMES = (
    "{described} and {light} make me feel {adjective}.",
    "Seeing {described} makes me feel {adjective}, {thought}.",
    "I feel {adjective} because of {described} and {colours}.",
    "{colours} give the {thing} a certain {air} mood.",
    "The {thing} and {light} remind me of {memory}.",
    "{brushwork} and {colours} fill me with {noun}.",
    "With {described} this reminds me of {memory}, {thought}.",
    "There is something {air} in {described}, {thought}.",
    "The way the {thing} and the {other} are painted feels {air} to me.",
    "I get a sense of {noun} from {light} and {described}.",
    "I find {light} around the {thing} rather {air}.",
    "Looking at {described} leaves me {adjective}.",
    "{brushwork} in {colours} suggest {noun}.",
    "It looks like {memory} in {colours}, which makes me feel {adjective}.",
    "The {thing} and {colours} bring {noun} to my mind.",
    "{colours} around the {thing} remind me of {memory}.",
    "Because of {brushwork} the whole scene turns {air}, {thought}.",
    "My eye goes to the {thing} first and then to the {other}, and I feel {adjective} at once.",
    "With {light} and {colours} this could be {memory}.",
    "I feel {adjective}, {thought}, and {colours} add to it.",
    "{described} next to the {other}, that speaks of {noun} to me.",
    "{colours} and {light} are so {air} that I feel {adjective}.",
    "When I look at the {thing} and the {other} I have to think of {memory}.",
    "The painter used {colours} and {brushwork} to create a feeling of {noun}.",
    "It is all rather {air}, above all {described}, {thought}.",
    "What {described} and {brushwork} tell me is {noun}.",
)


@dataclass(frozen=True, slots=True)
class Feeling:
    """How viewers speak of one emotion."""

    adjectives: tuple[str, ...]  # I feel ...
    airs: tuple[str, ...]  # it looks ...
    nouns: tuple[str, ...]  # a sense of ...
    memories: tuple[str, ...]  # it reminds me of ...
    thoughts: tuple[str, ...]  # a clause that ends a sentence

    @classmethod
    def of(cls, adjectives: str, airs: str, nouns: str, memories: str, thoughts: str) -> "Feeling":
        """From lists written as text, parted by slashes."""
        return cls(*(tuple(text.split(" / ")) for text in (adjectives, airs, nouns, memories, thoughts)))


FEELINGS = {
    "amusement": Feeling.of(
        "cheerful / tickled / playful / merry / light-hearted / entertained / giggly",
        "funny / playful / silly / whimsical / comical / quirky",
        "fun / humour / mischief / merriment / silliness / play",
        "a children's party / a circus / a cartoon / a silly dream / a summer fair / a joke between friends",
        "it makes me smile / as if the painter were joking / I want to giggle / it is all a bit of a game"
        " / nobody here is serious about anything / like something from a funny story",
    ),
    "awe": Feeling.of(
        "small / amazed / humbled / full of wonder / speechless / moved / overwhelmed",
        "majestic / grand / magnificent / immense / sublime / otherworldly",
        "wonder / grandeur / reverence / the infinite / amazement / eternity",
        "the first sight of the mountains / a cathedral / the edge of the world / a night full of stars"
        " / standing before the ocean / the beginning of time",
        "it is bigger than anything I know / it takes my breath away / I could only stand and stare"
        " / as if something holy were near / the skill of it is astonishing / I wonder what lies beyond",
    ),
    "contentment": Feeling.of(
        "calm / at peace / relaxed / at ease / comfortable / rested / serene",
        "peaceful / gentle / serene / tranquil / quiet / homely",
        "peace / calm / harmony / serenity / quiet happiness / rest",
        "a slow Sunday afternoon / my grandmother's garden / a walk after breakfast / holidays by the water"
        " / a warm day with nothing to do / coming home",
        "I would like to sit there for hours / nothing is in a hurry here / everything is as it should be"
        " / I can almost feel the mild air / it lets me breathe / a place where one could rest",
    ),
    "excitement": Feeling.of(
        "thrilled / energised / eager / alive / exhilarated / ready for an adventure / fired up",
        "vibrant / lively / dynamic / thrilling / electric / bold",
        "energy / adventure / passion / movement / anticipation / exhilaration",
        "a carnival at its height / dancing all night / a race about to start / fireworks"
        " / setting out on a journey / the first day of summer",
        "I want to jump in / everything seems to move / my heart beats faster / it is bursting with life"
        " / something great is about to happen / like music turned up loud",
    ),
    "anger": Feeling.of(
        "furious / enraged / irritated / hostile / provoked / tense and mad / outraged",
        "violent / aggressive / harsh / raging / brutal / fierce",
        "rage / fury / violence / conflict / hatred / wrath",
        "a war / a burning house / a fight that got out of hand / shouting behind a door / blood / a riot",
        "it is like being shouted at / I want to hit something / as if it were painted in a rage"
        " / somebody has been wronged here / it attacks the eye / there is no justice in it",
    ),
    "disgust": Feeling.of(
        "sick / repelled / queasy / uncomfortable / put off / nauseous / revolted",
        "dirty / ugly / rotten / slimy / sickly / unpleasant",
        "decay / filth / revulsion / sickness / mould / nausea",
        "spoiled food / a stagnant pond / mould on a wall / an old wound / something in the cellar / mud",
        "I would not touch it / it seems to smell / I want to look away / as if everything were going off"
        " / it turns my stomach / it needs a good cleaning",
    ),
    "fear": Feeling.of(
        "scared / uneasy / threatened / nervous / trapped / on edge / frightened",
        "eerie / menacing / sinister / haunting / ghostly / creepy",
        "dread / danger / terror / unease / horror / a threat",
        "a nightmare / being lost at night / a horror film / footsteps behind me / the cellar of my childhood"
        " / the moment before a storm",
        "something could be hiding there / I would not want to be there alone / as if someone were watching"
        " / there is no way out / it sends a shiver down my spine / something terrible is about to happen",
    ),
    "sadness": Feeling.of(
        "abandoned / lonely / down / melancholy / empty / close to tears / heavy-hearted",
        "gloomy / desolate / mournful / bleak / forlorn / tired",
        "grief / loss / loneliness / sorrow / melancholy / despair",
        "a funeral / a rainy day without friends / somebody who is gone / the end of summer / a farewell"
        " / an empty house",
        "as if someone had just left / nobody is coming back / all the joy has gone out of it"
        " / I miss someone when I see it / the day seems to be over for good / it weighs on me",
    ),
    "something else": Feeling.of(
        "confused / indifferent / curious / bored / nostalgic / puzzled / undecided",
        "odd / plain / mysterious / unfinished / ordinary / strange",
        "confusion / curiosity / boredom / nostalgia / indifference / hope",
        "a poster in a waiting room / an old postcard / a pattern on a curtain / a dream I cannot place"
        " / a map of nowhere / a lesson at school",
        "I do not know what to make of it / it leaves me cold / I wonder what the painter meant"
        " / it could mean anything / I would need to know more / it neither pleases nor hurts",
    ),
}

BRUSHWORK = {
    "Abstract_Expressionism": ("the drips and splatters", "the wild strokes", "the tangled lines"),
    "Color_Field_Painting": ("the large fields of paint", "the blurred edges", "the simple areas"),
    "Cubism": ("the broken planes", "the sharp facets", "the many angles"),
    "Expressionism": ("the bent outlines", "the swirling strokes", "the thick contours"),
    "Impressionism": ("the short brush strokes", "the loose dabs", "the flickering touches"),
    "Pointillism": ("the countless dots", "the tiny points", "the specks of paint"),
    "Romanticism": ("the mist and soft edges", "the smooth glazes", "the hazy tones"),
    "Ukiyo_e": ("the clean outlines", "the flat areas of ink", "the fine lines"),
}
"""What viewers call the brushwork of each style."""
