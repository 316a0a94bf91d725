"""How people say where they stand at work; data only.

Patterns run over one clause of readable text. `EXPLICIT` says it outright; `IMPLIED` is a trade or a place of work told
in the present tense, which counts when nothing explicit was said.
"""

from __future__ import annotations

import re

from bot.admissions.facts import Status

_TRADES = (
    r"(?:secretaire\w*|vend\w+|caissi\w+|comptables?|assistant\w*|aides?[- ]soign\w+|infirmi\w+|atsem|agente?s?|ouvri\w+|conduct\w+|chauffeu\w+|gestionnaires?|animat\w+|professeu\w+|profs?|"
    r"enseignante?s?|serveu\w+|cuisini\w+|technicien\w*|conseill\w+ (?!municip|depart|region|commun)|charge\w* (?:d|de)|responsable|direct\w+ (?:d|de|des|general)|employe\w*|educat\w+|hotesse|magasini\w+|polici\w+|gendarme|militaire|facteu\w+|factrice|redact\w+|attache\w*|"
    r"aesh|dgs|standardiste|instituteur|institutrice|aide a domicile|auxiliaire|receptionniste|bibliothecaire|jardini\w+|macon|prepar\w+ de commandes|manutentionnaire|teleconseill\w+|ambulanci\w+|pompi\w+ (?:pro\w*)?|ingenieur\w*|cadre|"
    r"manager|femme de menage|agent d'entretien|operat\w+|adjointe? (?:administratif|administrative|technique|d'animation|du patrimoine)|coordinat\w+|juriste|surveillante?|maitre d'hotel|patissi\w+|boulang\w+|coiffeu\w+|estheticienne|mecanicien\w*|electricien\w*)"
)

