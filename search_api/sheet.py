"""The contact sheet: an answer as one labelled picture."""

import math
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from encoders.errors import ImageError
from encoders.images import read_image
from indexer.sources.pictures import picture_of
from search_api.answer import Answer, ScoredHit, readable, understood
from search_api.drawing import INK, PAPER, SOFT, font_of, save_png, write

MOST_PICTURES = 100
FEWEST_COLUMNS = 3

TILE = 300
GAP = 32
MARGIN = 56
HEADING = 116
LABEL = 104

ABSENT = "#d5d1c9"
BAR = "#b4552d"
BAR_GROUND = "#e4dfd5"


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the tiles of a sheet lie, in pixels."""

    columns: int
    rows: int

    @classmethod
    def holding(cls, pictures: int) -> "Grid":
        """Somewhat wider than high, so that a dozen lies in four columns."""
        columns = max(FEWEST_COLUMNS, math.ceil(math.sqrt(pictures * 4 / 3)))
        return cls(columns, math.ceil(pictures / columns))

    @property
    def size(self) -> tuple[int, int]:
        width = 2 * MARGIN + self.columns * (TILE + GAP) - GAP
        height = 2 * MARGIN + HEADING + self.rows * (TILE + LABEL + GAP) - (GAP if self.rows else 0)
        return width, height

    def corner(self, place: int) -> tuple[int, int]:
        row, column = divmod(place, self.columns)
        return MARGIN + column * (TILE + GAP), MARGIN + HEADING + row * (TILE + LABEL + GAP)


def save_sheet(answer: Answer, path: Path) -> None:
    """Write the sheet as PNG; a file of that name is replaced in one step.

    Raises:
        SheetError: the folder does not exist or cannot be written to.
    """
    save_png(draw_sheet(answer), path)


def draw_sheet(answer: Answer) -> Image.Image:
    """The first `MOST_PICTURES` hits with title, artist, style and coherence; RGB.

    A picture whose file is missing or damaged is a grey tile that says so.
    """
    hits = answer.hits[:MOST_PICTURES]
    grid = Grid.holding(len(hits))
    sheet = Image.new("RGB", grid.size, PAPER)
    draw = ImageDraw.Draw(sheet)
    _write_heading(draw, answer, grid.size[0] - 2 * MARGIN)
    for place, hit in enumerate(hits):
        corner = grid.corner(place)
        _hang(sheet, hit, corner)
        _write_label(draw, hit, corner)
    return sheet


def _write_heading(draw: ImageDraw.ImageDraw, answer: Answer, width: int) -> None:
    left, top = MARGIN, MARGIN - 12
    write(draw, (left, top), answer.query.text, size=42, colour=INK, width=width)
    write(draw, (left, top + 60), _summary(answer), size=20, colour=SOFT, width=width)


def _summary(answer: Answer) -> str:
    found, shown = len(answer.hits), min(len(answer.hits), MOST_PICTURES)
    count = "no painting matches" if not found else f"{found} paintings" if found > 1 else "one painting"
    if shown < found:
        count = f"the first {shown} of {count}"
    return f"{understood(answer.query)} | {count} | model {answer.release.model}"


def _hang(sheet: Image.Image, hit: ScoredHit, corner: tuple[int, int]) -> None:
    """Place the picture on the lower edge of its tile, so that labels stand right beneath."""
    left, top = corner
    try:
        picture = read_image(picture_of(hit.painting), name=hit.painting.place, at_least=TILE)
    except ImageError:
        draw = ImageDraw.Draw(sheet)
        draw.rectangle((left, top, left + TILE - 1, top + TILE - 1), fill=ABSENT)
        draw.text((left + TILE // 2, top + TILE // 2), "no picture", SOFT, font_of(18), anchor="mm")
        return
    scale = TILE / max(picture.size)
    width, height = (max(1, round(side * scale)) for side in picture.size)
    picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    sheet.paste(picture, (left + (TILE - width) // 2, top + TILE - height))


def _write_label(draw: ImageDraw.ImageDraw, hit: ScoredHit, corner: tuple[int, int]) -> None:
    left, top = corner[0], corner[1] + TILE + 12
    painting = hit.painting
    write(draw, (left, top), painting.title, size=20, colour=INK, width=TILE)
    by = ", ".join(part for part in (readable(painting.artist), readable(painting.style)) if part)
    write(draw, (left, top + 28), by, size=16, colour=SOFT, width=TILE)
    _write_coherence(draw, hit.coherence, (left, top + 58))


def _write_coherence(draw: ImageDraw.ImageDraw, coherence: float, place: tuple[int, int]) -> None:
    """The number, and a bar as long as it."""
    left, top = place
    write(draw, place, f"coherence {coherence:.2f}", size=16, colour=INK, width=TILE)
    start, end, height = left + 128, left + TILE - 1, 6
    middle = top + 8
    draw.rounded_rectangle((start, middle, end, middle + height), height // 2, BAR_GROUND)
    filled = start + round((end - start) * coherence)
    if filled - start >= height:
        draw.rounded_rectangle((start, middle, filled, middle + height), height // 2, BAR)
