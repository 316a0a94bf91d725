"""How people say where they stand at work; data only.

Patterns run over one clause of readable text. `EXPLICIT` says it outright; `IMPLIED` is a trade or a place of work told
in the present tense, which counts when nothing explicit was said.
"""

from __future__ import annotations

import re

from bot.admissions.facts import Status

_TRADES = (
    r"(?:secretaire\w*|vend\w+|caissi\w+|comptables?|assistant\w*|aides?[- ]soign\w+|atsem|agente?s?|ouvri\w+|"
    r"conduct\w+|"
    r"gestionnaires?|animat\w+|professeu\w+|profs?|"
    r"garde[- ]champetres?|enseignante?s?|serveu\w+|cuisini\w+|technicien\w*|conseill\w+ (?!municip|depart|region|commun)|"
    r"charge\w* (?:d|de)|"
    r"responsable|direct\w+ (?:d|"
    r"de|des|general)|employe\w*|educat\w+|hotesse|magasini\w+|polici\w+|gendarme|militaire|facteu\w+|factrice|redact\w+|"
    r"attache\w*|"
    r"aesh|aed|dgs|standardiste|instituteur|institutrice|aide a domicile|auxiliaire|receptionniste|bibliothecaire|"
    r"prepar\w+ de commandes|manutentionnaire|teleconseill\w+|ambulanci\w+|pompi\w+ (?:pro\w*)?|ingenieur\w*|cadre|"
    r"manager|femme de menage|agent d'entretien|operat\w+|adjointe? (?:administratif|administrative|technique|d'animation|"
    r"du patrimoine)|"
    r"coordinat\w+|juriste|surveillante?|maitre d'hotel|clerc|greffi\w+|cariste|"
    r"gardien\w*|"
    r"guichetier\w*|veilleu\w+|"
    r"archiviste|brancardi\w+|laborantin\w*)"
)
# Trades that many people practise on their own account: without an employer told, the status is asked.
_OWN_ACCOUNT_TRADES = (
    r"(?:coiffeu\w+|estheticien\w*|graphiste|journaliste|peintre|carreleu\w+|couvreu\w+|macon\w*|mecanicien\w*|electricien\w*|plombi\w+|"
    r"menuisi\w+|boulang\w+|patissi\w+|boucher\w*|fleuriste|opticien\w*|soudeu\w+|jardini\w+|chauffeu\w+|routier\w*|infirmi\w+|"
    r"monit\w+|traduct\w+|photograph\w+|couturi\w+|paysagiste|developpeu\w+|webdesigner|toiletteu\w+|tatoueu\w+|osteopathe|"
    r"psycholog\w+|formateu\w+|formatrice|coach|architecte|decorat\w+|traiteur|ferronni\w+|charpenti\w+|platrier\w*|chauffagiste|"
    r"assistante? maternelle)"
)
OWN_ACCOUNT_TRADE = re.compile(rf"\b{_OWN_ACCOUNT_TRADES}\b")
# Who pays: a place where one is employed, or a contract. « Dans la vente », « en restauration » are trades.
EMPLOYER = re.compile(
    r"\bchez (?!moi\b|nous\b|soi\b|eux\b|elles?\b|lui\b|(?:les |des |mes |une? )?(?:client\w*|particulier\w*|gens))\w|"
    r"\b(?:dans|a|au|aux|en|pour|par) (?:la |une |un |le |l'|les |ma |notre |cette |ce |des? |grande? |petite? )*"
    r"(?:mairies?|communes?|villes?|village|collectivites?|communaute|com ?com|comcom|agglo\w*|metropole|ccas|epci|syndicat mixte|departement|region|"
    r"prefecture|conseil (?:departemental|regional|general)|etat\b|ministere|tresor\w*|impots|entreprises?|boites?|societes?|pme|tpe|usines?|hopital|hopitaux|"
    r"chu\b|cliniques?|ehpad|ecoles?|college|lycee|creche|universite|fac\b|banque|magasins?|supermarche|superette|hyper\w*|grande surface|"
    r"restaurants?|hotels?|associations?|asso\b|administration|centre de gestion|services? (?!d'aide a la personne)\w+|cantine|garage|agence|cabinet|salon|"
    r"prive\b|public\b|secteur (?:prive|public)|fonction publique|fpt\b|fph\b|fpe\b|armee|education nationale|mcdo\w*|macdo|mac ?do|quick|burger\w*|"
    r"kfc|carrefour|leclerc|auchan|lidl|intermarche|super u|action|decathlon|ikea|amazon|la poste|poste|sncf|edf|engie|orange|france travail|"
    r"pole emploi|caf|cpam|msa|urssaf|mediatheque|bibliotheque|accueil|secretariat|boulangerie|patisserie|boucherie|pharmacie|station service|notariat|etude|"
    r"entrepot|atelier|chantier|maison de retraite|bureau|notaire|domicile pour une)\b|"
    r"\ba cote\b|\bavec (?:le|la|les|mon|ma|notre) (?:maire|elus|dgs|chef\w*|patron\w*)\b|\bscolaire|\bhospitali\w+|"
    r"\b(?:cdi|cdd|cdii|interim\w*|contrat|salari\w+|employee?s?|mon (?:patron|employeur|chef)|mairie|fonctionnaire|titulaire|stagiaire de la fonction)\b"
)
EMPLOYED_TRADE = re.compile(rf"\b(?:comme|en tant que|en qualite de) (?:une? )?{_TRADES}")
# « je travaille », « elle bosse »: paid by whom is not said.
WORKS = re.compile(
    r"\bje (?:bosse|travaille|taffe|taf)(?! (?:plus|pas|mon|sur|bien|dur|beaucoup|pour passer|benevol|a mon compte|"
    r"pour moi|en liberal))|\b(?:elle|il|qui|mari|femme|fille|fils|soeur|frere|conjointe?|compagne|compagnon|mere|pere|copine|copain|amie?|"
    r"collegue|niece|neveu|cousine?|voisine?|secretaire|agente?|pote) (?:bosse|travaille)(?! (?:plus|pas|a son compte))|\bet (?:bosse|"
    r"travaille)(?= [^,;]*\bdepuis\b)|\b(?:a |en )?(?:mi[- ]temps|temps partiel|temps plein|plein temps)\b")

