"""Text as people type it on a phone, made readable for the parsers: abbreviations, glued words, near misses.

Only the words that the parsers look for are corrected; names, places and everything else stay as typed.
"""

from __future__ import annotations

import re

from bot.admissions.text import fold

MAX_LENGTH = 2000

_ABBREVIATIONS = {
    "jai": "j'ai", "jé": "j'ai", "jaie": "j'ai", "jais": "j'ai", "jav": "j'avais", "javais": "j'avais", "jaurai": "j'aurai",
    "jaurais": "j'aurais", "jetais": "j'etais", "jsuis": "je suis", "jsui": "je suis", "chui": "je suis",
    "chuis": "je suis", "j'suis": "je suis", "jss": "je suis", "jbosse": "je bosse", "jtravaille": "je travaille",
    "jtravail": "je travaille", "jtaf": "je bosse", "jcherche": "je cherche", "jprepare": "je prepare", "jpasse": "je passe",
    "jfais": "je fais", "jpeux": "je peux", "cest": "c'est", "ct": "c'etait", "pa": "pas", "ds": "dans", "dan": "dans",
    "pdt": "pendant", "depui": "depuis", "dpuis": "depuis", "dps": "depuis", "dpi": "depuis", "bcp": "beaucoup",
    "tjr": "toujours", "tjrs": "toujours", "tjs": "toujours", "nn": "non", "nan": "non", "nop": "non", "ns": "nous",
    "vs": "vous", "ke": "que", "koi": "quoi", "mnt": "maintenant", "mtn": "maintenant", "qq": "quelques",
    "qqs": "quelques", "qlq": "quelques", "qlqs": "quelques", "env": "environ", "ac": "avec", "avc": "avec",
    "bak": "bac", "bacc": "bac", "baque": "bac", "bax": "bac", "baccalaureat": "bac", "baccalaureats": "bac",
    "bacalaureat": "bac", "bacaloreat": "bac", "baccalaureate": "bac", "bacalaureate": "bac", "kap": "cap",
    "btss": "bts", "btes": "bts", "bst": "bts", "tbs": "bts", "diplomes": "diplome", "dipl": "diplome", "diplom": "diplome",
    "proo": "pro", "pros": "pro", "prof": "prof", "prffessionnel": "professionnel", "lycé": "lycee",
    "liscence": "licence", "lissence": "licence", "lisence": "licence", "lissance": "licence", "license": "licence",
    "maitrisse": "maitrise", "brevais": "brevet", "brevé": "brevet", "breve": "brevet", "mastaire": "master",
    "poleemploi": "pole emploi", "chomaj": "chomage", "chaumage": "chomage", "chaumeur": "chomeur", "chomdu": "chomage",
    "autoentrepreneur": "auto-entrepreneur", "autoentrepreneuse": "auto-entrepreneur",
    "xp": "experience", "exp": "experience", "expe": "experience", "experiance": "experience",
    "esperience": "experience", "taff": "taf", "boulo": "boulot", "anne": "annee", "annés": "annees", "ane": "annee",
    "anees": "annees", "anee": "annee", "année": "annee", "moi(s)": "mois", "moiss": "mois", "compta": "compta",
    "secretariat": "secretariat", "mairi": "mairie", "merie": "mairie", "marie-": "mairie", "tt": "tout", "ts": "tous", "qd": "quand", "pr": "pour",
    "ki": "qui", "jpp": "je", "jconnais": "je connais", "jsp": "je ne sais pas", "jsais": "je sais", "jvais": "je vais",
    "jviens": "je viens", "jveux": "je veux", "jvoudrais": "je voudrais", "jamai": "jamais", "fesait": "faisait",
}
_TARGETS = (
    "licence", "master", "brevet", "diplome", "maitrise", "doctorat", "ingenieur", "infirmier", "infirmiere",
    "terminale", "annees", "retraite", "retraitee", "chomage", "chomeur", "chomeuse", "salarie", "salariee", "interim",
    "interimaire", "apprenti", "apprentie", "apprentissage", "alternance", "alternant", "alternante", "etudiant", "etudiante",
    "fonctionnaire", "contractuel", "contractuelle", "titulaire", "independant", "independante", "demandeur",
    "demandeuse", "experience", "secretaire", "benevolat", "benevole", "semaines", "pendant", "depuis", "bachelor",
    "autodidacte", "certificat", "comptabilite", "mairie", "environ", "presque", "professionnel", "professionnelle",
    "technologique", "general", "abandonne", "arrete", "obtenu", "valide", "prepare", "travaille", "vacataire", "lyceenne",
    "etudes", "premiere", "deuxieme", "troisieme", "derniere", "aucun", "diplomee",
)
# Real French words one letter away from a target, or forms that the parsers read themselves.
_KEPT = frozenset((
    "retrait", "retraits", "traite", "salaire", "salaires", "salarier", "demander", "licencie", "licenciee", "licencier",
    "licences", "masters", "mastere", "brevets", "infirmieres", "infirmiers", "apprentis", "apprenties", "apprendi",
    "etudiants", "etudiantes", "generale", "generaux", "professionnels", "professionnelles", "secretaires", "mairies",
    "obtenue", "obtenir", "obtient", "valider", "validee", "validees", "validite", "preparer", "preparee", "travailler",
    "travailles", "travail", "travaillé", "arretee", "arreter", "abandonnee", "abandonner", "diplomees", "diplomes",
    "retraites", "retraitees", "interimaires", "benevoles", "aucune", "marie", "maire", "depute", "etude", "semaine",
    "salaries", "salariees", "independants", "independance", "titulaires", "titularise", "vacataires", "experiences", "annee", "premier",
    "premieres", "troisiemes", "apprenant", "master2", "master1", "deuxiemes", "generales", "independantes", "contractuels",
    "fonctionnaires", "certificats", "ingenieurs", "ingenierie", "chomeurs", "obtenus", "licencies", "valides", "derniers", "dernier", "terminal",
    "demandeurs", "bachelier", "baccalaureat", "prepares", "arretes", "abandonnes", "alternants", "technologiques", "alternances", "maitriser",
    "lyceennes", "presse", "mairesse", "retraiter", "brevete", "etudie", "etudier", "troisieme", "validation",
))
_EXACT = frozenset(_TARGETS) | _KEPT
_UPPER_CASE = re.compile(r"\b(?:BUT|DES|AS|ES)\b")
_UPPER_NAMES = {"BUT": "but-diplome", "DES": "des-diplome", "AS": "as-diplome", "ES": "es"}
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,6}[A-Za-z]?(?![a-z])")
_DIGIT_UNIT = re.compile(r"(\d)\s*(ans?|annees?|mois|moi|semaines?|anee?s?|anne)\b")
_UNIT_DIGIT = re.compile(r"\b(ans?|mois)(\d)")
_DIPLOMA_YEAR = re.compile(r"\b(licence|master|bts|but|deug|dut)([123])\b")
_BAC_PLUS = re.compile(r"\b(bac|baque|bak|bacc)(?=\+|\d)")
_I_HAVE = re.compile(r"(?<!bac )(?<!bac pro )\bg (?=(?:pas|pa|un|une|le|la|mon|ma|que|k|juste|deja|eu|1|bosse|travaille|fait|rien|aucun|"
                     r"obtenu|arrete|rate|valide|passe|bien|\d+|bac|bts|cap|bep|dut|licence|deux|trois|quatre|cinq|dix)\b)")
