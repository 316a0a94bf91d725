"""Use case: somebody leaves their details by the form: the consent, the lead and what was said, kept together or not at all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from bot.admissions.eligibility import Assessment
from bot.admissions.leads import Consent, clean_name
from bot.services.assistant import Assistant
from bot.services.form import Problem
from bot.services.lead_from_slots import register_lead
from bot.services.locks import ConversationLocks
from bot.services.protocols import UnitOfWork

CONTACT_LIMITS = {"name": 120, "email": 254, "phone": 40, "question": 1_000}
LEAST_LETTERS = 2
_NAME = re.compile(r"(?:[^\W\d_]|[ '’.-])+")
SENT = "Merci, c'est transmis à l'équipe des admissions, qui vous recontactera."


@dataclass(frozen=True)
class ContactEntries:
    """The details as typed; `consent` is a box that was ticked by hand."""

    name: str = ""
    email: str = ""
    phone: str = ""
    question: str = ""
    consent: bool = False


@dataclass(frozen=True)
class Said:
    """One line of what the form made of an exchange: `sender` is user or bot, `source` that of an answer."""

    sender: str
    text: str
    source: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Submission:
    """What is to be kept: `form_id` becomes the conversation's id, so that the form sent twice is one conversation."""

    form_id: str
    slots: Mapping[str, Any]
    contact: Mapping[str, str]
    assessment: Assessment | None
    said: Sequence[Said]


def read_contact(reader: Any, entries: ContactEntries) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The details as stored, and what is missing or cannot be used. `reader` is the assistant's `read_contact`."""
    found = {
        "name": clean_name(entries.name) or _as_typed(entries.name),
        "email": reader.read_email(entries.email) or "",
        "phone": reader.read_phone(entries.phone) or "",
        "question": entries.question,
    }
    return found, tuple(_problems(entries, found))


def send_contact(assistant: Assistant, locks: ConversationLocks, submission: Submission, now: datetime) -> str:
    """Keeps the exchange and its lead in one unit of work, and gives the lead's id.

    The same submission again gives the same lead; one that the person corrected brings it up to date.
    Raises: StorageUnavailable, with nothing kept.
    """
    with locks.holding(submission.form_id):
        try:
            return _send(assistant, submission, now)
        except Exception:
            # Another process may have taken the same form meanwhile: then its lead is the answer.
            lead_id = _already_sent(assistant, submission)
            if lead_id is None:
                raise
            return lead_id


def _send(assistant: Assistant, submission: Submission, now: datetime) -> str:
    with assistant.uow_factory() as uow:
        lead_id = _lead_of(uow, submission)
        if lead_id is not None:
            return lead_id
        version, notice = assistant.base.consent_terms(assistant.today())
        _keep_exchange(uow, submission, notice, now)
        slots = {**submission.slots, **submission.contact}
        register_lead(uow, submission.form_id, slots, submission.assessment, Consent(version, notice, now), now)
        uow.messages.remember_handled(submission.form_id, _submission_id(submission), _content_hash(submission), [], now)
        lead = uow.leads.for_conversation(submission.form_id)
        uow.commit()
    if lead is None:
        raise RuntimeError("the lead just registered cannot be read back")
    return lead.id


def _already_sent(assistant: Assistant, submission: Submission) -> str | None:
    with assistant.uow_factory() as uow:
        return _lead_of(uow, submission)


def _lead_of(uow: UnitOfWork, submission: Submission) -> str | None:
    """The lead that this very submission has made already."""
    if uow.messages.handled(submission.form_id, _submission_id(submission)) is None:
        return None
    lead = uow.leads.for_conversation(submission.form_id)
    return None if lead is None else lead.id


def _keep_exchange(uow: UnitOfWork, submission: Submission, notice: str, now: datetime) -> None:
    if uow.conversations.get(submission.form_id) is None:
        uow.conversations.create(submission.form_id, now)
    contact = submission.contact
    details = ", ".join(contact[name] for name in ("name", "email", "phone") if contact[name])
    asked = [Said("user", contact["question"])] if contact["question"] else []
    agreed = [Said("bot", notice), Said("user", "J'accepte d'être recontacté."), Said("user", details), *asked, Said("bot", SENT)]
    for said in (*submission.said, *agreed):
        body: dict[str, Any] = {"text": said.text} if said.source is None else {"text": said.text, "source": dict(said.source)}
        uow.messages.append(submission.form_id, said.sender, now, body)
    uow.conversations.stage_turn(submission.form_id, now, None, {})


def _as_typed(name: str) -> str:
    """A name that a sentence would hide (« Marie Maire ») is one where nothing but a name is asked; else empty."""
    return " ".join(name.split()) if _NAME.fullmatch(name) and sum(letter.isalpha() for letter in name) >= LEAST_LETTERS else ""


def _problems(entries: ContactEntries, found: Mapping[str, str]) -> list[Problem]:
    problems = [] if found["name"] else [Problem("name", "Écrivez un prénom et un nom, par exemple « Camille Martin ».")]
    if entries.email and not found["email"]:
        problems.append(Problem("email", "Cette adresse ne semble pas complète : elle ressemble à « prenom.nom@exemple.fr »."))
    if entries.phone and not found["phone"]:
        problems.append(Problem("phone", "Ce numéro n'est pas reconnu : écrivez-le avec ses dix chiffres, ou avec l'indicatif du pays."))
    if not entries.email and not entries.phone:
        problems.append(
            Problem(
                "email",
                "Indiquez une adresse e-mail ou un numéro de téléphone : sans l'un des deux, personne ne peut vous recontacter.",
            )
        )
    if not entries.consent:
        problems.append(Problem("consent", "Cochez la case si vous acceptez d'être recontacté. Sans votre accord, rien n'est transmis ni gardé."))
    return problems


def _submission_id(submission: Submission) -> str:
    return str(uuid5(UUID(submission.form_id), _content_hash(submission)))


def _content_hash(submission: Submission) -> str:
    content = json.dumps([dict(submission.slots), dict(submission.contact), [asdict(said) for said in submission.said]], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()
