"""Tells how a diploma named in a text stands: obtained, attempted, in progress, denied, or not a fact."""

from __future__ import annotations

import re
from enum import Enum

from bot.admissions.level_mentions import Mention

_FILL = (
    r"(?:(?:le|la|les|un|une|mon|ma|mes|son|sa|ses|leur|du|de|des|au|aux|en|a|dans|pour|ce|cet|cette|fois|titre|examen|epreuves?|"
    r"formation|"
    r"etudes?|cursus|cycle|premiere|1ere|1re|2e|2eme|3e|3eme|[123]|deuxieme|seconde|troisieme|derniere|dernier|annees?|"
    r"actuellement|toujours|encore|"
    r"jamais|tout|"
    r"completement|cours|fac|droit|eu|avoir|obtenir|obtenu|valider|validee?|finir|fini|termine|terminer|passe|passer|reussi|"
    r"reussir|decroche|pu|"
    r"fait|faire|ete|alle|"
    r"jusqu'au|bout|reussite|seul|brevet|mention|son|temps|vrai|vraie|autres?|malheureusement|petit|moindre|simple|seulement)\s+|"
    r"(?:l|d)')"
)
_TRIED = (
    r"(?:rate|loupe|foire|plante|echoue|echouee|recale|recalee|echec|abandonne|abandon|lache|interrompu|decroche de|refuse|"
    r"refusee|bute)"
)
_ATTEMPTED_LEFT = re.compile(
    rf"\b(?:{_TRIED}\s+{_FILL}{{0,6}}|(?:arretee?|arret|stoppe|quitte|laisse tomber|avant)\s+(?!(?:apres|au|avec|a|"
    rf"l'ecole a) ){_FILL}{{0,6}}"
    rf"|(?:pas|jamais|sans|n'ai pas|ni)\s+(?:encore |malheureusement |totalement |vraiment )?(?:pu |ete )?(?:eu|avoir|obtenu|"
    rf"obtenir|valide|valider|"
    rf"fini|finir|termine|terminer|reussi|reussir|decroche|alle(?:e)? (?:jusqu')?au bout|le |la )?\s?(?:a )?{_FILL}{{0,4}})$"
)
_DENIED_LEFT = re.compile(r"\b(?:pas|sans|ni|aucune?|zero|jamais(?: eu| passe)?|meme pas)\s+(?:le|la|mon|ma|de|d'|un|une|les|mes|"
    r"du)?\s?(?:diplome du )?$|\bpas (?:de|d')\s?$|\b(?:pas|jamais) (?:passe|fait|eu) (?:le|la|mon|ma|de)\s$")
_TRIED_DENIAL = re.compile(r"\b(?:pas|jamais|sans)\s.*\b(?:eu|obtenu|obtenir|valide|valider|fini|finir|termine|terminer|reussi|"
    r"reussir|decroche|"
    r"avoir|bout)\b")
