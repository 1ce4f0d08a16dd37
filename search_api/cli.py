"""The commands that ask: search, score, serve, info. Results go to stdout, everything else to stderr."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from encoders.home import Home
from indexer.commands.place import Store, the_shelf
from search_api.limits import MOST_HITS, TOP_K

if TYPE_CHECKING:
    from encoders.encoder import Encoder
    from indexer.shelves.shelf import Shelf
    from search_api.desk import Desk
    from search_api.searcher import Searcher

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON, as the HTTP API gives it.")]


@app.command()
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Such as 'melancholy Impressionist paintings'.")],
    style: Annotated[
        list[str] | None, typer.Option(help="Only these styles, besides those in the text; may be repeated.")
    ] = None,
    artist: Annotated[
        list[str] | None,
        typer.Option(
            help="Only these artists, by name or surname, besides those in the text; may be repeated."
        ),
    ] = None,
    genre: Annotated[
        list[str] | None, typer.Option(help="Only these genres, besides those in the text; may be repeated.")
    ] = None,
    year_from: Annotated[int | None, typer.Option(help="Only works of this year or later.")] = None,
    year_to: Annotated[int | None, typer.Option(help="Only works of this year or earlier.")] = None,
    top_k: Annotated[int, typer.Option(help=f"How many paintings at most, 1 to {MOST_HITS}.")] = TOP_K,
    fold: Annotated[
        bool, typer.Option("--fold", help="Of paintings that look all but the same, show only the nearest.")
    ] = False,
    store: Store = None,
    as_json: AsJson = False,
    sheet: Annotated[Path | None, typer.Option(help="Also save the answer as a labelled PNG.")] = None,
) -> None:
    """Find paintings by the feeling they evoke."""
    from indexer.store.base import Filter
    from search_api.answer import understood
    from search_api.parsing.query import check_text
    from search_api.schemas import SearchSchema
    from search_api.table import hits_table, show

    home: Home = context.obj
    check_text(query)
    where = Filter(tuple(style or ()), tuple(artist or ()), tuple(genre or ()), year_from, year_to)
    with _searcher(home, store) as searcher:
        answer = searcher.search(query, where=where, top_k=top_k, fold=fold)
    if as_json:
        typer.echo(SearchSchema.of(answer).model_dump_json(indent=2))
    elif answer.hits:
        _say(understood(answer.query))
        show(hits_table(answer))
    else:
        _say(understood(answer.query))
        _say("No painting passes these filters; leave one out, or name another style or artist.")
    if sheet:
        from search_api.sheet import save_sheet

        save_sheet(answer, sheet)
        _say(f"Saved {sheet}")


@app.command()
def score(
    context: typer.Context,
    image: Annotated[Path, typer.Argument(help="A picture in any format that Pillow reads.")],
    emotions: Annotated[list[str], typer.Argument(help="Any emotion words or phrases.")],
    model: Annotated[
        str | None, typer.Option(help="A model by name (default: the served one, else the newest).")
    ] = None,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Score one picture against any emotion words."""
    from encoders.images import read_for_look
    from search_api.schemas import ScoreSchema
    from search_api.searcher import score_image
    from search_api.table import scores_table, show

    home: Home = context.obj
    picture = read_for_look(image)
    answer = score_image(_encoder(home, store, model), picture, emotions, str(image))
    if as_json:
        typer.echo(ScoreSchema.of(answer).model_dump_json(indent=2))
    else:
        show(scores_table(answer))


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

    from search_api.app import create_app
    from search_api.listening import LOGGING, listen

    with _desk(home, store) as desk, listen(settings.host, settings.port) as listener:
        desk.open()
        _say(f"Moodseum answers at {listener.address} (API: /openapi.json); Ctrl-C ends it.")
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
def _searcher(home: Home, store: str | None) -> Iterator["Searcher"]:
    """The searcher of what is served."""
    from search_api.searcher import open_searcher

    with the_shelf(home, store) as shelf, open_searcher(shelf) as searcher:
        yield searcher


@contextmanager
def _desk(home: Home, store: str | None) -> Iterator["Desk"]:
    """A desk that lends the searcher of what is served."""
    from search_api.desk import Desk
    from search_api.searcher import open_searcher, served_build

    with the_shelf(home, store) as shelf:
        yield Desk(lambda: open_searcher(shelf, warm=True), lambda: served_build(shelf))


def _encoder(home: Home, store: str | None, model: str | None) -> "Encoder":
    """The model of this name, or the served one, or the newest."""
    from encoders.model_folder import load_model

    if model:
        return load_model(home, model)
    with the_shelf(home, store) as shelf:
        return _served_encoder(shelf) or load_model(home)


def _served_encoder(shelf: "Shelf") -> "Encoder | None":
    from indexer.shelves.kept_models import load_kept_model
    from indexer.shelves.releases import served_if_there

    made = served_if_there(shelf)
    return load_kept_model(shelf, made) if made else None


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)
