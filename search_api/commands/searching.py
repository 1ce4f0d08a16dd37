"""`moodseum search`: one question, or a file of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from search_api.commands.giving import check, give, say
from search_api.commands.grouping import grouped
from search_api.commands.opening import the_searcher
from search_api.commands.options import Hung, Sought
from search_api.commands.ranks import export_of, first_rank
from search_api.errors import QueryError
from search_api.limits import ROWS

if TYPE_CHECKING:
    from rich.table import Table

    from search_api.answer import Answer
    from search_api.answering.question import Question
    from search_api.rendering.sheet import Sheet
    from search_api.schemas import Schema

app = typer.Typer()


@app.command()
@grouped
def search(
    context: typer.Context,
    *,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY]...", help="Such as 'melancholy Impressionist paintings'."),
    ] = None,
    wanted: Sought,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            allow_dash=True,
            help="Many queries instead, one on each line; - reads stdin. Prints a line of JSON for each.",
        ),
    ] = None,
    output: Hung,
) -> None:
    """Find paintings by the feeling they evoke, in any words.

    They may name several feelings, degrees, what to avoid, styles, artists, genres and years: "calm but not
    sad", "very tense portraits before 1900", "serene landscapes by Monet". How they were read is told on
    stderr, as is that no word names a feeling, or that no painting answers; the exit code is 0 then, too.
    """
    from search_api.parsing.query import check_text

    check(output)
    if batch:
        from search_api.commands.batching import answer_all

        if query or wanted.cursor or output.sheet:
            raise QueryError("--batch goes with no QUERY, --cursor or --sheet; leave one out.")
        answer_all(context.obj, wanted, output, batch)
        return
    text = " ".join(query or [])
    check_text(text)
    question = wanted.question(text)
    with the_searcher(context.obj, output.store) as searcher:
        answer = searcher.ask(question)
    _give(question, answer, output)


def _give(question: "Question", answer: "Answer", output: Hung) -> None:
    from search_api.rendering.remarks import remarks

    give(
        output,
        remarks=remarks(answer),
        tables=lambda: _tables(question, answer),
        schema=lambda: _schema(answer),
        export=lambda: export_of([(question, answer)]),
        sheet=lambda: _sheet(answer),
    )
    if answer.next and not output.as_json:
        say(f"There are more: repeat the command with --cursor {answer.next}")


def _tables(question: "Question", answer: "Answer") -> Iterator["Table"]:
    from search_api.rendering.table import facets_table, hits_table

    if answer.hits:
        yield hits_table(answer, first_rank(question, answer))
    if answer.facets:
        yield facets_table(answer.facets, ROWS)


def _schema(answer: "Answer") -> "Schema":
    from search_api.schemas import SearchSchema

    return SearchSchema.of(answer)


def _sheet(answer: "Answer") -> "Sheet":
    from search_api.rendering.hanging import answer_sheet

    return answer_sheet(answer)
