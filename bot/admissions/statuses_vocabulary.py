"""How people say where they stand at work; data only.

Patterns run over one clause of readable text. `EXPLICIT` says it outright; `IMPLIED` is a trade or a place of work told
in the present tense, which counts when nothing explicit was said.
"""

from __future__ import annotations

import re

from bot.admissions.facts import Status

_TRADES = (
    r"(?:secretaire\w*|vend\w+|caissi\w+|comptables?|assistant\w*|aides?[- ]soign\w+|infirmi\w+|atsem|agente?s?|ouvri\w+|conduct\w+|chauffeu\w+|"
    r"gestionnaires?|animat\w+|professeu\w+|profs?|"
    r"garde[- ]champetres?|enseignante?s?|serveu\w+|cuisini\w+|technicien\w*|conseill\w+ (?!municip|depart|region|commun)|charge\w* (?:d|de)|"
    r"responsable|direct\w+ (?:d|"
    r"de|des|general)|employe\w*|educat\w+|hotesse|magasini\w+|polici\w+|gendarme|militaire|facteu\w+|factrice|redact\w+|attache\w*|"
    r"aesh|aed|dgs|standardiste|instituteur|institutrice|aide a domicile|auxiliaire|receptionniste|bibliothecaire|jardini\w+|macon|"
    r"prepar\w+ de commandes|manutentionnaire|teleconseill\w+|ambulanci\w+|pompi\w+ (?:pro\w*)?|ingenieur\w*|cadre|"
    r"manager|femme de menage|agent d'entretien|operat\w+|adjointe? (?:administratif|administrative|technique|d'animation|du patrimoine)|"
    r"coordinat\w+|juriste|surveillante?|maitre d'hotel|patissi\w+|boulang\w+|coiffeu\w+|clerc|greffi\w+|cariste|soudeu\w+|gardien\w*|routier\w*|"
    r"boucher\w*|guichetier\w*|opticien\w*|veilleu\w+|monit\w+|"
    r"archiviste|graphiste|journaliste|brancardi\w+|laborantin\w*|fleuriste|peintre|carreleu\w+|couvreu\w+|estheticienne|mecanicien\w*|"
    r"electricien\w*)"
)

