"""What a message is for when its words decide against the model: plain rules over text and facts, each with the message that asked for it.

They serve where a reader of words and embeddings cannot: a fact told in a question about the rule is a request to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.admissions.text import fold
from bot.nlu.clauses import is_question
from bot.nlu.personal_grounds import asks_about_equality, asks_with_a_disability

OUT_OF_SCOPE = "out_of_scope"
HYPOTHESIS, PRESCREENING, SITUATION = "ask_hypothesis", "request_prescreening", "give_situation"
EQUALITY, DISABILITY = "ask_discrimination", "ask_disability_support"
# Questions about the rule, and readings that miss the person's own facts.
ABOUT_THE_RULE = frozenset({
    "ask_prerequisites", "ask_level_meaning", "ask_experience_required", "ask_level", "out_of_scope", "ask_certification_prerequisites",
    "ask_selection", "ask_equivalences", "ask_competence", "ask_guarantee", "ask_exemption",
})
HIDES_A_SITUATION = frozenset({"ask_prerequisites", "ask_experience_required", "out_of_scope"})
_MAY_I_ENTER = re.compile(
    r"\b(?:recevable|suffisant|suffit|eligible|admissible)\b|\bca (?:passe|marche|suffit|le fait|va)\b|\bc'?(?:est)? ?(?:bon|ok|possible|jouable|mort)\b"
    r"|\bok p(?:ou)?r\b|\bp(?:ou)?r (?:rentrer|entrer|candidater|postuler)\b|\bpossible ?\?|\bje rempli[st]?\b|\bremplis-je\b"
    r"|\b(?:je |j|puis-je |pourrais-je |est-ce que je )(?:peux?|pourrais?|pourrai|puis)? ?(?:rentrer|entrer|candidater|postuler|pretendre|m'inscrire)\b"
)
_SUPPOSES = re.compile(
    r"\b(?:si|s'il|s'|imagin\w+|suppos\w+|admett\w+|au cas|dans le cas|sans|avec|meme)\b|\b(?:j'?a(?:vais|urais)|j'?etais|je serais|aurait|etait|avait|pourrais|"
    r"change\w*)\b"
)
_MAY_THEY_ENTER = re.compile(r"\bqu'(?:elle|il) (?:rentre|entre|passe|peut (?:rentrer|entrer|candidater|postuler|s'inscrire))\b"
                             r"|\bpeut-(?:elle|il) (?:rentrer|entrer|candidater|postuler|s'inscrire)\b")
_RULE = re.compile(r"\b(?:besoin|faut|fallait|exig\w+|demand(?:e|ez|ent)|obligatoire|necessaire|requis\w*)\b")
_TELLS = re.compile(r"^\W*(?:\w+ ){0,2}(?:j'?ai|je (?:suis|possede|detiens)|(?:elle|il) (?:a|est|possede)|titulaire|mon niveau|ma fille|mon fils)\b")
_WANTS_SOMEBODY = re.compile(
    r"\b(?:parler|causer|discuter|passez|passe|donnez|veux|voudrais|mettez)\b.{0,20}\b(?:humain|quelqu'un|une (?:vraie |autre )?personne|conseill\w+|"
    r"responsable|votre chef|un vrai)\b"
)


# « suis-je en train de parler à un humain ? » asks what answers, not for somebody.
_AM_I_WITH_A_ROBOT = re.compile(
    r"\b(?:suis[- ]je|est-ce que je (?:parle|discute|suis)|je (?:parle|discute) (?:bien )?(?:a|avec)|(?:etes|es)[- ]?(?:vous|tu)|"
    r"(?:vous etes|tu es|t'es|c'est))\b.{0,40}\b(?:humain\w*|robot|machine|bot|ia|vraie personne|quelqu'un de reel)\b"
)
_WISHES = re.compile(r"\b(?:veux|voudrais|souhaite|aimerais|peux|puis-je|pourrais|besoin|passez|donnez)\b")
# « qui regarde mon dossier de VAE ? »: the jury, neither privacy nor somebody else's data.
EXAMINED_MISREAD = frozenset({"ask_privacy", "ask_other_people_data", "ask_results_date", "ask_if_bot", "ask_vae"})
_WHO_EXAMINES = re.compile(r"\bqui (?:\w+ ){0,2}(?:regard|examin|etudi|lit|lir|lisent|jug|evalu|not|valid|decid)\w*\b")
_VAE = re.compile(r"\bvae\b|\bacquis de l'experience\b")
# « connaître mon éligibilité », « puis-je m'inscrire ? »: to be checked, not how to go about it.
_MY_CHANCES = re.compile(r"\b(?:mon (?:eligibilite|admissibilite)|ma recevabilite|recevabilite de ma (?:candidature|demande|situation)|si je suis (?:eligible|recevable|admissible))\b")
_MAY_I_ENROL = re.compile(r"^\W*(?:(?:bonjour|slt|salut|bjr|donc|alors|du coup|mais|ok)\W+)*(?:est-ce que )?(?:puis[- ]je|je peu[tx]?|j'?peu[tx]|pourrais[- ]je) (?:m'|me )?(?:inscrire|minscrire|"
                          r"candidater|postuler)\W*$")
KIND = frozenset({"praise", "thank"})
_OUT_OF_PATIENCE = re.compile(r"\b(?:a bout de (?:patience|nerfs?)|ras[- ]le[- ]bol|plus la patience|m'?enerv\w+|m'?agac\w+)\b")
# « reconnu en Belgique ? »: the record says nothing of it.
ABROAD_MISREAD = frozenset({"ask_foreign_diploma", "ask_certifier", "ask_territories", "ask_nationality", "out_of_scope"})
_RECOGNISED_ABROAD = re.compile(
    r"\b(?:ce |le |la |cette |votre )?(?:diplome|titre|certif\w*|il|elle|c'est|serait)\b.{0,40}\b(?:reconnue?s?|valable|valide|vaut|accepte\w*)\b.{0,40}"
    r"\b(?:a l'etranger|belgique|suisse|quebec|canada|luxembourg|allemagne|espagne|europe|maroc|tunisie|algerie|afrique|hors de france|autres pays)\b"
    r"|\b(?:belgique|suisse|quebec|canada|luxembourg|etranger)\b.{0,40}\bdiplome\b.{0,25}\breconnu\b"
)
# « écris-moi une lettre », « rédige mon CV »: work to do for somebody; « rédiger une délibération » is a matter that is taught.
_WRITE_FOR_ME = re.compile(
    r"^\W*(?:(?:bonjour|salut|stp|svp|ok|et|alors|maintenant)\W+)*"
    r"(?:(?:tu peu[tx]?|t'?u? peux|vous pouvez|peux[- ]tu|pouvez[- ]vous|pourriez[- ]vous|tu pourrais) (?:m'|me |nous )?"
    r"(?:ecrire|rediger|corriger|composer|resumer|traduire|faire|preparer)"
    r"|(?:ecri(?:s|vez|t)|redigez?|corrigez?|composez?|resumez?|tradui(?:s|sez)|fai(?:s|tes)|preparez?))"
    r"(?:[- ](?:moi|nous))?(?: (?:stp|svp))? (?:une?|mon|ma|mes|le|la|l'|ce|cette|cet) ?(?:belle |petite? |bonne )?"
    r"(?:lettre|cv|discours|mail|email|courriel|dissert\w*|devoir|exposes?|rapport|memoire|note|courrier|deliberation|arrete|modele|poeme|convention|article|"
    r"texte|commentaire|copie|blague|chanson|recette)\b"
)
# « les débouchés du BTS banque », « la certification chargé d'accueil de l'AFPA »: another diploma than ours.
_OTHER_DIPLOMA = re.compile(
    r"\b(?:debouches?|programme|matieres?|contenu|duree|prix|tarif|cout|inscriptions?|dates?|metiers?|salaire|epreuves?|examens?|resultats?|concours|"
    r"parle\w*|presente\w*|infos?|renseignements?|explique\w*|faites|proposez|formez|preparez|avez)\b.{0,30}?"
    r"\b(?:(?:bts|but|dut|deust|licence(?: pro\w*)?|master|cap|bac pro\w*|bachelor|bp|bep) (?:de |d'|en |du |des )?"
    r"|(?:certification|titre(?: pro\w*)?|diplome(?: universitaire)?) (?:\W*|d'|de |en |d')?)"
    r"(?!\W*(?:responsable|administration communale|communale|secretaire(?! (?:medical|juridique|comptable|medico))|de |en |l'universite|niveau|svp|stp|merci|obtenu|ou|et|pour|c'est|est|sont|a|"
    r"comme|il|elle|que|qui|on|je|rac|rncp|delivre|universitaire|ancien|etranger|validee?|termine|suffi\w*|ca|apres|avant|deja|avec|pro)\b)"
    r"\W*(?:[a-z]{4,}|rh|gea|gaco|mmi|tc|cg|sam|gpme|mco|ndrc|aes|lea|staps|meef|iae)\b"
)
ABOUT_OURS = frozenset({
    "ask_jobs", "ask_certification", "ask_blocks", "ask_block_content", "ask_duration", "ask_price", "ask_start_date", "ask_pay", "ask_evaluation",
    "ask_employers", "ask_how_to_apply", "ask_results_date", "ask_deadline", "ask_public_service_exam", "ask_capabilities", "ask_application_file",
})
# What keeps its reading whatever the person says of themself; a matter that is taught may be about others.
KEPT_WITH_A_PERSONAL_GROUND = frozenset({"express_distress", "ask_privacy", "request_erasure", "prompt_injection", "ask_competence", "ask_other_people_data", "give_contact"})
ANSWERED_FOR_A_DISABILITY = frozenset({
    PRESCREENING, SITUATION, HYPOTHESIS, OUT_OF_SCOPE, "ask_prerequisites", "ask_guarantee", "ask_selection", "ask_evaluation", "ask_exam_kind", "ask_experience_required",
    "ask_how_to_apply", "ask_remote", "ask_place", "ask_continuing_education", "ask_initial_training", "ask_teachers", "ask_competence", "ask_internship", "insult",
    "ask_discrimination", "ask_certification_prerequisites", "ask_exemption", "ask_other_people_data",
})
# « les conditions pour valider la certification elle-même, et non pour entrer ».
_TO_VALIDATE = re.compile(
    r"\b(?:conditions?|prerequis|exig\w+|faut)\b.*\b(?:valid\w+|certifi\w+|deliv\w+|obten\w+)\b.*\b(?:et non|et pas|non pas|pas|hors|et non pas)\b.{0,25}\b(?:entrer|entree|admission|rentrer)\b"
    r"|\b(?:pas|non)\b.{0,20}\b(?:entrer|entree|rentrer|admission)\b.{0,30}\bmais\b.{0,25}\b(?:valid\w+|certifi\w+|obten\w+)\b"
)


def reconsider(text: str, intent: str, facts: Collection[str]) -> str | None:
    """The intent that the words impose instead of `intent`, None to leave it.

    `facts` names what the message tells of the person: diploma, experience, status.
    """
    folded = fold(text)
    return _about_a_person(text, folded, intent) or _about_the_question(folded, intent, facts) or _about_a_situation(text, folded, intent, facts)


def _about_a_person(text: str, folded: str, intent: str) -> str | None:
    """What somebody is, said in a question of admission."""
    if intent not in KEPT_WITH_A_PERSONAL_GROUND and asks_about_equality(folded):
        return EQUALITY
    if intent in ANSWERED_FOR_A_DISABILITY and asks_with_a_disability(folded) and (is_question(text) or _MAY_I_ENTER.search(folded)):
        return DISABILITY
    return None


def _about_the_question(folded: str, intent: str, facts: Collection[str]) -> str | None:
    """What is asked, whoever asks it."""
    if intent.startswith("ask_") and _TO_VALIDATE.search(folded):
        return "ask_certification_prerequisites"
    if intent.startswith("ask_") and _WRITE_FOR_ME.search(folded):
        return OUT_OF_SCOPE
    if intent in ABOUT_OURS and "diploma" not in facts and _OTHER_DIPLOMA.search(folded):
        return OUT_OF_SCOPE
    if intent == "request_human" and _AM_I_WITH_A_ROBOT.search(folded) and not _WISHES.search(folded):
        return "ask_if_bot"
    if intent in ABROAD_MISREAD and _RECOGNISED_ABROAD.search(folded):
        return "ask_equivalences"  # this diploma elsewhere, not somebody's diploma from elsewhere
    if intent in EXAMINED_MISREAD and _VAE.search(folded) and _WHO_EXAMINES.search(folded):
        return "ask_jury"
    if intent.startswith("ask_") and (_MY_CHANCES.search(folded) or _MAY_I_ENROL.match(folded)):
        return PRESCREENING
    if intent in KIND and _OUT_OF_PATIENCE.search(folded):
        return "insult"
    if intent == "insult" and _WANTS_SOMEBODY.search(folded):
        return "request_human"
    return None


def _about_a_situation(text: str, folded: str, intent: str, facts: Collection[str]) -> str | None:
    """The facts that the message tells, in what looks like a question about the rule."""
    if intent in HIDES_A_SITUATION and "diploma" in facts and not is_question(text) and _TELLS.search(folded):
        return SITUATION  # « elle a le bac et aucune expérience »
    if intent == EQUALITY and "diploma" in facts:
        return PRESCREENING  # « j'ai raté mon bac, on va me refuser ? »: no ground but a diploma
    if intent in ABOUT_THE_RULE and facts and _MAY_I_ENTER.search(folded) and not _RULE.search(folded):
        return PRESCREENING  # « niveau IV, ça passe ? »
    if intent in ABOUT_THE_RULE and _MAY_THEY_ENTER.search(folded):
        return PRESCREENING  # « …, est-ce qu'elle rentre ? »
    if intent == HYPOTHESIS and "diploma" in facts and not _SUPPOSES.search(folded):
        return PRESCREENING if "?" in folded else SITUATION  # « ah et j'ai aussi un DEUG »
    return None
