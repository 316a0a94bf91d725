"""What every entry of the knowledge base obeys, and how pydantic's findings become problems in French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pydantic import BaseModel, StrictStr, ValidationError, constr
from pydantic.errors import PydanticValueError

from bot.catalogue.problems import Problem
from bot.catalogue.yaml_source import Document, KeyPath

if TYPE_CHECKING:  # to the type checker a constrained text is a text
    Text: TypeAlias = str
    Identifier: TypeAlias = str
else:
    Text = constr(strict=True, strip_whitespace=True, min_length=1)
    Identifier = constr(strict=True, regex=r"^[a-z][a-z0-9_]*$")
SectionKey = StrictStr


class Entry(BaseModel):
    """An entry whose unknown keys are errors and that nothing changes once read."""

    class Config:
        extra = "forbid"
        allow_mutation = False


class RuleBroken(PydanticValueError):
    """A rule of ours that a validator found broken; `remedy` says what to do."""

    code = "rule_broken"
    msg_template = "{message}"


Model = TypeVar("Model", bound=BaseModel)


def validate(model: type[Model], document: Document, data: Any, at: KeyPath, problems: list[Problem]) -> Model | None:
    """The entry read from `data`, which stands at the path `at` of the document; None, with problems, when it is faulty."""
    if not isinstance(data, dict):
        problems.append(
            document.problem(at, "des clés et leurs valeurs sont attendues ici", "Suivez le modèle d'un autre élément du fichier")
        )
        return None
    try:
        return model.parse_obj(data)
    except ValidationError as error:
        problems.extend(_in_french(document, data, at, fault) for fault in error.errors())
        return None


def validate_list(model: type[Model], document: Document, problems: list[Problem], key: str | None = None) -> list[Model]:
    """The sound entries of a file that is a list, or of its list under `key`; the faulty ones are told in `problems`."""
    data = list_of(document, key)
    at: KeyPath = () if key is None else (key,)
    if not isinstance(data, list):
        problems.append(document.problem(at, "une liste est attendue ici", "Commencez chaque élément par un tiret"))
        return []
    entries = [validate(model, document, item, (*at, position), problems) for position, item in enumerate(data)]
    return [entry for entry in entries if entry is not None]


def list_of(document: Document, key: str | None) -> Any:
    """What the file holds as its list, or under `key`; anything else than a list is a fault for the caller to tell."""
    if key is None:
        return document.data
    return document.data.get(key) if isinstance(document.data, dict) else None


def _in_french(document: Document, data: Any, at: KeyPath, fault: Mapping[str, Any]) -> Problem:
    location = tuple(part for part in fault["loc"] if part != "__root__")
    name = ".".join(str(part) for part in location) or "élément"
    message, remedy = _words(name, _value_at(data, location), fault)
    return document.problem(at + location, message, remedy)


def _words(name: str, value: Any, fault: Mapping[str, Any]) -> tuple[str, str]:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "value_error.rule_broken":
        return context["message"], context["remedy"]
    if kind == "value_error.missing":
        return f"« {name} » manque", f"Ajoutez la ligne « {name.split('.')[-1]}: … »"
    if kind == "value_error.extra":
        return f"la clé « {name} » n'existe pas", "Corrigez son orthographe ou supprimez la ligne"
    if kind == "type_error.none.not_allowed":
        return f"« {name} » est vide", "Écrivez une valeur"
    return f"« {name} » a la valeur « {value} », qui ne convient pas", _expected(kind, context)


def _expected(kind: str, context: dict[str, Any]) -> str:
    if "bool" in kind:
        return "Écrivez true (oui) ou false (non)"
    if "str" in kind or "min_length" in kind:
        limit = f" de {context['limit_value']} caractères au plus" if kind.endswith("max_length") else ""
        return f"Écrivez un texte entre guillemets{limit}" + (f" de la forme {context['pattern']}" if "pattern" in context else "")
    if "date" in kind:
        return "Écrivez une date, année-mois-jour (2028-10-27)"
    if "integer" in kind or "number" in kind:
        limits = ", ".join(f"{word} {context['limit_value']}" for word in [_LIMITS.get(kind.rsplit(".", 1)[-1])] if word)
        return "Écrivez un nombre entier, sans guillemets" + (f", {limits}" if limits else "")
    if "list" in kind or "tuple" in kind:
        return "Écrivez une liste : un tiret par élément"
    if "dict" in kind:
        return "Écrivez des clés et leurs valeurs"
    return "Suivez le modèle d'un autre élément du fichier"


_LIMITS = {"not_ge": "au moins", "not_gt": "plus de", "not_le": "au plus", "not_lt": "moins de"}


def _value_at(data: Any, location: tuple[Any, ...]) -> Any:
    for part in location:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data
