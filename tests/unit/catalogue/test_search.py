"""A matter named in plain words is found with its competences; what the record does not name is not."""

from __future__ import annotations

import numpy as np
import pytest

from bot.catalogue.reading import read_base
from bot.catalogue.search import STRONG, LexicalEmbedder, ThemeSearch
from bot.catalogue.stemming import stems
from tests.unit.catalogue.conftest import KNOWLEDGE


@pytest.fixture(scope="module")
def search() -> ThemeSearch:
    base = read_base(KNOWLEDGE).base
    assert base is not None
    return ThemeSearch([*base.themes, *base.absents], {item.id: item for item in base.facts.competences}, LexicalEmbedder())


# Message, then one competence that the best hit must hold.
NAMED = [
    ("la paie c'est où ?", "C35"),
    ("est-ce qu'on apprend à gérer un cimetière ?", "C30"),
    ("jvoudrai savoir si on fait de l'urba", "C29"),
    ("organiser une élection municipale", "C22"),
    ("on apprend à faire un budjet ?", "C42"),
    ("les mariages et les décès", "C28"),
    ("y a til du management", "C37"),
    ("cantine et garderie", "C32"),
    ("la veille juridique", "C09"),
    ("les appels d'offres", "C45"),
    ("entretien annuel des agents", "C39"),
    ("DEMOCRATIE PARTICIPATIVE", "C19"),
    ("recruter quelqu'un", "C34"),
    ("rediger une note", "C05"),
]


@pytest.mark.parametrize(("message", "competence"), NAMED)
def test_a_matter_in_plain_words_finds_its_competence(search: ThemeSearch, message: str, competence: str) -> None:
    best = search.find(message)[0]

    assert competence in [item.id for item in best.competences]
    assert STRONG <= best.score <= 1


@pytest.mark.parametrize(
    ("message", "competences"),
    [
        ("état civil et paie", {"C28", "C35"}),
        ("urbanisme, élections, cimetière", {"C29", "C22", "C30"}),
        ("les marchés publics ou les subventions ?", {"C45", "C44"}),
    ],
)
def test_a_message_that_names_several_matters_finds_each(search: ThemeSearch, message: str, competences: set[str]) -> None:
    first = search.find(message)[: len(competences)]

    assert all(any(wanted in [item.id for item in hit.competences] for hit in first) for wanted in competences)


@pytest.mark.parametrize(
    "message", ["", "bonjour", "quelle est la météo demain", "qui a gagné le match hier", "combien ça coûte", "???", "xqzt"]
)
def test_a_message_that_names_no_matter_has_no_strong_hit(search: ThemeSearch, message: str) -> None:
    assert all(hit.score < STRONG for hit in search.find(message))


@pytest.mark.parametrize("message", ["y a de l'anglais ?", "on fait du droit pénal ?"])
def test_a_matter_that_the_record_does_not_name_is_said_absent(search: ThemeSearch, message: str) -> None:
    best = search.find(message)[0]

    assert best.absent and best.competences == () and best.score >= STRONG


@pytest.mark.parametrize(
    ("message", "theme"),
    [
        ("Est ce qu'on apprend a traiter les permis de construire et les déclarations préalables ?", "urbanisme"),
        ("je fais les bulletins de salaire des agents, est ce que la paye est au programme et ou", "paie"),
        ("c'est moi qui m'occupe du cimetiere et j'y comprend rien aux concessions, ça fait parti de ce qu'on voit ?", "cimetiere"),
        ("on apprend la compta publique ?", "comptabilite_publique"),
        ("on apprend à faire un budget ?", "budget"),
        ("Dans quel bloc est enseignée la commande publique ?", "marches_publics"),
        ("Les outils de démocratie participative sont-ils abordés ?", "concertation"),
        ("des fois les gens arrivent à la mairie très énervés, est-ce que vous apprenez à gérer ces situations", "conflits_mediation"),
        ("la sécurisation juridique des actes : dans quel bloc ?", "legalite_actes"),
        ("est-ce qu'il y a du droit ?", "droit"),
        ("yora de lurbanisme ?", "urbanisme"),
        ("le transport scolaire c'est vu ?", "transports"),
        ("y a t il un cours de comptabilité d'entreprise", "comptabilite_entreprise"),
    ],
)
def test_a_message_that_names_one_matter_has_that_matter_alone(search: ThemeSearch, message: str, theme: str) -> None:
    assert [hit.theme.id for hit in search.find(message)] == [theme]


@pytest.mark.parametrize("message", ["le handicap est-il abordé ?", "est-ce que le handicap est abordé dans vos cours"])
def test_a_word_that_two_matters_share_finds_both(search: ThemeSearch, message: str) -> None:
    assert {hit.theme.id for hit in search.find(message)} == {"accueil_handicap", "agents_handicap"}


@pytest.mark.parametrize("message", ["je peux venir en voiture ?", "quel est le programme ?", "une personne peut m'appeler ?"])
def test_an_absent_matter_is_not_guessed(search: ThemeSearch, message: str) -> None:
    assert all(hit.score < STRONG for hit in search.find(message) if hit.absent)


def test_a_hit_says_whether_the_message_names_the_matter(search: ThemeSearch) -> None:
    assert search.find("la paie")[0].named
    assert not search.find("rediger un resumé pour les zélus")[0].named


def test_no_more_hits_than_asked_best_first(search: ThemeSearch) -> None:
    hits = search.find("le handicap est-il abordé ?", limit=2)

    assert len(hits) == 2 and hits[0].score >= hits[1].score


def test_each_question_of_the_themes_finds_its_theme_among_the_first(search: ThemeSearch) -> None:
    base = read_base(KNOWLEDGE).base
    assert base is not None
    asked = [(question, theme.id) for theme in (*base.themes, *base.absents) for question in theme.questions]

    lost = [(question, wanted) for question, wanted in asked if wanted not in [hit.theme.id for hit in search.find(question)]]

    assert len(lost) <= len(asked) * 0.02, lost


def test_the_stand_in_embedder_gives_rows_of_length_one_nearer_for_near_spellings() -> None:
    vectors = LexicalEmbedder().encode(["gérer le budget", "gestion du budjet", "le cimetière"])

    assert vectors.shape[0] == 3 and np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert LexicalEmbedder().encode([]).shape[0] == 0


def test_forms_of_a_word_share_a_stem() -> None:
    assert stems("recruter des agents") == stems("recrutement d'agent")
    assert stems("Élections") == stems("election")
    assert stems("qu'est-ce qu'on apprend") == []
