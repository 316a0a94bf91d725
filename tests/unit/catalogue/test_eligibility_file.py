"""The rules of eligibility are refused with their line when they are faulty, contradict their examples or the record."""

from __future__ import annotations

import pytest

from bot.admissions.errors import KnowledgeError
from bot.catalogue.catalogue import load_catalogue
from tests.unit.catalogue.conftest import TODAY, BaseCopy

FILE = "rncp41406/eligibilite.yml"


# Text replaced, replacement, lines from the change to the fault, words of the message.
FAULTS = {
    "example_that_does_not_hold": ("niveau: 5, verdict: eligible", "niveau: 5, verdict: vae", 0, "attendu vae, obtenu eligible"),
    "unknown_verdict": ("niveau: 5, verdict: eligible", "niveau: 5, verdict: admis", 0, "admis"),
    "unknown_key_in_example": ("niveau: 5, verdict: eligible", "nivo: 5, verdict: eligible", 0, "nivo"),
    "level_out_of_scale": ("niveau_direct: 5", "niveau_direct: 9", 0, "9"),
    "unknown_placeholder": ("{mois_requis} mois", "{mois} mois", None, "« mois »"),
    "unknown_status": ("statuts_admis: [salarie,", "statuts_admis: [salarié,", 0, "salarié"),
    "months_that_differ_from_what_applicants_read": ("experience_mois: 36", "experience_mois: 24", 0, "24 ici, mais 36 dans prerequis.yml"),
    "validity_that_differs_from_the_registration": ("2028-10-27", "2029-10-27", 0, "2028-10-27 dans identite.yml"),
    "unknown_section": ("section: Prérequis à l'entrée", "section: Conditions d'entrée", 0, "Conditions d'entrée"),
    "duplicate_key": ("niveau_direct: 5", "niveau_direct: 5\n  niveau_direct: 6", 1, "deux fois"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_rules_names_its_line_and_remedy(base: BaseCopy, name: str) -> None:
    old, new, offset, message = FAULTS[name]
    line = base.edit(FILE, old, new)

    told = [problem for problem in base.problems() if problem.file.name == "eligibilite.yml" and message in problem.message]

    assert told and told[0].remedy, "\n".join(map(str, base.problems()))
    if offset is not None:
        assert told[0].line == line + offset


@pytest.mark.parametrize("content", ["", "- 1", "seuils: 3", "x: 1"])
def test_a_file_of_another_shape_is_one_clear_error_at_the_start(base: BaseCopy, content: str) -> None:
    (base.root / FILE).write_text(content, encoding="utf-8")

    with pytest.raises(KnowledgeError, match=r"eligibilite\.yml"):
        load_catalogue(base.root, TODAY)


def test_the_rules_reach_the_catalogue(base: BaseCopy) -> None:
    assert load_catalogue(base.root, TODAY).rules.experience_months == 36
