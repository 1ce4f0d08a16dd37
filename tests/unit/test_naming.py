from pathlib import Path

import pytest

from encoders.home import Home
from trainer.artefacts.naming import claim_name
from trainer.errors import TrainingError


def test_two_runs_never_train_one_name_at_the_same_time(home: Home) -> None:
    with (
        claim_name(home, "palette", "mine", overwrite=False),
        pytest.raises(TrainingError, match="Another process is training 'mine'"),
        claim_name(home, "palette", "mine", overwrite=True),
    ):
        pass


def test_without_a_name_each_run_takes_the_next_free_number(home: Home) -> None:
    (home.models / "clip-1").mkdir(parents=True)
    with (
        claim_name(home, "/hub/clip", None, overwrite=False) as first,
        claim_name(home, "/hub/clip", None, overwrite=False) as second,
    ):
        assert (first, second) == ("clip-2", "clip-3")


def test_a_name_is_free_again_when_its_run_has_failed(home: Home) -> None:
    with pytest.raises(OSError, match="full"), claim_name(home, "palette", "mine", overwrite=False):
        raise OSError("full")
    with claim_name(home, "palette", "mine", overwrite=False) as name:
        assert name == "mine"


@pytest.mark.parametrize("name", ["", ".", "../x", "a/b", "-x", "a" * 101, str(Path("/tmp/x"))])
def test_what_cannot_be_a_folder_is_no_name(home: Home, name: str) -> None:
    with (
        pytest.raises(TrainingError, match="cannot be a folder's"),
        claim_name(home, "palette", name, overwrite=True),
    ):
        pass
