"""What the office receives is what the person was told: a lead's verdict is the last one said, whatever names and addresses hold."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.admissions.leads import to_export

TOLD = {
    "eligible": r"rempli(?:t|ssez) les conditions pour candidater", "to_review": r"est à vérifier", "not_yet": r"ne sont pas encore réunies",
    "vae": r"la voie à regarder (?:pour cette personne )?est la VAE",
}
PROFILES = {
    "vae": ("un CAP et 8 ans de cantine, je peux candidater ?", 3, 96), "not_yet": ("le bac et 14 mois d'intérim, je peux entrer ?", 4, 14),
    "to_review": ("une licence obtenue à Dakar, je peux entrer ?", None, None), "eligible": ("bac, 5 ans de vente, salariée, je peux candidater ?", 4, 60),
}
CONTACTS = [
    ("Inès Bts", "ines.bts@example.fr", "06 39 98 12 34"), ("Master Yann", "yann.retraite@example.com", "non"), ("Lina Bac Moulin", "cap-bep.dut@example.org", "non"),
    ("Licence Zoé", "zoe point deug arobase example point fr", "zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre"),
]


def _last_told(answers: list[str]) -> str | None:
    told = [verdict for answer in answers for verdict, words in TOLD.items() if re.search(words, answer)]
    return told[-1] if told else None


@pytest.mark.parametrize("verdict", sorted(PROFILES))
@pytest.mark.parametrize("contact", CONTACTS, ids=[name for name, _, _ in CONTACTS])
def test_a_lead_says_what_was_told(new_conversation: Any, verdict: str, contact: tuple[str, str, str]) -> None:
    opening, level, months = PROFILES[verdict]
    conversation = new_conversation()
    answers = [conversation.say(said) for said in (opening, "oui", *contact)]

    lead = to_export(conversation.lead())

    assert all(answer.strip() for answer in answers)
    assert (lead["verdict"], _last_told(answers)) == (verdict, verdict)
    assert (lead["level"], lead["experience_months"], lead["name"]) == (level, months, contact[0])


@pytest.mark.parametrize("said", ["en fait j'ai aussi un BTS", "pardon, c'est à mon compte", "j'avais oublié 4 ans d'usine", "non, mon bac je ne l'ai pas eu"])
@pytest.mark.parametrize("step", range(4))
def test_a_fact_told_while_contact_is_asked_changes_what_is_told_and_sent(new_conversation: Any, said: str, step: int) -> None:
    conversation = new_conversation()
    steps = ["oui", "Nora Aubert", "nora@example.fr", "non"]
    answers = [conversation.say("bac, 2 ans et demi de vente, salariée, je peux entrer ?")]
    for text in (*steps[:step], said, *steps[step:]):
        answers.append(conversation.say(text))
    answers += [conversation.say(text) for text in ("salariée", "oui") if conversation.lead() is None]

    lead = conversation.lead()

    assert all(answer.strip() for answer in answers)
    if lead is not None:
        assert to_export(lead)["verdict"] == _last_told(answers)


@pytest.mark.parametrize("texts", [
    ["j'ai un bts je peux candidater ?", "hmm", "peut-être", "je sais pas", "bof", "..."], ["je veux être rappelé", "Jean Petit", "jp@example.fr", "0639981234", "ok"],
    ["bac", "?", "!!", "blabla", "non"], ["mon chat a un bts", "oui", "non"], ["🙂", "👍", "merci"],
])
def test_no_turn_ends_in_silence(new_conversation: Any, texts: list[str]) -> None:
    conversation = new_conversation()

    assert all(conversation.say(text).strip() for text in texts)
