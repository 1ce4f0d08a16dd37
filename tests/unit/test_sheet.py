import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from search_api.errors import SheetError
from search_api.rendering.drawing import PAPER
from search_api.rendering.sheet import ABSENT, MOST_PICTURES, TILE, Grid, Sheet, Tile, draw_sheet, save_sheet
from tests.small_index import SmallIndex, make_small_index


@pytest.fixture
def index(tmp_path: Path) -> SmallIndex:
    return make_small_index(tmp_path)


@pytest.fixture
def sheet(index: SmallIndex) -> Sheet:
    tiles = [Tile(work, (work.title, "by somebody", "coherence 0.50"), 0.5) for work in index.paintings]
    return Sheet("A heading", "a summary", tuple(tiles))


def middle(drawn: Image.Image, grid: Grid, place: int) -> str:
    left, top = grid.corner(place)
    red, green, blue = np.asarray(drawn)[
        top + TILE - 40, left + TILE // 2
    ]  # pictures stand at the lower edge
    return f"#{red:02x}{green:02x}{blue:02x}"


def label_is_written(drawn: Image.Image, grid: Grid, place: int) -> bool:
    left, top = grid.corner(place)
    label = drawn.crop((left, top + TILE, left + TILE, top + TILE + grid.label))
    return label.getextrema() != Image.new("RGB", (1, 1), PAPER).getextrema()


def test_a_sheet_shows_every_tile_in_order_with_a_label(sheet: Sheet) -> None:
    drawn, grid = draw_sheet(sheet), Grid.holding(sheet.tiles)
    assert drawn.size == grid.size
    for place, tile in enumerate(sheet.tiles):
        with Image.open(tile.painting.path) as picture:
            colour = "#{:02x}{:02x}{:02x}".format(*np.asarray(picture)[0, 0])
        assert middle(drawn, grid, place) == colour
        assert label_is_written(drawn, grid, place)


def test_a_missing_or_damaged_file_gets_a_grey_tile_and_moves_no_other(sheet: Sheet) -> None:
    sheet.tiles[0].painting.path.unlink()
    sheet.tiles[2].painting.path.write_text("no picture")
    drawn, grid = draw_sheet(sheet), Grid.holding(sheet.tiles)
    greys = [place for place in range(len(sheet.tiles)) if middle(drawn, grid, place) == ABSENT]
    assert greys == [0, 2]
    assert label_is_written(drawn, grid, 0)


@pytest.mark.parametrize("pictures", [0, 1, 3, 4, 12, 13, 100])
@pytest.mark.parametrize("lines", [1, 3, 5])
def test_every_tile_lies_within_the_sheet(sheet: Sheet, pictures: int, lines: int) -> None:
    grid = Grid.holding([Tile(sheet.tiles[0].painting, ("a line",) * lines)] * pictures)
    for place in range(pictures):
        left, top = grid.corner(place)
        assert left + TILE <= grid.size[0]
        assert top + TILE + grid.label <= grid.size[1]
    assert len({grid.corner(place) for place in range(pictures)}) == pictures


def test_a_dozen_pictures_hang_in_four_columns(sheet: Sheet) -> None:
    grid = Grid.holding(sheet.tiles[:1] * 12)
    assert (grid.columns, grid.rows) == (4, 3)


def test_the_bar_is_as_long_as_its_share(sheet: Sheet) -> None:
    def length(share: float | None) -> int:
        drawn = draw_sheet(replace(sheet, tiles=(replace(sheet.tiles[0], share=share),)))
        return int((np.asarray(drawn) == (0xB4, 0x55, 0x2D)).all(axis=2).any(axis=0).sum())

    assert length(None) == length(0.0) == 0
    assert length(1.0) == pytest.approx(2 * length(0.5), abs=2)


def test_a_sheet_without_tiles_is_a_heading_alone(sheet: Sheet) -> None:
    drawn = draw_sheet(replace(sheet, tiles=()))
    assert drawn.size == Grid.holding(()).size
    assert len(drawn.getcolors(maxcolors=100_000) or ()) > 1


def test_a_sheet_shows_at_most_a_hundred_pictures(sheet: Sheet) -> None:
    many = replace(sheet, tiles=sheet.tiles * 20)
    assert draw_sheet(many).size == Grid.holding(many.tiles[:MOST_PICTURES]).size


@pytest.mark.parametrize(
    "title", ["", "Ø" * 500, "浮世絵", "Cézanne \u2013 ünïcödé", "[bold]\n\ttabs", "a" * 5000]
)
def test_any_line_fits_its_tile(sheet: Sheet, title: str) -> None:
    tile = Tile(sheet.tiles[0].painting, (title, title))
    drawn, grid = draw_sheet(replace(sheet, tiles=(tile,))), Grid.holding([tile])
    left, top = grid.corner(0)
    beside = drawn.crop((left + TILE, top, grid.size[0], top + TILE + grid.label))
    assert beside.getcolors() == [
        (beside.width * beside.height, Image.new("RGB", (1, 1), PAPER).getpixel((0, 0)))
    ]


def test_a_saved_sheet_is_a_png_that_replaces_the_old_one(sheet: Sheet, tmp_path: Path) -> None:
    path = tmp_path / "sheet.png"
    path.write_text("old")
    save_sheet(sheet, path)
    with Image.open(io.BytesIO(path.read_bytes())) as saved:
        assert (saved.format, saved.size) == ("PNG", Grid.holding(sheet.tiles).size)
    assert not [left for left in tmp_path.iterdir() if left.name.startswith(".")]


def test_a_sheet_in_a_folder_that_is_not_there_is_refused_by_name(sheet: Sheet, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "sheet.png"
    with pytest.raises(SheetError, match="No such file or directory") as refusal:
        save_sheet(sheet, path)
    assert str(path) in str(refusal.value)
