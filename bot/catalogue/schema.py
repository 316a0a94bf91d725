"""The shape of each facts file of the record: one class per kind of entry, in the words of the files."""

from __future__ import annotations

import datetime
from typing import Optional, Tuple

from pydantic import StrictBool, StrictInt, conint, validator

from bot.catalogue.validation import Entry, Identifier, RuleBroken, SectionKey, Text

Percent = conint(strict=True, ge=0, le=100)
Count = conint(strict=True, ge=0)


class Dated(Entry):
    """An entry with dates: a number must not be taken for one (pydantic would read it as a timestamp)."""

    @validator("*", pre=True)
    def _no_number_as_date(cls, value: object, field: object) -> object:
        if getattr(field, "type_", None) is datetime.date and not isinstance(value, (datetime.date, type(None))):
            message = f"« {getattr(field, 'name')} » a la valeur « {value} », qui n'est pas une date"
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
    nom_commercial: Optional[Text] = ...
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
    descriptif: Optional[Text] = ...
    referentiel: Optional[Text] = ...


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
    nsf: Tuple[Coded, ...]
    formacodes: Tuple[Coded, ...]
    certificateur: Certifier
    enregistrement: Registration
    liens: Links
    habilitation: Providers


class Objectives(Entry):
    section: SectionKey
    metier: Text
    role: Text
    contexte: Text
    buts: Tuple[Text, ...]


class Activities(Entry):
    section: SectionKey
    nombre_attendu: Count
    liste: Tuple[Named, ...]


class Competence(Entry):
    id: Text
    bloc: StrictInt
    libelle: Text
    libelle_bloc: Optional[Text] = None


class Competences(Entry):
    section: SectionKey
    nombre_attendu: Count
    nombre_deux_formulations: Count
    liste: Tuple[Competence, ...]


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
    liste: Tuple[BlockEntry, ...]


class ExamLine(Entry):
    epreuves: Tuple[Text, ...]
    libelle: Text
    ecrite: StrictBool = False


class BlockExams(Entry):
    bloc: StrictInt
    lignes: Tuple[ExamLine, ...]


class ExamKind(Entry):
    id: Identifier
    nom: Text


class Exams(Entry):
    section: SectionKey
    ensemble: Tuple[ExamLine, ...]
    par_bloc: Tuple[BlockExams, ...]
    sortes: Tuple[ExamKind, ...]


class Sector(Named):
    exemples: Tuple[Text, ...]


class Sectors(Entry):
    section: SectionKey
    liste: Tuple[Sector, ...]


class Job(Named):
    rome: Text
    remarque: Optional[Text] = None


class Jobs(Entry):
    section: SectionKey
    liste: Tuple[Job, ...]


class RomeCodes(Entry):
    section: SectionKey
    liste: Tuple[Coded, ...]


class Occupations(Entry):
    emplois: Jobs
    rome: RomeCodes


class YearFigures(Entry):
    annee: StrictInt
    certifies: Optional[Count] = ...
    certifies_vae: Optional[Count] = ...
    insertion_globale_6_mois: Optional[Percent] = ...
    insertion_metier_6_mois: Optional[Percent] = ...
    insertion_metier_2_ans: Optional[Percent] = ...


class Statistics(Entry):
    section: SectionKey
    liste: Tuple[YearFigures, ...]


class Territory(Named):
    nom: Text
    inscrite: Optional[StrictBool] = ...


class Territories(Entry):
    section: SectionKey
    liste: Tuple[Territory, ...]


class LegalReferences(Entry):
    section: SectionKey
    liste: Tuple[Text, ...]


class Correspondences(LegalReferences):
    libelle: Text


class References(Entry):
    references_juridiques: LegalReferences
    correspondances: Correspondences
