"""The model card: what a stranger should know before using a model."""

import math
from pathlib import Path

from encoders.hub import PALETTE
from encoders.model import EmotionModel
from trainer.artefacts.record import Record
from trainer.calibration.trust import COHERENCE, PER_EMOTION, RESCALED_COSINE, TrustByScale
from trainer.metrics.bootstrap import Figure

CARD = """\
---
library_name: sentence-transformers
tags: [moodseum, emotion, art, image-text]
---

# {name}

Places paintings and emotion words in one space, and scores how likely a viewer is to name an emotion for a
painting. Made by Moodseum from the backbone `{backbone}`. {learned}

## Use

For finding and comparing paintings by the feeling they evoke, and for research on affect in art.

```python
from encoders.home import Home
from encoders.model_folder import load_model

model = load_model(Home.resolve(), "{name}")
feeling = model.feeling(model.look([picture]))     # (1, {feeling_size}), unit length
reading = model.read("serenity")                   # any word
reading.coherence(feeling @ reading.vector)        # chance in [0, 1]
```

`SentenceTransformer("{folder}"{trust})` gives the same feelings.

Not meant for judging people, their health or their state of mind.

## Doubts

{doubts}

## Made from

| | |
|---|---|
| annotations | {annotations_file}, {votes:,} votes, {utterances:,} of {heard:,} utterances |
| paintings with votes | {used:,} ({train:,} to train on, {held_out:,} held out), listed in `paintings.csv` |
| words with votes | {words} |
| identities | look `{look_id}`, space `{space_id}`, reading `{reading_id}` |

{annotators}

## How well it fits

Mean cross-entropy of held-out paintings' votes over the words, in nats (lower is better): **{trained:.3f}**,
beside {untrained:.3f} for the untrained heads and {histogram:.3f} for always answering the votes' histogram.
The votes are smoothed by two more, spread as the collection's are. The same held-out paintings chose the best
epoch, so the figure is a little better than new paintings would give. The curve is in `loss.png`.{tuned}

What is left of what the backbone knew, of the ten nearest of each: {retention}.
The trained heads have the weight {blend:.2f} beside the untrained ones; the loss above is without them.

## How to read the scores

*Coherence* is the calibrated chance that a viewer names the word; viewers disagree a lot, so 0.5 is already
high. *Percentile* says where a painting stands among a fixed bank of {bank:,} held-out paintings. A word
without votes is expected to be named as often as words with votes of its valence typically are, or less where
few viewers named anything else, and takes the rate of those it is akin to. It claims as much as was found by
holding each word out of training in turn: its log-odds rise by {unseen_slope:.2f} per standard deviation of
similarity, those of a word with votes by {slope:.2f}.

How far off the chances are on {checked:,} held-out paintings, calibrated by votes for others (expected
calibration error, lower is better, with 95 % intervals; `reliability.png` shows it):

| | words with votes | words held out of training |
|---|---|---|
| coherence | {seen_coherence} | {unseen_coherence} |
| the bare cosine, rescaled | {seen_cosine} | {unseen_cosine} |
| a calibrator fitted to each word's own votes | {seen_own} | {unseen_own} |

## Limits

The model knows what the annotators of this one collection said; other cultures and times feel differently.
Scores were calibrated on {held_out:,} paintings of the same collection; on very different pictures they are
less sure.
"""

PROBED = "The backbone stays frozen; two linear heads were trained."
TUNED = "Two linear heads were trained first, then with them the backbone itself (`{tune}`)."
TUNED_FIGURES = """ Fine-tuning then went on for {steps:,} steps and
brought the figure from {before:.3f} to {after:.3f}. What words without votes may claim is from before."""
NO_DOUBTS = "None: enough viewers were asked about held-out paintings, and every word was named often enough."


def write_card(folder: Path, model: EmotionModel, record: Record, annotators: str, final: Path) -> None:
    """Write README.md into a model folder that will end up at `final`."""
    sources, check = record.sources, record.check
    card = CARD.format(
        name=model.name,
        folder=final,
        backbone=model.backbone.reference,
        learned=TUNED.format(tune=record.tuning.tune) if record.tuning else PROBED,
        feeling_size=model.feeling_size,
        trust=", trust_remote_code=True" if model.backbone.reference == PALETTE else "",
        doubts="\n".join(f"- {doubt}" for doubt in record.doubts) or NO_DOUBTS,
        annotations_file=sources.annotations_file,
        votes=sources.votes,
        utterances=sources.utterances,
        heard=sources.utterances_heard,
        used=sources.train + sources.held_out,
        train=sources.train,
        held_out=sources.held_out,
        words=", ".join(model.calibration.log_odds),
        look_id=model.identity.look_id,
        space_id=model.identity.space_id,
        reading_id=model.identity.reading_id,
        annotators=annotators,
        trained=record.losses.trained,
        untrained=record.losses.untrained,
        histogram=record.losses.histogram,
        tuned=_tuned(record),
        retention=record.retention,
        blend=record.blend,
        bank=len(model.bank.feelings),
        slope=model.calibration.slope,
        unseen_slope=model.calibration.unseen_slope,
        checked=check.paintings,
        **{
            f"{words}_{name}": _error(trust, scale)
            for words, trust in (("seen", check.seen), ("unseen", check.unseen))
            for name, scale in (
                ("coherence", COHERENCE),
                ("cosine", RESCALED_COSINE),
                ("own", PER_EMOTION),
            )
        },
    )
    (folder / "README.md").write_text(card, encoding="utf-8")


def _tuned(record: Record) -> str:
    if record.tuned is None:
        return ""
    losses = record.tuned.held_out_losses
    return TUNED_FIGURES.format(
        steps=record.tuned.steps, before=losses[0], after=losses[record.tuned.best_epoch]
    )


def _error(trust: TrustByScale, scale: str) -> str:
    return _shown(trust[scale].ece) if scale in trust else "not measured"


def _shown(figure: Figure) -> str:
    if math.isnan(figure.value):
        return "undefined"
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"
