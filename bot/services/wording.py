"""Sentences built from a verdict. Figures come from the rule; nothing here promises or refuses."""

from __future__ import annotations

from collections.abc import Sequence

from bot.admissions.eligibility import Assessment, describe_months
from bot.admissions.eligibility_rules import Rules
from bot.admissions.facts import NO_DIPLOMA_LEVEL, Ambiguity, Diploma, Experience, Situation, Verdict
from bot.admissions.reading import TITLE
from bot.admissions.sensitive_data import Sensitive

HEADLINES = {
    Verdict.ELIGIBLE: "D'après ce que vous me dites, **vous remplissez les conditions pour candidater**.",
    Verdict.TO_REVIEW: "D'après ce que vous me dites, **votre situation est à vérifier par une personne** : je ne peux pas trancher seul.",
    Verdict.NOT_YET: "D'après ce que vous me dites, **les conditions d'entrée ne sont pas encore réunies**, mais il y a d'autres chemins.",
    Verdict.VAE: "D'après ce que vous me dites, **la voie à regarder est la VAE** (validation des acquis de l'expérience).",
}
HEADLINES_FOR_SOMEONE_ELSE = {
    Verdict.ELIGIBLE: "D'après ce que vous me dites, **cette personne remplit les conditions pour candidater**.",
    Verdict.TO_REVIEW: "D'après ce que vous me dites, **la situation de cette personne est à vérifier** "
    "par quelqu'un de l'équipe : je ne peux pas trancher seul.",
    Verdict.NOT_YET: "D'après ce que vous me dites, **les conditions d'entrée ne sont pas encore réunies** "
    "pour cette personne, mais il y a d'autres chemins.",
    Verdict.VAE: "D'après ce que vous me dites, **la voie à regarder pour cette personne est la VAE** (validation des acquis de l'expérience).",
}
ASK_TITLE_LEVEL = ("Un titre professionnel peut être de plusieurs niveaux : 3 (comme un CAP), 4 (comme le bac), 5 (comme un BTS) "
                   "ou 6 (comme une licence). C'est écrit sur le diplôme : quel est son niveau ?")
INDICATIVE = ("Cet avis est donné à titre indicatif : c'est une personne qui décide. La suite : étude du dossier de candidature, entretien, "
              "puis décision de la commission pédagogique d'admission.")


def tell_verdict(assessment: Assessment, for_someone_else: bool = False, asks_vae: bool = False) -> str:
    """The verdict as a message: headline, reasons, what would change it, what happens next."""
    if assessment.verdict is None:
        raise ValueError("a verdict is told once it is known")
    headline = (HEADLINES_FOR_SOMEONE_ELSE if for_someone_else else HEADLINES)[assessment.verdict]
    vae = VAE_TOO if asks_vae and assessment.verdict is not Verdict.VAE else ""
    return "\n\n".join(part for part in (headline, _reasons(assessment), vae, _bullets(assessment.what_would_change), INDICATIVE) if part)


DO_NOT_WRITE = {
    Sensitive.NUMBER: "Un conseil d'abord : n'écrivez pas ici de numéro de sécurité sociale, de carte bancaire ou de compte. "
    "Je n'en ai pas besoin et je ne m'en sers pas.",
    Sensitive.HEALTH: "Rien ne vous oblige à parler de votre santé ici : je n'en tiens pas compte, et mieux vaut ne pas en écrire davantage.",
}
NOTHING_SAID = ("Je n'ai pas su répondre à ce message. Pouvez-vous le redire avec d'autres mots ? "
                "Vous pouvez aussi demander à parler à une personne de l'équipe des admissions.")
VAE_TOO = ("La VAE (validation des acquis de l'expérience) dont vous parlez est aussi une voie ouverte vers la certification : elle passe par "
           "l'expérience, et la fiche ne fixe pas de durée minimale.")
NOBODY_TO_ASSESS = ("Je vous réponds avec le sourire, mais sans avis : je ne peux vérifier que la situation d'une personne "
                    "qui peut candidater elle-même. Si la question est pour vous ou pour un proche, dites-moi son diplôme et ses années de travail.")
MOURNING = ("Je suis désolé pour cette perte. Je ne peux pas vérifier la situation d'une personne décédée ; si la question est pour vous ou pour "
            "quelqu'un d'autre, je suis là.")