_PROGRESS_LEFT = re.compile(
    r"(?:\b(?:(?:me|lui) (?:reste|manque)(?: plus que| juste| encore| que)?|reste a (?:valider|passer|faire|finir)|"
    r"prepare\w*|preparer|preparation|(?:je|il|elle|qui|fille|fils|femme|mari|soeur|frere|copine|copain|amie?|niece|neveu|cousine?) "
    r"(?:re)?(?:passe|valide|finis|termine)|repasse\w*|"
    r"vais (?:re)?(?:passer|avoir|"
    r"obtenir|faire|commencer|rentrer|entrer)|vais|va (?:passer|avoir|obtenir)|aurai|bientot|future?|"
    r"en train de (?:faire|passer|preparer|finir|terminer)|inscrite?|j'entre|je rentre|rentre|commence|debute|reprends|reprend|"
    r"je fais|fais|"
    r"fait actuellement|attends|eleve|etudiante?s?|lyceen(?:ne)?|apprentie?|alternante?|"
    r"poursuis|termine|finis|suis actuellement|actuellement|candidate? libre|en cours de|en cours d'|je vise|je tente|"
    r"validation de|"
    r"valide(?= actuellement))\s+"
    r"(?:(?:en|de|du|des|d'un|d'une|mon|ma|son|sa|un|une|le|la|les|a|au|dans|pour|1ere|2e|2eme|3e|3eme|premiere|deuxieme|"
    r"troisieme|derniere|[123]|"
    r"annee|"
    r"master|cycle|pro|actuellement|resultats|enfin|toujours|encore)\s+|[dl]'){0,6}"
    r"|\b(?:suis|est|etre|sera|serai|actuellement|toujours|maintenant|etais|suis actuellement|suis toujours|"
    r"suis encore)\s+(?:actuellement |"
    r"toujours |encore |maintenant )?(?:en|dans une?|a la|a l')\s?(?:(?:1ere|2e|2eme|3e|3eme|premiere|deuxieme|troisieme|"
    r"derniere|[123]|annee|de|"
    r"d'un|d'une|d'|du|fin|cours|classe|plein|cycle|alternance)\s*){0,5}"
    r"|^(?:et |maintenant )?en (?:classe de )?)$"
)
_WAS_IN = re.compile(r"\betais (?:en|a la)\b")
_OBTAINED_LEFT = re.compile(
    r"\b(?:eu|obtenu\w*|decroche|reussi\w*|titulaire|diplomee?|possede|detiens|detient|en poche|j'ai deja|validee?|"
    r"passe et obtenu|(?:j'ai|ai|a|"
    r"avais|avait|avoir) (?:passe|fini|termine|juste|seulement|que|deja|bien|aussi|egalement|quand meme|donc|simplement|"
    r"uniquement)?\s?(?:le|la|un|"
    r"une|mon|ma|que le|qu'un|qu'une|juste le|deux|2))\s+"
    r"(?:(?:d'un|d'une|du|de|le|la|un|une|mon|ma|mes|son|sa|deux|2|que|juste|seulement|vieux|vieille|petit|simple|bon|"
    r"diplome)\s+|[dl]'|qu'){0,4}$"
)
_SOUGHT_LEFT = re.compile(
    r"\b(?:(?:veux|voudrais|voulais|souhaite|souhaiterais|aimerais|cherche|envisage|compte|comptes|comptais|pense|penses|viser|"
    r"vise|veut|voudrait|souhaite|souhaiterait|aimerait|"
    r"envie de|envie d'|projet de|projet d'|reve de|interesse par|candidat\w* (?:a|au|pour)|equiv\w+ (?:a|au|d')|"
    r"pour|afin de|afin d'|possibilite de|acceder|acces|permettre de)\s?(?:(?:ensuite|aussi|bien|plus tard|faire|passer|preparer|"
    r"obtenir|avoir|"
    r"valider|reprendre|suivre|integrer|entrer|rentrer|tenter|decrocher|m'inscrire|aller|vers|en|dans|au|a|la|le|un|une|votre|ce|"
    r"cette|mon|ma|"
    r"pouvoir)\s+|[dl]')+"
    r"|(?:votre|vos|ce|cet|cette|la presente)\s+(?:(?:formation|diplome|titre|certification|parcours)\s+)?(?:(?:de|en|la|d'un|"
    r"d'une)\s+)?|(?:cours|"
    r"eleves?|jeunes|classes?|candidats?|jury|epreuves|surveill\w+|correct\w+|profs?|professeure?) (?:de|du|au|aux|le|en|pour le|"
    r"d'un)\s)$"
)
_LEVEL_LEFT = re.compile(r"\bniveau\s+(?:d'etudes?\s+|scolaire\s+|d'instruction\s+|de\s+|d'|d'un\s+|d'une\s+|du\s+|de la\s+|"
    r"le\s+|la\s+|une?\s+|"
    r":\s*|fin de\s+)*$")
_TITLE_LEFT = re.compile(r"\b(?:diplome|titre|certification|diplomee?|titulaire)s? (?:\w+ )?(?:de |du |d'un |au )?niveau\s+(?:d'|"
    r"de )?$")