# « fin de contrat vendredi »: the contract still runs.
SOON = (r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|apres-demain|bientot|prochain\w*|dans |la semaine|"
    r"le mois prochain|ce (?:mois|soir)|"
        r"fin du mois|a la fin|a venir|en vue|cette semaine)")
EXPLICIT: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (Status.ELU, re.compile(r"\b(?:elue?s?\b(?! domicile)|conseill\w+ (?:municipal\w*|departemental\w*|regional\w*|"
        r"communautaire)|adjointe? (?:au|"
        r"du|a la) maire|maire[- ]adjointe?|(?:premiere?|1ere?|1er|deuxieme|2e|second) adjointe?\b(?! (?:admin|tech))|"
                            r"(?<!secretaire de )(?<!de )(?<!du )(?<!le )(?<!la )(?<!au )(?<!mon )(?<!ma )(?<!notre )(?<!un )(?<!d')(?<!secretaire )"
                            r"(?<!general )(?<!en )\b(?:maire|mairesse)\b(?! honoraire))")),
    (Status.DEMANDEUR_EMPLOI, re.compile(
        r"\b(?:chom\w+(?! (?:technique|partiel))|^de$|demandeu\w+ d'emplois?|demandeu\w+|inscrite?s? (?:a|au|chez|comme|"
        r"a la)\s?(?:france travail|"
        r"france-travail|pole emploi|pole-emploi|anpe|pe|ft|l'anpe|paul emploi|demandeu\w+)|(?:france|pole)[ -](?:travail|"
        r"emploi)|anpe|assedic|"
        r"(?:touche|percois|beneficie de)\s(?:l'are|les assedic|le chomage|mes droits)|"
        r"l'are\b|are\b(?= (?:jusqu|depuis|en))|allocations? (?:chomage|retour)|indemnisee?|csp\b|contrat de securisation|"
        r"licenciee?s?\b(?! en (?!19|20|janv|fev|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec|debut|fin))|fin de (?:contrat|"
        r"cdd|mission|droits)(?! ?:? ?(?:" + SOON + r"))|"
        r"contrat (?:termine|fini|pas renouvele|non renouvele)|cdd (?:termine|fini|pas renouvele|non renouvele)|"
        r"rupture conventionnelle|"
        r"(?:je )?cherche (?:du|un) (?:travail|emploi|boulot|taf|job|poste)|recherche (?:d'emploi|d'un emploi|active|de travail|"
        r"un emploi|"
        r"du travail)|en recherche|sans emploi(?= (?:et )?inscri)|entre (?:deux|2) (?:emplois|postes|contrats|boulots|jobs|tafs)|"
        r"perd(?:u|re|"
        r"s) mon (?:emploi|travail|poste|"
        r"boulot|job|taf))\b")),
    (Status.INDEPENDANT, re.compile(
        r"\b(?:auto[- ]entrepren\w+|micro[- ]entrepren\w+|auto[- ]entreprise|micro[- ]entreprise|micro[- ]entrep\w*|"
        r"autoentrep\w*|"
        r"a mon (?:propre )?compte|a son compte|(?:bosse|travaille|taffe) pour (?:moi|lui|elle)(?:[- ]meme)?$|profession liberale|en liberal|liberale?|independante?s?\b(?! de)|"
        r"gerante?s?\b(?! d'un projet)|"
        r"artisane?s?|agriculteurs?|agricultrices?|exploitante? agricole|eleveu\w+|commercante?s?|freelance|free-lance|vdi|"
        r"chef(?:fe)? d'entreprise|entrepreneu\w+|patron(?:ne)? d|ma (?:propre )?(?:boite|entreprise|societe|boutique)|"
        r"mon (?:propre )?(?:entreprise|commerce|cabinet|salon|restaurant)|travailleu\w+ non salarie\w*|tns|"
        r"conjointe? collabor\w+|(?:suis|etes|"
        r"est) avocate?)\b")),
    (Status.SALARIE, re.compile(
        r"\b(?:salariee?s?|cdi\b|cdd\b|cdii|interim\w*|apprentie?s?\b(?! conduct)|apprentissage|alternante?s?|(?:suis|est|etre|"
        r"en contrat d'|bts|"
        r"but|master|licence) (?:en )?alternance|^(?:en )?alternance|contrat (?:pro\w*|de pro\w*|aide|d'apprentissage|cui|pec)|"
        r"fonctionnaires?|"
        r"contractuel\w*|vacataires?|titulaire (?:de la (?:fonction|fp)|depuis|dans (?:la|une) (?:fonction|fpt|mairie|commune|"
        r"collect)|fpt|au grade|"
        r"du grade|a la mairie|categorie|en mairie|territorial\w*)|titularise\w*|(?:suis|est) titulaire$|^titulaire$|(?:paye|"
        r"remunere)e? par|"
        r"occup(?:ant|e) (?:actuellement )?(?:un|le|mon) (?:poste|emploi)|"
        r"stagiaire de la fonction|agente? (?:titulaire|public|publique|contractuel\w*|territorial\w*|administrat\w+|de mairie|"
        r"communal\w*|"
        r"d'accueil|technique|de la (?:ville|commune|mairie|fonction)|d'etat civil|municipal\w*|en poste|de catégorie|"
        r"categorie [abc])|en poste|"
        r"en activite|en emploi|"
        r"adjointe? (?:administratif|administrative|technique|territorial\w*|d'animation)|conge (?:de fin d'activite|parental|"
        r"maternite|paternite|"
        r"maladie|longue|"
        r"de formation|formation|sabbatique|sans solde)|chomage (?:technique|partiel)|periode d'essai|emplois? (?:aide|d'avenir)|"
        r"intermittente?|"
        r"saisonni\w+|portage salarial|remplacante?s?|detachee?\b|vacations?|cdise\w*|mon contrat (?:se termine|finit|s'arrete|"
        r"court)|"
        r"pompi\w+ professionnel\w*|arret (?:longue )?(?:maladie|de travail)|au smic|smicarde?|en dispo\w*|detachement|"
        r"mise a disposition|"
        r"fonction publique (?:depuis|territoriale depuis)|employee?s? (?:de|a|chez|dans|par|municipal\w*|communal\w*|"
        r"territorial\w*)|"
        r"j'ai (?:deja )?un (?:petit |bon |autre )?(?:travail|emploi|boulot|job|poste|taf|contrat)\b|mon (?:employeur|patron|"
        r"chef|poste actuel|"
        r"emploi actuel|travail actuel)|contrat (?:en cours|a duree|saisonnier)|ans d'anciennete|(?:me|m') ?(?:paye|emploie|"
        r"verse un salaire)|"
        r"" + _TRADES + r" (?:a )?(?:mi[- ]temps|temps partiel|temps plein|plein temps)|(?:un|petit|mon) (?:mi[- ]temps|temps partiel|temps plein|plein temps)|"
        r"militaire (?:de carriere|en reconversion|d'active|en activite)|(?:toujours|encore) militaire|je fais (?:encore |"
        r"toujours )?des (?:remplacements?|vacations?|missions?|heures|saisons?)|policier municipal|"
        r"j'y (?:travaille|bosse|suis)|preavis|fin de (?:contrat|cdd|mission) ?:? ?(?:" + SOON + r"))")),
    (Status.RETRAITE, re.compile(r"\b(?:(?<!maison de )(?<!maisons de )retraite(?:e?s?)|pre[- ]?retraite\w*|pensionnee?)\b")),
    (Status.ETUDIANT, re.compile(
        r"\b(?:etudiante?s?|etud\b|lyceen(?:ne)?s?|collegien(?:ne)?s?|eleve (?:de|en)|eleve$|(?:suis|est|toujours|encore|"
        r"actuellement|"
        r"etre) (?:actuellement |encore |toujours |maintenant )?(?:en|a la|au) (?:terminale|premiere|seconde|fac\b|bts|licence|"
        r"but\b|dut|master|"
        r"l[123]\b|m[12]\b|prepa\b|(?<!est en )cours|etudes|1ere annee|2e annee|3e annee|lycee|ecole)|^(?:au lycee|"
        r"a la fac)(?! (?:\w+ )*comme)|"
        r"rep(?:ris|rends) (?:mes|les|des) etudes|reprise d'etudes|"
        r"inscrite? en (?:l[123]\b|licence|master|m[12]\b|bts|but\b|fac\b|prepa|(?:1ere|2e|2eme|3e|premiere|deuxieme|"
        r"troisieme) annee)|"
        r"(?:1ere|2e|2eme|3e|3eme|premiere|deuxieme|troisieme|derniere) annee (?:de|d'|en) (?:bts|licence|but|dut|master|fac|"
        r"droit|l)|^en terminale|"
        r"^terminale(?![^.]*\b(?:sans|pas|rate\w*|loupe\w*|echou\w*|non|arret\w*|quitt\w*|mais|fini\w*|faite?|jusqu\w*|19\d\d|20[01]\d)\b)|je fais mes etudes|en (?:cours d')?etudes|scolarisee?|encore a l'ecole|jeune diplomee?|"
        r"viens d'avoir mon bac|"
        r"je (?:prepare|passe) (?:mon|le|un) (?:bac|bts|but|diplome)(?![^,;]*(?:cned|distance|correspondance|du soir|vae|"
        r"alternance|"
        r"candidate? libre))|en bts|(?<!ai )(?<!a )(?<!ont )(?<!avoir )(?<!ayant )etudie\b)")),
    (Status.SANS_ACTIVITE, re.compile(
        r"\b(?:(?:mere|pere|maman|papa|femme|homme) au foyer|au foyer|(?:mere|pere|maman|papa|parent) (?:a )?(?:temps plein|plein temps)|"
        r"sans (?:activite|emploi|travail|profession|job|boulot)|(?:suis|reste|vis) sans rien$|inactif|inactive|"
        r"je ne travaille (?:pas|plus)|(?:pas|plus|jamais) (?:re)?(?:travaille|bosse) depuis|je (?:travaille|bosse) (?:pas|plus)|"
        r"ne travaille (?:pas|"
        r"plus)|ne bosse (?:pas|plus)|au rsa|le rsa|du rsa|rsa|"
        r"aah|invalidite|ne fais rien|je fais rien|fais rien|fait rien|rien en ce moment|(?:pas|plus) d(?:e |')(?:travail|boulot|"
        r"emploi|job|taf|poste|"
        r"contrat)|plus en poste|sans taf|(?:pas |plus )?inscrite? nulle part|"
        r"sans poste|"
        r"arrete de (?:travailler|bosser)|^pas inscrite?s?|invalides?|pas d'emploi|aidante?(?: familiale?)?|"
        r"m'occupe de (?:mes enfants|ma fille|mon fils|la maison|mes parents|ma mere|mon pere)|eleve mes enfants|"
        r"annee sabbatique|"
        r"parent au foyer)\b")),
    (Status.AUTRE, re.compile(r"\b(?:suis (?:\w+ )?en formation|(?:suis|fais|actuellement) (?:un |en |mon )?(?:service civique|"
        r"stage)|"
        r"^(?:en )?service civique$|^autre(?: situation| statut| chose| cas)?$|ni l'un ni l'autre|aucun des (?:deux|trois|[23])|"
        r"rien de tout ca)\b")),
)

