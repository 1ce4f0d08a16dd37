"""Whether heatmaps and named features point at what carries a score: then hiding that costs the most."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from encoders.home import Home
from encoders.images import read_for_look
from encoders.model import EmotionModel
from encoders.why.features import Sight
from encoders.why.opening import grid_of, seen_by
from encoders.why.patches import weigh_patches
from encoders.why.regions import Regions, occlude
from indexer.painting import Painting
from tests.benchmarks.timing import seconds
from tests.deletion import lost, strongest_first
from tests.tiny_clip import write_clip
from tests.trained_clip import learn_clip
from trainer.annotations.annotations import Counts
from trainer.dataset.material import Material
from trainer.heads.training import TrainSettings
from trainer.plan import Plan
from trainer.sample import paint_gallery
from trainer.train import train

PAINTINGS, NEW, EPOCHS = 360, 40, 25
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5)
FEATURES = (5, 10, 20, 40, 80)
TEXT = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2}
VISION = {"hidden_size": 64, "intermediate_size": 192, "num_hidden_layers": 4, "num_attention_heads": 4}

Curve = npt.NDArray[np.float64]  # what the similarity loses at each step, in the word's standard deviations


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture, the emotion that most of its viewers named, and how far similarities to it spread."""

    picture: Image.Image
    word: str
    spread: float


def compare_heatmaps(folder: Path) -> None:
    """Hide the regions that carry most, random ones, and those that carry least; CLIP learned from others."""
    gallery = paint_gallery(folder / "gallery", PAINTINGS)
    material = Material(gallery.pictures, gallery.annotations)
    annotated, _ = material.join()
    pictures = [_open(painting) for painting in annotated.paintings]
    print(f"\nHeatmaps: {NEW} painted pictures, each with the word that most of its viewers named")
    print("  similarity lost, in standard deviations, when regions get the picture's mean colour")
    clip = _learn_clip(folder, pictures[NEW:], annotated.emotions, annotated.counts[NEW:])
    asked = _ask(clip, pictures[:NEW], annotated.emotions, annotated.counts[:NEW])
    _compare_regions("small CLIP, hiding", clip, asked, _hide)
    _compare_regions("small CLIP, gradients", clip, asked, _weigh)
    palette = train(Plan(material, "palette", TrainSettings()), Home(folder / "home")).model
    asked = _ask(palette, pictures[:NEW], annotated.emotions, annotated.counts[:NEW])
    _compare_regions("palette, hiding", palette, asked, _hide)
    print("  the same when features get an ordinary painting's value")
    _compare_features(palette, asked)


def _open(painting: Painting) -> Image.Image:
    return read_for_look(painting.path)


def _learn_clip(
    folder: Path, pictures: Sequence[Image.Image], words: Sequence[str], votes: Counts
) -> EmotionModel:
    clip = write_clip(folder / "clip", TEXT, {**VISION, "patch_size": 8}, side=56, projection=32)
    return learn_clip(clip, pictures, words, votes, epochs=EPOCHS)


def _ask(
    model: EmotionModel, pictures: Sequence[Image.Image], words: Sequence[str], votes: Counts
) -> list[Asked]:
    vectors = np.stack([model.read(word).vector for word in words])
    spreads = (model.feeling(model.look(pictures)) @ vectors.T).std(axis=0)
    most = votes.argmax(axis=1)
    return [
        Asked(picture, words[row], float(spreads[row])) for picture, row in zip(pictures, most, strict=True)
    ]


def _hide(model: EmotionModel, one: Asked) -> Regions:
    vector = model.read(one.word).vector
    return occlude(model, one.picture, vector, grid_of(model), seen_by(model, one.picture))


def _weigh(model: EmotionModel, one: Asked) -> Regions:
    return weigh_patches(model, [one.picture], model.read(one.word).vector)[0]


def _compare_regions(
    name: str, model: EmotionModel, asked: Sequence[Asked], find: Callable[[EmotionModel, Asked], Regions]
) -> None:
    maps: list[Regions] = []
    took = seconds(lambda: maps.extend(find(model, one) for one in asked))
    print(f"  {name} ({1000 * took / len(asked):.0f} ms a picture)")
    rng = np.random.default_rng(0)
    curves: dict[str, list[Curve]] = {"top": [], "random": [], "bottom": []}
    for one, found in zip(asked, maps, strict=True):
        top, vector = strongest_first(found), model.read(one.word).vector
        orders = {"top": top, "random": rng.permutation(top), "bottom": top[::-1]}
        for kind, order in orders.items():
            curves[kind].append(lost(model, one.picture, vector, found, order, SHARES) / one.spread)
    _print_curves([f"{share:.0%}" for share in SHARES], curves)


def _compare_features(model: EmotionModel, asked: Sequence[Asked]) -> None:
    rng = np.random.default_rng(0)
    curves: dict[str, list[Curve]] = {"top": [], "random": [], "bottom": []}
    for one in asked:
        vector, features = model.read(one.word).vector, model.prepare(one.picture)
        top = np.argsort(-Sight.of(model, vector).weigh(model.embed([features])[0]))
        orders = {"top": top, "random": rng.permutation(top), "bottom": top[::-1]}
        for kind, order in orders.items():
            without = [features.copy() for _ in (0, *FEATURES)]
            for values, count in zip(without, (0, *FEATURES), strict=True):
                values[order[:count]] = 0
            whole, *rest = model.feeling(model.embed(without)) @ vector
            curves[kind].append((whole - np.array(rest, np.float64)) / one.spread)
    _print_curves([str(count) for count in FEATURES], curves)


def _print_curves(steps: Sequence[str], curves: dict[str, list[Curve]]) -> None:
    """A line for each order: what is lost at each step, and the mean of that (the area over the curve)."""
    print(f"    {'':10}" + "".join(f"{step:>9}" for step in steps) + f"{'area':>9}{'± s.e.':>9}")
    for kind, lines in curves.items():
        table = np.stack(lines)
        areas = table.mean(axis=1)
        error = areas.std(ddof=1) / len(areas) ** 0.5
        print(
            f"    {kind:10}" + "".join(f"{figure:9.2f}" for figure in (*table.mean(0), areas.mean(), error))
        )
