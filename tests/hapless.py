"""Small encoders to which something happens; light to import, since workers in other processes do."""

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PIL import Image

from encoders.fake import FakeEncoder
from encoders.vectors import Prepared, Vectors


class Mortal(FakeEncoder):
    """Its process dies over the first batch that it embeds, once, if there is a file `alive`."""

    def __init__(self, alive: Path) -> None:
        super().__init__()
        self._alive = alive

    def embed(self, prepared: Sequence[Prepared]) -> Vectors:
        with suppress(FileNotFoundError):
            self._alive.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().embed(prepared)


class Stumbling(FakeEncoder):
    """No picture is to its liking."""

    def prepare(self, image: Image.Image) -> Prepared:
        raise ValueError("too green")
