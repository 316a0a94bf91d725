"""Tells whether a diploma named in a text was delivered abroad: place, adjective or expression beside its name.

Where a person was born, lives or works says nothing of the diploma and is not read; nor is nationality.
"""

from __future__ import annotations

import re

from bot.admissions.foreign_vocabulary import ADJECTIVES, CITIES, COUNTRIES, SUBJECT_LANGUAGES

_FEMININE = ("licence", "maitrise", "these", "prepa", "capacite", "diploma")
_MODIFIER = (
    r"(?:general\w*|pro\w*|techno\w*|superieur|national|universitaire|d'etat|litteraire|scientifique|economique|s|es|l|stmg|obtenue?|passee?|\(|"
    r"de nationalite|tres|simplement)"
)

_ABROAD = re.compile(
    r"\b(?:a l'etranger|hors (?:de )?(?:la )?france|hors (?:ue|union europeenne)|dans mon pays|au pays\b|de mon pays|"
    r"de la[- ]bas|pays d'origine|au bled|enic|"
    r"naric|comparabilite|"
    r"(?:universite|ecole|lycee|fac) etrangere?|diplomes? etrangers?)\b"
)
_PLACE = re.compile(
    rf"\b(?:au|aux|en|du|de|des|d'|a|a la|a l'|de l'|de la|l'universite|universite|dans le|dans l'|une?)\s?(?:universite (?:de |d'|du )?|"
    rf"ecole (?:de |d'|du )?|faculte (?:de |d'|du )?|lycee (?:de |d'|du )?)?({COUNTRIES}|{CITIES})\b"
    rf"|\(\s*({COUNTRIES}|{CITIES})\b|(?:^[ ,]*|, ?)({COUNTRIES}|{CITIES})\b"
)
_ADJECTIVE_NEXT = re.compile(rf"^[\s,]*(?:{_MODIFIER}\s+){{0,3}}({ADJECTIVES})\b")
_ADJECTIVE_BEFORE = re.compile(rf"\b(?:{ADJECTIVES})\s+(?:de |du |d'un |: )?$")
_BY_TRADE = re.compile(r"\bdiplom|infirm|soignant|educat|d'etat|comptable")
_ADJECTIVE_LATER = re.compile(rf"^ (?:de |d'|en )(?!cuisine|danse|litterature|langue|lettres|civilisation|histoire|droit)\w+ ({ADJECTIVES})\b")
_IS_ADJECTIVE = re.compile(rf"^ (?:est|etait) ({ADJECTIVES})\b")
_NOT_FRENCH = re.compile(r"\b(?:pas|non) (?:un diplome |un bac )?francaise?s?\b")
_STAY = re.compile(r"\b(?:dont |avec |y compris )?(?:une? |\d )?(?:ans?|annees?|semestres?|mois) (?:d'etudes |passee?s? )?(?:a l'etranger|(?:en|au|"
    r"aux) \w+)|\b(?:dont|avec|et|y compris) (?:une? |\d )(?:ans?|annees?|semestres?|mois) a \w+")
_LANGUAGE = re.compile(rf"^(?:{SUBJECT_LANGUAGES})$")
_SCHOOL_ABROAD = r"lycee francais|ecole francaise|lycee lyautey|aefe|homologue|diplome francais|bac(?:calaureat)? francais|reseau francais"
_FRENCH_SCHOOL_ABROAD = re.compile(rf"\b(?:{_SCHOOL_ABROAD})\b")
_FRENCH_SCHOOL = re.compile(rf"\b(?:{_SCHOOL_ABROAD}|en france|francaise?s?)\b")
_IN_FRANCE = re.compile(r"\ben france\b")
# « licence droit Sénégal », as typed on a phone. A first name or a word that is also a town needs its preposition.
_ALSO_NAMES = frozenset(("milan", "sofia", "constantine", "alexandrie", "santiago", "cologne", "padoue", "lagos", "porto(?![- ]vecchio)"))
LEAST_LETTERS_WHEN_BARE = 5
_BARE_PLACE = re.compile(
    rf"\b(?:{COUNTRIES}|" + "|".join(
        city for city in CITIES.split("|") if len(city) >= LEAST_LETTERS_WHEN_BARE and city not in _ALSO_NAMES) + r")\b")
_ONLY_A_PLACE = re.compile(rf" *(?:au|aux|en|du|de|d'|a|a la|de la)? ?(?:{COUNTRIES}|{CITIES})[ )]*")
_ELSEWHERE = re.compile(
    r"\b(?:ne|nee|nes|vi[st]|vivant|vecu|habite\w*|travaill\w+|bosse|poste|originaire|viens|venue?|arrivee?|nationalite|entreprise|filiale|mois|"
    r"guide|vacances|sejour|erasmus|caisse|emploi|stages?)\b"
)
# « une licence d'histoire de l'Allemagne »: the place is what was studied. « Droit du Sénégal » is the law faculty there.
_SUBJECTS = r"\b(?:litteratures?|civilisations?|histoire|geographie|cultures?|langues?|etudes|relations|cuisine|danses?)"
_SUBJECT_OF = re.compile(_SUBJECTS + r"(?: \w+)?$")
_BARE_SUBJECT = re.compile(_SUBJECTS + r"(?: (?:\w+ )?(?:de|du|des|d'|et|avec|en|sur|l'))?(?: la| l')?$|\b(?:en|de|l'|sur|vers|pour) ?$")
_WORK_BESIDE = re.compile(r"\b(?:et|avec|plus|puis|\+) (?:j'ai )?~?\d{1,2} (?:ans|annees|mois) "
                          r"(?!d'etudes|de (?:fac|licence|droit|master|cours)\b|a l'univ).*")
