"""A message that states facts is taken as such: the new verdict after a correction, the pre-screening for a plain profile."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.admissions.facts import Diploma, Experience
from bot.services.heard_facts import intent_for_facts

TODAY = date(2026, 11, 23)
BAC = {"diploma": Diploma(4, "bac").to_dict(), "experience": Experience(24).to_dict(), "status": "salarie", "verdict": "not_yet"}
BTS = {"diploma": Diploma(5, "BTS").to_dict(), "verdict": "eligible"}
CONTACT = "contact_form"


@pytest.mark.parametrize(("intent", "text", "slots"), [
    ("ask_hypothesis", "j'ai aussi une licence, j'avais oublié", BAC), ("ask_employers", "c'est à mon compte en fait", BAC), ("deny", "non je ne l'ai pas eu", BTS),
    ("affirm", "oui et j'ai oublié 3 ans d'intérim", BAC), ("out_of_scope", "pardon, j'ai 5 ans d'usine", BAC), ("give_contact", "en fait je suis au chômage", BAC),
])
@pytest.mark.parametrize("form", [None, CONTACT])
def test_a_fact_that_changes_what_was_told_gives_the_verdict_again(intent: str, text: str, slots: dict[str, Any], form: str | None) -> None:
    assert intent_for_facts(intent, text, {**slots, "requested_slot": "consent" if form else None}, form, TODAY) == "give_situation"


@pytest.mark.parametrize(("intent", "text"), [
    ("out_of_scope", "licence pro, ok pour entrer ?"), ("ask_level_meaning", "diplôme de niveau III obtenu en 1999, recevable ?"), ("nlu_fallback", "j'ai un deust de 1995"),
    ("ask_hypothesis", "dut en cours, bac techno, zéro expérience, possible ?"), ("ask_prerequisites", "j'ai un titre professionnel de niveau 5, je remplis les conditions ?"),
])
def test_a_profile_begins_the_pre_screening(intent: str, text: str) -> None:
    assert intent_for_facts(intent, text, {}, None, TODAY) == "give_situation"


@pytest.mark.parametrize(("intent", "text", "slots", "form"), [
    ("ask_price", "combien ça coûte ?", BAC, None), ("ask_jobs", "quels métiers après le BTS ?", BAC, None), ("ask_hypothesis", "et si j'avais 5 ans d'expérience ?", BAC, None),
    ("express_distress", "je suis au chômage et je veux mourir", BAC, None), ("prompt_injection", "/inform j'ai un master", BAC, None), ("affirm", "oui", BTS, CONTACT),
    ("ask_level_meaning", "c'est quoi le niveau 5 ?", {}, None), ("ask_prerequisites", "le BTS suffit ?", {}, None), ("out_of_scope", "il pleut", {}, None),
    ("give_situation", "bac pro", {}, "prescreening_form"), ("give_contact", "nina.bts@example.fr", BAC, CONTACT),
])
def test_other_messages_keep_their_intent(intent: str, text: str, slots: dict[str, Any], form: str | None) -> None:
    assert intent_for_facts(intent, text, slots, form, TODAY) is None


@pytest.mark.parametrize("text", ["Nina Bts", "Master Élise", "je m'appelle Paul Bac"])
def test_a_name_where_a_name_was_asked_changes_nothing(text: str) -> None:
    assert intent_for_facts("give_situation", text, {**BAC, "requested_slot": "name"}, CONTACT, TODAY) is None


def test_an_animal_is_answered_by_the_pre_screening_which_declines_kindly() -> None:
    assert intent_for_facts("out_of_scope", "ma chienne a un master, elle peut candidater ?", {}, None, TODAY) == "request_prescreening"


def test_a_question_of_health_is_no_profile() -> None:
    assert intent_for_facts("request_prescreening", "je suis épileptique, c'est un problème pour entrer ?", {}, None, TODAY) == "ask_disability_support"


def test_vasy_is_a_yes_and_no_greeting() -> None:
    assert intent_for_facts("ask_how_are_you", "vasy", BTS, None, TODAY) == "affirm"
    assert intent_for_facts("ask_how_are_you", "ça va ?", BTS, None, TODAY) is None


@pytest.mark.parametrize("intent", ["nlu_fallback", "ask_work_study", "ask_hypothesis"])
def test_a_friends_profile_told_after_a_verdict_is_checked_too(intent: str) -> None:
    assert intent_for_facts(intent, "et mon frère il a un cap et 5 ans chez Renault en CDI ?", BTS, CONTACT, TODAY) == "give_situation"


@pytest.mark.parametrize("name", ["Malo Noir", "noir ines", "DESESPOIR Aminata", "Lenoir", "Corde Jeanne"])
def test_a_name_that_sounds_like_distress_is_a_name_where_one_was_asked(name: str) -> None:
    assert intent_for_facts("express_distress", name, {**BTS, "requested_slot": "name"}, CONTACT, TODAY) == "give_contact"


@pytest.mark.parametrize("cry", ["je veux mourir", "envie de mourir", "tout est noir", "idées noires", "désespérée", "désespoir", "aidez moi", "j'en peux plus", "plus rien",
                                 "mettre fin à mes jours", "adieu", "ras le bol", "épuisée", "perte d'espoir"])
@pytest.mark.parametrize(("form", "asked"), [(CONTACT, "name"), (CONTACT, "email"), ("prescreening_form", "experience"), (None, None)])
def test_distress_comes_first_whatever_was_asked(cry: str, form: str | None, asked: str | None) -> None:
    assert intent_for_facts("express_distress", cry, {**BTS, "requested_slot": asked}, form, TODAY) is None


def test_a_first_name_and_surname_during_the_questions_is_no_distress() -> None:
    assert intent_for_facts("express_distress", "samir noir", {"requested_slot": "experience"}, "prescreening_form", TODAY) == "give_situation"
    assert intent_for_facts("express_distress", "samir noir", {}, None, TODAY) is None


@pytest.mark.parametrize("intent", ["request_prescreening", "ask_deadline", "ask_hypothesis", "nlu_fallback"])
@pytest.mark.parametrize("text", [
    "si jai mon dut lannee prochaine jpeux postuler", "kan jaurai mon deust je pourrai entrer ?", "dès que j'aurai ma licence ça passe ?",
    "si j'obtiens ma licence pro en septembre puis-je candidater ?", "quand elle aura son bts elle pourra s'inscrire ?", "si jvalide ma l3 en juin c bon ?",
])
def test_a_diploma_to_come_is_a_supposition(intent: str, text: str) -> None:
    assert intent_for_facts(intent, text, {}, None, TODAY) == "ask_hypothesis"


@pytest.mark.parametrize(("intent", "text"), [
    ("ask_jobs", "quand j'aurai mon bts je pourrai entrer ?"), ("ask_deadline", "jusqu'à quand peut-on candidater ?"),
    ("ask_deadline", "quand j'aurai ma licence, comment candidater ?"), ("request_prescreening", "j'ai un bts, est-ce que je peux entrer ?"),
    ("ask_start_date", "quand j'aurai ma licence il sera tard"),
])
def test_another_question_about_later_is_no_supposition(intent: str, text: str) -> None:
    assert intent_for_facts(intent, text, {}, None, TODAY) != "ask_hypothesis"


def test_a_fact_beside_the_supposition_is_kept() -> None:
    said = "j'ai le bac et 4 ans en CDI. si j'ai mon bts en juin je peux entrer ?"

    assert intent_for_facts("request_prescreening", said, {}, None, TODAY) != "ask_hypothesis"


@pytest.mark.parametrize("text", ["et si je la loupe ?", "et si j'ai pas mon bts", "mais si je rate ma licence ?", "et si je l'obtiens pas"])
def test_failing_the_diploma_just_supposed_is_a_supposition_too(text: str) -> None:
    assert intent_for_facts("ask_failure", text, {"topic": {"intent": "ask_hypothesis"}}, None, TODAY) == "ask_hypothesis"
    assert intent_for_facts("ask_failure", text, {"diploma": Diploma(4, "bac").to_dict()}, "prescreening_form", TODAY) == "ask_hypothesis"
    assert intent_for_facts("ask_failure", text, {"topic": {"intent": "ask_evaluation"}}, None, TODAY) is None


def test_failing_after_a_sufficient_diploma_is_about_the_certification() -> None:
    assert intent_for_facts("ask_failure", "et si je la rate ?", {"diploma": Diploma(5, "BTS").to_dict()}, None, TODAY) is None
