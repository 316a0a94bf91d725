"""Use case: a short message that goes on with the last topic is read in its light: « et ça se passe comment ? » after the VAE.

The classifier reads a message alone. Here it has read it twice, alone and after the title of the last answer's topic, and both
readings are weighed: the fewer words of its own a message has, the more the topic counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.admissions.text import fold
from bot.services.answer import COMPETENCE

MOST_WORDS = 9
# Alone, a reading as sure as this stands.
SURE = 0.95
# The share of the lone reading in the geometric mean: with words of its own that were understood, and without (« et ils sont combien ? »).
NAMES_SOMETHING, NAMES_NOTHING = 0.5, 0.2
UNDERSTOOD = 0.5
# A message with words of its own and this sure stands too, unless it points back: « et le site web ? », « ils jugent sur quoi ? ».
SURE_OF_ITS_OWN = 0.75
LEAST_LIKELY = 0.0005  # of an intent that the ranking does not hold
LEAST_SURE = 0.30
FALLBACK, FOLLOW_UP, OUT_OF_SCOPE = "nlu_fallback", "follow_up", "out_of_scope"
CERTAINLY_OUTSIDE = 0.6
FACT_ENTITIES = frozenset({"diploma", "experience", "status", "email", "phone"})
# What the classifier takes for another topic and is about the last one, however sure it is.
STAYS_WITH = frozenset({
    ("ask_experience_required", "ask_internship"), ("ask_vae", "ask_experience_required"), ("ask_vae", "ask_evaluation"),
    ("ask_exam_kind", "ask_capitalisation"), ("ask_internship", "ask_evaluation"), ("ask_internship", "ask_pay"), ("ask_internship", "ask_duration"),
})
_ITS_OWN = re.compile(r"\b(?:exam\w*|epreuves?|blocs?|jurys?|formations?|certif\w*|diplomes?|cours|salaires?|metiers?)\b")
# Titles that say nothing of what their topic is about.
SUBJECTS = {COMPETENCE: "Les matières des blocs"}
_POINTS_BACK = re.compile(
    r"^\W*(?:(?:ok|oui|ah|bon|mais|donc|du coup) )*(?:et|ou|dans|pour|avec|sur|de|en|du|par)\b"
    r"|\b(?:ils|elles|eux|lui|leurs?|lesquel\w*|laquelle|lequel|dedans|tous|toutes|celui|celle|ceux|celles|ca|sa|cela)\b")
_CORRECTION = re.compile(
    r"^\W*(?:(?:ah|euh|mais|bah|ben|oups|pardon|désolée?|desolee?)\W+)*(?:non|nan|nn|nn?on)\W+(?:(?:pardon|en fait|mais|désolée?|merci)\W+)*"
    r"(?:(?:je|j)\s*(?:voulais|veux|voulait)\s+(?:dire|parler(?:\s+(?:des|du|de))?|savoir)|je parl(?:ais|e)\s+(?:des|du|de|d')\b|j'?entendais|"
    r"ma question (?:c'est|était|etait)|je demandais|plutôt|plutot|"
    r"(?=(?:celui|celle|ceux|celles|le jury|la vae|les? blocs?)\b))\s*(?P<meant>\S+.*)$", re.IGNORECASE | re.DOTALL)
CORRECTIONS = frozenset({"deny", "correct_misunderstanding", FALLBACK})
_OF_NO_TOPIC = frozenset(re.findall(r"\w+", """
    a ai alors annee annees ans apres as au aussi autre autres aux avec bah ben bon c ca cb ce cela celle celles celui ces cest cet cette ceux
    chez ci cmb comb combien comme comment concretement d dannees dans de dedans dehors deja deroule derouler des desormais deux donc du elle
    elles en encore es est et etre eu euh eux exactement faire fais fait faut fo genre hein hm il ils j jai je juste k ka kan kand ke kel kelle
    ken ki kil koi kom l la laquelle le lequel les lesquelles lesquels leur leurs lui m ma mais marche me meme mes moi mon n ne ni nn non nos
    notre nous o ok on ont ou oui p par pas passe passer pdt pendant peu peut peuvent peux pk plus pour pourquoi pq pr precisement puis qd qqn
    qu quand que quel quelle quelles quels qui quoi s sa sans se ses seulement si sinon soit son sont sonts stp sur svp t ta te temps tes toi
    ton tous tout toute toutes tres trop tu un une va vas vers veut voient voir vois voit vont vos votre vous vraiment vs y ya