IMPLIED = re.compile(
    rf"(?:\bactuellement (?:une? )?{_TRADES}|\bje suis (?:a l'|au |a la |aux |en )(?:accueil|secretariat|services?|compta\w*|"
    rf"mairie|com ?com|comcom|"
    rf"communaute|prefecture|departement|agglo\w*|"
    rf"tresor\w*|ccas|cantine|ecole|creche|mediatheque|bibliotheque|banque|poste|centre de gestion|ehpad|hopital)\b|"
    rf"\bje suis (?:actuellement |"
    rf"toujours |aussi |deja |une? |maintenant |moi )*{_TRADES}|\b{_TRADES}\b[^,;]{{0,40}}\bdepuis\b|^(?:une? |"
    rf"moi )?{_TRADES}\b|\bje suis (?:\S+ ){{0,3}}chez \w+|\bet {_TRADES} (?:a|dans|chez|en|au|aux|le (?:week|soir|samedi|dimanche)|les week|a cote)\b|\b(?:elle|il|qui|(?:ma|mon|"
    rf"notre|sa|"
    rf"son) \w+) est (?:une? )?{_TRADES}|\bje fais (?:des|les|du|de la) (?:remplacements?|saisons?|missions?|menages?|"
    rf"mises? en rayon|compta\w*|"
    rf"secretariat)|"
    rf"\b(?:a|dans|chez|en) (?:la |une |l'|un |le )?(?:mairie|commune|collectivite|communaute de communes|ccas|departement|"
    rf"prefecture|entreprise|"
    rf"boite)\b[^,;]{{0,30}}\bdepuis\b|\bdepuis\b[^,;]{{0,30}}\b(?:dans|a|en|chez) (?:la |une |l'|un |le |ma )?(?:mairie|commune|"
    rf"meme (?:boite|"
    rf"entreprise)|collectivite|communaute de communes|ccas|prive|public|hopital|ehpad|lycee|college|banque)"
    rf"|\bj'(?:occupe|exerce)\b|\bje (?:gere|tiens|m'occupe de) (?:la|l'|le) (?:mairie|accueil|secretariat|compta|etat civil|"
    rf"paie))"
)
PAST = re.compile(r"\b(?:j'etais|j'avais|j'ai ete|etais|etait|ai ete|a ete|ancien(?:ne)?s?|ancienne?ment|ex\b|ex-|avant|"
    r"auparavant|jadis|autrefois|"
    r"j'ai fait|j'ai travaille|j'ai bosse|j'ai eu|j'ai exerce|j'ai occupe|parti\w* en|dans le passe|pendant (?:mes|\d+)|"
    r"apres avoir|apres (?:\d+|des|"
    r"une?|mes)|"
    r"experience\w* (?:en|de|comme|dans|d')|d'experience)\b")
