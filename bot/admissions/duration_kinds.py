"""Tells what a length of time measures, from the words around it: paid work, something remembered, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.admissions.durations_vocabulary import (
    AGE_AFTER,
    AGE_BEFORE,
    AGO_ONLY,
    AT_SCHOOL_AS_STAFF,
    COUNTABLE_AFTER,
    FUTURE_BEFORE,
    HAVE_AGE,
    HOBBY_AFTER,
    PAID_IN_ASSOCIATION,
    PAUSE,
    RULE_AFTER,
    RULE_BEFORE,
    SINCE_WORKING_AFTER,
    STUDY_AFTER,
    STUDYING,
    UNCOUNTED,
    WORK,
)

WORKED = "work"
YOUNGEST_WORKER_AGE = 15
NEVER_AN_AGE = 13  # nobody younger asks for a degree
OLDEST_SENIORITY_AT_ONCE = 45  # « 48 ans secrétaire » is an age, « 20 ans secrétaire » a career
_PAUSE_NEXT = re.compile(r"^ ?(?:de |d'|du |des |sans |au |aux |en |a |a la |a l'|passee?s? |ou j'etais |comme |"
    r"pour )?(?:\w+ )?(?:\w+ )?$")
_SINCE_END = re.compile(r"\b(?:depuis|pendant|durant|ca fait|cela fait|voila|de|en)\s?(?:\S+ )?$")
_JUSTIFIES = re.compile(r"\b(?:justifi|totalis|cumul|dispos|possed)\w+ (?:de |d')?(?:plus de |environ |bien )?$")
_AFTER_END = re.compile(r"\b(?:apres|suite a|au bout de|avec|ayant)\s?(?:\S+ )?$")
_EXPERIENCE_NEXT = re.compile(r"^ ?(?:d'|de |en )?(?:exp\w*|travail\w*|metier|carriere|anciennete|boulot|service)")
_BAC_PLUS_BEFORE = re.compile(r"\bbac ?(?:\+|plus) ?$")
_WITHOUT_PAUSE = re.compile(r"^ ?,? ?(?:sans|non[- ]?stop|d'affilee|continu)\s?(?:aucune? |la moindre )?(?:interruption|coupure|"
    r"pause|arret\w*|"
    r"discontinuer)?\b(?! (?:emploi|travail|activite|rien|bosser))")
_DIPLOMA_DATE = re.compile(r"\b(?:bac|bts|dut|cap|bep|licence|master|deug|diplome|brevet|titre)\b(?P<field>(?: \w+){0,4}?) $")
_LIVED = re.compile(r"\b(?:vecu|habite|habitais|voyage|voyageais|sejourne|loge|vivais)\b(?!.*\b(?:travaill|boss)\w+)")
_GREETING = re.compile(r"^(?:bonjour|bonsoir|salut|coucou|slt|bjr|moi|alors|euh|madame|monsieur|[ ,])+")
_PAUSE_JUST_BEFORE = re.compile(r"\b(?:au foyer|chomage|chomeu\w+|conge (?:parental|maternite)|arret maladie|sans emploi|"
    r"sans activite|"
    r"disponibilite|sans travail\w*) [:(]? ?$")
_STARTED_AGO = re.compile(r"\b(?:embauche|recrute|commence|debute|signe|titularise)\w*\b[^,]{0,40}il y a $")
_I_HAVE = re.compile(r"\b(?:j'ai|j'en ai|ayant)(?: (?:deja|maintenant|bien|environ|seulement|juste|que))? $")
_BESIDE_A_DIPLOMA = re.compile(
    r"\b(?:bac|bts|dut|cap|bepc?|licence|master|deug|deust|brevet|diplome)\b(?: [a-z]\w*){0,3}? ?(?:,|et|avec|et j'ai|, et|"
    r"plus) $|\bbac \+ ?$"
)
_NOTHING_AFTER = re.compile(r"^ ?(?:[,.;!?)]|$|(?:est-ce|je peux|c'est|ca (?:passe|suffit|marche|va)|mais|et je|au chomage|"
    r"en cdi|en cdd)\b)")
_FULFILS = re.compile(r"\b(?:justifi\w+|totalis\w+|dispos\w+|rempli\w*|possed\w+|cumul\w+|(?:j'ai|a|ai) (?:bien |deja |"
    r"largement |plus que )?(?:les|"
    r"ses|mes))\b[^,]{0,20}$")
_BESIDES = re.compile(r"\b(?:en plus|en dehors|sans compter|hors|hormis|outre|a cote)(?: de)? (?:mes |les |des |mon |le |d')?\w+")
_STAY = re.compile(r"^ ?(?:d'etudes )?(?:a l'etranger|en erasmus|en echange|(?:en|au|aux) (?!cdi|cdd|interim)\w+$)")
_DIPLOMA = re.compile(r"\b(?:bts|dut|licence|master|deug|but|bac)\b.{0,40}\b(?:avec|dont|y compris) (?:une? )?$")
# « dix ans de bénévolat, jamais d'emploi payé »: the denied job does not make the volunteering paid.
_UNPAID = re.compile(r"\b(?:jamais|pas|sans|aucune?|ni|non|zero)\b[^,;]{0,25}?(?:salari\w+|cdi|cdd|employe\w*|poste|paye\w*|"
    r"remunere\w*|contrat|emploi)(?: (?:paye|remunere)\w*)?")
_WORK_OF = re.compile(rf"^ ?(?:de |d'|en |dans la |comme |chez )(?!emploi|travail|sans)(?:{WORK.pattern})")  # « 5 ans de vente au chômage »
_MANDATE_NEXT = re.compile(r"^ ?(?:de |d'|comme |en tant que )?(?:mandats?|elue?|conseill\w+ (?:municip|depart|region|commun)|"
    r"maire|adjointe? )")  # « indemnisée »: of a mandate
_WORKS_AND_LEARNS = re.compile(r"\b(?:apprenti\w*|alternan\w+|contrat pro\w*)\b")
_ROUGHLY = re.compile(r"^(?:oui |euh |bah |ben |je dirais |on va dire )*dans les $")
_STOPPED_BEFORE = re.compile(r"\b(?:arretee?|pause|interrompu\w*|coupure|break)(?: de (?:travailler|bosser))? (?:pendant |"
    r"durant |depuis |il y a |de |d')?$")
_AND_SINCE_THEN = re.compile(r"^ ?,? ?(?:et |puis )?depuis ?,? (?:je (?:travaill|boss|suis en)|en (?:cdi|cdd)|c'est )")
_STUDY_BEFORE = re.compile(r"\b(?:medecine|fac(?:ulte)?(?: de \w+)?|prepa|droit|psycho\w*|universite|licence|master) (?:pendant |"
    r"durant )?$")
_STUDIES_LEFT = re.compile(r"\b(?:licence|fac|bts|dut|but|master|etudes|prepa|deug|medecine|droit)\b[^,]{0,40}\b(?:arret|abandon|"
    r"lach|stopp|"
    r"quitt)\w*[^,]{0,15}\b(?:au bout de|apres) $")
_I_DO_SINCE = re.compile(r"\b(?:je (?:fais|gere|tiens|garde|m'occupe|livre|vends|nettoie|conduis|enseigne|cuisine|sers|assure)|"
    r"(?:elle|il) (?:fait|"
    r"gere|tient|garde|livre|vend))\b "
                         r"(?!mes|du |de la (?:danse|musique)|une? (?:formation|licence)|la (?:formation|fac)|des etudes|"
                         r"le permis)[^,]{0,40}\bdepuis $")
_SINCE_AGE = re.compile(r"\bdepuis (?:l'age de |mes )$")


@dataclass(frozen=True)
class Surroundings:
    """The words around one length: its own piece of the sentence, cut at the neighbouring lengths."""

    before: str
    after: str
    sentence_is_about_work: bool
    is_date: bool
    is_open: bool
    in_years: bool
    amount: float


def kind_of(words: Surroundings, asked: bool) -> str | None:
    """WORKED, the French name of what is remembered but not counted, or None when it is no experience."""
    if _is_no_experience(words, asked):
        return None
    uncounted = _uncounted(words)
    if uncounted is not None:
        return uncounted
    if asked or _speaks_of_work(words):
        return WORKED
    return None


def _is_no_experience(words: Surroundings, asked: bool) -> bool:
    before, after = words.before, words.after
    if not words.is_date and (_is_age(words, asked) or _is_elsewhere_in_time(words)):
        return True
    if words.in_years and _BAC_PLUS_BEFORE.search(before) and not (
            _EXPERIENCE_NEXT.match(after) or COUNTABLE_AFTER.match(after) or WORK.match(after.lstrip())):
        return True
    if (RULE_AFTER.match(after) and not _FULFILS.search(before)) or (
        RULE_BEFORE.search(before)
        and re.search(
            r"\b(?:vos|requiert|demandez|exige|demande|faut|fallait|"
            r"condition)\w*(?: les)? ?$",
            before,
        )
    ):
        return True
    if _STUDIES_LEFT.search(before) or (STUDY_AFTER.match(after) and not AT_SCHOOL_AS_STAFF.search(after.split(" puis ")[0])):
        return True
    if _is_part_of_a_course(words) and not asked:
        return True
    if _STUDY_BEFORE.search(before) and not COUNTABLE_AFTER.match(after):
        return True
    if re.match(r" ?(?:qui (?:commence|debute|va)|a venir\b|a partir)", after):
        return True
    if _LIVED.search(before.rsplit(",", 1)[-1]) and not WORK.search(after.split(",")[0]):
        return True
    if _dates_a_diploma(words):
        return True
    return HOBBY_AFTER.match(after) is not None or _is_pause(words) or _is_study(words)


def _is_part_of_a_course(words: Surroundings) -> bool:
    """« un BTS avec un semestre en Irlande », « licence dont un an à l'étranger »: a stay within the studies."""
    return (not words.is_date and _STAY.match(words.after) is not None and not WORK.search(words.after)
            and _DIPLOMA.search(words.before) is not None)


