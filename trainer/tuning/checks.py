"""What must hold before anything is tuned; told before any work is done."""

from importlib.util import find_spec

from encoders.backbone import Backbone
from encoders.hub import PALETTE
from trainer.errors import TrainingError
from trainer.tuning.settings import TuneSettings, blocks_to_tune
from trainer.tuning.unfreezing import count_blocks, find_clip


def check_tunable(backbone: Backbone, settings: TuneSettings, processes: int = 1) -> None:
    """Nothing to say of heads alone.

    Raises:
        TrainingError: the libraries are not installed; the backbone has no weights, is not built as CLIP or
            has fewer blocks; or a batch cannot be shared out among the processes.
    """
    blocks = blocks_to_tune(settings.tune)
    if blocks is None:
        return
    _check_libraries()
    _check_backbone(backbone, blocks)
    if settings.batch_size % processes:
        raise TrainingError(
            f"A batch of {settings.batch_size} cannot be shared out among {processes} processes; "
            "give a batch size that is a multiple of their number."
        )


def _check_libraries() -> None:
    missing = [library for library in ("accelerate", "datasets") if find_spec(library) is None]
    if missing:
        raise TrainingError(
            f"Tuning CLIP needs {' and '.join(missing)}, which is not installed; "
            'run: pip install "moodseum[tune]"'
        )


def _check_backbone(backbone: Backbone, blocks: int) -> None:
    if backbone.reference == PALETTE:
        raise TrainingError("The backbone 'palette' has no weights to tune; use --tune heads.")
    clip = find_clip(backbone.modules)
    if clip is None:
        raise TrainingError(
            f"The backbone {backbone.reference!r} is not built as CLIP, so there are no projections to tune; "
            "use --tune heads."
        )
    if blocks > count_blocks(clip):
        raise TrainingError(
            f"--tune last-{blocks} names more blocks than {backbone.reference!r} has; "
            f"give last-{count_blocks(clip)} at most."
        )
