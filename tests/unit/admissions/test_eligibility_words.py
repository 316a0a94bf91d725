"""What the verdict says and what a wrong rules file is told, word for word, on rules made up for it.

With these, `make mutation` finds nearly no change of bot/admissions/eligibility*.py that no test notices.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from bot.admissions.eligibility import Assessment, Reason, assess
from bot.admissions.eligibility_examples import Example, failing_examples, read_example
from bot.admissions.eligibility_rules import RULE_IDS, Rules, RuleTexts
from bot.admissions.errors import KnowledgeError
from bot.admissions.facts import Ambiguity, Diploma, Experience, Situation, Status, Verdict

DAY = date(2026, 11, 22)
VALUES = (
    "{diplome}|{niveau}|{experience}|{mois_manquants}|{non_compte}|{statut}|"
    "{niveau_direct}|{niveau_avec_experience}|{mois_requis}|{ans_requis}|{fin_validite}"
)
DATA: dict[str, Any] = {
    "section": " Section ",
    "valable_du": "2025-10-27",
    "valable_jusqu_au": date(2028, 10, 27),
    "seuils": {"niveau_direct": 5, "niveau_avec_experience": 4, "experience_mois": 36},
    "statuts_admis": ["salarie", "demandeur_emploi"],
    "libelles_statuts": {status.value: f"libellé {status.value}" for status in Status},
    "textes": {name: {"raisons": [VALUES], "ce_qui_changerait": [f"{name} {{mois_requis}}"], "source": f"source {name}"} for name in RULE_IDS},
}
FIXED = "|5|4|36|3|27/10/2028"
BAC, SALARIED = Diploma(4, "bac"), Status.SALARIE


@pytest.fixture(scope="module")
def made_up() -> Rules:
    return Rules.from_mapping(DATA)


def test_the_file_becomes_the_rules_it_says(made_up: Rules) -> None:
    assert made_up == Rules(
        5, 4, 36, frozenset({Status.SALARIE, Status.DEMANDEUR_EMPLOI}), {status: f"libellé {status.value}" for status in Status}, "Section",
        date(2025, 10, 27), date(2028, 10, 27), {name: RuleTexts((VALUES,), (f"{name} {{mois_requis}}",), f"source {name}") for name in RULE_IDS},
    )


def told(rule: str, verdict: Verdict, values: str, *, nuance: bool = False) -> Assessment:
    reasons = [Reason(values + FIXED, rule, f"source {rule}")]
    if nuance:
        reasons.append(Reason(values + FIXED, "niveau_sans_diplome", "source niveau_sans_diplome"))
    return Assessment(verdict, rule, tuple(reasons), (), (f"{rule} 36",))


@pytest.mark.parametrize(("situation", "expected"), [
    (Situation(Diploma(5, "BTS")), told("niveau_direct", Verdict.ELIGIBLE, "BTS|5|une durée non précisée|36|stage|libellé autre")),
    (Situation(Diploma(6)), told("niveau_direct", Verdict.ELIGIBLE, "votre diplôme|6|une durée non précisée|36|stage|libellé autre")),
    (Situation(BAC, Experience(36), SALARIED), told("niveau_avec_experience", Verdict.ELIGIBLE, "bac|4|3 ans|1|stage|libellé salarie")),
    (Situation(BAC, Experience(37), Status.ELU), told("autre_statut", Verdict.TO_REVIEW, "bac|4|3 ans et 1 mois|1|stage|libellé elu")),
    (Situation(Diploma(4, "bac", foreign=True), Experience(48), Status.ELU),
     told("diplome_etranger", Verdict.TO_REVIEW, "bac|4|4 ans|1|stage|libellé elu")),
    (Situation(BAC, Experience(48), None, True), told("statut_inconnu", Verdict.TO_REVIEW, "bac|4|4 ans|1|stage|libellé autre")),
    (Situation(BAC, Experience(13), SALARIED), told("experience_insuffisante", Verdict.NOT_YET, "bac|4|1 an et 1 mois|23|stage|libellé salarie")),
    (Situation(BAC, Experience(11, 6, 11), None), told("experience_insuffisante", Verdict.NOT_YET, "bac|4|entre 6 et 11 mois|25|stage|libellé autre")),
    (Situation(BAC, Experience(24, 24, 48, asked_again=True)), told("experience_imprecise", Verdict.TO_REVIEW, "bac|4|entre 2 et 4 ans|1|stage|libellé autre")),
    (Situation(BAC, Experience(24, 24, open_ended=True, asked_again=True)), told("experience_imprecise", Verdict.TO_REVIEW, "bac|4|au moins 2 ans|12|stage|libellé autre")),
    (Situation(BAC, Experience(unknown=True)), told("experience_inconnue", Verdict.TO_REVIEW, "bac|4|une durée non précisée|36|stage|libellé autre")),
    (Situation(BAC, Experience(20, uncounted_months=16, uncounted_kind="mandat")),
     told("experience_non_comptee", Verdict.TO_REVIEW, "bac|4|1 an et 8 mois|16|mandat|libellé autre")),
    (Situation(Diploma(4, "niveau bac", without_diploma=True), Experience(96), SALARIED),
     told("niveau_avec_experience", Verdict.ELIGIBLE, "niveau bac|4|8 ans|1|stage|libellé salarie", nuance=True)),
    (Situation(Diploma(label="licence", foreign=True)), told("diplome_etranger", Verdict.TO_REVIEW, "licence|non déterminé|une durée non précisée|36|stage|libellé autre")),
    (Situation(Diploma(4, "bac", two_years_validated=True), Experience(0)), told("deux_annees_validees", Verdict.TO_REVIEW, "bac|4|0 mois|36|stage|libellé autre")),
    (Situation(Diploma(label="titre", level_unknown=True)), told("niveau_indetermine", Verdict.TO_REVIEW, "titre|non déterminé|une durée non précisée|36|stage|libellé autre")),
    (Situation(Diploma()), told("niveau_indetermine", Verdict.TO_REVIEW, "votre diplôme|non déterminé|une durée non précisée|36|stage|libellé autre")),
    (Situation(Diploma(3, "CAP"), Experience(1)), told("sous_niveau_avec_experience", Verdict.VAE, "CAP|3|1 mois|35|stage|libellé autre")),
    (Situation(Diploma(3, "CAP"), Experience(0, 0, 1)), told("sous_niveau_avec_experience", Verdict.VAE, "CAP|3|entre 0 et 1 mois|35|stage|libellé autre")),
    (Situation(Diploma(3, "CAP"), Experience(0, 0, open_ended=True)), told("sous_niveau_avec_experience", Verdict.VAE, "CAP|3|au moins 0 mois|36|stage|libellé autre")),
    (Situation(Diploma(0), Experience(0)), told("sous_niveau_sans_experience", Verdict.NOT_YET, "votre diplôme|0|0 mois|36|stage|libellé autre")),
    (Situation(Diploma(3), Experience(0, uncounted_months=1, uncounted_kind="stage")), told("experience_non_comptee", Verdict.TO_REVIEW, "votre diplôme|3|0 mois|36|stage|libellé autre")),
    (Situation(Diploma(3), Experience(unknown=True)), told("sous_niveau_experience_inconnue", Verdict.TO_REVIEW, "votre diplôme|3|une durée non précisée|36|stage|libellé autre")),
    (Situation(), Assessment(None, "diplome_a_demander", (), ("diploma",))),
    (Situation(Ambiguity("x", (BAC, Diploma(5)))), Assessment(None, "diplome_a_preciser", (), ("diploma",))),
    (Situation(BAC), Assessment(None, "experience_a_demander", (), ("experience",))),
    (Situation(Diploma(3)), Assessment(None, "experience_a_demander", (), ("experience",))),
    (Situation(BAC, Experience(24, 24, 48)), Assessment(None, "experience_a_preciser", (), ("experience",))),
    (Situation(BAC, Experience(36)), Assessment(None, "statut_a_demander", (), ("status",))),
])
def test_a_situation_is_told_in_these_words(made_up: Rules, situation: Situation, expected: Assessment) -> None:
    assert assess(made_up, situation, DAY) == expected


def test_expired_rules_are_told_without_the_leeway(made_up: Rules) -> None:
    situation = Situation(Diploma(4, "niveau bac", without_diploma=True))

    assert assess(made_up, situation, date(2029, 1, 1)) == told(
        "regles_perimees", Verdict.TO_REVIEW, "niveau bac|4|une durée non précisée|36|stage|libellé autre")


def test_a_threshold_in_years_and_months_is_written_with_a_comma() -> None:
    data = _with(("seuils", "experience_mois"), 18)

    assert assess(Rules.from_mapping(data), Situation(BAC, Experience(18), SALARIED), DAY).reasons[0].text.endswith("|18|1,5|27/10/2028")


def _with(path: tuple[str, ...], value: object) -> dict[str, Any]:
    data = deepcopy(DATA)
    target = data
    for key in path[:-1]:
        target = target[key]
    if value is KeyError:
        del target[path[-1]]
    else:
        target[path[-1]] = value
    return data


STATUSES = ", ".join(status.value for status in Status)
LEVEL, MONTHS = "Indiquez un niveau de 0 à 8.", "Indiquez un nombre entier de mois, 1 ou plus."
KEYS = "Clés permises : exemples, libelles_statuts, section, seuils, statuts_admis, textes, valable_du, valable_jusqu_au."
NAMES = (
    "Noms permis entre accolades : ans_requis, diplome, experience, fin_validite, mois_manquants, mois_requis, niveau, niveau_avec_experience, "
    "niveau_direct, non_compte, statut."
)


@pytest.mark.parametrize(("path", "value", "message"), [
    (("seuils", "niveau_direct"), "cinq", f"eligibilite.yml, seuils, niveau_direct : 'cinq' ne convient pas. {LEVEL}"),
    (("seuils", "niveau_direct"), True, f"eligibilite.yml, seuils, niveau_direct : True ne convient pas. {LEVEL}"),
    (("seuils", "niveau_direct"), 9, f"eligibilite.yml, seuils, niveau_direct : 9 ne convient pas. {LEVEL}"),
    (("seuils", "niveau_direct"), 5.0, f"eligibilite.yml, seuils, niveau_direct : 5.0 ne convient pas. {LEVEL}"),
    (("seuils", "niveau_avec_experience"), KeyError, f"eligibilite.yml, seuils, niveau_avec_experience : None ne convient pas. {LEVEL}"),
    (("seuils", "niveau_avec_experience"), 5,
     "eligibilite.yml, seuils : 5 ne convient pas. niveau_avec_experience doit être plus petit que niveau_direct."),
    (("seuils", "experience_mois"), 0, f"eligibilite.yml, seuils, experience_mois : 0 ne convient pas. {MONTHS}"),
    (("seuils", "experience_mois"), True, f"eligibilite.yml, seuils, experience_mois : True ne convient pas. {MONTHS}"),
    (("seuils", "experience_mois"), "36", f"eligibilite.yml, seuils, experience_mois : '36' ne convient pas. {MONTHS}"),
    (("seuils", "experience_mois"), 36.5, f"eligibilite.yml, seuils, experience_mois : 36.5 ne convient pas. {MONTHS}"),
    (("seuils", "age"), 18, "eligibilite.yml, seuils : 'age' ne convient pas. Seuils permis : niveau_direct, niveau_avec_experience, experience_mois."),
    (("inconnue",), 1, f"eligibilite.yml : 'inconnue' ne convient pas. {KEYS}"),
    (("textes",), KeyError, "eligibilite.yml : 'textes' ne convient pas. Cette clé manque : ajoutez-la."),
    (("textes", "inventee"), {}, f"eligibilite.yml, textes : 'inventee' ne convient pas. Règles permises : {', '.join(RULE_IDS)}."),
    (("textes", "autre_statut"), KeyError, "eligibilite.yml, textes : 'autre_statut' ne convient pas. Cette règle n'a pas de texte : ajoutez-le."),
    (("textes", "autre_statut", "note"), "x",
     "eligibilite.yml, textes, autre_statut : 'note' ne convient pas. Clés permises : raisons, ce_qui_changerait, source."),
    (("textes", "autre_statut", "raisons"), [],
     "eligibilite.yml, textes, autre_statut : None ne convient pas. Écrivez au moins une phrase sous « raisons »."),
    (("textes", "autre_statut", "raisons"), KeyError,
     "eligibilite.yml, textes, autre_statut : None ne convient pas. Écrivez au moins une phrase sous « raisons »."),
    (("textes", "autre_statut", "raisons"), ["{age} ans"], f"eligibilite.yml, textes, autre_statut : 'age' ne convient pas. {NAMES}"),
    (("textes", "autre_statut", "ce_qui_changerait"), ["{age} ans"], f"eligibilite.yml, textes, autre_statut : 'age' ne convient pas. {NAMES}"),
    (("textes", "autre_statut", "source"), " ", "eligibilite.yml, textes, autre_statut, source : ' ' ne convient pas. Indiquez un texte."),
    (("section",), 3, "eligibilite.yml, section : 3 ne convient pas. Indiquez un texte."),
    (("statuts_admis",), ["patron"], f"eligibilite.yml, statuts_admis : 'patron' ne convient pas. Statuts permis : {STATUSES}."),
    (("libelles_statuts", "patron"), "x", f"eligibilite.yml, libelles_statuts : 'patron' ne convient pas. Statuts permis : {STATUSES}."),
    (("libelles_statuts", "elu"), KeyError, "eligibilite.yml, libelles_statuts : 'elu' ne convient pas. Ce statut n'a pas de libellé : ajoutez-le."),
    (("valable_du",), "hier", "eligibilite.yml, valable_du : 'hier' ne convient pas. Indiquez une date AAAA-MM-JJ."),
    (("valable_jusqu_au",), 3, "eligibilite.yml, valable_jusqu_au : 3 ne convient pas. Indiquez une date AAAA-MM-JJ."),
])
def test_a_wrong_value_is_told_with_place_value_and_remedy(path: tuple[str, ...], value: object, message: str) -> None:
    with pytest.raises(KnowledgeError) as refused:
        Rules.from_mapping(_with(path, value))

    assert refused.value.message == message


@pytest.mark.parametrize("months", [1, 2])
def test_a_threshold_of_a_month_is_allowed(months: int) -> None:
    assert Rules.from_mapping(_with(("seuils", "experience_mois"), months)).experience_months == months


def test_a_rule_may_have_nothing_that_would_change_it() -> None:
    data = _with(("textes", "autre_statut", "ce_qui_changerait"), KeyError)

    assert Rules.from_mapping(data).texts["autre_statut"].what_would_change == ()


def test_examples_may_be_left_out_of_the_file_or_stand_in_it() -> None:
    assert Rules.from_mapping(DATA) == Rules.from_mapping({**DATA, "exemples": []})


EXAMPLE_KEYS = (
    "cas, deux_annees_validees, diplome_etranger, experience_entre, experience_inconnue, experience_mois, manque, niveau, niveau_indetermine, "
    "non_compte_mois, redemande, sans_le_diplome, statut, statut_inconnu, verdict"
)


@pytest.mark.parametrize(("example", "expected"), [
    ({"cas": "bac", "niveau": 4, "manque": "experience"}, Example("bac", Situation(Diploma(4)), None, "experience")),
    ({"verdict": "vae"}, Example("", Situation(), Verdict.VAE, None)),
    ({"cas": 1, "niveau": 3, "diplome_etranger": True, "niveau_indetermine": True, "deux_annees_validees": True, "sans_le_diplome": True, "verdict": "to_review"},
     Example("1", Situation(Diploma(3, None, True, True, True, True)), Verdict.TO_REVIEW, None)),
    ({"experience_mois": 0, "statut": "elu", "verdict": "vae"}, Example("", Situation(None, Experience(0), Status.ELU), Verdict.VAE, None)),
    ({"experience_entre": [24, 48], "redemande": True, "verdict": "vae"},
     Example("", Situation(None, Experience(24, 24, 48, asked_again=True)), Verdict.VAE, None)),
    ({"experience_inconnue": True, "statut_inconnu": True, "verdict": "vae"}, Example("", Situation(None, Experience(unknown=True), None, True), Verdict.VAE, None)),
    ({"non_compte_mois": 6, "verdict": "vae"}, Example("", Situation(None, Experience(None, uncounted_months=6, uncounted_kind="stage")), Verdict.VAE, None)),
])
def test_an_example_is_read_whole(example: Mapping[str, Any], expected: Example) -> None:
    assert read_example(example, 3) == expected


@pytest.mark.parametrize(("example", "message"), [
    ({"age": 5, "verdict": "vae"}, f"eligibilite.yml, exemple 3 : 'age' ne convient pas. Clés permises : {EXAMPLE_KEYS}."),
    ({"cas": "x", "niveau": 5}, "eligibilite.yml, exemple 3 : 'x' ne convient pas. Indiquez « verdict » ou « manque », un seul des deux."),
    ({"verdict": "vae", "manque": "status"}, "eligibilite.yml, exemple 3 : None ne convient pas. Indiquez « verdict » ou « manque », un seul des deux."),
    ({"verdict": "oui"}, "eligibilite.yml, exemple 3 : \"'oui' is not a valid Verdict\" ne convient pas. Ce code n'existe pas dans le contrat."),
    ({"verdict": "vae", "statut": "roi"}, "eligibilite.yml, exemple 3 : \"'roi' is not a valid Status\" ne convient pas. Ce code n'existe pas dans le contrat."),
])
def test_a_wrong_example_is_told_with_its_place(example: Mapping[str, Any], message: str) -> None:
    with pytest.raises(KnowledgeError) as refused:
        read_example(example, 3)

    assert refused.value.message == message


def test_an_example_that_cannot_be_read_is_told_with_its_number(made_up: Rules) -> None:
    with pytest.raises(KnowledgeError, match="exemple 2"):
        failing_examples(made_up, [{"niveau": 5, "verdict": "eligible"}, {"verdict": "oui"}], DAY)


def test_each_example_that_fails_is_told_with_its_number(made_up: Rules) -> None:
    examples = [
        {"cas": "BTS", "niveau": 5, "verdict": "eligible"},
        {"cas": "bac", "niveau": 4, "verdict": "vae"},
        {"cas": "master", "niveau": 7, "manque": "status"},
        {"niveau": 5, "verdict": "not_yet"},
    ]

    assert failing_examples(made_up, examples, DAY) == (
        "Exemple 2 (« bac ») : attendu vae, obtenu il manque experience.",
        "Exemple 3 (« master ») : attendu status, obtenu eligible.",
        "Exemple 4 («  ») : attendu not_yet, obtenu eligible.",
    )