"""))

Parse = dict[str, Any]


def what_was_meant(text: str) -> str | None:
    """What follows « non, je voulais dire… » or « non, celui de… »; None when the message corrects nothing."""
    found = _CORRECTION.match(text)
    return None if found is None else found["meant"].strip()


def subject_of_topic(topic: Mapping[str, Any] | None, title: str | None) -> str | None:
    """How the last topic is named before a message that goes on with it; None when nothing was asked before. `title` is its card's."""
    intent = str((topic or {}).get("intent") or "")
    if not intent.startswith("ask_") or topic is None:
        return None
    subject = SUBJECTS.get(intent) or (title or "").split(" : ")[0].rstrip(" ?")
    return f"{subject}, bloc {topic['block']}" if subject and topic.get("block") else subject or None


def may_continue(parse: Parse, form: str | None) -> bool:
    """Whether a message could go on with the last topic: short, one clause, a question or nothing recognised, and no fact in it."""
    text, intent = str(parse.get("text") or ""), parse.get("intent") or {}
    name, confidence = intent.get("name"), float(intent.get("confidence") or 0.0)
    if not _is_short(parse):
        return False
    if name == FALLBACK:
        return form is None and not _is_outside(parse)
    if name == FOLLOW_UP:
        return confidence < UNDERSTOOD  # otherwise it goes on with the topic, the block and the exam as they are
    return str(name).startswith("ask_") and not _has_facts(parse) and confidence < _enough(text)


def stay_with_topic(parse: Parse, topic: Mapping[str, Any]) -> Parse | None:
    """The parse about the last topic, when what was read is a part of it (STAYS_WITH) and names nothing of its own; else None."""
    last, read = str(topic.get("intent")), (parse.get("intent") or {}).get("name")
    stays = (last, read) in STAYS_WITH and _is_short(parse) and not _has_facts(parse)
    return _decided(parse, last, SURE) if stays and not _ITS_OWN.search(fold(str(parse["text"]))) else None


def read_in_context(parse: Parse, in_its_light: Parse) -> Parse:
    """The parse with the reading that both agree on, when it is not the first one and is likely enough."""
    alone, after = _shares(parse), _shares(in_its_light)
    speaks_alone = names_something(str(parse["text"])) and max(alone.values(), default=0.0) >= UNDERSTOOD
    weight = NAMES_SOMETHING if speaks_alone else NAMES_NOTHING
    both = {name: alone.get(name, LEAST_LIKELY) ** weight * after.get(name, LEAST_LIKELY) ** (1 - weight) for name in alone | after}
    likeliest = max(both, key=lambda name: both[name], default=None)
    if likeliest is None or not likeliest.startswith("ask_") or likeliest == (parse.get("intent") or {}).get("name"):
        return parse
    share = both[likeliest] / sum(both.values())
    return _decided(parse, likeliest, share) if share >= LEAST_SURE else parse


def names_something(text: str) -> bool:
    """Whether a message has a word of its own, besides pronouns, question words and the like."""
    words = [word for word in re.findall(r"[a-z0-9]+", fold(text)) if not word.isdigit()]
    return any(word not in _OF_NO_TOPIC for word in words)


def _is_short(parse: Parse) -> bool:
    return len(str(parse.get("text") or "").split()) <= MOST_WORDS and len(parse.get("segments") or []) <= 1


def _has_facts(parse: Parse) -> bool:
    return any(entity.get("entity") in FACT_ENTITIES for entity in parse.get("entities") or [])


def _enough(text: str) -> float:
    return SURE_OF_ITS_OWN if names_something(text) and not _POINTS_BACK.search(fold(text)) else SURE


def _shares(parse: Parse) -> dict[str, float]:
    ranking = parse.get("intent_ranking") or []
    return {guess["name"]: max(float(guess["confidence"]), LEAST_LIKELY) for guess in ranking if guess["name"] != FALLBACK}


def _is_outside(parse: Parse) -> bool:
    return _shares(parse).get(OUT_OF_SCOPE, 0.0) >= CERTAINLY_OUTSIDE


def _decided(parse: Parse, name: str, confidence: float) -> Parse:
    intent = {"name": name, "confidence": confidence}
    others = [guess for guess in parse.get("intent_ranking") or [] if guess["name"] not in (name, FALLBACK)]
    segments = [segment | intent for segment in parse.get("segments") or []]
    return parse | {"intent": intent, "intent_ranking": [intent, *others], "segments": segments}
