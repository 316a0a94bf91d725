"""Each fault of the base is told with its file, its line, its value and a remedy."""

from __future__ import annotations

import pytest

from bot.admissions.errors import KnowledgeError
from bot.catalogue.catalogue import load_catalogue
from tests.unit.catalogue.conftest import TODAY, BaseCopy

CARDS = "rncp41406/reponses/cartes.yml"
RECORD = "rncp41406"

# What is broken: file, text replaced, replacement, lines from the change to the fault, words of the message, words of the remedy.
# fmt: off
FAULTS = {
    "unknown_key_in_facts": (f"{RECORD}/identite.yml", "niveau: 6", "niveau: 6\nnivo: 6", 1, "« nivo » n'existe pas", "orthographe"),
    "unknown_key_in_card": (CARDS, "  titre: Le prix", "  titre: Le prix\n  boutton: [niveau]", 1, "« boutton » n'existe pas", "supprimez"),
    "missing_key": (f"{RECORD}/identite.yml", "niveau: 6\n", "", None, "« niveau » manque", "niveau: …"),
    "missing_source": (CARDS, "  section: essentiel\n", "", -3, "n'a pas une seule origine", "section"),
    "two_sources": (CARDS, "  section: essentiel\n", "  section: essentiel\n  sans_source: rien\n", -3, "section et sans_source", "une seule"),
    "unknown_section": (CARDS, "section: essentiel", "section: essenciel", 0, "« essenciel » n'existe pas", "sections.yml"),
    "unknown_section_in_facts": (f"{RECORD}/voies.yml", "section: voies_acces", "section: voies", 0, "« voies » n'existe pas", "sections.yml"),
    "impossible_date": (f"{RECORD}/identite.yml", "2028-10-27", "2028-13-27", 0, "2028-13-27", "année-mois-jour"),
    "date_in_words": (f"{RECORD}/identite.yml", "2028-10-27", "27 octobre 2028", 0, "« 27 octobre 2028 »", "année-mois-jour"),
    "number_for_date": (f"{RECORD}/identite.yml", "2028-10-27", "2028", 0, "« 2028 »", "année-mois-jour"),
    "text_for_number": (f"{RECORD}/identite.yml", "niveau: 6", "niveau: six", 0, "« six »", "nombre entier"),
    "number_for_text": (f"{RECORD}/identite.yml", 'siret: "19870669900321"', "siret: 19870669900321", 0, "siret", "guillemets"),
    "text_for_yes_no": (f"{RECORD}/voies.yml", "ouverte: true", "ouverte: oui", 0, "« oui »", "true"),
    "rate_over_hundred": (f"{RECORD}/statistiques.yml", "insertion_metier_6_mois: 81", "insertion_metier_6_mois: 810", 0, "« 810 »", "100"),
    "open_route_without_jury": (f"{RECORD}/voies.yml", "ouverte: false\n    jury: null", "ouverte: true\n    jury: null", 1, "sans jury", "jury"),
    "duplicate_key": (f"{RECORD}/identite.yml", "niveau: 6", "niveau: 6\nniveau: 7", 1, "deux fois", "une seule"),
    "duplicate_id": (f"{RECORD}/competences.yml", "id: C02", "id: C01", 0, "C01", "renommez"),
    "duplicate_card": (CARDS, "- id: prix", "- id: niveau", 0, "« niveau » est déjà pris", "ligne 1"),
    "duplicate_year": (f"{RECORD}/statistiques.yml", "annee: 2023", "annee: 2024", 0, "2024", "renommez"),
    "block_that_does_not_exist": (f"{RECORD}/competences.yml", "bloc: 3", "bloc: 4", 0, "bloc 4", "blocs.yml"),
    "exam_that_does_not_exist": (f"{RECORD}/evaluations.yml", "epreuves: [dissertation]", "epreuves: [disertation]", 0, "disertation", "sortes"),
    "unknown_competence_in_theme": (f"{RECORD}/themes.yml", "competences: [C01, C02]", "competences: [C01, C99]", 0, "C99", "competences.yml"),
    "unknown_neighbour_of_an_absent_theme": (f"{RECORD}/themes.yml", "voisines: [C43]", "voisines: [C99]", 0, "C99", "competences.yml"),
    "unknown_exam_in_theme": (f"{RECORD}/themes.yml", "epreuves: [note]", "epreuves: [notes]", 0, "« notes » n'existe pas", "evaluations.yml"),
    "unknown_landmark_source": ("reperes.yml", "source: usage", "source: usages", 0, "« usages »", "sources"),
    "unknown_button": (CARDS, "boutons: [prix, humain]", "boutons: [prix, humains]", 0, "« humains » ne mène à rien", "modeles.yml"),
    "unknown_practical": (CARDS, "pratique: prix", "pratique: prixx", 0, "« prixx » n'existe pas", "pratique.yml"),
    "title_too_long": (CARDS, "titre: Le prix", f"titre: {'x' * 41}", 0, "x" * 41, "40 caractères"),
    "unknown_intent": (CARDS, "intent: ask_level", "intents: [ask_level, affirme]", -1, "« affirme » n'existe pas", "Corrigez"),
    "intent_served_twice": (CARDS, "intent: ask_price", "intents: [ask_price, ask_level]", -1, "a déjà la carte « niveau »", "une seule carte"),
    "impossible_condition": (CARDS, "  boutons:", "  variantes:\n    - si: {bloc: 7}\n      reponse: Non.\n  boutons:", 1, "bloc: 7", "1, 2, 3"),
    "unknown_placeholder": (CARDS, "{{ f.identite.niveau }}", "{{ f.identite.nivo }}", 0, "nivo", "orthographe"),
    "unknown_placeholder_for_one_block": (CARDS, "bloc.titre", "bloc.titres", 0, "titres", "orthographe"),
    "unwritable_value": (CARDS, "{{ f.identite.niveau }}", "{{ f.identite.liens.descriptif }}", 0, "None", "orthographe"),
    "broken_template": (CARDS, "{{ f.identite.niveau }}", "{{ f.identite.niveau }", 0, "mal écrit", "accolades"),
    "unfinished_condition": (CARDS, "    {% endif %}\n", "", None, "mal écrit", "fin"),
    "figure_typed_by_hand": (CARDS, "{{ f.identite.niveau }}", "6", 0, "« 6 » est écrit à la main", "f.…"),
    "code_typed_by_hand": (CARDS, "Bloc :", "Bloc RNCP41406 :", 0, "« RNCP41406 »", "f.…"),
    "figure_in_a_quoted_string": (CARDS, "{{ f.identite.niveau }}", "{{ '6' }}", 0, "« 6 »", "nombres"),
    "empty_answer": (CARDS, "    Je n'ai pas trouvé.\n", "", None, "le texte est vide", ""),
    "value_without_source": ("pratique.yml", "valeur: null", 'valeur: "05 55 00 00 00"', -2, "sans « source ni expire_le »", "source"),
    "practical_value_never_said": (CARDS, "pratique: prix\n", "pratique: prix\n  reponse: Je ne sais pas.\n", 1, "« prix » une fois", "reponse_pratique"),
    "button_to_a_card_nobody_can_ask": (CARDS, "intent: ask_price", "intents: []", -2, "« prix » ne mène à rien", "intention"),
    "broken_yaml": (CARDS, "intent: ask_level", "intent: [ask_level", None, "YAML invalide", "guillemets"),
}
# fmt: on


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_its_file_line_value_and_remedy(base: BaseCopy, name: str) -> None:
    file, old, new, offset, message, remedy = FAULTS[name]
    line = base.edit(file, old, new)

    told = [problem for problem in base.problems() if problem.file == base.root / file and message in problem.message]

    assert len(told) == 1, "\n".join(map(str, base.problems()))
    assert remedy in told[0].remedy and not told[0].warning
    if offset is not None:
        assert told[0].line == line + offset


