"""The commands that tell what pictures evoke: `emotions`, `score`, `explain`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from encoders.errors import ImageError
from encoders.files import require_place
from encoders.home import Home
from indexer.commands.place import Store, the_shelf
from search_api.commands.giving import check, give, say_saved
from search_api.commands.grouping import grouped
from search_api.commands.opening import the_anchor, the_painting, the_searcher
from search_api.commands.options import AsJson, Named, Output
from search_api.limits import ROWS

if TYPE_CHECKING:
    from PIL import Image

    from encoders.encoder import Encoder
    from indexer.shelves.shelf import Shelf

app = typer.Typer()


@app.command()
@grouped
def emotions(
    context: typer.Context,
    *,
    painting: Named,
    word: Annotated[
        list[str] | None,
        typer.Option(help="An emotion word or phrase instead of the vocabulary; may be repeated."),
    ] = None,
    rank: Annotated[
        Literal["coherence", "percentile"],
        typer.Option(help="Rank words by coherence, or by what is more in this picture than in others."),
    ] = "coherence",
    families: Annotated[
        bool, typer.Option("--families", help="Show families of kindred words instead of single words.")
    ] = False,
    most: Annotated[int, typer.Option(min=1, help="How many rows the table shows.")] = ROWS,
    output: Output,
) -> None:
    """Show the emotional mixture of a picture, beside what viewers of the painting said.

    Each coherence is the chance that a viewer names this very word, so they do not add up to 1. Of the
    vocabulary, words without votes in training whose valence the picture speaks against come last.
    """
    from search_api.rendering.remarks import on_mixture

    check(output)
    with the_searcher(context.obj, output.store) as searcher:
        found = searcher.emotions(the_anchor(searcher, painting), word, rank)
    from search_api.rendering.exporting import Export
    from search_api.rendering.table import families_table, scores_table
    from search_api.schemas.emotions import EmotionScoreSchema, MixtureSchema

    give(
        output,
        remarks=on_mixture(found),
        tables=lambda: [
            families_table(found.families[:most]) if families else scores_table(found.scores[:most])
        ],
        schema=lambda: MixtureSchema.of(found, searcher.release),
        export=lambda: Export.ranked(
            EmotionScoreSchema, [(found.name, 1, map(EmotionScoreSchema.model_validate, found.scores))]
        ),
    )


@app.command()
@grouped
def score(
    context: typer.Context,
    *,
    image: Annotated[Path, typer.Argument(help="A picture in any format that Pillow reads.")],
    emotions: Annotated[list[str], typer.Argument(help="Any emotion words or phrases.")],
    model: Annotated[
        str | None, typer.Option(help="A model by name [default: the served one, else the newest].")
    ] = None,
    output: Output,
) -> None:
    """Score one picture against any emotion words; needs no index."""
    from search_api.scoring import score_image

    check(output)
    picture = _picture(image)
    answer = score_image(_encoder(context.obj, output.store, model), picture, emotions, str(image))
    from search_api.rendering.exporting import Export
    from search_api.rendering.table import scores_table
    from search_api.schemas.emotions import EmotionScoreSchema, ScoreSchema

    give(
        output,
        tables=lambda: [scores_table(answer.scores)],
        schema=lambda: ScoreSchema.of(answer),
        export=lambda: Export.ranked(
            EmotionScoreSchema, [(answer.image, 1, map(EmotionScoreSchema.model_validate, answer.scores))]
        ),
    )


@app.command()
def explain(
    context: typer.Context,
    painting: Named,
    word: Annotated[str, typer.Argument(help="One feeling, in any words, such as 'melancholy'.")],
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also save the reasons as a labelled PNG.")
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Measure CLIP's regions, at a look for each; slower.")
    ] = False,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Show why a picture answers to a feeling: its regions, its features, what viewers said.

    A region or a feature above 0 speaks for the word, below 0 against it.
    """
    if picture:
        require_place(picture)
    from encoders.images import read_for_look
    from search_api.pictures import readable_picture
    from search_api.relating.explanation import describe

    with the_searcher(context.obj, store) as searcher:
        work = the_painting(searcher, painting)
        seen = readable_picture(work) if work else read_for_look(Path(painting))
        explanation = searcher.explain(work.id if work else seen, word, exact=exact)
    if as_json:
        from search_api.schemas.explaining import ExplanationSchema

        typer.echo(ExplanationSchema.of(explanation, searcher.release).model_dump_json(indent=2))
    else:
        typer.echo(describe(explanation))
    if picture:
        from search_api.rendering.why_sheet import save_explanation

        save_explanation(seen, explanation, work.title if work else painting, picture)
        say_saved(picture)


def _picture(path: Path) -> "Image.Image":
    """Raises ImageError where it cannot be read; who names no file may mean a painting of the index."""
    from encoders.images import read_for_look

    try:
        return read_for_look(path)
    except ImageError as error:
        if path.suffix or error.__cause__ or path.exists():
            raise
        raise ImageError(
            f"No image file at {path}; check the path, or ask for a painting of the index with "
            "'moodseum emotions' or 'moodseum explain'."
        ) from error


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
