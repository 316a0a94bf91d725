"""Use case: a message that states facts about the person is taken as such, whatever its words resemble.

The classifier reads words; here the facts decide: a fact that changes a verdict already told gives the new one, and somebody
who says what they have and asks whether that is enough begins the pre-screening.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.admissions.agreement import read_agreement
from bot.admissions.contact_words import is_called_so, is_name_answer
from bot.admissions.facts import Diploma, Situation
from bot.admissions.reading import changes_person, read_situation
from bot.admissions.sensitive_data import Sensitive, find_sensitive
from bot.admissions.spelling import readable
from bot.admissions.subjects import cannot_apply
from bot.admissions.suppositions import supposes_a_diploma, supposes_its_failure
from bot.services.prescreening import situation_from_slots

GIVE_SITUATION, REQUEST_PRESCREENING, DISABILITY = "give_situation", "request_prescreening", "ask_disability_support"
HOW_ARE_YOU = "ask_how_are_you"
DISTRESS, HYPOTHESIS, GIVE_CONTACT = "express_distress", "ask_hypothesis", "give_contact"
ABOUT_THE_SITUATION = frozenset({GIVE_SITUATION, REQUEST_PRESCREENING, "ask_reasons"})
# What comes first whatever else is said.
COMES_FIRST = frozenset({"express_distress", "request_erasure", "cancel", "start_over", "prompt_injection", "insult", "express_worry", "praise"})
SHORT_ANSWERS = frozenset({"affirm", "deny", "dont_know", "give_contact", "correct_misunderstanding", "thank"})
UNREAD = frozenset({"out_of_scope", "nlu_fallback", "dont_know", "affirm", "deny", "correct_misunderstanding", "rephrase", "give_contact"})
# Cards about the rule: somebody who states their own diploma wants it applied to them.
ABOUT_THE_RULE = frozenset({
    "ask_prerequisites", "ask_level_meaning", "ask_level", "ask_equivalences", "ask_experience_required",
    "ask_certification_prerequisites", "ask_foreign_diploma", "ask_work_study",
    "ask_employers", "ask_other_providers", "ask_selection", "ask_vae",
})
HIGHEST_BEFORE_ANOTHER = 4  # a BTS being prepared was noted as the bac; beyond, « si je la rate » is about this certification
# What a diploma to come is taken for: the date limit, the way to apply.
WOULD_BE_SUPPOSED = frozenset({GIVE_SITUATION, REQUEST_PRESCREENING, "ask_deadline", "ask_how_to_apply", "ask_start_date", "ask_next_steps"})
_SAID_OF_ONESELF = re.compile(
    r"\b(?:j'(?:ai|en ai|y|etais|avais)|je (?:suis|bosse|travaille|n'ai|n'y|possede|detiens|peu[tx]?|cherche|touche|ne)|moi|mon|ma|mes|titulaire|"
    r"(?:il|elle) (?:a|n'a|est|y|bosse|travaille)|c'est (?:a mon|en|un|une|mon|plutot))\b"
    r"|^(?:bts|bac|dut|deug|deust|licence|master|cap|bep|niveau|titre|diplome|daeu|maitrise|doctorat|l[123]|m[12])\b")
_CORRECTS_ONESELF = re.compile(r"\b(?:aussi|en fait|oubli\w*|pardon|erreur|tromp\w*|finalement|enfin|plutot)\b|^(?:ah|non|mais|"
    r"oups|oui)\b|\bet moi\b")
_ASKS_ELSE = re.compile(r"\b(?:comment|combien|proposez|embauch\w+|quels?|quelles?|quand|pourquoi|se passe|c'est quoi|"
                        r"ou en est|ecri\w+|faut|dispense\w*|"
                        r"passerelle|accueillir|m'entretenir|comprendre|besoin d\w*)\b")
_WHETHER = re.compile(
    r"\b(?:je peu[tx]?|puis[- ]je|pourrai\w*|ca (?:passe|suffit|marche|compte|va)|c'est (?:bon|ok|possible|mort|jouable)|ok|"
    r"possible|recevable|eligible|admissible|rentrer|entrer|candidater|"
    r"postuler|m'inscrire|conditions?|suffi\w*|accept\w*|suis[- ]je|remplis|droit|donc c'est)\b")
_SUPPOSES = re.compile(r"\bsi (?:j'|je |on |elle |il |ma |mon )|\bet avec\b|\b(?:imagin|suppos|admett)ons|\bquand j'aurai\b|"
    r"\bj'aurais\b|\battend\w*\b|\bdans \d+ (?:ans|mois)\b")
_HINDERS = re.compile(r"\b(?:probleme|genant|gene|empeche|handicap\w*|possible|eligible|amenage\w*|interdit|accept\w*|rqth|"
    r"entrer|rentrer|candidater|postuler)\b")
_NOT_VAE = re.compile(r"\bformation\b.{0,20}\b(?:pas|plutot que|et non|sans)\b.{0,10}\bvae\b|"
                      r"\bpas (?:de |la |par la |une |en )?vae\b.{0,25}\bformation\b")


def intent_for_facts(intent: str, text: str, slots: Mapping[str, Any], form: str | None, today: date) -> str | None:
    """The intent that the facts of a message ask for, None to leave the classifier's. `form` is the active form's name."""
    asked_name = slots.get("requested_slot") == "name"
    if intent == DISTRESS and form is not None and is_called_so(text, asked=asked_name):
        return GIVE_CONTACT if form == "contact_form" else GIVE_SITUATION  # « Léa Noir »
    if intent in COMES_FIRST:
        return None
    if _supposes(intent, text, slots, today):
        return HYPOTHESIS
    if cannot_apply(text):
        return REQUEST_PRESCREENING if _WHETHER.search(readable(text)) or _names_a_diploma(text, today) else None
    if form == "prescreening_form" or (asked_name and is_name_answer(text)):
        return None
    if intent == HOW_ARE_YOU and read_agreement(text):
        return "affirm"  # « vasy »
    return _intent_outside_the_questions(intent, text, slots, form, today)


def _supposes(intent: str, text: str, slots: Mapping[str, Any], today: date) -> bool:
    """« si j'ai mon BTS l'an prochain, je peux m'inscrire ? », with no fact beside it; then « et si je le rate ? »."""
    told_of = (slots.get("topic") or {}).get("intent")
    known = situation_from_slots(slots)
    may_prepare_another = isinstance(known.diploma, Diploma) and (known.diploma.level or 0) <= HIGHEST_BEFORE_ANOTHER
    if supposes_its_failure(text) and (told_of == HYPOTHESIS or (told_of is None and may_prepare_another)):
        return True
    if intent not in (HYPOTHESIS, *WOULD_BE_SUPPOSED, *ABOUT_THE_RULE, *UNREAD) or not supposes_a_diploma(text):
        return False
    return read_situation(text, None, today, known, for_someone_else=bool(slots.get("for_someone_else"))).apply_to(known) == known


