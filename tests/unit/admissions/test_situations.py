"""One message may give several facts; what is known before decides how a new mention is taken."""

from __future__ import annotations

import pytest

from bot.admissions.facts import Ambiguity, Diploma, Experience, Situation, Status
from bot.admissions.levels_vocabulary import LEVEL_LABELS
from bot.admissions.reading import read_situation, speaks_for_someone_else
from tests.unit.admissions.notation import TODAY, phrases, write_diploma, write_experience, write_status


def _asked(sentence: str) -> tuple[str | None, str]:
    for fact in ("diploma", "experience", "status"):
        if sentence.startswith(f"[{fact}] "):
            return fact, sentence.removeprefix(f"[{fact}] ")
    return None, sentence


@pytest.mark.parametrize(("_", "sentence", "expected"), [*phrases("situations.txt"), *phrases("situations_lettres.txt"), *phrases("situations_messages.txt"), *phrases("situations_parlees.txt"),
    *phrases("situations_voisines.txt"), *phrases("situations_candidats.txt"), *phrases("situations_cas.txt"), *phrases("situations_lieux.txt"), *phrases("situations_statuts.txt"), *phrases("situations_niveaux.txt")])
def test_a_message_gives_all_its_facts(_: bool, sentence: str, expected: str) -> None:
    asked, text = _asked(sentence)

    update = read_situation(text, asked, TODAY, Situation())

    facts = [write_diploma(update.diploma), write_experience(update.experience), write_status(update.status, update.status_unknown)]
    if speaks_for_someone_else(text):
        facts.append("autre personne")
    assert " | ".join(facts) == expected


@pytest.mark.parametrize("text", [
    "est-ce que le BTS suffit ?", "et si j'avais 5 ans d'expérience ?", "faut-il être salarié ?", "quels sont les prérequis ?",
    "c'est quoi le niveau 5 ?", "vous demandez combien d'années d'expérience ?", "bonjour", "merci beaucoup", "",
])
def test_questions_and_hypotheses_change_nothing(text: str) -> None:
    assert read_situation(text, None, TODAY, Situation()).changed == ()


def test_a_correction_replaces_what_was_known() -> None:
    known = Situation(Diploma(5, "BTS"), Experience(96), Status.SALARIE)

    updated = read_situation("non, en fait j'ai 2 ans d'expérience", None, TODAY, known).apply_to(known)

    assert updated == Situation(Diploma(5, "BTS"), Experience(24), Status.SALARIE)


@pytest.mark.parametrize(("text", "months"), [("non pardon 4 ans pas 3", 48), ("j'ai dit 3 ans mais c'est plutôt 30 mois", 30), ("en fait deux ans", 24)])
def test_a_corrected_figure_needs_no_word_of_work(text: str, months: int) -> None:
    known = Situation(Diploma(4, "bac"), Experience(36), Status.SALARIE)

    assert read_situation(text, None, TODAY, known).apply_to(known).experience == Experience(months)


@pytest.mark.parametrize("text", ["non", "non je n'ai pas de BTS", "pardon", "en fait je suis au chômage"])
def test_a_correction_of_something_else_leaves_the_experience(text: str) -> None:
    known = Situation(Diploma(4, "bac"), Experience(36), Status.SALARIE)

    assert read_situation(text, None, TODAY, known).apply_to(known).experience == Experience(36)


def test_a_diploma_that_turns_out_not_obtained_lowers_the_level() -> None:
    known = Situation(Diploma(5, "BTS"))

    updated = read_situation("finalement je n'ai pas eu mon BTS", None, TODAY, known).apply_to(known)

    assert updated.diploma == Diploma(4, "bac")


def test_a_lower_diploma_named_in_passing_does_not_lower_the_level() -> None:
    known = Situation(Diploma(6, "licence"))

    assert read_situation("depuis mon bac je travaille", None, TODAY, known).diploma is None


def test_a_second_job_told_later_adds_up() -> None:
    known = Situation(experience=Experience(24))

    updated = read_situation("et avant ça j'ai fait 2 ans chez Carrefour", None, TODAY, known).apply_to(known)

    assert updated.experience == Experience(48)


@pytest.mark.parametrize("text", ["j'avais oublié 2 ans à la poste avant", "j'ai oublié 2 ans d'intérim", "et en plus 2 ans au pressing", "ah et aussi 2 ans de caisse"])
def test_a_job_forgotten_adds_up(text: str) -> None:
    known = Situation(experience=Experience(24))

    assert read_situation(text, None, TODAY, known).apply_to(known).experience == Experience(48)


@pytest.mark.parametrize("text", ["5 ans vendeur salarié", "j'ai été fonctionnaire 3 ans", "avant 4 ans en CDI chez Leclerc", "8 ans à mon compte", "secrétaire salariée pendant 6 ans"])
@pytest.mark.parametrize("asked", [None, "experience"])
def test_a_past_job_leaves_the_status_that_was_told(text: str, asked: str | None) -> None:
    known = Situation(Diploma(4, "bac"), None, Status.DEMANDEUR_EMPLOI)

    assert read_situation(text, asked, TODAY, known).apply_to(known).status is Status.DEMANDEUR_EMPLOI


