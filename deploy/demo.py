"""The main job from nothing, as `make demo` runs it: paint, train, index, ask, score, show.

Every step is a command of `moodseum`, printed before it runs, so that a reader can repeat it.
"""

import shlex
from pathlib import Path

import typer

import moodseum

DEMO = Path("demo")
GALLERY = DEMO / "gallery"
PAINTINGS = GALLERY / "wikiart"
HOME = DEMO / "home"
SIZE = 960
QUERIES = ("melancholy Impressionist paintings", "cheerful Pointillism", "a sense of dread")
UNSEEN_WORDS = ("serenity", "loneliness", "tenderness", "menace", "nostalgia")

NEXT = f"""
Next, your own paintings and votes, for instance WikiArt and ArtEmis:

  source .venv/bin/activate
  moodseum train --paintings wikiart/ --annotations artemis_dataset_release_v0.csv --backbone palette
  moodseum index build --paintings wikiart/
  moodseum search "melancholy Impressionist paintings" --sheet answers.png
  moodseum serve

Without --backbone palette the model is built on CLIP, which comes from a model hub or a local folder.
To look around in this demo: moodseum --home {HOME} serve
"""


def main(size: int = SIZE) -> None:
    """Run the demo in the current folder with `size` paintings; a second run replaces the first."""
    sample = ("sample", str(GALLERY), "--paintings", str(size))
    _step("Painting a gallery, and asking viewers what they feel", *sample)
    annotations = str(GALLERY / "artemis_dataset_release_v0.csv")
    training = ("--paintings", str(PAINTINGS), "--annotations", annotations, "--backbone", "palette")
    _step("Learning from the votes", "train", *training, "--name", "demo", "--overwrite")
    _step("Indexing the gallery", "index", "build", "--paintings", str(PAINTINGS), "--model", "demo")
    for number, query in enumerate(QUERIES, start=1):
        sheet = DEMO / f"answers-{number}.png"
        _step(f"Asking for {query!r}", "search", query, "--top-k", "8", "--sheet", str(sheet))
    painting = min(PAINTINGS.glob("*/*.jpg"))
    _step("Scoring one painting against words nobody voted on", "score", str(painting), *UNSEEN_WORDS)
    typer.echo(NEXT)


def _step(title: str, *arguments: str) -> None:
    typer.secho(f"\n{title}", bold=True)
    typer.echo(f"$ moodseum --home {HOME} {shlex.join(arguments)}")
    moodseum.app(["--home", str(HOME), *arguments], standalone_mode=False)


if __name__ == "__main__":
    moodseum.report_errors(main)
