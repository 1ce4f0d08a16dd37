"""The model card: what a stranger should know before using a model."""

from pathlib import Path

from encoders.hub import PALETTE
from encoders.model import EmotionModel
from trainer.record import Record

CARD = """\
---
library_name: sentence-transformers
tags: [moodseum, emotion, art, image-text]
---

# {name}

Places paintings and emotion words in one space, and scores how likely a viewer is to name an emotion for a
painting. Made by Moodseum from the backbone `{backbone}`, which stays frozen; two linear heads were trained.

## Use

```python
from encoders.home import Home
from encoders.model_folder import load_model

model = load_model(Home.resolve(), "{name}")
feeling = model.feeling(model.look([picture]))     # (1, {feeling_size}), unit length
reading = model.read("serenity")                   # any word
reading.coherence(feeling @ reading.vector)        # chance in [0, 1]
```

`SentenceTransformer("{folder}"{trust})` gives the same feelings.

## Made from

| | |
|---|---|
| annotations | {annotations_file}, {votes:,} votes, {utterances:,} utterances |
| paintings with votes | {used:,} ({train:,} to train on, {held_out:,} held out), listed in `paintings.csv` |
| words with votes | {words} |
| identities | look `{look_id}`, space `{space_id}`, reading `{reading_id}` |

## How well it fits

Mean cross-entropy of held-out paintings' votes over the words, in nats (lower is better): **{trained:.3f}**,
beside {untrained:.3f} for the untrained heads and {histogram:.3f} for always answering the votes' histogram.
The votes are smoothed by two more, spread as the collection's are. The same held-out paintings chose the best
epoch, so the figure is a little better than new paintings would give. The curve is in `loss.png`.

## How to read the scores

*Coherence* is the calibrated chance that a viewer names the word; viewers disagree a lot, so 0.5 is already
high. *Percentile* says where a painting stands among a fixed bank of {bank:,} held-out paintings. A word
without votes borrows its base rate from the words it is close to and claims less: its log-odds rise by
{unseen_slope:.2f} per standard deviation of similarity, those of a word with votes by {slope:.2f}. The first
figure was found by holding each word out of training in turn.

## Limits

The heads know what the annotators of this one collection said; other cultures and times feel differently.
Scores were calibrated on {held_out:,} paintings of the same collection; on very different pictures they are
less sure. Not meant for judging people, their health or their state of mind.
"""


def write_card(folder: Path, model: EmotionModel, record: Record, final: Path) -> None:
    """Write README.md into a model folder that will end up at `final`."""
    card = CARD.format(
        name=model.name,
        folder=final,
        backbone=model.backbone.reference,
        feeling_size=model.feeling_size,
        trust=", trust_remote_code=True" if model.backbone.reference == PALETTE else "",
        annotations_file=record.annotations_file,
        votes=record.votes,
        utterances=record.utterances,
        used=record.train + record.held_out,
        train=record.train,
        held_out=record.held_out,
        words=", ".join(model.calibration.log_odds),
        look_id=model.identity.look_id,
        space_id=model.identity.space_id,
        reading_id=model.identity.reading_id,
        trained=record.figures.trained,
        untrained=record.figures.untrained,
        histogram=record.figures.histogram,
        bank=len(model.bank.feelings),
        slope=model.calibration.slope,
        unseen_slope=model.calibration.unseen_slope,
    )
    (folder / "README.md").write_text(card)
