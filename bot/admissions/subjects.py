"""Recognises whom nobody can pre-screen: an animal, a thing, a small child, somebody who died. No verdict is given then."""

from __future__ import annotations

import re

from bot.admissions.spelling import readable

YOUNGEST_APPLICANT_AGE = 14
_OWNER = r"(?:mon|ma|mes|notre|nos|le|la|un|une|son|sa|leur)"
_ANIMAL = (
    r"(?:chats?|chattes?|chatons?|chiens?|chiennes?|chiots?|lapins?|perroquets?|perruches?|poissons?(?: rouges?)?|hamsters?|"
    r"chevaux|cheval|juments?|poneys?|vaches?|poules?|coqs?|anes?|tortues?|"
    r"cochons?(?: d'inde)?|moutons?|chevres?|souris|canaris?|furets?|serpents?|araignees?|escargots?|abeilles?|dauphins?|singes?)"
)
_THING = (
    r"(?:doudou|peluche|poupee|nounours|voiture|velo|frigo|grille-pain|aspirateur|plante verte|cactus|ordinateur|ordi|"
    r"telephone|table|chaise|robot|grigri|nain de jardin|bonhomme de neige|pere noel)"
)
_DOES = (
    r"(?:a|n'a|ont|avait|est|peut|voudrait|veut|souhaite|possede|travaille|bosse|pourrait|fait|cherche|prepare|obtient|"
    r"aurait|compte|justifie|detient)\b"
)
_ABSURD = re.compile(rf"\b{_OWNER} (?:\w+ )?(?:{_ANIMAL}|{_THING})(?:,? (?:qui |\w+ )?){_DOES}|\b(?:inscrire|"
    rf"pour) {_OWNER} (?:{_ANIMAL}|{_THING})\b")
_CHILD = re.compile(
    r"\b(?:bebe|nourrisson|(?:fille|fils|enfant|garcon|gamin\w*|petite? \w+|niece|neveu|frere|soeur|elle|"
    r"il)\b[^.;?!]{0,20}?(?:de |a |age\w* de |qui a |, )(?:seulement |que |tout juste )?(?P<age>\d{1,2}) (?P<unit>ans|mois)\b)"
    r"(?= ?(?:$|[,.;?!]|(?:et|elle|il|mais|avec|peut|qui|a|n'a|est|veut|souhaite|voudrait|aimerait|pourrait|titulaire)\b))")
_BABY = re.compile(rf"\b{_OWNER} (?:bebe|nourrisson) {_DOES}")
_DEAD = re.compile(
    r"\b(?:mon|ma|mes|notre|le|la)\s(?:defunte?s? \w+|(?:\w+[- ]){0,2}(?:mere|pere|mari|femme|frere|soeur|oncle|tante|collegue|"
    r"maman|papa|conjointe?|grand[- ]mere|grand[- ]pere|fils|fille|amie?)"
    r"[^.;?!]{0,25}?\b(?:est (?:morte?|decedee?)|decedee?|morte? (?:en|il y a|depuis|l'an)|defunte?))\b")
_ASKS_FOR_THEM = re.compile(r"\b(?:il|elle|ils|elles|lui) (?:peut|peuvent|pourrait|pourra|aurait|rempli\w*|est|serait)\b|"
    r"\b(?:peut|pourrait|est|serait|remplit)-(?:il|elle)\b|"
                            r"\b(?:candidater|postuler|s'inscrire|eligible|peut (?:entrer|rentrer|devenir))\b")


def cannot_apply(text: str) -> bool:
    """Whether the facts of a message are those of an animal, a thing, a small child or somebody who died."""
    plain = readable(text)
    if _ABSURD.search(plain) or _BABY.search(plain):
        return True
    child = _CHILD.search(plain)
    if child is not None and child.group("age") and _ASKS_FOR_THEM.search(plain):
        return child.group("unit") == "mois" or int(child.group("age")) < YOUNGEST_APPLICANT_AGE
    return _DEAD.search(plain) is not None and _ASKS_FOR_THEM.search(plain) is not None


def is_mourning(text: str) -> bool:
    """Whether the person spoken of died."""
    return _DEAD.search(readable(text)) is not None
