from importlib import import_module

import pytest
from typer.main import get_group
from typer.testing import CliRunner

import moodseum


@pytest.mark.parametrize("part", sorted({*moodseum.PARTS.values()}))
def test_each_part_offers_just_the_commands_that_are_looked_for_there(part: str) -> None:
    looked_for = {name for name, where in moodseum.PARTS.items() if where == part}
    assert {*get_group(import_module(part).app).commands} == looked_for


def test_the_help_tells_of_every_command() -> None:
    shown = CliRunner().invoke(moodseum.app, ["--help"]).stdout
    told = [line.split(maxsplit=1) for line in shown.partition("Commands:")[2].splitlines() if line.strip()]
    assert [name for name, *help in told if help][: len(moodseum.PARTS)] == list(moodseum.PARTS)


def test_a_mistyped_command_is_answered_with_the_nearest() -> None:
    outcome = CliRunner().invoke(moodseum.app, ["serch"])
    assert outcome.exit_code == 2
    assert "No such command 'serch'. Did you mean 'search', 'serve'?" in outcome.stderr


def test_commands_of_two_packages_stand_in_one_group() -> None:
    shown = CliRunner().invoke(moodseum.app, ["index", "--help"]).stdout
    assert {"build", "annotate", "rollback"} <= set(shown.split())
