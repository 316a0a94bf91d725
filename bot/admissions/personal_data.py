"""Names, e-mails and phone numbers in what a person typed: cleaned for a lead, masked everywhere else."""

from __future__ import annotations

import re

LONGEST_NAME = 80
MOST_NAME_WORDS = 7
_A = "['’ ]?"  # an apostrophe, a space or nothing: people drop it
_LABELS = re.compile(r"\b(?:nom|pr[ée]nom)s?\s*(?:(?:(?:et|/|&)\s*)?(?:pr[ée]nom|nom)s?\s*)?[:=]\s*", re.IGNORECASE)
_RELATIVE = (
    r"(?:fille|fils|femme|mari|conjointe?|compagne|compagnon|fr[èe]re|soeur|sœur|ami[e]?|copine|copain|secr[ée]taire|agente?|"
    r"coll[èe]gue|m[èe]re|"
    r"p[èe]re|ni[èe]ce|neveu|cousine?)"
)
_INTRODUCTION = re.compile(
    r"\b(?:je\s+m" + _A + r"app?el+e?s?|je\s+me\s+nomme|jm" + _A + r"app?el+e?s?|(?:mon|son)\s+nom(?:\s+complet|"
    r"\s+de\s+famille)?\s+(?:est|c" + _A + r"est)|s" + _A + r"appel+e|se\s+nomme|"
    r"\s+s['’]écrit|\s+s['’]ecrit|appelez[- ]moi|my\s+name\s+is|au\s+nom\s+de|(?:vous\s+pouvez\s+)?(?:notez|noter|mettez|mettre|"
    r"inscrivez|marquez)|"
    r"mes\s+coordonn[ée]es(?:\s+sont)?|(?:pour|concerne)\s+(?:ma|mon|notre|"
    r"une?)\s+" + _RELATIVE + r")(?![\w’'-])\s*[:,;.-]*\s*", re.IGNORECASE)
_OPENING = re.compile(
    r"^\W*(?:(?:(?:c['’]est\s+)?pour|je\s+suis|moi\s*,?\s*(?:c" + _A + r"est|je\s+suis|c(?=\s))|c" + _A + r"est(?:\s+moi)?|cest|c(?=\s)|ben|bah|ici|"
    r"moi|voici\s+(?:mon|"
    r"son)\s+nom|bonjour|"
    r"bonsoir|salut|coucou|oui|alors|ok|bien\s+s[uû]r|d" + _A + r"accord|euh|voil[aà]|donc|"
    r"et)(?![\w'’-])\s*[:,;!.-]*\s*)+", re.IGNORECASE)
_MARKED = re.compile(r"\(\s*(?:nom|pr[ée]nom)\s*\)", re.IGNORECASE)
_LABELLED = re.compile(r"\b(?:pr[ée])?nom(?:\s+de\s+famille)?\s*(?:[:=]|est|c['’]?est|c(?=\s))?\s+((?!(?:et|est|de|c['’]?est|c|pr[ée]nom|"
    r"nom)\b)[^\W\d_]+(?:['’-][^\W\d_]+)*)", re.IGNORECASE)
# « mon nom c Mohamed », « jm'apl Sofia », « chui Kevin »: the introduction as typed on a phone.
_AS_TYPED = re.compile(
    r"^\W*(?:(?:alors|euh|oui|ben|bah|moi|donc|bonjour|bjr|slt|salut)\W+)*(?:"
    r"(?:mon|mn|le)\s+(?:p'?tit\s+)?(?:nom|pr[ée]nom|bla[sz]e)(?:\s+de\s+famille|\s+complet|\s+et\s+(?:mon\s+)?(?:pr[ée])?nom)?\s*"
    r"(?:[:=]|(?:est|c['’]?\s?est|c|ses|ces)(?=\s))\s*|nom\s+(?:c['’]?\s?est|c)\s+|"
    r"(?:je?|on)?\s?m?['’]?(?:e\s)?(?:app?el+es?|apl+e?s?|nomme)\s+|(?:chuis?|jsuis?|jss|je\s+sui)\s+)(?=[^\W\d_])", re.IGNORECASE)
