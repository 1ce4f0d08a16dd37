"""What a WikiArt file name says, and the skeleton on which damaged copies of a name still meet."""

import re
import unicodedata
from dataclasses import dataclass

PARTICLES = frozenset(("da", "de", "del", "della", "der", "di", "du", "la", "le", "of", "van", "von", "y"))
ROMAN_NUMERAL = re.compile(r"(?=[ivx]{2})x{0,3}(ix|iv|v?i{0,3})")
DATED_TITLE = re.compile(r"(?P<title>.+)-(?P<year>1[0-9]{3}|20[0-9]{2})(?P<copy>-[0-9]{1,2}|\([0-9]+\))?")
YEAR = re.compile(r"([0-9]{1,4})(\.0*)?")
COPY_MARK = re.compile(r"(?<=[^ (])\((?=[0-9]+\)$)")
ESCAPE = re.compile(r"#U([0-9a-fA-F]{4})|#L([0-9a-fA-F]{6})")  # how unzip writes what it cannot
NOT_IN_SKELETON = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class PaintingName:
    """What a file name tells of a work."""

    artist: str | None
    title: str
    year: int | None


def parse_name(stem: str) -> PaintingName:
    """Take a WikiArt file name without its suffix apart: "claude-monet_impression-sunrise-1872".

    A trailing year (1000 to 2099) leaves the title; what marks a copy behind it stays in the title.
    Letters and digits are never lost: artist, title and year together hold all those of the name.
    """
    artist, _, title = stem.partition("_")
    if not artist or not title:
        return PaintingName(None, *_split_year(stem))
    return PaintingName(_name(artist), *_split_year(title))


def parse_title(slug: str) -> str:
    """Write "castle-garden(1)" as "Castle Garden (1)"; a name without words stays as it is."""
    words = " ".join(_capitalise(word) for word in _words(slug))
    return COPY_MARK.sub(" (", words).replace(" S ", "'s ") or slug


def parse_year(text: str) -> int:
    """Read a year of the common era, also as a table's "1894.0".

    Raises:
        ValueError: the text is no year from 1 to 9999.
    """
    year = YEAR.fullmatch(text.strip())
    if not year or int(year[1]) == 0:
        raise ValueError(f"{text!r} is no year")
    return int(year[1])


def is_wikiart_name(stem: str) -> bool:
    """Tell "artist-slug_title-slug" from a camera's "IMG_1234": slugs are lower case and hold letters."""
    artist, _, title = stem.partition("_")
    return bool(title) and artist == artist.lower() and any(character.isalpha() for character in artist)


def skeleton(style: str, name: str) -> str:
    """Reduce style and file name (without suffix) to what survives every damage on the way: a-z and 0-9.

    Equal for the copies of one name that differ in dashes, underscores and case, in Unicode normal form,
    in `#U00e9`-like escapes, or by UTF-8 having been read as Latin-1, cp437 or cp866, however often:
    all of these turn a character outside ASCII into others outside ASCII.
    """
    restored = ESCAPE.sub(_unescape, style + name)
    ascii_only = unicodedata.normalize("NFC", restored).encode("ascii", "ignore").decode()
    return NOT_IN_SKELETON.sub("", ascii_only.lower())


def _unescape(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= 0x10FFFF else ""


def _split_year(slug: str) -> tuple[str, int | None]:
    dated = DATED_TITLE.fullmatch(slug)
    if not dated:
        return parse_title(slug), None
    return parse_title(dated["title"] + (dated["copy"] or "")), int(dated["year"])


def _name(slug: str) -> str | None:
    first, *rest = _words(slug) or [""]
    words = [_capitalise(first), *(word if word in PARTICLES else _capitalise(word) for word in rest)]
    return " ".join(words) or None


def _words(slug: str) -> list[str]:
    return slug.replace("-", " ").replace("_", " ").split()


def _capitalise(word: str) -> str:
    return word.upper() if ROMAN_NUMERAL.fullmatch(word) else word[:1].upper() + word[1:]