EXPLICIT: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (Status.ELU, re.compile(r"\b(?:elue?s?\b(?! domicile)|conseill\w+ (?:municipal\w*|departemental\w*|regional\w*|communautaire)|adjointe? (?:au|"
        r"du|a la) maire|maire[- ]adjointe?|(?:premiere?|1ere?|1er|deuxieme|2e|second) adjointe?\b(?! (?:admin|tech))|"
                            r"(?<!secretaire de )(?<!de )(?<!du )(?<!le )(?<!la )(?<!au )(?<!mon )(?<!ma )(?<!notre )(?<!un )(?<!d')(?<!secretaire )"
                            r"(?<!general )(?<!en )\b(?:maire|mairesse)\b(?! honoraire))")),
    (Status.DEMANDEUR_EMPLOI, re.compile(
        r"\b(?:chom\w+(?! (?:technique|partiel))|^de$|demandeu\w+ d'emplois?|demandeu\w+|inscrite?s? (?:a|au|chez|comme|a la)\s?(?:france travail|"
        r"france-travail|pole emploi|pole-emploi|anpe|pe|ft|l'anpe|paul emploi|demandeu\w+)|(?:france|pole)[ -](?:travail|emploi)|anpe|assedic|"
        r"(?:touche|percois|beneficie de)\s(?:l'are|les assedic|le chomage|mes droits)|"
        r"l'are\b|are\b(?= (?:jusqu|depuis|en))|allocations? (?:chomage|retour)|indemnisee?|csp\b|contrat de securisation|"
        r"licenciee?s?\b(?! en (?!19|20|janv|fev|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec|debut|fin))|fin de (?:contrat|cdd|droits)|"
        r"contrat (?:termine|fini|pas renouvele|non renouvele)|cdd (?:termine|fini|pas renouvele|non renouvele)|rupture conventionnelle|"
        r"(?:je )?cherche (?:du|un) (?:travail|emploi|boulot|taf|job|poste)|recherche (?:d'emploi|d'un emploi|active|de travail|un emploi|"
        r"du travail)|en recherche|sans emploi(?= (?:et )?inscri)|entre (?:deux|2) (?:emplois|postes|contrats|boulots|jobs|tafs)|perd(?:u|re|"
        r"s) mon (?:emploi|travail|poste|"
        r"boulot|job|taf))\b")),
    (Status.INDEPENDANT, re.compile(
        r"\b(?:auto[- ]entrepren\w+|micro[- ]entrepren\w+|auto[- ]entreprise|micro[- ]entreprise|micro[- ]entrep\w*|autoentrep\w*|"
        r"a mon (?:propre )?compte|a son compte|profession liberale|en liberal|liberale?|independante?s?\b(?! de)|gerante?s?\b(?! d'un projet)|"
        r"artisane?s?|agriculteurs?|agricultrices?|exploitante? agricole|eleveu\w+|commercante?s?|freelance|free-lance|"
        r"chef(?:fe)? d'entreprise|entrepreneu\w+|patron(?:ne)? d|ma (?:propre )?(?:boite|entreprise|societe|boutique)|"
        r"mon (?:propre )?(?:entreprise|commerce|cabinet|salon|restaurant)|travailleu\w+ non salarie\w*|tns|conjointe? collabor\w+|(?:suis|etes|"
        r"est) avocate?)\b")),
    (Status.SALARIE, re.compile(
        r"\b(?:salariee?s?|cdi\b|cdd\b|cdii|interim\w*|apprentie?s?\b(?! conduct)|apprentissage|alternante?s?|(?:suis|est|etre|en contrat d'|bts|"
        r"but|master|licence) (?:en )?alternance|^en alternance|contrat (?:pro\w*|de pro\w*|aide|d'apprentissage|cui|pec)|fonctionnaires?|"
        r"contractuel\w*|vacataires?|titulaire (?:de la (?:fonction|fp)|depuis|dans (?:la|une) (?:fonction|fpt|mairie|commune|collect)|fpt|au grade|"
        r"du grade|a la mairie|categorie|en mairie|territorial\w*)|titularise\w*|(?:suis|est) titulaire$|^titulaire$|(?:paye|remunere)e? par|"
        r"occup(?:ant|e) (?:actuellement )?(?:un|le|mon) (?:poste|emploi)|"
        r"stagiaire de la fonction|agente? (?:titulaire|public|publique|contractuel\w*|territorial\w*|administrat\w+|de mairie|communal\w*|"
        r"d'accueil|technique|de la (?:ville|commune|mairie|fonction)|d'etat civil|municipal\w*|en poste|de catégorie|categorie [abc])|en poste|"
        r"en activite|en emploi|"
        r"adjointe? (?:administratif|administrative|technique|territorial\w*|d'animation)|conge (?:de fin d'activite|parental|maternite|paternite|"
        r"maladie|longue|"
        r"de formation|formation|sabbatique|sans solde)|chomage (?:technique|partiel)|periode d'essai|emplois? (?:aide|d'avenir)|intermittente?|"
        r"saisonni\w+|portage salarial|remplacante?s?|detachee?\b|vacations?|cdise\w*|mon contrat (?:se termine|finit|s'arrete|court)|"
        r"pompi\w+ professionnel\w*|arret (?:longue )?(?:maladie|de travail)|au smic|smicarde?|en dispo\w*|detachement|mise a disposition|"
        r"fonction publique (?:depuis|territoriale depuis)|employee?s? (?:de|a|chez|dans|par|municipal\w*|communal\w*|territorial\w*)|"
        r"j'ai (?:deja )?un (?:petit |bon |autre )?(?:travail|emploi|boulot|job|poste|taf|contrat)\b|mon (?:employeur|patron|chef|poste actuel|"
        r"emploi actuel|travail actuel)|contrat (?:en cours|a duree|saisonnier)|ans d'anciennete|(?:me|m') ?(?:paye|emploie|verse un salaire)|"
        r"mi[- ]temps|temps partiel|(?<!etudes a )(?:temps plein|plein temps)|"
        r"militaire (?:de carriere|en reconversion|d'active|en activite)|(?:toujours|encore) militaire|je fais (?:encore |"
        r"toujours )?des (?:remplacements?|vacations?|missions?|heures|saisons?)|policier municipal|"
        r"je (?:bosse|travaille|taffe|taf)(?! (?:plus|pas|mon|sur|bien|dur|beaucoup|pour passer|benevol|a mon compte|en liberal))|j'y (?:travaille|"
        r"bosse|suis)|(?:elle|il|qui) (?:bosse|travaille)(?! (?:plus|pas|a son compte))|et (?:bosse|travaille)(?= [^,;]*\bdepuis\b)|preavis)")),
    (Status.RETRAITE, re.compile(r"\b(?:(?<!maison de )(?<!maisons de )retraite(?:e?s?)|pre[- ]?retraite\w*|pensionnee?)\b")),
    (Status.ETUDIANT, re.compile(
        r"\b(?:etudiante?s?|etud\b|lyceen(?:ne)?s?|collegien(?:ne)?s?|eleve (?:de|en)|eleve$|(?:suis|est|toujours|encore|actuellement|"
        r"etre) (?:actuellement |encore |toujours |maintenant )?(?:en|a la|au) (?:terminale|premiere|seconde|fac\b|bts|licence|but\b|dut|master|"
        r"l[123]\b|m[12]\b|prepa\b|(?<!est en )cours|etudes|1ere annee|2e annee|3e annee|lycee|ecole)|^(?:au lycee|a la fac)(?! (?:\w+ )*comme)|"
        r"rep(?:ris|rends) (?:mes|les|des) etudes|reprise d'etudes|"
        r"inscrite? en (?:l[123]\b|licence|master|m[12]\b|bts|but\b|fac\b|prepa|(?:1ere|2e|2eme|3e|premiere|deuxieme|troisieme) annee)|"
        r"(?:1ere|2e|2eme|3e|3eme|premiere|deuxieme|troisieme|derniere) annee (?:de|d'|en) (?:bts|licence|but|dut|master|fac|droit|l)|^en terminale|"
        r"^terminale|je fais mes etudes|en (?:cours d')?etudes|scolarisee?|encore a l'ecole|jeune diplomee?|viens d'avoir mon bac|"
        r"je (?:prepare|passe) (?:mon|le|un) (?:bac|bts|but|diplome)(?![^,;]*(?:cned|distance|correspondance|du soir|vae|alternance|"
        r"candidate? libre))|en bts|(?<!ai )(?<!a )(?<!ont )(?<!avoir )(?<!ayant )etudie\b)")),
    (Status.SANS_ACTIVITE, re.compile(
        r"\b(?:(?:mere|pere|maman|papa|femme|homme) au foyer|au foyer|sans (?:activite|emploi|travail|profession|job|boulot|rien$)|inactif|inactive|"
        r"je ne travaille (?:pas|plus)|(?:pas|plus|jamais) (?:re)?(?:travaille|bosse) depuis|je (?:travaille|bosse) (?:pas|plus)|ne travaille (?:pas|"
        r"plus)|ne bosse (?:pas|plus)|au rsa|le rsa|du rsa|rsa|"
        r"aah|invalidite|ne fais rien|je fais rien|fais rien|fait rien|rien en ce moment|(?:pas|plus) d(?:e |')(?:travail|boulot|emploi|job|taf|poste|"
        r"contrat)|plus en poste|sans taf|(?:pas |plus )?inscrite? nulle part|"
        r"sans poste|"
        r"arrete de (?:travailler|bosser)|^pas inscrite?s?|invalides?|pas d'emploi|aidante?(?: familiale?)?|"
        r"m'occupe de (?:mes enfants|ma fille|mon fils|la maison|mes parents|ma mere|mon pere)|eleve mes enfants|annee sabbatique|"
        r"parent au foyer)\b")),
    (Status.AUTRE, re.compile(r"\b(?:suis (?:\w+ )?en formation|(?:suis|fais|actuellement) (?:un |en |mon )?(?:service civique|stage)|"
        r"^(?:en )?service civique$|^autre(?: situation| statut| chose| cas)?$|ni l'un ni l'autre|aucun des (?:deux|trois)|rien de tout ca)\b")),
)

