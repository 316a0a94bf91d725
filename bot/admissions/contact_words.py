"""Takes contact details out of a text before facts are read in it: « sonia.dut@… » names no diploma, « Julie Bts » is a name.

Cleaning and masking them is bot/admissions/personal_data.py; finding them with libraries is bot/nlu/contact.py.
"""

from __future__ import annotations

import re

from bot.admissions.numbers import replace_numbers
from bot.admissions.personal_data import clean_name
from bot.admissions.text import fold

MOST_NAME_WORDS = 5
_PROVIDERS = (
    r"(?:gmail|g mail|hotmail|outlook|orange|wanadoo|free|sfr|laposte|la poste|yahoo|icloud|live|bbox|numericable|aol|"
    r"proton(?:mail)?|gmx|neuf)"
)
_SPOKEN = re.compile(r"\b0(?:[ ,.-]+\d{1,2}){4,9}\b")
_ENDINGS = r"(?:fr|com|net|org|eu|be|ch|info|gouv)"
_URL = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_EMAIL = re.compile(r"\S{0,64}\w\s?@\s?\S{0,190}|\S{1,64}\s?(?:\(at\)|\[at\])\s?\S{1,190}", re.IGNORECASE)
_DICTATED = re.compile(
    rf"\b[\w.-]{{1,40}}(?:\s+(?:point|tiret|"
    rf"underscore)\s+[\w-]{{1,40}}){{0,4}}\s+(?:arr?obase\s+[\w.-]{{1,60}}(?:\s+point\s+\w{{2,5}})?"
    rf"|(?:at|chez)\s+[\w-]{{1,40}}\s*(?:\s+point\s+|\.){_ENDINGS}\b)", re.IGNORECASE)
_BROKEN = re.compile(
    rf"\b[\w-]{{1,40}}(?:\.[\w-]{{1,40}}){{1,3}}\.{_ENDINGS}\b|"
    rf"\b(?:[\w.-]{{1,40}} )?[\w.-]{{1,40}}[ .]{_PROVIDERS}[ .]{_ENDINGS}\b", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"(?<![\d/])\+?\d(?:[ .\-/]?\d){8,19}(?![\d/])")
_DATE_INSIDE = re.compile(r"(?:19|20)\d\d\D{0,3}(?:19|20)\d\d|\d{1,2}/(?:19|20)\d\d")
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_TITLE_CASE = r"[A-ZÀ-ÖØ-Ý][a-zà-öø-ÿ]+(?:['’-][A-ZÀ-ÖØ-Ýa-zà-öø-ÿ]+)*"
_FULL_NAME = rf"{_TITLE_CASE}(?:\s+(?:de\s+|du\s+|la\s+|le\s+)*{_TITLE_CASE}){{0,3}}"
_INTRODUCED = re.compile(
    rf"(?P<cue>\b(?:[Jj][e']?\s*m['’ ]?app?el+e?s?|[Jj]e\s+me\s+nomme|[Mm]on\s+(?:pr[ée])?nom(?:\s+complet)?\s+(?:est|c['’]est)|"
    rf"[Nn]om\s*(?:et\s+pr[ée]nom\s*)?:|[Pp]r[ée]nom\s*:|"
    rf"[Ss]['’]appel+e|[Aa]u\s+nom\s+de)\s+)(?:{_FULL_NAME}|{_WORD})")
_CIVIL = re.compile(rf"(?P<cue>\b(?:(?:[Mm]me|[Mm]adame|MME|[Mm]lle|[Mm]ademoiselle|[Mm]r|M\.|[Mm]onsieur)\.?|"
    rf"[Mm]oi,?\s+c['’ ]?est)\s+){_FULL_NAME}")
_ONLY_A_NAME = re.compile(rf"{_TITLE_CASE}\s+(?:(?:de|du|la|le)\s+)*{_TITLE_CASE}(?:\s+{_TITLE_CASE}){{0,2}}")
_NEUTRAL = r"\g<cue>Dupont "  # « Mme Durand, notre secrétaire » must still speak of somebody
_SIGNED = re.compile(rf"(?:\n|[.,;!]\s*)(?:[Cc]ordialement|[Bb]ien à vous|[Ss]alutations|"
    rf"[Mm]erci,?)[,.\s]+{_TITLE_CASE}(?:\s+{_TITLE_CASE}){{1,3}}\s*\.?\s*$")