@pytest.mark.parametrize("name", ["unknown_key_in_card", "unknown_placeholder", "impossible_date", "duplicate_id", "broken_yaml"])
def test_a_broken_base_stops_the_start_with_place_and_remedy(base: BaseCopy, name: str) -> None:
    file, old, new, _, message, remedy = FAULTS[name]
    base.edit(file, old, new)

    with pytest.raises(KnowledgeError) as refusal:
        load_catalogue(base.root, TODAY)

    assert str(base.root / file) in refusal.value.message and "ligne" in refusal.value.message
    assert message in refusal.value.message and remedy in refusal.value.message


def test_the_copied_base_is_sound_before_it_is_broken(base: BaseCopy) -> None:
    assert base.problems() == []


def test_a_missing_file_is_told(base: BaseCopy) -> None:
    (base.root / RECORD / "voies.yml").unlink()

    problem = base.only_problem()

    assert problem.file.name == "voies.yml" and "illisible" in problem.message


def test_a_lost_competence_is_told(base: BaseCopy) -> None:
    text = (base.root / RECORD / "competences.yml").read_text(encoding="utf-8")
    (base.root / RECORD / "competences.yml").write_text(text[: text.index("  - id: C47")], encoding="utf-8")

    assert any("46 compétences dans la liste, 47 attendues" in problem.message for problem in base.problems())


