"""What every encoder promises: the fake of the tests and the real ones alike."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from encoders.backbone import load_backbone
from encoders.encoder import Encoder
from encoders.errors import WordError
from encoders.fake import FakeEncoder
from encoders.lazy_model import LazyModel
from encoders.seeing.computing import PLAIN, Wish
from encoders.vectors import Vectors
from tests.untrained_model import NAME, save_untrained, untrained

BFLOAT16 = Wish("bfloat16", "cpu")


@pytest.fixture(scope="module", params=["fake", "clip", "clip in bfloat16", "palette", "lazy"])
def encoder(
    request: pytest.FixtureRequest, tiny_clip: Path, tmp_path_factory: pytest.TempPathFactory
) -> Encoder:
    if request.param == "fake":
        return FakeEncoder()
    if request.param == "lazy":
        return LazyModel(save_untrained(load_backbone(str(tiny_clip)), tmp_path_factory.mktemp("home")), NAME)
    if request.param == "palette":
        return untrained(load_backbone("palette"))
    return untrained(load_backbone(str(tiny_clip), PLAIN if request.param == "clip" else BFLOAT16))


def assert_unit_rows(vectors: Vectors, rows: int, size: int) -> None:
    assert vectors.shape == (rows, size)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_looks_and_feelings_are_unit_rows(encoder: Encoder, pictures: list[Image.Image]) -> None:
    looks = encoder.look(pictures)
    assert_unit_rows(looks, len(pictures), encoder.look_size)
    assert_unit_rows(encoder.feeling(looks), len(pictures), encoder.feeling_size)


def test_a_look_does_not_depend_on_its_neighbours(encoder: Encoder, pictures: list[Image.Image]) -> None:
    together = encoder.look(pictures)
    alone = np.concatenate([encoder.look([picture]) for picture in pictures])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_looking_is_preparing_each_and_embedding_all(encoder: Encoder, pictures: list[Image.Image]) -> None:
    prepared = [encoder.prepare(picture) for picture in pictures]
    np.testing.assert_array_equal(encoder.embed(prepared), encoder.look(pictures))


def test_preparing_and_embedding_may_run_in_several_threads(
    encoder: Encoder, pictures: list[Image.Image]
) -> None:
    with ThreadPoolExecutor(4) as pool:
        prepared = list(pool.map(encoder.prepare, pictures * 4))
        looks = list(pool.map(encoder.embed, [prepared[:6], prepared[6:12], prepared[12:18], prepared[18:]]))
    expected = encoder.look(pictures)
    for found in looks:
        np.testing.assert_allclose(found, expected, atol=1e-5)


def test_words_may_be_read_in_several_threads(encoder: Encoder) -> None:
    words = [
        f"{mood} {time}" for mood in ("calm", "grim", "glad") for time in ("dawn", "noon", "dusk", "night")
    ]
    with ThreadPoolExecutor(4) as pool:
        readings = list(pool.map(encoder.read, words))
    assert [reading.word for reading in readings] == words
    assert_unit_rows(np.stack([reading.vector for reading in readings]), len(words), encoder.feeling_size)


def test_no_pictures_give_no_rows(encoder: Encoder) -> None:
    looks = encoder.look([])
    assert looks.shape == encoder.embed([]).shape == (0, encoder.look_size)
    assert encoder.feeling(looks).shape == (0, encoder.feeling_size)


def test_a_reading_lives_in_the_space_of_feelings(encoder: Encoder) -> None:
    reading = encoder.read("serenity")
    assert_unit_rows(reading.vector[None], 1, encoder.feeling_size)
    assert encoder.read("serenity").vector.tolist() == reading.vector.tolist()
    assert encoder.read("menace").vector.tolist() != reading.vector.tolist()


def test_the_bank_holds_the_paintings_that_percentiles_are_counted_among(encoder: Encoder) -> None:
    feelings, reading = encoder.bank.feelings, encoder.read("serenity")
    assert_unit_rows(feelings, len(feelings), encoder.feeling_size)
    percentiles = reading.percentile(encoder.bank.similarities(reading.vector))
    np.testing.assert_allclose(percentiles, 100 * (np.arange(len(feelings)) + 0.5) / len(feelings))


def test_white_space_and_case_do_not_change_a_word(encoder: Encoder) -> None:
    assert encoder.read("  Deep\nSorrow ").word == "deep sorrow"
    assert encoder.read("  Deep\nSorrow ").vector.tolist() == encoder.read("deep sorrow").vector.tolist()


def test_only_words_with_votes_are_seen(encoder: Encoder) -> None:
    assert encoder.read("sadness").seen
    assert not encoder.read("melancholy").seen


def test_scores_keep_the_shape_and_the_range(encoder: Encoder) -> None:
    similarities = np.linspace(-1, 1, 12).reshape(3, 4)
    reading = encoder.read("dread")
    for scores, top in ((reading.coherence(similarities), 1), (reading.percentile(similarities), 100)):
        assert scores.shape == (3, 4)
        assert (scores >= 0).all()
        assert (scores <= top).all()
        assert (np.diff(scores.ravel()) >= 0).all()


@pytest.mark.parametrize("word", ["", " \t", "x" * 10_000])
def test_a_word_that_is_none_is_refused(encoder: Encoder, word: str) -> None:
    with pytest.raises(WordError):
        encoder.read(word)


def test_a_word_is_never_opened_as_a_file_or_an_address(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pictures: list[Image.Image]
) -> None:
    pictures[0].save(tmp_path / "joy.png")
    monkeypatch.chdir(tmp_path)
    for word in ("joy.png", "http://localhost:9/joy.png", "data:image/png;base64,AAAA"):
        assert encoder.read(word).vector.shape == (encoder.feeling_size,)


def test_identities_are_told_apart_by_what_made_them() -> None:
    plain, other_heads, other_eye = FakeEncoder(), FakeEncoder(seed=1), FakeEncoder(look_seed=1)
    assert plain.identity == FakeEncoder().identity
    assert plain.identity.look_id == other_heads.identity.look_id
    assert plain.identity.space_id != other_heads.identity.space_id
    assert plain.identity.look_id != other_eye.identity.look_id