def explain_verdict(assessment: Assessment, situation: Situation) -> str:
    """« Pourquoi ? »: the person's own facts beside the rule."""
    facts = _facts_in_words(situation)
    known = f"Ce que j'ai retenu : {facts}." if facts else ""
    changes = _bullets(assessment.what_would_change)
    return "\n\n".join(part for part in (known, f"La règle appliquée :\n{_reasons(assessment)}", changes, INDICATIVE) if part)


def suppose_verdict(assessment: Assessment, rules: Rules, waited_months: int = 0) -> str:
    """The verdict of a supposition, said as one: nothing is recorded. One that is not favourable names the other ways."""
    if assessment.verdict is None:
        missing = {
            "diploma": "le diplôme le plus élevé obtenu",
            "experience": "la durée de l'expérience professionnelle",
            "status": "la situation (salarié, demandeur d'emploi…)",
        }
        return f"Dans ce cas, il me faudrait encore savoir ceci pour vous répondre : {missing[assessment.missing[0]]}. {_rule_in_short(rules)}"
    outcome = {
        Verdict.ELIGIBLE: "les conditions pour candidater seraient remplies",
        Verdict.TO_REVIEW: "une personne devrait vérifier la situation",
        Verdict.NOT_YET: "les conditions d'entrée ne seraient pas encore réunies, mais il y a d'autres chemins",
        Verdict.VAE: "la voie à regarder serait la VAE (validation des acquis de l'expérience)",
    }[assessment.verdict]
    ways = "" if assessment.verdict is Verdict.ELIGIBLE else _bullets(assessment.what_would_change)
    supposed = f"C'est une supposition : je ne change rien à ce que vous m'avez dit. {INDICATIVE}"
    case = f"Si ces {duration_in_words(waited_months)} sont travaillés, {outcome}." if waited_months else f"Dans ce cas, {outcome}."
    return "\n\n".join(part for part in (case, _reasons(assessment), ways, supposed) if part)


def suppose_failure(rules: Rules) -> str:
    """« et si je rate mon BTS ? »: what would then count."""
    return ("Dans ce cas, c'est le dernier diplôme obtenu qui compte : par exemple le bac quand un BTS est en préparation. "
            f"{_rule_in_short(rules)}\n\nC'est une supposition : je ne change rien à ce que vous m'avez dit. {INDICATIVE}")


def recall_verdict(verdict: Verdict, for_someone_else: bool) -> str:
    """Before the consent, in a conversation about two people: whose details these are, and which verdict goes with them."""
    told = (HEADLINES_FOR_SOMEONE_ELSE if for_someone_else else HEADLINES)[verdict].split("**")[1]
    if for_someone_else:
        return f"Les coordonnées seraient transmises avec l'avis sur la situation de cette autre personne (« {told} »), pas avec celui sur la vôtre."
    return f"Vos coordonnées seraient transmises avec l'avis sur votre situation (« {told} »), pas avec celui sur l'autre personne."


def ask_back_diploma(ambiguity: Ambiguity) -> tuple[str, list[tuple[str, str]]]:
    """The question that tells two readings of a diploma apart, and one button per reading."""
    names = [_diploma_in_words(option) for option in ambiguity.options]
    if ambiguity.label == TITLE:
        return ASK_TITLE_LEVEL, [*((name.capitalize(), f"J'ai un {name}") for name in names), ("Je ne sais pas", "Je ne sais pas")]
    text = (
        f"« {ambiguity.label} » peut se lire de plusieurs façons, car les niveaux ont changé de numéro en 2019. "
        f"Quel diplôme avez-vous : {' ou '.join(names)} ?"
    )
    return text, [(name, f"J'ai {name}") for name in names]


def explain_question(asked: str, rules: Rules) -> str:
    """Why a question of the forms is asked, and how to answer it simply. `asked` is the slot's name."""
    because = {
        "diploma": "Je vous le demande parce que l'entrée dépend d'abord du diplôme. "
        "Un seul mot suffit : « bac », « CAP », « BTS », « licence », « aucun »…",
        "experience": f"Je vous le demande parce qu'au niveau bac il faut {rules.experience_months // 12} ans de travail, "
        "tous métiers confondus. Un chiffre suffit : « 4 ans », « 18 mois »…",
        "status": "Je vous le demande parce qu'au niveau bac la règle vise les salariés et les demandeurs d'emploi. "
        "Un mot suffit : « salarié », « au chômage », « retraité »…",
    }
    return because.get(
        asked,
        "Je vous le demande seulement pour que l'équipe puisse vous recontacter. C'est facultatif : vous pouvez répondre « non ».",
    )


