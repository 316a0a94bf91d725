"""Reads a plain yes or no: whole answers only, never a word inside a question, a condition or a correction."""

from __future__ import annotations

import re

from bot.admissions.text import fold

_POLITE_YES = re.compile(
    r"\b(?:je )?(?:n'y |ne |y )?vois (?:pas d'|pas de |aucune? )(?:inconvenients?|objections?|problemes?)(?: (?:a cela|a ca|a ce que .*))?|"
    r"\baucune? (?:inconvenient|objection)\b|\bpas (?:de|d') ?(?:souci|soucis|probleme|problemes|pb|inconvenient)\b|\bpourquoi pas\b|\bmais oui\b|\bsi si\b")
_QUESTION = re.compile(r"\?|\b(?:comment|pourquoi|pk|qui|quoi|koi|quand|combien|quel\w*|lequel|est[- ]ce|eske|esk)\b")
_RESERVE = re.compile(r"\b(?:mais|si|avant|sauf|condition|reserve|d'abord|enfin|plaisante|peut[- ]etre|bof|hesite|pas encore)\b")
# A fact of the situation, or its correction: « ah non, c'est un bac pro que j'ai » says nothing of consent.
_SITUATION = re.compile(
    r"\b(?:bac|bts|but|dut|licence|l[123]|cap|bep|brevet|master|deug|diplom\w*|valid[ei]\w*|obten\w*|experience|an|ans|annees?|mois|retrait\w*|l'ai (?:pas|jamais)|pas (?:eu|obtenu)|prefer\w+ (?:le |un |par |plutot )?(?:mail|e-?mail|tel\w*|sms)|"
    r"salari\w*|chom\w*|"
    r"etudiant\w*|travaill\w*|boss\w*|tromp\w*|erreur|compris|comprends|pardon|en fait|plutot|correction|niveau|au nom)\b"
)
_NO = re.compile(
    r"\b(?:non+|nan|nn|no|nope|pas (?:d'accord|question|envie|la peine|besoin|interesse\w*|maintenant|tout de suite|pour (?:le moment|l'instant))|"
    r"(?:ne )?(?:veux|souhaite|prefere|desire|voudrais|tiens|accepte|consens) pas|prefere (?:reflechir|attendre|rester anonyme|eviter|(?:ne )?(?:pas|rien) (?:les |vous |la |le )?(?:transmettre|donner|laisser|communiquer|partager))|(?:je )?refuse|"
    r"surtout pas|jamais|"
    r"sans facon|aucune? (?:mail|adresse|telephone|numero)|j'?en ai pas|je n'en ai pas|(?:j'?ai|je n'ai) pas (?:de |d')?(?:$|telephone|tel\b|mail|"
    r"e-?mail|adresse|numero|portable)|"
    r"pas d[e'] ?(?:telephone|tel|mail|e-?mail|adresse|numero|portable)|plus tard|une autre fois|inutile|ca ira|laissez? tomber|hors de question)\b"
)
_CONSENTS = (r"(?:j'y|je) consens|(?:je )?(?:vous |leur )?donne (?:volontiers |bien sur )?mon (?:plein )?(?:consentement|accord)|vous avez mon (?:consentement|accord)|"
             r"je (?:vous (?:y )?|l'|les )autorise|mon (?:accord|consentement) (?:vous )?est (?:donne|acquis)|j'approuve")
_YES_OUTRIGHT = re.compile(rf"^(?:{_CONSENTS}|oui+|ouais?|oue|ouep|ui|wi|yes|yep|j'?accepte|je consens|volontiers|avec plaisir)\b")
_YES = re.compile(
    rf"\b(?:{_CONSENTS})\b|"
    r"\b(?:oui+|ouais?|oue|ouep|ui|wi|yes|yep|ok|okay|oki|dac|d'accord|daccord|bien sur|biensur|bien entendu|evidemment|volontiers|avec plaisir|"
    r"(?:il|elle) (?:accepte|veut bien)|j'?accepte|je consens|je veux bien|je valide|j'autorise|je donne mon accord|allez[- ]y|vas[- ]y|vasy|go|carrement|parfait|entendu|"
    r"c(?:'est)? (?:bon|ok)|"
    r"ca (?:marche|me va|roule)|absolument|tout a fait|accord donne|grave|affirmatif)\b"
)
_FILLER = re.compile(
    r"\b(?:merci|svp|stp|s'il (?:vous|te) plait|bien|beaucoup|alors|allez|ben|bah|euh|ah|eh|bon|et|donc|je|suis|j'|madame|monsieur|(?:pour|pr) (?:moi|"
    r"ca|l'equipe|etre)|"
    r"(?:a|d')? ?etre|re?contactee?s?|rappelee?s?|rappelez?[- ]moi|(?:re)?contactez[- ]moi|appelez[- ]moi|vous pouvez|(?:que|qu') ?(?:vous|on|"
    r"l'equipe)|me|m'|"
    r"(?:il|elle|on|lui)(?: (?:est|serait|en est))?|(?:mon|ma|notre) (?:collegue|fille|fils|femme|mari|agente?|secretaire)|que|qu'|l'|partante?|est|"
    r"(?:re)?contact\w*|rappel\w*|appel\w*|transmettre|transmises?|transmettez|soient|mes (?:coordonnees|infos|informations)|a l'equipe|y|a|le|que|"
    r"cela|tout|oui|grand|pas)\b"
)


def read_agreement(text: str) -> bool | None:
    """True for a clear yes, False for a clear no, None for anything else.

    Questions (« ça marche comment »), conditions (« oui si… ») and facts (« non, c'est un bac pro ») are neither;
    « non merci, c'est bon » is a no, « pas de souci » and « pourquoi pas » are a yes.
    """
    folded = _POLITE_YES.sub("oui", fold(text))
    if _QUESTION.search(folded) or _SITUATION.search(folded):
        return None
    says_no, says_yes = _NO.search(folded) is not None, _YES.search(folded) is not None
    if says_no:
        return None if says_yes and re.search(r"^\W*(?:oui|ouais|ok|d'accord)\b|\boui\W*$", folded) else False
    if not says_yes or _RESERVE.search(folded):
        return None
    # « oui elle est d'accord » begins with its yes; elsewhere nothing but agreement and politeness may stand.
    return True if _YES_OUTRIGHT.match(folded) or _is_whole_yes(folded) else None


def _is_whole_yes(folded: str) -> bool:
    """Whether nothing but agreement and politeness stands in the answer."""
    return not re.search(r"\w", _FILLER.sub(" ", _YES.sub(" ", folded)))
