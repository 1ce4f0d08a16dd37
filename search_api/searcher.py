"""Answering questions of feeling from one served release; knows nothing of HTTP."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import Self

from PIL import Image

from encoders.encoder import Encoder
from encoders.home import Home
from indexer.painting import Painting
from indexer.shelves import shelf
from indexer.shelves.manifest import Manifest
from indexer.shelves.releases import check_model, read_pointer, the_served
from indexer.shelves.shelf import Shelf
from indexer.store.base import EVERYTHING, FacetField, Filter, Store
from search_api.answer import Answer, EmotionScore, ReleaseName, ScoreAnswer, ScoredHit
from search_api.errors import PaintingNotFoundError, QueryError, quoted
from search_api.folding import search_folded
from search_api.limits import MOST_HITS, MOST_WORDS, TOP_K
from search_api.names import KnownValues
from search_api.query import Query, parse


def score_image(encoder: Encoder, image: Image.Image, words: Sequence[str], name: str) -> ScoreAnswer:
    """One RGB picture against any emotion words; `name` is what the picture is called in the answer.

    Raises:
        QueryError: no word, or more than `MOST_WORDS`.
        WordError: a word is blank or too long.
    """
    if not 0 < len(words) <= MOST_WORDS:
        raise QueryError(
            f"{len(words)} emotion words were given; give 1 to {MOST_WORDS}, such as 'serenity'."
        )
    readings = [encoder.read(word) for word in words]
    feeling = encoder.feeling(encoder.look([image]))[0]  # (d',)
    scores = []
    for reading in readings:
        similarity = float(reading.vector @ feeling)
        coherence, percentile = float(reading.coherence(similarity)), float(reading.percentile(similarity))
        scores.append(EmotionScore(reading.word, coherence, percentile, similarity, reading.seen))
    return ScoreAnswer(name, tuple(scores))


class Searcher:
    """A model and the build that was made with it, ready to be asked.

    May be shared between threads; leaving its `with` block closes the store.
    """

    def __init__(self, encoder: Encoder, store: Store, manifest: Manifest) -> None:
        """Raises ModelMismatchError where the build was made with another model."""
        check_model(manifest, encoder)
        self._encoder = encoder
        self._store = store
        self._encoding = Lock()  # tokenizers and modules are not safe to run twice at once
        self.release = ReleaseName(encoder.name, encoder.identity.space_id, manifest.build)
        self.known = KnownValues(
            tuple(store.facet("style")), tuple(store.facet("artist")), tuple(store.facet("genre"))
        )

    def search(
        self, text: str, *, where: Filter = EVERYTHING, top_k: int = TOP_K, fold: bool = False
    ) -> Answer:
        """The `top_k` paintings nearest to the feeling that a text names, best first; none is an answer.

        The values of `where` are matched like words of the text and join what the text asks for. Of
        paintings that look all but the same only the nearest answers if they are to be folded.

        Raises:
            QueryError: the text names no feeling, a filter names what the index lacks, or a number is
                out of range.
            WordError: the feeling is too long to be encoded.
        """
        if not 1 <= top_k <= MOST_HITS:
            raise QueryError(f"{top_k} hits were asked for; ask for 1 to {MOST_HITS}.")
        query = parse(text, self.known)
        query = replace(query, where=self._joined(query.where, where))
        return Answer(query, self.release, self._hits(query, top_k, fold))

    def score(self, image: Image.Image, words: Sequence[str], name: str) -> ScoreAnswer:
        """Like `score_image`, with the served model."""
        with self._encoding:
            return score_image(self._encoder, image, words, name)

    def painting(self, painting_id: str) -> Painting:
        """Raises PaintingNotFoundError where the index has no such painting."""
        points = self._store.get([painting_id])
        if not points:
            raise PaintingNotFoundError(
                f"The index has no painting {quoted(painting_id)}; take an id from a search."
            )
        return points[0].painting

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hits(self, query: Query, top_k: int, fold: bool) -> tuple[ScoredHit, ...]:
        [emotion] = query.emotions
        with self._encoding:
            reading = self._encoder.read(emotion.word)
        if fold:
            hits = search_folded(self._store, reading.vector, limit=top_k, where=query.where)
        else:
            hits = self._store.search(reading.vector, limit=top_k, where=query.where)
        similarities = [hit.similarity for hit in hits]
        coherences = reading.coherence(similarities)
        percentiles = reading.percentile(similarities)
        return tuple(
            ScoredHit(hit.painting, float(coherence), float(percentile), hit.similarity)
            for hit, coherence, percentile in zip(hits, coherences, percentiles, strict=True)
        )

    def _joined(self, said: Filter, given: Filter) -> Filter:
        """What the text says and what was given beside it: alternatives within a field."""
        if given.year_from is not None and given.year_to is not None and given.year_from > given.year_to:
            raise QueryError(f"The years {given.year_from} to {given.year_to} hold none; swap them.")
        return Filter(
            style=self._either("style", said.style, given.style),
            artist=self._either("artist", said.artist, given.artist),
            genre=self._either("genre", said.genre, given.genre),
            year_from=given.year_from,
            year_to=given.year_to,
        )

    def _either(self, field: FacetField, said: Sequence[str], given: Sequence[str]) -> tuple[str, ...]:
        resolved = [known for value in given for known in self.known.names.resolve(field, value)]
        return tuple(dict.fromkeys([*said, *resolved]))


def open_searcher(home: Home) -> Searcher:
    """Compose the searcher of the release that is being served.

    Raises:
        IndexNotFoundError: there is no finished index.
        IndexBusyError: another process holds it.
        ModelError: its model is missing or damaged.
        ModelMismatchError: the model is not the one that the index was made with.
    """
    from indexer.shelves.kept_models import load_kept_model
    from indexer.store.edge import EdgeStore

    build = the_served(home).build
    encoder = load_kept_model(home, build)
    check_model(build.manifest, encoder)  # before the store is opened, so that a refusal leaves it free
    return Searcher(encoder, EdgeStore.open(build.store), build.manifest)


def open_searcher_at(home: Home, place: Shelf) -> Searcher:
    """Compose the searcher of what is served elsewhere, with the home's model; `place` must stay open.

    Raises: as `open_searcher` does, and ServerError.
    """
    from indexer.shelves.kept_models import load_model_of

    made = shelf.the_served(place)
    encoder = load_model_of(home, made)
    check_model(made, encoder)
    return Searcher(encoder, place.lend(made.build), made)


def served_build(home: Home) -> str | None:
    """The name of the build that is served now; cheap enough to be asked every second.

    Raises:
        IndexFormatError: the pointer cannot be read.
    """
    pointer = read_pointer(home)
    return pointer.build if pointer else None


def served_build_at(place: Shelf) -> str | None:
    """The same of a release that is served elsewhere.

    Raises:
        ServerError: the server does not answer.
    """
    pointer = place.pointer()
    return pointer.build if pointer else None
