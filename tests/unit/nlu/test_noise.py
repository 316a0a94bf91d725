"""An insult around a question, and keys struck at random."""

from __future__ import annotations

import pytest

from bot.nlu.noise import is_keyboard_noise, without_insults


@pytest.mark.parametrize(("text", "asked"), [
    ("quelle machine débile, réponds : il y a combien d'épreuves ?", "il y a combien d'épreuves ?"),
    ("espèce d'abruti c'est quoi le jury", "c'est quoi le jury"),
    ("vous êtes nuls ! vraiment nuls ! et ça commence quand ?", "et ça commence quand ?"),
    ("la ferme et dis-moi le niveau", "dis-moi le niveau"),
    ("c'est quoi la VAE, connard", "c'est quoi la VAE"),
])
def test_the_question_beside_an_insult_is_what_is_read(text: str, asked: str) -> None:
    assert without_insults(text) == asked


@pytest.mark.parametrize("text", [
    "t'es con ou quoi",  # nothing else is said
    "vous êtes nuls, je veux parler à quelqu'un",  # a request: reconsidered from the whole text
    "je suis nul en droit, c'est grave ?",  # said of oneself
    "le bloc 1 est nul, non ?",
    "sale robot, j'ai envie de mourir",
    "c'est combien ?",
])
def test_other_messages_stay_whole(text: str) -> None:
    assert without_insults(text) == text


@pytest.mark.parametrize("text", ["azertyuiop qsdfg", "wxcvbn", "sdfghj dfghjk", "hjhjhjhjhj", "zrtpqsd"])
def test_keys_struck_at_random_are_noise(text: str) -> None:
    assert is_keyboard_noise(text)


@pytest.mark.parametrize("text", ["", "ok", "mdrrrrr", "CNFPT", "azerty, il faut quel diplôme ?", "Krzysztof Wojcik", "RNCP41406", "cb c"])
def test_words_names_and_acronyms_are_not_noise(text: str) -> None:
    assert not is_keyboard_noise(text)
