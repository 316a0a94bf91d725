"""Reads one YAML file and remembers the line of each value, so that a later fault can be shown where it was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.catalogue.problems import Problem

Key = str | int
KeyPath = tuple[Key, ...]


# libyaml's parser, when it is there, reads the themes ten times faster than the one in Python.
_FastestSafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FastestSafeLoader):
    """A safe loader that says where an impossible date stands."""

    def construct_yaml_timestamp(self, node: yaml.Node) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            problem = f"la date « {node.value} » n'existe pas"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)


@dataclass(frozen=True)
class Document:
    """A file's content with, for each value named by its path of keys and positions, the line where it starts."""

    file: Path
    data: Any
    lines: dict[KeyPath, int]
    block_texts: frozenset[KeyPath]

    def line(self, path: KeyPath) -> int:
        """The line of the value, or of the nearest thing that contains it when it is missing."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def text_line(self, path: KeyPath, line_of_text: int) -> int:
        """The line of the file that holds a line (from 1) of a text: a « | » text starts under its key."""
        return self.line(path) + line_of_text - (0 if path in self.block_texts else 1)

    def problem(self, path: KeyPath, message: str, remedy: str, *, warning: bool = False) -> Problem:
        return Problem(self.file, self.line(path), message, remedy, warning)

    def values(self) -> Iterator[tuple[KeyPath, Any]]:
        """Every value of the file with its path, containers included."""
        yield from _walk((), self.data)


def read_document(file: Path, problems: list[Problem]) -> Document | None:
    """The file's content, or None when it cannot be read; what is wrong is added to `problems`."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Vérifiez que le fichier existe, que vous pouvez le lire et qu'il est enregistré en UTF-8"
        problems.append(Problem(file, 1, f"fichier illisible ({error.__class__.__name__})", remedy))
        return None
    try:
        return _compose(file, text, problems)
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(file, error))
        return None


def _compose(file: Path, text: str, problems: list[Problem]) -> Document:
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        lines: dict[KeyPath, int] = {}
        blocks: set[KeyPath] = set()
        if root is not None:
            _record_lines(file, root, (), lines, blocks, problems)
        data = loader.construct_document(root) if root is not None else None
    finally:
        loader.dispose()
    return Document(file, data, lines, frozenset(blocks))


def _record_lines(
    file: Path, node: yaml.Node, path: KeyPath, lines: dict[KeyPath, int], blocks: set[KeyPath], problems: list[Problem]
) -> None:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        blocks.add(path)
    for key, child in _children(node):
        if (*path, key) in lines:
            problems.append(
                Problem(file, child.start_mark.line + 1, f"la clé « {key} » est écrite deux fois", "Gardez une seule des deux lignes")
            )
        _record_lines(file, child, (*path, key), lines, blocks, problems)


def _children(node: yaml.Node) -> Iterator[tuple[Key, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)


def _walk(path: KeyPath, value: Any) -> Iterator[tuple[KeyPath, Any]]:
    yield path, value
    children: Any = ()
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    for key, child in children:
        yield from _walk((*path, key), child)


def _syntax_problem(file: Path, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    remedy = "Vérifiez les guillemets, les deux-points et l'alignement ; une date existe et s'écrit année-mois-jour"
    return Problem(file, mark.line + 1 if mark else 1, f"YAML invalide ({what})", remedy)
