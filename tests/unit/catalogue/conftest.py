"""A copy of the real base with three small cards, that a test breaks in one place."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.catalogue.check import check_knowledge
from bot.catalogue.problems import Problem

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
TODAY = datetime.date(2026, 11, 22)
INTENTS = frozenset({"ask_level", "ask_price", "ask_competence", "ask_hypothesis", "ask_reasons", "affirm"})

CARDS = """\
- id: niveau
  intent: ask_level
  titre: Le niveau
  section: essentiel
  reponse: |
    La certification est de niveau {{ f.identite.niveau }}.
    {% if bloc %}
    Bloc : {{ bloc.titre }}.
    {% endif %}
  boutons: [prix, humain]
- id: prix
  intent: ask_price
  titre: Le prix
  pratique: prix
- id: competence
  intent: ask_competence
  titre: Une compétence
  section: competences_attestees
  reponse: |
    {% for theme in themes %}
    {{ theme.libelle }} : {{ theme.competences | puces }}
    {% else %}
    Je n'ai pas trouvé.
    {% endfor %}
"""


@dataclass(frozen=True)
class BaseCopy:
    """A base on disk; `edit` returns the line of the change, which is the line that a problem must name."""

    root: Path

    def edit(self, file: str, old: str, new: str) -> int:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def problems(self, today: datetime.date = TODAY) -> list[Problem]:
        return check_knowledge(self.root, INTENTS, today)

    def only_problem(self) -> Problem:
        problems = self.problems()
        assert len(problems) == 1, "\n".join(map(str, problems)) or "no problem at all"
        return problems[0]


@pytest.fixture
def base(tmp_path: Path) -> BaseCopy:
    root = tmp_path / "knowledge"
    shutil.copytree(KNOWLEDGE, root, ignore=shutil.ignore_patterns("reponses"))
    (root / "rncp41406" / "reponses").mkdir()
    (root / "rncp41406" / "reponses" / "cartes.yml").write_text(CARDS, encoding="utf-8")
    return BaseCopy(root)
