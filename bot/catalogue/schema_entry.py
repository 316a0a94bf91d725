"""The shape of the files about entering: prerequisites and routes."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import Field, StrictBool, StrictInt, validator

from bot.catalogue.schema import Count, Dated
from bot.catalogue.validation import Entry, Identifier, RuleBroken, SectionKey, Text


class LevelCondition(Entry):
    libelle: Text
    niveau: StrictInt


class ExperienceCondition(LevelCondition):
    experience_annees: Count
    statuts: tuple[Text, ...]
    domaine: Text | None = Field(...)

    @property
    def experience_mois(self) -> int:
        return self.experience_annees * 12


class Admission(Entry):
    libelle: Text
    etapes: tuple[Text, ...]


class EntryPrerequisites(Entry):
    section: SectionKey
    sans_experience: LevelCondition
    avec_experience: ExperienceCondition
    admission: Admission


class OtherPrerequisites(Entry):
    section: SectionKey
    existe: StrictBool
    libelle: Text


class Prerequisites(Entry):
    entree: EntryPrerequisites
    validation: OtherPrerequisites
    blocs: OtherPrerequisites


class Route(Dated):
    id: Identifier
    libelle: Text
    nom: Text
    ouverte: StrictBool
    jury: Text | None = Field(...)
    modifie_le: datetime.date | None = Field(...)
    experience_minimale_annees: Count | None = None

    @validator("jury", always=True)
    def _open_means_jury(cls, jury: str | None, values: dict[str, Any]) -> str | None:
        if "ouverte" in values and values["ouverte"] != (jury is not None):
            raise RuleBroken(
                message=f"la voie « {values.get('id')} » est dite ouverte sans jury, ou fermée avec un jury",
                remedy="Une voie ouverte a un jury ; une voie fermée a « jury: null »",
            )
        return jury


class Routes(Entry):
    section: SectionKey
    liste: tuple[Route, ...]
