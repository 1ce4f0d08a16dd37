"""The commands that ask. Results go to stdout, everything else to stderr."""

import typer

from search_api.commands import counting, evoking, mixing, relating, searching, serving

app = typer.Typer()
for part in (searching, relating, mixing, evoking, counting, serving):
    app.add_typer(part.app)
