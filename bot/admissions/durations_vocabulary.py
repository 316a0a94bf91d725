"""The words around a duration that tell what it measures: work, study, age, a pause, an internship; data only."""

from __future__ import annotations

import re

MONTHS = {
    "janvier": 1, "janv": 1, "fevrier": 2, "fev": 2, "fevr": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juil": 7,
    "aout": 8, "septembre": 9, "sept": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
    "la rentree": 9, "rentree": 9, "l'ete": 7, "ete": 7, "printemps": 4,
    "l'automne": 10, "automne": 10, "l'hiver": 1, "hiver": 1, "debut": 1, "fin": 12, "mi": 7,
}
UNIT_MONTHS = {
    "an": 12.0, "annee": 12.0, "mois": 1.0, "semaine": 12 / 52, "sem": 12 / 52, "trimestre": 3.0, "semestre": 6.0, "pige": 12.0, "decennie": 120.0,
}

# Paid work, or a place or a trade where one works: enough, beside a duration, when experience was not asked for.
WORK = re.compile(
    r"\b(?:experience\w*|travail\w*|boss\w+|boulot\w*|taf\w*|job\w*|postes?|emplois?|employ\w+|embauch\w+|recrut\w+|cdi|cdd|"
    r"interim\w*|carriere|"
    r"metier|profession\w*|activite|salari\w+|anciennete|"
    r"mairie\w*|commune\w*|communaute|collectivite\w*|entreprise\w*|boite\w*|societe|pme|prive|public\w*|secreta\w+|compta\w*|"
    r"caiss\w+|vend\w+|"
    r"vente|magasin\w*|commerce\w*|ouvri\w+|usine|assistant\w*|agent\w*|"
    r"restaurati\w+|restaurant|salons?|serv\w+|cuisin\w+|chantier\w*|btp|batiment|bureau\w*|administrat\w+|accueil|standard\w*|"
    r"hopital|clinique|ehpad|ecole|"
    r"college|lycee|creche|garage|banque|assurance\w*|"
    r"notaire\w*|cabinet\w*|prefecture|departement|ccas|epci|intercommunalite|service\w*|gendarm\w+|armee|militaire|police|"
    r"pompier|chauffeur\w*|"
    r"conduct\w+|livr\w+|transport\w*|logistique|manutention\w*|"
    r"menage\w*|aide\w*|soign\w+|infirmi\w+|animat\w+|educat\w+|enseign\w+|prof\w*|formateur\w*|technic\w+|charg\w+ de|"
    r"responsable|directrice|"
    r"directeur|direction|dgs|gestion\w*|coiff\w+|esthetic\w+|boulang\w+|"
    r"patissi\w+|clerc|greffi\w+|cariste|soudeu\w+|gardien\w*|routier\w*|boucher\w*|guichet\w*|opticien\w*|veilleu\w+|monit\w+|"
    r"archiviste|graphiste|"
    r"journaliste|"
    r"brancardi\w+|laborantin\w*|fleuriste|peintre|carreleu\w+|couvreu\w+|macon\w*|electric\w+|plomb\w+|menuisi\w+|mecanic\w+|"
    r"agricol\w+|agricult\w+|"
    r"ferme|exploitation|jardin\w*|espaces verts|nettoyage|"
    r"hotel\w*|tourisme|telecons\w+|conseill\w+|commercial\w*|"
    r"saison\w*|alternan\w+|apprenti\w*|contrat\w*|titulaire|contractuel\w*|vacat\w+|fonction\w*|remplacement\w*|mission\w*|rh\b|"
    r"paie|intendan\w+|"
    r"atsem|aesh|aed|avs|assistance|hotesse|carrefour|leclerc|auchan|la poste|sncf|edf|mcdo\w*|macdo|amazon|"
    r"com ?com|agglo\w*|ressources humaines|etat[- ]civil|urbanisme|cantine|periscolaire|facteur|factrice|mon compte|"
    r"auto-entrep\w+|independant\w*|"
    r"gerant\w*|"
    r"artisan\w*|poste occupe|mi-temps|temps partiel|temps plein|plein temps)\b"
)
# Never counted, whatever stands beside.
STUDY_AFTER = re.compile(
    r"^ ?(?:de |d'|en |a la |a l'|a |au |apres |post[- ]|pour )?(?:mes |l'|la |le |un |une )?(?:fac(?:ulte)?\b|etudes?\b|licence|"
    r"droit\b(?! prive)|"
    r"master\b|bts\b|dut\b|but\b|cap\b|bep\b|formation\b|prepa\b|cursus|scolarite|medecine\b|universite|iut\b|ecole d|"
    r"bac\b|deug\b|cours\b|valide\w*|preparation|recherches?\b|these|doctorat|histoire\b|psycho\w*|socio\w*|staps|philo\w*|aes\b|"
    r"lea\b|sciences|"
    r"biologie|lettres\b|anglais|langues|l'obtention|"
    r"apprentissage de)|^ ?(?:de |d')(?:lycee|college|ecole)\b"
)
AT_SCHOOL_AS_STAFF = re.compile(r"\b(?:comme|en tant que|au secretariat|a l'accueil|secretaire|surveillant\w*|aesh|prof\w*|"
    r"enseign\w+|intendan\w+|"
    r"agent\w*|cantine|atsem|animat\w+|travail\w*|boss\w+|alternance|apprentissage|assistante?|gestionnaire)\b")