def _dates_a_diploma(words: Surroundings) -> bool:
    """« mon bac depuis juin », « le bac depuis 30 ans »: the diploma is that old, no work is told."""
    if not (words.is_open or words.before.endswith("depuis ")):
        return False
    found = _DIPLOMA_DATE.search(words.before.removesuffix("depuis "))
    if found is None or _WORKS_AND_LEARNS.search(words.before):
        return False
    return not WORK.search(found.group("field")) and not WORK.search(words.after.split(",")[0].split(" et ")[0])


def _is_elsewhere_in_time(words: Surroundings) -> bool:
    """« dans 2 ans », « il y a 3 ans »; but « il y a 5 ans que je travaille ici » is experience."""
    if SINCE_WORKING_AFTER.match(words.after) and not PAUSE.search(words.after[:45]):
        return False
    if _STARTED_AGO.search(words.before) and not STUDYING.search(words.before):
        return False
    if _ROUGHLY.match(words.before):
        return False
    if re.search(r"\b(?:avant|dans les) ?$", words.before):
        return not COUNTABLE_AFTER.match(words.after) and not WORK.search(words.after.split(",")[0][:25])
    if _AND_SINCE_THEN.match(words.after):
        return False
    return FUTURE_BEFORE.search(words.before) is not None or AGO_ONLY.search(words.before) is not None


