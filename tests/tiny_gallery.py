"""A gallery of small plain pictures with votes, in the formats of WikiArt and ArtEmis: quick to learn."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

STYLES = ("Impressionism", "Cubism", "Ukiyo_e")
MOODS = {
    "contentment": (230, 200, 90),
    "sadness": (40, 60, 110),
    "fear": (20, 15, 15),
    "awe": (150, 190, 230),
}


@dataclass(frozen=True, slots=True)
class TinyGallery:
    wikiart: Path
    annotations: Path
    moods: dict[str, str]
    """"Style/name" -> the emotion that most viewers named."""


def make_tiny_gallery(folder: Path, paintings: int = 48, seed: int = 0) -> TinyGallery:
    """Write pictures whose colour tells what four of five viewers name."""
    rng = np.random.default_rng(seed)
    names = list(MOODS)
    moods = {
        f"{STYLES[number % 3]}/anna-example_picture-{number}-{1800 + number}": names[number % 4]
        for number in range(paintings)
    }
    for key, mood in moods.items():
        file = folder / "wikiart" / f"{key}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        colour = np.array(MOODS[mood]) + rng.normal(0, 12, (24, 32, 3)) + rng.normal(0, 15, 3)
        Image.fromarray(np.clip(colour, 0, 255).astype(np.uint8)).save(file)
    annotations = folder / "artemis_dataset_release_v0.csv"
    with annotations.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["art_style", "painting", "emotion", "utterance", "repetition"])
        for key, mood in moods.items():
            style, name = key.split("/")
            for emotion in [mood] * 4 + [names[rng.integers(4)]]:
                writer.writerow([style, name, emotion, f"The colours are full of {emotion}.", 5])
    return TinyGallery(folder / "wikiart", annotations, moods)