# A sentence about oneself is no name, whatever words it is made of.
_SENTENCE = re.compile(
    r"\b(?:j'ai|j'avais|j'etais|j'y|j'en|je (?!m'app|me nomme|suis\b)\w+|jai|jsuis|g (?:un|une|le|pas|mon|aussi|que)|c'est (?:un|"
    r"une|en|pas|mon|ma|que|a)|aussi|en fait|finalement|"
    r"oubli\w*|pas (?:eu|obtenu|valide)|ans|mois|depuis|mais|parce|pourquoi|comment|combien|quel\w*|est-ce|bosse|travaille|"
    r"diplome|experience)\b|\?|\d")
_DETAIL = r"(?:tel\w*|telephones?|nums?|numeros?|portables?|fixe|appels?|appele[er]?|mails?|e-?mails?|adresses?|06)"
_KEEPS_BACK = re.compile(
    rf"\b(?:laiss\w+ tomber|oublie[zr]?|pas (?:de|d|le|mon|par|au|besoin|envie|question|la peine|oblige\w*|utile|necessaire|maintenant|"
    rf"tout de suite|pour (?:le|l)|dispo\w*)|sans (?:le )?{_DETAIL}|"
    rf"(?:prefere|veux|veut|donne|donnerai|souhaite|peux|voudrais|tiens|sais|connais|n?ai|communique|laisse) (?:vraiment |surtout |juste |plus )?pas|"
    rf"prefer\w+ (?:eviter|ne pas|par|le mail|l'e-?mail|ecrire|sans|qu'on m'ecri\w+)|je refuse|refuse de|evite[rz]?|"
    rf"m'appele[zr]? pas|(?:re)?ecri\w+[- ]moi|m'ecri\w+|liste rouge|"
    rf"(?:juste|seulement|que|uniquement|plutot) (?:le |par |l'|mon |un )?(?:e-?mail|mail|sms|tel\w*)|mail plutot|"
    rf"(?:mail|adresse|ca|tel\w*|sms) (?:suffi\w+|c'est mieux|(?:ira|va) tres bien|seulement|seul|uniquement)|suffit|hors de question|jamais|"
    rf"aucune?|sans facon|on passe|je passe|passe[zr]?(?: (?:cette|a la suite|au suivant))?$|skip|suivante?$|flemme|c'est (?:prive|perso\w*)|"
    rf"confidentiel|non|nan|nn|nope|plus tard|une autre fois|inutile|facultatif|on (?:peut )?s'?arrete[r]? la|c'est tout|ca ira|rien a ajouter|"
    rf"par coeur)\b")
_WITHDRAWS = re.compile(
    r"\b(?:annul\w+|stop|arretez?(?: tout| moi)?|tout (?:arreter|annuler|effacer|supprimer)|laiss\w+ tout tomber|"
    r"(?:plus|pas) (?:envie d'|du tout )?(?:etre|que l'on me|qu'on me) ?(?:re)?(?:contact|rappel)\w*|change d'avis|retire mon|efface\w*|supprim\w+|"
    r"ne (?:transmet|envoy)\w+|abandonne)\b")
_ASKS = re.compile(r"\?|\b(?:pourquoi|pk|pq|c'est quoi|a quoi)\b")
_NEVER_NAMES = re.compile(
    r"^(?:je suis )?(?:(?:un |une |le |la |mon |ma |au |a la |en |l')?(?:retraitee?|salariee?|chomeu\w+|chomage|etudiante?|"
    r"independante?|fonctionnaire|"
    r"demandeu\w+ d'emploi|auto-?entrep\w+|cdi|cdd|interim|bts|bac(?: pro| general| techno\w*)?|dut|deug|licence(?: pro)?|master|"
    r"cap|bep|brevet|doctorat|vae))$")