PAUSE = re.compile(
    r"\b(?:arrets?\b|pauses?|interruptions?|coupures?|chomages?|chom\w+|sans emploi|sans travail\w*|sans activite|"
    r"sans rien faire|sans bosser|"
    r"recherches? d'emploi|en recherche|foyer|conge\w*|parental\w*|inscrit\w* (?:a|au|chez)|france travail|pole emploi|anpe|"
    r"l'are|assedic|"
    r"allocations?|indemni\w+|vecu\b|sejour\w*|"
    r"disponibilite|dispo\b|mariage|maladie|elev\w+ (?:mes|mon|les|ma|nos)|retraite\w*|pension\w*|invalidite|sans diplome|rsa\b|"
    r"inactivite|"
    r"licenciee?\b|plus d(?:e |')(?:poste|contrat|travail|boulot|taf|emploi)|cherche\b|habite\w*|vis\b|marie\w*|divorc\w+|veuve?|"
    r"en couple|"
    r"(?:travaille|bosse|exerce) (?:pas|plus)|(?:pas|plus|jamais|rien) (?:re)?(?:travaille|bosse|exerce)\b|mere de|maman de|"
    r"pere de|"
    r"demandeu\w+|indemnis\w+|arrivee? en france|en france depuis|suis en france|de permis|permis de conduire|prison|detention|"
    r"annee sabbatique|"
    r"voyage\w*|reflexion)\b"
)
STUDYING = re.compile(r"\b(?:etudiante?|en fac|a la fac|inscrite? en|en licence|en bts|en formation|lyceen\w*|suis en (?:licence|"
    r"bts|master|but)|"
    r"etudes)\b")
AGE_AFTER = re.compile(r"^ ?(?:ans?)?(?:$| ?[,.;!?)]| (?:et (?:je|j'|mere|pere|maman|suis)|mere|maman|pere|passes?|revolus|"
    r"bientot|cette annee|"
    r"demain|dans (?:un|\d) mois|deja|marie\w*|celibataire|tout juste|est[- ]ce|c'est|trop|je|j'|avec|mais|sans|alors|donc|"
    r"titulaire|bac|bts|cap))")
AGE_BEFORE = re.compile(
    r"(?:\b(?:age|agee|ages|agees) (?:de |d')?(?:\S+ )?|\b(?:fille|fils|enfants?|bebe|garcon|petit\w*|femme|homme|maman|mere|"
    r"pere|papa|dame|monsieur|"
    r"personne|jeune|"
    r"jumeaux|grands?|ado\w*)(?: \w+)? (?:de |d'|ages de |a |qui a |, ?)|\b(?:(?<!y )a|a l'age de|des|vers mes|mes|a mes|"
    r"fete\w* mes|vers|"
    r"depuis mes|depuis l'age de|a plus de|a pres de|a bientot|passe les|passe la) )$"
)
HAVE_AGE = re.compile(r"\b(?:j'ai|j'aurai|j'avais|(?:vais|va) (?:avoir|sur mes|feter mes)|viens? d'avoir|ayant|elle a|il a|"
    r"fille a|fils a|femme a|"
    r"mari a|qui a|on a|j'approche de|j'ai deja|j'ai bientot|"
    r"j'ai presque|moi)(?: (?:deja|bientot|presque|maintenant|environ|aujourd'hui|plus de))? ?$")
