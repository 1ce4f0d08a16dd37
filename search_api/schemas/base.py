"""What all schemas share: they are immutable, and say how scores are read."""

from pydantic import BaseModel, ConfigDict

COHERENCE = (
    "Chance in [0, 1] that a viewer would name this emotion for this painting, calibrated on the votes that "
    "the model was trained with; for a word without votes it is an estimate."
)
PERCENTILE = (
    "Where the similarity stands among a fixed bank of reference paintings, in [0, 100]: 97 means that it is "
    "closer to the word than 97 percent of them; those just as close count half."
)
SIMILARITY = (
    "Cosine in [-1, 1] between painting and word in the model's space. It ranks hits within one answer; its "
    "size means nothing across words or models."
)


class Schema(BaseModel):
    """Immutable, and made from the objects inside by their attributes."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


def is_none(value: object) -> bool:
    """For fields that are left out where there is nothing to say."""
    return value is None
