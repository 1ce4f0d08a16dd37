"""Asking one release about paintings: their neighbours, their opposites, their mixtures, blends of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from encoders.encoder import Encoder
from indexer.painting import Painting
from indexer.store.base import EVERYTHING, Filter, Space, Store
from indexer.viewers import Utterance, Viewers
from search_api.answering.joining import join
from search_api.errors import PaintingNotFoundError, blame
from search_api.limits import CONTRAST_POOL, TOP_K
from search_api.parsing.names import FIELDS, KnownValues
from search_api.relating.anchors import Anchor, find_anchors
from search_api.relating.asked_word import read_word
from search_api.relating.blending import Blend, blend
from search_api.relating.contrast import Contrast, contrast
from search_api.relating.finding import find_file, find_painting, find_points
from search_api.relating.kept import Kept
from search_api.relating.lexis import Lexis
from search_api.relating.liking import Liking, more_like
from search_api.relating.mixture import Mixture, Rank, mixture
from search_api.relating.neighbours import Neighbourhood, similar
from search_api.relating.spread import spread_of
from search_api.relating.typical import Typical
from search_api.relating.wanted import Wanted

if TYPE_CHECKING:
    from PIL import Image

    from search_api.relating.explanation import Explanation

EXPLAINED = 128
"""Explanations that are kept: whoever shows one asks for its numbers and for its heat."""


class Relater:
    """The part of the `Searcher` that starts from paintings rather than from a text.

    Values of filters are matched as in a search; a painting is named by its id, or is an `anchor`.
    """

    def __init__(self, encoder: Encoder, store: Store, viewers: Viewers | None) -> None:
        self._encoder = encoder
        self._store = store
        self._viewers = viewers
        self._encoding = Lock()  # pictures of several requests at once would need too much memory
        self._explained: Kept[Explanation] = Kept(EXPLAINED)
        self.known = KnownValues(*(tuple(store.facet(field)) for field in FIELDS))

    def painting(self, painting_id: str) -> Painting:
        """Raises PaintingNotFoundError where the index has no such painting."""
        return find_points(self._store, [painting_id])[0].painting

    def find(self, name: str) -> Painting:
        """The painting that a name means: its id or the beginning of that, its key or its file.

        Raises PaintingNotFoundError where the index has none, or several of whose ids begin so.
        """
        return find_painting(self._store, name)

    def find_file(self, path: Path) -> Painting | None:
        """The painting that was indexed from a file, if there is one."""
        return find_file(self._store, path)

    def anchor(self, image: "Image.Image", name: str) -> Anchor:
        """An RGB picture, to be asked about as a painting of the index is by its id."""
        with self._encoding:
            return Anchor.of_image(self._encoder, image, name)

    def similar(
        self,
        of: str | Anchor,
        *,
        by: Space = "look",
        where: Filter = EVERYTHING,
        top_k: int = TOP_K,
        fold: bool = False,
    ) -> Neighbourhood:
        """Paintings that look or feel like one of the index or like an `anchor`; see `neighbours.similar`."""
        wanted = Wanted(self._resolved(where), top_k, fold)
        return similar(self._store, self._anchor(of), wanted, by=by)

    def contrast(
        self,
        of: str | Anchor,
        *,
        where: Filter = EVERYTHING,
        top_k: int = TOP_K,
        pool: int = CONTRAST_POOL,
        fold: bool = False,
    ) -> Contrast:
        """Paintings that look like a known one or an `anchor` and feel otherwise; see `contrast.contrast`."""
        wanted, anchor = Wanted(self._resolved(where), top_k, fold), self._anchor(of)
        return contrast(self._store, self._lexis, self._typical, anchor, wanted, pool=pool)

    def blend(
        self,
        paintings: Mapping[str, float],
        words: Mapping[str, float],
        *,
        where: Filter = EVERYTHING,
        top_k: int = TOP_K,
        fold: bool = False,
    ) -> Blend:
        """Paintings near a mixture of ids and words with their weights; see `blending.blend`."""
        anchors = find_anchors(self._store, list(paintings))
        weighted = list(zip(anchors, paintings.values(), strict=True))
        readings = [(read_word(self._encoder, word, weighed=True), weight) for word, weight in words.items()]
        wanted = Wanted(self._resolved(where), top_k, fold)
        return blend(self._store, self._typical, weighted, readings, wanted)

    def more_like(
        self,
        liked: Sequence[str],
        disliked: Sequence[str] = (),
        *,
        word: str | None = None,
        by: Space = "feeling",
        where: Filter = EVERYTHING,
        top_k: int = TOP_K,
        fold: bool = False,
    ) -> Liking:
        """Paintings like some ids and unlike others, and nearer a word; see `liking.more_like`."""
        reading = None if word is None else read_word(self._encoder, word)
        towards = self._typical.as_painting(reading.vector) if reading else None
        with blame("liked", PaintingNotFoundError):
            to = find_anchors(self._store, liked)
        with blame("disliked", PaintingNotFoundError):
            away = find_anchors(self._store, disliked)
        wanted = Wanted(self._resolved(where), top_k, fold)
        found = more_like(self._store, to, away, wanted, by=by, towards=towards)
        return replace(found, word=reading.word) if reading else found

    def emotions(
        self, of: str | Anchor, words: Sequence[str] | None = None, rank: Rank = "coherence"
    ) -> Mixture:
        """What the vocabulary's words, or others, have to do with a picture; see `mixture.mixture`."""
        anchor, lexis = self._anchor(of), Lexis.read(self._encoder, words) if words else self._lexis
        said = spread_of(self._viewers.of(anchor.id)) if self._viewers and anchor.id else None
        return mixture(lexis, anchor, rank, said)

    @property
    def learned(self) -> tuple[str, ...]:
        """The words of the vocabulary that training had votes for."""
        return tuple(reading.word for reading in self._lexis.readings if reading.seen)

    def explain(self, of: "str | Image.Image", word: str, *, exact: bool = False) -> "Explanation":
        """Why an indexed painting, or an RGB picture, answers to a feeling; see `explanation.explain`.

        Raises:
            PaintingNotFoundError: the index has no such painting, or its file is gone.
            QueryError: the word refuses a feeling.
            WordError: the word is blank or too long.
            ModelError: the model looks at named features, but was never trained.
        """
        if not isinstance(of, str):
            return self._explain_picture(of, word, exact=exact)
        from search_api.pictures import entity_tag

        painting = self.painting(of)
        asked = (of, word, exact, entity_tag(painting, 0))
        return self._explained.get(asked, lambda: self._explain_painting(painting, word, exact=exact))

    def _explain_painting(self, painting: Painting, word: str, *, exact: bool) -> "Explanation":
        picture, said = self._shown(painting)
        return self._explain_picture(picture, word, said, exact=exact)

    def _explain_picture(
        self, picture: "Image.Image", word: str, said: Sequence[Utterance] = (), *, exact: bool
    ) -> "Explanation":
        from search_api.relating.explanation import explain

        with self._encoding:
            return explain(self._encoder, picture, read_word(self._encoder, word), said, exact=exact)

    def _shown(self, painting: Painting) -> "tuple[Image.Image, tuple[Utterance, ...]]":
        """A painting's picture, and what its viewers said."""
        from search_api.pictures import DECODING, readable_picture

        said = self._viewers.of(painting.id).utterances if self._viewers else ()
        with DECODING:
            return readable_picture(painting), said

    def _resolved(self, where: Filter) -> Filter:
        """A filter with the values of the index that its own mean."""
        return join(EVERYTHING, where, self.known)

    def _anchor(self, of: str | Anchor) -> Anchor:
        return of if isinstance(of, Anchor) else find_anchors(self._store, [of])[0]

    @cached_property
    def _lexis(self) -> Lexis:
        return Lexis.read(self._encoder)

    @cached_property
    def _typical(self) -> Typical:
        return Typical.of(self._store)
