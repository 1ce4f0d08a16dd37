"""`moodseum facets`: what the paintings of an index are."""

from typing import Annotated

import typer

from search_api.commands.giving import check, give
from search_api.commands.grouping import grouped
from search_api.commands.opening import the_searcher
from search_api.commands.options import Filters, Output
from search_api.limits import ROWS

app = typer.Typer()


@app.command()
@grouped
def facets(
    context: typer.Context,
    *,
    filters: Filters,
    most: Annotated[int, typer.Option(min=1, help="How many values of each the table shows.")] = ROWS,
    output: Output,
) -> None:
    """Count the paintings of each style, artist and genre, most frequent first."""
    check(output)
    with the_searcher(context.obj, output.store) as searcher:
        counts = searcher.facets(filters.where)
    from search_api.rendering.exporting import facets_export
    from search_api.rendering.table import facets_table
    from search_api.schemas import FacetsAnswerSchema

    give(
        output,
        tables=lambda: [facets_table(counts, most)],
        schema=lambda: FacetsAnswerSchema.of(counts, searcher.release),
        export=lambda: facets_export(counts),
    )
