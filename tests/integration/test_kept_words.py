"""What training keeps of words, so that answers cost no encoding."""

from pathlib import Path

from encoders.home import Home
from encoders.lazy_model import LazyModel
from encoders.words.emotions import vocabulary
from encoders.words.no_feelings import NO_FEELINGS
from search_api.answering.matching import Matcher
from tests.tiny_gallery import TinyGallery
from tests.typed import Run


def test_telling_feelings_from_other_words_is_fitted_without_loading_weights(
    run: Run, home: Home, tiny_gallery: TinyGallery, tiny_clip: Path
) -> None:
    paintings = ("--paintings", str(tiny_gallery.wikiart), "--annotations", str(tiny_gallery.annotations))
    assert run(home, "train", *paintings, "--backbone", str(tiny_clip), "--epochs", "1").code == 0
    [folder] = home.models.iterdir()
    model = LazyModel(home, folder.name)
    matcher = Matcher(model)
    for word in (*vocabulary(), *NO_FEELINGS):
        assert matcher.match(word) in ("strong", "weak", "none")
    assert "_loaded" not in vars(model)
