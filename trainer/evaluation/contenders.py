"""Whose scores are compared: the model's own, the untrained backbone's, and always the histogram."""

from collections.abc import Sequence

import numpy as np
from sentence_transformers.base.modules import Router

from encoders.backbone import Backbone, load_backbone
from encoders.encoder import Encoder
from encoders.model import project_words
from encoders.projection import IMAGE, make_heads, project
from encoders.vectors import Vectors
from encoders.words.prompts import Prompts
from trainer.evaluation.provenance import Provenance
from trainer.features.cache import Cache
from trainer.features.embedding import compute_texts
from trainer.heads.losses import INITIAL_SCALE
from trainer.metrics.measure import Table

TRAINED, UNTRAINED, HISTOGRAM = CONTENDERS = ("trained", "untrained", "histogram")


def coherences(model: Encoder, looks: Vectors, words: Sequence[str]) -> Table:
    """What is served: looks (n, look_size) -> feelings -> the coherence of each word, (n, k)."""
    feelings = model.feeling(looks)
    readings = [model.read(word) for word in words]
    return np.column_stack([reading.coherence(feelings @ reading.vector) for reading in readings])


def untrained_chances(similarities: Table, rest: float) -> Table:
    """Cosines (n, k) of the untrained backbone as chances (n, k): a softmax over the words.

    It is taken at the scale that CLIP's own training starts with; `rest`, the share of viewers who name no
    word, is left over.
    """
    logits = INITIAL_SCALE * (similarities - similarities.max(axis=1, keepdims=True))
    weights = np.exp(logits)
    chances: Table = (1 - rest) * weights / weights.sum(axis=1, keepdims=True)
    return chances


def cosines(
    backbone: Backbone,
    heads: Router,
    prompts: Prompts,
    looks: Vectors,
    words: Sequence[str],
    cache: Cache | None = None,
) -> Table:
    """Compare looks (n, look_size) and k words in the space of the heads: (n, k)."""
    vectors, rows = compute_texts(
        backbone, [text for word in words for text in prompts.sentences(word)], cache
    )
    texts = vectors[rows].reshape(len(words), -1, backbone.text_size)
    return (project(heads, IMAGE, looks) @ project_words(heads, texts).T).astype(np.float64)


def untrained_heads(backbone: Backbone, seed: int) -> Router:
    """Those that nothing was learned by, also not where the middle of the words is.

    Where the backbone's two sides are equally wide they leave all as it is, otherwise its picture side is
    turned at random and the order of paintings is chance.
    """
    return make_heads(backbone.look_size, backbone.text_size, seed)


def untuned(backbone: Backbone, training: Provenance) -> Backbone:
    """The backbone as training found it: fine-tuning changed it, learning heads alone did not.

    Raises:
        BackboneError: it can no longer be loaded.
    """
    return load_backbone(backbone.reference) if training.tuned else backbone
