"""Pictures of a training run."""

from pathlib import Path

from trainer.heads import Learned


def plot_losses(file: Path, learned: Learned) -> None:
    """Draw both losses over the epochs, the kept epoch marked, as a PNG."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.add_subplot()
    axes.plot(learned.train_losses, color="#8a8a8a", label="training paintings")
    axes.plot(learned.held_out_losses, color="#b3402a", label="held-out paintings")
    axes.axvline(
        learned.best_epoch, color="#b3402a", linestyle=":", label=f"kept: epoch {learned.best_epoch}"
    )
    axes.set_xlabel("epoch (0: untrained)")
    axes.set_ylabel("cross-entropy of the votes (nats)")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(file, dpi=120)
