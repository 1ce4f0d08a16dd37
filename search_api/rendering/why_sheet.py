"""An explanation as one picture: the painting, the painting under heat, and the reasons in words."""

from pathlib import Path

from PIL import Image, ImageDraw

from search_api.relating.explanation import Explanation
from search_api.rendering.drawing import (
    GAP,
    HEADING,
    INK,
    MARGIN,
    PAPER,
    SOFT,
    save_png,
    scaled,
    write,
    write_heading,
)
from search_api.rendering.heat import AGAINST, FOR, overlay, swatch

SIDE = 420
"""Longer side of the painting, in pixels."""
LINE = 30
BAR = 150
"""Length of the longest bar on either side of the middle."""
NUMBER = 80
WIDTH = 2 * SIDE + GAP


def save_explanation(image: Image.Image, explanation: Explanation, title: str, path: Path) -> None:
    """Write the picture as PNG; a file of that name is replaced in one step.

    Raises:
        SheetError: the folder does not exist or cannot be written to.
    """
    save_png(draw_explanation(image, explanation, title), path)


def draw_explanation(image: Image.Image, explanation: Explanation, title: str) -> Image.Image:
    """The RGB painting beside its heat, then a bar for each contribution and what viewers said; RGB."""
    painting = scaled(image, SIDE)
    below = MARGIN + HEADING + painting.height + LINE + GAP
    reasons = _height(len(explanation.contributions)) + _height(len(explanation.utterances))
    sheet = Image.new("RGB", (2 * MARGIN + WIDTH, below + reasons + MARGIN), PAPER)
    draw = ImageDraw.Draw(sheet)
    write_heading(draw, f"Why '{explanation.word}'?", _score(explanation, title), WIDTH)
    sheet.paste(painting, (MARGIN, MARGIN + HEADING))
    sheet.paste(overlay(painting, explanation.regions), (MARGIN + SIDE + GAP, MARGIN + HEADING))
    _write_key(draw, explanation.word, (MARGIN + SIDE + GAP, below - GAP - LINE + 12))
    if explanation.contributions:
        _draw_contributions(draw, explanation, below)
    if explanation.utterances:
        _write_utterances(draw, explanation, below + _height(len(explanation.contributions)))
    return sheet


def _height(lines: int) -> int:
    """Of lines under a heading; nothing where there are none."""
    return LINE * (lines + 1) + GAP if lines else 0


def _score(explanation: Explanation, title: str) -> str:
    return f"coherence {explanation.coherence:.2f} | percentile {explanation.percentile:.0f} | {title}"


def _write_key(draw: ImageDraw.ImageDraw, word: str, place: tuple[int, int]) -> None:
    """What the two colours mean."""
    left, top = place
    for colour, meaning in ((FOR, f"speaks for '{word}'"), (AGAINST, "against it")):
        draw.rectangle((left, top + 2, left + 16, top + 18), swatch(colour))
        write(draw, (left + 26, top), meaning, size=16, colour=INK, width=SIDE // 2)
        left += SIDE // 2 + 40


def _draw_contributions(draw: ImageDraw.ImageDraw, explanation: Explanation, top: int) -> None:
    """A line for each, with a bar to the right of the middle for the word and to the left against it."""
    way = f"From an ordinary painting's similarity, {explanation.usual:.3f}, to {explanation.similarity:.3f}"
    write(draw, (MARGIN, top), way, size=16, colour=SOFT, width=WIDTH)
    longest = max(abs(line.similarity) for line in explanation.contributions) or 1
    middle = MARGIN + WIDTH - BAR - NUMBER
    for place, line in enumerate(explanation.contributions, start=1):
        across, down = round(BAR * line.similarity / longest), top + place * LINE
        write(draw, (MARGIN, down), line.said, size=16, colour=INK, width=middle - BAR - GAP - MARGIN)
        bar = (middle + min(across, 0), down + 6, middle + max(across, 0), down + 14)
        draw.rectangle(bar, swatch(FOR if across > 0 else AGAINST))
        number = (middle + BAR + 16, down)
        write(draw, number, f"{line.similarity:+.3f}", size=16, colour=SOFT, width=NUMBER)


def _write_utterances(draw: ImageDraw.ImageDraw, explanation: Explanation, top: int) -> None:
    write(draw, (MARGIN, top), "What viewers said, nearest first", size=16, colour=SOFT, width=WIDTH)
    for place, near in enumerate(explanation.utterances, start=1):
        said = f'"{near.utterance.text}" ({near.utterance.emotion})'
        write(draw, (MARGIN, top + place * LINE), said, size=16, colour=INK, width=WIDTH)
