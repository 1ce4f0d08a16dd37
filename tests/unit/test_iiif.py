from pathlib import Path

import pytest
from iiif_prezi3 import Manifest as CheckedManifest
from PIL import Image

from indexer.painting import Painting
from search_api.answer import ScoredHit
from search_api.errors import PaintingNotFoundError
from search_api.http.iiif import Addresses, Manifest, answer_manifest, painting_manifest

HERE = Addresses("http://museum.example:8000")


def paint(folder: Path, name: str = "storm", size: tuple[int, int] = (3000, 1500)) -> Painting:
    path = folder / f"{name}.jpg"
    Image.new("RGB", size, "navy").save(path)
    return Painting(name, path, "The Storm", artist="claude monet", style="Pop_Art", year=1880, rights="CC0")


def checked(manifest: Manifest) -> CheckedManifest:
    """Read by a library of others, which refuses what the specification does not allow."""
    return CheckedManifest.model_validate_json(manifest.as_json())


def test_a_painting_is_one_canvas_with_its_picture_and_facts(tmp_path: Path) -> None:
    painting = paint(tmp_path)
    read = checked(painting_manifest(painting, HERE))
    address = f"http://museum.example:8000/v1/paintings/{painting.id}"
    assert read.id == f"{address}/manifest.json"
    [canvas] = read.items
    assert (canvas.width, canvas.height) == (2048, 1024)
    [annotation] = canvas.items[0].items
    assert annotation.target == canvas.id
    assert annotation.body.id == f"{address}/image?size=2048"
    told = {entry.label["en"][0]: entry.value["none"][0] for entry in canvas.metadata}
    assert told == {"Artist": "claude monet", "Style": "Pop Art", "Year": "1880"}
    assert canvas.requiredStatement.value["none"] == ["CC0"]
    assert (canvas.thumbnail[0].width, canvas.thumbnail[0].height) == (256, 128)


def test_what_is_not_known_of_a_painting_is_left_out(tmp_path: Path) -> None:
    picture = paint(tmp_path).path
    manifest = painting_manifest(Painting("k", picture, "Untitled"), HERE)
    assert '"requiredStatement"' not in manifest.as_json()
    assert checked(manifest).items[0].metadata in (None, [])


def test_an_answer_is_a_canvas_for_each_hit_in_order_with_its_scores(tmp_path: Path) -> None:
    hits = [ScoredHit(paint(tmp_path, name), 0.25, 97.0, 0.5) for name in ("one", "two")]
    address = "http://museum.example:8000/v1/search/manifest.json?q=awe"
    read = checked(answer_manifest(hits, "awe", "feeling: awe", address, HERE))
    assert read.id == address
    assert [canvas.id.split("/")[-2] for canvas in read.items] == [hit.painting.id for hit in hits]
    told = {entry.label["en"][0]: entry.value["none"][0] for entry in read.items[0].metadata}
    assert (told["Coherence"], told["Percentile"], told["Similarity"]) == ("0.250", "97.0", "0.500")


def test_a_picture_that_is_gone_is_left_out_of_an_answer_and_refused_alone(tmp_path: Path) -> None:
    there, gone = paint(tmp_path), Painting("gone", tmp_path / "gone.jpg", "Gone")
    hits = [ScoredHit(painting, 0.2, 50.0, 0.1) for painting in (gone, there)]
    assert len(answer_manifest(hits, "awe", "", "http://a/b", HERE).items) == 1
    with pytest.raises(PaintingNotFoundError, match="gone or damaged"):
        painting_manifest(gone, HERE)


def test_a_picture_on_its_side_has_the_size_it_is_shown_in(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(tmp_path / "turned.jpg", exif=exif)
    [canvas] = painting_manifest(Painting("t", tmp_path / "turned.jpg", "Turned"), HERE).items
    assert (canvas.width, canvas.height) == (20, 40)
