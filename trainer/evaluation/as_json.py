"""An evaluation as JSON for programs, with keys that stay.

An object of kind "evaluation" has the fields of `protocol.Evaluation`, one of kind "transfer" (of
`--rotate-held-out` and `--hold-out`) those of `transfer.Transfer`. Within them:

- a figure is `{"value", "low", "high"}`, its 95 % interval beside it; undefined numbers are null;
- `standings[]` has `contender` ("trained", "untrained" or "histogram"), its figures by measure under
  `overall`, `within_style` and `answers`, and `hubness`; the measures are `metrics.MEASURES`, in `overall`
  also `spearman_of_ceiling`;
- `words[]` has `word`, `seen`, `named`, `coherence` and `figures` by measure;
- `by_group` has, if some words were trained on and some not, figures by measure under "seen", "unseen" and
  "harmonic";
- `trust` has, under "seen" and "unseen", for each of `trust.SCALES` the figures `ece` and `brier_per_word`;
- `confusion` has `words` and `counts`, a row for what viewers named, a column for what the model chose;
- `retention` has the fields of `trainer.metrics.retention.Retention`;
- a transfer's `seen`, `unseen`, `harmonic`, `untrained` and `gain` hold figures by measure, `by_word` by word
  and measure; the measures are `transfer.BY_EMOTION`.

New keys may come; `format` rises when one changes its meaning or goes.
"""

import json
from dataclasses import asdict

from trainer.evaluation.protocol import Evaluation
from trainer.evaluation.transfer import Transfer
from trainer.json_values import plain

FORMAT = 1


def to_json(report: Evaluation | Transfer) -> str:
    """Everything, undefined numbers as null."""
    kind = "evaluation" if isinstance(report, Evaluation) else "transfer"
    fields = {name: plain(value) for name, value in asdict(report).items()}
    return json.dumps({"format": FORMAT, "kind": kind} | fields, indent=2, allow_nan=False)
