"""Why a painting answers to a word: the regions and features that carry the score, and what viewers said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from encoders.encoder import Encoder, Reading
from encoders.vectors import Prepared, Vector
from encoders.why.regions import Regions, occlude
from encoders.why.themes import Contribution, summarise
from indexer.viewers import Utterance
from search_api.errors import quoted

if TYPE_CHECKING:
    from encoders.model import EmotionModel

MOST_UTTERANCES = 3


@dataclass(frozen=True, slots=True)
class NearUtterance:
    """What a viewer said, and how near it is to the word: the cosine in [-1, 1] among the feelings."""

    utterance: Utterance
    similarity: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one picture answers to one word as it does; its three scores are as in `ScoredHit`.

    Regions and contributions are parts of the similarity: positive ones speak for the word, negative ones
    against it.
    """

    word: str
    coherence: float
    percentile: float
    similarity: float
    regions: Regions
    usual: float | None
    """The similarity of an ordinary painting; the contributions lead from it to this one's."""
    contributions: tuple[Contribution, ...]
    """Strongest first; empty where the model does not look at features that have names."""
    utterances: tuple[NearUtterance, ...]
    """Nearest first; empty where viewers said nothing that is known."""


def explain(
    encoder: Encoder,
    image: Image.Image,
    reading: Reading,
    said: Sequence[Utterance] = (),
    *,
    exact: bool = False,
) -> Explanation:
    """Explain what an RGB picture has to do with a word; `said` is what its viewers said.

    What CLIP's patches carry is estimated from gradients, or, if it is to be exact, measured like any other
    encoder's regions: by hiding each, at a look for every one. Named features need palette, and the
    nearness of utterances a model that can be opened; its weights may take seconds to load.

    Raises:
        ModelError: the model looks at named features, but was never trained.
    """
    model = _opened(encoder)
    prepared = encoder.prepare(image)
    [look] = encoder.embed([prepared])
    similarity = float(encoder.feeling(look[None])[0] @ reading.vector)
    usual, contributions = _weigh_features(model, prepared, look, reading.vector) if model else (None, ())
    return Explanation(
        word=reading.word,
        coherence=float(reading.coherence(similarity)),
        percentile=float(reading.percentile(similarity)),
        similarity=similarity,
        regions=_find_regions(encoder, model, image, reading.vector, exact=exact),
        usual=usual,
        contributions=contributions,
        utterances=_nearest(model, said, reading.vector) if model else (),
    )


def _opened(encoder: Encoder) -> "EmotionModel | None":
    """The model whose weights can be looked into, if the encoder is or holds one."""
    from encoders.lazy_model import LazyModel
    from encoders.model import EmotionModel

    model = encoder.model if isinstance(encoder, LazyModel) else encoder
    return model if isinstance(model, EmotionModel) else None


def _find_regions(
    encoder: Encoder, model: "EmotionModel | None", image: Image.Image, vector: Vector, *, exact: bool
) -> Regions:
    if model is None:
        return occlude(encoder, image, vector)
    from encoders.why.opening import grid_of, looks_through_clip, seen_by
    from encoders.why.patches import weigh_patches

    if looks_through_clip(model) and not exact:
        return weigh_patches(model, [image], vector)[0]
    return occlude(encoder, image, vector, grid_of(model), seen_by(model, image))


def _weigh_features(
    model: "EmotionModel", features: Prepared, look: Vector, vector: Vector
) -> tuple[float | None, tuple[Contribution, ...]]:
    """The similarity of an ordinary painting, and what leads from there to the picture's."""
    from encoders.why.features import Sight
    from encoders.why.opening import measures_features

    if not measures_features(model):
        return None, ()
    sight = Sight.of(model, vector)
    return sight.ordinary(), tuple(summarise(sight.weigh(look), np.asarray(features, np.float32)))


def _nearest(model: "EmotionModel", said: Sequence[Utterance], vector: Vector) -> tuple[NearUtterance, ...]:
    from encoders.why.sentences import nearness

    cosines = nearness(model, [utterance.text for utterance in said], vector)
    near = [NearUtterance(one, float(cosine)) for one, cosine in zip(said, cosines, strict=True)]
    return tuple(sorted(near, key=lambda one: -one.similarity)[:MOST_UTTERANCES])


def describe(explanation: Explanation) -> str:
    """An explanation in a few lines, for the terminal."""
    lines = [
        f"coherence {explanation.coherence:.2f} with {quoted(explanation.word)}, "
        f"percentile {explanation.percentile:.1f}, similarity {explanation.similarity:+.3f}",
        f"strongest region: {place_of(explanation.regions)}",
    ]
    if explanation.usual is not None:
        lines.append(f"from an ordinary painting's similarity {explanation.usual:+.3f}:")
    lines += [f"  {line.similarity:+.3f}  {line.said}" for line in explanation.contributions]
    lines += [f'viewer, {near.utterance.emotion}: "{near.utterance.text}"' for near in explanation.utterances]
    return "\n".join(lines)


def place_of(regions: Regions) -> str:
    """Where in the grid the region lies that speaks most for the word: "upper left"."""
    rows, columns = regions.grid.shape
    row, column = divmod(int(regions.grid.argmax()), columns)
    down = ("upper", "middle", "lower")[3 * row // rows]
    across = ("left", "middle", "right")[3 * column // columns]
    return "middle" if down == across else f"{down} {across}"