_EQUIVALENT_LEFT = re.compile(r"\bequiv\w*\s+(?:(?:a|au|de|du|d'un|d'une|un|une|niveau|le|la)\s+|d')*$")
# « niveau bac mais je l'ai pas eu »: the exam was failed; « mais pas le diplôme » alone leaves the level.
_EXAM_FAILED = re.compile(
    r"^[^;]{0,40}?(?:\b(?:rate|loupe|foire|plante|echou\w+|echec|recale|ajourne)e?\b|"
    r"\b(?:pas|jamais|sans|non)[- ](?:malheureusement |encore |pu |l'avoir |avoir )*(?:eue?|obten\w+|decroch\w+|valid\w+|reuss\w+|passe|fini)\b)")
# « L2 validée, sans aller jusqu'à la licence »: the second name is what was not reached.
_NOT_REACHED_LEFT = re.compile(
    r"\b(?:sans|pas|jamais|non|ni)\b[^,;]{0,25}\b(?:aller|allee?|ete|atteindre|atteint\w*|poursuiv\w+|continu\w+|pousse\w*|arrive\w*|parven\w+)\b"
    r"(?: (?:plus loin|mes etudes|les etudes|ensuite))?(?: (?:jusqu'(?:a|au|en)|vers|en|a|au))?(?: (?:bout|terme|la fin|niveau))?"
    r"(?: (?:de|du))?\s?(?:la |le |l'|ma |mon |une? )?$")
_UNTIL_LEFT = re.compile(r"\b(?:jusqu'(?:au|en|a la|a)|arretee? (?:au|apres|avec)|quitte \S+ (?:\S+ )?(?:au|apres|avec)|depuis|"
    r"apres)\s+(?:(?:le|la|"
    r"mon|ma|l'obtention|du|de|avoir|eu)\s+)*$")

_NOT_RIGHT = re.compile(
    r"^ ?,? ?non ?(?:$|[.,;!)])|\b(?:rate|loupe|echoue|echec|foire|plante|abandonn\w+|inacheve|interrompu|recale|ajournee?|"
    r"incomplet|refuse|"
    r"partiellement|"
    r"pas (?:encore |totalement |completement |entierement |tout a fait )?(?:ete )?(?:eu|"
    r"obtenu|"
    r"valide|fini|termine|reussi|passe|fait|commence|decroche|complet|acquis|acheve|alle)|"
    r"non[- ](?:obtenu|validee?|termine|acheve|fini|reussi|acquis)|(?:sans|mais sans) (?:l'avoir|l'obtenir|le valider|la valider|"
    r"la finir|le finir|"
    r"obtention|obtenir|valider|diplome|reussir|succes|avoir|aller|le diplome|validation|la|le|l'examen)|"
    r"jamais (?:eu|obtenu|fini|validee?|termine|passe|reussi)|l'ai (?:pas|jamais)|l'a pas|ai pas eu|a pas eu|laisse tomber|lache|"
    r"manque (?:\S+ )?(?:points?|une? (?:annee|epreuve|ue|matiere|semestre|module))|sans suite|j'ai plante)e?s?\b"
)
_STOPPED_RIGHT = re.compile(r"\b(?:arretee?s?|stoppee?|quitte|commencee?)\b(?! (?:de travailler|mes etudes|l'ecole|mon travail|de bosser|"
    r"le travail|mon boulot|"
    r"les etudes|ma carriere|apres|la))")
_RIGHT_OBTAINED = re.compile(r"\b(?:obtenue?|valide\w*|en poche|reussie?|eue? (?:en|l'|il|du|avec|cette|a)|mention (?:bien|assez|"
    r"tres|ab|tb|b)\b|"
    r"acquise?|decroche)\b")
