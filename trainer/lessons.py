"""What is learned from: annotated paintings reduced to the words that were voted for."""

from dataclasses import dataclass, replace

import numpy as np
import torch

from encoders.backbone import Backbone
from encoders.emotions import SOMETHING_ELSE
from encoders.prompts import Prompts
from encoders.vectors import Vectors
from trainer.annotations.annotations import Counts, Side, Utterance
from trainer.errors import TrainingError
from trainer.features import compute_texts
from trainer.heads import Examples, Texts
from trainer.join import Annotated
from trainer.split import Rows, Split, honour
from trainer.votes import Shares, smoothed_shares


@dataclass(frozen=True, slots=True)
class Lessons:
    """n paintings and the k words that somebody named for a training painting."""

    words: tuple[str, ...]
    looks: Vectors  # (n, look_size)
    counts: Counts  # (n, k)
    viewers: Counts  # (n,), all who were asked, also those who named none of the words
    shares: Shares  # (n, k)
    utterances: tuple[Utterance, ...]
    """Of viewers of training paintings who named one of the words; `emotion` is the word's column here."""
    split: Split


def with_copies_together(annotated: Annotated) -> Annotated:
    """The annotations' own split, if they have one, with all copies of a work on its strictest side."""
    if annotated.sides is None:
        return annotated
    keys = [painting.key for painting in annotated.paintings]
    return replace(annotated, sides=honour(keys, annotated.sides))


def set_tests_aside(annotated: Annotated) -> Annotated:
    """Leave out the paintings that the annotations' own split keeps for tests, and further copies of them."""
    divided = with_copies_together(annotated)
    if divided.sides is None:
        return divided
    return divided.keep(np.flatnonzero(divided.sides != Side.TEST))


def prepare(annotated: Annotated, looks: Vectors, split: Split) -> Lessons:
    """Keep the emotions that are words and were named at least once.

    Raises:
        TrainingError: there are fewer than two.
    """
    voted = annotated.counts[split.train].sum(axis=0) > 0
    columns = [
        column for column, word in enumerate(annotated.emotions) if word != SOMETHING_ELSE and voted[column]
    ]
    if len(columns) < 2:
        raise TrainingError(
            "The votes name fewer than two emotions, so there is nothing to tell apart; give annotations "
            "with at least two."
        )
    counts = annotated.counts[:, columns]
    place = {column: index for index, column in enumerate(columns)}
    training = set(split.train.tolist())
    return Lessons(
        words=tuple(annotated.emotions[column] for column in columns),
        looks=looks,
        counts=counts,
        viewers=annotated.viewers,
        shares=smoothed_shares(counts, counts[split.train].sum(axis=0)),
        utterances=tuple(
            replace(said, emotion=place[said.emotion])
            for said in annotated.utterances
            if said.emotion in place and said.painting in training
        ),
        split=split,
    )


def embed(backbone: Backbone, lessons: Lessons, prompts: Prompts) -> tuple[Texts, Rows]:
    """All texts as the frozen backbone sees them, and each utterance's row among `Texts.utterances`."""
    sentences = [sentence for word in lessons.words for sentence in prompts.sentences(word)]
    said, rows = compute_texts(backbone, [said.text for said in lessons.utterances])
    prompted = torch.from_numpy(backbone.text(sentences)).view(len(lessons.words), -1, backbone.text_size)
    return Texts(prompts=prompted, utterances=torch.from_numpy(said)), rows


def examples(lessons: Lessons, rows: Rows, utterance_rows: Rows) -> Examples:
    """The paintings in `rows` for the training loop; `utterance_rows` as from `embed`."""
    place = {int(row): index for index, row in enumerate(rows)}
    theirs = [
        (int(text), place[utterance.painting], utterance.emotion)
        for text, utterance in zip(utterance_rows, lessons.utterances, strict=True)
        if utterance.painting in place
    ]
    texts, speakers, emotions = torch.tensor(theirs, dtype=torch.int64).view(-1, 3).unbind(1)
    return Examples(
        looks=torch.from_numpy(lessons.looks[rows]),
        shares=torch.from_numpy(lessons.shares[rows]),
        utterances=texts,
        utterance_paintings=speakers,
        utterance_emotions=emotions,
    )


def histogram_cross_entropy(lessons: Lessons) -> float:
    """Held-out cross-entropy, in nats, of always answering the mean of the training shares."""
    guess = lessons.shares[lessons.split.train].mean(axis=0)
    return float(-(lessons.shares[lessons.split.held_out] * np.log(guess)).sum(axis=1).mean())
