from dataclasses import dataclass
from typing import Annotated

import typer
from typer.testing import CliRunner

from search_api.commands.grouping import grouped


@dataclass(frozen=True, slots=True)
class Size:
    width: Annotated[int, typer.Option(help="In pixels.")] = 3


@dataclass(frozen=True, slots=True)
class Shape(Size):
    colours: Annotated[list[str] | None, typer.Option("--colour", help="Any.")] = None


def test_a_command_takes_a_group_and_its_users_see_options() -> None:
    app, taken = typer.Typer(rich_markup_mode=None), list[tuple[str, Shape, bool]]()

    @app.command()
    @grouped
    def draw(context: typer.Context, *, name: str, shape: Shape, fast: bool = False) -> None:
        """Draw a shape."""
        taken.append((name, shape, fast))

    runner = CliRunner()
    told = runner.invoke(app, ["--help"]).output
    assert [part for part in ("Draw a shape.", "--width", "In pixels.", "--colour") if part not in told] == []
    runner.invoke(app, ["a", "--width", "5", "--colour", "red", "--colour", "blue"], catch_exceptions=False)
    runner.invoke(app, ["b", "--fast"], catch_exceptions=False)
    assert taken == [("a", Shape(5, ["red", "blue"]), False), ("b", Shape(3), True)]
