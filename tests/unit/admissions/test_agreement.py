"""Consent is read only from a clear yes."""

from __future__ import annotations

import pytest

from bot.admissions.agreement import read_agreement


@pytest.mark.parametrize("text", ["oui", "Ok d'accord", "bien sûr !", "pas de souci", "pourquoi pas", "j'accepte", "ouais vas-y", "je veux bien",
    "oui oui", "c'est bon", "c'est bon pour moi", "c bon pr moi", "ça marche", "oui j'accepte que vous me rappeliez", "ok pour être recontacté", "oui vous pouvez transmettre mes coordonnées",
    "oui allez-y", "oui avec plaisir merci", "pourquoi pas oui", "OUI !", "ok ça me va", "yes", "d'accord, je suis d'accord", "oui s'il vous plaît", "oui svp rappelez moi", "ui", "okay go",
    "oui bien entendu", "Je consens à être recontactée.", "oui pas de problème", "allez oui", "bah oui", "mais oui", "oui volontiers madame", "ca marche pour moi", "oui je donne mon accord",
    "J'y consens volontiers.", "j'y consens", "je donne mon consentement", "je n'y vois pas d'inconvénient", "Je n'y vois aucune objection", "vous avez mon accord",
    "je vous y autorise", "je vois pas d'inconvénient à être rappelé"])
def test_a_clear_yes_is_a_yes(text: str) -> None:
    assert read_agreement(text) is True


@pytest.mark.parametrize("text", ["non", "non merci, c'est bon", "je ne veux pas", "pas maintenant", "plus tard", "surtout pas",
    "non merci", "je refuse", "pas la peine", "je préfère pas", "ça ira merci", "laissez tomber", "jamais de la vie", "hors de question", "sans façon", "je n'y tiens pas", "non c'est bon",
    "nan", "bah non", "je ne souhaite pas être recontacté", "pas d'accord", "non, pas pour l'instant", "je préfère réfléchir", "non non", "pas question", "je n'accepte pas", "j'en ai pas",
    "je n'ai pas de téléphone", "pas de mail", "je n'y consens pas"])
def test_a_refusal_is_a_no_even_when_polite(text: str) -> None:
    assert read_agreement(text) is False


@pytest.mark.parametrize("text", ["", "oui mais non", "je ne sais pas", "j'ai un BTS", "c'est payant ?",
    "ça marche comment", "et avec la vae ca marche comment", "c'est bon pour qui ?", "c'est bon pour qui", "oui mais avant je voudrais savoir qui lira mes infos", "est-ce que c'est bon",
    "ok mais c'est payant ?", "oui c'est quoi", "d'accord avec quoi", "ok et les dates c'est quand", "qui va m'appeler", "pourquoi", "oui si c'est gratuit", "peut-être", "bof",
    "ça marche à distance ?", "c'est bon si j'ai un bts", "vous êtes d'accord ?", "c'est ok pour un bac ?", "ah non pardon c'est un bac pro que j'ai",
    "euh non en fait jai pas valider ma licence juste la L1", "non, en fait c'est 2 ans", "non je me suis trompée", "non pardon je suis retraité", "non vous avez mal compris", "ok et combien ça coûte",
    "comment ça marche", "quand est-ce que ça marche", "oui à condition de rester anonyme", "c'est bon le bac ?", "je n'ai pas le bac", "j'ai pas de diplôme", "oui enfin non", "non je plaisante oui",
    "go fast c'est quoi", "je suis d'accord avec vous sur la mairie", "ok j'ai compris la règle", "parfait pour mon projet de secrétaire",
    "je donne mon accord si c'est gratuit", "vous n'avez pas mon accord", "je ne vous autorise pas", "je vois un inconvénient"])
def test_doubt_is_neither(text: str) -> None:
    assert read_agreement(text) is None