IMPLIED = re.compile(
    rf"(?:\bactuellement (?:une? )?{_TRADES}|\bje suis (?:a l'|au |a la |aux |en )(?:accueil|secretariat|services?|compta\w*|mairie|com ?com|comcom|"
    rf"communaute|prefecture|departement|agglo\w*|"
    rf"tresor\w*|ccas|cantine|ecole|creche|mediatheque|bibliotheque|banque|poste|centre de gestion|ehpad|hopital)\b|\bje suis (?:actuellement |"
    rf"toujours |aussi |deja |une? |maintenant |moi )*{_TRADES}|\b{_TRADES}\b[^,;]{{0,40}}\bdepuis\b|^(?:une? |"
    rf"moi )?{_TRADES}\b|\bje suis (?:\S+ ){{0,3}}chez \w+|\bet {_TRADES} (?:a|dans|chez|en|au|aux)\b|\b(?:elle|il|qui|(?:ma|mon|notre|sa|"
    rf"son) \w+) est (?:une? )?{_TRADES}|\bje fais (?:des|les|du|de la) (?:remplacements?|saisons?|missions?|menages?|mises? en rayon|compta\w*|"
    rf"secretariat)|"
    rf"\b(?:a|dans|chez|en) (?:la |une |l'|un |le )?(?:mairie|commune|collectivite|communaute de communes|ccas|departement|prefecture|entreprise|"
    rf"boite)\b[^,;]{{0,30}}\bdepuis\b|\bdepuis\b[^,;]{{0,30}}\b(?:dans|a|en|chez) (?:la |une |l'|un |le |ma )?(?:mairie|commune|meme (?:boite|"
    rf"entreprise)|collectivite|communaute de communes|ccas|prive|public|hopital|ehpad|lycee|college|banque)"
    rf"|\bj'(?:occupe|exerce)\b|\bje (?:gere|tiens|m'occupe de) (?:la|l'|le) (?:mairie|accueil|secretariat|compta|etat civil|paie))"
)
PAST = re.compile(r"\b(?:j'etais|j'avais|j'ai ete|etais|etait|ai ete|a ete|ancien(?:ne)?s?|ancienne?ment|ex\b|ex-|avant|auparavant|jadis|autrefois|"
    r"j'ai fait|j'ai travaille|j'ai bosse|j'ai eu|j'ai exerce|j'ai occupe|parti\w* en|dans le passe|pendant (?:mes|\d+)|apres avoir|apres (?:\d+|des|"
    r"une?|mes)|"
    r"experience\w* (?:en|de|comme|dans|d')|d'experience)\b")
