"""Which paintings of an answer hang on its contact sheet, and what their labels say."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from indexer.painting import Painting
from search_api.answer import Answer, ReleaseName, ScoredHit
from search_api.relating.anchors import Anchor
from search_api.relating.blending import Blend
from search_api.relating.contrast import Contrast
from search_api.relating.neighbours import Neighbour, Neighbourhood
from search_api.rendering.sheet import MOST_PICTURES, Sheet, Tile
from search_api.rendering.wording import asked, mixed, readable, shifted, understood

SHIFTS = 2
"""How many emotions fit a line."""


def answer_sheet(answer: Answer) -> Sheet:
    """The hits with their coherences: a bar for the whole, and numbers for each of several feelings."""
    tiles = [
        Tile(hit.painting, (*about(hit.painting), *_parts(answer, hit)), hit.coherence) for hit in answer.hits
    ]
    summary = understood(answer.query) + (" | merely nearest" if tiles and answer.match == "none" else "")
    return _sheet(answer.query.text, summary, tiles, answer.release)


def similar_sheet(found: Neighbourhood, release: ReleaseName) -> Sheet:
    """The picture asked about, and its neighbours."""
    alike = "Looks like" if found.space == "look" else "Feels like"
    summary = f"by {found.space}, nearest first"
    return _sheet(f"{alike} {found.of.name}", summary, _neighbours(found.hits), release, found.of)


def contrast_sheet(found: Contrast, release: ReleaseName) -> Sheet:
    """The picture asked about, and what looks like it and feels otherwise."""
    tiles = [
        Tile(
            hit.painting,
            (
                *about(hit.painting),
                f"look {hit.look:.2f}, lean {hit.lean:+.2f}",
                f"more {shifted(hit.more[:SHIFTS])}" if hit.more else "",
                f"less {shifted(hit.less[:SHIFTS])}" if hit.less else "",
            ),
        )
        for hit in found.hits
    ]
    summary = "the most opposite feeling first"
    return _sheet(f"Looks like {found.of.name}, feels otherwise", summary, tiles, release, found.of)


def blend_sheet(blend: Blend, release: ReleaseName) -> Sheet:
    """The paintings near a blend."""
    tiles = [
        Tile(hit.painting, (*about(hit.painting), f"similarity {hit.similarity:.3f}")) for hit in blend.hits
    ]
    return _sheet(blended(blend), "a blend, nearest first", tiles, release)


def more_like_sheet(hits: Sequence[Neighbour], wish: str, release: ReleaseName) -> Sheet:
    """The paintings that a wish is answered with."""
    return _sheet(wish, "the best first", _neighbours(hits), release)


def blended(blend: Blend) -> str:
    """All ingredients in one line: "Haystacks + serenity x0.5"."""
    return " + ".join(map(mixed, blend.ingredients))


def wished(liked: Sequence[Painting], disliked: Sequence[Painting], word: str | None) -> str:
    """What more is wanted of, in one line: "like Haystacks, unlike Guitar, towards serenity"."""
    parts = [f"like {painting.title}" for painting in liked]
    parts += [f"unlike {painting.title}" for painting in disliked]
    return ", ".join([*parts, *([f"towards {word}"] if word else [])])


def about(painting: Painting) -> tuple[str, str]:
    """Title, and artist with style."""
    by = ", ".join(part for part in (readable(painting.artist), readable(painting.style)) if part)
    return painting.title, by


def _parts(answer: Answer, hit: ScoredHit) -> tuple[str, ...]:
    """The lines of the scores; that of the whole comes last, where its bar is."""
    whole = f"coherence {hit.coherence:.2f}"
    if len(hit.parts) < 2:
        return (whole,)
    parts = zip(answer.query.emotions, hit.parts, strict=True)
    return ", ".join(f"{asked(emotion)} {part.coherence:.2f}" for emotion, part in parts), whole


def _neighbours(hits: Iterable[Neighbour]) -> list[Tile]:
    return [Tile(hit.painting, (*about(hit.painting), f"similarity {hit.similarity:.3f}")) for hit in hits]


def _sheet(
    heading: str, summary: str, tiles: Sequence[Tile], release: ReleaseName, anchor: Anchor | None = None
) -> Sheet:
    """The tiles behind that of the picture asked about, if there is one."""
    first = [_tile_of(anchor)] if anchor else []
    said = f"{summary} | {_counted(len(tiles), MOST_PICTURES - len(first))} | model {release.model}"
    return Sheet(heading, said, (*first, *tiles))


def _tile_of(anchor: Anchor) -> Tile:
    work = anchor.painting or Painting(anchor.name, Path(anchor.name), anchor.name)
    return Tile(work, (*about(work), "asked about"))


def _counted(found: int, room: int) -> str:
    count = "no painting matches" if not found else f"{found:,} paintings" if found > 1 else "one painting"
    return f"the first {room} of {count}" if room < found else count
