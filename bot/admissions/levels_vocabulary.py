"""The names of French diplomas and their level in the 2019 nomenclature; data only.

Source of the levels: décret n° 2019-14 du 8 janvier 2019; older diplomas by the nomenclature of 1969 (V = 3 … I = 7, 8).
Order matters: the first pattern that matches a place in the text wins, so that « licence pro » stands before « licence ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.admissions.titles_vocabulary import TITLE_PATTERN


@dataclass(frozen=True)
class DiplomaName:
    """One name: a pattern over readable text (`bot.admissions.spelling`), its level, and what it supposes.

    `level` None means that the name alone tells no level. `before` is the level of the diploma that its
    students hold already: what counts when it was failed, left or is being prepared. `kind` names the
    family whose years of study are read (« licence 2 »). `protected` diplomas are also jobs that nobody
    may do without them, so that « je suis infirmière » states the diploma.
    """

    pattern: str
    level: int | None
    label: str
    before: int = 0
    kind: str = ""


_DE = r"(?:diplome d'etat |de |d'etat )?(?:d'|de |des )?"
_I_AM = r"(?:je suis (?:une? )?|elle est |il est |diplome d'etat (?:d'|de )?|diplome d'|diplomee? d'etat |de d'|^)"

NAMES: tuple[DiplomaName, ...] = (
    # Names that contain another name come first.
    DiplomaName(r"bac (?:de francais|blanc|a sable|a fleurs|a graisse)", None, "", kind="noise"),
    DiplomaName(r"brevet (?:de )?(?:secouris\w*|pilote|natation|surveillant\w*|nageur\w*|d'invention)", None, "", kind="noise"),
    DiplomaName(r"(?:titre|certification|diplome)s? (?:pro\w*|afpa|rncp|du ministere)(?: [a-z'-]+){0,6}? (?:de )?niveau (?=(?:iv|"
        r"iii|ii|i|v|"
        r"[1-8])\b)", None, "titre professionnel", kind="title"),
    DiplomaName(r"(?:titre|certification|qualification) (?:de |du )?niveau (?=(?:iv|iii|ii|i|v|"
        r"[1-8])\b)", None, "titre", kind="title"),
    DiplomaName(r"(?:rncp|enregistre\w*)(?: de)? niveau (?=(?:iv|iii|ii|i|v|"
        r"[1-8])\b)", None, "titre inscrit au RNCP", kind="title"),
    DiplomaName(r"afpa (?:de )?niveau (?=(?:iv|iii|ii|i|v|[1-8])\b)", None, "titre professionnel", kind="title"),
    DiplomaName(r"cqp(?: [a-z'-]+){0,5}? niveau (?=(?:iv|iii|ii|i|v|[1-8])\b)", None, "CQP", kind="title"),
    DiplomaName(TITLE_PATTERN, None, "titre professionnel", kind="named_title"),
    DiplomaName(r"bac ?(?:\+|plus ) ?(?=[1-8]\b(?! ?(?:ans?|annees|mois)\b))", None, "", kind="bac_plus"),
    # Level 8
    DiplomaName(r"doctorats?|these (?:de|en) \w+|these(?= soutenue| obtenue|$| ?[,.(])|docteure? (?:en|es) \w+|hdr|"
        r"habilitation a diriger", 8, "doctorat", 7),
    DiplomaName(_I_AM + r"(?:medecin|pharmacien(?:ne)?|chirurgien\w*|veterinaire)\b", 8, "doctorat", 4),
    # Foreign or without a level of its own, before the French names that they contain
    DiplomaName(r"(?:executive )?mba|executive master|mba", None, "MBA", 6),
    DiplomaName(r"mast(?:e|è)re(?: specialise)?|mastere", None, "mastère", 6),
    DiplomaName(r"(?:bachelor|but) universitaire de technologie", 6, "BUT", 4, "but"),
    # Level 7
    DiplomaName(r"ecole d'ingenieure?s?|diplome d'ingenieure?|ingenieure? diplomee?|titre d'ingenieure?|ingenieure? (?:agronome|"
        r"en agro\w*|insa|"
        r"centrale|des mines|ensam|ensi\w*|de l'ecole)", 7, "diplôme d'ingénieur", 4),
    DiplomaName(r"m ?2\b|master (?:2|ii)\b|master2", 7, "master", 6, "master"),
    DiplomaName(r"m ?1\b(?! ?[+])|master (?:1|i)\b(?: meef)?|master1", 6, "master 1", 6, "master1"),
    DiplomaName(r"masters? (?:pro\w*|recherche|meef)|masters?(?! ?class)", 7, "master", 6, "master"),
    DiplomaName(r"dess|dea\b|desu\b|diplomes? d'etudes superieures specialisees?|diplomes? d'etudes approfondies", 7, "DESS", 6),
    DiplomaName(r"des-diplome|diplome d'etudes superieures(?: (?:en|de) \w+)?", 7, "DES", 6),
    DiplomaName(r"magistere", 7, "magistère", 6),
    DiplomaName(r"ecoles? (?:superieure )?de (?:commerce|management)|hec\b|essec|escp|edhec|diplome visa|"
        r"pge\b", None, "école de commerce", 4, "school"),
    DiplomaName(r"sciences[- ]po\b|\biep\b|institut d'etudes politiques", 7, "diplôme d'IEP", 4),
    DiplomaName(r"normale sup\w*|\bens\b", 7, "diplôme de l'ENS", 6),
    DiplomaName(r"dscg|descf|expert[- ]comptable diplome|\bdec\b d'expertise|diplome d'expertise comptable|"
        r"diplome superieur de comptabilite", 7, "DSCG", 6),
    DiplomaName(r"dnsep|dsaa|\bcapa avocat|crfpa|capes|capet|agregation|architecte dplg|diplome d'architecte|\bdplg\b|"
        r"hmonp", 7, "diplôme de niveau 7", 6),
    DiplomaName(_I_AM + r"(?:avocate?|notaire|magistrate?|sage[- ]femme)\b", 7, "diplôme de niveau 7", 4),
    DiplomaName(r"cafdes|\bdeis\b", 7, "diplôme de niveau 7", 6),
    # Level 6
    DiplomaName(r"licences? pro\w*|\blp\b(?= (?:metiers|gestion|rh|mac|"
        r"collectivites))", 6, "licence professionnelle", 5, "licence_pro"),
    DiplomaName(r"(?<!agent de )(?<!agente de )(?<!agents de )(?<!cadre de )maitrises?\b(?! (?:d'ouvrage|d'oeuvre|des|du|"
        r"de soi))", 6, "maîtrise", 6, "maitrise"),
    DiplomaName(r"\bl ?([123])\b(?! ?[+])", 6, "licence", 4, "licence"),
    DiplomaName(r"bachelor (?:grade|rncp|diplome de grade)[^,;.]{0,30}?(?:licence|niveau 6)|"
        r"bachelor[^,;.]{0,30}?(?:grade (?:de )?licence|"
        r"niveau 6)", 6, "bachelor (grade de licence)", 4),
    DiplomaName(r"bachelors? (?:of|degree|in)\b|bachelor's", None, "bachelor", kind="foreign"),
    DiplomaName(r"bachelors?", None, "bachelor", 4),
    DiplomaName(r"but-diplome|\bbut ?[123]\b|\bbut (?=(?:gea|gaco|tc|mmi|info\w*|mp|qlio|carrieres?|gestion|techniques?|metiers|"
        r"genie|cs|cj|"
        r"juridique|pec|geii|gmp|hse|gccd|stid|sd|mt2e|packaging)\b)"
                r"|(?<=un )but(?= (?:en|a|obtenu|valide|en cours|d'|de |carrieres)| ?$| ?[,;.])|(?<=d'un )but\b|"
                r"(?<=mon )but(?= (?:gea|"
                r"en alternance|a l'iut|obtenu|en (?:1|2|3|prem|deux|trois|der)))|(?:(?<=abandonne mon )|(?<=arrete mon )|"
                r"(?<=rate mon )|"
                r"(?<=loupe mon )|"
                r"(?<=foire mon )|(?<=plante mon )|(?<=stoppe mon )|(?<=lache mon )|(?<=valide mon )|(?<=obtenu mon )|"
                r"(?<=termine mon )|"
                r"(?<=eu mon ))but\b|(?<=en )but\b|(?<=de )but ?$", 6, "BUT", 4, "but"),
    DiplomaName(r"licences?\b(?! (?:(?:iii|iv)\b|de (?:taxi|transport|debit|chasse|pilote)|4 (?:debit|restaurant)|federale|"
        r"de foot\w*|"
        r"sportive))", 6, "licence", 4, "licence"),
    DiplomaName(r"\bdcg\b|\bdecf\b", 6, "DCG", 4),
    DiplomaName(r"\biup\b|\bmst\b|\bmiage\b", 6, "maîtrise", 4),
    DiplomaName(r"caferuis|desjeps|\bdecesf\b|\bcesf\b|dnmade|\bdnap\b|\bdnat\b|\bdna\b|"
        r"cadre de sante", 6, "diplôme de niveau 6", 5),
    DiplomaName(_DE + r"(?:educat(?:eur|rice)s? (?:specialisee?s?|de jeunes enfants|technique specialisee?)|"
        r"assistante?s? (?:sociale?|"
        r"de service social))\b|\bdeass\b|\bdeeje\b|\bdeets\b|\beje\b", 6, "diplôme d'État du travail social", 4, "social"),
    DiplomaName(r"(?:" + _I_AM + r"|diplome d'|etudes d'|ecole d'|formation d'|^infirmiere? de\b)infirmiere?\b|infirmiere? (?:de|"
        r"d'etat|"
        r"diplomee?(?: d'etat)?|liberale?|ide)\b|\bide\b|\bifsi\b|soins infirmiers", 6, "diplôme d'État d'infirmier", 4, "nurse"),
    DiplomaName(_I_AM + r"(?:kine\w*|ergotherapeute|psychomotricien(?:ne)?|orthophoniste|orthoptiste|podologue|"
        r"manipulat\w+ radio|"
        r"puericultrice)\b", 6, "diplôme d'État de santé", 4),
    # Level 5
    DiplomaName(r"bts ?a\b|btsa|bts ?m\b|bts|brevet de technicien superieur(?: agricole)?", 5, "BTS", 4, "short"),
    DiplomaName(r"dut\b|diplome universitaire de technologie|(?<=diplomee d'un )iut\b|(?<=diplome d'un )iut\b|"
        r"(?<=ai fait un )iut\b", 5, "DUT", 4, "short"),
    DiplomaName(r"\bdeug\b|\bdeust\b|\bduel\b|\bdues\b(?= |$)|diplome d'etudes universitaires (?:generales|"
        r"scientifiques)\w*", 5, "DEUG", 4, "short"),
    DiplomaName(r"dejeps|\bdefa\b|\bdma\b|\bdpecf\b|\bbees ?2|brevet de maitrise|\bbm (?=[a-z])|"
        r"\bdut\b", 5, "diplôme de niveau 5", 4),
    DiplomaName(r"\b(?:120|180) ?(?:ects|credits?(?: ects)?)", 6, "120 crédits ECTS", 4, "ects"),
    DiplomaName(r"\b(?:30|60|90) ?(?:ects|credits?(?: ects)?)", 4, "bac", 4, "credits"),
    # Level 4
    DiplomaName(r"daeu|diplome d'acces aux etudes universitaires|eseu|capacite (?:en|de) droit|"
        r"examen special d'entree", 4, "DAEU", 0),
    DiplomaName(r"brevet superieur d'enseignement\w*(?: commercial| industriel)?|"
        r"\bbsec\b", 4, "brevet supérieur d'enseignement", 0),
    DiplomaName(r"brevet superieur\b|\bdest\b|diplome d'etudes superieures techniques", None, "diplôme ancien", 0),
    DiplomaName(r"brevet d'enseignement (?:commercial|industriel|social)|\bbe[ci]\b(?= \w)", 3, "brevet d'enseignement", 0),
    DiplomaName(r"brevet pro\w*|\bbp (?!jeps)(?=[a-z])|\bbp\b(?! ?\d)", 4, "BP", 3),
    DiplomaName(r"brevet (?:de|du) technicien|brevet des metiers d'art|\bbt\b|\bbta\b|\bbtn\b|\bbma\b|beatep|bp ?jeps|bees\b|"
        r"brevet d'etat d'educateur\w*", 4, "diplôme de niveau 4", 0),
    DiplomaName(r"\btisf\b|moniteur[- ]educateur|monitrice[- ]educatrice|\bdeme\b", 4, "diplôme d'État de niveau 4", 0),
    DiplomaName(r"as-diplome|aides?[- ]soignante?s?|\bdeas\b|auxiliaires? de puericulture|"
        r"\bdeap\b", 4, "diplôme d'État d'aide-soignant", 0, "carer"),
    DiplomaName(r"bachelier en|un bachelier|graduat\b", None, "bachelier", kind="foreign"),
    DiplomaName(r"bacheliere?s?", 4, "bac", 0),
    DiplomaName(r"bac (?:pro\w*)", 4, "bac professionnel", 0, "bac"),
    DiplomaName(r"bac g\b(?! ?[1-9])", 4, "bac", 0, "bac"),  # the old series G, or « général » shortened
    DiplomaName(r"bac (?:techno\w*|stmg|st2s|sti2d|sti|stg|stt|sms|stl|stav|stae|sthr|std2a|"
        r"[fgh] ?[1-9]{0,2}\b)", 4, "bac technologique", 0, "bac"),
    DiplomaName(r"bac (?:general|generale|litteraire|scientifique|economique|ses|es|[sl]\b|"
        r"[a-e] ?[1-9]?\b(?!'))", 4, "bac général", 0, "bac"),
    DiplomaName(r"(?<!post )(?<!post-)bac\b", 4, "bac", 0, "bac"),
    DiplomaName(r"terminales?\b", 4, "bac", 0, "final_year"),
    # Level 3
    DiplomaName(r"caps?\b(?! (?:vert|ferret|sur|emploi|horn|breton|de bonne))|\bcapa\b|cap[- ]?aepe|"
        r"certificats? d'aptitude pro\w*|"
        r"petite enfance", 3, "CAP", 0, "cap"),
    DiplomaName(r"bepa?\b|brevets? d'etudes pro\w*", 3, "BEP", 0),
    DiplomaName(r"\batsem\b", 3, "CAP petite enfance", 0, "job"),
    DiplomaName(r"\bdeaes\b|\baes diplomee?s?|(?<=diplome d\')aes\b|(?<=etat d\')aes\b|\bdeavs\b|\bcafad\b|\bdeamp\b|\bbapaat\b|"
        r"\bcpjeps\b|\bbpa\b|"
        r"\bccpm\b|auxiliaire de vie\w* (?:sociale )?diplom\w*", 3, "diplôme de niveau 3", 0),
    # Level 0
    DiplomaName(r"brevet des colleges|brevet elementaire|diplome national du brevet|\bdnb\b|\bbepc\b|"
        r"brevets?\b", 0, "brevet", 0, "brevet"),
    DiplomaName(r"certificat d'etudes(?: primaires)?|certif d'etudes|\bcertif\b|\bcep\b|certificat de formation generale|"
        r"\bcfg\b", 0, "certificat d'études", 0),
    DiplomaName(r"\bbafa\b|\bbafd\b|\bcqp\b|\bsst\b|\bcaces\b|\bcleA\b|\bcompetences cles\b|"
        r"certificat de qualification pro\w*", 0, "certificat sans niveau", 0, "certificate"),
    # Level that cannot be told
    DiplomaName(r"titres? pro\w*|titre (?:de l')?afpa|afpa|diplome (?:de l')?afpa|titre rncp|titre homologue|"
        r"diplome maison", None, "titre professionnel", 0),
    DiplomaName(r"mentions? complementaires?|\bmc (?=[a-z]{4})|\bfcil\b|"
        r"formation complementaire d'initiative locale", None, "mention complémentaire", 0),
    DiplomaName(r"certificats? (?:de competences?|du cnam|de specialisation|d'universite)(?: [a-z]+){0,3}?|"
        r"cnam\b", None, "certificat", 0),
    DiplomaName(r"\bbstat\b|\bbsat\b|\bbs armee|(?:brevet|certificat|diplome) militaire|certificat d'aptitude (?:militaire|"
        r"technique)\w*|"
        r"\bct[12]\b", None, "diplôme militaire", 0),
    DiplomaName(r"deesma|deeass|\bdees\b|dees(?:[ -]?(?:marketing|rh|banque|webmaster|assistanat))|"
        r"diplome europeen", None, "diplôme européen privé", 0),
    DiplomaName(r"du-diplome|diplomes? d'universite|diplomes? universitaires?(?! de)|(?:(?<=un )|(?<=mon ))du (?=(?:en|de|d'|"
        r"a)\b)|"
        r"diplome inter-?universitaire", None, "diplôme d'université", 0),
    DiplomaName(r"diplomes? prives?|titre prive|diplome non reconnu|certification", None, "diplôme", 0, "generic"),
    # Studies without a diploma's name
    DiplomaName(r"prepa hec|classes? prepa\w*|\bcpge\b|prepa\b|khagne|hypokhagne|math ?s?up|"
        r"math ?spe", None, "classe préparatoire", 4, "prepa"),
    DiplomaName(r"pre?medecine|medecine\b(?! (?:du travail|scolaire|generale|preventive|douce))|\bpaces\b|\bpass\b(?= |"
        r"$)(?! culture)|\blas\b|"
        r"(?:(?<=\b[1-3] ans de )|(?<=\b[1-3] annees de )|(?<=\b[1-3] ans d')|(?<=\b[1-3] annees d')|(?<=\bannee de )|"
        r"(?<=\bannee d'))(?:droit|"
        r"psycho\w*|socio\w*|lettres|staps|philo\w*|histoire|sciences|"
        r"biologie|anglais|espagnol|aes|lea|eco\w*)\b|fac(?:ulte)?(?= (?:de|d'|en)\b|\b)|universite|deuxieme cycle|"
        r"premier cycle universitaire|"
        r"etudes superieures|etudes de droit|iut\b|"
        r"(?:cursus|parcours) universitaire", None, "études supérieures", 4, "faculty"),
    DiplomaName(r"diplomes?", None, "diplôme", 0, "generic"),
)

# Names of diplomas that only other countries deliver.
FOREIGN_NAMES = (
    r"licenciatura|bachillerato|abitur|a[- ]levels?|gcses?|high[- ]school|laurea|maturita|matura\b|maturite (?:suisse|federale|"
    r"gymnasiale|cantonale|"
    r"professionnelle)|"
    r"\bcess\b|\bcegep\b|tawjihi|waec|wassce|\bhnd\b|associate degree|college degree|university degree|"
    r"master of \w+|master'?s degree|masters degree|\bmsc\b|\bbsc\b|\bphd\b|fachhochschul\w*|staatsexamen|ausbildung|"
    r"formacion profesional|\bgrado\b|\bcfc\b|brevet federal|\bbtec\b|\bgpa\b|hogeschool|\bhbo\b|licencjat|magister\b|"
    r"baccalaureat universitaire|\bdiploma\b|undergraduate|degree|\bged\b|licenta\b|universitatea|universidad|universita\b|"
    r"universitat\b|university|"
    r"bachiller\b"
)

ROMAN_LEVELS = {"v": 3, "iv": 4, "iii": 5, "ii": 6, "i": 7, "vi": 0}
LEVEL_LABELS = {
    0: "sans diplôme ou brevet", 3: "CAP ou BEP", 4: "bac", 5: "BTS, DUT ou autre bac+2",
    6: "licence ou autre bac+3 ou bac+4", 7: "master ou autre bac+5", 8: "doctorat",
}
# « bac+N » as a diploma that the person claims to hold: bac+1 gives none beyond the bac.
BAC_PLUS_LEVELS = {1: 4, 2: 5, 3: 6, 4: 6, 5: 7, 6: 7, 7: 7, 8: 8}

# Names written in capitals as they stand, when the family's label would name another diploma.
_ACRONYMS = frozenset((
    "deust", "deug", "duel", "dues", "dea", "dess", "desu", "decf", "descf", "dpecf", "dcg", "dscg", "daeu", "eseu", "bepc", "dnb", "bepa", "btsa", "capa", "capes", "capet",
    "crfpa", "hmonp", "dnsep", "dsaa", "cafdes", "deis", "caferuis", "desjeps", "decesf", "cesf", "dnmade", "dnap", "dnat", "dna", "dejeps", "defa", "dma", "beatep", "bpjeps",
    "tisf", "deme", "deaes", "deavs", "cafad", "deamp", "bapaat", "cpjeps", "bpa", "bt", "bta", "btn", "bma", "bafa", "bafd", "caces", "iup", "mst", "miage",
))
_WRITTEN_OUT = (
    ("capacite", "capacité en droit"), ("agregation", "agrégation"), ("moni", "diplôme d'État de moniteur-éducateur"), ("educat", "diplôme d'État d'éducateur spécialisé"), ("jeunes enfants", "diplôme d'État d'éducateur de jeunes enfants"),
    ("assistante? ?(?:sociale?|de service)", "diplôme d'État d'assistant de service social"), ("deass", "diplôme d'État d'assistant de service social"),
    ("brevet de technicien$", "brevet de technicien"),
)


def own_label(words: str) -> str | None:
    """The usual writing of a diploma whose family bears another name (« deust » is no DEUG); None when the family's label fits."""
    compact = words.strip().replace("bp jeps", "bpjeps").replace("bts a", "btsa")
    if compact in _ACRONYMS:
        return compact.upper()
    return next((label for part, label in _OWN_WRITING if part.search(compact)), None)


_OWN_WRITING = tuple((re.compile(part), label) for part, label in _WRITTEN_OUT)
