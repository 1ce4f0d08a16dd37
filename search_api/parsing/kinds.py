"""Styles and genres that people ask for by name, whether or not an index has them.

The styles are WikiArt's 27 and others of as much renown; a text that names one which the index lacks is told
so rather than searched for as if it were a feeling.
"""

from functools import cache

from search_api.parsing.names import KnownValues, Names

STYLES = """
    Abstract Expressionism / Action painting / Analytical Cubism / Art Nouveau Modern / Baroque
    / Color Field Painting / Contemporary Realism / Cubism / Early Renaissance / Expressionism / Fauvism
    / High Renaissance / Impressionism / Mannerism Late Renaissance / Minimalism / Naive Art Primitivism
    / New Realism / Northern Renaissance / Pointillism / Pop Art / Post Impressionism / Realism / Rococo
    / Romanticism / Symbolism / Synthetic Cubism / Ukiyo e
    / Academicism / Art Brut / Art Deco / Bauhaus / Conceptual Art / Constructivism / Dada / Dadaism
    / De Stijl / Divisionism / Futurism / Hyperrealism / Luminism / Magic Realism / Neo Classicism
    / Neo Expressionism / Neo Plasticism / Neo Romanticism / Op Art / Orientalism / Orphism / Photorealism
    / Precisionism / Pre Raphaelite / Pre Raphaelites / Pre Raphaelitism / Social Realism / Socialist Realism
    / Street Art / Suprematism / Surrealism / Tachisme / Tonalism / Vorticism
"""
GENRES = """
    abstract painting / animal painting / battle painting / caricature / cityscape / cloudscape
    / flower painting / genre painting / history painting / landscape / marine painting
    / mythological painting / nude painting / portrait / religious painting / seascape / self portrait
    / still life / townscape / vanitas
"""
MERE_QUALITY = "istic"
"""What ends so need not mean a style: "realistic", "futuristic"."""


@cache
def kinds() -> Names:
    """The names of them all."""
    return Names(KnownValues(styles=_listed(STYLES), genres=_listed(GENRES)))


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split("/"))
