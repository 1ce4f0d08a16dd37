"""The contact sheet: paintings with their labels as one picture."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from encoders.errors import ImageError
from encoders.images import read_image
from indexer.painting import Painting
from indexer.sources.pictures import picture_of
from search_api.rendering.drawing import (
    GAP,
    HEADING,
    INK,
    MARGIN,
    PAPER,
    SOFT,
    font_of,
    save_png,
    scaled,
    write,
    write_heading,
)

MOST_PICTURES = 100
FEWEST_COLUMNS = 3

TILE = 300
TITLE = 28
"""From the first line of a label to the next."""
LINE = 26
AIR = 12
"""Above and below a label."""

ABSENT = "#d5d1c9"
BAR = "#b4552d"
BAR_GROUND = "#e4dfd5"
BAR_LEFT, BAR_HEIGHT = 128, 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A painting, and the lines of its label; behind the last stands a bar for a share in [0, 1], if any."""

    painting: Painting
    lines: tuple[str, ...]
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What hangs on a sheet, and what stands above; all labels have as many lines as the longest."""

    heading: str
    summary: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the tiles of a sheet lie, in pixels; `label` is the height of each tile's label."""

    columns: int
    rows: int
    label: int

    @classmethod
    def holding(cls, tiles: Sequence[Tile]) -> "Grid":
        """Somewhat wider than high, so that a dozen lies in four columns."""
        columns = max(FEWEST_COLUMNS, math.ceil(math.sqrt(len(tiles) * 4 / 3)))
        lines = max((len(tile.lines) for tile in tiles), default=0)
        return cls(columns, math.ceil(len(tiles) / columns), 2 * AIR + TITLE + LINE * (lines - 1))

    @property
    def size(self) -> tuple[int, int]:
        width = 2 * MARGIN + self.columns * (TILE + GAP) - GAP
        height = 2 * MARGIN + HEADING + self.rows * (TILE + self.label + GAP) - (GAP if self.rows else 0)
        return width, height

    def corner(self, place: int) -> tuple[int, int]:
        row, column = divmod(place, self.columns)
        return MARGIN + column * (TILE + GAP), MARGIN + HEADING + row * (TILE + self.label + GAP)


def save_sheet(sheet: Sheet, path: Path) -> None:
    """Write the sheet as PNG; a file of that name is replaced in one step.

    Raises:
        SheetError: the folder does not exist or cannot be written to.
    """
    save_png(draw_sheet(sheet), path)


def draw_sheet(sheet: Sheet) -> Image.Image:
    """The first `MOST_PICTURES` tiles; RGB.

    A picture whose file is missing or damaged is a grey tile that says so.
    """
    tiles = sheet.tiles[:MOST_PICTURES]
    grid = Grid.holding(tiles)
    picture = Image.new("RGB", grid.size, PAPER)
    draw = ImageDraw.Draw(picture)
    write_heading(draw, sheet.heading, sheet.summary, grid.size[0] - 2 * MARGIN)
    for place, tile in enumerate(tiles):
        corner = grid.corner(place)
        _hang(picture, tile.painting, corner)
        _write_label(draw, tile, corner)
    return picture


def _hang(sheet: Image.Image, painting: Painting, corner: tuple[int, int]) -> None:
    """Place the picture on the lower edge of its tile, so that labels stand right beneath."""
    left, top = corner
    try:
        picture = scaled(read_image(picture_of(painting), name=painting.place, at_least=TILE), TILE)
    except ImageError:
        draw = ImageDraw.Draw(sheet)
        draw.rectangle((left, top, left + TILE - 1, top + TILE - 1), fill=ABSENT)
        draw.text((left + TILE // 2, top + TILE // 2), "no picture", SOFT, font_of(18), anchor="mm")
        return
    sheet.paste(picture, (left + (TILE - picture.width) // 2, top + TILE - picture.height))


def _write_label(draw: ImageDraw.ImageDraw, tile: Tile, corner: tuple[int, int]) -> None:
    left, top = corner[0], corner[1] + TILE + AIR
    title, *others = tile.lines
    write(draw, (left, top), title, size=20, colour=INK, width=TILE)
    top += TITLE - LINE
    for line in others:
        top += LINE
        write(draw, (left, top), line, size=16, colour=SOFT, width=TILE)
    if tile.share is not None:
        _draw_bar(draw, tile.share, (left + BAR_LEFT, top + 8), left + TILE - 1)


def _draw_bar(draw: ImageDraw.ImageDraw, share: float, corner: tuple[int, int], end: int) -> None:
    left, top = corner
    draw.rounded_rectangle((left, top, end, top + BAR_HEIGHT), BAR_HEIGHT // 2, BAR_GROUND)
    filled = left + round((end - left) * share)
    if filled - left >= BAR_HEIGHT:
        draw.rounded_rectangle((left, top, filled, top + BAR_HEIGHT), BAR_HEIGHT // 2, BAR)
