import json
from pathlib import Path

import pytest

from encoders.errors import ModelError
from encoders.home import Home
from encoders.model_folder import FORMAT, RECORD, list_models, load_model, newest

WHOLE = {
    "format": FORMAT,
    "created": "2026-01-01T00:00:00+00:00",
    "backbone": "palette",
    **dict.fromkeys(("look_id", "space_id", "reading_id"), "0" * 16),
    "prompts": ["{word}"],
    "calibration": {"slope": 1.0, "log_odds": {"awe": 0.0}},
}


def write(home: Home, name: str, record: object) -> Path:
    folder = home.models / name
    folder.mkdir(parents=True)
    (folder / RECORD).write_text(record if isinstance(record, str) else json.dumps(record))
    return folder


def test_models_are_listed_by_age_and_damaged_ones_left_out(home: Home) -> None:
    write(home, "newer", {**WHOLE, "created": "2026-02-01T00:00:00+00:00"})
    write(home, "older", WHOLE)
    for name, record in (("garbage", "{"), ("list", []), ("future", {**WHOLE, "format": 99})):
        write(home, name, record)
    write(home, ".unfinished", WHOLE)
    assert [model.name for model in list_models(home)] == ["older", "newer"]
    assert newest(home).name == "newer"


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("{", "cannot be read"),
        ("[]", "format None"),
        ({"format": FORMAT}, "lacks 'backbone'"),
        ({**WHOLE, "format": 99}, "format 99 and this Moodseum reads"),
        (WHOLE, "cannot be loaded"),
    ],
)
def test_a_damaged_model_is_refused_in_one_sentence(home: Home, record: object, says: str) -> None:
    write(home, "m", record)
    with pytest.raises(ModelError, match=says):
        load_model(home, "m")


def test_a_missing_model_is_refused_with_those_there_are(home: Home) -> None:
    write(home, "mine", WHOLE)
    with pytest.raises(ModelError, match=r"no model 'other'.*there: mine"):
        load_model(home, "other")


def test_a_folder_without_its_record_is_told_apart_from_none(home: Home) -> None:
    (home.models / "half").mkdir(parents=True)
    with pytest.raises(ModelError, match=r"models/half lacks its moodseum\.json; bring that file .*reindex"):
        load_model(home, "half")


@pytest.mark.parametrize("name", ["", ".", "../models/mine", "/mine"])
def test_a_path_is_no_name_of_a_model(home: Home, name: str) -> None:
    write(home, "mine", WHOLE)
    with pytest.raises(ModelError, match=r"is no name of a model; give one of those in .* \(mine\)"):
        load_model(home, name)


def test_a_models_doubts_can_be_read_without_its_weights(home: Home) -> None:
    write(home, "sure", WHOLE)
    write(home, "unsure", {**WHOLE, "doubts": ["Two viewers were asked."]})
    assert {model.name: model.doubts for model in list_models(home)} == {
        "sure": (),
        "unsure": ("Two viewers were asked.",),
    }


def test_an_empty_home_has_no_newest_model(home: Home) -> None:
    with pytest.raises(ModelError, match="moodseum train"):
        newest(home)
