"""The sentence encoder's own network and weights, in an order of work that suits one short message.

The package works for throughput: each call reads all of its 14 MB of weights. Half of that work depends on one token alone
(its embedding, its projection, its share of the first convolution): here it is done once per token and remembered. What
is left is laid out so that the matrix product need not rearrange it. Same vectors within 1e-5, checked when loaded.
"""

from __future__ import annotations

from contextlib import nullcontext
from itertools import chain
from typing import Any

import numpy as np

# Convolutions by the number of tokens that each sees, and how many of them stand before its own.
WINDOWS = ((2, 0), (3, 1), (5, 2))
EMBEDDED, CONVOLVED, EDGE = 512, 256, 2
PROJECTED = EMBEDDED + len(WINDOWS) * CONVOLVED
WIDTH = PROJECTED + CONVOLVED * sum(size for size, _ in WINDOWS)
# Distinct tokens remembered, 15 kB each: our dialogues use 900. A text of more tokens than this is left to the package.
TOKENS_REMEMBERED = 1_536
LONGEST = 384
CHECKED = ("Combien coûte la formation ?", "J'ai un BTS et 3 ans d'expérience en mairie, puis-je m'inscrire ? Merci", "😀")
TOLERANCE = 1e-5


class ShortTexts:
    """Stands in for the package's encoder; long batches still go to it. To be called by one thread at a time."""

    def __init__(self, package: Any) -> None:
        """Raises whatever comes when the package is not as it was, RuntimeError when the vectors differ from its own."""
        expected = package.encode(list(CHECKED))  # also builds its network
        self._package, network = package, package._model
        self._tokenize, self._network = network.sp.encode, network
        self._first = [_side_by_side(weights, size) for weights, (size, _) in zip(network.w1, WINDOWS, strict=True)]
        self._second = [np.ascontiguousarray(weights.T) for weights in network.w2]
        # Nothing but sums stands between the mean of a sentence and the two layers that read it: one product for all.
        readers = np.concatenate([network.d0, network.p1], axis=1)
        self._readers = (network.cnn_W.astype(np.float64) @ readers).astype(np.float32)
        self._readers_bias = (network.cnn_b.astype(np.float64) @ readers).astype(np.float32)
        self._rows = np.zeros((TOKENS_REMEMBERED + 1, WIDTH), dtype=np.float32)  # row 0: nothing, around each sentence
        self._row_of: dict[int, int] = {}
        self._single_thread = _thread_limit()
        found = np.concatenate([self.encode([text]) for text in CHECKED] + [self.encode(list(CHECKED))])
        if not np.allclose(found, np.concatenate([expected, expected]), atol=TOLERANCE, rtol=0):
            raise RuntimeError("the encoder's network is not the one that this order of work was written for")

    def encode(self, texts: list[str]) -> np.ndarray:
        """As the package's: rows of length 1, shape (number of texts, 512), float32."""
        tokens = [self._tokenize(text, out_type=int, add_bos=True, add_eos=True) for text in texts]
        if sum(map(len, tokens)) > LONGEST:
            return np.asarray(self._package.encode(texts))
        with self._single_thread():
            return self._encode(tokens)

    def _encode(self, sentences: list[list[int]]) -> np.ndarray:
        places, starts = self._places(sentences)
        rows = self._rows.take(places, axis=0)
        features = np.empty((len(places) - 2 * EDGE, PROJECTED), dtype=np.float32)
        features[:] = rows[EDGE:-EDGE, :PROJECTED]
        outside = np.flatnonzero(np.asarray(places[EDGE:-EDGE]) == 0)
        column = PROJECTED
        for branch, (size, before) in enumerate(WINDOWS):
            own = features[:, EMBEDDED + branch * CONVOLVED :][:, :CONVOLVED]
            self._convolve(branch, rows[:, column : column + size * CONVOLVED], own, before, outside)
            column += size * CONVOLVED
        return self._read(features, starts, [len(sentence) for sentence in sentences])

    def _places(self, sentences: list[list[int]]) -> tuple[list[int], list[int]]:
        """The row of each token, empty rows around each sentence; where each sentence starts."""
        self._learn(list(dict.fromkeys(chain.from_iterable(sentences))))
        places, starts = [0] * EDGE, []
        for sentence in sentences:
            starts.append(len(places) - EDGE)
            places += [self._row_of[token] for token in sentence] + [0] * EDGE
        return places, starts

    def _learn(self, tokens: list[int]) -> None:
        """Works out the rows of tokens not met before; when there is no room left, of all of these tokens afresh."""
        new = [token for token in tokens if token not in self._row_of]
        if len(self._row_of) + len(new) > TOKENS_REMEMBERED:
            self._row_of.clear()
            new = tokens
        if new:
            first = len(self._row_of) + 1
            self._work_out(np.asarray(new), self._rows[first : first + len(new)])
            self._row_of.update(zip(new, range(first, first + len(new)), strict=True))

    def _work_out(self, tokens: np.ndarray, rows: np.ndarray) -> None:
        network = self._network
        chunk = tokens % len(network.scale)
        rows[:, :EMBEDDED] = network.table[tokens] * network.scale[chunk, None] + network.lo[chunk, None]
        projected = rows[:, :EMBEDDED] @ network.proj_W + network.proj_b
        projected -= projected.mean(axis=1, keepdims=True)
        projected /= np.sqrt(np.einsum("ij,ij->i", projected, projected) / projected.shape[1] + network.eps)[:, None]
        rows[:, EMBEDDED:PROJECTED] = projected * network.ln_g_all + network.ln_b_all
        column = PROJECTED
        for branch, weights in enumerate(self._first):
            own = rows[:, EMBEDDED + branch * CONVOLVED :][:, :CONVOLVED]
            rows[:, column : column + weights.shape[1]] = own @ weights
            column += weights.shape[1]

    def _convolve(self, branch: int, shares: np.ndarray, own: np.ndarray, before: int, outside: np.ndarray) -> None:
        """Both convolutions of a branch, in place of its projections `own`; `outside`: rows that belong to no sentence."""
        count, size = len(own), shares.shape[1] // CONVOLVED
        padded = np.zeros((count + 2 * EDGE, CONVOLVED), dtype=np.float32)
        hidden = padded[EDGE:-EDGE]
        hidden += self._network.b1[branch]
        for place in range(size):
            start = EDGE - before + place
            hidden += shares[start : start + count, place * CONVOLVED : (place + 1) * CONVOLVED]
        np.maximum(hidden, 0, out=hidden)
        hidden += own
        hidden[outside] = 0
        seen = np.lib.stride_tricks.as_strided(padded[EDGE - before :], (count, size * CONVOLVED), padded.strides).copy()
        own[:] = (self._second[branch] @ seen.T).T
        own += self._network.b2[branch]
        np.maximum(own, 0, out=own)
        own += hidden

    def _read(self, features: np.ndarray, starts: list[int], lengths: list[int]) -> np.ndarray:
        """The vectors of sentences from the features of their tokens."""
        network = self._network
        features -= features.mean(axis=1, keepdims=True)
        scale = 1 / np.sqrt(np.einsum("ij,ij->i", features, features) / features.shape[1] + network.eps)
        counts = np.asarray(lengths, dtype=np.float32)[:, None]
        total = np.stack([scale[start : start + length] @ features[start : start + length] for start, length in zip(starts, lengths, strict=True)])
        mean = (total * network.ln_g + counts * network.ln_b) @ self._readers
        mean = (mean + counts * self._readers_bias) / np.sqrt(counts)
        width = network.d0.shape[1]
        deep = mean[:, width:] + np.maximum(mean[:, :width], 0) @ network.d1
        np.maximum(deep, 0, out=deep)
        vectors = np.tanh(deep @ network.p3 + np.maximum(deep @ network.d2, 0) @ network.d3)
        length = np.sqrt(np.maximum(np.einsum("ij,ij->i", vectors, vectors), network.eps))[:, None]
        return np.asarray(vectors / length, dtype=np.float32)


def _side_by_side(weights: np.ndarray, size: int) -> np.ndarray:
    """The weights of a convolution, those of each place beside those of the place before."""
    return np.ascontiguousarray(np.concatenate(np.split(weights, size), axis=1))


def _thread_limit() -> Any:
    """What holds the matrix products to one thread; nothing when the process is already held to one."""
    from threadpoolctl import ThreadpoolController

    blas = ThreadpoolController().select(user_api="blas")
    if all(library.num_threads == 1 for library in blas.lib_controllers):
        return nullcontext
    return lambda: blas.limit(limits=1)
