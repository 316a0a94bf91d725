"""The shape of answers, themes, practical information and landmarks: what is written around the facts of the record."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pydantic import Field, StrictInt, conint, constr, root_validator, validator

from bot.catalogue.schema import Dated
from bot.catalogue.validation import Entry, Identifier, RuleBroken, SectionKey, Text

TITLE_MAX_CHARACTERS = 40  # longer titles are cut on a phone's button
BUTTONS_MAX = 4  # more is a menu nobody reads
ANY = "tous"

if TYPE_CHECKING:  # to the type checker a constrained text is a text
    Title: TypeAlias = str
    IntentName: TypeAlias = str
    LevelNumber: TypeAlias = int
else:
    Title = constr(strict=True, strip_whitespace=True, min_length=1, max_length=TITLE_MAX_CHARACTERS)
    IntentName = constr(strict=True, regex=r"^[a-z]+(_[a-z]+)*$")
    LevelNumber = conint(strict=True, ge=1, le=8)


class AllowedNumber(Entry):
    """A figure that a template may type by hand, and why."""

    valeur: Text
    raison: Text


class Condition(Entry):
    bloc: StrictInt | Literal["tous"] | None = None
    voie: Identifier | None = None
    epreuve: Identifier | None = None

    @root_validator(skip_on_failure=True)
    def _says_something(cls, values: dict[str, Any]) -> dict[str, Any]:
        if not any(value is not None for value in values.values()):
            raise RuleBroken(message="la condition « si » est vide", remedy="Écrivez par exemple « si: {bloc: 1} »")
        return values

    def holds(self, asked: dict[str, Any]) -> bool:
        """Whether what was asked (`bloc`, `voie`, `epreuve`: their ids, or None) meets every condition."""
        return all(
            asked[name] is not None if wanted == ANY else asked[name] == wanted for name, wanted in self.dict(exclude_none=True).items()
        )


class Variant(Entry):
    si: Condition
    reponse: Text
    simple: Text | None = None
    section: SectionKey | None = None


class Card(Entry):
    """One answer: whom it serves (intents), what it says, and where that comes from (exactly one origin)."""

    id: Identifier
    intents: tuple[IntentName, ...]
    titre: Title
    section: SectionKey | None = None
    source: Text | None = None
    pratique: tuple[Identifier, ...] = ()
    sans_source: Text | None = None
    reponse: Text | None = None
    simple: Text | None = None
    # One sentence said to whoever takes the contrary for granted: « puisque c'est ouvert aux apprentis… ».
    rappel: Text | None = None
    variantes: tuple[Variant, ...] = ()
    boutons: tuple[Identifier, ...] = ()
    nombres: tuple[AllowedNumber, ...] = ()

    @root_validator(pre=True)
    def _one_or_several(cls, values: dict[str, Any]) -> dict[str, Any]:
        values = dict(values)
        if "intent" in values:
            if "intents" in values:
                raise RuleBroken(message="« intent » et « intents » sont écrits tous les deux", remedy="Gardez un seul des deux")
            values["intents"] = [values.pop("intent")]
        if isinstance(values.get("pratique"), str):
            values["pratique"] = [values["pratique"]]
        return values

    @validator("boutons")
    def _few_buttons(cls, boutons: tuple[str, ...]) -> tuple[str, ...]:
        if len(boutons) > BUTTONS_MAX or len(set(boutons)) < len(boutons):
            raise RuleBroken(
                message=f"il y a {len(boutons)} boutons, ou deux fois le même",
                remedy=f"Gardez {BUTTONS_MAX} boutons différents au plus",
            )
        return boutons

    @root_validator(skip_on_failure=True)
    def _one_origin(cls, values: dict[str, Any]) -> dict[str, Any]:
        origins = [name for name in ("section", "source", "pratique", "sans_source") if values.get(name)]
        if len(origins) != 1:
            found = " et ".join(origins) or "aucune origine"
            raise RuleBroken(
                message=f"la carte « {values['id']} » n'a pas une seule origine ({found})",
                remedy="Écrivez une seule des lignes « section: », « source: », « pratique: » ou « sans_source: »",
            )
        if not values["reponse"] and not values["pratique"]:
            raise RuleBroken(message=f"la carte « {values['id']} » n'a pas de réponse", remedy="Ajoutez la ligne « reponse: | »")
        return values


class Theme(Entry):
    """A matter in plain words and the competences of the record that attest it."""

    id: Identifier
    libelle: Text
    competences: tuple[Text, ...]
    activites: tuple[Text, ...] = ()
    epreuves: tuple[Identifier, ...] = ()
    mots: tuple[Text, ...]
    questions: tuple[Text, ...]

    @validator("competences", "mots", "questions")
    def _not_empty(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        if not values:
            raise RuleBroken(message="une liste du thème est vide", remedy="Ajoutez-y au moins un élément")
        return values


class AbsentTheme(Entry):
    """A matter that people ask about and that no competence of the record names; `voisines` are the competences nearest to it."""

    id: Identifier
    libelle: Text
    voisines: tuple[Text, ...] = ()
    epreuves: tuple[Identifier, ...] = ()
    mots: tuple[Text, ...]
    questions: tuple[Text, ...]


class PracticalItem(Dated):
    """A practical piece of information; empty at delivery. A value comes with its source and its last day."""

    id: Identifier
    libelle: Text
    valeur: Text | None = Field(...)
    source: Text | None = Field(...)
    expire_le: datetime.date | None = Field(...)
    lu_le: datetime.date | None = None

    @root_validator(skip_on_failure=True)
    def _value_with_source_and_expiry(cls, values: dict[str, Any]) -> dict[str, Any]:
        missing = [name for name in ("source", "expire_le") if values[name] is None]
        if values["valeur"] is not None and missing:
            raise RuleBroken(
                message=f"« {values['id']} » a une valeur sans « {' ni '.join(missing)} »",
                remedy="Une valeur va avec sa source et le jour où elle expire (année-mois-jour)",
            )
        return values

    def is_known(self, on: datetime.date) -> bool:
        return self.valeur is not None and self.expire_le is not None and on <= self.expire_le

    def is_expired(self, on: datetime.date) -> bool:
        return self.valeur is not None and not self.is_known(on)


class LandmarkSource(Entry):
    libelle: Text
    url: Text | None = Field(...)


class Level(Entry):
    niveau: LevelNumber
    ancien: Text | None = Field(...)
    etudes: Text | None = Field(...)
    exemples: tuple[Text, ...]
    source: Text


class Emergency(Entry):
    id: Identifier
    numero: Text
    libelle: Text
    source: Text


class Acronym(Entry):
    """An acronym; `lien` says where the record speaks of it."""

    id: Identifier
    sigle: Text
    sens: Text
    lien: Text | None = None
    source: Text


class Landmarks(Dated):
    lu_le: datetime.date
    sources: dict[str, LandmarkSource]
    niveaux: tuple[Level, ...]
    urgences: tuple[Emergency, ...]
    glossaire: tuple[Acronym, ...]


class SharedTexts(Entry):
    """The sentences said by several cards, and the titles of the buttons that lead to a service."""

    inconnu: Text
    connu: Text
    # Said in the place of an answer that the office has suspended: plain text, no template.
    suspendu: Text
    services: dict[str, Title]
    # « Je réponds en français », by language code: said after the French sentence to whoever writes in that language.
    langues: dict[str, Text]
