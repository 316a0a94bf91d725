"""Finds the diplomas that a text names, each with the words around it that may tell how it stands.

Works on readable text (`bot.admissions.spelling`), one sentence at a time. It does not weigh one diploma against another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.admissions.levels_vocabulary import FOREIGN_NAMES, NAMES, DiplomaName, own_label

FOREIGN_NAME = DiplomaName(FOREIGN_NAMES, None, "diplôme étranger", kind="foreign")
SCALE = DiplomaName(
    r"niv(?:eau)?x?\.? ?(?:de (?:qualification|diplome|formation|certification) )?(?:: ?)?(?P<scale>iv|iii|ii|i|vi|v|[1-8])\b"
    r"(?! (?:en|d'|de) (?:anglais|espagnol|allemand|langue|francais|maths)| (?:mois|ans))", None, "", kind="scale",
)
_ALL_NAMES = (FOREIGN_NAME, *NAMES, SCALE)

_SAME_VERB = re.compile(r" en (?=$)| (?:et|ni) (?:le |la |mon |ma |ma |l'|en )?")
_BOUNDARY = re.compile(r",|;|\b(?:mais|et|puis|donc|car|ou|ensuite|alors|avec|apres|sinon|plus|sauf|apart|j'ai)\b|\+")


@dataclass(frozen=True)
class Mention:
    """One diploma named in `sentence`, with the words that may tell how it stands."""

    name: DiplomaName
    words: str
    sentence: str
    before: str
    after: str
    later: str
    scale: str | None
    start: int
    end: int


def find_mentions(sentence: str, following: str = "") -> tuple[Mention, ...]:
    """The diplomas named in a sentence, in order; `following` is the next sentence, for « Je l'ai raté »."""
    found = [hit for hit in _scanner().finditer(sentence) if hit.group().strip()]
    mentions: list[Mention] = []
    for index, hit in enumerate(found):
        left = _left_edge(sentence, found[index - 1].end(), hit.start()) if index else 0
        is_last = index + 1 == len(found)
        right = len(sentence) if is_last else _right_edge(sentence, hit.end(), found[index + 1].start())
        mention = _mention(sentence, hit, left, right, following if is_last else "")
        if mentions and _SAME_VERB.fullmatch(sentence[mentions[-1].end:hit.start()]):
            mention = replace(mention, before=mentions[-1].before)
        mentions.append(mention)
    return tuple(mention for index, mention in enumerate(mentions) if mention.name.kind != "noise" and not _continues_credits(mentions, index)
                 and not _names_the_school(mentions, index))


@lru_cache(maxsize=1)
def _scanner() -> re.Pattern[str]:
    return re.compile(r"(?<![a-z0-9])(?:" + "|"
        "".join(f"(?P<n{index}>{name.pattern})" for index, name in enumerate(_ALL_NAMES)) + ")")


def _mention(sentence: str, hit: re.Match[str], left: int, right: int, following: str) -> Mention:
    index = int(hit.lastgroup[1:]) if hit.lastgroup and hit.lastgroup != "scale" else len(_ALL_NAMES) - 1
    name = next(_ALL_NAMES[i] for i in range(len(_ALL_NAMES)) if hit.group(f"n{i}") is not None) if index < 0 else _ALL_NAMES[index]
    after = sentence[hit.end():right]
    later = after.partition(",")[2] if "," in after else after
    later = later if later.strip() else following
    number = re.match(r"\s?(iv|iii|ii|i|vi|v|[1-8])\b", sentence[hit.end():])
    scale = hit.group("scale") or (number.group(1) if number and name.kind in ("title", "bac_plus") else None)
    name = replace(name, label=own_label(hit.group()) or name.label)
    return Mention(name, hit.group(), sentence, sentence[left:hit.start()], after, later, scale, hit.start(), hit.end())


def _continues_credits(mentions: list[Mention], index: int) -> bool:
    """« 120 ECTS en licence d'économie »: the licence names where the credits come from."""
    previous = mentions[index - 1] if index else None
    return previous is not None and previous.name.kind in ("ects", "credits") and re.fullmatch(
        r"(?: valides?)?,? (?:en|de|d'|dans|sur|d'une|d'un|du) ?(?:une |ma |mon |la |"
        r"le )?", mentions[index].sentence[previous.end:mentions[index].start]) is not None


def _names_the_school(mentions: list[Mention], index: int) -> bool:
    """« titre professionnel comptable assistant à l'AFPA »: where the title was prepared, not one more title."""
    return mentions[index].words == "afpa" and any(mention.name.kind == "named_title" for mention in mentions)


def _left_edge(sentence: str, previous_end: int, start: int) -> int:
    """Where the words about this mention begin: at the last boundary after the previous one."""
    edges = [previous_end + found.start() for found in _BOUNDARY.finditer(sentence[previous_end:start])]
    return edges[-1] if edges else previous_end


def _right_edge(sentence: str, end: int, next_start: int) -> int:
    """Where the words about this mention stop: at the last boundary before the next one."""
    edges = [end + found.start() for found in _BOUNDARY.finditer(sentence[end:next_start])]
    return edges[-1] if edges else next_start
