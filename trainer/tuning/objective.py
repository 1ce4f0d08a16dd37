"""What fine-tuning minimises: the losses of linear probing, on what the whole model makes of a batch."""

from collections.abc import Mapping, Sequence

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.util import all_gather, all_gather_with_grad, batch_to_device, get_world_size
from torch import Tensor, nn
from torch.nn import functional

from trainer.heads.losses import LOSSES
from trainer.tuning.settings import TuneSettings

Features = dict[str, Tensor]


class Objective(nn.Module):
    """The loss as `SentenceTransformerTrainer` calls it; its own parameters are the losses' scales.

    Paintings, utterances and labels of all processes are gathered first, so that each is told from those of
    every other process. The k words are encoded anew in each step, by every process.

    Args:
        model: its weights that learn are drawn to what they are now.
        prompts: of each word, as many sentences as of every other.
    """

    def __init__(
        self, model: SentenceTransformer, prompts: Sequence[Sequence[str]], settings: TuneSettings
    ) -> None:
        super().__init__()
        self.model = model  # the trainer looks for it by this name, to wrap it for several processes
        self.settings = settings
        self.words = len(prompts)
        self.prompts = model.preprocess([f" {sentence}" for sentences in prompts for sentence in sentences])
        self.to_words = LOSSES[settings.loss]()
        self.to_utterances = LOSSES[settings.loss]()
        self._learning = [weight for weight in model.parameters() if weight.requires_grad]
        for number, weight in enumerate(self._learning):
            self.register_buffer(f"start_{number}", weight.detach().clone(), persistent=False)

    def forward(self, features: Sequence[Features], labels: Tensor) -> Tensor:
        """Paintings and utterances of B rows -> scalar.

        `labels` (B, 2, k) hold vote shares, and the emotion that the utterance explains as 1 among zeros; of
        a painting without utterance only zeros.

        Without gradients, as the trainer evaluates, it is the mean cross-entropy, in nats, between votes and
        the softmax over the words' similarities, as in `trainer.heads.training`.
        """
        paintings, utterances = features
        if not torch.is_grad_enabled():
            return self._of_votes(self._embed(paintings), labels[:, 0])
        seen, labels = _gathered(self._embed(paintings)), _gathered(labels)
        shares, explained = labels.unbind(1)
        loss = self.to_words.of_votes(seen, self._words(), shares) + self._pull()
        speakers = explained.any(dim=1)
        if speakers.any():
            said = _gathered(self._embed(utterances))
            loss = loss + self.settings.utterance_weight * self.to_utterances.of_utterances(
                seen[speakers], said[speakers], shares[speakers], explained[speakers].argmax(dim=1)
            )
        return loss

    def scales(self) -> dict[str, Tensor]:
        """The losses' own parameters, which the model does not hold."""
        return {name: value for name, value in self.state_dict().items() if name.startswith("to_")}

    def set_scales(self, scales: Mapping[str, Tensor]) -> None:
        """Take over what `scales` gave."""
        self.load_state_dict(dict(scales), strict=False)

    def _of_votes(self, paintings: Tensor, shares: Tensor) -> Tensor:
        similarity = paintings @ self._words().T  # (B, k)
        return functional.cross_entropy(self.to_words.scale() * similarity, shares)

    def _words(self) -> Tensor:
        prompts = self._embed(batch_to_device(dict(self.prompts), self.to_words.log_scale.device))
        return functional.normalize(prompts.view(self.words, -1, prompts.shape[1]).mean(dim=1), dim=-1)

    def _embed(self, features: Features) -> Tensor:
        embedded: Tensor = self.model(features)["sentence_embedding"]
        return embedded.float()  # (B, d'), unit length

    def _pull(self) -> Tensor:
        moved = [
            (weight - self.get_buffer(f"start_{number}")).square().sum()
            for number, weight in enumerate(self._learning)
        ]
        return self.settings.pull * torch.stack(moved).sum()


def _gathered(rows: Tensor) -> Tensor:
    """The rows of all processes in the order of their ranks: (B, ...) -> (processes * B, ...)."""
    if get_world_size() == 1:
        return rows
    gather = all_gather_with_grad if rows.requires_grad else all_gather
    return gather(rows.contiguous())
