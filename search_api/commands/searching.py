"""`moodseum search`: one question, or a file of them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from encoders.home import Home
from search_api.commands.giving import check, give, say
from search_api.commands.grouping import grouped
from search_api.commands.opening import the_searcher
from search_api.commands.options import Hung, Ranked

if TYPE_CHECKING:
    from search_api.answer import Answer
    from search_api.answering.question import Question
    from search_api.exporting import Export

app = typer.Typer()


@dataclass(frozen=True, slots=True)
class Wanted(Ranked):
    """What is wanted of the hits."""

    min_coherence: Annotated[float, typer.Option(help="What is below does not answer; 0 to 1.")] = 0.0
    per_artist: Annotated[int | None, typer.Option(help="So many works of one artist at most.")] = None
    diversity: Annotated[
        float, typer.Option(help="How much hits are to differ in look, at the cost of coherence; 0 to 1.")
    ] = 0.0
    facets: Annotated[bool, typer.Option("--facets", help="Also count styles, artists and genres.")] = False
    cursor: Annotated[
        str | None,
        typer.Option(help="Where the page before ended, as it says; all else must be as it was there."),
    ] = None

    def question(self, text: str) -> "Question":
        """A text, and all that is wanted beside it; raises QueryError where a number is out of range."""
        from search_api.answering.question import Question

        wanted = (self.top_k, self.fold, self.min_coherence, self.per_artist, self.diversity, self.facets)
        return Question(text, self.where, *wanted, self.cursor)


@app.command()
@grouped
def search(
    context: typer.Context,
    wanted: Wanted,
    output: Hung,
    query: Annotated[
        list[str] | None, typer.Argument(help="Such as 'melancholy Impressionist paintings'.")
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            allow_dash=True,
            help="Many queries instead, one on each line; - reads stdin. Prints a line of JSON for each.",
        ),
    ] = None,
) -> None:
    """Find paintings by the feeling they evoke, in any words.

    It may name several feelings, degrees, what to avoid, styles, artists, genres and years: "calm but not sad",
    "very tense portraits before 1900", "serene landscapes by Monet". How it was read is told on stderr, and
    when no painting answers or no word names a feeling; the exit code is 0 then, too.
    """
    from search_api.parsing.query import check_text

    check(output)
    if batch:
        from search_api.commands.batching import answer_all

        answer_all(context.obj, wanted, output, batch, query)
        return
    text = " ".join(query or [])
    check_text(text)
    question = wanted.question(text)
    _answer(context.obj, question, output)


def _answer(home: Home, question: "Question", output: Hung) -> None:
    from search_api.answer import understood
    from search_api.remarks import remarks

    with the_searcher(home, output.store) as searcher:
        answer = searcher.ask(question)
    first = first_rank(question, answer)
    if not output.as_json:
        say(understood(answer.query))
        for remark in remarks(answer):
            say(remark)
'''
'''
