"""Answering questions of feeling from one served release; knows nothing of HTTP."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Self

from encoders.encoder import Encoder
from encoders.model_folder import ModelRecord
from indexer.shelves.kept_models import open_kept_model
from indexer.shelves.manifest import Manifest
from indexer.shelves.releases import check_model, the_served
from indexer.shelves.shelf import Shelf
from indexer.shelves.wholeness import check_whole
from indexer.store.base import EVERYTHING, Filter, Store
from indexer.viewers import Viewers
from search_api.about import About
from search_api.answer import (
    Answer,
    Facets,
    ReleaseName,
    ScoreAnswer,
    ScoredHit,
    WordMatch,
)
from search_api.answering.compound import Compound, Part
from search_api.answering.diversity import diversified, varied_pool
from search_api.answering.joining import join
from search_api.answering.matching import Matcher, overall
from search_api.answering.paging import read_cursor, write_cursor
from search_api.answering.question import Question
from search_api.answering.ranking import DEEPEST, ranking
from search_api.answering.relaxing import count_facets, relaxations
from search_api.answering.sieves import sieve
from search_api.answering.standing import StyleStandings
from search_api.limits import TOP_K
from search_api.parsing.query import WeightedEmotion, parse
from search_api.relating.relater import Relater
from search_api.scoring import score_image

if TYPE_CHECKING:
    from PIL import Image

REMEMBERED = 1024
"""Filters whose counts, and texts whose meaning, are kept: what is served does not change."""


class Searcher(Relater):
    """A model and the build that was made with it, ready to be asked.

    May be shared between threads; leaving its `with` block closes the store.
    """

    def __init__(
        self,
        encoder: Encoder,
        store: Store,
        manifest: Manifest,
        viewers: Viewers | None = None,
        record: ModelRecord | None = None,
    ) -> None:
        """Raises ModelMismatchError where the build was made with another model."""
        check_model(manifest, encoder)
        super().__init__(encoder, store, viewers)
        self._matcher = Matcher(encoder)
        self._standings = StyleStandings(store)
        self._count = lru_cache(REMEMBERED)(store.count)
        self._compound = lru_cache(REMEMBERED)(partial(_compose, encoder))
        self._parse = lru_cache(REMEMBERED)(partial(parse, known=self.known))
        self._join = lru_cache(REMEMBERED)(partial(join, known=self.known))
        self._made = manifest
        self._record = record
        self.release = ReleaseName(encoder.name, encoder.identity.space_id, manifest.build)

    def search(
        self,
        text: str,
        *,
        where: Filter = EVERYTHING,
        top_k: int = TOP_K,
        fold: bool = False,
        min_coherence: float = 0.0,
        per_artist: int | None = None,
        diversity: float = 0.0,
        facets: bool = False,
        cursor: str | None = None,
    ) -> Answer:
        """`ask` with a `Question` of these values; raises what either raises."""
        return self.ask(
            Question(text, where, top_k, fold, min_coherence, per_artist, diversity, facets, cursor)
        )

    def ask(self, question: Question) -> Answer:
        """One page of the paintings that evoke what a text asks for, best first; none is an answer.

        The values of the question's filter are matched like words of the text and join what the text asks
        for. Where hits are to differ they stand in an order of their own; see
        `search_api.answering.diversity`.

        Raises:
            QueryError: the text names no feeling, a filter names what the index lacks, or the cursor is not
                one of this question and build.
            WordError: a feeling is too long to be encoded.
        """
        query = self._parse(question.text)
        query = replace(query, where=self._join(query.where, question.where))
        identity = question.identity
        offset = read_cursor(question.cursor, self.release.build, identity)
        compound = self._compound(query.emotions)
        ranked = self._ranked(question, compound, query.where, offset)
        page = ranked[offset : offset + question.top_k]
        words = tuple(WordMatch(part.word, self._matcher.match(part.word)) for part in query.emotions)
        candidates = self._count(query.where)
        return Answer(
            query=query,
            release=self.release,
            hits=self._standings.placed(compound, page),
            match=overall(words, ranked[0].percentile if ranked else None),
            words=words,
            candidates=candidates,
            relaxations=relaxations(self._store, query.where, candidates, bool(ranked)),
            facets=count_facets(self._store, query.where) if question.facets else None,
            next=self._next(identity, offset + question.top_k, len(ranked)),
        )

    def facets(self, where: Filter = EVERYTHING) -> Facets:
        """How many paintings have each style, artist and genre under a filter, matched as in `ask`."""
        return count_facets(self._store, self._resolved(where))

    def about(self) -> About:
        """What answers, and what it was made of."""
        return About(self._encoder.identity, self._record, self._made, self._store.count(), self.learned)

    def score(self, image: "Image.Image", words: Sequence[str], name: str) -> ScoreAnswer:
        """Like `score_image`, with the served model."""
        with self._encoding:
            return score_image(self._encoder, image, words, name)

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ranked(self, question: Question, compound: Compound, where: Filter, offset: int) -> list[ScoredHit]:
        """All hits from the best to the one after the page, in the order of the answer."""
        hits = ranking(self._store, compound, where, question.top_k)
        if question.diversity:
            pool = sieve(question, hits, varied_pool(question.top_k), DEEPEST, falling=compound.lone)
            return diversified(self._store, pool, question.diversity)
        return sieve(question, hits, offset + question.top_k + 1, DEEPEST, falling=compound.lone)

    def _next(self, identity: str, offset: int, found: int) -> str | None:
        return write_cursor(offset, self.release.build, identity) if found > offset else None


def _compose(encoder: Encoder, emotions: Sequence[WeightedEmotion]) -> Compound:
    parts = [Part(encoder.read(emotion.word), emotion.weight) for emotion in emotions]
    return Compound(parts, encoder.bank)


def open_searcher(shelf: Shelf, *, warm: bool = False) -> Searcher:
    """Compose the searcher of the release that is being served; the shelf must stay open as long.

    The vocabulary's words are answered without the model's weights, which are loaded when something else is
    asked for, or at once where the searcher is to be `warm`.

    Raises:
        IndexNotFoundError: there is no finished index.
        IndexFormatError: it is damaged.
        IndexBusyError: another process holds it.
        ModelError: its model is missing or damaged.
        ModelMismatchError: the model is not the one that the index was made with.
        ServerError: the server does not answer.
    """
    made = the_served(shelf)
    encoder = open_kept_model(shelf, made)
    if warm:
        encoder.load()
    check_model(made, encoder)  # before the store is opened, so that a refusal leaves it free
    store = shelf.lend(made.build)
    try:
        check_whole(store, made, shelf)
        return Searcher(encoder, store, made, Viewers.open(shelf.home), encoder.record)
    except BaseException:
        store.close()
        raise


def served_build(shelf: Shelf) -> str | None:
    """The name of the build that is served now; cheap enough to be asked every second.

    Raises:
        IndexFormatError: the pointer cannot be read.
        ServerError: the server does not answer.
    """
    pointer = shelf.pointer()
    return pointer.build if pointer else None
