"""What a person is, said in a question about being admitted: religion, origin, gender, pregnancy, disability.

A reader of words and embeddings takes « je porte le foulard, vous refusez ? » for anger and « je suis sourde, je peux passer
l'oral ? » for a pre-screening. Such a question gets its own answer, whatever it resembles. Nothing said here is kept.
"""

from __future__ import annotations

import re

_GROUND = re.compile(
    r"\b(?:voilee?s?|(?:le|mon|un|avec|du) voile|foulard|hi[dj]jab|kippa|turban|croyan\w+|religi\w+|musulman\w*|islam\w*|juifs?|juives?|chretien\w*|cathos?|catholiques?|"
    r"athees?|jehovah|ramadan|mon origine|mes origines|d'origine|leurs? origines?|origine des candidat\w*|couleur de (?:ma |la )?peau|"
    r"(?:suis|etais|est|les|des|personnes?) noire?s?|(?:suis|les|un nom|nom) arabes?|gitane?s?|gens du voyage|trans(?:genres?|sexuel\w*)?|non[- ]binaires?|homosexuel\w*|gays?|"
    r"lesbiennes?|lgbt\w*|bisexuel\w*|orientation sexuelle|identite de genre|enceintes?|grossesse)\b"
)
_NAMES_IT = re.compile(r"\b(?:discrimin\w+|racis\w+|sexis\w+|homophob\w+|islamophob\w+|antisemit\w+|defenseur des droits)\b")
_ADMITTED = re.compile(
    r"\b(?:refus\w*|accept\w*|pren(?:ez|d|dre|nent|drez)|accueil\w*|admi\w+|ecart\w+|recal\w+|rejet\w*|probleme|pb|souci|genant\w*|gene|derange\w*|interdit\w*|autoris\w+|"
    r"droit|peux|peut|puis|pourrai\w*|possible|permis\w*|chances?|motif|frein|bloqu\w*|venir|postul\w+|candidat\w*|inscri\w*|entrer|rentrer|compatible|jug\w+|penalis\w+|"
    r"bienvenue?|obstacle|empech\w*)\b"
)
_ELSEWHERE = re.compile(r"\b(?:bailleur|appartement|logement|loyer|embauch\w*|patron|entretien d'embauche)\b")
_DISABILITY = (
    r"(?:sourde?s?|malentendant\w*|muette?s?|muet|aveugles?|mal[- ]?voyant\w*|non[- ]voyant\w*|en fauteuil|a mobilite reduite|paraplegique|tetraplegique|hemiplegique|amputee?|"
    r"dyslexi\w+|dyspraxi\w+|dysorthograph\w+|dyscalculi\w+|dys|autis\w+|asperger|tdah|hyperactif|begue|epilep\w+|diabet\w+|bipolaire|schizophren\w+|"
    r"handicap\w*|handi|invalide|rqth|malade (?:chronique|de longue duree)|sclerose|fibromyalgi\w+|trisomique)"
)
_OF_A_PERSON = re.compile(
    rf"\b(?:(?:je|elle|il|fille|fils|mari|femme|soeur|frere|mere|pere|conjoint\w*|compagn\w+|j'|t') ?(?:suis|sui|est|etais|serai)|jsuis?|etant|suis|chui)\W+(?:\w+\W+){{0,3}}?{_DISABILITY}\b"
    rf"|\b(?:j'ai|g|jai|avec|malgre|elle a|il a)\W+(?:un |une |mon |ma |la |des |le )?{_DISABILITY}\b"
    rf"|\b(?:mon|ma|sa|son) (?:handicap|surdite|cecite|dyslexie|maladie chronique|fauteuil|invalidite|etat de sante)\b"
    rf"|^\W*(?:bonjour\W+|slt\W+|salut\W+)?{_DISABILITY}\b"
)
_TAUGHT = re.compile(r"\b(?:bloc|programme|matiere|enseign\w+|apprend\w*|agents?|collegues?|usagers?|habitants?|administres?)\b")


def asks_about_equality(folded: str) -> bool:
    """« refusez-vous les femmes voilées ? », « on m'a écarté à cause de mon origine »: never a matter of anger nor of nationality."""
    if _ELSEWHERE.search(folded):
        return False
    return _NAMES_IT.search(folded) is not None or (_GROUND.search(folded) is not None and _ADMITTED.search(folded) is not None)


def asks_with_a_disability(folded: str) -> bool:
    """« dyslexique, est-ce que je peux passer les écrits ? »: about the person's health, not about a matter that is taught."""
    return _OF_A_PERSON.search(folded) is not None and _TAUGHT.search(folded) is None
