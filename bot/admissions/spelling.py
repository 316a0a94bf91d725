"""Text as people type it on a phone, made readable for the parsers: abbreviations, glued words, near misses.

Only the words that the parsers look for are corrected; names, places and everything else stay as typed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.admissions.text import fold

MAX_LENGTH = 2000
# A message is read by several parsers, and again by the action that knows what was asked: the last few readings stay in memory
# for the time of a few turns.
REMEMBERED = 32

_ABBREVIATIONS = {
    "aujourdhui": "aujourd'hui", "aujourdui": "aujourd'hui", "ajd": "aujourd'hui", "auj": "aujourd'hui", "ojd": "aujourd'hui",
    "lannee": "l'annee", "lanne": "l'annee", "minscrire": "m'inscrire", "minscrir": "m'inscrire", "sinscrire": "s'inscrire", "kan": "quand", "kand": "quand",
    "jobtiens": "j'obtiens", "jobtien": "j'obtiens", "jobtiendrai": "j'obtiendrai", "jorai": "j'aurai", "jore": "j'aurai",
    "jnai": "je n'ai", "jlai": "je l'ai", "nai": "n'ai", "jles": "je les", "lavoir": "l'avoir",
    "jai": "j'ai", "jaie": "j'ai", "jais": "j'ai", "jav": "j'avais", "javais": "j'avais", "jaurai": "j'aurai",
    "jaurais": "j'aurais", "jetais": "j'etais", "jsuis": "je suis", "jsui": "je suis", "chui": "je suis",
    "chuis": "je suis", "jss": "je suis", "jbosse": "je bosse", "jtravaille": "je travaille",
    "jtravail": "je travaille", "jtaf": "je bosse", "jcherche": "je cherche", "jprepare": "je prepare", "jpasse": "je passe",
    "jfais": "je fais", "jpeux": "je peux", "cest": "c'est", "ct": "c'etait", "pa": "pas", "ds": "dans", "dan": "dans",
    "pdt": "pendant", "depui": "depuis", "dpuis": "depuis", "dps": "depuis", "dpi": "depuis", "bcp": "beaucoup",
    "tjr": "toujours", "tjrs": "toujours", "tjs": "toujours", "nn": "non", "nan": "non", "nop": "non", "ns": "nous",
    "vs": "vous", "ke": "que", "koi": "quoi", "mnt": "maintenant", "mtn": "maintenant", "qq": "quelques",
    "qqs": "quelques", "qlq": "quelques", "qlqs": "quelques", "env": "environ", "ac": "avec", "avc": "avec",
    "bak": "bac", "bacpro": "bac pro", "bactechno": "bac techno", "bacs": "bac", "bacc": "bac", "baque": "bac", "bax": "bac",
    "baccalaureat": "bac", "baccalaureats": "bac",
    "bacalaureat": "bac", "bacaloreat": "bac", "baccalaureate": "bac", "bacalaureate": "bac", "kap": "cap",
    "btss": "bts", "btes": "bts", "bst": "bts", "tbs": "bts", "diplomes": "diplome", "dipl": "diplome", "diplom": "diplome",
    "proo": "pro", "pros": "pro", "prffessionnel": "professionnel",
    "lisance": "licence", "licens": "licence", "lissens": "licence", "licenc": "licence", "licenss": "licence", "liscense": "licence", "batchelor": "bachelor",
    "bachlor": "bachelor", "baq": "bac", "bacalaurea": "bac", "baccalaurea": "bac", "bacproo": "bac pro", "bacprof": "bac pro", "tecnicien": "technicien",
    "technitien": "technicien", "diplaume": "diplome", "jms": "jamais", "jpeu": "je peux", "jpeut": "je peux", "jpx": "je peux", "jpourai": "je pourrai", "jveu": "je veux", "terminal": "terminale", "jame": "jamais", "taffe": "bosse", "tafe": "bosse", "taffer": "bosser", "taffes": "bosse", "jtaffe": "je bosse", "eske": "est-ce que", "esque": "est-ce que", "esqe": "est-ce que", "esk": "est-ce que", "estce": "est-ce", "jamet": "jamais", "abandoner": "abandonner",
    "liscence": "licence", "lissence": "licence", "lisence": "licence", "lissance": "licence", "license": "licence",
    "maitrisse": "maitrise", "brevais": "brevet", "breve": "brevet", "mastaire": "master",
    "poleemploi": "pole emploi", "chomaj": "chomage", "chaumage": "chomage", "chaumeur": "chomeur", "chomdu": "chomage",
    "autoentrepreneur": "auto-entrepreneur", "autoentrepreneuse": "auto-entrepreneur",
    "xp": "experience", "exp": "experience", "expe": "experience", "experiance": "experience",
    "esperience": "experience", "taff": "taf", "boulo": "boulot", "anne": "annee", "ane": "annee",
    "anees": "annees", "anee": "annee", "moiss": "mois",
    "mairi": "mairie", "merie": "mairie", "tt": "tout", "ts": "tous", "qd": "quand", "pr": "pour",
    "ki": "qui", "jconnais": "je connais", "jsp": "je ne sais pas", "jsais": "je sais", "jvais": "je vais",
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
    "travailles", "travail", "arretee", "arreter", "abandonnee", "abandonner", "diplomees", "diplomes",
    "retraites", "retraitees", "interimaires", "benevoles", "aucune", "marie", "maire", "depute", "etude", "semaine",
    "salaries", "salariees", "independants", "independance", "titulaires", "titularise", "vacataires", "experiences", "annee", "premier",
    "premieres", "troisiemes", "apprenant", "master2", "master1", "deuxiemes", "generales", "independantes", "contractuels",
    "fonctionnaires", "certificats", "ingenieurs", "ingenierie", "chomeurs", "obtenus", "licencies", "valides", "derniers", "dernier", "terminal",
    "demandeurs", "bachelier", "baccalaureat", "prepares", "arretes", "abandonnes", "alternants", "technologiques", "alternances", "maitriser",
    "lyceennes", "presse", "mairesse", "retraiter", "brevete", "etudie", "etudier", "troisieme", "validation",
))
_EXACT = frozenset(_TARGETS) | _KEPT
_UPPER_CASE = re.compile(r"\b(?:BUT|DES|DU|AS|ES)\b")
_UPPER_NAMES = {"BUT": "but-diplome", "DES": "des-diplome", "DU": "du-diplome", "AS": "as-diplome", "ES": "es"}
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,6}[A-Za-z]?(?![a-z])")
_ACCENTED_I_HAVE = re.compile(r"\b[jJ]['’ ]?[éÉè]\b")
_SPACED = re.compile(r"\b(?:b t s|d u t|c a p|b e p|d e u g|b u t)\b")
_DIGIT_UNIT = re.compile(r"(\d)\s*(ans?|annees?|mois|moi|semaines?|anee?s?|anne)\b")
_GLUED_UNIT = re.compile(r"(?<=\d)\s*(ans|an|mois)(?=\d)")
_UNIT_DIGIT = re.compile(r"\b(ans?|mois)(\d)")
_DIPLOMA_YEAR = re.compile(r"\b(licence|master|bts|but|deug|dut)([123])\b")
_BAC_PLUS = re.compile(r"\b(bac|baque|bak|bacc)(?=\+|\d)")
_I_HAVE = re.compile(r"(?<!bac )(?<!bac pro )\bg (?=(?:pas|pa|un|une|le|la|mon|ma|que|k|juste|deja|eu|1|bosse|travaille|fait|"
    r"rien|aucun|"
                     r"obtenu|arrete|rate|valide|passe|bien|jamais|(?:rat|loup|foir|plant|echou|valid|arret|stopp|lach|quitt|"
                     r"termin|abandon|obten|"
                     r"reuss|fin)\w+|\d+|bac|bts|cap|bep|dut|licence|deux|trois|quatre|cinq|dix)\b)")
_ONE = re.compile(r"\b1 (?=bac|bep|bts|cap|dut|licence|master|diplome|deug|titre|but\b)")
_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
# « btssp3s », « dutgea », « bacstmg »: no French word begins so, except those listed.
_GLUED_NAME = re.compile(
    r"\b(?:(?:bts(?!a\b|m\b)|dut|deug|bep(?!a?s?\b|c\b))-?(?=[a-z])|bac-?(?=stmg|st2s|sti|stg|stt|stl|stav|sms|pro|techno|"
    r"general|"
    r"plus)|cap-?(?=cuisin|coif|aepe|petite|esthe|vente|compta|secret|patis|boulang|mecan|elec|menuis))"
)
_IT_IS = re.compile(r"\bc (?=(?:en|au|a|plus|vrai|fini|faux|sa|ca|son|juste|bien|elle|lui|bon|ok|possible|mort|quoi|pas|est|le|un|une|pour|pr|trop|tout|moi|mon|ma)\b)")
_SLASH = re.compile(r"(?<=[a-z])/(?=[a-z\d])|(?<=\d)/(?=[a-z])")
_DICTATED_COMMA = re.compile(r" ?\bvirgule\b(?! (?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|\d))")
_THAT = re.compile(r"\bsa (?=(?:fait|fera|passe|marche|va|suffit|compte|vaut|m'interesse|change|depend)\b)")
_BAC_IN_WORDS = re.compile(r"\bbac ?(?:plus|\+) ?(un|deux|deu|trois|quatre|cinq)\b(?! (?:ans?|annees|mois|jobs?|emplois|postes))|"
    r"\bbac ?plus ?(?=\d)|"
    r"\bbac(?=[2-8]\b)")
_IN_DIGITS = {"un": "1", "deux": "2", "deu": "2", "trois": "3", "quatre": "4", "cinq": "5"}
_ONE_GLUED = re.compile(r"\b1(?=(?:bac|bts|bep|cap|dut|licence|master)\b)")
_GLUED_I_HAVE = re.compile(r"\bj'?ai(?=1\s?(?:bac|bts|bep|cap|dut|licence|master))")
# « dusine », « dinterim »: the elision without its apostrophe, after a length of time only.
_GLUED_OF = re.compile(r"(?<=ans )d(?=(?:usine|interim|hotel|hopital|experience|anciennete|armee|accueil|administration|agence|"
    r"entreprise|emploi|"
    r"activite|atelier|assurance|ecole|enseignement|"
                       r"animation|aide|ehpad|alternance|apprentissage)\w*)|(?<=annees )d(?=(?:usine|interim|hotel|hopital|"
                       r"experience|anciennete|"
                       r"armee)\w*)")
# In text messages the infinitive stands for the participle: « j'ai rater mon bts », « pas valider ».
_INFINITIVES = (
    r"rat|loup|foir|plant|echou|recal|valid|abandonn|arret|stopp|lach|quitt|decroch|termin|pass|travaill|boss|gagn|laiss|refus|"
    r"trouv|accept|licenci"
)
_WRITTEN_INFINITIVE = re.compile(
    rf"(?P<has>\b(?:j'?ai|l'ai|l'a|n'ai|n'a|(?:elle|il|fille|fils|mari|femme|copain|copine|qui) a|ai (?:ete)|ete|(?:elle|il|"
    rf"qui) l'a)(?: (?:pas|"
    rf"jamais|deja|bien|juste|tout|encore|aussi|meme|"
    rf"finalement|donc|que|malheureusement|ete|fini par|deux fois|seulement))*|^(?:pas|jamais)|\b(?:pas|"
    rf"jamais)) (?:(?P<stem>{_INFINITIVES})er|"
    rf"(?P<second>obten|reuss|fin|rempl)ir|(?P<had>avoir))\b"
)
# « bts rater en 2012 », « mon bac pro valider »: the same without its verb.
_AFTER_A_DIPLOMA = re.compile(
    r"(?P<has>\b(?:bts|dut|bac|licence|master|deug|cap|bep|bp|diplome|brevet|examen|annee|l[123]|but-diplome|titre)(?: (?:pro|"
    r"general|techno\w*|[a-z]{2,5}|de \w+|\+ ?\d))?) "
    r"(?:(?P<stem>rat|loup|foir|plant|echou|recal|valid|abandonn|arret|stopp|lach)er|(?P<second>obten|reuss|fin)ir|"
    r"(?P<had>(?!)))\b"
)
# « jcompte », « jbossais »: no French word begins with j and a consonant.
_GLUED_I = re.compile(r"\bj(?=(?:[bcdfglmnpqrstvz][a-z]{2,}|(?:attend|habit|etudi|obtien|envisag|aimerai|exerc|occup|enseign|arret)[a-z]*)\b)(?!rs\b)")
_PARTICIPLES = {"obten": "obtenu", "reuss": "reussi", "fin": "fini", "rempl": "rempli"}


# « j ai 42 ans », « un diplome d infirmiere », « qu elle »; but « bac s et 2 ans », « bac l option » keep their series.
_LOST_APOSTROPHE = re.compile(r"(?<!bac )(?<!serie )(?<!terminale )(?<!bacs )\b(j|d|n|m|c|s|l|t|qu|jusqu) (?=[aeiouyh][a-z])")
_GLUED_YEAR = re.compile(r"\blan(?= prochain)")


@lru_cache(maxsize=REMEMBERED)
def readable(text: str) -> str:
    """Folded text with phone abbreviations expanded and near misses of the parsers' words corrected.

    Line breaks become sentence ends. BUT, DES, DU and AS in capitals become « but-diplome » and so on, because
    in lower case they are common words. Texts beyond 2,000 characters are cut.
    """
    text = text[:MAX_LENGTH]
    if not text.isupper():
        text = _UPPER_CASE.sub(lambda found: _UPPER_NAMES[found.group()], text)
    text = _DOTTED.sub(lambda found: found.group().replace(".", ""), text)
    text = _ACCENTED_I_HAVE.sub("j'ai", text)
    # One character may fold into eighteen (« ﷺ »): cut again, so that no message costs more than a long letter.
    text = fold(" ; ".join(line for line in text.splitlines() if line.strip()))[:MAX_LENGTH]
    text = _LOST_APOSTROPHE.sub(r"\1'", text)
    text = _GLUED_YEAR.sub("l'an", text)
    text = _SPACED.sub(lambda found: found.group().replace(" ", ""), text)
    text = _I_HAVE.sub("j'ai ", text)
    text = _ONE.sub("un ", text)
    text = _SLASH.sub(" / ", text)
    text = _IT_IS.sub("c'est ", _DICTATED_COMMA.sub(",", text))
    text = _THAT.sub("ca ", _GLUED_I_HAVE.sub("j'ai ", text))
    text = _ONE_GLUED.sub("un ", text)
    text = _TOKEN.sub(lambda found: _correct(found.group()), text)
    text = _GLUED_NAME.sub(lambda found: f"{found.group().rstrip('-')} ", text)
    text = _BAC_IN_WORDS.sub(lambda found: f"bac +{_IN_DIGITS.get(found.group(1) or '', '')}", text)
    text = _GLUED_I.sub("je ", text)
    text = _GLUED_OF.sub("d'", _AFTER_A_DIPLOMA.sub(_participle, _WRITTEN_INFINITIVE.sub(_participle, text)))
    text = _UNIT_DIGIT.sub(r"\1 \2", _GLUED_UNIT.sub(r" \1 ", text))
    text = _DIGIT_UNIT.sub(_spaced_unit, text)
    return _BAC_PLUS.sub("bac ", _DIPLOMA_YEAR.sub(r"\1 \2", text))


def _participle(found: re.Match[str]) -> str:
    if found.group("had"):
        return found.group() if found.group("has") in ("pas", "jamais") else f"{found.group('has')} eu"
    written = f"{found.group('stem')}e" if found.group("stem") else _PARTICIPLES[found.group("second")]
    return f"{found.group('has')} {written}"


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
