"""The usual « titres professionnels » of the French labour ministry and their level in the 2019 nomenclature; data only.

Applicants give them without their level. Only titles whose present level is settled stand here: any other keeps a level
that cannot be told, and a person looks. Order matters: « assistant manager » stands before « manager ».
"""

from __future__ import annotations

TITLES: tuple[tuple[str, int, str], ...] = (
    (r"secretaires? (?:assistante?s? )?med\w*(?:[- ](?:soc\w*|admin\w*))?", 4, "secrétaire assistant médico-social"),
    (r"secretaires? assistante?s?", 4, "secrétaire assistant"),
    (r"secretaires? comptables?", 4, "secrétaire comptable"),
    (r"comptables? assistante?s?|assistante?s? comptables?", 4, "comptable assistant"),
    (r"gestionnaires? (?:de |des |en )?paies?", 5, "gestionnaire de paie"),
    (r"gestionnaires? comptables?(?: et fiscale?s?)?", 5, "gestionnaire comptable et fiscal"),
    (r"assistante?s? (?:de )?direction", 5, "assistant de direction"),
    (r"assistante?s? (?:en |des )?(?:ressources humaines|rh)", 5, "assistant ressources humaines"),
    (r"assistante?s? manage\w+ d'unite marchande|assistante?s? manage\w+", 4, "assistant manager d'unité marchande"),
    (r"assistante?s? commercial\w*", 5, "assistant commercial"),
    (r"assistante?s? import[- ]export", 5, "assistant import-export"),
    (r"assistante?s? immobili\w+", 4, "assistant immobilier"),
    (r"assistante?s? de vie(?: aux familles)?|\badvf\b", 3, "assistant de vie aux familles"),
    (r"employee?s? administrati\w+(?: et d'accueil)?|\beaa\b", 3, "employé administratif et d'accueil"),
    (r"employee?s? commercial\w*(?: en magasin)?", 3, "employé commercial"),
    (r"employee?s? \w+", 3, "employé"),
    (r"(?:conseill\w+|vend\w+)(?: de)? (?:vente|conseil)(?: en magasin)?|vend\w+[- ]conseil\w*", 4, "conseiller de vente"),
    (r"conseill\w+ (?:en |d')?insertion(?: (?:sociale et )?pro\w*)?|\bcip\b", 5, "conseiller en insertion professionnelle"),
    (r"conseill\w+ (?:de la )?relation client\w*", 4, "conseiller relation client à distance"),
    (r"manage\w+ (?:d'unites? marchandes?|de rayon)|\bmum\b", 5, "manager d'unité marchande"),
    (r"responsables? (?:de |d'une )?(?:tpe|petite(?:s)? et moyenne(?:s)? structures?|pme)", 5, "responsable de petite et moyenne structure"),
    (r"format(?:eur|rice)s? (?:pro\w* )?(?:d'|pour |pour les )adultes|\bfpa\b", 5, "formateur professionnel d'adultes"),
    (r"concept\w+[- ]developp\w+", 6, "concepteur développeur d'applications"),
    (r"developp\w+ (?:web|logiciel\w*)(?: et web mobile)?", 5, "développeur web et web mobile"),
    (r"technicien(?:ne)?s? superieur\w*", 5, "technicien supérieur"),
    (r"technicien(?:ne)?s?", 4, "technicien"),
    (r"conduct\w+ (?:de |des )?travaux", 5, "conducteur de travaux"),
    (r"conduct\w+", 3, "conducteur"),
    (r"mediat(?:eur|rice)s? social\w*", 4, "médiateur social"),
    (r"receptionnistes?", 4, "réceptionniste en hôtellerie"),
    (r"(?:agente?s?|ouvri(?:er|ere)s?|cuisini(?:er|ere)s?|serveu(?:r|se)s?|macon\w*|carreleu\w+|plombi\w+|peintres?)", 3, "titre de niveau 3"),
)
TITLE_PREFIX = (
    r"(?:titres?(?: pro\w*)?|tp|diplome (?:de l')?afpa)(?:[ ,:]+(?:de l'afpa|afpa|rncp|du ministere du travail|de|du|en|"
    r"intitule))*[ ,:]+(?:d')?(?:une? )?"
)
TITLE_PATTERN = TITLE_PREFIX + "(?:" + "|".join(pattern for pattern, _, _ in TITLES) + ")"
