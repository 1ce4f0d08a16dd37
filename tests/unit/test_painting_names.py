import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.painting_names import (
    PaintingName,
    is_wikiart_name,
    parse_name,
    parse_title,
    parse_year,
    skeleton,
)


@pytest.mark.parametrize(
    ("stem", "artist", "title", "year"),
    [
        ("claude-monet_impression-sunrise-1872", "Claude Monet", "Impression Sunrise", 1872),
        ("hiroshige_moon", "Hiroshige", "Moon", None),
        ("theo-van-doesburg_composition-ii", "Theo van Doesburg", "Composition II", None),
        ("utagawa-kunisada-ii_actors", "Utagawa Kunisada II", "Actors", None),
        ("paul-klee_castle-garden-1931(1)", "Paul Klee", "Castle Garden (1)", 1931),
        ("paul-klee_untitled(1)", "Paul Klee", "Untitled (1)", None),
        ("fernand-leger_the-circus-1950-10", "Fernand Leger", "The Circus 10", 1950),
        ("franz-marc_the-woman-s-violin-1916", "Franz Marc", "The Woman's Violin", 1916),
        ("kazimir-malevich_not_detected_219727-1913", "Kazimir Malevich", "Not Detected 219727", 1913),
        ("piet-mondrian_1942", "Piet Mondrian", "1942", None),
        ("anna_plan-for-2150", "Anna", "Plan For 2150", None),
        ("anna_plan-for-10000", "Anna", "Plan For 10000", None),
        ("émile-bernard_bretonnes-1888", "Émile Bernard", "Bretonnes", 1888),
        ("no-underscore-1901", None, "No Underscore", 1901),
        ("_leading", None, "Leading", None),
        ("trailing_", None, "Trailing", None),
        ("_", None, "_", None),
        ("", None, "", None),
    ],
)
def test_a_file_name_tells_artist_title_and_year(
    stem: str, artist: str | None, title: str, year: int | None
) -> None:
    assert parse_name(stem) == PaintingName(artist, title, year)


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text.upper().casefold() if character.isalnum())


slugs = st.from_regex(
    r"[a-z0-9.éß(-]{0,12}_?[a-z0-9()é-]{0,12}(-1[0-9]{3})?([(-][0-9]{1,2}\)?)?", fullmatch=True
)


@given(st.text() | slugs)
def test_no_name_fails_and_none_loses_a_letter_or_digit(stem: str) -> None:
    name = parse_name(stem)
    parts = [name.artist or "", name.title, str(name.year or "")]
    assert letters("".join(parts)) == letters(stem)
    assert name.title or not stem


@given(st.text())
def test_a_title_keeps_every_letter_and_digit(slug: str) -> None:
    assert letters(parse_title(slug)) == letters(slug)


@pytest.mark.parametrize(("text", "year"), [("1894", 1894), ("1894.0", 1894), (" 79 ", 79), ("1503.", 1503)])
def test_years_are_read_as_tables_write_them(text: str, year: int) -> None:
    assert parse_year(text) == year


@pytest.mark.parametrize("text", ["", "c. 1890", "1890-95", "1894.5", "-200", "0", "18900", "١٨٩٠", "1e3"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no year"):
        parse_year(text)


@pytest.mark.parametrize("stem", ["claude-monet_sunrise", "m.c.-escher_hands", "émile-bernard_x", "a2_b"])
def test_slugs_are_recognised(stem: str) -> None:
    assert is_wikiart_name(stem)


@pytest.mark.parametrize("stem", ["IMG_1234", "DSC_0001", "20200101_093000", "sunrise", "monet_", "_x", ""])
def test_camera_names_are_no_slugs(stem: str) -> None:
    assert not is_wikiart_name(stem)


NAMES = [
    "vasily-surikov_view-of-moscow-1908",
    "théodore-géricault_la-folle-monomane-du-jeu-1822",
    "antoine-blanchard_place-du-châtelet",
    "joan-miró_bleu-ii-1961",
    "tarsila-do-amaral_são-paulo-1924",
    "konstantin-yuon_ростов-1903",
    "jan-toorop_zuiderzee-ĳsselmeer-1890",
    "józsef-rippl-rónai_nő-madárkalitkával-1892",
    "katsushika-hokusai_神奈川沖浪裏-1831",
]


def read_wrongly(text: str, encoding: str) -> str:
    """What a program shows that takes UTF-8 bytes for another encoding."""
    return text.encode().decode(encoding)


def escaped(text: str) -> str:
    return "".join(c if c.isascii() else f"#U{ord(c):04x}" for c in text)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


DAMAGES: dict[str, Callable[[str], str]] = {
    "other dashes": lambda name: name.replace("-", "\N{EN DASH}").replace("_", "-"),
    "underscores for dashes": lambda name: name.replace("-", "_"),
    "upper case": str.upper,
    "NFD": nfd,
    "Latin-1": lambda name: read_wrongly(name, "latin-1"),
    "Latin-1, then lower-cased": lambda name: read_wrongly(name, "latin-1").lower(),
    "Latin-1, then lower-cased, then NFD": lambda name: nfd(read_wrongly(name, "latin-1").lower()),
    "Latin-1 twice": lambda name: read_wrongly(read_wrongly(name, "latin-1"), "latin-1"),
    "cp437": lambda name: read_wrongly(name, "cp437"),
    "cp437 twice": lambda name: read_wrongly(read_wrongly(name, "cp437"), "cp437"),
    "cp866": lambda name: read_wrongly(name, "cp866"),
    "cp866 twice": lambda name: read_wrongly(read_wrongly(name, "cp866"), "cp866"),
    "cp866, then NFD": lambda name: nfd(read_wrongly(name, "cp866")),
    "Latin-1, then cp437": lambda name: read_wrongly(read_wrongly(name, "latin-1"), "cp437"),
    "escapes": escaped,
    "escapes of upper case": lambda name: escaped(name).replace("#U00e", "#U00E"),
    "escapes of combining characters": lambda name: escaped(nfd(name)),
    "escapes of what Latin-1 made": lambda name: escaped(read_wrongly(name, "latin-1")),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_name_meets_the_sound_one(name: str, damage: str) -> None:
    damaged = DAMAGES[damage](name)
    assert skeleton("Art_Nouveau_Modern", damaged) == skeleton("Art_Nouveau_Modern", name)


@given(
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=30),
    st.sampled_from(["latin-1", "cp437", "cp866"]),
)
def test_reading_utf8_wrongly_never_changes_a_skeleton(name: str, encoding: str) -> None:
    composed = unicodedata.normalize("NFC", name)
    assert skeleton("", read_wrongly(composed, encoding)) == skeleton("", composed)


@given(st.text(), st.text())
def test_a_skeleton_is_plain_and_its_own_skeleton(style: str, name: str) -> None:
    bones = skeleton(style, name)
    assert bones == "" or (bones.isascii() and bones.isalnum() and bones == bones.lower())
    assert skeleton("", bones) == bones


def test_names_that_differ_in_style_or_title_stay_apart() -> None:
    assert skeleton("Realism", "ivan-kramskoy_forest") != skeleton("Romanticism", "ivan-kramskoy_forest")
    assert skeleton("Cubism", "juan-gris_guitar-1913") != skeleton("Cubism", "juan-gris_guitar-1914")


def test_an_impossible_escape_is_dropped() -> None:
    assert skeleton("", "a#Lffffffb#Ud800c") == "abc"
