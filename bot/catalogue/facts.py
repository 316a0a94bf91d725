"""The facts of the record as templates see them: files put side by side and joined (a block with its competences)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalogue import schema, schema_entry


@dataclass(frozen=True)
class Block:
    numero: int
    section: str
    code: str
    titre: str
    titre_court: str
    competences: tuple[schema.Competence, ...]
    epreuves: tuple[schema.ExamLine, ...]


@dataclass(frozen=True)
class BlockExamLine:
    """Where a kind of exam is named: the block and the words of its line."""

    bloc: Block
    libelle: str


@dataclass(frozen=True)
class Exam:
    """One kind of exam; `ensemble` when the record names it for the whole certification."""

    id: str
    nom: str
    ensemble: bool
    lignes: tuple[BlockExamLine, ...]

    @property
    def blocs(self) -> tuple[Block, ...]:
        return tuple(line.bloc for line in self.lignes)


@dataclass(frozen=True)
class FactFiles:
    """One validated entry per file of knowledge/rncp41406; each field is named after its file."""

    identite: schema.Identity
    objectifs: schema.Objectives
    activites: schema.Activities
    competences: schema.Competences
    blocs: schema.Blocks
    evaluations: schema.Exams
    secteurs: schema.Sectors
    metiers: schema.Occupations
    prerequis: schema_entry.Prerequisites
    voies: schema_entry.Routes
    statistiques: schema.Statistics
    territoires: schema.Territories
    references: schema.References


@dataclass(frozen=True)
class Facts:
    """What templates call `f`."""

    sections: Mapping[str, str]
    files: FactFiles
    blocs: tuple[Block, ...]
    epreuves: tuple[Exam, ...]

    identite = property(lambda self: self.files.identite)
    objectifs = property(lambda self: self.files.objectifs)
    activites = property(lambda self: self.files.activites.liste)
    competences = property(lambda self: self.files.competences.liste)
    capitalisation = property(lambda self: self.files.blocs.capitalisation)
    ensemble = property(lambda self: self.files.evaluations.ensemble)
    secteurs = property(lambda self: self.files.secteurs.liste)
    emplois = property(lambda self: self.files.metiers.emplois.liste)
    rome = property(lambda self: self.files.metiers.rome.liste)
    prerequis = property(lambda self: self.files.prerequis)
    voies = property(lambda self: self.files.voies.liste)
    statistiques = property(lambda self: self.files.statistiques.liste)
    territoires = property(lambda self: self.files.territoires.liste)
    references_juridiques = property(lambda self: self.files.references.references_juridiques.liste)
    correspondances = property(lambda self: self.files.references.correspondances)

    @property
    def voies_ouvertes(self) -> tuple[schema_entry.Route, ...]:
        return tuple(route for route in self.voies if route.ouverte)

    @property
    def voies_fermees(self) -> tuple[schema_entry.Route, ...]:
        return tuple(route for route in self.voies if not route.ouverte)


def join_facts(sections: Mapping[str, str], files: FactFiles) -> Facts:
    """Blocks with their competences and exams, kinds of exam with their blocks; the rest as it is in the files."""
    blocks = tuple(_join_block(entry, files) for entry in files.blocs.liste)
    return Facts(sections, files, blocks, tuple(_join_exam(kind, files, blocks) for kind in files.evaluations.sortes))


def _join_block(entry: schema.BlockEntry, files: FactFiles) -> Block:
    competences = tuple(item for item in files.competences.liste if item.bloc == entry.numero)
    lines = tuple(line for exams in files.evaluations.par_bloc if exams.bloc == entry.numero for line in exams.lignes)
    return Block(entry.numero, entry.section, entry.code, entry.titre, entry.titre_court, competences, lines)


def _join_exam(kind: schema.ExamKind, files: FactFiles, blocks: tuple[Block, ...]) -> Exam:
    overall = any(kind.id in line.epreuves for line in files.evaluations.ensemble)
    lines = tuple(BlockExamLine(block, line.libelle) for block in blocks for line in block.epreuves if kind.id in line.epreuves)
    return Exam(kind.id, kind.nom, overall, lines)