EXPLICIT: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (Status.ELU, re.compile(r"\b(?:elue?s?\b(?! domicile)|conseill\w+ (?:municipal\w*|departemental\w*|regional\w*|communautaire)|adjointe? (?:au|du|a la) maire|maire[- ]adjointe?|(?:premiere?|1ere?|1er|deuxieme|2e|second) adjointe?\b(?! (?:admin|tech))|"
                            r"(?<!secretaire de )(?<!de )(?<!du )(?<!le )(?<!la )(?<!au )(?<!mon )(?<!ma )(?<!notre )(?<!un )(?<!d')(?<!secretaire )(?<!general )(?<!en )\b(?:maire|mairesse)\b)")),
    (Status.DEMANDEUR_EMPLOI, re.compile(
        r"\b(?:chom\w+|^de$|demandeu\w+ d'emplois?|demandeu\w+|inscrite?s? (?:a|au|chez|comme|a la)\s?(?:france travail|france-travail|pole emploi|pole-emploi|anpe|pe|ft|l'anpe|paul emploi|demandeu\w+)|(?:france|pole)[ -](?:travail|emploi)|anpe|assedic|(?:touche|percois|beneficie de)\s(?:l'are|les assedic|le chomage|mes droits)|"
        r"l'are\b|are\b(?= (?:jusqu|depuis|en))|allocations? (?:chomage|retour)|indemnisee?|csp\b|contrat de securisation|licenciee?s?\b(?! en (?!19|20|janv|fev|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec|debut|fin))|fin de (?:contrat|cdd|droits)|contrat (?:termine|fini|pas renouvele|non renouvele)|cdd (?:termine|fini|pas renouvele|non renouvele)|rupture conventionnelle|"
        r"(?:je )?cherche (?:du|un) (?:travail|emploi|boulot|taf|job|poste)|recherche (?:d'emploi|d'un emploi|active|de travail|un emploi|du travail)|en recherche|sans emploi(?= (?:et )?inscri)|entre deux (?:emplois|postes|contrats)|perdu mon (?:emploi|travail|poste|boulot|job|taf))\b")),
    (Status.INDEPENDANT, re.compile(
        r"\b(?:auto[- ]entrepren\w+|micro[- ]entrepren\w+|auto[- ]entreprise|micro[- ]entreprise|micro[- ]entrep\w*|autoentrep\w*|a mon (?:propre )?compte|a son compte|profession liberale|en liberal|liberale?|independante?s?\b(?! de)|gerante?s?\b(?! d'un projet)|artisane?s?|agriculteurs?|agricultrices?|exploitante? agricole|eleveu\w+|commercante?s?|freelance|free-lance|"
        r"chef(?:fe)? d'entreprise|entrepreneu\w+|patron(?:ne)? d|ma (?:propre )?(?:boite|entreprise|societe|boutique)|mon (?:propre )?(?:entreprise|commerce|cabinet|salon|restaurant)|travailleu\w+ non salarie\w*|tns|conjointe? collabor\w+|(?:suis|etes|est) avocate?)\b")),
    (Status.SALARIE, re.compile(
        r"\b(?:salariee?s?|cdi\b|cdd\b|cdii|interim\w*|apprentie?s?\b(?! conduct)|apprentissage|alternante?s?|(?:suis|est|etre|en contrat d'|bts|but|master|licence) (?:en )?alternance|^en alternance|contrat (?:pro\w*|de pro\w*|aide|d'apprentissage|cui|pec)|fonctionnaires?|contractuel\w*|vacataires?|titulaire (?:de la (?:fonction|fp)|depuis|dans (?:la|une) (?:fonction|fpt|mairie|commune|collect)|fpt|au grade|du grade|a la mairie|categorie|en mairie|territorial\w*)|titularise\w*|(?:suis|est) titulaire$|"
        r"stagiaire de la fonction|agente? (?:titulaire|public|publique|contractuel\w*|territorial\w*|administrat\w+|de mairie|communal\w*|d'accueil|technique|de la (?:ville|commune|mairie|fonction)|d'etat civil|municipal\w*|en poste|de catégorie|categorie [abc])|en poste|en activite|en emploi|"
        r"adjointe? (?:administratif|administrative|technique|territorial\w*|d'animation)|conge (?:parental|maternite|paternite|maladie|longue|de formation)|arret (?:longue )?(?:maladie|de travail)|au smic|smicarde?|en dispo\w*|detachement|mise a disposition|fonction publique (?:depuis|territoriale depuis)|employee?s? (?:de|a|chez|dans|par|municipal\w*|communal\w*|territorial\w*)|"
        r"j'ai (?:deja )?un (?:petit |bon |autre )?(?:travail|emploi|boulot|job|poste|taf|contrat)\b|mon (?:employeur|patron|chef|poste actuel|emploi actuel|travail actuel)|contrat (?:en cours|a duree|saisonnier)|mi[- ]temps|temps partiel|temps plein|plein temps|militaire de carriere|policier municipal|"
        r"je (?:bosse|travaille|taffe|taf)(?! (?:plus|pas|mon|sur|bien|dur|beaucoup|pour passer|benevol|a mon compte|en liberal))|j'y (?:travaille|bosse|suis)|(?:elle|il|qui) (?:bosse|travaille)(?! (?:plus|pas|a son compte)))")),
    (Status.RETRAITE, re.compile(r"\b(?:retraitee?s?|a la retraite|en retraite|pre[- ]?retraite\w*|pensionnee?)\b")),
    (Status.ETUDIANT, re.compile(
        r"\b(?:etudiante?s?|etud\b|lyceen(?:ne)?s?|collegien(?:ne)?s?|eleve (?:de|en)|eleve$|(?:suis|est|toujours|encore|actuellement|etre) (?:actuellement |encore |toujours |maintenant )?(?:en|a la) (?:terminale|premiere|seconde|fac\b|bts|licence|but\b|dut|master|l[123]\b|m[12]\b|prepa\b|cours|etudes|1ere annee|2e annee|3e annee|lycee|ecole)|au lycee|a la fac(?! de \w+ comme)|"
        r"(?:1ere|2e|2eme|3e|3eme|premiere|deuxieme|troisieme|derniere) annee (?:de|d'|en) (?:bts|licence|but|dut|master|fac|droit|l)|^en terminale|^terminale|je fais mes etudes|en (?:cours d')?etudes|scolarisee?|encore a l'ecole|jeune diplomee?|viens d'avoir mon bac|"
        r"je (?:prepare|passe) (?:mon|le|un) (?:bac|bts|but|diplome)|en bts|etudie\b)")),
    (Status.SANS_ACTIVITE, re.compile(
        r"\b(?:(?:mere|pere|maman|papa|femme|homme) au foyer|au foyer|sans (?:activite|emploi|travail|profession|job|boulot|rien$)|inactif|inactive|je ne travaille (?:pas|plus)|je (?:travaille|bosse) (?:pas|plus)|ne travaille (?:pas|plus)|ne bosse (?:pas|plus)|au rsa|le rsa|du rsa|rsa|aah|invalidite|ne fais rien|je fais rien|fais rien|rien en ce moment|pas de (?:travail|boulot|emploi|job|taf)|pas d'emploi|aidante?(?: familiale?)?|"
        r"m'occupe de (?:mes enfants|ma fille|mon fils|la maison|mes parents|ma mere|mon pere)|eleve mes enfants|annee sabbatique|parent au foyer)\b")),
    (Status.AUTRE, re.compile(r"\b(?:en (?:pleine )?reconversion|en formation|stagiaire(?! de la fonction)|service civique|volontaire|benevole|^autre(?: situation| statut| chose| cas)?$|ni l'un ni l'autre|aucun des (?:deux|trois)|rien de tout ca)\b")),
)

