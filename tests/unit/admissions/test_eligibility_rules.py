"""The rules file is checked when read, and its examples hold."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from bot.admissions.eligibility import Rules
from bot.admissions.eligibility_examples import failing_examples, read_example
from bot.admissions.errors import KnowledgeError
from bot.admissions.facts import Status
from tests.unit.admissions.notation import TODAY


def test_the_numbers_of_the_record_are_read(rules: Rules) -> None:
    assert (rules.direct_level, rules.level_with_experience, rules.experience_months) == (5, 4, 36)
    assert rules.statuses == {Status.SALARIE, Status.DEMANDEUR_EMPLOI}


def test_every_example_beside_the_rules_holds(rules: Rules, rules_data: dict[str, Any]) -> None:
    assert len(rules_data["exemples"]) >= 30
    assert failing_examples(rules, rules_data["exemples"], TODAY) == ()


def test_a_wrong_example_is_named(rules: Rules) -> None:
    problems = failing_examples(rules, [{"cas": "BTS", "niveau": 5, "verdict": "not_yet"}], TODAY)

    assert problems == ("Exemple 1 (« BTS ») : attendu not_yet, obtenu eligible.",)


@pytest.mark.parametrize(("path", "value", "place"), [
    (("seuils", "niveau_direct"), "cinq", "seuils, niveau_direct"), (("seuils", "experience_mois"), 0, "seuils, experience_mois"),
    (("seuils", "niveau_avec_experience"), 6, "seuils"), (("statuts_admis",), ["patron"], "statuts_admis"), (("libelles_statuts",), {"salarie": "salarié"}, "libelles_statuts"),
    (("valable_du",), "hier", "valable_du"), (("section",), "", "section"), (("inconnue",), 1, "eligibilite.yml"), (("textes", "niveau_direct", "raisons"), [], "niveau_direct"),
    (("textes", "niveau_direct", "raisons"), ["{age} ans"], "niveau_direct"), (("textes", "regle_inventee"), {}, "textes"), (("seuils", "age"), 18, "seuils"),
])
def test_a_wrong_value_is_named_with_its_place_and_remedy(rules_data: dict[str, Any], path: tuple[str, ...], value: object, place: str) -> None:
    data = deepcopy(rules_data)
    target = data
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value

    with pytest.raises(KnowledgeError) as error:
        Rules.from_mapping(data)
    assert place in error.value.place
    assert error.value.remedy.endswith(".")


@pytest.mark.parametrize("key", ["section", "seuils", "textes", "statuts_admis", "valable_jusqu_au"])
def test_a_missing_key_is_named(rules_data: dict[str, Any], key: str) -> None:
    data = {name: value for name, value in rules_data.items() if name != key}

    with pytest.raises(KnowledgeError, match=key):
        Rules.from_mapping(data)


@pytest.mark.parametrize("example", [{"niveau": 5}, {"niveau": 5, "verdict": "peut-être"}, {"age": 5, "verdict": "vae"}, {"verdict": "vae", "manque": "status"}])
def test_a_malformed_example_is_refused(example: dict[str, Any]) -> None:
    with pytest.raises(KnowledgeError, match="exemple 3"):
        read_example(example, 3)
