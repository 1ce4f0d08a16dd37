"""The names that real galleries have, and words that must not be mistaken for them."""

from pathlib import Path

from search_api.parsing.names import KnownValues

WORDS = Path(__file__).parent / "words"


def lines(name: str) -> tuple[str, ...]:
    return tuple((WORDS / name).read_text(encoding="utf-8").splitlines())


STYLES = lines("wikiart_styles.txt")
ARTISTS = tuple(dict.fromkeys([*lines("artists.txt"), *lines("gallery_artists.txt")]))
GENRES = ("landscape", "still life", "portrait", "religious painting", "genre painting", "nude painting (nu)")
FEELINGS = tuple(word for line in lines("feelings.txt") for word in line.split())
ORDINARY = tuple(word for line in lines("ordinary.txt") for word in line.split())
KNOWN = KnownValues(STYLES, ARTISTS, GENRES)