IMPLIED = re.compile(
    rf"(?:\bje suis (?:actuellement |toujours |aussi |deja |une? |maintenant |moi )*{_TRADES}|\b{_TRADES}\b[^,;]{{0,40}}\bdepuis\b|^(?:une? |moi )?{_TRADES}\b|\bje suis (?:\S+ ){{0,3}}chez \w+|\b(?:elle|il|qui|secretaire|fille|femme|mari|fils) est (?:une? )?{_TRADES}|\bje fais (?:des|les|du|de la) (?:remplacements?|saisons?|missions?|menages?|mises? en rayon|compta\w*|secretariat)|"
    rf"\b(?:a|dans|chez|en) (?:la |une |l'|un |le )?(?:mairie|commune|collectivite|communaute de communes|ccas|departement|prefecture|entreprise|boite)\b[^,;]{{0,30}}\bdepuis\b|\bdepuis\b[^,;]{{0,30}}\b(?:dans|a|en|chez) (?:la |une |l'|un |le |ma )?(?:mairie|commune|meme (?:boite|entreprise)|collectivite|communaute de communes|ccas|prive|public|hopital|ehpad|lycee|college|banque)"
    rf"|\bj'(?:occupe|exerce)\b|\bje (?:gere|tiens|m'occupe de) (?:la|l'|le) (?:mairie|accueil|secretariat|compta|etat civil|paie))"
)
PAST = re.compile(r"\b(?:j'etais|j'avais|j'ai ete|etais|etait|ai ete|a ete|ancien(?:ne)?s?|ancienne?ment|ex\b|ex-|avant|auparavant|jadis|autrefois|j'ai fait|j'ai travaille|j'ai bosse|j'ai eu|j'ai exerce|j'ai occupe|dans le passe|pendant (?:mes|\d+)|apres avoir|apres (?:\d+|des|une?|mes)|experience\w* (?:en|de|comme|dans|d')|d'experience)\b")
STILL_TRUE_WHEN_PAST = (Status.DEMANDEUR_EMPLOI, Status.RETRAITE)
LOST_JOB = re.compile(r"\b(?:licenciee?|fin de (?:contrat|cdd)|rupture|perdu|(?:contrat|cdd) (?:termine|fini))\b")
NEGATION = re.compile(r"\b(?:pas|plus|jamais|ni|sans etre|non|aucunement|pas encore|n'est pas|quitte le|quitte mon)\s(?:encore |vraiment |du tout |ete |etre |inscrite? |non plus |en |un |une |de |d'|au |a |la |le |comme |chez |mon |reellement )*$")
FUTURE = re.compile(r"\b(?:je (?:serai|vais etre|veux etre|voudrais etre|deviendrai|vais devenir|voudrais devenir|veux devenir|souhaite (?:devenir|etre))|bientot|devenir|pour etre|futur\w*|l'an prochain|dans l'idee|reve d'etre|pour devenir|poste de|metier de|concours)\b")
