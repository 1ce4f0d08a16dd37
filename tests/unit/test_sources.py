import sys
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from indexer.errors import SourceError
from indexer.painting import Painting
from indexer.sources.opening import open_source
from indexer.sources.port import Remark


def touch(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def keys(path: Path) -> list[str]:
    return [painting.key for painting in open_source(path)]


def test_a_wikiart_folder_tells_style_artist_title_and_year(tmp_path: Path) -> None:
    touch(tmp_path, "Impressionism/claude-monet_impression-sunrise-1872.jpg", "README.md", "style_train.csv")
    source = open_source(tmp_path)
    assert (source.kind, source.name, source.remarks) == ("wikiart", str(tmp_path), ())
    assert list(source) == [
        Painting(
            key="Impressionism/claude-monet_impression-sunrise-1872",
            path=tmp_path / "Impressionism" / "claude-monet_impression-sunrise-1872.jpg",
            title="Impression Sunrise",
            artist="Claude Monet",
            style="Impressionism",
            year=1872,
        )
    ]


def test_a_source_can_be_read_again_in_the_same_order(tmp_path: Path) -> None:
    touch(tmp_path, "Cubism/b_2.jpg", "Art_Nouveau_Modern/c_3.jpg", "Cubism/a_1.jpg")
    source = open_source(tmp_path)
    order = ["Art_Nouveau_Modern/c_3", "Cubism/a_1", "Cubism/b_2"]
    assert [painting.key for painting in source] == order
    assert [painting.key for painting in source] == order


def test_equal_titles_of_two_styles_are_two_paintings(tmp_path: Path) -> None:
    touch(tmp_path, "Realism/ivan-kramskoy_forest.jpg", "Romanticism/ivan-kramskoy_forest.jpg")
    assert len({painting.id for painting in open_source(tmp_path)}) == 2


def test_files_that_differ_in_suffix_keep_apart(tmp_path: Path) -> None:
    touch(tmp_path, "Cubism/a_x.jpg", "Cubism/a_x.jpg.png", "Cubism/a_x.png", "Cubism/b_y.png")
    assert keys(tmp_path) == ["Cubism/a_x", "Cubism/a_x.jpg.png", "Cubism/a_x.png", "Cubism/b_y"]


@pytest.mark.parametrize("inner", ["wikiart", "WikiArt"])
def test_a_folder_that_only_holds_a_wikiart_folder_stands_for_it(tmp_path: Path, inner: str) -> None:
    touch(
        tmp_path,
        f"{inner}/Cubism/juan-gris_guitar.jpg",
        "artemis.csv",
        "__MACOSX/Cubism/._juan-gris_guitar.jpg",
    )
    assert open_source(tmp_path).name == str(tmp_path / inner)
    assert keys(tmp_path) == ["Cubism/juan-gris_guitar"]


def test_beside_other_images_a_wikiart_folder_is_an_ordinary_one(tmp_path: Path) -> None:
    touch(tmp_path, "wikiart/Cubism/juan-gris_guitar.jpg", "photos/me.jpg")
    assert keys(tmp_path) == ["photos/me.jpg", "wikiart/Cubism/juan-gris_guitar.jpg"]


def test_a_stray_image_neither_hides_the_layout_nor_is_lost(tmp_path: Path) -> None:
    touch(tmp_path, "Cubism/a_x.jpg", "Cubism/b_y.jpg", "Cubism/c_z.jpg", "Cubism/stray.jpg", "cover.png")
    assert open_source(tmp_path).kind == "wikiart"
    assert keys(tmp_path) == ["cover.png", "Cubism/a_x", "Cubism/b_y", "Cubism/c_z", "Cubism/stray"]


def test_a_damaged_artist_name_is_kept_as_it_is(tmp_path: Path) -> None:
    touch(tmp_path, "Cubism/joan-mirã³_bleu.jpg", "Cubism/juan-gris_guitar.jpg")
    assert [painting.artist for painting in open_source(tmp_path)] == ["Joan Mirã³", "Juan Gris"]


def test_any_folder_of_images_is_read_at_every_depth(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "b/IMG_1234.JPG",
        "b/c/two words.webp",
        "a.png",
        "a.jpg",
        "notes.txt",
        ".hidden/x.jpg",
        "._a.jpg",
    )
    source = open_source(tmp_path)
    assert source.kind == "folder"
    assert [(painting.key, painting.title) for painting in source] == [
        ("a.jpg", "A"),
        ("a.png", "A"),
        ("b/IMG_1234.JPG", "IMG 1234"),
        ("b/c/two words.webp", "Two Words"),
    ]
    assert {painting.style for painting in source} == {None}


def test_links_to_folders_are_followed_and_a_loop_ends(tmp_path: Path) -> None:
    wikiart, disk = tmp_path / "wikiart", tmp_path / "another disk"
    touch(disk, "juan-gris_guitar.jpg")
    touch(wikiart, "Impressionism/claude-monet_impression-sunrise-1872.jpg")
    (wikiart / "Cubism").symlink_to(disk)
    (disk / "loop").symlink_to(wikiart)
    linked, _ = open_source(wikiart)
    assert (linked.key, linked.style) == ("Cubism/juan-gris_guitar", "Cubism")
    assert linked.path == wikiart / "Cubism" / "juan-gris_guitar.jpg"
    assert keys(wikiart) == [
        "Cubism/juan-gris_guitar",
        "Impressionism/claude-monet_impression-sunrise-1872",
    ]


def test_a_folder_that_is_linked_to_twice_is_read_once(tmp_path: Path) -> None:
    touch(tmp_path, "paintings/b/x.jpg")
    (tmp_path / "paintings" / "c").symlink_to("b")
    assert keys(tmp_path / "paintings") == ["b/x.jpg"]


def test_a_relative_folder_gives_absolute_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a.png")
    monkeypatch.chdir(tmp_path)
    (painting,) = open_source(Path())
    assert painting.path == tmp_path.resolve() / "a.png"
    assert painting.key == "a.png"


@pytest.mark.parametrize("names", [(), ("notes.txt", "sub/.hidden.jpg", "sub/list.csv")])
def test_a_folder_without_images_is_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    touch(tmp_path, *names)
    with pytest.raises(SourceError, match=rf"No images in {tmp_path}; give .*\.jpg, .*\.png"):
        open_source(tmp_path)


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere does not exist; give a folder"):
        open_source(tmp_path / "nowhere")


def test_an_unknown_kind_of_file_is_refused(tmp_path: Path) -> None:
    touch(tmp_path, "list.xlsx")
    with pytest.raises(
        SourceError, match=r"list\.xlsx is no source .*; give .*\.csv, \.tsv or \.parquet .*\.tar"
    ):
        open_source(tmp_path / "list.xlsx")


def csv(folder: Path, text: str, name: str = "list.csv") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_table_tells_all_that_its_columns_hold(tmp_path: Path) -> None:
    table = csv(
        tmp_path,
        "path,title,artist,style,genre,year,rights,source,extra\n"
        "img/a.jpg,Saint-Georges,Émile Bernard,Cloisonnism,landscape,1888,CC0,Orsay,1\n",
    )
    source = open_source(table)
    assert (source.kind, source.name) == ("table", str(table))
    assert list(source) == [
        Painting(
            key="img/a.jpg",
            path=tmp_path / "img" / "a.jpg",
            title="Saint-Georges",
            artist="Émile Bernard",
            style="Cloisonnism",
            genre="landscape",
            year=1888,
            rights="CC0",
            source="Orsay",
        )
    ]


def test_only_the_path_is_needed(tmp_path: Path) -> None:
    (painting,) = open_source(csv(tmp_path, "path\nimg/night-sea.jpg\n"))
    assert painting == Painting(
        key="img/night-sea.jpg", path=tmp_path / "img/night-sea.jpg", title="Night Sea"
    )


def test_an_absolute_path_stays(tmp_path: Path) -> None:
    (painting,) = open_source(csv(tmp_path, f"path\n{tmp_path}/x/a.jpg\n"))
    assert painting.path == tmp_path / "x" / "a.jpg"
    assert painting.key == f"{tmp_path.as_posix()}/x/a.jpg"


def test_column_names_may_vary_in_case_and_spaces_and_order(tmp_path: Path) -> None:
    (painting,) = open_source(csv(tmp_path, "\ufeff Artist , PATH,path\nAnna, a.jpg ,b.jpg\n"))
    assert (painting.artist, painting.key) == ("Anna", "a.jpg")


@pytest.mark.parametrize("missing", ["", "  ", "NaN", "nan", "None", "N/A"])
def test_cells_that_say_nothing_are_unknown(tmp_path: Path, missing: str) -> None:
    table = csv(tmp_path, f"path,title,artist,style,year\na-b.jpg,{missing},{missing},{missing},{missing}\n")
    source = open_source(table)
    assert list(source) == [Painting(key="a-b.jpg", path=tmp_path / "a-b.jpg", title="A B")]
    assert source.remarks == ()


def test_years_of_any_spelling_are_read_and_bad_ones_reported(tmp_path: Path) -> None:
    source = open_source(csv(tmp_path, "path,year\na.jpg,1894\nb.jpg,1894.0\nc.jpg,c. 1894\nd.jpg,\n"))
    assert [painting.year for painting in source] == [1894, 1894, None, None]
    assert source.remarks == (Remark("row 3", "'c. 1894' is no year; left empty"),)


def test_of_rows_with_one_path_the_first_counts(tmp_path: Path) -> None:
    source = open_source(csv(tmp_path, "path,title\na.jpg,First\n./a.jpg,Second\n,Third\n"))
    assert [painting.title for painting in source] == ["First"]
    assert source.remarks == (
        Remark("row 2", "repeats the path a.jpg; skipped"),
        Remark("row 3", "has no path; skipped"),
    )


ROWS: Mapping[str, list[object]] = {
    "path": ["a.jpg", "b.jpg"],
    "artist": ["Ōkyo", None],
    "year": [1894.0, float("nan")],
    "genre": pd.Categorical(["portrait", None]).tolist(),
}


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".parquet", ".CSV"])
def test_every_kind_of_table_reads_alike(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"list{suffix}"
    frame = pd.DataFrame(ROWS)
    if suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_csv(path, index=False, sep="\t" if suffix == ".tsv" else ",")
    assert [(p.key, p.artist, p.year, p.genre) for p in open_source(path)] == [
        ("a.jpg", "Ōkyo", 1894, "portrait"),
        ("b.jpg", None, None, None),
    ]


def test_a_table_without_paths_names_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no column 'path' \(found: file, title\)"):
        open_source(csv(tmp_path, "File,title\na.jpg,A\n"))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", r"cannot be read as a table \(No columns"),
        (b"path,title\n", "No row of .* has a path"),
        (b"path,title\n,A\n", "No row of .* has a path"),
        (b"path\na.jpg\nb.jpg,too,many,cells\n", "cannot be read as a table"),
        (b"path,title\na.jpg,Hello, world\n", r"cannot be read as a table \(its rows have more cells"),
        (b"path,title\na.jpg,A,\nb.jpg,B,\n", r"cannot be read as a table \(its rows have more cells"),
        ("path\né.jpg\n".encode("latin-1"), "cannot be read as a table .*; save it as UTF-8 CSV"),
        (b"\x00\x01\x02\xff", "cannot be read as a table"),
    ],
)
def test_a_table_that_holds_nothing_readable_is_refused(
    tmp_path: Path, content: bytes, complaint: str
) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    with pytest.raises(SourceError, match=complaint):
        open_source(tmp_path / "list.csv")


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.parquet").write_bytes(b"PAR1 is not enough")
    with pytest.raises(SourceError, match=r"cannot be read as a table \(.*; copy it again"):
        open_source(tmp_path / "list.parquet")


def test_without_pandas_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(SourceError, match=r'pip install "moodseum\[tables\]"'):
        open_source(csv(tmp_path, "path\na.jpg\n"))