def acknowledge(read: Situation) -> str | None:
    """What one message was understood to say, so that it can be corrected: « J'ai noté : bac professionnel (niveau 4). »."""
    words = _facts_in_words(read)
    return f"J'ai noté : {words}." if words else None


def _diploma_in_words(diploma: Diploma) -> str:
    known = {3: "un CAP ou un BEP", 4: "un bac", 5: "un BTS ou un DUT", 6: "une licence", 7: "un master", 8: "un doctorat"}
    return diploma.label or known.get(diploma.level or 0, "aucun diplôme")


def _facts_in_words(situation: Situation) -> str:
    facts = []
    if isinstance(situation.diploma, Diploma):
        facts.append(_diploma_with_level(situation.diploma))
    if situation.experience is not None and situation.experience.is_known:
        facts.append(_experience_with_bounds(situation.experience))
    if situation.status is not None:
        facts.append(STATUS_WORDS[situation.status.value])
    return ", ".join(facts)


def _diploma_with_level(diploma: Diploma) -> str:
    """« BTS (niveau 5) »; a brevet or no diploma at all has no level that people know."""
    if diploma.two_years_validated:
        return "deux années d'études supérieures validées, sans le diplôme"
    if diploma.without_diploma and diploma.level == NO_DIPLOMA_LEVEL:
        return "bac non obtenu"
    if diploma.level_unknown and diploma.level is not None:
        return f"{diploma.label or 'diplôme'} (niveau {diploma.level}), et des études dont le niveau est à vérifier"
    unnamed = "diplôme étranger" if diploma.foreign else "aucun diplôme" if diploma.level == NO_DIPLOMA_LEVEL else "diplôme"
    label = diploma.label or unnamed
    return label if diploma.level in (None, NO_DIPLOMA_LEVEL) else f"{label} (niveau {diploma.level})"


def _experience_with_bounds(experience: Experience) -> str:
    """A range is said as one: « entre 30 et 40 mois d'expérience professionnelle »."""
    if experience.months is not None and experience.at_least is None:
        return experience_in_words(experience.months) + _beside_it(experience)
    low, high = experience.lowest or 0, experience.highest
    if experience.months is not None and high is not None and low < experience.months < high:
        return f"environ {experience_in_words(experience.months)}"
    return f"{describe_months(experience)} d'expérience professionnelle"


def _beside_it(experience: Experience) -> str:
    """« (stage : 4 mois, à part) »: heard, and not counted as paid work."""
    if experience.uncounted_kind is None:
        return ""
    months = experience.uncounted_months
    length = f" : {duration_in_words(months)}" if months else ""
    return f" ({experience.uncounted_kind}{length}, à part)"


def experience_in_words(months: int) -> str:
    """42 gives « 3 ans et 6 mois d'expérience professionnelle », 0 « aucune expérience professionnelle »."""
    return f"{duration_in_words(months)} d'expérience professionnelle" if months > 0 else "aucune expérience professionnelle"


STATUS_WORDS = {
    "salarie": "salarié ou agent public", "demandeur_emploi": "demandeur d'emploi", "independant": "indépendant", "etudiant": "étudiant",
    "retraite": "retraité", "elu": "élu", "sans_activite": "sans activité", "autre": "autre situation",
}


def duration_in_words(months: int) -> str:
    """42 gives « 3 ans et 6 mois »."""
    years, rest = divmod(months, 12)
    parts = [f"{years} an{'s' if years > 1 else ''}" if years else "", f"{rest} mois" if rest else ""]
    return " et ".join(part for part in parts if part) or "aucun mois"


def _rule_in_short(rules: Rules) -> str:
    return (
        f"La règle pour candidater : un diplôme de niveau {rules.direct_level} (bac+2), ou un niveau bac "
        f"avec {rules.experience_months // 12} ans d'expérience "
        "professionnelle pour les salariés ou demandeurs d'emploi."
    )


def _reasons(assessment: Assessment) -> str:
    return _bullets([reason.text for reason in assessment.reasons])


def _bullets(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)
