"""The one command line, composed of what each package offers."""

import atexit
import gc
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup
from typer.main import get_group

from encoders.errors import MoodseumError
from encoders.home import Home

if TYPE_CHECKING:
    from typer._click import Command

FAILED = 1
INTERRUPTED = 130
OBJECTS = 10_000

PARTS = {
    "sample": "trainer.cli",
    "train": "trainer.cli",
    "evaluate": "trainer.cli",
    "reindex": "trainer.annotating",
    "index": "trainer.annotating",
    "search": "search_api.commands.searching",
    "similar": "search_api.commands.relating",
    "contrast": "search_api.commands.relating",
    "blend": "search_api.commands.mixing",
    "more-like": "search_api.commands.mixing",
    "emotions": "search_api.commands.evoking",
    "score": "search_api.commands.evoking",
    "explain": "search_api.commands.evoking",
    "facets": "search_api.commands.counting",
    "serve": "search_api.commands.serving",
    "info": "search_api.commands.serving",
}
"""The modules that offer the commands, in the order of the help."""


class Commands(TyperGroup):
    """Imports only what offers the command that is asked for, and all where another must be suggested."""

    def list_commands(self, _: object) -> list[str]:
        return list(PARTS)

    def get_command(self, _: object, name: str) -> "Command | None":
        if name not in self.commands:
            part = PARTS.get(name)
            self.commands.update(_offered([part] if part else {*PARTS.values()}))
        return self.commands.get(name)


def _offered(parts: Iterable[str]) -> "Mapping[str, Command]":
    """The commands of some parts."""
    together = typer.Typer(rich_markup_mode=None)
    for part in parts:
        together.add_typer(import_module(part).app)
    return get_group(together).commands


app = typer.Typer(
    name="moodseum",
    cls=Commands,
    help="Find paintings by the feeling they evoke.",
    epilog="Exit codes: 0 done, 1 refused with one sentence on stderr, 2 wrong usage, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)


@app.callback()
def choose_home(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(help="Folder of models and indexes [default: $MOODSEUM_HOME or ./.moodseum]."),
    ] = None,
) -> None:
    """Find paintings by the feeling they evoke."""
    context.obj = Home.resolve(home)
    if context.obj.path.exists() and not context.obj.path.is_dir():
        raise MoodseumError(f"The home {context.obj.path} is no folder; give one with --home.")


def main() -> None:
    """Run the command line."""
    _spare_garbage_collection()
    report_errors(app)


def report_errors(job: Callable[[], object]) -> None:
    """Run a job; a foreseen error becomes one line on stderr and exit code 1."""
    try:
        job()
    except MoodseumError as error:
        _fail(str(error))
    except OSError as error:
        where = f" {error.filename!r}" if error.filename else ""
        _fail(f"The system refused{where}: {error.strerror or error}; mend that and run the command again.")
    except (KeyboardInterrupt, SystemExit) as end:  # typer turns the one into the other
        if isinstance(end, SystemExit) and end.code != INTERRUPTED:
            raise
        _fail("Interrupted; what was finished is kept, run the same command again to go on.", INTERRUPTED)


def _spare_garbage_collection() -> None:
    """Look less often for garbage, as imports make none, and not at the end: it took a sixth of a search."""
    gc.set_threshold(OBJECTS)
    atexit.register(gc.freeze)


def _fail(sentence: str, code: int = FAILED) -> None:
    typer.echo(f"moodseum: {' '.join(sentence.split())}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
