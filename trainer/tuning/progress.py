"""The trainer's bar on stderr, with losses beside it; without a terminal there is none."""

import sys

from transformers import TrainerControl, TrainerState, TrainingArguments
from transformers.trainer_callback import ProgressCallback

SHOWN = {"loss": "loss", "eval_loss": "held_out"}


class Progress(ProgressCallback):
    """The trainer's own bar, but with the figures beside it: the lines that it prints would go to stdout."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: dict[str, str] = {}

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, float] | None = None,
        **kwargs: object,
    ) -> None:
        if self.training_bar is not None:
            news = {SHOWN[name]: f"{value:.3f}" for name, value in (logs or {}).items() if name in SHOWN}
            self.figures |= news
            self.training_bar.set_description("Tuning", refresh=False)
            self.training_bar.set_postfix(self.figures)


def has_terminal() -> bool:
    """Whether somebody sees a bar."""
    return sys.stderr.isatty()
