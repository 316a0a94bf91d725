"""What the office has added from its console, as files of the repository: cards, training phrases, practical values, corrections.

The files hold what « bot knowledge check » accepts once they are copied; LISEZMOI.txt says where each one goes and what
is left to decide. Nothing is read but what is published now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.admissions.publications import Publication, PublicationKind
from bot.catalogue.catalogue import Catalogue

DEFAULT_FOLDER = "ajouts"
CARDS, PHRASES, SOURCES = "knowledge/rncp41406/reponses/ajouts.yml", "data/nlu/ajouts.yml", "reperes.yml"
PRACTICAL, CORRECTIONS, DOMAIN, NOTES = "pratique.yml", "corrections.yml", "domain.yml", "LISEZMOI.txt"


class _Dumper(yaml.SafeDumper):
    """Texts of several lines in the form in which the base writes them."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def additions_files(publications: Sequence[Publication], catalogue: Catalogue, on: date) -> dict[str, str]:
    """The content of each file by its path; empty when nothing is published."""
    current = [one for one in publications if one.is_current(on)]
    additions = [one for one in current if one.kind is PublicationKind.ADDITION]
    written = [one for one in additions if "text" in one.body]
    practical = [one for one in current if one.kind is PublicationKind.PRACTICAL]
    corrections = [one for one in current if one.kind is PublicationKind.CORRECTION]
    files: dict[str, str] = {}
    if written:
        files[CARDS] = _written_out("Les réponses écrites par le service dans sa console.", [_card(one) for one in written])
        files[SOURCES] = _written_out("À ajouter sous « sources » de knowledge/reperes.yml.", {_source_key(one): _source(one) for one in written})
        files[DOMAIN] = "# À ajouter sous « intents » de domain.yml, et à la règle du sujet dans data/stories/.\n" + "".join(
            f"  - {_intent(one)}:\n      use_entities: []\n" for one in written
        )
    if additions:
        files[PHRASES] = _nlu(additions, catalogue)
    if practical:
        values = [_value(one, catalogue) for one in practical]
        files[PRACTICAL] = _written_out("Remplacez les entrées du même « id » dans knowledge/pratique.yml.", values)
    if corrections:
        texts = [_correction(one) for one in corrections]
        files[CORRECTIONS] = _written_out("Le nouveau texte de chaque partie corrigée, à reporter dans sa carte.", texts)
    if files:
        files[NOTES] = _notes(files)
    return files


def write_additions(files: Mapping[str, str], folder: Path) -> None:
    """Writes the files under `folder`. Raises: OSError."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def _card(one: Publication) -> dict[str, Any]:
    # The office's text is no template: what Jinja would read is written as text.
    text = str(one.body["text"])
    return {
        "id": one.subject, "intent": _intent(one), "titre": one.body["title"], "source": _source_key(one),
        "reponse": f"{_as_template(text)}\n", "boutons": ["humain"],
        **({"nombres": figures} if (figures := _figures(text)) else {}),
    }


def _figures(text: str) -> list[dict[str, str]]:
    """The figures of an answer, declared as the base asks: they come with the answer's own source."""
    from bot.catalogue.templates import figures_of

    return [{"valeur": figure, "raison": "donné par la source de cette réponse"} for figure in dict.fromkeys(figures_of(text))]


def _as_template(text: str) -> str:
    return text.replace("{", "{{ '{' }}") if "{" in text else text


def _source(one: Publication) -> dict[str, Any]:
    until = "" if one.expires_on is None else f" (lu le {one.read_on}, vrai jusqu'au {one.expires_on})"
    return {"libelle": f"{one.source}{until}", "url": None}


def _value(one: Publication, catalogue: Catalogue) -> dict[str, Any]:
    label = catalogue.base.practical[one.subject].libelle if one.subject in catalogue.base.practical else one.subject
    values = {"valeur": one.body["value"], "source": one.source, "expire_le": one.expires_on, "lu_le": one.read_on}
    return {"id": one.subject, "libelle": label, **values}


def _correction(one: Publication) -> dict[str, Any]:
    return {"carte": one.subject, "partie": one.part, "par": one.created_by, "le": one.created_at.date(), "texte": one.body["text"]}


def _nlu(additions: Sequence[Publication], catalogue: Catalogue) -> str:
    phrases: dict[str, list[str]] = {}
    for one in additions:
        intent = _intent(one) if "text" in one.body else _intent_of_card(catalogue, str(one.body["card"]))
        if intent is not None:
            phrases.setdefault(intent, []).extend(one.body["phrases"])
    examples = {intent: "".join(f"- {_example(line)}\n" for line in dict.fromkeys(lines)) for intent, lines in sorted(phrases.items())}
    blocks = [{"intent": intent, "examples": lines} for intent, lines in examples.items()]
    return _written_out("Les formulations rattachées par le service dans sa console.", {"version": "3.1", "nlu": blocks})


def _example(line: str) -> str:
    """Without what Rasa would take for an annotation."""
    return line.translate(str.maketrans("[]{}", "()()"))


def _intent_of_card(catalogue: Catalogue, card: str) -> str | None:
    found = catalogue.cards.get(card)
    return found.intents[0] if found is not None and found.intents else None


def _intent(one: Publication) -> str:
    return f"ask_{one.subject}"


def _source_key(one: Publication) -> str:
    return one.subject


def _written_out(title: str, content: Any) -> str:
    return f"# {title}\n" + yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=150)


def _notes(files: Mapping[str, str]) -> str:
    steps = {
        CARDS: "copiez-le à la même place dans le dépôt, puis donnez à chaque carte un identifiant parlant",
        SOURCES: "ajoutez ces lignes sous « sources » de knowledge/reperes.yml",
        DOMAIN: "ajoutez ces intentions à domain.yml, et à la règle de leur sujet dans data/stories/",
        PHRASES: "copiez-le à la même place : ces formulations seront apprises au prochain entraînement",
        PRACTICAL: "remplacez les entrées du même identifiant dans knowledge/pratique.yml",
        CORRECTIONS: "reportez chaque texte dans sa carte ; les chiffres y sont déjà des faits",
    }
    told = "\n".join(f"- {name} : {steps[name]}." for name in files)
    return (
        f"Ce que le service a publié depuis sa console, à reporter dans le dépôt :\n{told}\n"
        "Lancez ensuite « bot knowledge check », puis retirez ces ajouts dans la console.\n"
        "Relisez les formulations : elles viennent de candidats, et rien n'y doit permettre de reconnaître quelqu'un.\n"
    )
