"""Which language a message is written in, when it is not French: enough to add one polite sentence in it.

By script first, then by the small words that every sentence needs; no model, and silence when in doubt.
"""

from __future__ import annotations

import re

_SCRIPTS = (
    ("ar", re.compile(r"[\u0600-\u06ff]")), ("zh", re.compile(r"[\u4e00-\u9fff]")), ("uk", re.compile(r"[іїєґІЇЄҐ]")), ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_SMALL_WORDS = {
    "en": "the is are you do does i how what where when much can my have to for and it this hello please speak english want need with",
    "es": "el los las es son usted cómo como cuánto cuanto qué dónde donde puedo tengo para hola gracias por quiero necesito inscribirme hablan español una con buenos buenas días dias tardes cuesta cuestan cuándo cuando empieza hacer puede pueden tiene hay formación formacion sin soy está estoy quisiera saber título titulo también",
    "pt": "o os as é são você como quanto onde posso tenho para olá ola bom dia obrigado obrigada por favor quero preciso uma com não candidatar custa começa fazer pode formação tem há sem sou estou gostaria saber também quando",
    "de": "der die das ist sind sie ich wie was wo wann kann habe für und guten tag bitte sprechen deutsch möchte brauche mit ein eine nicht",
    "it": "il gli è sono lei come quanto dove posso ho per ciao buongiorno grazie vorrei voglio bisogno con una non parla italiano iscrivermi costa quando inizia fare può corso senza sono vorrei sapere anche titolo",
    "tr": "ve bir için nasıl merhaba ne kadar istiyorum var mı nerede ben türkçe lütfen",
    "ro": "este sunt cum cât unde pot am pentru bună ziua mulțumesc vreau cu nu vă rog",
    "nl": "het een is zijn hoe wat waar wanneer kan ik heb voor en hallo goedendag alstublieft spreekt nederlands wil met niet",
    "pl": "jest są jak ile gdzie mogę mam dla dzień dobry proszę chcę czy się po polsku nie",
}
_WORD_SETS = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
_FRENCH = frozenset(["le", "la", "les", "est", "je", "tu", "vous", "il", "elle", "de", "des", "du", "un", "une", "et", "que", "qui", "pour", "pas", "ce", "c'est", "bonjour", "avec", "dans", "mon", "ma", "j'ai"])
_LEAST_WORDS = 2


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a message that is surely not French, or None (French, gibberish, or a doubt)."""
    for code, script in _SCRIPTS:
        if script.search(text):
            return code
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {code: sum(word in known for word in words) for code, known in _WORD_SETS.items()}
    best = max(counts, key=lambda code: counts[code])
    is_french = sum(word in _FRENCH for word in words) >= counts[best]
    return None if counts[best] < _LEAST_WORDS or is_french else best
