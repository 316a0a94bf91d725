"""Tells whether a message asks for somebody else: a child, a colleague, the town's secretary."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.admissions.spelling import REMEMBERED, readable

_PERSON = (
    r"(?:(?:ma|mon|notre|nos|une?|un de mes|une de mes|l'un de mes|la|mes|l'une de nos|une de nos|un de nos|(?:deux|trois|2|3|plusieurs) de (?:nos|"
    r"mes)|cette|ce) (?:\w+ )?"
    r"(?:filles?|fils|femme|mari|conjointe?|compagne|compagnon|freres?|soeur|amie?|copine|copain|secretaires?|agente?s?|collegues?|mere|pere|maman|"
    r"papa|neveu|niece|epouse|epoux|"
    r"petit[- ]fils|petite[- ]fille|belle[- ]soeur|beau[- ]frere|belle[- ]fille|beau[- ]fils|belle[- ]mere|proche|connaissance|cousine?|tante|oncle|"
    r"voisine?|employee?s?|salariee?s?|stagiaire|apprentie?|"
    r"administree?|habitante?|filleule?|pote|gendre|bru|adjointe administrative|collaborat\w+|personne|candidate?|jeune)\b|quelqu'un|\bmme [a-z]+|"
    r"\bmadame [a-z]+)"
)
_ABOUT_THEM = (
    r"(?:qui |que j'accompagne |,? ?(?:de |d')?\d{1,2} ans,? |[a-z-]+ )?(?:n'|ne |se |s'|y |en |ait |qui )?"
    r"(?:veut|voudrait|souhaite(?:rait)?|aimerait|peut[- ]?(?:elle|il)?|pourrait|cherche|envisage|desire|hesite|compte|s'interesse|interessee?|"
    r"a(?:[- ]t[- ](?:elle|il))? (?!ans|\d+ ans|besoin|eu un|dit|conseille)|a \d+ ans d'exp|a \d\d ans,? (?:et |avec )?(?:un|une|le|la|son|sa|il|"
    r"elle|a)\b|"
    r"(?:est|soit|serait) (?:titulaire|diplomee?|interessee?|secretaire|en |au |contractuel\w*|titularis\w*|salariee?|fonctionnaire|agent|"
    r"demandeu\w+|sans|etudiante?|apprentie?|eligible)|(?:justifie|totalise|cumule|dispose|compte)\b|montre interessee?|prepare|termine|passe|postule|"
    r"candidate|s'appelle|possede|detient|travaille|reve|vient d|"
    r"ait (?:le|un|son))\b"
)
_WISH_FURTHER = re.compile(
    rf"{_PERSON}(?P<between>[^.;?!]{{0,120}}?)\b(?:voudrait|souhaite(?:rait)?|aimerait|pourrait|peut[- ](?:elle|il)|peuvent(?:-ils?|-elles)?|"
    rf"rempli(?:t|ssent)|satisf\w+|repond|peut (?:postuler|candidater|"
    rf"s'inscrire|pretendre)|(?:est|serait|soit|se montre|se dit) (?:tres )?(?:interessee?|eligible))\b"
)
_WRITER = re.compile(r"\b(?:je|me|moi)\b|\b[jm]'|\bque je\b")
_THEY_WISH = re.compile(rf"{_PERSON} {_ABOUT_THEM}")
_WHETHER_THEY = re.compile(rf"\bsi {_PERSON} {_ABOUT_THEM}")  # « je souhaite vérifier si ma secrétaire peut candidater »
_FOR_THEM = re.compile(rf"\b(?:pour|au nom de|de la part de|concernant|au sujet de|a propos de|inscrire|renseigne\w* pour|(?:situation|dossier|"
    rf"candidature|cas|recevabilite|profil) (?:d'|de )|"
    rf"concerne) {_PERSON}(?! (?:qui )?(?:est malade|m'a))")
_PRONOUN = re.compile(
    r"\b(?!il y a)(?:elle|il|ils|elles)\s(?:n'|ne |y |s'|se |en )?(?:voudrait|voudraient|veut|souhaite(?:rait|nt)?|aimerait|pourrait|peut|a (?:un|une|"
    r"le|son|"
    r"deja|juste|que|seulement|bien|obtenu|eu|travaille|\d)|est (?:titulaire|diplomee?|secretaire|contractuel\w*|salariee?|agent|au chomage|"
    r"demandeu\w+|en (?:cdi|cdd|poste|bts|licence))|"
    r"(?:possede|detient|travaille|bosse|prepare|totalise|cumule|justifie|dispose) |"
    r"(?:n')?a (?:pas|jamais)(?: encore| vraiment)? (?:travaill|boss|eu|obtenu|valide|de diplome|d'experience|le bac)|n'a (?:aucune?|que|qu')|"
    r"debute\b|sort (?:de l'ecole|du lycee|d'etudes|de terminale))"
    r"|\b(?:peut|pourrait|a[- ]t|est|doit|pourra|serait|remplit)-(?:elle|il)\b(?! (?:possible|envisageable|necessaire|obligatoire|utile|y|"
    r"prevu|question|au programme|dans (?:le|la|un|quel)|publi[cq]|payant|gratuit|enseign|abord|etudie|traite|inclu|compris|reconnu))"
)
_OWN_WISH = re.compile(r"\b(?:je (?:voudrais|veux|souhaite(?:rais)?|peux|pourrais|postule|candidate)|puis-je|j'aimerais|m'inscrire|mon (?:projet|"
    r"dossier)|ma candidature)\b")
_OWN_SITUATION = re.compile(r"\b(?:moi(?:,| je| j'ai| (?:c'est |juste |seulement |que )*(?:le|la|un|une) (?:bac|bts|dut|licence|cap|bep|master|deug|"
    r"brevet))|j'ai (?:un|le|mon) (?:bac|bts|dut|licence|cap|bep|master|deug|diplome)|mon (?:bac|bts|dut|"
    r"diplome)|je (?:possede|detiens|dispose|suis titulaire|suis diplomee?))\b")
# « mon profil est-il recevable ? »: the pronoun stands for a thing.
_THING_ASKED = re.compile(
    r"\b(?:profil|niveau|dossier|diplomes?|experience|parcours|candidature|bac|bts|dut|but|licence|master|deug|cap|bep|brevet|formation|titre|"
    r"certification|age|cas|situation|projet|"
    r"cv|entretien|inscription|vae|stage|metier|poste|demande|reponse|certificat|concours|reunion|rentree|salaire|"
    r"selection)\b[^.;?!]{0,60}?\b\w+-(?:t-)?(?:elle|il)s?\b"
)
_NOBODY = re.compile(r"\bsi (?:quelqu'un|une? (?:personne|candidate?))\b|\b(?:titres?|diplome|certification|bts|bac|cap|bep|tp|dut|formation|poste|"
    r"metier)(?: pro\w*)?"
                     r"(?: (?:de|en|du|des|d'une?)| d')* ?(?:secretaire|agente?|conseill\w+|assistante?|employee?|technicien\w*)\b")
_SOMEBODY = re.compile(rf"{_PERSON}|\b(?:elle|il) (?:a|est|n'a|veut|voudrait|souhaite|travaille)\b(?! (?:necessaire|obligatoire|possible))")
_ADVICE = re.compile(rf"{_PERSON} (?:m'a|m'ont|me |m'en|nous a|veut que je|souhaite que je|voudrait que je|aimerait que je|est malade|"
    rf"travaille (?:aussi|deja|dans|et|beaucoup)|a fait (?:cette|la|votre)|a suivi|a deja fait)")


@lru_cache(maxsize=REMEMBERED)
def speaks_for_someone_else(text: str) -> bool:
    """Whether the person asks on behalf of somebody else rather than for themself.

    A relative who only gave advice (« ma collègue m'a parlé de vous ») does not count.
    """
    plain = readable(text)
    plain = _NOBODY.sub(" ", _ADVICE.sub(" ", plain))
    if not _SOMEBODY.search(plain):
        plain = _THING_ASKED.sub(" ", plain)
    if _OWN_SITUATION.search(plain):
        return False
    if (
        _WHETHER_THEY.search(plain)
        or _FOR_THEM.search(plain)
        or any(not _WRITER.search(found.group("between")) for found in _WISH_FURTHER.finditer(plain))
    ):
        return True
    return (not _OWN_WISH.search(plain) and bool(_THEY_WISH.search(plain) or _PRONOUN.search(plain))) or bool(
        _THEY_WISH.search(plain) and re.search(r"\bje (?:demande|me renseigne|cherche|voudrais savoir|souhaite savoir|voudrais des|"
            r"souhaiterais (?:savoir|des))", plain))