@pytest.mark.parametrize(("text", "status"), [
    ("en fait je suis en CDI", Status.SALARIE), ("non pardon je suis retraité", Status.RETRAITE), ("maintenant je suis à mon compte", Status.INDEPENDANT), ("je viens de signer un CDD", Status.SALARIE),
    ("depuis lundi je travaille en mairie", Status.SALARIE),
])
def test_a_status_said_of_today_replaces_the_one_told_before(text: str, status: Status) -> None:
    known = Situation(Diploma(4, "bac"), None, Status.DEMANDEUR_EMPLOI)

    assert read_situation(text, None, TODAY, known).apply_to(known).status is status


def test_a_mandate_told_before_is_kept_beside_paid_work() -> None:
    known = read_situation("je suis élu depuis 2014", None, TODAY, Situation()).apply_to(Situation())

    updated = read_situation("2 ans", "experience", TODAY, known).apply_to(known)

    assert write_experience(updated.experience) == "24 (148 mandat)"


@pytest.mark.parametrize(("answer", "level"), [("le BTS", 5), ("un CAP", 3), ("le premier", 5), ("le deuxième", 3)])
def test_the_answer_to_which_diploma_settles_the_level(answer: str, level: int) -> None:
    known = Situation(Ambiguity("niveau 3", (Diploma(5, "BTS"), Diploma(3, "CAP"))))

    assert read_situation(answer, "diploma", TODAY, known).diploma == Diploma(level, "BTS" if level == 5 else "CAP")


@pytest.mark.parametrize("level", [0, 3, 4, 5, 6, 7, 8])
def test_the_words_offered_for_a_level_are_understood_as_an_answer(level: int) -> None:
    known = Situation(Ambiguity("niveau 3", (Diploma(5, "BTS"), Diploma(3, "CAP"))))

    answer = read_situation(f"J'ai {LEVEL_LABELS[level]}", "diploma", TODAY, known).diploma

    assert isinstance(answer, Diploma)
    assert answer.level == level


def test_a_second_unclear_answer_leaves_the_level_to_a_person() -> None:
    known = Situation(Ambiguity("niveau 3", (Diploma(5, "BTS"), Diploma(3, "CAP"))))

    assert read_situation("niveau 3 je vous dis", "diploma", TODAY, known).diploma == Diploma(label="niveau 3", level_unknown=True)


@pytest.mark.parametrize(("answer", "months", "straddles"), [
    ("plus de 3 ans", 36, False), ("oui plus", 36, False), ("moins", 24, False), ("oui", 24, True), ("3 ans et demi", 42, False), ("30 mois", 30, False), ("entre 2 et 4 ans", 24, True), ("je ne sais pas", 24, True),
])
def test_a_range_is_made_precise_once(answer: str, months: int, straddles: bool) -> None:
    known = Situation(experience=Experience(24, 24, 48))

    experience = read_situation(answer, "experience", TODAY, known).apply_to(known).experience

    assert experience is not None
    assert experience.straddles(36) == straddles
    assert experience.unknown or experience.months == months
    assert not straddles or experience.asked_again


def test_not_knowing_is_recorded_only_for_the_fact_asked() -> None:
    update = read_situation("je ne sais pas", "experience", TODAY, Situation())

    assert update.experience == Experience(unknown=True)
    assert update.changed == ("experience",)


@pytest.mark.parametrize(("text", "expected"), [
    ("ma fille voudrait s'inscrire", True), ("c'est pour un ami", True), ("mon secrétaire peut-il candidater ?", True), ("elle voudrait savoir", True),
    ("je me renseigne pour mon mari", True), ("notre agent a un bac pro, c'est possible ?", True), ("mon fils a 20 ans et un bac S", True),
    ("je suis maman de deux enfants", False), ("ma collègue m'a parlé de vous", False), ("j'ai un BTS", False), ("ma fille a 3 ans", False),
    ("mon maire veut que je passe ce diplôme", False), ("mon mari travaille, moi j'ai un bac", False), ("je voudrais candidater", False),
])
def test_asking_for_somebody_else_is_recognised(text: str, expected: bool) -> None:
    assert speaks_for_someone_else(text) is expected


@pytest.mark.parametrize(("text", "months"), [
    ("j ai 42 ans et 2 ans de travail", 24), ("j ai 51 ans et 10 ans d expérience", 120), ("j ai 38 ans et j ai travaillé 4 ans", 48),
])
def test_an_apostrophe_typed_as_a_space_is_read(text: str, months: int) -> None:
    update = read_situation(text, "experience", TODAY, Situation())
    assert update.experience is not None and update.experience.months == months


def test_the_mandate_of_the_mayor_who_asks_is_not_the_secretarys_status() -> None:
    asked = "Maire d'une petite commune, je voudrais vérifier si ma secrétaire peut candidater."
    assert speaks_for_someone_else(asked)
    assert read_situation(asked, None, TODAY, Situation()).status is not Status.ELU


@pytest.mark.parametrize("text", ["en fait je suis à mon compte depuis avril", "depuis le mois dernier je suis auto-entrepreneuse"])
def test_a_new_status_since_a_date_leaves_the_years_told_before(text: str) -> None:
    known = Situation(Diploma(4, "bac"), Experience(72), Status.SALARIE)

    updated = read_situation(text, None, TODAY, known).apply_to(known)

    assert (updated.experience, updated.status) == (Experience(72), Status.INDEPENDANT)
