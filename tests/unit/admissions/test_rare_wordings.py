"""Wordings met once in a hundred conversations: each takes a path of the parsers that no other test takes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from bot.admissions.durations import read_experience
from bot.admissions.eligibility_rules import Rules
from bot.admissions.errors import KnowledgeError
from bot.admissions.facts import Diploma, Experience, Situation, SituationUpdate, Status
from bot.admissions.levels import read_diploma
from bot.admissions.numbers import read_cardinal
from bot.admissions.reading import read_situation, speaks_for_someone_else
from tests.unit.admissions.notation import TODAY, write_diploma, write_experience


@pytest.mark.parametrize(("sentence", "expected"), [
    ("61 ans d'expérience", "-"),  # longer than a working life
    ("entre 5 et 2 ans d'expérience", "-"),  # reversed
    ("il me manque 3 ans pour faire 6 mois", "-"),
    ("2 ans trois quarts de travail", "33"),
    ("2 ans dont 4 ans de stage", "-"),  # the part is longer than the whole
    ("vendeur de 2010 à 2015 et 2 ans de caissier dont 3 ans de stage", "84"),
    ("2 ans de vente, secrétaire depuis 2019", "107..118"),
    ("je travaille depuis 95", "371..382"),
])
def test_an_odd_duration_is_read_or_left(sentence: str, expected: str) -> None:
    assert write_experience(read_experience(sentence, today=TODAY)) == expected


@pytest.mark.parametrize(("answer", "expected"), [("60", "60"), ("vous demandez 3 ans d'expérience", "-")])
def test_an_odd_answer_to_the_question_on_experience(answer: str, expected: str) -> None:
    assert write_experience(read_experience(answer, True, TODAY)) == expected


@pytest.mark.parametrize(("sentence", "expected"), [
    ("niveau école de commerce", "-"),
    ("titre professionnel niveau III en cours", "-"),
    ("j'ai pas eu mon titre professionnel comptable", "-"),
    ("pas de bac +2", "-"),
    ("école de commerce en cours", "4"),
    ("j'ai raté aide-soignant", "0"),
    ("un bts stoppé", "4"),
    ("niveau V soit niveau 3", "3"),
    ("j'ai un bac. Non pardon un BTS", "5"),
])
def test_an_odd_diploma_is_read_or_left(sentence: str, expected: str) -> None:
    assert write_diploma(read_diploma(sentence)) == expected


def test_an_equivalent_of_a_diploma_leaves_the_level_to_a_person() -> None:
    assert write_diploma(read_diploma("un équivalent du BTS", asked=True)) == "indéterminé"


@pytest.mark.parametrize(("sentence", "expected"), [("j'ai avoir mon bac", "4"), ("j'ai pas avoir mon bac", "0 +sans-diplôme")])
def test_an_infinitive_written_for_a_participle(sentence: str, expected: str) -> None:
    assert write_diploma(read_situation(sentence, None, TODAY, Situation()).diploma) == expected


def test_a_second_diploma_keeps_the_doubt_of_the_first_while_it_may_matter() -> None:
    known = Situation(Diploma(3, "CAP", foreign=True))

    assert read_situation("j'ai aussi un bac", None, TODAY, known).diploma == Diploma(4, "bac", foreign=True)
    assert read_situation("j'ai aussi un BTS", None, TODAY, known).diploma == Diploma(5, "BTS")


def test_an_internship_told_later_leaves_the_months_of_work() -> None:
    known = Situation(experience=Experience(months=24))

    told = read_situation("j'ai fait 6 mois de stage", None, TODAY, known)

    assert told.experience == Experience(months=24, uncounted_kind="stage", uncounted_months=6)


def test_words_that_are_no_number_give_none() -> None:
    assert read_cardinal(["deux", "chat"]) is None


def test_what_a_message_says_of_each_fact_becomes_a_slot() -> None:
    told = read_situation("j'ai un bac, 4 ans de travail, je suis salarié", None, TODAY, Situation())

    assert told.to_slots() == {
        "diploma": Diploma(4, "bac").to_dict(), "experience": Experience(48).to_dict(), "status": Status.SALARIE.value,
    }


def test_a_rule_without_its_text_is_named(rules_data: dict[str, Any]) -> None:
    data = deepcopy(rules_data)
    rule_id = next(iter(data["textes"]))
    del data["textes"][rule_id]

    with pytest.raises(KnowledgeError, match=rule_id):
        Rules.from_mapping(data)


def test_an_unknown_key_of_a_rules_text_is_named(rules_data: dict[str, Any]) -> None:
    data = deepcopy(rules_data)
    next(iter(data["textes"].values()))["couleur"] = "bleu"

    with pytest.raises(KnowledgeError, match="couleur"):
        Rules.from_mapping(data)


def test_two_diplomas_joined_by_or_are_read_by_the_surer_one() -> None:
    assert write_diploma(read_diploma("un BTS ou un CAP je sais plus")) == "5"


def test_a_mayor_who_asks_for_someone_else_tells_their_own_mandate() -> None:
    assert read_situation("maire", None, TODAY, Situation(), for_someone_else=True).changed == ()


@pytest.mark.parametrize("update", [SituationUpdate(), SituationUpdate(status_unknown=True)])
def test_only_what_changed_becomes_a_slot(update: SituationUpdate) -> None:
    assert set(update.to_slots()) == set(update.changed)


@pytest.mark.parametrize("question", ["la comptabilité publique est-elle au programme ?", "le droit est-il enseigné ?", "le jury est-il public ?"])
def test_a_question_about_a_matter_is_not_about_somebody(question: str) -> None:
    assert not speaks_for_someone_else(question)


@pytest.mark.parametrize("question", ["est-elle éligible ?", "ma fille est-elle éligible ?", "peut-elle candidater ?"])
def test_a_question_about_her_is(question: str) -> None:
    assert speaks_for_someone_else(question)
