"""Invented painters, titles and years, spelled as WikiArt spells its file names."""

import re
from dataclasses import dataclass

from numpy.random import Generator

ARTISTS = {
    "Abstract_Expressionism": (
        "Harlan Voskeer",
        "Ines Calloway",
        "Theo Brandvik",
        "Ruth Ostrander",
        "Milo Szantay",
    ),
    "Color_Field_Painting": (
        "Agda Lindqvern",
        "Simon Ferrault",
        "Naomi Treve",
        "Walter Okonsen",
        "Clea Marchetto",
    ),
    "Cubism": ("Julien Parmaud", "Ottilie Kranz", "Rafael Montesco", "Bela Horvany", "Lucienne Darcel"),
    "Expressionism": (
        "Konrad Eisenlohn",
        "Greta Vallgren",
        "Emil Trautner",
        "Sigrun Holmvik",
        "Franz Adlerhof",
    ),
    "Impressionism": (
        "Armand Delvoye",
        "Camille Rouvray",
        "Edith Farnley",
        "Gustave Lemarec",
        "Henriette Solane",
    ),
    "Pointillism": (
        "Achille Bonvert",
        "Lambert van Hoorde",
        "Odette Giraval",
        "Paul Serrandier",
        "Willem Rysdaal",
    ),
    "Romanticism": (
        "August Wiegandt",
        "Caspar Nordlund",
        "Eleanor Hartwyck",
        "Jonas Kjelde",
        "William Thornlea",
    ),
    "Ukiyo_e": ("Asano Harukuni", "Isoda Kunishige", "Kawase Toyomaru", "Mizuno Hideteru", "Ogata Sadanobu"),
}

YEARS = {
    "Abstract_Expressionism": (1946, 1963),
    "Color_Field_Painting": (1949, 1976),
    "Cubism": (1908, 1927),
    "Expressionism": (1905, 1932),
    "Impressionism": (1868, 1908),
    "Pointillism": (1884, 1912),
    "Romanticism": (1802, 1856),
    "Ukiyo_e": (1788, 1859),
}
"""First year and the year after the last."""

DATED = 0.65
"""Share of the titles that end in a year."""

PLACES = (
    "Vellmar", "Saint-Orlan", "Brennock", "Castel Marin", "Hollinfold", "Ardennay", "Port Averil", "Solmere",
    "Kestrel Bay", "Monterossa", "Ostrel Mill", "Pellworth", "Quennet", "Ravensey", "Lower Tresk", "Tarnholt",
)  # fmt: skip
EASTERN_PLACES = (
    "Aoba", "Fukase", "Hamane", "Ichibori", "Kurose", "Minato", "Nagihama", "Otsuki", "Shirakawa Ford",
    "Tsukino", "Umezawa", "Yanagi",
)  # fmt: skip
TIMES = ("Morning", "Noon", "Evening", "Early Spring", "Late Summer", "Autumn", "Winter", "October", "March")
SITTERS = (
    "Madame Lorne",
    "the Miller",
    "a Young Woman",
    "the Painter's Brother",
    "Anna",
    "a Fisherman",
    "Dr. Hale",
)

TITLES = {
    "landscape": (
        "{time} near {place}",
        "The Valley of {place}",
        "Hills at {place}",
        "View of {place}, {time}",
    ),
    "sea": ("The Coast at {place}", "{time}, the Bay of {place}", "Off {place}", "Boats near {place}"),
    "wood": (
        "The Wood at {place}",
        "Path through the Forest, {time}",
        "Under the Trees near {place}",
        "The Clearing",
    ),
    "town": (
        "Houses at {place}",
        "The Quarter of {place}, {time}",
        "Rooftops, {place}",
        "A Street in {place}",
    ),
    "still life": ("Still Life with Vase", "Flowers and Fruit", "The Table at {place}", "Still Life, {time}"),
    "portrait": ("Portrait of {sitter}", "{sitter}, Seated", "Head of {sitter}", "{sitter} of {place}"),
    "": (
        "Untitled No. {number}",
        "Composition {number}",
        "Number {number}",
        "{place} Series {number}",
        "{time} {number}",
    ),
}
"""Titles by subject; the empty one is for paintings without a subject."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the wall beside a painting says."""

    artist: str
    title: str
    year: int | None

    @property
    def slug(self) -> str:
        """WikiArt's name of the file: artist-slug_title-slug, the year last where there is one."""
        year = f"-{self.year}" if self.year else ""
        return f"{slugify(self.artist)}_{slugify(self.title)}{year}"


def make_label(style: str, subject: str, rng: Generator) -> Label:
    """Invent who painted what when; nothing in it depends on the mood."""
    title = str(rng.choice(TITLES[subject])).format(
        time=rng.choice(TIMES),
        place=rng.choice(EASTERN_PLACES if style == "Ukiyo_e" else PLACES),
        sitter=rng.choice(SITTERS),
        number=rng.integers(1, 60),
    )
    year = int(rng.integers(*YEARS[style]))
    return Label(
        str(rng.choice(ARTISTS[style])), title[0].upper() + title[1:], year if rng.random() < DATED else None
    )


def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: "Castel Marin, Noon" -> "castel-marin-noon"."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def unique(name: str, taken: set[str]) -> str:
    """The name itself, or with the first free number behind it, as WikiArt tells namesakes apart."""
    if name not in taken:
        return name
    number = 1
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