# A town's letter about « mon agente »: whoever works for the writer is an employee.
EMPLOYED_BY_WRITER = re.compile(r"\b(?:mon|ma|notre|nos|un de nos|une de nos|un de mes|une de mes|"
    r"l'une? de nos) (?:\w+ )?(?:agente?s?|secretaires?|"
    r"employee?s?|salariee?s?|apprentie?|collaborat\w+|"
                                r"adjointe? administrati\w+)\b|\bune? agente? (?:titulaire|de (?:ma|notre|la) (?:commune|mairie|"
                                r"collectivite))")
# The same for the trades that need an employer told beside them.
IMPLIED_BESIDE_AN_EMPLOYER = re.compile(
    rf"\b(?:actuellement|je suis|(?:elle|il|qui) est|est) (?:actuellement |toujours |aussi |deja |une? |maintenant )*{_OWN_ACCOUNT_TRADES}\b|"
    rf"^(?:une? |moi )?{_OWN_ACCOUNT_TRADES}\b|\b{_OWN_ACCOUNT_TRADES}\b[^,;]{{0,40}}\bdepuis\b|\bet {_OWN_ACCOUNT_TRADES} (?:a|dans|chez|en|au|aux)\b")
SANS_RIEN = re.compile(r"^(?:oui |je suis |la )?sans rien\b")
ONLY_WHEN_ASKED = re.compile(r"\b(?:en (?:pleine )?reconversion|en formation|stagiaire(?! de la fonction)|service civique|"
    r"volontaire|benevole)\b")
