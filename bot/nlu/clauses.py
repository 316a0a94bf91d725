"""Cuts a message into the things it says: « j'ai un BTS, 2 ans en mairie. c'est combien ? et c'est quand ? »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Words that open a question in French as it is typed; `ou` without accent is left out, it is nearly always « or ».
_INTERROGATIVES = (
    r"qu(?:el|elle|els|elles)\b|combien|cb\b|cmb\b|kan\b|kand\b|quand\b|qd\b|comment|cmt\b|où\b|pourquoi|pk\b|pq\b|qui\b|que\b|qu'|quoi|koi|est[- ]ce|esk\b|"
    r"c'est quoi|c koi|cest koi|cest quoi|y ?a[- ]t[- ]il|peut[- ]on|peux[- ]tu|pouvez[- ]vous|dois[- ]je|puis[- ]je|faut[- ]il|fo\b|faut\b|"
    r"lequel|laquelle|lesquels|c'est où|existe[- ]t|a[- ]t[- ]on|suis[- ]je|sont[- ]ils|ont[- ]ils|est[- ]il|est[- ]elle|kel\w*\b|c'est combien|ya\b|il y a\b"
)
_SPACES = re.compile(r"[ \t]{2,}")
_SENTENCE_END = re.compile(r"(?<=[?!;\n])\s*|(?<=[.…])\s+|\n+")
_INTERROGATIVE_WITHIN = r"(?:\S+\s+){1,3}(?:quel(?:le)?s?|combien|comment|cmt|quand|kand?|qd|où|quoi|koi|cb|cmb)\b"
_JOINED_QUESTION = re.compile(rf",?\s+(?:et|mais|sinon|aussi|puis|ensuite|ou bien)\s+(?=(?:aussi\s+|puis\s+|sinon\s+)?(?:{_INTERROGATIVES}|{_INTERROGATIVE_WITHIN}))|,\s*(?=(?:{_INTERROGATIVES}))", re.IGNORECASE)
_QUESTION = re.compile(rf"\?|\b(?:cb|cmb)\b|\b(?:kan|kand|qd|cmt|koi|ki)\W*$|\b(?:dites?|dis|donnez?|expliquez?|parlez?)[- ]moi\b|^\W*(?:et |sinon )?(?:c|c'est|cest) ou\W*$|^\W*(?:et |mais |alors |ok |bref,? |euh |dis(?:-moi)?,? |du coup )*(?:{_INTERROGATIVES})|\b(?:savoir|connaître|connaitre|indiquer|préciser|dire|demande)\s+(?:si|s'il|ce|kan|qu\w*|à qu\w+|de qu\w+|comment|combien|quand|où|le|la|les)\b"
                       r"|\b(?:infos?|informations?|renseignements?|précisions?|precisions?|questions?|détails?|details?)\s+(?:sur|concernant|quant aux?|relati\w+ aux?)\b|\best[- ]ce qu|\bc'est quoi|\bc koi|\b-t-(?:il|elle|on)\b|\b\w+-(?:t-)?(?:il|elle|ils|elles|on|vous|tu|je|nous|ce)\b|\bcombien\b|\bquel(?:le)?s?\b|\bcomment\b", re.IGNORECASE)
# What a message takes for granted before it asks: « puisque c'est ouvert aux apprentis, … », « on m'a dit que ça durait un an, … ».
_PREMISE = re.compile(
    r"^\W*(?:(?:bonjour|bjr|salut|slt|bonsoir|bsr|coucou|alors|et|donc|mais|ok|bon|du coup|madame|monsieur)\b[\s,]*)*(?:puisqu|comme (?=c'|ce |ca |ça |la |le |les |l'|il |elle |on |vous |votre |cette )"
    r"|(?:étant|etant) donn[ée]+e? qu|vu qu|sachant qu|du fait qu|dans la mesure o[uù]|j'ai (?:lu|vu|entendu(?: dire)?|compris|cru comprendre|appris) qu|on m'a (?:dit|assuré|assure|certifié|affirmé|indiqué) qu"
    r"|(?:il )?para[iî]t qu|si j'ai bien compris|si c'est bien|d'après ce qu'on m'a dit|ma conseillère m'a dit qu|mon \w+ m'a dit qu|ma \w+ m'a dit qu)", re.IGNORECASE)
_PREMISE_END = re.compile(rf",\s*(?:et |alors |donc |du coup )*|\s+(?=(?:et |alors |donc |du coup )?(?!que\b|qu')(?:{_INTERROGATIVES}|(?:je|on) (?:peux?|pourrai|pourra|dois|doit|vais|va)\b))", re.IGNORECASE)
_JOINED_PREMISES = re.compile(r"\s+et\s+(?:que\s+|qu')?(?=\S+\s+\S+)", re.IGNORECASE)
# The questions of a list: « il faut quel diplôme, c'est évalué comment, et le taux d'insertion ? ».
_LISTED_WORDS = r"(?:c'?est|c|ct|on|ya|y a|il y a|faut|le|la|les|l'|ça|ca|lesquel\w+|kan|kand|cmb)\b"
_LISTED = re.compile(rf",\s*(?:et\s+|puis\s+|aussi\s+)?(?={_LISTED_WORDS})|(?<=\ssvp)[\s,]+(?={_LISTED_WORDS})|(?<=\sstp)[\s,]+(?={_LISTED_WORDS})", re.IGNORECASE)
_LISTED_OPENING = re.compile(_LISTED_WORDS, re.IGNORECASE)
# « je voudrais savoir si c'est en alternance, comment on est noté et le prix »: each thing to be known is a question.
_INDIRECT = re.compile(
    r"\b(?:savoir(?!\s+\w+(?:er|ir|re)\b)|conna[iî]tre|me demande|(?:me |m'|nous )(?:dire|préciser|preciser|indiquer|renseigner|informer|confirmer|communiquer|éclairer|eclairer)"
    r"|(?:infos?|informations?|renseignements?|précisions?|precisions?|questions?|détails?|details?) (?:sur|concernant|quant(?= aux?\b)|relati\w+(?= aux?\b)|à propos d|a propos d|au sujet d)|(?:dites?|dis|donnez?|expliquez?|parlez?)[- ]moi)\b",
    re.IGNORECASE,
)
_NOUN = r"(?:(?:sur|de)\s+)?(?:le\b|la\b|les\b|l'|vos\b|votre\b|ses\b|son\b|sa\b|du\b|des\b|aux?\b)"
_THINGS = re.compile(rf"\W*{_NOUN}", re.IGNORECASE)
_AND = r"(?:et|puis|ainsi que|ou encore|mais aussi|et aussi|et également)\s+(?:aussi\s+|également\s+|surtout\s+)?"
_NEXT_ASKED = rf"(?:si\b|s'il|ce qu|(?:à|a|de|par|avec|pour|dans|sur|en|auprès de|sous) (?:qu\w+|combien)|{_INTERROGATIVES})"
_LAST_THING = rf"(?!l[ea]s?\s+blocs?){_NOUN}\s*\w+(?:\s+\w+)?\W*$"
_INDIRECT_CUT = re.compile(rf"(?:\s*,\s*|\s+){_AND}(?={_NEXT_ASKED}|{_LAST_THING})|\s*,\s*(?={_NEXT_ASKED}|{_LISTED_WORDS}|{_NOUN})", re.IGNORECASE)
_THINGS_CUT = re.compile(rf"(?:\s*,\s*|\s+){_AND}(?={_NEXT_ASKED}|{_NOUN})|\s*,\s*(?={_NEXT_ASKED}|{_LISTED_WORDS}|{_NOUN})", re.IGNORECASE)
# « Merci de préciser : - les voies d'accès ; - le coût. »: an opening, then the things asked.
_LIST_OPENING = re.compile(
    r"\b(?:préciser|preciser|indiquer|savoir|conna[iî]tre|communiquer|éclairer|eclairer|renseigner|informer|dire|répondre|repondre|questions?|points?|renseignements?|"
    r"informations?|infos?|précisions?|suivante?s?)\b[^.?!:\n]{0,60}:\s*", re.IGNORECASE)
_LIST_END = re.compile(r"\.\s+(?=[A-ZÀ-Ý])|\n\s*\n|\.\s*$")
_LIST_ITEM = re.compile(r"\s*;\s*|\s*\n\s*|(?:^|\s+)[-–•*]\s+|(?:^|\s+)\(?\d{1,2}[).°]\s+|(?:^|\s+)[a-h]\)\s+")
_ITEM_MARK = re.compile(r"^\W*(?:\d{1,2}[).°]\s+|[a-h]\)\s+)?")
_LEAST_WORDS, _LEAST_PREMISE_WORDS = 2, 4
MOST_CLAUSES = 12  # a longer letter is read by its questions first, then by its ends; bounded work for 1,000 characters


@dataclass(frozen=True)
class Clause:
    """One piece of a message; `question` tells whether it asks something, `premise` whether it is what the question takes for granted."""

    text: str
    question: bool
    premise: bool = False


def is_question(text: str) -> bool:
    """Whether a piece of text asks something, by its question mark or its words."""
    return bool(_QUESTION.search(text.replace("’", "'")))


def split_clauses(text: str) -> list[Clause]:
    """The clauses of a message in order; pieces of one word stay with their neighbour. Empty text gives no clause."""
    clauses: list[Clause] = []
    before, items, after = _split_list(_SPACES.sub(" ", text.replace("’", "'")))
    for sentence in _SENTENCE_END.split(before):
        clauses.extend(_clauses_of(sentence))
    clauses.extend(Clause(item, True) for item in items)
    for sentence in _SENTENCE_END.split(after):
        clauses.extend(_clauses_of(sentence))
    kept = _attach_fragments([clause for clause in clauses if re.search(r"\w", clause.text)])
    return _most_telling(kept)


def _split_list(text: str) -> tuple[str, list[str], str]:
    """What stands before a list of things asked, its items, and what follows; a text without such a list is all before."""
    opening = _LIST_OPENING.search(text)
    if opening is None:
        return text, [], ""
    end = _LIST_END.search(text, opening.end())
    stop = len(text) if end is None else end.end()
    items = [_ITEM_MARK.sub("", item).strip(" .") for item in _LIST_ITEM.split(text[opening.end():stop]) if re.search(r"\w", item)]
    before = text[: opening.start()]
    before = before[: max(before.rfind(mark) for mark in ".!?\n") + 1]
    return (before, items, text[stop:]) if len(items) > 1 else (text, [], "")


def _most_telling(clauses: list[Clause]) -> list[Clause]:
    """At most MOST_CLAUSES of them, in order: questions and premises before statements, the ends of a letter before its middle."""
    from_the_ends = sorted(range(len(clauses)), key=lambda i: (not (clauses[i].question or clauses[i].premise), min(i, len(clauses) - 1 - i)))
    return [clauses[i] for i in sorted(from_the_ends[:MOST_CLAUSES])]


def _clauses_of(sentence: str) -> Iterator[Clause]:
    premises, rest = _split_premise(sentence)
    yield from (Clause(premise.strip(), False, True) for premise in premises)
    rest, others = _split_indirect(rest)
    for part in _JOINED_QUESTION.split(rest):
        asks = is_question(part)
        for piece in _LISTED.split(part) if asks else [part]:
            yield Clause(piece.strip(), asks and (is_question(piece) or _LISTED_OPENING.match(piece.strip()) is not None))
    yield from (Clause(part.strip(), True) for part in others)


def _split_indirect(sentence: str) -> tuple[str, list[str]]:
    """« je voudrais savoir si c'est payant et le lieu »: the sentence up to the first thing asked, and the other things."""
    opening = _INDIRECT.search(sentence)
    if opening is None:
        return sentence, []
    asked = sentence[opening.end():]
    first, *others = (_THINGS_CUT if _THINGS.match(asked) else _INDIRECT_CUT).split(asked)
    return sentence[: opening.end()] + first, others


def _split_premise(sentence: str) -> tuple[list[str], str]:
    """« comme c'est à distance et gratuit, je m'inscris où ? »: what is taken for granted, and the question; often nothing and the whole."""
    if _PREMISE.match(sentence):
        for end in _PREMISE_END.finditer(sentence):
            premise, rest = sentence[: end.start()], sentence[end.end():]
            if len(premise.split()) >= _LEAST_PREMISE_WORDS and len(rest.split()) >= _LEAST_WORDS:
                return _JOINED_PREMISES.split(premise), rest
    return [], sentence


def _attach_fragments(clauses: list[Clause]) -> list[Clause]:
    attached: list[Clause] = []
    for clause in clauses:
        if attached and len(re.findall(r"\w+", clause.text)) < _LEAST_WORDS:
            previous = attached[-1]
            attached[-1] = Clause(f"{previous.text} {clause.text}", previous.question or clause.question, previous.premise)
        else:
            attached.append(clause)
    return attached
