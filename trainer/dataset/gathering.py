"""Gathers what a model is trained on: pictures that were looked at, their votes, and who is held out."""

from dataclasses import dataclass

from encoders.backbone import Backbone
from encoders.vectors import Vectors
from trainer.dataset.join import Annotated, JoinReport
from trainer.dataset.material import Material
from trainer.dataset.split import Split, divide, set_tests_aside, with_copies_together
from trainer.errors import TrainingError
from trainer.features.cache import Cache
from trainer.features.embedding import compute_looks

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
    """Join pictures and votes, look at all, set tests aside with every copy of them, and divide the rest.

    Raises:
        SourceError, AnnotationError, CacheError: one of the inputs cannot be used.
        TrainingError: there is too little to learn from or to calibrate by.
    """
    joint, joined = material.join()
    looks = compute_looks(backbone, joint.paintings, cache)
    seen = with_copies_together(joint.keep(looks.rows), looks.vectors)
    rows = set_tests_aside(seen)
    annotated, set_aside = seen.keep(rows), len(seen.paintings) - len(rows)
    if len(rows) < LEAST_PAINTINGS:
        raise TrainingError(
            f"Only {len(rows)} paintings in {material.paintings} can be read and have votes "
            f"({set_aside} are kept for tests); give at least {LEAST_PAINTINGS}."
        )
    sides = divide(annotated, seed)
    if len(sides.train) < LEAST_TRAINING or len(sides.held_out) < LEAST_HELD_OUT:
        raise TrainingError(
            f"The split leaves {len(sides.train)} paintings to learn from and {len(sides.held_out)} to "
            f"calibrate by; give annotations with at least {LEAST_TRAINING} and {LEAST_HELD_OUT}."
        )
    return Gathered(annotated, looks.vectors[rows], sides, joined, set_aside, looks.skipped)