def _is_age(words: Surroundings, asked: bool) -> bool:
    if not words.in_years or words.amount != int(words.amount):
        return False
    if _EXPERIENCE_NEXT.match(words.after):
        return False
    if _SINCE_AGE.search(words.before):
        return True
    if AGE_BEFORE.search(words.before):
        return not (words.before.endswith(" a ") and COUNTABLE_AFTER.match(words.after))
    if words.amount <= NEVER_AN_AGE and _I_HAVE.search(words.before):
        return False
    have = HAVE_AGE.search(words.before) is not None and not COUNTABLE_AFTER.match(words.after)
    if have:
        return words.amount > YOUNGEST_WORKER_AGE or not asked
    opening = _GREETING.sub("", words.before).rstrip()[-1:] in ("", ",")
    if opening and words.amount >= OLDEST_SENIORITY_AT_ONCE and not COUNTABLE_AFTER.match(words.after) and not asked:
        return True
    alone = opening and (not words.after.strip(" ,.") or AGE_AFTER.match(words.after) is not None)
    return alone and words.amount > YOUNGEST_WORKER_AGE and not COUNTABLE_AFTER.match(words.after) and not asked


def _is_pause(words: Surroundings) -> bool:
    """Unemployment, leave, children, retirement: « au chômage depuis 2 ans », « 8 ans d'arrêt »."""
    if _WITHOUT_PAUSE.match(words.after) or _MANDATE_NEXT.match(words.after):
        return False
    near = words.after.split(",")[0][:60]
    found = PAUSE.search(near)
    if found is not None and _PAUSE_NEXT.match(near[:found.start()]) and not _WORK_OF.match(near[:found.start()]):
        return True
    if _AFTER_END.search(words.before):
        return False
    if _PAUSE_JUST_BEFORE.search(words.before) or _STOPPED_BEFORE.search(words.before):
        return True
    if _JUSTIFIES.search(words.before):
        return False
    since = words.is_open or _SINCE_END.search(words.before) is not None
    if not since:
        return False
    earlier = words.before.rsplit(",", 1)[-1]
    begun = PAUSE.search(earlier) is not None and not re.search(r"(?<!pas )(?<!plus )(?<!jamais )(?<!rien )\b(?:travaille|bosse|"
        r"exerce)\b(?! pas|"
        r" plus)", earlier)
    later = found is not None and re.match(r"^ ?(?:que |k |qu')?(?:maintenant )?(?:je |j'|elle |il )", near) is not None
    return begun or later


