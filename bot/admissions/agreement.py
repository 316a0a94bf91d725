"""Yes and no, as people say them to « acceptez-vous… ? ». Doubt is neither: consent must be clear."""

from __future__ import annotations

import re

from bot.admissions.text import fold

_NO = re.compile(
    r"\b(?:non|nan|nn|no|pas (?:d'accord|question|envie|la peine|besoin|interesse\w*|maintenant|pour (?:le moment|l'instant))|"
    r"(?:je )?(?:ne )?(?:veux|souhaite|prefere|desire|voudrais) pas|(?:je )?refuse|surtout pas|jamais|sans facon|aucune? (?:mail|adresse|telephone|numero)|"
    r"(?:j'?en|je n'en|j'ai|je n'ai|jai|jen|n'ai) (?:n'?ai )?pas|pas d[e'] ?(?:telephone|tel|mail|adresse|numero|portable)|plus tard|une autre fois|inutile)\b"
)
_YES = re.compile(
    r"\b(?:oui|ouais|ouai|oue|ouep|ui|wi|yes|yep|ok|okay|oki|dac|d'accord|daccord|bien sur|biensur|evidemment|volontiers|avec plaisir|"
    r"j'accepte|jaccepte|je suis d'accord|je consens|je veux bien|je valide|j'autorise|allez[- ]y|vas[- ]y|vasy|go|carrement|parfait|entendu|c'est bon|"
    r"ca marche|ca me va|pourquoi pas|absolument|tout a fait|accord donne|grave|si si|affirmatif)\b"
)


def read_agreement(text: str) -> bool | None:
    """True for a clear yes, False for a clear no, None for anything else (« oui mais non », « je ne sais pas »).

    A refusal anywhere wins over politeness (« non merci, c'est bon »), but « pas de souci » and « pourquoi pas » are no refusals.
    """
    folded = re.sub(r"\bpas de (?:souci|soucis|probleme|pb)\b", "oui", fold(text))
    folded = re.sub(r"\bpourquoi pas\b", "oui", folded)
    says_no, says_yes = bool(_NO.search(folded)), bool(_YES.search(folded))
    if says_no and says_yes and re.match(r"\W*(?:oui|ouais|ok|d'accord)\b", folded):
        return None
    if says_no:
        return False
    return True if says_yes else None