def test_a_lost_second_wording_is_told(base: BaseCopy) -> None:
    text = (base.root / RECORD / "competences.yml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines(keepends=True) if 'libelle_bloc: "Analyser' not in line]
    (base.root / RECORD / "competences.yml").write_text("".join(kept), encoding="utf-8")

    assert "deux formulations" in base.only_problem().message


def test_a_competence_written_in_two_blocks_is_told(base: BaseCopy) -> None:
    base.edit(f"{RECORD}/competences.yml", "Rédiger les actes de police administrative", "Assurer un suivi budgétaire et comptable")

    told = [problem for problem in base.problems() if "écrit deux fois" in problem.message]

    assert len(told) == 2 and {"C12", "C43"} == {problem.message.split("compétence ")[1][:3] for problem in told}


def test_a_competence_that_no_theme_holds_is_told(base: BaseCopy) -> None:
    path = base.root / RECORD / "themes.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("C30", "C29"), encoding="utf-8")

    assert "C30 n'est dans aucun thème" in base.only_problem().message


def test_a_question_without_card_is_told(base: BaseCopy) -> None:
    path = base.root / CARDS
    path.write_text(path.read_text(encoding="utf-8").split("- id: competence")[0], encoding="utf-8")

    problem = base.only_problem()

    assert "« ask_competence » n'a pas de réponse" in problem.message and "intent: ask_competence" in problem.remedy


def test_a_declared_figure_is_accepted(base: BaseCopy) -> None:
    base.edit(CARDS, "Bloc :", "Réponse sous 48 heures. Bloc :")
    base.edit(CARDS, "  boutons:", '  nombres: [{valeur: "48", raison: "engagement du service"}]\n  boutons:')

    assert base.problems() == []


def test_an_expired_practical_value_is_a_warning_and_does_not_stop_the_start(base: BaseCopy) -> None:
    line = base.edit(
        "pratique.yml",
        'libelle: "le prix de la formation"\n  valeur: null\n  source: null\n  expire_le: null',
        'libelle: "le prix de la formation"\n  valeur: "bas"\n  source: "délibération"\n  expire_le: 2026-11-21',
    )

    problem = base.only_problem()

    assert problem.warning and problem.line == line + 3 and "a expiré le 2026-11-21" in problem.message
    assert load_catalogue(base.root, TODAY).cards["prix"].titre == "Le prix"
