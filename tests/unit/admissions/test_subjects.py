"""Nobody pre-screens an animal, a small child or somebody who died; numbers and health details are noticed."""

from __future__ import annotations

import pytest

from bot.admissions.facts import Situation
from bot.admissions.reading import changes_person, read_situation
from bot.admissions.sensitive_data import Sensitive, find_sensitive
from bot.admissions.subjects import cannot_apply, is_mourning
from tests.unit.admissions.notation import TODAY


@pytest.mark.parametrize("text", [
    "ma chienne a un BTS, elle peut candidater ?", "mon perroquet a 10 ans d'expérience", "mon fils de 4 ans a un master, il peut candidater ?",
    "ma grand-mère est décédée, elle avait le bac, elle peut postuler ?", "mon bébé a un doctorat", "mon doudou possède une licence",
])
def test_a_subject_that_cannot_apply_states_no_fact(text: str) -> None:
    assert cannot_apply(text)
    assert read_situation(text, None, TODAY, Situation()).changed == ()


@pytest.mark.parametrize("text", [
    "ma fille de 19 ans a le bac, elle peut candidater ?", "ma femme a 12 ans de mairie, elle est éligible ?", "mon père est mort et j'ai un bac", "j'élève des vaches, j'ai le bac",
    "ma fille a 3 ans d'expérience et un BTS, elle peut candidater ?", "je travaille chez un vétérinaire", "mon fils a 16 ans, il peut entrer après le bac ?",
])
def test_people_are_taken_seriously(text: str) -> None:
    assert not cannot_apply(text)


@pytest.mark.parametrize(("text", "kind"), [
    ("ma sécu c'est 1 85 05 78 006 084 36", Sensitive.NUMBER), ("185057800608436", Sensitive.NUMBER), ("ma carte 4970 1012 3456 7890", Sensitive.NUMBER),
    ("FR76 3000 6000 0112 3456 7890 189", Sensitive.NUMBER), ("je suis épileptique, c'est gênant ?", Sensitive.HEALTH), ("j'ai un cancer", Sensitive.HEALTH),
    ("06 39 98 11 22", None), ("de 2010 à 2019 puis 2021", None), ("mon SIRET 19870669900321", None), ("quels aménagements pour un handicap ?", None), ("je suis secrétaire", None),
])
def test_what_should_not_be_typed_is_noticed(text: str, kind: Sensitive | None) -> None:
    assert find_sensitive(text) is kind


@pytest.mark.parametrize(("text", "mourning"), [
    ("ma grand-mère est décédée, elle avait le bac, elle peut postuler ?", True), ("feu mon chien avait un BTS", False), ("mon perroquet a 10 ans d'expérience", False),
])
def test_who_speaks_of_a_dead_person_is_answered_with_respect(text: str, mourning: bool) -> None:
    assert is_mourning(text) is mourning


@pytest.mark.parametrize(("text", "told_for_another", "changes"), [
    ("et moi ? j'ai un bac", True, True), ("elle a aussi un CAP", True, False), ("et ma sœur, elle a un BTS", False, True), ("ma fille a le bac", False, True),
    ("et j'ai aussi un BTS", False, False),
])
def test_facts_are_those_of_the_person_spoken_of(text: str, told_for_another: bool, changes: bool) -> None:
    assert changes_person(text, told_for_another) is changes