_PROGRESS_RIGHT = re.compile(
    r"\b(?:en cours(?! (?:du soir|d'emploi|par|de vie|particulier\w*))|en preparation|en train|en (?:mai|juin|juillet|septembre|"
    r"octobre)\b(?! (?:de |"
    r"l'annee derniere|dernier|19|20))|c'est (?:en|pour|"
    r"l'an|cette)|cette annee|l'an(?:nee)? prochaine?|prochainement|bientot(?! ~?\d)|prevue?|pas encore|"
    r"dans (?:\d+|un|une|quelques) (?:mois|ans?|semaines?|annees?)|j'attends|resultats?|a venir|a la fin de l'annee|"
    r"(?<!ans )(?<!mois )(?<!annees )que je (?:prepare|passe|suis|"
    r"fais|termine|finis)|je (?:le|la) (?:passe|prepare|termine|finis|repasse)|je passe|fini[st]? en|actuellement)\b"
)
_ANAPHORA = re.compile(
    r"^(?:,|mais|et|que|puis|donc|sauf que|malheureusement|or|cependant|\s)*(?:j'ai |je )?(?:ne )?(?:n')?(?:(?:l'|la |le )(?:ai |"
    r"avais |a )?(?:pas|"
    r"jamais|rate|loupe|echoue|abandonn|arrete|plante|passe en|prepare|passe (?:en|cette|l'an))|"
    r"pas encore\b(?! (?:travaill|bosse))|"
    r"(?:ai )?(?:pas|jamais) (?:eu|obtenu|valide|fini|termine|reussi|alle)(?!\w)(?! (?:de|d'|le|la|mon|besoin|l'occasion))|"
    r"(?:rate|loupe|echoue|"
    r"abandonne|plante|recale)e?\b(?! (?:le|la|mon|ma|de) )|"
    r"(?:arrete|arretee)(?= (?:en|avant|au bout|a la moitie|en cours|la)\b| ?$)|sans (?:l'avoir|l'obtenir|le valider|diplome|"
    r"le diplome|valider)|"
    r"non (?:obtenu|valide|termine)|en cours|c'est en (?:juin|mai|juillet|cours)|j'attends les resultats|(?:enfin )?presque\b|"
    r"il (?:me|lui) manque)"
)
_ASKS_OF_ONESELF = re.compile(r"\b(?:est[- ]ce|(?:suis|peux|puis|pourrais|fais|passe|serais?)-je|eligible)\b.*$")
# « j'ai fini ma licence en juin », « je viens d'avoir mon BTS »: done, whatever date follows.
_ACHIEVED_LEFT = re.compile(
    r"\b(?:(?:ai|a|avais|ayant|n'ai|suis|est)(?: bien| deja| enfin| tout juste)? (?:eue?|obtenue?|decroche|reussi|valide|fini|"
    r"termine|diplomee?|"
    r"passe et obtenu)"
    r"|viens? (?:de |d')(?:finir|terminer|avoir|obtenir|valider|decrocher|reussir|passer))\s+(?:(?:d'un|d'une|du|de|le|la|un|une|"
    r"mon|ma|son|sa|leur|"
    r"notre)\s+|[dl]'){0,3}$"
)
_THAT_I_GOT = re.compile(r"^[^,;]{0,30}?\bque j'ai (?:bien |quand meme |aussi )?(?:eu|obtenu|valide|reussi|decroche)\b")
_EQUIVALENT_HELD = re.compile(r"\b(?:ai|a|possede\w*|detiens|obtenu) (?:l'|une? )?equiv\w*\s+(?:(?:a|au|de|du|d'un|d'une|un|une|"
    r"niveau|le|la)\s+|"
    r"d')*$")
# « après mon BTS je pourrais entrer ? », « l'an prochain après le bac »: not held yet.
_AFTER_LEFT = re.compile(r"\bapres (?:(?:avoir (?:eu|obtenu|fini|passe) )?(?:le|la|mon|ma|un|une|ce|cette) |l')$")
_LATER = re.compile(r"\b(?:pourrai[st]?|pourra|pourrait|l'an(?:nee)? prochaine?|plus tard|a la rentree|je vais|je veux|"
    r"je voudrais)\b")
