"""`moodseum search --batch`: many questions, each answered on a line of its own."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from tqdm import tqdm

from encoders.errors import MoodseumError, WordError
from encoders.home import Home
from search_api.commands.giving import save, say
from search_api.commands.opening import the_searcher
from search_api.commands.options import Hung, Sought
from search_api.commands.ranks import export_of
from search_api.errors import QueryError

if TYPE_CHECKING:
    from search_api.answer import Answer
    from search_api.answering.question import Question
    from search_api.searcher import Searcher

STDIN = Path("-")


def answer_all(home: Home, wanted: Sought, output: Hung, file: Path) -> None:
    """Answer each line of a file that is not blank, and go on past those that cannot be answered.

    Raises:
        QueryError: the file cannot be read or has no line, or some lines could not be answered.
    """
    texts = read_lines(file)
    wanted.question(texts[0])  # a number that is out of range is so for all
    with the_searcher(home, output.store) as searcher:
        answered = list(_answers(searcher, wanted, texts, tell=output.as_json or not output.output))
    save(output, lambda: export_of(answered))
    if refused := len(texts) - len(answered):
        raise QueryError(f"{refused:,} of {len(texts):,} queries could not be answered; mend these lines.")


def read_lines(file: Path) -> list[str]:
    """The lines that are not blank; raises QueryError where there are none, or the file cannot be read."""
    try:
        text = sys.stdin.read() if file == STDIN else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise QueryError(f"The queries in {file} cannot be read ({reason}); give a text file.") from error
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise QueryError(f"There is no query in {file}; write one on each line.")
    return lines


def _answers(
    searcher: "Searcher", wanted: Sought, texts: list[str], *, tell: bool
) -> Iterator[tuple["Question", "Answer"]]:
    from pydantic_core import to_json

    from search_api.schemas import SearchSchema
    from search_api.schemas.works import on_this_machine

    for text in tqdm(texts, "asking", unit="query", disable=None):
        try:
            question = wanted.question(text)
            answer = searcher.ask(question)
        except (QueryError, WordError) as error:
            _tell_refusal(text, error, tell=tell)
            continue
        if tell:
            typer.echo(to_json(on_this_machine(SearchSchema.of(answer))).decode())
        yield question, answer


def _tell_refusal(text: str, error: MoodseumError, *, tell: bool) -> None:
    """On stderr, and in the query's place among the answers."""
    say(str(error))
    if tell:
        refusal = {"query": {"text": text}, "error": str(error)}
        typer.echo(json.dumps(refusal, separators=(",", ":"), ensure_ascii=False))
