"""Somebody else's facts told in passing get their answer; what the writer told of themself stays, in the verdict and in the lead."""

from __future__ import annotations

from typing import Any

import pytest

from bot.admissions.leads import to_export

CONTACT = ["oui", "Lina Petit", "lina@example.fr", "non"]


def _lead_after(conversation: Any, said: list[str]) -> dict[str, Any]:
    for text in said:
        assert conversation.say(text).strip()
    return to_export(conversation.lead())


@pytest.mark.parametrize("in_passing", [
    ["et ma pote elle a que le bac elle", "2 ans"], ["et ma mère, secrétaire depuis 20 ans avec un bep ?", "et elle est salariée"],
    ["et mon frère il a le bac et 5 ans chez Renault en CDI ?", "il a aussi une licence"], ["et ma pote elle a que le bac elle"],
])
def test_a_lead_keeps_the_writers_own_facts(new_conversation: Any, in_passing: list[str]) -> None:
    lead = _lead_after(new_conversation(), ["j'ai un bts, je peux entrer ?", *in_passing, "bref moi je veux être recontactée", *CONTACT])

    assert (lead["verdict"], lead["level"], lead["experience_months"], lead["for_someone_else"]) == ("eligible", 5, None, False)


def test_the_other_person_is_answered(new_conversation: Any) -> None:
    conversation = new_conversation()
    conversation.say("j'ai un bts, je peux entrer ?")

    answered = conversation.say("et mon frère il a un cap et 5 ans chez Renault en CDI ?")

    assert "pour cette personne est la VAE" in answered


def test_the_writers_own_questions_go_on_after_the_others_verdict(new_conversation: Any) -> None:
    conversation = new_conversation()
    conversation.say("j'ai le bac, je peux entrer ?")

    answered = conversation.say("et ma soeur elle a un bts ?")
    lead = _lead_after(conversation, ["4 ans", "salarié", *CONTACT])

    assert "cette personne remplit" in answered and "avez-vous travaillé" in answered
    assert (lead["verdict"], lead["level"], lead["experience_months"], lead["for_someone_else"]) == ("eligible", 4, 48, False)


def test_a_parent_who_asks_for_a_child_from_the_start_gets_the_childs_lead(new_conversation: Any) -> None:
    lead = _lead_after(new_conversation(), ["ma fille a le bac, elle peut entrer ?", "elle a 4 ans d'expérience", "salariée", *CONTACT])

    assert (lead["verdict"], lead["level"], lead["experience_months"], lead["for_someone_else"]) == ("eligible", 4, 48, True)


@pytest.mark.parametrize("refusal", ["laisse tomber pr le tel", "pas envie de donner mon num", "je donne pas mon numéro comme ça", "par mail c'est mieux"])
def test_refusing_the_phone_in_any_words_keeps_the_lead(new_conversation: Any, refusal: str) -> None:
    lead = _lead_after(new_conversation(), ["j'ai un bts, je peux entrer ?", "oui", "Lina Petit", "lina@example.fr", refusal])

    assert (lead["email"], lead["phone"], lead["verdict"]) == ("lina@example.fr", None, "eligible")


def test_internships_alone_are_heard_and_give_a_verdict(new_conversation: Any) -> None:
    conversation = new_conversation()
    conversation.say("j'ai validé le BUT 2 gaco, je suis en 3e année, c'est bon pour moi ?")

    assert "est à vérifier par une personne" in conversation.say("que des stages 4 mois")


def test_the_consent_says_whose_verdict_is_passed_on(new_conversation: Any) -> None:
    conversation = new_conversation()
    conversation.say("bonjour j'ai un dut, je peux candidater ?")
    answered = conversation.say("et mon frère il a que le bac, il a jamais travaillé")
    lead = _lead_after(conversation, CONTACT)

    assert "l'avis sur votre situation (« vous remplissez les conditions" in answered and "pas avec celui sur l'autre personne" in answered
    assert (lead["verdict"], lead["diploma"], lead["for_someone_else"]) == ("eligible", "DUT", False)