_MAY_DO_LEFT = re.compile(  # « après je peux faire un master ? »
    r"\b(?:peux|puis-je|pourrai[st]?|peut|pourrait|dois|doit|faut)[- ](?:(?:je|ensuite|apres|aussi|encore|il|elle) )?"
    r"(?:faire|passer|preparer|suivre|reprendre|"
    r"integrer|obtenir|avoir|continuer) (?:(?:un|une|le|la|mon|ma|en|sur|vers|avec|l')\s?)*$")
TITLE_REACH = 40


class Standing(Enum):
    """How a diploma named in a text stands for the person."""

    OBTAINED = "obtained"
    ATTEMPTED = "attempted"
    IN_PROGRESS = "in_progress"
    DENIED = "denied"
    LEVEL_ONLY = "level_only"
    EQUIVALENT = "equivalent"
    NO_FACT = "no_fact"


def standing_of(mention: Mention) -> Standing:
    """How the diploma stands, from the words around it; obtained when nothing says otherwise."""
    before, first, later = mention.before, mention.after.split(",")[0], mention.later
    if _THAT_I_GOT.search(first):
        return Standing.OBTAINED
    if _EQUIVALENT_HELD.search(before):
        return Standing.EQUIVALENT
    if _SOUGHT_LEFT.search(before) or _MAY_DO_LEFT.search(before) or (_AFTER_LEFT.search(before) and _LATER.search(mention.sentence)):
        return Standing.NO_FACT
    if _TITLE_LEFT.search(mention.sentence[max(0, mention.start - TITLE_REACH):mention.start]):
        return Standing.OBTAINED
    if _LEVEL_LEFT.search(before):
        is_bac = mention.name.kind in ("bac", "final_year")
        return Standing.ATTEMPTED if is_bac and _EXAM_FAILED.search(mention.after or later) else Standing.LEVEL_ONLY
    if _EQUIVALENT_LEFT.search(before):
        return Standing.EQUIVALENT
    if _NOT_REACHED_LEFT.search(before):
        return Standing.ATTEMPTED
    denied = _denial(before)
    if denied is not None:
        return denied
    if _NOT_RIGHT.search(first):
        return Standing.ATTEMPTED
    return _standing_by_progress(before, first, later)


def is_stated_as_obtained(mention: Mention) -> bool:
    """Whether the words say outright that it was obtained, beyond naming it."""
    return _ACHIEVED_LEFT.search(mention.before) is not None or _RIGHT_OBTAINED.search(mention.after.split(",")[0]) is not None


def _standing_by_progress(before: str, first: str, later: str) -> Standing:
    strongly = _OBTAINED_LEFT.search(before) is not None
    first, later = _ASKS_OF_ONESELF.sub("", first), _ASKS_OF_ONESELF.sub("", later)
    if _RIGHT_OBTAINED.search(first) or _ACHIEVED_LEFT.search(before):
        return Standing.OBTAINED
    if not strongly and _PROGRESS_LEFT.search(before):
        return Standing.ATTEMPTED if _WAS_IN.search(before) else Standing.IN_PROGRESS
    if _ANAPHORA.search(later):
        return Standing.ATTEMPTED
    if _PROGRESS_RIGHT.search(first) and not _UNTIL_LEFT.search(before):
        return Standing.IN_PROGRESS
    if not strongly and not _UNTIL_LEFT.search(before) and _STOPPED_RIGHT.search(first) and not _RIGHT_OBTAINED.search(later):
        return Standing.ATTEMPTED
    return Standing.OBTAINED


def _denial(before: str) -> Standing | None:
    attempted = _ATTEMPTED_LEFT.search(before)
    if attempted is None:
        return Standing.DENIED if _DENIED_LEFT.search(before) else None
    words = attempted.group()
    if re.match(r"(?:pas|jamais|sans|n'ai pas|ni)\b", words) and not _TRIED_DENIAL.search(words):
        return Standing.DENIED
    return Standing.ATTEMPTED
