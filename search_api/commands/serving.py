"""The commands that serve, and tell what is served."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from encoders.home import Home
from indexer.commands.place import Store, the_shelf
from search_api.commands.giving import say
from search_api.commands.options import AsJson

if TYPE_CHECKING:
    from search_api.http.desk import Desk

app = typer.Typer()


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on (default 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (default 8000).")] = None,
    store: Store = None,
) -> None:
    """Serve the HTTP API and the web page; what is promoted meanwhile is taken up without a pause."""
    from search_api.settings import Settings

    home: Home = context.obj
    settings = Settings.resolve(os.environ, host=host, port=port)
    import uvicorn

    from search_api.http.app import create_app
    from search_api.http.listening import LOGGING, listen

    with _desk(home, store) as desk, listen(settings.host, settings.port) as listener:
        desk.open()
        say(f"Moodseum answers at {listener.address} (API: /openapi.json); Ctrl-C ends it.")
        server = uvicorn.Server(uvicorn.Config(create_app(desk, settings), log_config=LOGGING))
        server.run(sockets=[listener.socket])


@app.command()
def info(context: typer.Context, store: Store = None, as_json: AsJson = False) -> None:
    """Show versions, settings, models, builds, and what is being served."""
    from search_api.info import describe, gather

    with the_shelf(context.obj, store) as shelf:
        gathered = gather(shelf, os.environ)
    typer.echo(gathered.model_dump_json(indent=2) if as_json else describe(gathered))


@contextmanager
def _desk(home: Home, store: str | None) -> Iterator["Desk"]:
    """A desk that lends the searcher of what is served."""
    from search_api.http.desk import Desk
    from search_api.searcher import open_searcher, served_build

    with the_shelf(home, store) as shelf:
        yield Desk(lambda: open_searcher(shelf, warm=True), lambda: served_build(shelf))
