"""What hides a message or makes none: insults thrown at the robot around a question, and keys struck at random.

An insult is answered calmly when it is all there is; with a question, the question is what deserves an answer.
"""

from __future__ import annotations

import re

from bot.admissions.text import fold
from bot.nlu.clauses import is_question

_AT_THE_ROBOT = r"(?:robot|bot|machine|chatbot|ordi|ordinateur|ia|assistant|logiciel|truc|boite de conserve|tas de ferraille)"
_INSULT = (
    r"(?:con(?:ne|nard\w*|nasse|s)?|debiles?|idiot\w*|imbeciles?|cretin\w*|abruti\w*|stupides?|nuls?|nulle|bete|merde\w*|merdique|pourri\w*|inutiles?|"
    r"boulet|tocard\w*|incapables?|bouffon\w*|naze|guignol|andouille|enfoire\w*|salope\w*|salaud|encule\w*|batard\w*|fdp|ntm|pute|claque|guez|"
    r"pathetique|minable|ringard|demeure|a chier)"
)
# « t'es vraiment un robot de merde », « espèce d'idiot », « ta gueule »: a piece that throws insults and nothing else.
_THROWN = re.compile(
    rf"^\W*(?:(?:bon|mais|non mais|putain|bordel|merde|franchement|alors|hein|ok|et|oh|eh|he|vraiment)\W+)*"
    rf"(?:(?:t'es|t es|tu es|vous etes|vs etes|c'est|quel(?:le)?|espece d[e' ]|sale|pauvre|gros(?:se)?|bande d[e' ]|{_AT_THE_ROBOT}|putain|bordel|merde)\b[^?:,;.!]*?)?"
    rf"\b(?:{_INSULT}|ta gueule|tg|ferme la|la ferme|vtff|va te faire \w+|nique ta mere)\b"
    rf"(?:\W+(?:de|du|en|comme|et|ou|quoi|hein|{_AT_THE_ROBOT}|{_INSULT}|vraiment|franchement|va))*\W*$"
)
# « réponds : », « dis-moi plutôt : »: what follows is the question.
_ORDER = re.compile(r"^\W*(?:(?:mais|alors|bon|et|donc|juste)\W+)*(?:reponds?|repondez|dis|dites)(?:[- ]moi)?(?:\W+(?:plutot|juste|vite|maintenant|stp|svp))*\W*$")
_ASKS = re.compile(r"^\W*(?:dis|dites|donnes?|donnez|expliques?|expliquez)\b")
# Where a piece may end: at a stop, or before what opens a question.
_BOUNDARY = re.compile(
    r"[,:;.!?\n]+\s*|\s+(?:(?:et|mais|alors)\s+)?(?=(?:dis|dites|donne|donnez|réponds|reponds|répondez|explique|c'est (?:quoi|combien|quand|où|ou)|c (?:koi|cb|quand|kan)|"
    r"combien|quel|quelle|quels|comment|quand|il faut|faut|fo|y a|ya|est-ce|cb)\b)", re.IGNORECASE)
_LEAST_QUESTION_WORDS = 2
# Runs of neighbouring keys, of an AZERTY or a QWERTY keyboard.
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUN, _LEAST_LETTERS, _LEAST_WITHOUT_VOWEL = 4, 4, 6
_REPEATED = re.compile(r"^(.{1,3}?)\1{3,}$")


def without_insults(text: str) -> str:
    """The message without the pieces that only insult, when a question is left; the whole text otherwise."""
    left = text
    while (end := _end_of_insult(left, first=left == text)) is not None:
        left = left[end:]
    last = max((found.end() for found in _BOUNDARY.finditer(left.rstrip(" .!?"))), default=0)
    if last and _THROWN.match(fold(left[last:])):
        left = left[:last].rstrip(" ,:;.")
    is_left = left != text and (is_question(left) or _ASKS.match(fold(left)) is not None)
    return left if is_left and len(left.split()) >= _LEAST_QUESTION_WORDS else text


def _end_of_insult(text: str, *, first: bool) -> int | None:
    """Where the insult that opens a text ends, None when it does not open with one. An order to answer may follow it."""
    for boundary in _BOUNDARY.finditer(text):
        piece = fold(text[: boundary.start()])
        if _THROWN.match(piece) or (not first and _ORDER.match(piece)):
            return boundary.end()
    return None


def is_keyboard_noise(text: str) -> bool:
    """Whether a message is only keys struck at random: « qsdfjk azert »."""
    words = [word for word in re.findall(r"[^\W\d_]+", fold(text)) if len(word) >= _LEAST_LETTERS]
    return bool(words) and all(_is_struck(word) for word in words)


def _is_struck(word: str) -> bool:
    once = re.sub(r"(.)\1+", r"\1", word)  # « mdrrrr » is « mdr »
    if _REPEATED.match(word) or (len(once) >= _LEAST_WITHOUT_VOWEL and not re.search(r"[aeiouy]", once)):
        return True
    runs = sum(any(word[start : start + _RUN] in row for row in _ROWS) for start in range(len(word) - _RUN + 1))
    return runs * 2 >= len(word) - _RUN + 1
