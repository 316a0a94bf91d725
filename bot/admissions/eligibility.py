"""The verdict: a total function from rules and a situation to an assessment that explains itself.

No number, name of status or sentence stands here: they are the rules, read from knowledge/ by the catalogue. The order of
the rules is the contract's and is fixed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.admissions.eligibility_rules import Rules
from bot.admissions.facts import Ambiguity, Diploma, Experience, Situation, Status, Verdict

LEAST_ROUNDED_MONTHS = 24


@dataclass(frozen=True)
class Reason:
    """Why: a French sentence, the rule that says it and the section of the record (or the text) it comes from."""

    text: str
    rule: str
    source: str


@dataclass(frozen=True)
class Assessment:
    """What the pre-screening can say now.

    `verdict` is None while `missing` names facts, the first being the next question; `rule_id` ends in
    `_a_preciser` when that question was answered but vaguely.
    """

    verdict: Verdict | None
    rule_id: str
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
    what_would_change: tuple[str, ...] = ()


def assess(rules: Rules, situation: Situation, on: date) -> Assessment:
    """The indicative verdict for a situation on a day; the first rule that holds wins.

    Never fails and never guesses: with a fact missing that could change the outcome, the verdict is None
    and `missing` names it. Outside the validity of the rules everything is `to_review`.

    Source: Prérequis à l'entrée en formation.
    """
    if not rules.are_valid_on(on):
        return _conclude(rules, Verdict.TO_REVIEW, "regles_perimees", situation)
    diploma = situation.diploma
    if diploma is None:
        return Assessment(None, "diplome_a_demander", (), ("diploma",))
    if isinstance(diploma, Ambiguity):
        return Assessment(None, "diplome_a_preciser", (), ("diploma",))
    if diploma.level is not None and diploma.level >= rules.direct_level:
        return _conclude(rules, Verdict.ELIGIBLE, "niveau_direct", situation)
    if diploma.level is not None and diploma.level >= rules.level_with_experience:
        return _assess_level_with_experience(rules, diploma, situation)
    marker = _marker(diploma)
    if marker is not None or diploma.level is None:
        return _conclude(rules, Verdict.TO_REVIEW, marker or "niveau_indetermine", situation)
    return _assess_below(rules, situation)


def _assess_level_with_experience(rules: Rules, diploma: Diploma, situation: Situation) -> Assessment:
    """Level 4: eligible with experience and status; else what must be looked at, then what is lacking."""
    experience = situation.experience or Experience()
    threshold = rules.experience_months
    marker = _marker(diploma)
    if not experience.unknown and not experience.is_known:
        return Assessment(None, "experience_a_demander", (), ("experience",))
    if experience.straddles(threshold):
        if not experience.asked_again:
            return Assessment(None, "experience_a_preciser", (), ("experience",))
        return _conclude(rules, Verdict.TO_REVIEW, marker or "experience_imprecise", situation)
    if experience.unknown:
        return _conclude(rules, Verdict.TO_REVIEW, marker or "experience_inconnue", situation)
    if _lowest(experience) >= threshold:
        return _assess_status(rules, marker, situation)
    if marker is not None:
        return _conclude(rules, Verdict.TO_REVIEW, marker, situation)
    if _would_decide(experience, threshold):
        return _conclude(rules, Verdict.TO_REVIEW, "experience_non_comptee", situation)
    return _conclude(rules, Verdict.NOT_YET, "experience_insuffisante", situation)


def _assess_status(rules: Rules, marker: str | None, situation: Situation) -> Assessment:
    if situation.status in rules.statuses:
        return _conclude(rules, Verdict.ELIGIBLE, "niveau_avec_experience", situation)
    if situation.status is None and not situation.status_unknown:
        return Assessment(None, "statut_a_demander", (), ("status",))
    rule = "statut_inconnu" if situation.status is None else "autre_statut"
    return _conclude(rules, Verdict.TO_REVIEW, marker or rule, situation)


def _assess_below(rules: Rules, situation: Situation) -> Assessment:
    """Below level 4: experience opens the VAE, its absence leaves nothing yet."""
    experience = situation.experience or Experience()
    if experience.unknown:
        return _conclude(rules, Verdict.TO_REVIEW, "sous_niveau_experience_inconnue", situation)
    if not experience.is_known:
        return Assessment(None, "experience_a_demander", (), ("experience",))
    if _lowest(experience) > 0 or experience.open_ended or (experience.highest or 0) > 0:
        return _conclude(rules, Verdict.VAE, "sous_niveau_avec_experience", situation)
    if _would_decide(experience, 1):
        return _conclude(rules, Verdict.TO_REVIEW, "experience_non_comptee", situation)
    return _conclude(rules, Verdict.NOT_YET, "sous_niveau_sans_experience", situation)


def _marker(diploma: Diploma) -> str | None:
    """Why a person must look at the diploma, if so: the id of the rule."""
    if diploma.foreign:
        return "diplome_etranger"
    if diploma.two_years_validated:
        return "deux_annees_validees"
    return "niveau_indetermine" if diploma.level_unknown else None


def _would_decide(experience: Experience, threshold: int) -> bool:
    """Whether internships, volunteering or mandates would reach the threshold if they counted."""
    if experience.uncounted_kind is not None and experience.uncounted_months is None:
        return True
    uncounted = experience.uncounted_months or 0
    return uncounted > 0 and _lowest(experience) + uncounted >= threshold


def _lowest(experience: Experience) -> int:
    return 0 if experience.lowest is None else experience.lowest


def _conclude(rules: Rules, verdict: Verdict, rule_id: str, situation: Situation) -> Assessment:
    rule = rules.texts[rule_id]
    values = _values(rules, situation)
    reasons = [Reason(text.format_map(values), rule_id, rule.source) for text in rule.reasons]
    diploma = situation.diploma
    if isinstance(diploma, Diploma) and diploma.without_diploma and rule_id != "regles_perimees":
        nuance = rules.texts["niveau_sans_diplome"]
        reasons += [Reason(text.format_map(values), "niveau_sans_diplome", nuance.source) for text in nuance.reasons]
    change = tuple(text.format_map(values) for text in rule.what_would_change)
    return Assessment(verdict, rule_id, tuple(reasons), (), change)


def _values(rules: Rules, situation: Situation) -> dict[str, str]:
    """What the sentences of the rules may name between braces."""
    diploma, experience = situation.diploma, situation.experience or Experience()
    known = experience.highest if experience.highest is not None else experience.lowest
    lacking = max(1, rules.experience_months - (known or 0))
    return {
        "niveau_direct": str(rules.direct_level),
        "niveau_avec_experience": str(rules.level_with_experience),
        "mois_requis": str(rules.experience_months),
        "ans_requis": _number(rules.experience_months / 12),
        "diplome": diploma.label if isinstance(diploma, Diploma) and diploma.label else "votre diplôme",
        "niveau": str(diploma.level) if isinstance(diploma, Diploma) and diploma.level is not None else "non déterminé",
        "experience": describe_months(experience),
        "mois_manquants": str(lacking),
        "non_compte": experience.uncounted_kind or "stage",
        "statut": rules.status_labels.get(situation.status or Status.AUTRE, ""),
        "fin_validite": f"{rules.valid_until:%d/%m/%Y}",
    }


def describe_months(experience: Experience) -> str:
    """« 2 ans et 6 mois », « entre 24 et 48 mois », « au moins 24 mois », « une durée non précisée »."""
    low, high = experience.lowest, experience.highest
    if low is None:
        return "une durée non précisée"
    if experience.open_ended:
        return f"au moins {_duration(low)}"
    if high is not None and experience.months is not None and low < experience.months < high:
        return f"environ {_duration(_rounded(experience.months))}"
    if high is not None and high != low:
        in_years = low > 0 and low % 12 == 0 and high % 12 == 0
        return f"entre {low // 12} et {high // 12} ans" if in_years else f"entre {low} et {high} mois"
    return _duration(low)


def _rounded(months: int) -> int:
    """To whole years from two years on: « depuis 2014 » is no figure in months."""
    return round(months / 12) * 12 if months >= LEAST_ROUNDED_MONTHS else months


def _duration(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = [f"{years} an{'s' if years > 1 else ''}"] if years else []
    if rest or not years:
        parts.append(f"{rest} mois")
    return " et ".join(parts)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value).replace(".", ",")
