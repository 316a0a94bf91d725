"""The shape of each facts file of the record: one class per kind of entry, in the words of the files."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import Field, StrictBool, StrictInt, conint, validator

from bot.catalogue.validation import Entry, Identifier, RuleBroken, SectionKey, Text

if TYPE_CHECKING:  # to the type checker a bounded number is a number
    Percent: TypeAlias = int
    Count: TypeAlias = int
else:
    Percent = conint(strict=True, ge=0, le=100)
    Count = conint(strict=True, ge=0)


class Dated(Entry):
    """An entry with dates: a number must not be taken for one (pydantic would read it as a timestamp)."""

    @validator("*", pre=True)
    def _no_number_as_date(cls, value: object, field: Any) -> object:
        if getattr(field, "type_", None) is datetime.date and not isinstance(value, (datetime.date, type(None))):
            message = f"« {field.name} » a la valeur « {value} », qui n'est pas une date"
            raise RuleBroken(message=message, remedy="Écrivez une date sans guillemets, année-mois-jour (2028-10-27)")
        return value


class Coded(Entry):
    code: Text
    libelle: Text


class Named(Entry):
    id: Text
    libelle: Text


class Certifier(Entry):
    section: SectionKey
    nom: Text
    nom_legal: Text
    nom_commercial: Text | None = Field(...)
    siret: Text
    site: Text


class Registration(Dated):
    section: SectionKey
    decision: datetime.date
    duree_annees: Count
    echeance: datetime.date
    derniere_delivrance: datetime.date


class Links(Entry):
    section: SectionKey
    descriptif: Text | None = Field(...)
    referentiel: Text | None = Field(...)


class Providers(Entry):
    section: SectionKey
    autres_organismes: StrictBool
    libelle: Text


class Identity(Dated):
    section: SectionKey
    lu_le: datetime.date
    code: Text
    intitule: Text
    niveau: StrictInt
    nsf: tuple[Coded, ...]
    formacodes: tuple[Coded, ...]
    certificateur: Certifier
    enregistrement: Registration
    liens: Links
    habilitation: Providers


class Objectives(Entry):
    section: SectionKey
    metier: Text
    role: Text
    contexte: Text
    buts: tuple[Text, ...]


class Activities(Entry):
    section: SectionKey
    nombre_attendu: Count
    liste: tuple[Named, ...]


class Competence(Entry):
    id: Text
    bloc: StrictInt
    libelle: Text
    libelle_bloc: Text | None = None


class Competences(Entry):
    section: SectionKey
    nombre_attendu: Count
    nombre_deux_formulations: Count
    liste: tuple[Competence, ...]


class Capitalisation(Entry):
    section: SectionKey
    tous_les_blocs: StrictBool


class BlockEntry(Entry):
    numero: StrictInt
    section: SectionKey
    code: Text
    titre: Text
    titre_court: Text


class Blocks(Entry):
    capitalisation: Capitalisation
    liste: tuple[BlockEntry, ...]


class ExamLine(Entry):
    epreuves: tuple[Text, ...]
    libelle: Text
    ecrite: StrictBool = False


class BlockExams(Entry):
    bloc: StrictInt
    lignes: tuple[ExamLine, ...]


class ExamKind(Entry):
    id: Identifier
    nom: Text


class Exams(Entry):
    section: SectionKey
    ensemble: tuple[ExamLine, ...]
    par_bloc: tuple[BlockExams, ...]
    sortes: tuple[ExamKind, ...]


class Sector(Named):
    exemples: tuple[Text, ...]


class Sectors(Entry):
    section: SectionKey
    liste: tuple[Sector, ...]


class Job(Named):
    rome: Text
    remarque: Text | None = None


class Jobs(Entry):
    section: SectionKey
    liste: tuple[Job, ...]


class RomeCodes(Entry):
    section: SectionKey
    liste: tuple[Coded, ...]


class Occupations(Entry):
    emplois: Jobs
    rome: RomeCodes


class YearFigures(Entry):
    annee: StrictInt
    certifies: Count | None = Field(...)
    certifies_vae: Count | None = Field(...)
    insertion_globale_6_mois: Percent | None = Field(...)
    insertion_metier_6_mois: Percent | None = Field(...)
    insertion_metier_2_ans: Percent | None = Field(...)


class Statistics(Entry):
    section: SectionKey
    liste: tuple[YearFigures, ...]


class Territory(Named):
    nom: Text
    inscrite: StrictBool | None = Field(...)


class Territories(Entry):
    section: SectionKey
    liste: tuple[Territory, ...]


class LegalReferences(Entry):
    section: SectionKey
    liste: tuple[Text, ...]


class Correspondences(LegalReferences):
    libelle: Text


class References(Entry):
    references_juridiques: LegalReferences
    correspondances: Correspondences
