"""Training for one epoch: heads on cached looks beside the trainer of sentence-transformers on images."""

from functools import partial
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import normalize

from encoders.backbone import clip_modules
from encoders.hub import quietly
from encoders.projection import IMAGE, TEXT, make_heads
from tests.benchmarks.timing import row, seconds
from tests.tiny_clip import write_clip
from trainer.dataset.examples import Examples, Texts
from trainer.heads.training import TrainSettings, train_heads
from trainer.sample import paint_gallery

PAINTINGS = 80_000
HELD_OUT = 8_000
UTTERANCES = 455_000
WORDS, TEMPLATES, VOCABULARY = 8, 8, 600
WIDTH = 512
EPOCHS = 3
SAMPLE, BATCH = 128, 32
SENTENCE = "so calm and wide"  # read letter by letter, as many tokens as ArtEmis' utterances have


def compare_epochs(folder: Path) -> None:
    """Both learn the same heads on a frozen CLIP; the trainer's figure is extrapolated from a sample."""
    print(
        f"\nEpochs: {PAINTINGS:,} paintings, {UTTERANCES:,} votes with an utterance each, "
        f"{torch.get_num_threads()} threads"
    )
    cached = _train_on_looks() / EPOCHS
    row("one epoch, heads on cached looks", f"{cached:10.1f} s")
    print(f"  CLIP of ViT-B/32's size with random weights, {SAMPLE} pictures, extrapolated by their number:")
    fed = _train_on_images(folder) / SAMPLE * PAINTINGS
    row("one epoch, SentenceTransformerTrainer", f"{fed:10.0f} s")
    row("trainer / cached", f"{fed / cached:10.0f}")


def _train_on_looks() -> float:
    train, held_out = _examples(PAINTINGS - HELD_OUT, UTTERANCES), _examples(HELD_OUT, 0)
    texts = Texts(_unit(WORDS, TEMPLATES, WIDTH), _unit(UTTERANCES, WIDTH), _unit(VOCABULARY, WIDTH))
    settings = TrainSettings(epochs=EPOCHS)
    return seconds(partial(train_heads, make_heads(WIDTH, WIDTH), train, held_out, texts, settings))


def _examples(paintings: int, utterances: int) -> Examples:
    return Examples(
        looks=_unit(paintings, WIDTH),
        shares=torch.rand(paintings, WORDS).softmax(dim=1),
        utterances=torch.randperm(utterances),
        utterance_paintings=torch.randint(paintings, (utterances,)),
        utterance_emotions=torch.randint(WORDS, (utterances,)),
    )


def _unit(*shape: int) -> torch.Tensor:
    return normalize(torch.randn(*shape), dim=-1)


def _train_on_images(folder: Path) -> float:
    """Pairs of a picture and a sentence, with the loss that such pairs are usually trained with."""
    from datasets import Dataset, Image
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from transformers.trainer_callback import PrinterCallback

    gallery = paint_gallery(folder / "gallery", SAMPLE)
    files = [str(file) for file in sorted(gallery.pictures.glob("*/*.jpg"))]
    pairs = Dataset.from_dict({"painting": files, "utterance": [SENTENCE] * len(files)})
    with quietly():
        clip = clip_modules(write_clip(folder / "clip", {}, {}))
        modules = list[nn.Module]([*clip, make_heads(WIDTH, WIDTH)])
        model = SentenceTransformer(modules=modules, device="cpu")
        for module in clip:
            module.requires_grad_(False)
        trainer = SentenceTransformerTrainer(
            model=model,
            args=SentenceTransformerTrainingArguments(
                output_dir=str(folder / "run"),
                num_train_epochs=1,
                per_device_train_batch_size=BATCH,
                router_mapping={"painting": IMAGE, "utterance": TEXT},
                use_cpu=True,
                save_strategy="no",
                report_to="none",
                disable_tqdm=True,
            ),
            train_dataset=pairs.cast_column("painting", Image()),
            loss=MultipleNegativesRankingLoss(model),
        )
        trainer.remove_callback(PrinterCallback)
        return seconds(trainer.train)
