"""The commands that mix paintings with words and find others: `blend`, `more-like`."""

from typing import TYPE_CHECKING, Annotated

import typer

from search_api.commands.giving import check, give
from search_api.commands.grouping import grouped
from search_api.commands.opening import the_searcher
from search_api.commands.options import By, Hung, Ranked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.painting import Painting
    from search_api.searcher import Searcher

app = typer.Typer()

NAME = "an id or its beginning, a key, or an indexed file"


@app.command()
@grouped
def blend(
    context: typer.Context,
    *,
    painting: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME[:WEIGHT]", help=f"An indexed painting: {NAME}; may be repeated."),
    ] = None,
    word: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD[:WEIGHT]",
            help="An emotion word or phrase, as in 'fear:-0.5'; below 0 it is avoided. May be repeated.",
        ),
    ] = None,
    wanted: Ranked,
    output: Hung,
) -> None:
    """Find paintings near a mixture of the feelings of paintings and of words.

    Each weighs 1 unless it says otherwise. The cosines to paintings and those to words lie apart and are not
    to be compared with each other.
    """
    from search_api.relating.weights import weigh_paintings, weigh_words

    check(output)
    with the_searcher(context.obj, output.store) as searcher:
        found = searcher.blend(
            _by_id(searcher, weigh_paintings(painting or [])),
            weigh_words(word or []),
            where=wanted.where,
            top_k=wanted.top_k,
            fold=wanted.fold,
        )
    from search_api.rendering.exporting import Export
    from search_api.rendering.hanging import blend_sheet, blended
    from search_api.rendering.remarks import on_found
    from search_api.rendering.table import blend_table
    from search_api.schemas.relations import BlendHitSchema, BlendSchema

    give(
        output,
        remarks=on_found(found),
        tables=lambda: [blend_table(found)] if found.hits else [],
        schema=lambda: BlendSchema.of(found, searcher.release),
        export=lambda: Export.ranked(
            BlendHitSchema, [(blended(found), 1, map(BlendHitSchema.of, found.hits))]
        ),
        sheet=lambda: blend_sheet(found, searcher.release),
    )


@app.command("more-like")
@grouped
def more_like(
    context: typer.Context,
    *,
    liked: Annotated[
        list[str] | None,
        typer.Option(
            "--liked", "--like", metavar="NAME", help=f"A painting to go towards: {NAME}; may be repeated."
        ),
    ] = None,
    disliked: Annotated[
        list[str] | None,
        typer.Option(
            "--disliked", "--unlike", metavar="NAME", help="A painting to go away from; may be repeated."
        ),
    ] = None,
    word: Annotated[str | None, typer.Option(help="A feeling to go towards.")] = None,
    by: By = "feeling",
    wanted: Ranked,
    output: Hung,
) -> None:
    """Find more like some paintings, less like others, and nearer a feeling.

    The similarity is the mean of the cosines to what is liked and the negated ones to what is not.
    """
    check(output)
    with the_searcher(context.obj, output.store) as searcher:
        sides = _found(searcher, liked), _found(searcher, disliked)
        found = searcher.more_like(
            *([painting.id for painting in side] for side in sides),
            word=word,
            by=by,
            where=wanted.where,
            top_k=wanted.top_k,
            fold=wanted.fold,
        )
    from search_api.rendering.exporting import Export
    from search_api.rendering.hanging import more_like_sheet, wished
    from search_api.rendering.remarks import on_found
    from search_api.rendering.table import neighbours_table
    from search_api.schemas.relations import MoreLikeSchema, NeighbourSchema

    wish = wished(*sides, found.word)
    give(
        output,
        remarks=[wish, *on_found(found)],
        tables=lambda: [neighbours_table(found.hits)] if found.hits else [],
        schema=lambda: MoreLikeSchema.of(found, searcher.release),
        export=lambda: Export.ranked(NeighbourSchema, [(wish, 1, map(NeighbourSchema.of, found.hits))]),
        sheet=lambda: more_like_sheet(found.hits, wish, searcher.release),
    )


def _by_id(searcher: "Searcher", weights: "Mapping[str, float]") -> "Mapping[str, float]":
    """Weights by the ids of the paintings that are named; of one painting they add up."""
    found: dict[str, float] = {}
    for name, weight in weights.items():
        id_ = searcher.find(name).id
        found[id_] = found.get(id_, 0.0) + weight
    return found


def _found(searcher: "Searcher", names: "Sequence[str] | None") -> "list[Painting]":
    return [searcher.find(name) for name in names or []]
