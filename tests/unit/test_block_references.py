"""Which blocks a short message means."""

from __future__ import annotations

import pytest

from bot.services.block_references import compared_blocks, other_blocks, read_bare_block


@pytest.mark.parametrize(("text", "number"), [("et le 3", 3), ("du premier", 1), ("les 3 blocs", None), ("bloc deux", 2), ("3 ans", None)])
def test_a_block_is_named_by_its_number_alone(text: str, number: int | None) -> None:
    assert read_bare_block(text) == number


@pytest.mark.parametrize(("text", "current", "before", "numbers"), [
    ("quelle difference entre le bloc 1 et le 3 ?", None, None, (1, 3)),
    ("c'est quoi la difference avec le premier ?", 2, None, (1, 2)),
    ("et la diff entre les deux", 3, 1, (1, 3)),
    ("la difference avec un dut", 2, 1, ()),
    ("le bloc 1 et le bloc 2", None, None, ()),
])
def test_compared_blocks(text: str, current: int | None, before: int | None, numbers: tuple[int, ...]) -> None:
    assert compared_blocks(text, current, before) == numbers


@pytest.mark.parametrize(("text", "current", "before", "numbers"), [
    ("et l'autre ?", 2, 3, (1,)), ("et les deux autres", 1, None, (2, 3)), ("et l'autre voie ?", 1, None, ()), ("et l'autre ?", None, None, ()),
])
def test_the_blocks_not_told_yet(text: str, current: int | None, before: int | None, numbers: tuple[int, ...]) -> None:
    assert other_blocks(text, current, before) == numbers
