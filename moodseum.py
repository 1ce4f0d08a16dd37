"""The one command line, composed of what each package offers."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

import indexer.cli
import search_api.cli
import trainer.annotating
import trainer.cli
from encoders.errors import MoodseumError
from encoders.home import Home

FAILED = 1
INTERRUPTED = 130

app = typer.Typer(
    name="moodseum",
    help="Find paintings by the feeling they evoke.",
    epilog="Exit codes: 0 done, 1 refused with one sentence on stderr, 2 wrong usage, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
for part in (trainer.cli, indexer.cli, search_api.cli):
    app.add_typer(part.app)
indexer.cli.index.add_typer(trainer.annotating.app)


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


def _fail(sentence: str, code: int = FAILED) -> None:
    typer.echo(f"moodseum: {' '.join(sentence.split())}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
