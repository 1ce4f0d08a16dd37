"""The emotions that viewers were asked for, in the order that every histogram uses."""

ARTEMIS_POSITIVE = ("amusement", "awe", "contentment", "excitement")
ARTEMIS_NEGATIVE = ("anger", "disgust", "fear", "sadness")
ARTEMIS_NAMED = ARTEMIS_POSITIVE + ARTEMIS_NEGATIVE

SOMETHING_ELSE = "something else"
"""A vote that names no emotion: it counts as a viewer, never as a word to learn."""

ARTEMIS_EMOTIONS = (*ARTEMIS_NAMED, SOMETHING_ELSE)
"""ArtEmis' nine answers in ArtEmis' order (Achlioptas et al., 2021); an alphabetical order mislabels five."""
