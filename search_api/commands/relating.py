"""The commands that start from one painting and find others: `similar`, `contrast`."""

from dataclasses import dataclass
from typing import Annotated

import typer

from search_api.commands.giving import check, give
from search_api.commands.grouping import grouped
from search_api.commands.opening import the_anchor, the_searcher
from search_api.commands.options import By, Hung, Named, Ranked
from search_api.limits import CONTRAST_POOL

app = typer.Typer()


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
    from search_api.rendering.exporting import Export
    from search_api.rendering.hanging import similar_sheet
    from search_api.rendering.remarks import on_found
    from search_api.rendering.table import neighbours_table
    from search_api.schemas.relations import NeighbourSchema, SimilarSchema

    give(
        output,
        remarks=on_found(found),
        tables=lambda: [neighbours_table(found.hits)] if found.hits else [],
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
    from search_api.rendering.exporting import Export
    from search_api.rendering.hanging import contrast_sheet
    from search_api.rendering.remarks import on_found
    from search_api.rendering.table import contrast_table
    from search_api.schemas.relations import ContrastHitSchema, ContrastSchema

    give(
        output,
        remarks=on_found(found),
        tables=lambda: [contrast_table(found)] if found.hits else [],
        schema=lambda: ContrastSchema.of(found, searcher.release),
        export=lambda: Export.ranked(
            ContrastHitSchema, [(found.of.name, 1, map(ContrastHitSchema.of, found.hits))]
        ),
        sheet=lambda: contrast_sheet(found, searcher.release),
    )
