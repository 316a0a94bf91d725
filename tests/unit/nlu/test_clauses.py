"""How a message is cut into the things it says."""

from __future__ import annotations

import time

import pytest

from bot.nlu.clauses import MOST_CLAUSES, is_question, split_clauses


@pytest.mark.parametrize(("text", "clauses"), [
    ("c'est combien ? et c'est quand ?", ["c'est combien ?", "et c'est quand ?"]),
    ("j'ai un bts. je peux ?", ["j'ai un bts.", "je peux ?"]),
    ("combien ça coûte, comment s'inscrire et où sont les cours", ["combien ça coûte", "comment s'inscrire", "où sont les cours"]),
    ("je suis agent. j'ai 3 ans d'expérience.", ["je suis agent.", "j'ai 3 ans d'expérience."]),
    ("une ligne\nune autre ligne", ["une ligne", "une autre ligne"]),
])
def test_a_message_that_says_several_things_is_cut(text: str, clauses: list[str]) -> None:
    assert [clause.text for clause in split_clauses(text)] == clauses


@pytest.mark.parametrize("text", ["oui", "c'est quoi le bloc 1 et le bloc 2", "j'ai un bac pro et un bts", "3.5 ans", "mon mail est a.b@example.fr", "Bonjour ! Merci."])
def test_a_message_that_says_one_thing_stays_whole(text: str) -> None:
    assert len(split_clauses(text)) == 1


@pytest.mark.parametrize("text", ["", "   ", "...", "?!", "😀"])
def test_a_message_without_words_has_no_clause(text: str) -> None:
    assert split_clauses(text) == []


@pytest.mark.parametrize("text", ["c'est combien", "vous êtes où ?", "je voudrais savoir si c'est payant", "combien de temps", "y a-t-il un stage", "C’est quoi", "et comment on fait"])
def test_a_question_is_known_by_its_words(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["j'ai un bts", "je suis au chômage", "merci beaucoup", "8 ans", "je m'appelle Odile"])
def test_a_statement_is_no_question(text: str) -> None:
    assert not is_question(text)


def test_a_long_letter_is_read_by_its_first_and_last_clauses() -> None:
    clauses = split_clauses(" ".join(f"voici la phrase numéro {number}." for number in range(30)))
    assert len(clauses) == MOST_CLAUSES
    assert "numéro 0." in clauses[0].text and "numéro 29." in clauses[-1].text


@pytest.mark.parametrize("text", ["et quel " * 125, "? " * 500, "et mais " * 125, "\n" * 1000, "a" + " " * 998 + "b", ", " * 500, "a" * 1000])
def test_a_hostile_text_is_cut_in_bounded_time(text: str) -> None:
    start = time.perf_counter()
    split_clauses(text)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(("text", "premises", "rest"), [
    ("puisque c'est ouvert aux apprentis, combien je touche ?", ["puisque c'est ouvert aux apprentis"], ["combien je touche ?"]),
    ("comme ça dure un an et que c'est gratuit, je m'inscris où ?", ["comme ça dure un an", "c'est gratuit"], ["je m'inscris où ?"]),
    ("c'est quoi comme diplôme ?", [], ["c'est quoi comme diplôme ?"]),
    ("comme j'ai un BTS, je peux entrer ?", [], ["comme j'ai un BTS, je peux entrer ?"]),
])
def test_what_is_taken_for_granted_is_cut_from_the_question(text: str, premises: list[str], rest: list[str]) -> None:
    clauses = split_clauses(text)
    assert [clause.text for clause in clauses if clause.premise] == premises
    assert [clause.text for clause in clauses if not clause.premise] == rest


def test_each_question_of_a_list_is_one() -> None:
    clauses = split_clauses("il faut quel diplôme, c'est noté comment, et le prix ?")
    assert [clause.text for clause in clauses if clause.question] == ["il faut quel diplôme", "c'est noté comment", "le prix ?"]


@pytest.mark.parametrize(("text", "asked"), [
    ("j'aimerais savoir quels métiers on vise, si c'est en alternance et qui note", ["j'aimerais savoir quels métiers on vise", "si c'est en alternance", "qui note"]),
    ("je souhaite connaître le tarif, les dates et le lieu", ["je souhaite connaître le tarif", "les dates", "le lieu"]),
    ("je voudrais savoir si le bloc 1 et le bloc 2 comptent", ["je voudrais savoir si le bloc 1 et le bloc 2 comptent"]),
    ("dites-moi sous quelle forme on passe l'oral, et à quelle date", ["dites-moi sous quelle forme on passe l'oral", "à quelle date"]),
    ("Merci de préciser : - les voies d'accès ; - le coût ; - le jury.", ["les voies d'accès", "le coût", "le jury"]),
    ("Bonjour. Mes questions : 1) la durée ; 2) le lieu. Je suis en Creuse.", ["la durée", "le lieu"]),
    ("c cb, ca commence kan", ["c cb", "ca commence kan"]),
    ("savoir gérer la paie et les congés", []),
])
def test_each_thing_asked_is_a_question_of_its_own(text: str, asked: list[str]) -> None:
    assert [clause.text.strip(" .") for clause in split_clauses(text) if clause.question] == asked


def test_the_questions_of_a_long_letter_are_kept_before_its_statements() -> None:
    letter = " ".join(f"voici la phrase numéro {number}." for number in range(20)) + " quel est le prix ? " + " ".join(f"encore une phrase {n}." for n in range(20))
    assert [clause.text for clause in split_clauses(letter) if clause.question] == ["quel est le prix ?"]