# A town's letter about « mon agente »: whoever works for the writer is an employee.
EMPLOYED_BY_WRITER = re.compile(r"\b(?:mon|ma|notre|nos|un de nos|une de nos|un de mes|une de mes|l'une? de nos) (?:\w+ )?(?:agente?s?|secretaires?|"
    r"employee?s?|salariee?s?|apprentie?|collaborat\w+|"
                                r"adjointe? administrati\w+)\b|\bune? agente? (?:titulaire|de (?:ma|notre|la) (?:commune|mairie|collectivite))")
ONLY_WHEN_ASKED = re.compile(r"\b(?:en (?:pleine )?reconversion|en formation|stagiaire(?! de la fonction)|service civique|volontaire|benevole)\b")
# « chez un artisan », « pour un élu », « conseillère à France Travail »: whom one works for, not what one is.
WORKS_FOR = re.compile(r"\b(?:chez|pour|aupres (?:de|d'|des)|avec|(?:collaborat\w+|secretariat|assistante?|secretaire|cabinet|equipe|service) (?:d'|"
    r"de|des|du)) ?(?:une? |des |les |l'|d')?(?:\w+ )?$")
STUDIED_ONCE = re.compile(r"\b(?:ai|a|valide|fait|redouble\w*|triple|rate\w*|eu|apres|arrete\w*|quitte|interrompu) (?:la |ma |sa |une |mon |en )?$")
WORKS_AT_THE_AGENCY = re.compile(r"\b(?:(?:ans|mois|annees|travaill\w+|boss\w+) (?:a|chez|pour|dans|au sein de)|(?:conseill\w+|agente?|employee?|"
    r"salariee?|poste)(?: (?:a|chez|de|au sein de))?) $")
NOT_REGISTERED = re.compile(r"\b(?:pas|non|jamais|plus|sans etre)(?: encore| reellement)? inscri\w*\b(?! (?:a la fac|en fac|a l'univ|en licence|"
    r"au cned|en formation))")
REGISTERED = re.compile(r"(?<!pas )(?<!non )(?<!jamais )(?<!plus )\binscrite?\b(?= ?(?:$|[,.;)]))")
HOURS = re.compile(r"\b(?:a |en )?(?:temps partiel|mi-temps|mi temps|temps plein|plein temps)\b", re.IGNORECASE)
TOLD_WITH_ITS_DATES = re.compile(r"\b(?:19|20)\d\d ?(?:-|/|a|au|jusqu'en) ?(?:19|20)\d\d\b")
TOLD_AS_EXPERIENCE = re.compile(r"\b\d{1,2} ?(?:ans?|annees?|mois)\b")
PRESENT = re.compile(r"\b(?:je suis|suis|est|actuellement|maintenant|aujourd'hui|depuis|en ce moment|toujours|encore|je (?:travaille|bosse)|(?:elle|"
    r"il|qui) (?:travaille|bosse)|j'(?:occupe|exerce)|"
                     r"desormais|anciennete|en poste|en activite|titulaire)\b")
STILL_TRUE_WHEN_PAST = (Status.DEMANDEUR_EMPLOI, Status.RETRAITE)
LOST_JOB = re.compile(r"\b(?:licenciee?|fin de (?:contrat|cdd)|rupture|perdu|(?:contrat|cdd) (?:termine|fini))\b")
NEGATION = re.compile(r"\b(?:pas|plus|jamais|ni|sans etre|non|aucunement|pas encore|n'est pas|quitte le|quitte mon)\s(?:encore |vraiment |du tout |"
    r"ete |etre |inscrite? |non plus |en |un |une |de |d'|au |a |la |le |comme |chez |mon |reellement )*$")
FUTURE = re.compile(r"\b(?:je (?:serai|vais etre|veux etre|voudrais etre|deviendrai|vais devenir|voudrais devenir|veux devenir|souhaite (?:devenir|"
    r"etre))|bientot|devenir|pour etre|futur\w*|l'an prochain|dans l'idee|reve d'etre|pour devenir|poste de|metier de|concours)\b")
