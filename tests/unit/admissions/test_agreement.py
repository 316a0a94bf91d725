"""Consent is read only from a clear yes."""

from __future__ import annotations

import pytest

from bot.admissions.agreement import read_agreement


@pytest.mark.parametrize("text", ["oui", "Ok d'accord", "bien sûr !", "pas de souci", "pourquoi pas", "j'accepte", "ouais vas-y", "je veux bien"])
def test_a_clear_yes_is_a_yes(text: str) -> None:
    assert read_agreement(text) is True


@pytest.mark.parametrize("text", ["non", "non merci, c'est bon", "je ne veux pas", "pas maintenant", "plus tard", "surtout pas"])
def test_a_refusal_is_a_no_even_when_polite(text: str) -> None:
    assert read_agreement(text) is False


@pytest.mark.parametrize("text", ["", "oui mais non", "je ne sais pas", "j'ai un BTS", "c'est payant ?"])
def test_doubt_is_neither(text: str) -> None:
    assert read_agreement(text) is None
