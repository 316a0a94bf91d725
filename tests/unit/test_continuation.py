"""A short message is read in the light of the last topic; one that says what it is about stands alone."""

from __future__ import annotations

from typing import Any

import pytest

from bot.services.continuation import may_continue, names_something, read_in_context, stay_with_topic, subject_of_topic, what_was_meant


def parse(text: str, *readings: tuple[str, float], fallback: bool = False, **more: Any) -> dict[str, Any]:
    ranking = [{"name": name, "confidence": confidence} for name, confidence in readings]
    intent = {"name": "nlu_fallback", "confidence": 0.6} if fallback else ranking[0]
    return {"text": text, "intent": intent, "intent_ranking": ranking, "entities": [], "segments": [], **more}


def test_a_topic_is_named_by_its_title_without_what_explains_it() -> None:
    assert subject_of_topic({"intent": "ask_vae"}, "La VAE : valider son expérience") == "La VAE"
    assert subject_of_topic({"intent": "ask_block_content", "block": 3}, "Le contenu d'un bloc") == "Le contenu d'un bloc, bloc 3"
    assert subject_of_topic({"intent": "ask_competence"}, "Une matière en particulier") == "Les matières des blocs"


@pytest.mark.parametrize("topic", [None, {}, {"intent": None}, {"intent": "greet"}])
def test_nothing_goes_on_when_nothing_was_asked(topic: dict[str, Any] | None) -> None:
    assert subject_of_topic(topic, "Bonjour") is None


@pytest.mark.parametrize(("text", "names"), [
    ("et ca se passe comment", False), ("ils sont combien", False), ("et qui les voit", False), ("c avec ki", False), ("😀 ?", False), ("et en 2024 ?", False),
    ("et le salaire", True), ("y a des rattrapages", True), ("et les dates ?", True),
])
def test_a_message_of_pronouns_names_nothing(text: str, names: bool) -> None:
    assert names_something(text) is names


def test_a_message_without_words_of_its_own_is_about_the_last_topic() -> None:
    alone = parse("et ils sont combien", ("ask_capacity", 0.7), ("ask_jury", 0.01))
    after = parse("Le jury : et ils sont combien", ("ask_jury", 0.99))
    assert read_in_context(alone, after)["intent"]["name"] == "ask_jury"


def test_a_message_that_names_another_topic_leaves_the_last_one() -> None:
    alone = parse("et les dates ?", ("ask_start_date", 0.89), ("ask_deadline", 0.1))
    after = parse("Le prix : et les dates ?", ("ask_price", 0.79), ("ask_start_date", 0.21))
    assert read_in_context(alone, after) == alone


def test_a_doubt_is_lifted_by_the_last_topic() -> None:
    alone = parse("donc pareil qu'un autre", ("ask_other_providers", 0.2), ("ask_level", 0.1), fallback=True)
    decided = read_in_context(alone, parse("…", ("ask_level", 0.98)))
    assert decided["intent"]["name"] == decided["intent_ranking"][0]["name"] == "ask_level"


def test_a_doubt_that_the_last_topic_does_not_lift_stays() -> None:
    alone = parse("machin truc", ("ask_price", 0.2), ("ask_jobs", 0.19), fallback=True)
    assert read_in_context(alone, parse("…", ("out_of_scope", 0.9))) == alone


def test_an_internship_after_the_years_of_experience_is_about_those_years() -> None:
    alone = parse("et un stage ?", ("ask_internship", 1.0), segments=[{"text": "et un stage ?", "name": "ask_internship", "confidence": 1.0, "question": True}])
    decided = stay_with_topic(alone, {"intent": "ask_experience_required"})
    assert decided is not None
    assert decided["intent"]["name"] == decided["segments"][0]["name"] == "ask_experience_required"


@pytest.mark.parametrize(("message", "form", "may"), [
    (parse("et lui ?", ("ask_jury", 0.4)), None, True),
    (parse("et lui ?", ("ask_jury", 0.4), fallback=True), None, True),
    (parse("et lui ?", ("ask_jury", 0.4), fallback=True), "prescreening_form", False),  # an answer to the form's question
    (parse("le foot ce soir", ("out_of_scope", 0.8), fallback=True), None, False),
    (parse("et lui ?", ("follow_up", 0.99)), None, False),  # the topic goes on as it is
    (parse("et lui ?", ("follow_up", 0.4)), None, True),
    (parse("le siret de l'organisme", ("ask_certifier", 0.8)), None, False),
    (parse("et le site web", ("ask_source", 0.8)), None, True),
    (parse("merci", ("thank", 0.5)), None, False),
    (parse("le prix ?", ("ask_price", 0.99)), None, False),
    (parse("et le bts ?", ("ask_level", 0.5), entities=[{"entity": "diploma"}]), None, False),
    (parse("un deux trois quatre cinq six sept huit neuf dix", ("ask_price", 0.5)), None, False),
    (parse("qui ? quand ?", ("ask_jury", 0.5), segments=[{}, {}]), None, False),
])
def test_only_a_short_question_in_doubt_may_go_on(message: dict[str, Any], form: str | None, may: bool) -> None:
    assert may_continue(message, form) is may


@pytest.mark.parametrize(("text", "meant"), [
    ("non je voulais dire le jury de la vae", "le jury de la vae"), ("Non, celui du bloc 2", "celui du bloc 2"), ("ah nan je parlais des oraux", "oraux"),
    ("non", None), ("non merci", None), ("non rien d'autre", None), ("je voulais dire bonjour", None),
])
def test_what_follows_a_no_may_be_what_was_meant(text: str, meant: str | None) -> None:
    assert what_was_meant(text) == meant


def test_a_question_read_surely_leaves_every_other_topic() -> None:
    assert not may_continue(parse("et un stage ?", ("ask_internship", 1.0)), None)
    assert stay_with_topic(parse("et un stage ?", ("ask_internship", 1.0)), {"intent": "ask_price"}) is None
