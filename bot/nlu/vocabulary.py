"""What people call the three blocks, the access routes and the kinds of exam: patterns for spaCy's EntityRuler.

Each pattern is a list of folded words (lower case, no accents); `*` stands for a regular expression on one word.
"""

from __future__ import annotations

from typing import Any

_BLOCK_WORDS = "(?:bloc|blocs|block|blok|bc|partie|module|ue)"
_BLOCK_ALONE = "(?:bloc|block|blok|bc|partie|module|ue)"
# Before the word, an ordinal only: « les 3 blocs » counts them.
_ORDINALS = {"1": "(?:premier|premiere|1er|1ere)", "2": "(?:deuxieme|second|seconde|2e|2eme|2nd)", "3": "(?:troisieme|3e|3eme|dernier|derniere)"}
_FIRST, _SECOND, _THIRD = "(?:1|01|un|i|premier|premiere|1er|1ere)", "(?:2|02|deux|ii|deuxieme|second|seconde|2e|2eme|2nd)", "(?:3|03|trois|iii|troisieme|3e|3eme|dernier|derniere)"

ROUTES: dict[str, list[str]] = {
    "formation_initiale": ["formation initiale", "statut etudiant", "statut d' etudiant", "statut d' eleve", "en initial", "en initiale"],
    "formation_continue": ["formation continue", "reprise d' etudes", "reprise d' etude", "reprendre mes etudes", "reprendre des etudes", "formation pour adultes"],
    "vae": ["vae", "v.a.e", "v.a.e.", "validation des acquis", "valider mes acquis", "acquis de l' experience", "par experience", "par l' experience"],
    "apprentissage": ["apprentissage", "apprenti", "apprentie", "apprentis", "cfa", "contrat d' apprentissage", "alternance", "alternant", "alternante", "alternants"],
    "contrat_professionnalisation": ["professionnalisation", "contrat pro", "contrats pro", "contrat de pro"],
    "candidature_individuelle": ["candidat libre", "candidate libre", "candidats libres", "en libre", "candidature individuelle", "candidatures individuelles", "a titre individuel"],
}

EXAM_KINDS: dict[str, list[str]] = {
    "qrc": ["qrc", "q.r.c", "q.r.c.", "question a reponse courte", "questions a reponse courte", "questions a reponses courtes", "questions courtes", "reponses courtes"],
    "dissertation": ["dissertation", "dissertations", "dissert", "disserte", "disserts"],
    "grand_oral": ["grand oral", "grands oraux", "oral", "oraux"],
    "note": ["note de synthese", "notes de synthese", "redaction d' une note", "rediger une note"],
    "jeu_de_role": ["jeu de role", "jeux de role", "jeux de roles", "jeu de roles", "jeux ? de role", "role play", "simulation"],
    "etude_de_cas": ["etude de cas", "etudes de cas", "cas pratique", "cas pratiques"],
    "mise_en_situation": ["mise en situation", "mises en situation", "mises en situations"],
    "rapport_stage": ["rapport de stage", "rapport", "memoire", "memoire de stage", "soutenance", "soutenir", "soutenances"],
}


def entity_patterns() -> list[dict[str, Any]]:
    """Patterns with `label` block, route or exam_kind and the value as `id`."""
    patterns: list[dict[str, Any]] = []
    for value, words in (("1", _FIRST), ("2", _SECOND), ("3", _THIRD)):
        patterns += [{"label": "block", "id": value, "pattern": tokens} for tokens in _block_shapes(value, words)]
    for label, vocabulary in (("route", ROUTES), ("exam_kind", EXAM_KINDS)):
        for value, phrases in vocabulary.items():
            patterns += [{"label": label, "id": value, "pattern": [{"LOWER": word} for word in phrase.split()]} for phrase in phrases]
    return patterns


def _block_shapes(number: str, words: str) -> list[list[dict[str, Any]]]:
    whole = {"LOWER": {"REGEX": f"^{words}$"}}
    block = {"LOWER": {"REGEX": f"^{_BLOCK_WORDS}$"}}
    filler = {"LOWER": {"IN": ["n", "n°", "no", "numero", "de", "competences", "competence", "°"]}, "OP": "?"}
    return [
        [block, filler, filler, whole],  # « bloc 2 », « bloc n° 2 », « bloc de compétences 2 »
        [{"LOWER": {"REGEX": f"^{_ORDINALS[number]}$"}}, {"LOWER": {"REGEX": f"^{_BLOCK_ALONE}$"}}],  # « deuxième bloc »
        [{"LOWER": {"REGEX": rf"^(?:bc|bloc|b)0?{number}$"}}],  # « bc02 », « bloc2 »
        [{"LOWER": {"REGEX": rf"^rncp41406bc0{number}$"}}],
    ]
