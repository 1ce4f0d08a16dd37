"""Gathers what a model is trained on: pictures that were looked at, their votes, and who is held out."""

from dataclasses import dataclass

from encoders.backbone import Backbone
from encoders.vectors import Vectors
from trainer.cache import Cache
from trainer.errors import TrainingError
from trainer.features import compute_looks
from trainer.join import Annotated, JoinReport
from trainer.lessons import set_tests_aside
from trainer.material import Material
from trainer.split import Split, split

LEAST_PAINTINGS = 20
LEAST_TRAINING, LEAST_HELD_OUT = 10, 5


@dataclass(frozen=True, slots=True)
class Gathered:
    """n annotated paintings with their looks (n, look_size), divided."""

    annotated: Annotated
    looks: Vectors
    split: Split
    joined: JoinReport
    set_aside: int
    """Paintings that the annotations' own split keeps for tests."""
    unreadable: tuple[str, ...]
    """Why pictures are left out."""

    @property
    def keys(self) -> list[str]:
        return [painting.key for painting in self.annotated.paintings]


def gather(material: Material, backbone: Backbone, seed: int, cache: Cache) -> Gathered:
    """Join pictures and votes, set tests aside, look at the rest and divide it.

    Raises:
        SourceError, AnnotationError, CacheError: one of the inputs cannot be used.
        TrainingError: there is too little to learn from or to calibrate by.
    """
    joint, joined = material.join()
    rest = set_tests_aside(joint)
    set_aside = len(joint.paintings) - len(rest.paintings)
    looks = compute_looks(backbone, rest.paintings, cache)
    annotated = rest.keep(looks.rows)
    keys = [painting.key for painting in annotated.paintings]
    if len(keys) < LEAST_PAINTINGS:
        raise TrainingError(
            f"Only {len(keys)} paintings in {material.paintings} can be read and have votes "
            f"({set_aside} are kept for tests); give at least {LEAST_PAINTINGS}."
        )
    sides = split(keys, seed, annotated.sides)
    if len(sides.train) < LEAST_TRAINING or len(sides.held_out) < LEAST_HELD_OUT:
        raise TrainingError(
            f"The split leaves {len(sides.train)} paintings to learn from and {len(sides.held_out)} to "
            f"calibrate by; give annotations with at least {LEAST_TRAINING} and {LEAST_HELD_OUT}."
        )
    return Gathered(annotated, looks.vectors, sides, joined, set_aside, looks.skipped)
