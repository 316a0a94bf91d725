"""The record as a flat list for other programs (GET /api/knowledge): one line per fact, with the section it comes from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalogue.facts import Facts
from bot.catalogue.schema_answers import PracticalItem

FactValue = str | int | bool | None
Line = tuple[str, str, Any, str]


@dataclass(frozen=True)
class PublicFact:
    """`value` is None when the record gives the heading without the fact; dates are ISO 8601; `source` is the section's title."""

    id: str
    label: str
    value: FactValue
    source: str


def public_facts(facts: Facts) -> list[PublicFact]:
    """Every fact of the record, in its order."""
    return [
        PublicFact(identifier, label, _plain(value), facts.sections[section])
        for part in _PARTS
        for identifier, label, value, section in part(facts)
    ]


def typed_facts(facts: Facts) -> dict[str, tuple[str, Any]]:
    """Label and value of every fact by its id; dates are dates here, so that they can be written in French."""
    return {identifier: (label, value) for part in _PARTS for identifier, label, value, _ in part(facts)}


class FactsByName(Mapping[str, Any]):
    """What templates call `faits`: values by the ids of GET /api/knowledge, gathered when one is asked for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._values: dict[str, Any] | None = None

    def __getitem__(self, name: str) -> Any:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, Any]:
        if self._values is None:
            self._values = {name: value for name, (_, value) in typed_facts(self._facts).items()}
        return self._values


def practical_facts(practical: Mapping[str, PracticalItem], on: datetime.date) -> list[PublicFact]:
    """What the office says of practical matters that day, with its own source; nothing for what it has not filled in."""
    return [
        PublicFact(f"pratique.{name}", item.libelle[:1].upper() + item.libelle[1:], item.valeur, item.source or "")
        for name, item in practical.items()
        if item.is_known(on)
    ]


def _plain(value: Any) -> FactValue:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _identity(facts: Facts) -> Iterator[Line]:
    identity, certifier = facts.identite, facts.identite.certificateur
    yield "identite.code", "Numéro de la fiche", identity.code, identity.section
    yield "identite.intitule", "Intitulé de la certification", identity.intitule, identity.section
    yield "identite.niveau", "Niveau de qualification", identity.niveau, identity.section
    for group, label in (("nsf", "Code NSF"), ("formacodes", "Formacode")):
        for item in getattr(identity, group):
            yield f"identite.{group}.{item.code}", label, f"{item.code} : {item.libelle}", identity.section
    for key, label in (
        ("nom_legal", "Nom légal"),
        ("siret", "Siret"),
        ("nom_commercial", "Nom commercial"),
        ("site", "Site internet"),
    ):
        yield f"certificateur.{key}", f"{label} du certificateur", getattr(certifier, key), certifier.section


def _objectives(facts: Facts) -> Iterator[Line]:
    objectives = facts.objectifs
    for key, label in (("metier", "Le métier"), ("role", "Le rôle"), ("contexte", "Le contexte")):
        yield f"objectifs.{key}", label, getattr(objectives, key), objectives.section
    for rank, purpose in enumerate(objectives.buts, 1):
        yield f"objectifs.but_{rank}", "Objectif de la certification", purpose, objectives.section


def _activities(facts: Facts) -> Iterator[Line]:
    section = facts.files.activites.section
    yield "activites.nombre", "Nombre d'activités visées", len(facts.activites), section
    for item in facts.activites:
        yield f"activites.{item.id}", "Activité visée", item.libelle, section


def _competences(facts: Facts) -> Iterator[Line]:
    section = facts.files.competences.section
    yield "competences.nombre", "Nombre de compétences attestées", len(facts.competences), section
    for item in facts.competences:
        yield f"competences.{item.id}", f"Compétence attestée (bloc {item.bloc})", item.libelle, section


def _exams(facts: Facts) -> Iterator[Line]:
    for rank, line in enumerate(facts.ensemble, 1):
        yield f"evaluations.ensemble_{rank}", "Modalité d'évaluation", line.libelle, facts.files.evaluations.section


def _blocks(facts: Facts) -> Iterator[Line]:
    yield "blocs.nombre", "Nombre de blocs de compétences", len(facts.blocs), facts.capitalisation.section
    yield "blocs.tous_requis", "Tous les blocs sont à valider", facts.capitalisation.tous_les_blocs, facts.capitalisation.section
    for block in facts.blocs:
        name = f"blocs.{block.numero}"
        yield f"{name}.code", f"Code du bloc {block.numero}", block.code, block.section
        yield f"{name}.titre", f"Intitulé du bloc {block.numero}", block.titre, block.section
        for item in block.competences:
            yield f"{name}.{item.id}", f"Compétence du bloc {block.numero}", item.libelle_bloc or item.libelle, block.section
        for rank, line in enumerate(block.epreuves, 1):
            yield f"{name}.evaluation_{rank}", f"Évaluation du bloc {block.numero}", line.libelle, block.section


def _sectors_and_jobs(facts: Facts) -> Iterator[Line]:
    for sector in facts.secteurs:
        examples = f" ({', '.join(sector.exemples)})" if sector.exemples else ""
        yield f"secteurs.{sector.id}", "Secteur d'activités", sector.libelle + examples, facts.files.secteurs.section
    for job in facts.emplois:
        remark = f" ({job.remarque})" if job.remarque else ""
        yield f"emplois.{job.id}", "Emploi accessible", f"{job.libelle} – {job.rome}{remark}", facts.files.metiers.emplois.section
    for code in facts.rome:
        yield f"rome.{code.code}", "Code ROME", f"{code.code} - {code.libelle}", facts.files.metiers.rome.section


def _prerequisites(facts: Facts) -> Iterator[Line]:
    entry = facts.prerequis.entree
    yield "prerequis.entree.sans_experience", "Prérequis à l'entrée en formation", entry.sans_experience.libelle, entry.section
    yield "prerequis.entree.avec_experience", "Ou, avec de l'expérience", entry.avec_experience.libelle, entry.section
    yield "prerequis.entree.admission", "Admission", entry.admission.libelle, entry.section
    yield (
        "prerequis.validation",
        "Prérequis à la validation de la certification",
        facts.prerequis.validation.libelle,
        facts.prerequis.validation.section,
    )
    yield "prerequis.blocs", "Prérequis distincts pour les blocs", facts.prerequis.blocs.libelle, facts.prerequis.blocs.section


def _routes(facts: Facts) -> Iterator[Line]:
    section = facts.files.voies.section
    for route in facts.voies:
        yield f"voies.{route.id}.ouverte", f"{route.libelle} : voie ouverte", route.ouverte, section
        if route.jury is not None:
            yield f"voies.{route.id}.jury", f"{route.libelle} : jury", route.jury, section
        if route.modifie_le is not None:
            yield f"voies.{route.id}.modifie_le", f"{route.libelle} : dernière modification", route.modifie_le, section


def _references(facts: Facts) -> Iterator[Line]:
    for territory in facts.territoires:
        yield f"territoires.{territory.id}", territory.libelle, territory.inscrite, facts.files.territoires.section
    legal = facts.files.references.references_juridiques
    yield (
        "references_juridiques",
        "Références juridiques des règlementations d'activité",
        "; ".join(legal.liste) or None,
        legal.section,
    )
    matches = facts.correspondances
    yield "correspondances", "Correspondances", "; ".join(matches.liste) or matches.libelle, matches.section


def _registration(facts: Facts) -> Iterator[Line]:
    registration = facts.identite.enregistrement
    for key, label in (
        ("decision", "Date de décision"),
        ("duree_annees", "Durée de l'enregistrement en années"),
        ("echeance", "Date d'échéance de l'enregistrement"),
        ("derniere_delivrance", "Date de dernière délivrance possible de la certification"),
    ):
        yield f"enregistrement.{key}", label, getattr(registration, key), registration.section


def _statistics(facts: Facts) -> Iterator[Line]:
    labels = {
        "certifies": "nombre de certifiés",
        "certifies_vae": "nombre de certifiés à la suite d'un parcours VAE",
        "insertion_globale_6_mois": "taux d'insertion global à 6 mois (en %)",
        "insertion_metier_6_mois": "taux d'insertion dans le métier visé à 6 mois (en %)",
        "insertion_metier_2_ans": "taux d'insertion dans le métier visé à 2 ans (en %)",
    }
    for year in facts.statistiques:
        for key, label in labels.items():
            yield (
                f"statistiques.{year.annee}.{key}",
                f"{year.annee} : {label}",
                getattr(year, key),
                facts.files.statistiques.section,
            )


def _links(facts: Facts) -> Iterator[Line]:
    links, providers = facts.identite.liens, facts.identite.habilitation
    yield "liens.descriptif", "Lien internet vers le descriptif de la certification", links.descriptif, links.section
    yield "liens.referentiel", "Référentiel d'activité, de compétences et d'évaluation", links.referentiel, links.section
    yield "habilitation", "Organismes préparant à la certification", providers.libelle, providers.section


_PARTS = (
    _identity,
    _objectives,
    _activities,
    _competences,
    _exams,
    _blocks,
    _sectors_and_jobs,
    _prerequisites,
    _routes,
    _references,
    _registration,
    _statistics,
    _links,
)