_ONE = re.compile(r"\b1 (?=bac|bep|bts|cap|dut|licence|master|diplome|deug|titre|but\b)")
_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


def readable(text: str) -> str:
    """Folded text with phone abbreviations expanded and near misses of the parsers' words corrected.

    Line breaks become sentence ends. BUT, DES and AS in capitals become « but-diplome » and so on, because
    in lower case they are common words. Texts beyond 2,000 characters are cut.
    """
    text = text[:MAX_LENGTH]
    if not text.isupper():
        text = _UPPER_CASE.sub(lambda found: _UPPER_NAMES[found.group()], text)
    text = _DOTTED.sub(lambda found: found.group().replace(".", ""), text)
    text = fold(" ; ".join(line for line in text.splitlines() if line.strip()))
    text = _I_HAVE.sub("j'ai ", text)
    text = _ONE.sub("un ", text)
    text = _TOKEN.sub(lambda found: _correct(found.group()), text)
    text = _DIGIT_UNIT.sub(_spaced_unit, text)
    text = _UNIT_DIGIT.sub(r"\1 \2", text)
    return _BAC_PLUS.sub("bac ", _DIPLOMA_YEAR.sub(r"\1 \2", text))


def _spaced_unit(found: re.Match[str]) -> str:
    unit = found.group(2)
    return f"{found.group(1)} {'mois' if unit == 'moi' else unit}"


def _correct(token: str) -> str:
    if token in _ABBREVIATIONS:
        return _ABBREVIATIONS[token]
    if len(token) < 6 or token in _EXACT or not token.isalpha():
        return token
    for target in _TARGETS:
        if target[0] == token[0] and abs(len(target) - len(token)) <= 1 and _is_one_edit_away(token, target):
            return target
    return token


def _is_one_edit_away(word: str, target: str) -> bool:
    """One letter added, dropped, changed, or two neighbours swapped."""
    start = 0
    while start < min(len(word), len(target)) and word[start] == target[start]:
        start += 1
    end = 0
    while end < min(len(word), len(target)) - start and word[-1 - end] == target[-1 - end]:
        end += 1
    left, right = word[start:len(word) - end], target[start:len(target) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])