_STUDIED = re.compile(
    r"\b(?:etudie|etudes|scolarite|cursus|diplomee?|diplomes|universite|fac(?:ulte)?|lycee|obtenus?|forme|formee|passe mes diplomes|fait mes etudes|"
    r"fait mon lycee)\b[^,;.]{0,40}?"
    rf"\b(?:au|aux|en|du|de|d'|a|a l'|dans)\s?(?:{COUNTRIES}|{CITIES})\b"
)
_STUDIED_AWAY = re.compile(r"\b(?:etud\w+|scolarite|cursus|diplom\w+)\b[^,;.]{0,30}\b(?:a l'etranger|dans mon pays|au pays)")
_OBTAINED_THERE = re.compile(rf"\b(?:{COUNTRIES}|{CITIES}),? ou (?:j'ai|elle a|il a) (?:obtenu|passe|eu|fait|valide|etudie)\b")
_FOREIGN_SCHOOL = re.compile(rf"\b(?:diplomee? d'une|diplomee? de l'|etudie dans une|sortie? d'une)\s?(?:universite|ecole|fac(?:ulte)?|"
    rf"haute ecole) (?:{ADJECTIVES})\b")


def is_foreign(name: str, before: str, after: str) -> bool:
    """Whether the diploma `name` found between `before` and `after` (readable text) was delivered abroad.

    A school subject is no country (« licence d'espagnol »), and a French school abroad gives a French diploma.
    """
    after = _STAY.sub(" ", after)
    if _IS_ADJECTIVE.match(after):
        return True
    if name.strip() == "diplome" and (later := _ADJECTIVE_LATER.match(after)) and not _LANGUAGE.match(later.group(1)):
        return True
    if _has_foreign_adjective(name, after) or _ADJECTIVE_BEFORE.search(before):
        return True
    if _NOT_FRENCH.search(after):
        return True
    own = _WORK_BESIDE.sub("", after)  # « fait au Cameroun et 3 ans de vente en France »: France is where one works
    french = _FRENCH_SCHOOL.search(own)
    if french is not None and not (_IN_FRANCE.match(french.group()) and _names_a_place(own[:french.start()])):
        return False
    if _ABROAD.search(after) or _ABROAD.search(name + after):
        return True
    if _names_a_place(after) or _names_a_bare_place(after):
        return True
    return (_names_a_place(before) and not _FRENCH_SCHOOL.search(before)) or _ABROAD.search(before) is not None


def studied_abroad(text: str) -> bool:
    """Whether the person says that they studied in another country, whatever the diploma."""
    told = _STUDIED.search(text) or _STUDIED_AWAY.search(text) or _OBTAINED_THERE.search(text) or _FOREIGN_SCHOOL.search(text)
    return told is not None and not _FRENCH_SCHOOL_ABROAD.search(text)


def _has_foreign_adjective(name: str, after: str) -> bool:
    found = _ADJECTIVE_NEXT.match(after)
    if found is None:
        return False
    names_a_series = (" " in name.strip() and not _BY_TRADE.search(name)) or found.group().strip() != found.group(1)
    subject = _LANGUAGE.match(found.group(1)) is not None and (name.strip().startswith(_FEMININE) or names_a_series)
    return not subject


def _names_a_place(text: str) -> bool:
    """Whether a foreign place stands in `text` with nothing before it that speaks of life or work, and is not the subject itself."""
    told = _WORK_BESIDE.sub("", text)
    found = next((place for place in _PLACE.finditer(told) if not _is_the_subject(told, place)), None)
    return found is not None and not _ELSEWHERE.search(told[:found.start()])


def is_only_a_place(words: str) -> bool:
    """Whether the words are a foreign place and nothing else: « BTS informatique de gestion, Tunis »."""
    return _ONLY_A_PLACE.fullmatch(words) is not None


def _names_a_bare_place(text: str) -> bool:
    """« licence droit Sénégal »: no preposition, nothing of life or work before, and not the subject itself."""
    told = _WORK_BESIDE.sub("", text)
    found = _BARE_PLACE.search(told)
    before = told[:found.start()].rstrip() if found else ""
    return found is not None and not _ELSEWHERE.search(before) and not _BARE_SUBJECT.search(before)


def _is_the_subject(text: str, place: re.Match[str]) -> bool:
    return place.group().startswith("d") and _SUBJECT_OF.search(text[:place.start()].rstrip()) is not None