_FORMULA_SIGNS = ("=", "+", "@")  # a spreadsheet would run what begins so
_CIVILITY = re.compile(r"^(?:madame|monsieur|mademoiselle|mme\.?|mlle\.?|mr\.?|m\.|m(?=\s))\s*", re.IGNORECASE)
_NAME_END = re.compile(
    r"[,;:!?\n\r()\[\]<>\"/|]|(?<!\s[^\W\d_])\.(?=\s|$)|\s[-–—]\s|\d|\S*@|\s(?:et|mon|ma|mail|mel|e-?mail|t[ée]l\w*|tel|"
    r"num[ée]ro|portable|merci|svp|"
    r"stp|s['’]il|"
    r"je|j['’]|qui|pour|au|adresse|c['’]est|cordialement|bonne\s+journ[ée]e|voil[aà]|avec|en)(?=[\s:,.'’!]|$)", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*['’.]?")
_PARTICLES = frozenset(("de", "du", "des", "von", "van", "dos", "y"))
_NOT_A_NAME = frozenset((
    "non", "oui", "j'accepte", "j’accepte", "jaccepte", "accepte", "d'accord", "daccord",
    "rien", "personne", "aucun", "pas", "anonyme", "bonjour", "merci", "pourquoi", "quoi", "comment", "stop", "annuler", "ok",
    "sais", "préfère", "prefere", "anonymat", "j'ai", "jai", "ai", "un", "une", "ça", "ca", "c'est", "sert", "envie", "suite",
    "chômage", "inscrit", "inscrite", "intéressé", "intéressée",
))
# Surnames too: refused alone or when they come first in small letters (« bts compta »), kept in « Julie Bts », « Paul Maire ».
_RARELY_A_NAME = frozenset((
    "bts", "bac", "dut", "deug", "cap", "bep", "licence", "master", "brevet", "doctorat", "salarié", "salariée",
    "étudiant", "étudiante", "titulaire", "secrétaire",
    "maire", "élu",
    "élue", "retraité", "retraitée", "salarie", "retraite", "diplome", "diplôme", "bachelor", "vae", "cdi", "cdd", "chomage", "bénévole",
))
_EMAIL = re.compile(r"[\w.+%-]{1,64}\s?(?:@|\(at\)|\[at\]|\sarobase\s)\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w+])(?:(?:\+|00)\d{1,3}[\s.()/-]{0,3}(?:\(0\)\s?)?|\(?0)\d(?:[\s./_-]{0,3}\d){7,10}(?!\d)")
_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[\s.-]?\d){9,19}(?!\d)")
_CAPITALISED = r"[A-ZÀ-ÖØ-Ý][^\W\d_]*(?:['’-][^\W\d_]+)*"
_NAME_AFTER = re.compile(
    r"(?P<cue>\b(?:[Jj][e']?\s*m['’ ]?app?el+e?s?|[Mm]oi,?\s+c['’ ]?est|[Mm]on\s+(?:pr[ée])?nom\s+(?:est|c['’]est)|"
    r"[Ss]['’]appel+e|"
    r"[Jj]e\s+me\s+nomme|[Nn]om\s*:|[Pp]r[ée]nom\s*:|[Ss]on\s+nom\s+est|[Aa]ppelez[- ]moi)\s+)"
    r"(?P<name>(?:[^\W\d_]+(?:['’-][^\W\d_]+)*)(?:\s+(?:(?:de|du|la|le|van|von|ben|el)\s+)?(?!(?:et|mon|ma|je|j|qui|pour|au|avec|"
    r"en|mais|suis|ai|"
    r"habite|depuis|merci)\b)[^\W\d_]+(?:['’-][^\W\d_]+)*){0,2})")
_NAME_CAPITALISED = re.compile(
    rf"(?P<cue>\b(?:(?:[Mm]a|[Mm]on)\s+{_RELATIVE}\s*,?|[Jj]e\s+suis|[Cc]['’]est|[Ii]ci|[Cc]ordialement|[Ss]alutations|"
    rf"[Bb]ien\s+à\s+vous|(?:[Mm]me|"
    rf"[Mm]adame|[Mm]lle|[Mm]r|M\.|"
    rf"[Mm]onsieur|[Dd]r|[Mm]aître)\.?),?\s+)(?P<name>{_CAPITALISED}(?:\s+(?:(?:de|du|la|le)\s+)?{_CAPITALISED}){{0,3}})")
_ROLE = re.compile(r"^(?:Secr[ée]taire|Maire|Directeur|Directrice|Responsable|Monsieur|Madame|Le|La|Bonjour|Merci|Titulaire|"
    r"Salari|[ÉE]tudiant|"
    r"Adjoint|BTS|DUT|CAP|ATSEM|DGS|RH|Fran[çc]ais|Agent)")


def clean_name(text: str) -> str | None:
    """The name in an answer such as « je m'appelle claire dupont »; None when there is none.

    Keeps the person's own order. Only a name typed all in lower case or all in capitals gets its capitals
    corrected; « DUPONT Claire » stays as typed.
    """
    typed = _MARKED.sub(" ", " ".join(text.strip().split()))
    if typed[:1] in _FORMULA_SIGNS:
        return None
    labelled = _LABELLED.findall(typed)
    typed = _AS_TYPED.sub("", typed)
    pieces = [" ".join(labelled)] if len(labelled) == 2 else _OPENING.sub("", _LABELS.sub(" ", _INTRODUCTION.split(typed)[-1].strip())).split(",")
    name = _first_name_and_surname([_bare(piece) for piece in pieces[:2]])
    if not _looks_like_a_name(name):
        return None
    return _capitalise(name) if name.islower() or name.isupper() else name


def _bare(piece: str) -> str:
    """The words of a name without civility nor what follows it."""
    piece = _CIVILITY.sub("", _OPENING.sub("", piece.strip()).strip())
    name = " ".join(_NAME_WORD.findall(_NAME_END.split(" " + piece, maxsplit=1)[0])).strip(" '’-")
    return name if re.search(r"\s[^\W\d_]\.$", name) else name.rstrip(".")


def _first_name_and_surname(pieces: list[str]) -> str:
    """« Durand, Léa » is one name; « O'Brien, Patrick O'Brien » says the first one in full."""
    first, second = pieces[0], pieces[1] if len(pieces) > 1 else ""
    if not second or " " in first or not _looks_like_a_name(second) or not (second[0].isupper() or first.islower()):
        return first
    return second if " " in second else f"{first} {second}"


def normalise_email(text: str) -> str:
    """The address as typed, its domain in lower case; validity is checked elsewhere."""
    local, at, domain = text.strip().rpartition("@")
    return f"{local}{at}{domain.lower()}"


def mask_personal_data(text: str) -> str:
    """The text with e-mails, phones, long numbers and introduced names replaced by what they are.

    For texts that leave the conversation (unanswered questions): better to mask too much than too little.
    """
    masked = _EMAIL.sub("[e-mail]", text)
    masked = _LONG_NUMBER.sub("[numéro]", _PHONE.sub("[téléphone]", masked))
    masked = _NAME_AFTER.sub(lambda found: f"{found.group('cue')}[nom]", masked)
    return _NAME_CAPITALISED.sub(_mask_unless_role, masked)


def _mask_unless_role(found: re.Match[str]) -> str:
    return found.group() if _ROLE.match(found.group("name")) else f"{found.group('cue')}[nom]"


def _looks_like_a_name(name: str) -> bool:
    parts = name.split()
    if not 1 <= len(parts) <= MOST_NAME_WORDS or not 2 <= len(name) <= LONGEST_NAME:
        return False
    if any(part.lower() in _NOT_A_NAME for part in parts):
        return False
    first_is_rare, rare = parts[0].lower() in _RARELY_A_NAME, [part for part in parts if part.lower() in _RARELY_A_NAME]
    return not rare or (len(parts) > 1 and not (first_is_rare and parts[0].islower()))


def _capitalise(name: str) -> str:
    parts = name.lower().split()
    return " ".join(part if index and part in _PARTICLES else _capitalise_word(part) for index, part in enumerate(parts))


def _capitalise_word(word: str) -> str:
    """« jean-marc » → « Jean-Marc », « d'almeida » → « D'Almeida »."""
    return re.sub(r"(^|[-'’])([^\W\d_])", lambda found: found.group(1) + found.group(2).upper(), word)