def _intent_outside_the_questions(intent: str, text: str, slots: Mapping[str, Any], form: str | None, today: date) -> str | None:
    known = situation_from_slots(slots)
    update = read_situation(text, None, today, known, for_someone_else=bool(slots.get("for_someone_else")))
    other_person = changes_person(text, bool(slots.get("for_someone_else")))
    if intent == "ask_vae" and _NOT_VAE.search(readable(text)):
        return "ask_prerequisites"
    if update.apply_to(known) == known and not (other_person and update.changed):
        return _about_health(intent, text, form)
    if intent in ABOUT_THE_SITUATION:
        return GIVE_SITUATION if intent == "ask_reasons" and slots.get("verdict") and not text.rstrip().endswith("?") else None
    plain = readable(text)
    if intent == "ask_hypothesis" and (_SUPPOSES.search(plain) or plain.startswith("avec ")):
        return None
    if other_person and _tells_of_another(intent, text, plain, slots, today):
        return GIVE_SITUATION
    if slots.get("verdict") is not None or form == "contact_form":
        return GIVE_SITUATION if _changes_the_verdict(intent, plain) else None
    return GIVE_SITUATION if _begins_a_prescreening(intent, plain, update.apply_to(Situation())) else None


def _tells_of_another(intent: str, text: str, plain: str, slots: Mapping[str, Any], today: date) -> bool:
    """« et mon frère, il a un CAP ? »: a diploma of theirs, lower than the one known of the writer or not."""
    if intent not in (*UNREAD, *ABOUT_THE_RULE, "ask_hypothesis") or _ASKS_ELSE.search(plain):
        return False
    return read_situation(text, None, today, Situation(), for_someone_else=not slots.get("for_someone_else")).diploma is not None


def _changes_the_verdict(intent: str, plain: str) -> bool:
    """After a verdict, a fact said of oneself; a question that only names a diploma or a length stays a question."""
    if intent in (*SHORT_ANSWERS, "ask_hypothesis"):
        return True
    if "?" in plain and _CORRECTS_ONESELF.search(plain) is None:
        return False
    if intent.startswith("ask_"):
        return _CORRECTS_ONESELF.search(plain) is not None and _ASKS_ELSE.search(plain) is None
    return (_SAID_OF_ONESELF.search(plain) or _CORRECTS_ONESELF.search(plain)) is not None and _ASKS_ELSE.search(plain) is None


def _begins_a_prescreening(intent: str, plain: str, told: Situation) -> bool:
    if not isinstance(told.diploma, Diploma) or _ASKS_ELSE.search(plain):
        return False
    if _SAID_OF_ONESELF.search(plain) is None:
        return False
    if intent in UNREAD or intent == "ask_hypothesis":
        return True
    return intent in ABOUT_THE_RULE and _WHETHER.search(plain) is not None


def _names_a_diploma(text: str, today: date) -> bool:
    return re.search(r"\b(?:bac|bts|dut|licence|master|doctorat|cap|bep|deug|brevet|diplome|"
        r"experience)\b", readable(text)) is not None


def _about_health(intent: str, text: str, form: str | None) -> str | None:
    """« je suis diabétique, est-ce un problème ? » asks about health, not for the questions on diplomas."""
    if form is not None or intent not in (*UNREAD, REQUEST_PRESCREENING, GIVE_SITUATION):
        return None
    return DISABILITY if find_sensitive(text) is Sensitive.HEALTH and _HINDERS.search(readable(text)) else None
