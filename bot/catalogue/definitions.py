"""Which acronyms a message asks the meaning of: « c'est quoi un EPCI ? », « CCAS, ça veut dire quoi »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.admissions.text import fold, words
from bot.catalogue.schema_answers import Acronym

DEFINITION_CARD = "sigle"

# Asks for a meaning whatever else is said; « ça veut dire que je peux venir ? » does not.
_MEANING = re.compile(
    r"\bv(?:eut|eux|eu|ou?lait|eulent|x) dire\b(?! (?:que?\b|qu'))|\bsignifi|\bdefini(?:r|s|t|tion|tions)\b"
    r"|\b(?:sigles?|acronymes?|abreviations?)\b|\b[kq]u?es+[ae]*[ck]+o\b|\bk[ei]s[ae]?ko\b|\bdevelopper? le sigle\b"
)
# « c'est quoi » asks for a meaning only when nothing else is asked: « c'est quoi le jury de VAE ? » is about the jury.
_WHAT = re.compile(r"\b(?:quoi|koi|kwa|koa|keske?|kesque|qu'? ?est[- ]ce)\b")
_LITTLE = frozenset(
    ["a", "ah", "alors", "au", "aussi", "bien", "bjr", "bonjour", "bonsoir", "c", "ca", "ce", "cela", "ces", "cest", "cet", "cette", "comprends", "connais", "d", "de", "deja", "des", "desole", "dis", "dites", "donc", "du", "elle", "en", "encore", "est", "et", "euh", "exactement", "fait", "fiche", "il", "j", "je", "juste", "k", "kes", "keske", "kesque", "koa", "koi", "kwa", "l", "la", "le", "les", "leur", "lu", "ma", "mais", "me", "merci", "mdr", "moi", "mot", "mots", "n", "ne", "non", "ok", "ou", "pardon", "pas", "plait", "pour", "precisement", "qu", "quand", "que", "quel", "quelle", "quels", "quoi", "s", "sais", "salut", "sest", "simplement", "slt", "son", "sont", "stp", "sur", "svp", "te", "trouve", "truc", "tu", "un", "une", "vos", "votre", "vous", "vu", "y"]
)
# Acronyms that are also everyday words (« le but, c'est quoi ? ») count when typed in capitals.
_EVERYDAY = frozenset({"si", "but"})
_ARTICLES = frozenset("ld")  # « lepci », « dune »: typed without the apostrophe


def acronyms_asked(text: str, glossary: Sequence[Acronym]) -> list[Acronym]:
    """The acronyms of the glossary whose meaning the message asks, in its order; empty when it asks none."""
    asks_what, asks_a_meaning = _WHAT.search(fold(text)) is not None, _MEANING.search(fold(text)) is not None
    if not asks_what and not asks_a_meaning:
        return []
    known = {_plain(item.sigle): item for item in glossary if _plain(item.sigle) not in _EVERYDAY or (item.sigle in text and not text.isupper())}
    typed = [word[1:] if word not in known and word[0] in _ARTICLES and word[1:] in known else word for word in words(text)]
    named = [known[word] for word in dict.fromkeys(typed) if word in known]
    asks_only_what = asks_what and _LITTLE.issuperset(word for word in typed if word not in known)
    return named if asks_only_what or asks_a_meaning else []


_plain = lru_cache(maxsize=1024)(fold)
