"""The base as delivered: sound, whole, and in the words of the record."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml

from bot.catalogue.catalogue import Catalogue, load_catalogue
from bot.catalogue.check import check_knowledge
from bot.catalogue.search import LexicalEmbedder
from tests.unit.catalogue.conftest import KNOWLEDGE, TODAY

DOMAIN = KNOWLEDGE.parent / "domain.yml"
RECORD = Path(__file__).parent / "record.txt"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(KNOWLEDGE, TODAY)


@pytest.fixture(scope="module")
def record() -> str:
    return _plain(RECORD.read_text(encoding="utf-8"))


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def test_the_base_is_sound_for_the_intents_of_the_domain() -> None:
    domain = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))
    intents = frozenset(next(iter(item)) if isinstance(item, dict) else item for item in domain["intents"])

    assert [str(problem) for problem in check_knowledge(KNOWLEDGE, intents, TODAY)] == []


def test_each_competence_is_word_for_word_in_the_list_and_in_its_block(catalogue: Catalogue, record: str) -> None:
    listed = record[record.index("Compétences attestées") : record.index("RNCP41406BC01")]
    ends = ("RNCP41406BC01", "RNCP41406BC02", "RNCP41406BC03", "Description des modalités")
    blocks = {number: record[record.index(start) : record.index(end)] for number, (start, end) in enumerate(itertools.pairwise(ends), 1)}

    for item in catalogue.base.facts.competences:
        assert item.libelle in listed
        # The block puts one comma more in C04.
        assert (item.libelle_bloc or item.libelle) in blocks[item.bloc].replace("pertinentes, les", "pertinentes les"), item.id


def test_the_counts_are_those_of_the_record(catalogue: Catalogue) -> None:
    facts = catalogue.base.facts

    assert (len(facts.competences), [len(block.competences) for block in facts.blocs]) == (47, [13, 19, 15])
    assert (len(facts.activites), len(facts.voies_ouvertes), len(facts.voies_fermees), len(facts.secteurs)) == (13, 3, 3, 3)
    assert sum(item.libelle_bloc is not None for item in facts.competences) == 2


def test_texts_taken_from_the_record_are_in_its_words(catalogue: Catalogue, record: str) -> None:
    facts = catalogue.base.facts
    texts = [
        item.libelle
        for item in (*facts.activites, *facts.ensemble, *facts.emplois, *facts.rome, *facts.voies, *facts.secteurs, *facts.territoires)
    ]
    texts += [line.libelle for block in facts.blocs for line in block.epreuves]
    texts += [block.titre for block in facts.blocs] + [route.jury for route in facts.voies if route.jury] + list(facts.objectifs.buts)
    entry = facts.prerequis.entree
    texts += [entry.sans_experience.libelle, entry.avec_experience.libelle, entry.admission.libelle, facts.identite.habilitation.libelle]

    assert [text for text in texts if text not in record] == []


def test_each_kind_of_exam_is_in_the_blocks_that_name_it(catalogue: Catalogue) -> None:
    blocks = {exam.id: [block.numero for block in exam.blocs] for exam in catalogue.base.facts.epreuves}

    assert blocks["dissertation"] == [1] and blocks["jeu_de_role"] == [3] and blocks["etude_de_cas"] == []
    assert blocks["qrc"] == [1, 2] and blocks["grand_oral"] == [1, 2] and blocks["rapport_stage"] == [1, 2, 3]


def test_the_public_facts_cover_the_record_with_a_source_each(catalogue: Catalogue) -> None:
    facts = {fact.id: fact for fact in catalogue.facts()}
    titles = set(catalogue.base.facts.sections.values())

    assert len(facts) == len(catalogue.facts())
    assert {fact.source for fact in facts.values()} == titles
    assert facts["identite.niveau"].value == 6
    assert facts["enregistrement.echeance"].value == "2028-10-27"
    assert facts["statistiques.2023.insertion_metier_6_mois"].value == 81
    assert facts["statistiques.2024.certifies_vae"].value == 0
    assert facts["voies.apprentissage.ouverte"].value is False


def test_what_the_record_does_not_tell_is_null_and_not_zero(catalogue: Catalogue) -> None:
    facts = {fact.id: fact.value for fact in catalogue.facts()}

    assert facts["statistiques.2024.insertion_metier_2_ans"] is None
    assert facts["territoires.nouvelle_caledonie"] is None and facts["liens.referentiel"] is None


def test_every_practical_field_is_empty_at_delivery(catalogue: Catalogue) -> None:
    assert all(item.valeur is None for item in catalogue.base.practical.values()) and len(catalogue.base.practical) == 16


def test_the_scale_of_levels_turns_the_old_one_around(catalogue: Catalogue) -> None:
    old = {level.niveau: level.ancien for level in catalogue.base.landmarks.niveaux}

    assert old == {1: None, 2: None, 3: "V", 4: "IV", 5: "III", 6: "II", 7: "I", 8: "I"}


def test_the_help_line_numbers_are_there(catalogue: Catalogue) -> None:
    assert {item.id: item.numero for item in catalogue.base.landmarks.urgences}.items() >= {
        "suicide": "3114",
        "samu": "15",
        "urgence_europeenne": "112",
    }.items()


def test_no_answer_starts_with_a_yes_or_a_no_that_some_of_its_questions_would_not_want(catalogue: Catalogue) -> None:
    routes, exams = [None, *(route.id for route in catalogue.base.facts.voies)], [None, *(exam.id for exam in catalogue.base.facts.epreuves)]
    texts = {card_id: catalogue.render(card_id, on=TODAY).text for card_id in catalogue.cards if card_id != "sigle"}
    texts |= {f"{name} {route}": catalogue.render(name, voie=route, on=TODAY).text for name in ("jury", "prerequis", "stage") for route in routes}
    texts |= {f"epreuve {exam}": catalogue.render("epreuve", epreuve=exam, on=TODAY).text for exam in exams}

    assert [name for name, text in texts.items() if text.startswith(("Oui", "Non,"))] == []


@pytest.mark.parametrize("card_id", ["voies", "formation_initiale", "formation_continue", "vae", "alternance", "candidature_individuelle"])
def test_each_answer_on_a_route_names_the_open_and_the_closed_ones(catalogue: Catalogue, card_id: str) -> None:
    text = catalogue.render(card_id, on=TODAY).text

    assert all(any(name in text for name in names) for names in (["formation initiale"], ["formation continue"], ["VAE"]))
    assert all(any(name in text for name in names) for names in (["apprentissage", "alternance"], ["professionnalisation", "alternance"]))
    assert "candidature individuelle" in text or "candidat libre" in text


def test_a_competence_told_for_one_matter_is_not_told_again_for_the_next(catalogue: Catalogue) -> None:
    hits = catalogue.find_competences("le handicap est-il abordé ?", LexicalEmbedder())

    text = catalogue.render("competence", hits=hits, on=TODAY).text

    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert "bloc 2" in text and "bloc 3" in text and len(lines) == len(set(lines)) >= 2


def test_a_matter_that_the_record_does_not_name_comes_with_what_is_near_to_it(catalogue: Catalogue) -> None:
    text = catalogue.render("competence", hits=catalogue.find_competences("la fiscalité locale", LexicalEmbedder()), on=TODAY).text

    assert "ne mentionne pas" in text and "Structurer un budget" in text and "QRC Finances locales" in text
