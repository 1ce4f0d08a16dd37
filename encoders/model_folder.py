"""A model on disk: an ordinary sentence-transformers folder with Moodseum's record beside the weights.

models/<name>/
    modules.json, *.safetensors, ...   what `SentenceTransformer(path)` reads
    moodseum.json                      identities, prompts, calibration, doubts, training record
    reference_bank.safetensors         the bank's feelings
    words.safetensors                  the vectors of the vocabulary's words
    README.md                          the model card
"""

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from encoders.coherence import Calibration, ReferenceBank
from encoders.errors import ModelError, MoodseumError
from encoders.home import Home
from encoders.identity import Identity
from encoders.seeing.computing import PLAIN, Wish
from encoders.vectors import Vector, Vectors
from encoders.words.known_words import load_words, save_words
from encoders.words.prompts import Prompts

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


@dataclass(frozen=True, slots=True)
class Scores:
    """What of a model gives meaning to a similarity, readable without loading weights."""

    record: ModelRecord
    calibration: Calibration
    bank: ReferenceBank
    prompts: Prompts
    known: Mapping[str, Vector]
    """The vectors of words that were encoded when the model was made, by headword."""


def save_model(
    model: "EmotionModel",
    folder: Path,
    created: str,
    doubts: Sequence[str],
    training: Mapping[str, object],
    words: Mapping[str, Vector],
) -> None:
    """Write a model into an existing folder.

    `created` is an ISO 8601 time, `doubts` say where its scores are not to be trusted, `training` is the JSON
    record, `words` are headwords with their vectors.
    """
    from safetensors.numpy import save_file

    from encoders.hub import quietly

    with quietly():
        model.sentence_transformer().save(str(folder), create_model_card=False)
    save_file({"feelings": model.bank.feelings}, folder / BANK)
    save_words(folder, words, model.identity.space_id)
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


def load_model(home: Home, name: str | None = None, wish: Wish = PLAIN) -> "EmotionModel":
    """Load the named model, or the newest; `wish` says how it is to embed pictures.

    Raises:
        ModelError: there is none, its folder is incomplete or changed, or a newer Moodseum wrote it.
    """
    scores = read_scores(home, name)
    folder = home.models / scores.record.name
    from encoders.backbone import Backbone
    from encoders.model import EmotionModel
    from encoders.modules import read_modules
    from encoders.projection import as_heads

    with _loading(folder):
        *backbone, heads, _ = read_modules(folder)
        model = EmotionModel(
            folder.name,
            Backbone(scores.record.backbone, backbone, wish),
            as_heads(heads),
            scores.calibration,
            scores.bank,
            scores.prompts,
            scores.known,
        )
    if model.identity != scores.record.identity:
        raise ModelError(
            f"The model folder {folder} was changed after it was trained: its weights or settings no longer "
            f"match the identity {scores.record.identity.reading_id} in {RECORD}; train the model again."
        )
    return model


def read_scores(home: Home, name: str | None = None) -> Scores:
    """Read what the named model, or the newest, knows without its weights.

    Raises: as `load_model` does.
    """
    folder = home.models / (newest(home).name if name is None else _checked(name, home))
    content = _read(folder)
    with _loading(folder):
        return Scores(
            record=_record(folder, content),
            calibration=Calibration(**content["calibration"]),
            bank=ReferenceBank(_read_bank(folder)),
            prompts=Prompts(tuple(content["prompts"])),
            known=load_words(folder, content["space_id"]),
        )


@contextlib.contextmanager
def _loading(folder: Path) -> Iterator[None]:
    try:
        yield
    except MoodseumError:
        raise
    except Exception as error:  # damaged weights and settings make the libraries raise nearly anything
        raise ModelError(
            f"The model folder {folder} cannot be loaded ({error}); train the model again."
        ) from error


def list_models(home: Home) -> list[ModelRecord]:
    """All models whose record can be read, oldest first."""
    if not home.models.is_dir():
        return []
    records = []
    for folder in home.models.glob("[!.]*"):
        with contextlib.suppress(ModelError):
            records.append(_record(folder, _read(folder)))
    return sorted(records, key=lambda record: (record.created, record.name))


def newest(home: Home) -> ModelRecord:
    """The model trained last; ModelError where there is none."""
    models = list_models(home)
    if not models:
        raise ModelError(f"There is no model in {home.models}; train one with `moodseum train`.")
    return models[-1]


def _record(folder: Path, content: Mapping[str, Any]) -> ModelRecord:
    identity = Identity(content["look_id"], content["space_id"], content["reading_id"])
    doubts = tuple(content.get("doubts", ()))
    return ModelRecord(folder.name, content["backbone"], content["created"], identity, doubts)


def _checked(name: str, home: Home) -> str:
    """The name, if it is one and not a path that leads elsewhere."""
    if not name or Path(name).name != name:
        raise ModelError(
            f"{name!r} is no name of a model; give one of those in {home.models} ({_names_in(home.models)})."
        )
    return name


def _names_in(models: Path) -> str:
    return ", ".join(path.name for path in sorted(models.glob("[!.]*"))) or "none yet"


def _read(folder: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads((folder / RECORD).read_text())
    except (FileNotFoundError, NotADirectoryError) as error:
        if folder.is_dir():
            raise ModelError(
                f"The model folder {folder} lacks its {RECORD}; bring that file from where the model was "
                "trained, or train the model again and run `moodseum reindex`."
            ) from error
        raise ModelError(
            f"There is no model {folder.name!r} in {folder.parent} (there: {_names_in(folder.parent)}); "
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