# « chez un artisan », « pour un élu », « conseillère à France Travail »: whom one works for, not what one is.
WORKS_FOR = re.compile(r"\b(?:chez|pour|aupres (?:de|d'|des)|avec|(?:collaborat\w+|secretariat|assistante?|secretaire|cabinet|"
    r"equipe|service) (?:d'|"
    r"de|des|du)) ?(?:une? |des |les |l'|d')?(?:\w+ )?$")
STUDIED_ONCE = re.compile(r"\b(?:ai|a|valide|fait|redouble\w*|triple|rate\w*|eu|apres|arrete\w*|quitte|interrompu) (?:la |ma |"
    r"sa |une |mon |en )?$")
WORKS_AT_THE_AGENCY = re.compile(r"\b(?:(?:ans|mois|annees|travaill\w+|boss\w+) (?:a|chez|pour|dans|au sein de)|(?:conseill\w+|"
    r"agente?|employee?|"
    r"salariee?|poste)(?: (?:a|chez|de|au sein de))?) $")
NOT_REGISTERED = re.compile(r"\bradiee?s?\b|\b(?:pas|non|jamais|plus|sans etre)(?: encore| reellement)? inscri\w*\b(?! (?:a la fac|en fac|"
    r"a l'univ|en licence|"
    r"au cned|en formation))")
