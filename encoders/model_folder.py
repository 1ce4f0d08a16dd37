"""A model on disk: an ordinary sentence-transformers folder with Moodseum's record beside the weights.

models/<name>/
    modules.json, *.safetensors, ...   what `SentenceTransformer(path)` reads
    moodseum.json                      identities, prompts, calibration, doubts, training record
    reference_bank.safetensors         the bank's feelings
    README.md                          the model card
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from encoders.errors import ModelError, MoodseumError
from encoders.home import Home
from encoders.identity import Identity
from encoders.vectors import Vectors

if TYPE_CHECKING:
    from encoders.model import EmotionModel

FORMAT = 2
RECORD = "moodseum.json"
KEYS = {"created", "backbone", "look_id", "space_id", "reading_id", "prompts", "calibration"}
BANK = "reference_bank.safetensors"


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """What a model folder says of itself, readable without loading weights."""

    name: str
    backbone: str
    created: str
    identity: Identity
    doubts: tuple[str, ...] = ()
    """Where its scores are not to be trusted."""


def save_model(
    model: "EmotionModel",
    folder: Path,
    created: str,
    doubts: Sequence[str],
    training: Mapping[str, object],
) -> None:
    """Write a model into an existing folder.

    `created` is an ISO 8601 time, `doubts` say where its scores are not to be trusted, `training` is the JSON
    record.
    """
    from safetensors.numpy import save_file

    from encoders.hub import quietly

    with quietly():
        model.sentence_transformer().save(str(folder), create_model_card=False)
    save_file({"feelings": model.bank.feelings}, folder / BANK)
    record = {
        "format": FORMAT,
        "moodseum": version("moodseum"),
        "created": created,
        "backbone": model.backbone.reference,
        **asdict(model.identity),
        "prompts": list(model.prompts.templates),
        "calibration": asdict(model.calibration),
        "doubts": list(doubts),
        "training": dict(training),
    }
    (folder / RECORD).write_text(json.dumps(record, indent=2) + "\n")
    _share(folder)


def _share(folder: Path) -> None:
    """Let whoever may read the record read the weights: safetensors are written for their owner alone."""
    mode = (folder / RECORD).stat().st_mode
    for weights in folder.rglob("*.safetensors"):
        weights.chmod(mode)


def load_model(home: Home, name: str | None = None) -> "EmotionModel":
    """Load the named model, or the newest.

    Raises:
        ModelError: there is none, its folder is incomplete or changed, or a newer Moodseum wrote it.
    """
    folder = home.models / (newest(home).name if name is None else name)
    content = _read(folder)
    from encoders.backbone import Backbone
    from encoders.coherence import Calibration, ReferenceBank
    from encoders.model import EmotionModel
    from encoders.modules import read_modules
    from encoders.projection import as_heads
    from encoders.prompts import Prompts

    try:
        *backbone, heads, _ = read_modules(folder)
        model = EmotionModel(
            folder.name,
            Backbone(content["backbone"], backbone),
            as_heads(heads),
            Calibration(**content["calibration"]),
            ReferenceBank(_read_bank(folder)),
            Prompts(tuple(content["prompts"])),
        )
    except MoodseumError:
        raise
    except Exception as error:  # damaged weights and settings make the libraries raise nearly anything
        raise ModelError(
            f"The model folder {folder} cannot be loaded ({error}); train the model again."
        ) from error
    if asdict(model.identity) != {key: content[key] for key in asdict(model.identity)}:
        raise ModelError(
            f"The model folder {folder} was changed after it was trained: its weights or settings no longer "
            f"match the identity {content['reading_id']} in {RECORD}; train the model again."
        )
    return model


def list_models(home: Home) -> list[ModelRecord]:
    """All models whose record can be read, oldest first."""
    if not home.models.is_dir():
        return []
    records = []
    for folder in home.models.glob("[!.]*"):
        with contextlib.suppress(ModelError):
            records.append(_record(folder))
    return sorted(records, key=lambda record: (record.created, record.name))


def newest(home: Home) -> ModelRecord:
    """The model trained last; ModelError where there is none."""
    models = list_models(home)
    if not models:
        raise ModelError(f"There is no model in {home.models}; train one with `moodseum train`.")
    return models[-1]


def _record(folder: Path) -> ModelRecord:
    content = _read(folder)
    identity = Identity(content["look_id"], content["space_id"], content["reading_id"])
    doubts = tuple(content.get("doubts", ()))
    return ModelRecord(folder.name, content["backbone"], content["created"], identity, doubts)


def _read(folder: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads((folder / RECORD).read_text())
    except (FileNotFoundError, NotADirectoryError) as error:
        others = ", ".join(path.name for path in sorted(folder.parent.glob("[!.]*"))) or "none yet"
        raise ModelError(
            f"There is no model {folder.name!r} in {folder.parent} (there: {others}); "
            f"train it with `moodseum train --name {folder.name}` or name another."
        ) from error
    except (OSError, ValueError) as error:  # undecodable bytes are a ValueError, too
        raise ModelError(f"{folder / RECORD} cannot be read ({error}); train the model again.") from error
    found = content.get("format") if isinstance(content, dict) else None
    if found != FORMAT:
        raise ModelError(
            f"The model {folder} has format {found!r} and this Moodseum reads {FORMAT}; "
            "upgrade Moodseum or train the model again."
        )
    if missing := KEYS - content.keys():
        raise ModelError(f"{folder / RECORD} lacks {min(missing)!r}; train the model again.")
    return content


def _read_bank(folder: Path) -> Vectors:
    from safetensors.numpy import load_file

    feelings: Vectors = load_file(folder / BANK)["feelings"]
    return feelings
