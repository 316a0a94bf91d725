"""What the form offers to choose from: common diplomas by level, statuses, routes. Codes stay stable, words may change."""

from __future__ import annotations

from bot.admissions.facts import UNKNOWN_STATUS, Diploma
from bot.services.wording import STATUS_WORDS

UNKNOWN, FOREIGN = "unknown", "foreign"

# (level as people name it, ((code, words, what it means), …)); the label is the one that the readers give.
DIPLOMAS: tuple[tuple[str, tuple[tuple[str, str, Diploma], ...]], ...] = (
    ("Avant le CAP", (
        ("none", "Aucun diplôme", Diploma(0, "aucun diplôme")),
        ("brevet", "Brevet des collèges", Diploma(0, "brevet")),
    )),
    ("Niveau 3", (
        ("cap", "CAP", Diploma(3, "CAP")),
        ("bep", "BEP", Diploma(3, "BEP")),
        ("title_3", "Titre professionnel de niveau 3", Diploma(3, "titre professionnel")),
    )),
    ("Niveau 4 (bac)", (
        ("bac_general", "Bac général", Diploma(4, "bac général")),
        ("bac_techno", "Bac technologique", Diploma(4, "bac technologique")),
        ("bac_pro", "Bac professionnel", Diploma(4, "bac professionnel")),
        ("bp", "Brevet professionnel (BP)", Diploma(4, "BP")),
        ("daeu", "DAEU ou capacité en droit", Diploma(4, "DAEU")),
        ("title_4", "Titre professionnel de niveau 4", Diploma(4, "titre professionnel")),
        ("level_bac", "Niveau bac, sans le diplôme", Diploma(4, "niveau bac", without_diploma=True)),
        ("two_years", "Bac et deux années d'études validées, sans autre diplôme (L2, BUT 2)", Diploma(4, "bac", two_years_validated=True)),
    )),
    ("Niveau 5 (bac+2)", (
        ("bts", "BTS ou BTSA", Diploma(5, "BTS")),
        ("dut", "DUT", Diploma(5, "DUT")),
        ("deug", "DEUG ou DEUST", Diploma(5, "DEUG")),
        ("title_5", "Titre professionnel de niveau 5", Diploma(5, "titre professionnel")),
    )),
    ("Niveau 6 (bac+3, bac+4)", (
        ("licence", "Licence", Diploma(6, "licence")),
        ("licence_pro", "Licence professionnelle", Diploma(6, "licence professionnelle")),
        ("but", "BUT (les trois années)", Diploma(6, "BUT")),
        ("maitrise", "Maîtrise", Diploma(6, "maîtrise")),
    )),
    ("Niveaux 7 et 8", (
        ("master", "Master", Diploma(7, "master")),
        ("engineer", "Diplôme d'ingénieur", Diploma(7, "diplôme d'ingénieur")),
        ("doctorate", "Doctorat", Diploma(8, "doctorat")),
    )),
    ("Autres cas", (
        (FOREIGN, "Diplôme étranger", Diploma(label="diplôme étranger", foreign=True)),
        (UNKNOWN, "Je ne sais pas", Diploma(level_unknown=True)),
    )),
)

STATUSES = (*STATUS_WORDS.items(), (UNKNOWN_STATUS, "Je ne sais pas"))
ROUTES = (
    ("", "Pas de préférence"),
    ("formation_initiale", "Formation initiale, comme étudiant"),
    ("formation_continue", "Formation continue, comme adulte en reprise d'études"),
    ("vae", "VAE, par l'expérience"),
)
NEVER_WORKED = "never"
EXPERIENCES = ((NEVER_WORKED, "Je n'ai jamais travaillé"), (UNKNOWN, "Je ne sais pas"))
_BY_CODE = {code: (words, diploma) for _, group in DIPLOMAS for code, words, diploma in group}


def listed_diploma(code: str) -> Diploma | None:
    """The diploma that a code of the list stands for, or None."""
    return _BY_CODE[code][1] if code in _BY_CODE else None


def words_of(code: str) -> str:
    """How the list names a diploma; the empty text for an unknown code."""
    return _BY_CODE[code][0] if code in _BY_CODE else ""