COUNTABLE_AFTER = re.compile(r"^ ?(?:scolaires? |completes? |entieres? |pleines? |consecuti\w+ |de suite |d'affilee |environ |"
    r"a peu pres |"
    r"je (?:crois|pense|dirais) |facile )?(?:de |d'|dans |en tant|comme |chez |a mon actif|derriere moi|derriere|au |aux |en |"
    r"a la |a l'|sur |"
    r"a temps|a mi|a plein|que je (?:bosse|travaille|suis)|pro\b|xp\b|exp)")
FUTURE_BEFORE = re.compile(r"\b(?:dans|d'ici|en|(?<!pas )encore|il (?:me )?reste\w*|reste\w*|tous les|toutes les|chaque|jusqu'a|"
    r"jusqu'en|pour|"
    r"manque\w*|pendant encore|sous|d'ici a|les prochain\w*)(?: (?:les|moins de|plus de|environ|a peu pres|moi|au moins|"
    r"que))? ?$")
AGO_ONLY = re.compile(r"\b(?:il y a|y a|ya)(?: (?:plus de|environ|bien|deja|a peu pres|presque|au moins|maintenant))? ?$")
SINCE_WORKING_AFTER = re.compile(r"^ ?(?:que |k |qu')?(?:maintenant |deja )?(?:que |qu'|k )?(?:j'y |j'|je |elle |il )(?:travaill|"
    r"boss|suis|exerce|"
    r"occupe|fais|gere|est |y suis|taf|assure|assume|tiens|bosse)")
RULE_BEFORE = re.compile(r"\b(?:les|vos|ces|des|aux|requiert|demandez|exige\w*|demande\w*|faut|fallait|minimum(?: de)?|"
    r"condition\w*(?: des?)?)(?: fameux)? ?$")
RULE_AFTER = re.compile(r"^ ?(?:d'exp\w* )?(?:professionnelle )?(?:demand|exig|requis|obligatoir|minimum (?:requis|demand)|"
    r"necessaire|imposes)")
HOBBY_AFTER = re.compile(r"^ ?(?:de |d'|du )?(?:vie |)?(?:mariage|danse|foot\w*|piano|sport|musique|rugby|judo|vie commune|"
    r"galere|bonheur|conduite|"
    r"permis|hand\w*|tennis|theatre|guitare|solfege|relation)\b")
# Remembered but not counted.
UNCOUNTED = (
    ("mandat", re.compile(r"\b(?:mandats?|"
        r"(?<!les )(?<!des )(?<!d')(?<!aux )(?<!nos )(?<!pour un )(?<!chez un )(?<!avec un )(?<!pour une )(?<!avec une )elue?s?|"
        r"conseill\w+ (?:municipal\w*|departemental\w*|regional\w*|communautaire)|"
        r"(?<!du )(?<!de )(?<!au )(?<!le )(?<!la )(?<!de la )(?:maire|mairesse)\b|adjointe? (?:au|du) maire|(?:premiere?|1ere?|"
        r"deuxieme|"
        r"2e) adjointe?)\b")),
    ("stage", re.compile(r"\b(?:stages?|(?<!des )(?<!les )(?<!de )stagiaires?(?! de la fonction)|pfmp|"
        r"periode\w* en entreprise)\b")),
    ("service civique", re.compile(r"\bservices? (?:civique|militaire|national)\b|\bsnu\b|\bmilitaire du rang appele|"
        r"\bmon armee\b")),
    ("bénévolat", re.compile(r"\b(?:(?<!des )(?<!les )benev\w+(?<!de benevoles)|pompiers? volontaires?|volontariat|volontaire\b|"
        r"reserviste|"
        r"(?:president\w*|tresori\w+|secretaire|"
        r"membre|dans le bureau|au bureau|responsable|engage\w*) (?:d'|de l'|de mon |dans une |d'une |de notre )(?:association|"
        r"asso|club|amicale|"
        r"comite)\w*|associatif|associative|(?:milieu|monde) associatif|au pair)\b")),
)
PAID_IN_ASSOCIATION = re.compile(r"\b(?:salari\w+|cdi|cdd|employe\w*|poste|paye\w*|remunere\w*|contrat)\b")
