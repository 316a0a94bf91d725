"""« si j'ai mon BTS l'an prochain, je peux m'inscrire ? », « et si je le rate ? »: a diploma that is not there yet, supposed obtained or not."""

from __future__ import annotations

import re

from bot.admissions.clauses import split_clauses
from bot.admissions.spelling import readable

_DIPLOMA = r"(?:bts|dut|but-diplome|but|deug|deust|licence|master|bachelor|bac|cap|bep|doctorat|diplome|titre|l[123]|m[12])"
_HIGHER = r"(?:bts|dut|but-diplome|but|deug|deust|licence|master|bachelor|doctorat|l[123]|m[12])"  # without the bac itself, the VAE is what matters
_SUPPOSED = re.compile(
    r"\b(?:si|quand|lorsque|des que|une fois que) (?:j'|je |elle |il |on )(?:(?:ai|aurai|a|aura|obtien\w+|decroch\w+|valid\w+|reussi\w*|passe|"
    rf"finis|termine) ){{1,2}}(?:le |la |mon |ma |son |sa |un |une |ce |d'un |l')?{_DIPLOMA}\b")
_MAY_ENTER = re.compile(
    r"\b(?:je (?:peu[tx]?|pourrai\w*)|puis[- ]je|(?:elle|il) (?:peut|pourra\w*)|ca (?:passe|suffit|marche|va|ira)|c'est (?:bon|ok|possible)|eligible|"
    r"admissible|(?:m'|s')inscrire|candidater|postuler|entrer|rentrer|venir|(?:me|m'|vous me) ?(?:pren\w+|accept\w+))\b")
_ASKS_WHAT = re.compile(r"\b(?:combien|quels?|quelles?|comment|ou|pourquoi|qui|quoi|jusqu'a quand|avant quand)\b")
_FAILS = re.compile(
    r"^(?:et |mais |ok |oui |alors )*si (?:jamais )?(?:je |j'|elle |il )(?:le |la |l')(?:rat\w+|loup\w+|foir\w+|plant\w+|ai pas|a pas|obtien\w* pas|"
    rf"valid\w* pas|n'ai pas|pas)\b|^(?:et |mais )*si (?:je |j'|elle |il )(?:rat\w+|loup\w+|echou\w+ a) (?:mon|ma|son|sa|au|le|la) ?{_HIGHER}\b"
    rf"|^(?:et |mais )*si (?:je |j'|elle |il )(?:n')?(?:ai|a|obtien\w*) pas (?:mon|ma|son|sa|le|la) ?{_HIGHER}\b")


def supposes_a_diploma(text: str) -> bool:
    """Whether a message asks if one may enter with a diploma that is still to come."""
    plain = readable(text)
    found = _SUPPOSED.search(plain)
    if found is None or any(clause.states_facts and _SUPPOSED.search(clause.text) for clause in split_clauses(plain)):
        return False
    rest = plain[:found.start()] + plain[found.end():]
    return _MAY_ENTER.search(rest) is not None and _ASKS_WHAT.search(rest) is None


def supposes_its_failure(text: str) -> bool:
    """« et si je le rate », « et si j'ai pas ma licence »: the diploma being prepared would not be obtained."""
    return _FAILS.search(readable(text)) is not None
