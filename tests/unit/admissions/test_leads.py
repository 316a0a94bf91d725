"""A lead leaves the core exactly as the contract writes it; personal data is cleaned, or masked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from bot.admissions.facts import Route, Status, Verdict
from bot.admissions.leads import Consent, Contact, Lead, clean_name, mask_personal_data, normalise_email, to_export

CREATED = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
LEAD = Lead(
    id=str(UUID(int=1)), conversation_id=str(UUID(int=2)), created_at=CREATED, updated_at=CREATED,
    contact=Contact("Claire Dupont", "Claire@example.fr", "+33639980012"), consent=Consent("2026-11", "J'accepte d'être recontactée.", CREATED),
    verdict=Verdict.ELIGIBLE, reasons=("Vous avez le niveau bac.",), level=4, diploma="bac", experience_months=40, status=Status.SALARIE, topics=("prerequis",),
)


def test_a_lead_is_exported_as_the_contract_writes_it() -> None:
    assert to_export(LEAD) == {
        "id": "00000000-0000-0000-0000-000000000001", "created_at": "2026-11-22T10:30:00Z", "updated_at": "2026-11-22T10:30:00Z",
        "conversation_id": "00000000-0000-0000-0000-000000000002", "verdict": "eligible", "reasons": ["Vous avez le niveau bac."], "level": 4, "diploma": "bac",
        "experience_months": 40, "status": "salarie", "route": None, "name": "Claire Dupont", "email": "Claire@example.fr", "phone": "+33639980012",
        "consent_at": "2026-11-22T10:30:00Z", "consent_version": "2026-11", "question": None, "state": "nouveau", "topics": ["prerequis"], "for_someone_else": False,
        "staff_verdict": None, "staff_reason": None, "owner": None,
    }
    assert json.loads(json.dumps(to_export(LEAD))) == to_export(LEAD)


def test_a_lead_without_pre_screening_has_null_facts() -> None:
    bare = Lead(id=LEAD.id, conversation_id=LEAD.conversation_id, created_at=CREATED, updated_at=CREATED, contact=LEAD.contact, consent=LEAD.consent, question="Me rappeler ?")

    assert [to_export(bare)[key] for key in ("verdict", "level", "diploma", "experience_months", "status")] == [None] * 5
    assert to_export(bare)["question"] == "Me rappeler ?"


@pytest.mark.parametrize(("asked", "verdict", "exported"), [
    (None, Verdict.VAE, "vae"), (Route.FORMATION_CONTINUE, Verdict.VAE, "formation_continue"), (None, Verdict.NOT_YET, None), (Route.VAE, Verdict.ELIGIBLE, "vae"),
])
def test_the_route_is_what_was_asked_for_else_the_vae_of_the_verdict(asked: Route | None, verdict: Verdict, exported: str | None) -> None:
    assert to_export(replace(LEAD, route=asked, verdict=verdict))["route"] == exported


def test_times_are_exported_in_utc() -> None:
    paris = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))

    assert to_export(replace(LEAD, created_at=paris))["created_at"] == "2026-07-01T10:00:00Z"


@pytest.mark.parametrize(("typed", "name"), [
    ("je m'appelle claire dupont", "Claire Dupont"), ("Je m’appelle Zoé Martin", "Zoé Martin"), ("jm'appelle karim ben ali 0639980012", "Karim Ben Ali"),
    ("Ma fille s'appelle Apolline Besse", "Apolline Besse"), ("c'est pour ma fille, elle s'appelle Inès Da Silva merci", "Inès Da Silva"),
    ("moi c'est JEAN-MARC LE GOFF", "Jean-Marc Le Goff"), ("mon nom est d'almeida rui", "D'Almeida Rui"), ("mme dupont claire", "Dupont Claire"), ("M. Dupont", "Dupont"),
    ("Claire DUPONT, claire@example.fr", "Claire DUPONT"), ("nom : Durand prénom : Paul", "Durand Paul"), ("Bonjour, je suis Marie Curie", "Marie Curie"),
    ("Je suis le maire, mon nom est Paul Durand", "Paul Durand"), ("léa", "Léa"), ("O'Connor", "O'Connor"), ("Marie-Ève de la Tour", "Marie-Ève de la Tour"), ("Ok Durand Paul", "Durand Paul"),
    ("jean de villiers", "Jean de Villiers"), ("Rémi Castandet", "Rémi Castandet"), ("D'Almeida", "D'Almeida"), ("REMI CASTANDET", "Remi Castandet"), ("moi c'est Jo", "Jo"),
    ("c'est pour ma fille Léa Durand", "Léa Durand"), ("pour mon fils, Hugo Petit", "Hugo Petit"), ("Jean D'ALMEIDA", "Jean D'ALMEIDA"), ("jm'appelle jo", "Jo"),
    ("Rémi Castandet, remi@exemple.fr, 06 39 98 00 12", "Rémi Castandet"), ("Castandet Rémi 0639980012", "Castandet Rémi"), ("Bonjour moi c'est Jo et vous ?", "Jo"),
    ("Xu Li", "Xu Li"), ("prénom Hugo nom Charpentier", "Hugo Charpentier"), ("Prénom : Hugo, Nom : Petit", "Hugo Petit"), ("Nom : Perrin / Prénom : Luc", "Perrin Luc"),
    ("moi c Léa", "Léa"), ("C Karim Haddad", "Karim Haddad"), ("Vous pouvez noter Chantal Moreau-Petit", "Chantal Moreau-Petit"), ("notez Durand Léa", "Durand Léa"),
    ("mon nom c'est O'Brien, Patrick O'Brien", "Patrick O'Brien"), ("Durand, Léa", "Durand Léa"), ("Dupont, merci", "Dupont"), ("Jo, je suis de Limoges", "Jo"),
    ("Ben oui c'est Josiane Dubois", "Josiane Dubois"), ("appelez moi Mimi, Michelle Lacroix", "Michelle Lacroix"), ("mon nom s'écrit Luc Perin", "Luc Perin"),
    ("thomas p.", "Thomas P."), ("BERNARD (nom) Bernard (prénom)", "BERNARD Bernard"), ("mohamed ben salah", "Mohamed Ben Salah"), ("Léa Durand tel 0639980012", "Léa Durand"),
    ("Mes coordonnées : Léa Durand lea@exemple.fr", "Léa Durand"), ("Mon nom de famille est Petit et mon prénom Hugo", "Petit Hugo"), ("mettez Paul Henry svp", "Paul Henry"),
    ("je suis madame Leroy", "Leroy"), ("Mme D'ALMEIDA Rui", "D'ALMEIDA Rui"), ("C'est Zoé", "Zoé"), ("Cécile", "Cécile"),
    ("mon nom c Mohamed El Amrani", "Mohamed El Amrani"), ("mn nom c sofia benali", "Sofia Benali"), ("jm'apl Sofia Benali", "Sofia Benali"),
    ("chui Kevin Roux", "Kevin Roux"), ("on m'appelle Kevin Roux", "Kevin Roux"), ("mappelle kevin roux", "Kevin Roux"), ("jme nomme kevin roux", "Kevin Roux"),
    ("mon nom et prenom c kevin roux", "Kevin Roux"), ("mon nom : Kevin Roux", "Kevin Roux"), ("mon prenom c Lina et mon nom c Petit", "Lina Petit"),
    ("Nom Prénom : Jean Petit", "Jean Petit"), ("Appel Jean", "Appel Jean"), ("C Marc Ces", "Marc Ces"),
])
def test_a_name_is_kept_without_what_introduces_it(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@pytest.mark.parametrize("typed", ["", "non", "0639980012", "claire@example.fr", "pourquoi ?", "je ne veux pas vous donner mon nom de famille ni mon prénom", "...", "je prefere rester anonyme",
    '=HYPERLINK("http://x")', "hugo.petit@exemple.fr", "j'ai un BTS", "c'est quoi la suite", "ça sert à quoi", "je ne sais pas", "oui oui", "qui va lire ça ?", "pas envie"])
def test_what_is_no_name_gives_none(typed: str) -> None:
    assert clean_name(typed) is None


def test_only_the_domain_of_an_address_is_lowered() -> None:
    assert normalise_email(" Claire.Dupont@Example.FR ") == "Claire.Dupont@example.fr"


@pytest.mark.parametrize(("text", "masked"), [
    ("mon mail c'est a.b+c@exemple.fr merci", "mon mail c'est [e-mail] merci"), ("appelez le 06 39 98 00 12 svp", "appelez le [téléphone] svp"),
    ("+33 6 39 98 00 12 ou 0639980012", "[téléphone] ou [téléphone]"), ("je m'appelle claire dupont et j'ai un BTS", "je m'appelle [nom] et j'ai un BTS"),
    ("Mme Durand m'a dit d'écrire", "Mme [nom] m'a dit d'écrire"), ("c'est pour ma fille Léa Durand", "c'est pour ma fille [nom]"), ("ma fille a un BTS", "ma fille a un BTS"), ("Cordialement, Jean Valjean", "Cordialement, [nom]"), ("siret 19870669900321", "siret [numéro]"),
    ("bonjour madame, monsieur le maire", "bonjour madame, monsieur le maire"), ("de 2010 à 2019, 36 mois", "de 2010 à 2019, 36 mois"), ("le RNCP41406", "le RNCP41406"),
])
def test_personal_data_is_masked_and_nothing_else(text: str, masked: str) -> None:
    assert mask_personal_data(text) == masked