# « je veux mourir », « plus envie », « aidez-moi »: nobody is called so.
_CRY = re.compile(
    r"\b(?:je|j|me|m|moi|tu|on|ca|c'est|est|suis|ai|vais|veux|peux|mourir|meurs|mort(?:e)? (?:interieur\w*|de)|suicid\w*|creve\w*|finir|vivre|"
    r"tuer|sauter|pendre|adieu|ras|espoir|chagrin|violences?|viols?|violee?|coups|fini|fin|vide|epuisee?|seule?|mal|disparaitre|desesper\w*|envie|marre|bout|aide\w*|secours|vie|idees?|tout|trop|trou|plus|rien|personne|pas|sans|broy\w*|voi[rstx]\w*|pensees?|humeur|burn|"
    r"detresse|solitude|deprim\w*|depression|angoiss\w*|souffr\w*|pleur\w*|noir (?:complet|total|absolu)|desespoir (?:total|complet|absolu))\b")
_A_SURNAME_ALONE = re.compile(r"(?:noire?|lenoir|malheur|corde|desespoir)")
_ALONE_IT_MAY_BE_FELT = frozenset({"desespoir", "malheur", "mort"})


def is_called_so(text: str, *, asked: bool) -> bool:
    """Whether a short message that resembles distress is a name: « Léa Noir ». `asked` says that a name was asked for.

    Where none was, only a surname of that kind beside one other word is: no card for despair may be missed.
    """
    folded = fold(text).strip(" .!,")
    words = re.findall(r"[a-z'-]+", folded)
    if not words or _CRY.search(folded) or not is_name_answer(text) or " ".join(words) != folded:
        return False
    if asked:
        return len(words) <= MOST_NAME_WORDS and not (len(words) == 1 and words[0] in _ALONE_IT_MAY_BE_FELT)
    return len(words) == 2 and any(_A_SURNAME_ALONE.fullmatch(word) for word in words)


def without_contact_details(text: str) -> str:
    """The text with e-mails, links, long numbers and introduced names left out or made neutral; what remains keeps its words and order."""
    bare = _URL.sub(" ", text)
    for pattern in (_DICTATED, _EMAIL, _BROKEN):
        bare = pattern.sub(" ", bare)
    bare = _LONG_NUMBER.sub(lambda found: found.group() if _DATE_INSIDE.search(found.group()) else " ", bare)
    return _INTRODUCED.sub(_NEUTRAL, _CIVIL.sub(_NEUTRAL, _SIGNED.sub(" ", bare)))


def is_name_answer(text: str) -> bool:
    """Whether the answer to « quel nom dois-je noter ? » is a name and nothing else: « Julie Bts », « Master Françoise »."""
    bare = without_contact_details(text) if "@" in text else text
    folded = fold(bare)
    if _SENTENCE.search(folded) or _NEVER_NAMES.match(folded.strip(" .!,")):
        return False
    name = clean_name(bare)
    return name is not None and len(name.split()) <= MOST_NAME_WORDS


def introduced_name(text: str) -> str | None:
    """The name that a message introduces (« je suis Mme Dupuis Corinne ») or consists of (« Jean-Marc Roux »); None when it is not sure."""
    found = _INTRODUCED.search(text) or _CIVIL.search(text)
    if found is not None:
        return clean_name(found.group()[len(found.group("cue")):])
    alone = _URL.sub(" ", _EMAIL.sub(" ", _LONG_NUMBER.sub(" ", text))).strip(" ,;.:-")
    return clean_name(alone) if _ONLY_A_NAME.fullmatch(alone) and is_name_answer(alone) else None


def declines_detail(text: str) -> bool:
    """Whether the answer to « quel numéro ? » or « quelle adresse ? » keeps that one detail back: « laisse tomber pour le tel »."""
    folded = fold(text)
    return not _WITHDRAWS.search(folded) and _KEEPS_BACK.search(folded) is not None and _ASKS.search(folded) is None


def withdraws(text: str) -> bool:
    """Whether somebody stops everything, beyond one detail: « annule », « je ne veux plus être contacté »."""
    return _WITHDRAWS.search(fold(text)) is not None


def spoken_number(text: str) -> str:
    """« zéro six douze treize quatorze quinze » in digits, as dictated phone numbers are typed; the text as it is otherwise."""
    digits = replace_numbers(fold(text))
    found = _SPOKEN.search(digits)
    return re.sub(r"\D", "", found.group()) if found and not _SPOKEN.search(fold(text)) else text
