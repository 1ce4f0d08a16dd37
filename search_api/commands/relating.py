"""The commands that start from paintings and find others: `similar`, `contrast`, `blend`, `more-like`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from search_api.commands.giving import check, give
from search_api.commands.grouping import grouped
from search_api.commands.opening import the_anchor, the_searcher
from search_api.commands.options import Hung, Named, Ranked
from search_api.limits import CONTRAST_POOL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.painting import Painting
    from search_api.searcher import Searcher

app = typer.Typer()

By = Annotated[
    Literal["look", "feeling"],
    typer.Option(help="Compare what pictures look like, or the feeling that they evoke."),
]
NAME = "an id or its beginning, a key, or an indexed file"


@dataclass(frozen=True, slots=True)
class Pooled(Ranked):
    """How contrasts are looked for."""

    pool: Annotated[
        int, typer.Option(help="Among how many of the nearest by look contrasts are looked for.")
    ] = CONTRAST_POOL


@app.command()
@grouped
def similar(
    context: typer.Context, *, painting: Named, by: By = "look", wanted: Ranked, output: Hung
) -> None:
    """Find paintings that look like one, or feel like it.

    The similarity is a cosine: it says how near two pictures are, and is no coherence.
    """
    check(output)
    with the_searcher(context.obj, output.store) as searcher:
        of = the_anchor(searcher, painting)
        found = searcher.similar(of, by=by, where=wanted.where, top_k=wanted.top_k, fold=wanted.fold)
    from search_api.exporting import Export
    from search_api.hanging import similar_sheet
    from search_api.schemas.relations import NeighbourSchema, SimilarSchema
    from search_api.table import neighbours_table

    give(
        output,
        tables=lambda: [neighbours_table(found.hits)],
        schema=lambda: SimilarSchema.of(found, searcher.release),
        export=lambda: Export.ranked(
            NeighbourSchema, [(found.of.name, 1, map(NeighbourSchema.of, found.hits))]
        ),
        sheet=lambda: similar_sheet(found, searcher.release),
    )


@app.command()
@grouped
def contrast(context: typer.Context, painting: Named, wanted: Pooled, output: Hung) -> None:
    """Find paintings that look like one and feel otherwise.

    The lean compares two feelings as seen from a typical painting: from 1, the same, to -1, opposite. Beside
    it stand the emotions whose coherence gains and loses most from the one painting to the other.
    """
    check(output)
    with the_searcher(context.obj, output.store) as searcher:
        found = searcher.contrast(
            the_anchor(searcher, painting),
            where=wanted.where,
            top_k=wanted.top_k,
            pool=wanted.pool,
            fold=wanted.fold,
        )
    from search_api.exporting import Export
    from search_api.hanging import contrast_sheet
    from search_api.schemas.relations import ContrastHitSchema, ContrastSchema
    from search_api.table import contrast_table

    give(
        output,
        tables=lambda: [contrast_table(found)],
        schema=lambda: ContrastSchema.of(found, searcher.release),
        export=lambda: Export.ranked(
            ContrastHitSchema, [(found.of.name, 1, map(ContrastHitSchema.of, found.hits))]
        ),
        sheet=lambda: contrast_sheet(found, searcher.release),
    )


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
    from search_api.relating.blending import read_weights

    check(output)
    with the_searcher(context.obj, output.store) as searcher:
        found = searcher.blend(
            _by_id(searcher, read_weights(painting or [])),
            read_weights(word or []),
            where=wanted.where,
            top_k=wanted.top_k,
            fold=wanted.fold,
        )
    from search_api.exporting import Export
    from search_api.hanging import blend_sheet, blended
    from search_api.schemas.relations import BlendHitSchema, BlendSchema
    from search_api.table import blend_table

    give(
        output,
        tables=lambda: [blend_table(found)],
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
        hits = searcher.more_like(
            *([painting.id for painting in side] for side in sides),
            word=word,
            by=by,
            where=wanted.where,
            top_k=wanted.top_k,
            fold=wanted.fold,
        )
    from search_api.exporting import Export
    from search_api.hanging import more_like_sheet, wished
    from search_api.schemas.relations import MoreLikeSchema, NeighbourSchema
    from search_api.table import neighbours_table

    wish = wished(*sides, word)
    give(
        output,
        tables=lambda: [neighbours_table(hits)],
        schema=lambda: MoreLikeSchema.of(hits, by, searcher.release),
        export=lambda: Export.ranked(NeighbourSchema, [(wish, 1, map(NeighbourSchema.of, hits))]),
        sheet=lambda: more_like_sheet(hits, wish, searcher.release),
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
