"""Giving an answer: as a table or as JSON, and besides as a file and as a sheet, where they are asked for."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from encoders.files import require_place
from search_api.commands.options import Hung, Output

if TYPE_CHECKING:
    from rich.table import Table

    from search_api.rendering.exporting import Export
    from search_api.rendering.sheet import Sheet
    from search_api.schemas import Schema


def check(output: Output) -> None:
    """Refuse files that could not be written, before anything is loaded.

    Raises:
        ExportError: the file's ending is none of those known.
        OutputError: a file has no place.
    """
    if output.output:
        from search_api.rendering.exporting import check_file

        check_file(output.output)
    if isinstance(output, Hung) and output.sheet:
        require_place(output.sheet)


def give(
    output: Output,
    *,
    remarks: Iterable[str] = (),
    tables: "Callable[[], Iterable[Table]]",
    schema: "Callable[[], Schema]",
    export: "Callable[[], Export]",
    sheet: "Callable[[], Sheet] | None" = None,
) -> None:
    """Make what was asked for, and nothing else.

    Raises:
        ExportError: the file needs what is not installed.
        SheetError: the sheet cannot be written.
        OSError: the file cannot be written.
    """
    if output.as_json:
        from pydantic_core import to_json

        from search_api.schemas.works import on_this_machine

        typer.echo(to_json(on_this_machine(schema()), indent=2).decode())
    else:
        from search_api.rendering.table import show

        for remark in remarks:
            say(remark)
        for place, table in enumerate(tables()):
            if place:
                typer.echo()
            show(table)
    save(output, export)
    if sheet and isinstance(output, Hung) and output.sheet:
        from search_api.rendering.sheet import save_sheet

        save_sheet(sheet(), output.sheet)
        say_saved(output.sheet)


def save(output: Output, export: "Callable[[], Export]") -> None:
    """Write the file that was asked for, if any."""
    if output.output:
        from search_api.rendering.exporting import save_export

        save_export(export(), output.output)
        say_saved(output.output)


def say(sentence: str) -> None:
    """Tell what is no result."""
    typer.echo(sentence, err=True)


def say_saved(path: Path) -> None:
    """Tell that a file is there now."""
    say(f"Saved {path}")
