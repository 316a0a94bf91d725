"""Cuts a readable text into clauses and tells what each one is: a statement, a question about the rule, a hypothesis.

The parsers read facts in statements only. A question that speaks of the person (« est-ce que je peux candidater avec
mon bac pro ? ») states a fact all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"(?<!\d)\.(?!\d)|(?<=\d)\.(?=\s|$)|\.{2,}|[!;\n]|(?<=\?)")
_CLAUSE_CUT = re.compile(
    r"\s*(?:,(?!\d)|:(?!\d)|\(|\)|\s-+\s|\s/\s)\s*"
    r"|\s+(?=(?:mais|puis|donc|car|parce que|alors que|tandis que|par contre|sinon|ensuite|apres quoi|ms)\s)"
    r"|\s+(?=et (?:j'|je |moi |ma |mon |mes |la je|la j'|depuis|puis|ensuite|maintenant|la,|apres|avant|la maintenant|il |elle |"
    r"est-ce|actuellement|"
    r"aujourd))"
    r"|(?<!\bque)(?<!\bquand)(?<!\bou)(?<!\bsi)\s+(?=je (?:suis|prepare|passe|travaille|bosse|cherche|voudrais|peux) )"
)
_RULE_QUESTION = re.compile(
    r"\b(?:(?:il )?faut[- ]il|il (?:faut|fallait|faudrait)|faut (?:avoir|etre|un|une|le|quel|combien|absolument|forcement)|"
    r"est[- ]il (?:necessaire|obligatoire|possible)|c'est (?:quoi|obligatoire|necessaire)|qu'est[- ]ce qu|"
    r"qu'entendez|(?:est[- ]ce qu'|peut[- ]|on peut|si )on\b|"
    r"(?:est[- ]ce qu)?(?:'|e )?(?:un|une|le|la|les|des) (?:\S+ ){1,5}(?:suffi|est[- ](?:il|elle)|compte|sont[- ]ils|permet|"
    r"est (?:accept|exige|"
    r"requis|oblig|necess|indispens))|"
    r"(?:exig|requi|obligatoire|necessaire|indispensable|minimum requis)\w*|demand(?:e|es|ee|ees|ez|ent)\b|"
    r"(?:vous|ils|on) (?:demande|exige|accept|pren|veul|voul|parl|dit|dite|dites|di[st])\w*|on m'a dit|j'ai (?:lu|vu|entendu)|"
    r"(?:la|votre|le) (?:fiche|site|page|annonce|plaquette) (?:dit|indique|parle|precise|mentionne|demande)|"
    r"avoir besoin|j'ai besoin|besoin d'(?:un|une|avoir)|ca (?:correspond|equivaut|vaut|veut dire)|equival(?!entes? (?:a|au|"
    r"d))\w*|correspond\w*|"
    r"veut dire|signifie|c'est[- ]a[- ]dire quoi|quels? (?:sont|est|niveaux?|diplomes?|types?)|quelles? (?:sont|est|formations?|"
    r"experiences?)|"
    r"combien|pourquoi)"
)
_HYPOTHESIS = re.compile(
    r"(?:^|(?<!savoir)(?<!dire)(?<!demande)(?<!demandais)(?<!demander)(?<!sais pas)(?<!c'est pas)(?<!c pas)(?<!voir)(?<!verifier)(?<!comprendre)\s)(?:et )?si (?:j'|je |un jour|"
    r"jamais|on |tu |il |"
    r"elle |ma |mon |quelqu'un|c'etait|vous )|\bet avec (?:un|une|le)\b"
    r"|\b(?:imagin|suppos|admett)ons|\ben supposant|\ben imaginant|\bdans le cas ou|\bau cas ou|"
    r"\b(?:quand|lorsque|des que|une fois que) (?:j'aurai|j'obtien\w+|je (?:decroch|valid)erai|(?:elle|il) aura)\b"
    r"|\bj'aurais (?:un|une|le|mon|\d)|\bqu'est-ce qui (?:se passe|change)"
)
# « vous me prenez si j'ai un bac pro ? » and « si je comprends bien » suppose nothing; « et si j'ai », « si j'ai … un jour » do.
_STATED_IF = re.compile(
    r"(?<!\bet )(?:^|\s)si (?:(?:(?:on|vous|je) compt\w+)\b|(?:(?:je|elle|il|on) (?:peu[tx]?|pourr\w+|rempli\w*|rentre|"
    r"corresponds?)|c'est (?:possible|bon|ok)|j'(?:ai|en ai|y)|je (?:n'ai|n'y|n'en ai|suis|ne suis|possede|detiens|dispose|"
    r"comprends|"
    r"ne me trompe|me trompe|dis|reste|cherche|(?:travaille|bosse|exerce)(?= depuis))|"
    r"(?:elle|il) (?:n'a|a|est|n'est|possede|detient)|(?:ma|mon|notre) \w+ (?:n'a|a|est|n'est|possede|detient))\b)"
)
_TO_COME = re.compile(r"\b(?:un jour|plus tard|d'ici|dans (?:\d+|un|une|deux|quelques) (?:ans?|mois|annees?)|ca change\w*|"
    r"de plus|pourrai|pourra|"
    r"cette annee|a la rentree|"
    r"l'an(?:nee)? prochaine?|en (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|"
    r"decembre)(?! (?:19|20)\d\d))\b")
_PERSONAL = re.compile(
    r"\b(?:j'ai|j'avais|je (?:suis|possede|detiens|sors|viens|travaille|bosse|fais|n'ai)|mon|ma|mes|titulaire|diplomee?|"
    r"ayant|possedant|disposant|dispose d|(?:justifi|totalis|cumul|compt)(?:e|ant) (?:bien |deja |d|\d|~)|(?:rate|loupe|foire|"
    r"abandonne|inacheve)e?|"
    r"(?:pas|non) (?:obtenu|valide|fini|eu|termine)e?|moi (?:qui|j'ai)|(?:elle|il|qui|fille|fils|femme|mari|secretaire|soeur|"
    r"frere|ami|amie|"
    r"agente?) (?:a|n'a|est|possede|detient|travaille|bosse|exerce|"
    r"totalise|cumule|justifie|compte))\b"
)
_CAN_I = re.compile(r"\b(?:(?:je|ca|elle|il) passe avec|je peux|puis[- ]je|pourrais[- ]je|pourrai[- ]je|je pourrais|j'ai (?:le droit|une chance|mes chances|"
    r"des chances)|"
                    r"je peut?\b|suis[- ]je|m'inscrire|me pren\w+|m'accept\w+|c'est (?:bon|ok)\b|pour moi|comme moi|"
                    r"possible avec (?:juste|seulement|"
                    r"mon|ma|que|simplement|un simple)|je candidate|candidater|"
                    r"postuler|je rentre)\b")
# « licence pro ok pour rentrer ? », without an article: the writer's own diploma.
_OWN_FRAGMENT = re.compile(
    r"^(?:bonjour |slt |salut )?(?:niveau|bts|bac|dut|deug|deust|licence|master|cap|bep|but|bp|titre|diplome|doctorat|maitrise|"
    r"l[123]|m[12]|daeu)\b[^?]*"
    r"\b(?:ok|passe|c'est bon|possible|recevable|eligible|rentrer|entrer|candidater|postuler|marche)\b")
_GOT_THERE = re.compile(r"\b(?:obtenue?s?|validee?s?|decrochee?s?|passee?s?)(?: avec mention)? (?:en|a|au|aux|il y a|l'an|chez|"
    r"par) ")
_WITH = re.compile(r"(?:bonjour |slt |salut )?avec (?:une?|juste|seulement|que)\b")
_OTHER_PERSON = re.compile(
    r"\b(?:mon (?:mari|conjoint|compagnon|pere|frere|fils|patron|chef|directeur|ami|copain|beau-pere|oncle|cousin|voisin|pote|neveu|gendre|collegue|copain)|"
    r"ma (?:femme|conjointe|compagne|mere|soeur|fille|cheffe|directrice|copine|belle-mere|tante|cousine|voisine|pote|niece|collegue|meuf|amie)|mes (?:parents|"
    r"enfants|filles|fils|"
    r"collegues))"
    r"(?: \S+){0,3}? (?:a|est|ont|sont|avait|etait|travaille|bosse|fait|prepare|passe)\b"
)


# « je suis une demandeuse d'emploi titulaire du bac, est-elle recevable ? »: of « suivre ».
_FOLLOWED = re.compile(r"(?:et )?je suis (?:actuellement )?une? (?:demandeu\w+|candidate?|personne|beneficiaire|stagiaire|jeune)\b")


# « j'ai le bac », typed or pressed where the other person's diploma was asked for.
_I_ANSWER = re.compile(r"(?:oui )?(?:j'ai|je suis) ")


@dataclass(frozen=True)
class Clause:
    """A part of a sentence. `states_facts` is False for rule questions, hypotheses and wishes."""

    text: str
    states_facts: bool
    is_question: bool
    sentence: int


def split_clauses(text: str, *, asked: bool = False, about_other: bool = False) -> tuple[Clause, ...]:
    """The clauses of a readable text, in order.

    `asked` keeps what only looks like a rule question (« un BTS, ça compte ? » is an answer); `about_other`
    says that the message asks for somebody else, whose facts then count instead of the writer's own.
    """
    return tuple(_clauses(text, asked, about_other))


def factual_sentences(text: str, *, asked: bool, about_other: bool) -> list[str]:
    """Each sentence of a readable text reduced to the clauses that state facts, joined by commas."""
    kept: dict[int, list[str]] = {}
    for clause in split_clauses(text, asked=asked, about_other=about_other):
        if clause.states_facts:
            kept.setdefault(clause.sentence, []).append(clause.text)
    return [" , ".join(pieces) for pieces in kept.values()]


def _clauses(text: str, asked: bool, about_other: bool) -> Iterator[Clause]:
    for number, sentence in enumerate(part for part in _SENTENCE_END.split(text) if part and part.strip()):
        question = sentence.rstrip().endswith("?")
        pieces = [piece.strip() for piece in _CLAUSE_CUT.split(sentence) if piece and piece.strip(" ?")]
        rule = question and _has_impersonal_tail(pieces)
        about_me = any(_CAN_I.search(piece) or _PERSONAL.search(piece) for piece in pieces)
        for piece in pieces:
            personal = any(sign.search(piece) for sign in (_PERSONAL, _OWN_FRAGMENT, _GOT_THERE))
            states = not _is_hypothesis(piece) and not _is_about_another(piece, about_other, asked)
            if states and not personal and not _CAN_I.search(piece):
                states = not ((_RULE_QUESTION.search(piece) and (question or not asked)) or (rule and not asked))
                if question and states and not asked:
                    states = (len(pieces) > 1 and (piece is not pieces[-1] or about_me)) or _WITH.match(piece) is not None
            elif states and personal:
                states = not _asks_the_rule(piece)
            yield Clause(piece, states, question, number)


def _has_impersonal_tail(pieces: list[str]) -> bool:
    """« Un BTS, est-ce suffisant ? »: a question about the rule that begins with a fragment."""
    return len(pieces) > 1 and any(_RULE_QUESTION.search(piece) or "suffi" in piece for piece in pieces[1:]) \
        and not any(_PERSONAL.search(piece) or _CAN_I.search(piece) or _GOT_THERE.search(piece) for piece in pieces)


def _is_hypothesis(piece: str) -> bool:
    if not _TO_COME.search(piece):
        piece = _STATED_IF.sub(" ", piece)
    return _HYPOTHESIS.search(piece) is not None


def _asks_the_rule(piece: str) -> bool:
    """« Est-ce que j'ai besoin du bac », « on m'a dit qu'il fallait un BTS »: personal words, no fact."""
    return re.search(r"\bbesoin\b|\bfaut\b|\bfallait\b|on m'a dit|j'ai (?:lu|vu|entendu)", piece) is not None


def _is_about_another(piece: str, about_other: bool, asked: bool) -> bool:
    if not about_other:
        return _OTHER_PERSON.search(piece) is not None
    writer = re.match(r"(?:bonjour |moi )?(?:et )?(?:(?:je suis|j'ai|je travaille|je bosse|etant|en tant que) |(?:maire|elue?|"
        r"adjointe? au maire|dgs|"
        r"drh|rh|president\w*) (?:d'|de |du |des |a ))", piece)
    if _FOLLOWED.match(piece) or (asked and _I_ANSWER.match(piece)):
        return False
    return writer is not None and not re.search(r"\b(?:qui|il|elle|lui|fille|fils|mari|femme|soeur|frere)\b", piece)
