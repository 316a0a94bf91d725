"""Which blocks a short message means: « le 3 », « l'autre », « quelle différence entre le 1 et le 2 ? ». Text in, numbers out."""

from __future__ import annotations

import re

BLOCKS = (1, 2, 3)
_BARE_BLOCK = re.compile(
    r"\b(?:le|la|du|au|l'|pour|sur|et|celui|bloc|numero|n°)\s*(?:bloc\s*)?(?:"
    r"(?P<one>1er|1ere|1|un\b|premiere?)|(?P<two>2nde?|2e(?:me)?|2|deux(?:ieme)?|seconde?)|(?P<three>3e(?:me)?|3|trois(?:ieme)?|derniere?))\b"
)
_NUMBERS = ((1, r"(?:bloc )?(?:1er|1ere|1|un(?! [a-z]{3})|premiere?)"), (2, r"(?:bloc )?(?:2nde?|2e(?:me)?|2|deux(?:ieme)?|seconde?)"),
            (3, r"(?:bloc )?(?:3e(?:me)?|3|trois(?:ieme)?|derniere?)"))
_COMPARISON = re.compile(
    r"\bdiff\b|\bdifferen\w+|\bdistingu\w+|\bcompar\w+|\bpas pareil|\bmeme chose"
    r"|\bpar rapport|\bvs\b|\bversus\b|\bressembl\w+|\ben commun"
)
_BOTH = re.compile(r"\b(?:les|ces) (?:2|deux)\b(?! (?:ans|mois|premiers|derniers))")
_THE_OTHER = re.compile(
    r"^\W*(?:(?:et|ok|oui|bon|mais|alors|merci|du coup|donc|pour|dans|sur|de) )*"
    r"(?:l'autre|les? (?:2 |deux )?autres?|l autre|celui qui reste|ceux qui restent|"
    r"l'?autre bloc|les blocs restants)(?: (?:blocs?|alors|c'est quoi|c quoi|ca parle de quoi|il parle de quoi|aussi|svp|stp|dit quoi))*\W*$"
)


def read_bare_block(folded: str) -> int | None:
    """A block named by its number alone: « le 3 », « du premier », « et le dernier »; None when none is."""
    match = _BARE_BLOCK.search(folded)
    if match is None:
        return None
    return 1 if match["one"] else 2 if match["two"] else 3


def compared_blocks(folded: str, current: int | None, before: int | None = None) -> tuple[int, ...]:
    """The blocks that a message compares, in order; empty when it compares none.

    « la différence avec le 1 ? » adds the one just told, « la différence entre les deux ? » means the last two told.
    """
    if not _COMPARISON.search(folded):
        return ()
    if current is not None and before is not None and _BOTH.search(folded):
        return tuple(sorted((current, before)))
    before_a_number = r"\b(?:bloc|le|la|du|au|entre|et|avec|ou|que|vs|celui)\s+(?:le |la |du |au )?"
    named = [number for number, words in _NUMBERS if re.search(rf"{before_a_number}{words}\b", folded)]
    if len(named) == 1 and current is not None and current not in named:
        named = sorted([*named, current])
    return tuple(named) if len(named) > 1 else ()


def other_blocks(folded: str, current: int | None, before: int | None) -> tuple[int, ...]:
    """« et l'autre ? », « et les deux autres ? »: the blocks not told yet; empty when the message means something else."""
    if current is None or not _THE_OTHER.match(folded):
        return ()
    return tuple(number for number in BLOCKS if number not in (current, before))
