"""A picture of a training run: its losses over the epochs."""

from pathlib import Path

from trainer.drawing import LIGHT, Theme, drawing, tidy
from trainer.heads.training import Learned


def plot_losses(file: Path, learned: "Learned", theme: Theme = LIGHT) -> None:
    """Draw both losses over the epochs, the kept epoch marked, as a PNG."""
    from matplotlib.ticker import MaxNLocator

    with drawing(file, theme, 7, 4) as figure:
        axes = figure.add_subplot()
        accent = theme.lines[0]
        axes.plot(learned.train_losses, color=theme.soft, label="training paintings")
        axes.plot(learned.held_out_losses, color=accent, label="held-out paintings")
        axes.axvline(
            learned.best_epoch, color=accent, linestyle=":", label=f"kept: epoch {learned.best_epoch}"
        )
        axes.set_xlabel("epoch (0: untrained)")
        axes.set_ylabel("cross-entropy of the votes (nats)")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        tidy(axes)
        axes.legend()
