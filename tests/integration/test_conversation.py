"""Whole conversations with the real model: what ends in a lead, what must not, and what is erased."""

from __future__ import annotations

from typing import Any

import pytest

from bot.admissions.leads import to_export

ELIGIBLE = "j'ai un BTS, est-ce que je peux candidater ?"


def to_consent(conversation: Any) -> None:
    conversation.say(ELIGIBLE)
    assert "Acceptez-vous" in conversation.text


def test_a_conversation_ends_in_a_lead_with_its_reasons(conversation: Any) -> None:
    conversation.say("c'est quoi les métiers après ?")
    to_consent(conversation)
    for said in ("oui", "je m'appelle camille durand", "Camille.Durand@Example.ORG", "06 39 98 12 34"):
        conversation.say(said)
    lead = to_export(conversation.lead())
    assert (lead["verdict"], lead["level"], lead["name"]) == ("eligible", 5, "Camille Durand")
    assert (lead["email"], lead["phone"]) == ("Camille.Durand@example.org", "+33639981234")
    assert lead["reasons"] and lead["consent_at"] and len(lead["consent_version"]) == 12
    assert lead["topics"] == ["metiers"]


def test_no_lead_without_consent(conversation: Any) -> None:
    to_consent(conversation)
    conversation.say("non merci")
    assert conversation.lead() is None
    assert "rien n'est gardé" in conversation.text


@pytest.mark.parametrize("said", ["c'est bon pour qui ?", "oui mais avant je voudrais savoir qui lira mes infos", "et avec la vae ça marche comment"])
def test_a_question_is_no_consent(conversation: Any, said: str) -> None:
    to_consent(conversation)
    conversation.say(said)
    assert "quel nom" not in conversation.text


def test_a_correction_at_the_consent_question_corrects_the_verdict(conversation: Any) -> None:
    to_consent(conversation)
    conversation.say("ah non pardon, c'est un bac pro que j'ai")
    assert "combien d'années" in conversation.text


def test_asking_for_a_person_while_consent_is_pending_asks_once(conversation: Any) -> None:
    to_consent(conversation)
    conversation.say("je voudrais parler à quelqu'un")
    assert len(conversation.messages) == 1
    assert "acceptez-vous" in conversation.text


def test_yes_said_again_is_no_name(conversation: Any) -> None:
    to_consent(conversation)
    conversation.say("oui")
    conversation.say("oui j'accepte")
    conversation.say("Léa Martin")
    conversation.say("lea@example.org")
    conversation.say("non")
    assert to_export(conversation.lead())["name"] == "Léa Martin"


def test_a_person_can_be_asked_for_without_pre_screening(conversation: Any) -> None:
    conversation.say("je veux parler à quelqu'un de l'équipe")
    for said in ("oui", "Paul Petit", "paul@example.org", "non", "est-ce que je peux visiter ?"):
        conversation.say(said)
    lead = to_export(conversation.lead())
    assert (lead["verdict"], lead["question"]) == (None, "est-ce que je peux visiter ?")


def test_contact_given_early_is_confirmed_not_asked_again(conversation: Any) -> None:
    conversation.say("bonjour, mon mail c'est nina.roche@example.org, rappelez-moi")
    assert "nina.roche@example.org" in conversation.text and "Acceptez-vous" in conversation.text
    conversation.say("oui")
    conversation.say("Nina Roche")
    assert "e-mail" not in conversation.text


def test_a_fact_corrected_after_the_lead_updates_it_without_a_second_one(conversation: Any) -> None:
    to_consent(conversation)
    for said in ("oui", "Ali Benali", "ali@example.org", "non"):
        conversation.say(said)
    first = to_export(conversation.lead())
    conversation.say("en fait je n'ai pas eu le BTS, j'ai seulement le bac")
    conversation.say("2 ans")
    lead = to_export(conversation.lead())
    assert (lead["id"], lead["verdict"], lead["experience_months"]) == (first["id"], "not_yet", 24)


def test_erasing_asks_first_then_leaves_nothing(conversation: Any, program: Any) -> None:
    to_consent(conversation)
    for said in ("oui", "Eva Blanc", "eva.blanc@example.org", "non"):
        conversation.say(said)
    conversation.say("effacez toutes mes données")
    assert conversation.lead() is not None
    conversation.press("Oui, tout effacer")
    assert "effacé" in conversation.text
    with program.uow_factory() as uow:
        assert uow.conversations.get(conversation.id) is None
        assert uow.leads.for_conversation(conversation.id) is None


def test_distress_stops_the_pre_screening_until_it_is_asked_for(conversation: Any) -> None:
    conversation.say("je peux candidater ?")
    conversation.say("bac, mais je n'ai plus envie de vivre")
    assert "3114" in conversation.text and "combien d'années" not in conversation.text
    conversation.say("je veux reprendre la vérification de ma candidature")
    assert "combien d'années" in conversation.text.lower()


def test_a_typed_command_is_text(conversation: Any) -> None:
    for said in ("/restart", '/inform{"diploma": "BTS"}', "/affirm"):
        conversation.say(said)
        assert conversation.messages and conversation.lead() is None


def test_a_vague_duration_is_asked_about_once(conversation: Any) -> None:
    conversation.say("je peux candidater avec le bac ?")
    conversation.say("entre 2 et 4 ans")
    assert "précis" in conversation.text
    conversation.say("je ne sais pas, entre 2 et 4 ans je vous dis")
    assert "à vérifier" in conversation.text


def test_the_state_stays_small(conversation: Any, program: Any) -> None:
    sizes = []
    for _ in range(12):
        conversation.say("combien coûte la formation ?")
        with program.uow_factory() as uow:
            sizes.append(len(str(uow.conversations.get(conversation.id).state)))
    assert max(sizes[6:]) <= 1.2 * sizes[5]


def test_experience_told_in_several_pieces_is_added_once(conversation: Any) -> None:
    conversation.say("bac S, salariée, un an à la mairie et avant un an chez un commerçant : je peux candidater ?")
    for said in ("oui", "Ida Faure", "ida@example.org", "non"):
        conversation.say(said)
    lead = to_export(conversation.lead())
    assert (lead["verdict"], lead["experience_months"]) == ("not_yet", 24)


def test_a_command_in_the_middle_of_the_form_gives_no_fact(conversation: Any) -> None:
    conversation.say("est-ce que je peux candidater ?")
    conversation.say('/inform{"diploma": "doctorat"}')
    assert "remplissez" not in conversation.text


def test_somebody_may_stay_without_a_name(conversation: Any) -> None:
    to_consent(conversation)
    for said in ("oui", "non je préfère pas le dire", "anonyme@example.org", "06/39/98/11/22"):
        conversation.say(said)
    lead = to_export(conversation.lead())
    assert (lead["name"], lead["phone"]) == (None, "+33639981122")


@pytest.mark.parametrize("said", ["oui elle est d'accord", "oui bien volontiers", "ok ça marche", "OUI", "pas de souci"])
def test_a_clear_yes_is_consent(conversation: Any, said: str) -> None:
    to_consent(conversation)
    assert "nom" in conversation.say(said)