def _is_study(words: Surroundings) -> bool:
    near = words.before.rsplit(",", 1)[-1][-40:] + words.after.split(",")[0][:40]
    return STUDYING.search(near) is not None and not re.search(r"\b(?:travaill\w+|boss\w+|alternance|apprenti\w*|jobs?|salari\w*|"
        r"cdi|cdd|"
        r"en tant que|comme|agent|secretaire)\b", near)


def _uncounted(words: Surroundings) -> str | None:
    piece = _BESIDES.sub(" ", _own_words(words.before) + " " + words.after[:70])
    for kind, pattern in UNCOUNTED:
        if pattern.search(piece) and not (kind == "bénévolat" and PAID_IN_ASSOCIATION.search(_UNPAID.sub(" ", piece))):
            return kind
    return None


def _own_words(before: str) -> str:
    """The words just before a length: « adjoint au maire et cadre depuis 10 ans » is about the second job."""
    piece = next((part for part in reversed(before.split(",")) if part.strip()), "")
    last = piece.rsplit(" et ", 1)[-1]
    return last if WORK.search(last) else piece


def _stands_alone(words: Surroundings) -> bool:
    """« j'ai 4 ans », « bac pro et 2 ans »: too few years for an age, with nothing else that they could measure."""
    if not _NOTHING_AFTER.match(words.after):
        return False
    if words.in_years and _BESIDE_A_DIPLOMA.search(words.before):
        return words.amount <= YOUNGEST_WORKER_AGE and not words.before.endswith(("bac +", "bac + "))
    return (not words.in_years and _BESIDE_A_DIPLOMA.search(words.before) is not None) or (
        words.in_years and 0 < words.amount <= NEVER_AN_AGE and _I_HAVE.search(words.before) is not None)


def _speaks_of_work(words: Surroundings) -> bool:
    if SINCE_WORKING_AFTER.match(words.after):
        return True
    if COUNTABLE_AFTER.match(words.after) and (not words.is_date or not words.is_open):
        return True
    if not words.is_date and _stands_alone(words):
        return True
    if _I_DO_SINCE.search(words.before):
        return True
    return WORK.search(words.before) is not None or WORK.search(words.after) is not None or words.sentence_is_about_work
