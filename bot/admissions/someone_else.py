"""Tells whether a message asks for somebody else: a child, a colleague, the town's secretary."""

from __future__ import annotations

import re

from bot.admissions.spelling import readable

_PERSON = (
    r"(?:(?:ma|mon|notre|nos|une?|un de mes|une de mes|l'un de mes|la|mes|l'une de nos|une de nos|un de nos|cette|ce) (?:\w+ )?"
    r"(?:filles?|fils|femme|mari|conjointe?|compagne|compagnon|freres?|soeur|amie?|copine|copain|secretaires?|agente?s?|collegues?|mere|pere|maman|papa|neveu|niece|epouse|epoux|"
    r"petit[- ]fils|petite[- ]fille|belle[- ]soeur|beau[- ]frere|belle[- ]fille|beau[- ]fils|belle[- ]mere|proche|connaissance|cousine?|tante|oncle|voisine?|employee?s?|salariee?s?|stagiaire|apprentie?|"
    r"filleule?|pote|gendre|bru|adjointe administrative|collaborat\w+|personne|candidate?|jeune)\b|quelqu'un|\bmme [a-z]+|\bmadame [a-z]+)"
)
_ABOUT_THEM = (
    r"(?:qui |que j'accompagne |,? ?\d{1,2} ans,? |[a-z-]+ )?(?:n'|ne |se |s'|y |en |ait |qui )?"
    r"(?:veut|voudrait|souhaite(?:rait)?|aimerait|peut[- ]?(?:elle|il)?|pourrait|cherche|envisage|desire|hesite|compte|s'interesse|interessee?|a(?:[- ]t[- ](?:elle|il))? (?!ans|\d+ ans|besoin|eu un|dit|conseille)|a \d+ ans d'exp|a \d\d ans,? (?:et |avec )?(?:un|une|le|la|son|sa|il|elle|a)\b|"
    r"(?:est|soit|serait) (?:titulaire|diplomee?|interessee?|secretaire|en |au |contractuel\w*|titularis\w*|salariee?|fonctionnaire|agent|demandeu\w+|sans|etudiante?|apprentie?|eligible)|prepare|termine|passe|postule|candidate|s'appelle|possede|detient|travaille|reve|vient d|ait (?:le|un|son))\b"
)
_THEY_WISH = re.compile(rf"{_PERSON} {_ABOUT_THEM}")
_FOR_THEM = re.compile(rf"\b(?:pour|au nom de|de la part de|concernant|au sujet de|a propos de|inscrire|renseigne\w* pour|concerne) {_PERSON}(?! (?:qui )?(?:est malade|m'a))")
_PRONOUN = re.compile(
    r"\b(?:elle|il|ils|elles)\s(?:n'|ne |y |s'|se |en )?(?:voudrait|voudraient|veut|souhaite(?:rait|nt)?|aimerait|pourrait|peut|a (?:un|une|le|son|deja|juste|que|seulement|bien|obtenu|eu|travaille|\d)|est (?:titulaire|diplomee?|secretaire|contractuel\w*|salariee?|agent|au chomage|demandeu\w+|en (?:cdi|cdd|poste|bts|licence))|"
    r"(?:possede|detient|travaille|bosse|prepare) )|\b(?:peut|pourrait|a[- ]t|est|doit|pourra|serait|remplit)-(?:elle|il)\b"
)
_OWN_WISH = re.compile(r"\b(?:je (?:voudrais|veux|souhaite(?:rais)?|peux|pourrais|postule|candidate)|puis-je|j'aimerais|m'inscrire|mon (?:projet|dossier)|ma candidature)\b")
_OWN_SITUATION = re.compile(r"\b(?:moi(?:,| je| j'ai)|j'ai (?:un|le|mon) (?:bac|bts|dut|licence|cap|bep|master|deug|diplome)|mon (?:bac|bts|dut|diplome))\b")
_ADVICE = re.compile(rf"{_PERSON} (?:m'a|m'ont|me |m'en|nous a|veut que je|souhaite que je|voudrait que je|aimerait que je|est malade|travaille (?:aussi|deja|dans|et|beaucoup)|a fait (?:cette|la|votre)|a suivi|a deja fait)")
_OF_MINE = re.compile(r"\b(?:l'assistante?|secretaire) (?:de|du) \w+ (?:qui|mairie)")
_INTERPERSONAL = re.compile(r"\b(?:est-il possible|c'est possible|peut-il|peut-elle) (?:que|d')")


def speaks_for_someone_else(text: str) -> bool:
    """Whether the person asks on behalf of somebody else rather than for themself.

    A relative who only gave advice (« ma collègue m'a parlé de vous ») does not count.
    """
    plain = readable(text)
    if _ADVICE.search(plain):
        plain = _ADVICE.sub(" ", plain)
    if _OWN_SITUATION.search(plain):
        return False
    if _FOR_THEM.search(plain):
        return True
    return not _OWN_WISH.search(plain) and bool(_THEY_WISH.search(plain) or _PRONOUN.search(plain)) or bool(
        _THEY_WISH.search(plain) and re.search(r"\bje (?:demande|me renseigne|cherche|voudrais savoir|souhaite savoir|voudrais des|souhaiterais (?:savoir|des))", plain))