REGISTERED = re.compile(r"(?<!pas )(?<!non )(?<!jamais )(?<!plus )\binscrite?\b(?= ?(?:$|[,.;)]))")
HOURS = re.compile(r"\b(?:a |en )?(?:temps partiel|mi-temps|mi temps|temps plein|plein temps)\b", re.IGNORECASE)
TOLD_WITH_ITS_DATES = re.compile(r"\b(?:19|20)\d\d ?(?:-|/|a|au|jusqu'en) ?(?:[a-z]{3,9}\.? |\d{1,2}[/.-])?(?:19|20)\d\d\b")
NOW = re.compile(r"\b(?:maintenant|actuellement|desormais|a present|aujourd'hui|en ce moment)\b")
STILL_SO = re.compile(r"\bje (?:le|la) suis (?:toujours|encore)\b|\bj'y (?:suis|travaille|bosse) (?:toujours|encore)\b|"
    r"\bc'est (?:toujours|encore) mon (?:metier|poste|travail|boulot|job)\b")
NO_JOB_TOLD = re.compile(r"\b(?:chom\w*|etudiant\w*|retrait\w*|benev\w*|elue?|foyer|rsa|auto-entrep\w*|independant\w*|"
    r"gerant\w*)\b")
TOLD_AS_EXPERIENCE = re.compile(r"\b\d{1,2} ?(?:ans?|annees?|mois)\b")
PRESENT = re.compile(r"\b(?:je suis|suis|est|actuellement|maintenant|aujourd'hui|depuis|en ce moment|toujours|encore|"
    r"je (?:travaille|bosse)|(?:elle|"
    r"il|qui) (?:travaille|bosse)|j'(?:occupe|exerce)|"
                     r"desormais|anciennete|en poste|en activite|titulaire)\b")
STILL_TRUE_WHEN_PAST = (Status.DEMANDEUR_EMPLOI, Status.RETRAITE)
ENDED = re.compile(r"\bc'etait (?:avant|il y a|dans le temps|jusqu)|\bavant (?:de |d'|que )(?:me |m'|je |j'|mon |ma )?(?:\w+ )?(?:ouvrir|ouvre|creer|cree|"
                   r"lancer|monter|arreter|arrete|devenir|partir|reprendre|prendre|installer|retraite)|"
                   r"\b(?:depuis|ensuite|puis|apres),? j'ai (?:arrete de (?:travailler|bosser)|quitte (?:mon|ce|cet)|demissionne|ouvert|cree|monte|lance)\b")
LOST_JOB = re.compile(r"\b(?:licenciee?|fin de (?:contrat|cdd)|rupture|perdu|(?:contrat|cdd) (?:termine|fini))\b")
NEGATION = re.compile(r"\b(?:pas|plus|jamais|ni|sans etre|non|aucunement|pas encore|n'est pas|quitte le|quitte mon)\s(?:encore |"
    r"vraiment |du tout |"
    r"ete |etre |inscrite? |non plus |en |un |une |de |d'|au |a |la |le |comme |chez |mon |reellement )*$")
FUTURE = re.compile(r"\b(?:je (?:serai|vais etre|veux etre|voudrais etre|deviendrai|vais devenir|voudrais devenir|veux devenir|"
    r"souhaite (?:devenir|"
    r"etre))|bientot|devenir|pour etre|futur\w*|l'an prochain|dans l'idee|reve d'etre|pour devenir|poste de|metier de|"
    r"concours)\b")
