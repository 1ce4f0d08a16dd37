"""The emotion model: pictures and words into one space, and calibrated scores between them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from PIL import Image
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Normalize, Router

from encoders.backbone import Backbone
from encoders.coherence import CalibratedReading, Calibration, ReferenceBank
from encoders.identity import Identity, digest, tensors_digest
from encoders.projection import IMAGE, TEXT, project
from encoders.vectors import Prepared, Vector, Vectors
from encoders.words.prompts import Prompts, ensemble
from encoders.words.reader import Reader


class EmotionModel:
    """A backbone with heads, prompts, calibration and reference bank; obeys `encoders.encoder.Encoder`.

    `known` are the vectors of words that were encoded before, by their headwords.
    """

    def __init__(
        self,
        name: str,
        backbone: Backbone,
        heads: Router,
        calibration: Calibration,
        bank: ReferenceBank,
        prompts: Prompts,
        known: Mapping[str, Vector] | None = None,
    ) -> None:
        self.name = name
        self.backbone = backbone
        self.heads = heads
        self.calibration = calibration
        self.bank = bank
        self.prompts = prompts
        self.identity = _identify(backbone.look_id, heads, calibration, bank, prompts)
        self._reader = Reader(calibration, bank, self.words, known or {})

    @property
    def look_size(self) -> int:
        return self.backbone.look_size

    @property
    def feeling_size(self) -> int:
        return int(self.bank.feelings.shape[1])

    def prepare(self, image: Image.Image) -> Prepared:
        return self.backbone.prepare(image)

    def embed(self, prepared: Sequence[Prepared]) -> Vectors:
        return self.backbone.embed(prepared)

    def look(self, images: Sequence[Image.Image]) -> Vectors:
        return self.backbone.look(images)

    def feeling(self, looks: Vectors) -> Vectors:
        return project(self.heads, IMAGE, looks)

    def read(self, word: str) -> CalibratedReading:
        return self._reader.read(word)

    def sentence_transformer(self) -> SentenceTransformer:
        """The whole as one ordinary sentence-transformers model whose outputs are feelings."""
        return SentenceTransformer(modules=[*self.backbone.modules, self.heads, Normalize()], device="cpu")

    def words(self, words: Sequence[str]) -> Vectors:
        """Words as they are -> their vectors among the feelings, (n, d')."""
        return word_vectors(self.backbone, self.heads, self.prompts, words)


def word_vectors(backbone: Backbone, heads: Router, prompts: Prompts, words: Sequence[str]) -> Vectors:
    """Emotion words -> their vectors among the feelings, (n, d'): the mean over the prompts."""
    return project_words(heads, word_texts(backbone, prompts, words))


def word_texts(backbone: Backbone, prompts: Prompts, words: Sequence[str]) -> Vectors:
    """What the backbone makes of emotion words, whatever the heads: (n, templates, text_size)."""
    sentences = [sentence for word in words for sentence in prompts.sentences(word)]
    return backbone.text(sentences).reshape(len(words), len(prompts.templates), -1)


def project_words(heads: Router, texts: Vectors) -> Vectors:
    """Texts of words (n, templates, text_size) -> their vectors among the feelings, (n, d')."""
    words, templates, size = texts.shape
    feelings = project(heads, TEXT, texts.reshape(words * templates, size))
    return ensemble(feelings.reshape(words, templates, -1))


def _identify(
    look_id: str, heads: Router, calibration: Calibration, bank: ReferenceBank, prompts: Prompts
) -> Identity:
    space_id = digest("space 1", look_id, tensors_digest(heads.state_dict()))
    reading = (prompts.templates, asdict(calibration), bank.feelings.tobytes().hex())
    reading_id = digest("reading 1", space_id, reading)
    return Identity(look_id, space_id, reading_id)
