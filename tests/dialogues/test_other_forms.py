"""Answers and suppositions in another form than the one expected: a diploma to come, an internship, the course's own length."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("said", ["je la valide en juin", "je l'aurai en juin", "je la termine cette année"])
def test_a_diploma_to_come_is_noted_and_the_question_asked_again(new_conversation: Any, said: str) -> None:
    conversation = new_conversation()
    conversation.say("je suis en L2, je peux venir ?")

    answered = conversation.say(said)

    assert "tant que ce diplôme n'est pas obtenu" in answered and "travaillé en tout" in answered


@pytest.mark.parametrize("said", ["il pourra s'inscrire ?", "donc il peut candidater ?", "ça passe ?"])
def test_whether_one_may_enter_is_what_is_being_checked(new_conversation: Any, said: str) -> None:
    conversation = new_conversation()
    conversation.say("mon fils a le bac, il peut entrer ?")

    assert "ce que nous vérifions" in conversation.say(said)


def test_the_course_spread_over_two_years_is_no_experience(new_conversation: Any) -> None:
    conversation = new_conversation()
    conversation.say("j'ai le bac et 4 ans chez Leclerc en CDI, je peux entrer ?")

    assert "ne seraient pas encore réunies" not in conversation.say("et si je veux étaler sur 2 ans ?")


def test_a_supposed_service_civique_is_answered(new_conversation: Any) -> None:
    conversation = new_conversation()
    conversation.say("je suis en terminale, je peux venir après ?")

    answered = conversation.say("et avec un service civique de 8 mois ça aide ?")

    assert "Dans ce cas," in answered and "il me faudrait encore savoir" not in answered


def test_a_length_supposed_after_talk_of_entry_is_somebodys_with_the_bac(new_conversation: Any) -> None:
    conversation = new_conversation()
    conversation.say("il faut quel diplôme pour entrer ?")

    assert "ne seraient pas encore réunies" in conversation.say("si j'ai 2 ans et 10 mois ça passe")


@pytest.mark.parametrize(("said", "then"), [
    ("si jai mon dut lannee prochaine jpeux postuler ?", "et si je le loupe"), ("kan jaurai ma licence je pourrai minscrire", "et si je l'ai pas ?"),
    ("dès que j'aurai mon deug je pourrai candidater ?", "et si je rate mon deug ?"),
])
def test_a_diploma_to_come_is_supposed_and_never_noted(new_conversation: Any, said: str, then: str) -> None:
    conversation = new_conversation()

    assert "les conditions pour candidater seraient remplies" in conversation.say(said)
    assert "le dernier diplôme obtenu qui compte" in conversation.say(then)
    assert "travaillé en tout" in conversation.say("j'ai le bac, je peux entrer ?")


@pytest.mark.parametrize("name", ["Ines Noir", "noir malo", "Desespoir Aminata"])
def test_a_name_that_sounds_like_distress_goes_with_the_lead(new_conversation: Any, name: str) -> None:
    conversation = new_conversation()
    for text in ("j'ai un bts, je peux entrer ?", "oui", name, "ines@example.fr", "non"):
        assert "3114" not in conversation.say(text)

    assert conversation.lead().contact.name.lower() == name.lower()


def test_the_name_is_asked_again_after_an_interruption_and_taken_later(new_conversation: Any) -> None:
    conversation = new_conversation()
    for text in ("j'ai un bts, je peux entrer ?", "oui", "combien de blocs ?"):
        conversation.say(text)

    assert "quel nom" in conversation.say("ines@example.fr")
    assert "numéro de téléphone" in conversation.say("non")
    assert "Ines Petit" in conversation.say("Ines Petit")
    conversation.say("non")
    assert conversation.lead().contact.name == "Ines Petit"
