"""Words of a French sentence brought to a common form, for a lexical search that forgives plurals and conjugation."""

from __future__ import annotations

import re

from bot.admissions.text import fold

# Grammar: never a matter, not even inside one.
_GRAMMAR = frozenset(
    ["a", "ai", "ait", "as", "au", "aura", "aurons", "auront", "aussi", "autre", "autres", "aux", "avec", "avez", "avoir", "bcp", "bien", "c", "ca", "car", "ce", "cela", "ces", "cet", "cette", "ceux", "chez", "ci", "combien", "comme", "comment", "d", "dans", "de", "depuis", "des", "dis", "dit", "dois", "doit", "donc", "dont", "du", "elle", "en", "encore", "enfin", "es", "est", "et", "etc", "etre", "eu", "faire", "fait", "faut", "h", "hein", "il", "ils", "j", "je", "juste", "l", "la", "le", "les", "leur", "lui", "m", "ma", "mais", "me", "mes", "moi", "mon", "n", "ne", "ni", "nos", "notre", "nous", "on", "ont", "ou", "oui", "par", "pas", "peu", "peut", "peux", "plus", "pour", "pourquoi", "qu", "quand", "que", "quel", "quelle", "quelles", "quelque", "quels", "qui", "quoi", "s", "sa", "se", "sera", "ses", "si", "sinon", "soit", "sommes", "son", "sont", "stp", "sur", "svp", "t", "ta", "te", "tes", "til", "toi", "ton", "tous", "tout", "toute", "toutes", "tu", "un", "une", "va", "vais", "vas", "vers", "veux", "voici", "voit", "vos", "votre", "vous", "vraiment", "y"]
)
# Words that frame a question about the certification: they name no matter alone (« la formation », « le bloc »),
# but do inside one (« plan de formation », « bloc communal »).
_FRAME = frozenset(
    ["aborde", "abordee", "abordees", "abordes", "aimerais", "apprend", "apprendra", "apprendre", "apprends", "apprenez", "apprenons", "apprentissages", "appris", "bloc", "blocs", "bonjour", "bonsoir", "capable", "certification", "chose", "choses", "commune", "communes", "competence", "competences", "comporte", "comprend", "compris", "concernant", "connaitre", "contenu", "contient", "cours", "dedans", "diplome", "dispo", "enseigne", "enseignee", "enseignees", "enseignes", "enseignez", "enseignement", "etudie", "etudiee", "etudies", "etudiez", "etudier", "existe", "figure", "figurent", "formation", "formations", "forme", "former", "formez", "gens", "gere", "gerer", "gestion", "inclus", "jveux", "jvoudrai", "jvoudrais", "mairie", "mairies", "matiere", "matieres", "moi", "module", "niveau", "parle", "parler", "parlez", "partie", "prepare", "preparez", "prevu", "prevue", "programme", "referentiel", "sais", "saura", "savoir", "sert", "sujet", "titre", "traite", "traitee", "traites", "traiter", "truc", "trucs", "village", "voir", "voudrai", "voudrais", "voulais", "voyez", "vu", "vue", "vues", "vus"]
)

# The longest first: the first that fits is cut.
_ENDINGS = ("issements", "ionnaires", "issement", "ionnaire", "atrices", "ements", "ations", "itions", "ateurs", "atrice", "ement", "ation", "ition", "ateur", "ables", "ances", "ences", "euses", "elles", "ieres", "antes", "able", "ance", "ence", "euse", "eurs", "ites", "ives", "elle", "iers", "iere", "ales", "ions", "ants", "ante", "ents", "eur", "ite", "ive", "ifs", "els", "ier", "ale", "aux", "ion", "ant", "ent", "ees", "if", "el", "al", "ee", "es", "er", "ez", "ir", "is", "it", "s", "x", "e")
_STEM_MIN = 3


def stems(text: str, keep_frame: bool = False) -> list[str]:
    """The stems of the words that carry meaning, in order; `keep_frame` keeps those that only frame a question."""
    return [stem(word) for word in meaningful_words(text, keep_frame)]


def meaningful_words(text: str, keep_frame: bool = False) -> list[str]:
    """The folded words that carry meaning, in order, before they are cut to their stems."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    return [word for word in words if len(word) > 1 and word not in _GRAMMAR and (keep_frame or word not in _FRAME)]


def stem(word: str) -> str:
    """A folded word without its ending; at least three letters stay, so that short words keep their difference."""
    if len(word) > 4:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _STEM_MIN:
                return _undouble(word[: -len(ending)])
    return word[:-1] if len(word) == 4 and word[-1] in "sx" else word


def _undouble(root: str) -> str:
    """« fonctionn- » and « fonction » meet; so do « communiqu- » and « communic- »."""
    if len(root) > 3 and root[-1] == root[-2]:
        root = root[:-1]
    return root[:-2] + "c" if root.endswith("qu") else root
