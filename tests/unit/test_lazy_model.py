import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from encoders.backbone import load_backbone
from encoders.errors import ModelError
from encoders.home import Home
from encoders.lazy_model import LazyModel
from encoders.model_folder import load_model
from encoders.words.emotions import vocabulary
from encoders.words.known_words import WORDS, load_words, save_words
from tests.untrained_model import NAME, save_untrained


@pytest.fixture(scope="module")
def saved(tiny_clip: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return save_untrained(load_backbone(str(tiny_clip)), tmp_path_factory.mktemp("home"))


def test_a_vocabulary_word_reads_the_same_with_and_without_the_weights(saved: Home) -> None:
    lazy, whole = LazyModel(saved, NAME), load_model(saved, NAME)
    words = whole.words(["serenity"])
    for word in ("serenity", "Serene"):
        read, expected = lazy.read(word), whole.read(word)
        assert read.vector == pytest.approx(words[0], abs=1e-5)
        assert read.coherence([0.1]) == pytest.approx(expected.coherence([0.1]))
    assert (lazy.name, lazy.identity, lazy.feeling_size) == (
        whole.name,
        whole.identity,
        whole.feeling_size,
    )


def test_another_phrase_is_encoded(saved: Home) -> None:
    phrase = "the calm after a storm"
    lazy, whole = LazyModel(saved, NAME), load_model(saved, NAME)
    assert lazy.read(phrase).vector == pytest.approx(whole.read(phrase).vector, abs=1e-6)


def test_reading_the_vocabulary_imports_no_torch(saved: Home) -> None:
    code = """
import sys
from pathlib import Path
from encoders.home import Home
from encoders.lazy_model import LazyModel
LazyModel(Home(Path(sys.argv[1])), sys.argv[2]).read("melancholy")
assert "torch" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code, str(saved.path), NAME], check=True)


def test_a_model_keeps_every_word_of_the_vocabulary(saved: Home) -> None:
    model = load_model(saved, NAME)
    kept = load_words(saved.models / NAME, model.identity.space_id)
    assert set(vocabulary()) <= set(kept)
    assert np.linalg.norm(np.stack(list(kept.values())), axis=1) == pytest.approx(1, abs=1e-5)


def test_words_of_another_space_are_not_used(tmp_path: Path) -> None:
    save_words(tmp_path, {"awe": np.ones(3, np.float32)}, "a")
    assert list(load_words(tmp_path, "a")) == ["awe"]
    assert load_words(tmp_path, "b") == {}


def test_a_folder_without_words_keeps_none(tmp_path: Path) -> None:
    assert load_words(tmp_path, "a") == {}


def test_damaged_words_are_told(saved: Home, tmp_path: Path) -> None:
    shutil.copytree(saved.models, tmp_path / "models")
    (tmp_path / "models" / NAME / WORDS).write_bytes(b"no safetensors")
    with pytest.raises(ModelError, match="cannot be loaded"):
        LazyModel(Home(tmp_path), NAME)


def test_a_model_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model 'none'"):
        LazyModel(Home(tmp_path), "none")
