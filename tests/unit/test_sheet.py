import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from search_api.answer import Answer
from search_api.errors import SheetError
from search_api.sheet import ABSENT, LABEL, MOST_PICTURES, PAPER, TILE, Grid, draw_sheet, save_sheet
from tests.small_index import SmallIndex, make_small_index


@pytest.fixture
def index(tmp_path: Path) -> SmallIndex:
    return make_small_index(tmp_path)


@pytest.fixture
def answer(index: SmallIndex) -> Answer:
    return index.searcher.search("melancholy paintings")


def middle(sheet: Image.Image, grid: Grid, place: int) -> str:
    left, top = grid.corner(place)
    red, green, blue = np.asarray(sheet)[
        top + TILE - 40, left + TILE // 2
    ]  # pictures stand at the lower edge
    return f"#{red:02x}{green:02x}{blue:02x}"


def label_is_written(sheet: Image.Image, grid: Grid, place: int) -> bool:
    left, top = grid.corner(place)
    label = sheet.crop((left, top + TILE, left + TILE, top + TILE + LABEL))
    return label.getextrema() != Image.new("RGB", (1, 1), PAPER).getextrema()


def test_a_sheet_shows_every_hit_in_order_with_a_label(answer: Answer) -> None:
    sheet = draw_sheet(answer)
    grid = Grid.holding(len(answer.hits))
    assert sheet.size == grid.size
    for place, hit in enumerate(answer.hits):
        with Image.open(hit.painting.path) as picture:
            colour = "#{:02x}{:02x}{:02x}".format(*np.asarray(picture)[0, 0])
        assert middle(sheet, grid, place) == colour
        assert label_is_written(sheet, grid, place)


def test_a_missing_or_damaged_file_gets_a_grey_tile_and_moves_no_other(answer: Answer) -> None:
    answer.hits[0].painting.path.unlink()
    answer.hits[2].painting.path.write_text("no picture")
    sheet, grid = draw_sheet(answer), Grid.holding(len(answer.hits))
    greys = [place for place in range(len(answer.hits)) if middle(sheet, grid, place) == ABSENT]
    assert greys == [0, 2]
    assert label_is_written(sheet, grid, 0)


@pytest.mark.parametrize("pictures", [0, 1, 3, 4, 12, 13, 100])
def test_every_tile_lies_within_the_sheet(pictures: int) -> None:
    grid = Grid.holding(pictures)
    for place in range(pictures):
        left, top = grid.corner(place)
        assert left + TILE <= grid.size[0]
        assert top + TILE + LABEL <= grid.size[1]
    assert len({grid.corner(place) for place in range(pictures)}) == pictures


def test_a_dozen_pictures_hang_in_four_columns() -> None:
    assert Grid.holding(12) == Grid(4, 3)


def test_an_answer_without_hits_is_a_heading_alone(answer: Answer) -> None:
    sheet = draw_sheet(replace(answer, hits=()))
    assert sheet.size == Grid.holding(0).size
    assert len(sheet.getcolors(maxcolors=100_000) or ()) > 1


def test_a_sheet_shows_at_most_a_hundred_pictures(answer: Answer) -> None:
    many = replace(answer, hits=answer.hits * 20)
    assert draw_sheet(many).size == Grid.holding(MOST_PICTURES).size


@pytest.mark.parametrize(
    "title", ["", "Ø" * 500, "浮世絵", "Cézanne \u2013 ünïcödé", "[bold]\n\ttabs", "a" * 5000]
)
def test_any_title_fits_its_tile(answer: Answer, title: str) -> None:
    hit = replace(answer.hits[0], painting=replace(answer.hits[0].painting, title=title))
    sheet, grid = draw_sheet(replace(answer, hits=(hit,))), Grid.holding(1)
    left, top = grid.corner(0)
    beside = sheet.crop((left + TILE, top, grid.size[0], top + TILE + LABEL))
    assert beside.getcolors() == [
        (beside.width * beside.height, Image.new("RGB", (1, 1), PAPER).getpixel((0, 0)))
    ]


def test_a_saved_sheet_is_a_png_that_replaces_the_old_one(answer: Answer, tmp_path: Path) -> None:
    path = tmp_path / "sheet.png"
    path.write_text("old")
    save_sheet(answer, path)
    with Image.open(io.BytesIO(path.read_bytes())) as saved:
        assert (saved.format, saved.size) == ("PNG", Grid.holding(8).size)
    assert not [left for left in tmp_path.iterdir() if left.name.startswith(".")]


def test_a_sheet_in_a_folder_that_is_not_there_is_refused_by_name(answer: Answer, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "sheet.png"
    with pytest.raises(SheetError, match="No such file or directory") as refusal:
        save_sheet(answer, path)
    assert str(path) in str(refusal.value)
