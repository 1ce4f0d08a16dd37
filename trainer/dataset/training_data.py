"""What is learned from: annotated paintings reduced to the words that were voted for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from encoders.backbone import Backbone
from encoders.model import word_texts
from encoders.vectors import Vectors
from encoders.words.emotions import SOMETHING_ELSE, vocabulary
from encoders.words.prompts import Prompts
from trainer.annotations.annotations import Counts
from trainer.annotations.lexicon import Lexicon
from trainer.dataset.examples import Examples, Texts
from trainer.dataset.join import Annotated
from trainer.dataset.smoothing import Shares, smoothed_shares
from trainer.dataset.split import Split
from trainer.errors import TrainingError
from trainer.features.cache import Cache
from trainer.features.embedding import compute_texts
from trainer.rows import Rows


@dataclass(frozen=True, slots=True)
class Said:
    """u utterances: their rows among `Texts.utterances`, their paintings, and the words that they explain."""

    texts: Rows
    paintings: Rows
    words: Rows

    def keep(self, chosen: npt.NDArray[np.bool_]) -> "Said":
        """Only those that a mask (u,) chooses."""
        return Said(self.texts[chosen], self.paintings[chosen], self.words[chosen])


@dataclass(frozen=True, slots=True)
class TrainingData:
    """n paintings and the k words that somebody named for a training painting."""

    words: tuple[str, ...]
    looks: Vectors  # (n, look_size)
    counts: Counts  # (n, k)
    viewers: Counts  # (n,), all who were asked, also those who named none of the words
    shares: Shares  # (n, k)
    texts: Texts
    said: Said
    """Of viewers of training paintings who named one of the words."""
    split: Split


def prepare(
    annotated: Annotated,
    looks: Vectors,
    split: Split,
    backbone: Backbone,
    prompts: Prompts,
    cache: Cache | None = None,
    lexicon: Lexicon | None = None,
) -> TrainingData:
    """Keep the emotions that are words and were named at least once; let the backbone read all texts.

    What a lexicon takes for opposites is to be kept apart.

    Raises:
        TrainingError: there are fewer than two such words.
        CacheError: the cache can be neither read nor written.
    """
    columns = _named_words(annotated, split)
    words = tuple(annotated.emotions[column] for column in columns)
    counts = annotated.counts[:, columns]
    utterances, said = _listen(annotated, split, columns, backbone, cache)
    known = tuple(vocabulary())
    emotions, rows = compute_texts(backbone, prompts.one_each(known), cache)
    return TrainingData(
        words=words,
        looks=looks,
        counts=counts,
        viewers=annotated.viewers,
        shares=smoothed_shares(counts, counts[split.train].sum(axis=0)),
        texts=Texts(
            prompts=torch.from_numpy(word_texts(backbone, prompts, words)),
            utterances=torch.from_numpy(utterances),
            vocabulary=torch.from_numpy(emotions[rows]),
            opposed=lexicon.opposed(known) if lexicon else (),
        ),
        said=said,
        split=split,
    )


def _named_words(annotated: Annotated, split: Split) -> list[int]:
    voted = annotated.counts[split.train].sum(axis=0) > 0
    columns = [
        column for column, word in enumerate(annotated.emotions) if word != SOMETHING_ELSE and voted[column]
    ]
    if len(columns) < 2:
        raise TrainingError(
            "The votes name fewer than two emotions, so there is nothing to tell apart; give annotations "
            "with at least two."
        )
    return columns


def _listen(
    annotated: Annotated, split: Split, columns: Sequence[int], backbone: Backbone, cache: Cache | None
) -> tuple[Vectors, Said]:
    """Distinct utterances (m, text_size) about training paintings that explain one of the words."""
    place = {column: index for index, column in enumerate(columns)}
    training = set(split.train.tolist())
    heard = [said for said in annotated.utterances if said.emotion in place and said.painting in training]
    vectors, rows = compute_texts(backbone, [said.text for said in heard], cache)
    said = Said(
        texts=rows,
        paintings=np.array([said.painting for said in heard], np.int64),
        words=np.array([place[said.emotion] for said in heard], np.int64),
    )
    return vectors, said


def examples(data: TrainingData, rows: Rows) -> Examples:
    """The paintings in `rows` for the training loop, with what was said of them."""
    place = np.full(len(data.looks), -1)
    place[rows] = np.arange(len(rows))
    said = data.said.keep(place[data.said.paintings] >= 0)
    return Examples(
        looks=torch.from_numpy(data.looks[rows]),
        shares=torch.from_numpy(data.shares[rows]),
        utterances=torch.from_numpy(said.texts),
        utterance_paintings=torch.from_numpy(place[said.paintings]),
        utterance_emotions=torch.from_numpy(said.words),
    )


def histogram_cross_entropy(data: TrainingData) -> float:
    """Held-out cross-entropy, in nats, of always answering the mean of the training shares."""
    guess = data.shares[data.split.train].mean(axis=0)
    return float(-(data.shares[data.split.held_out] * np.log(guess)).sum(axis=1).mean())
