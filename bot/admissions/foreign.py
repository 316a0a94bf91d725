"""Tells whether a diploma named in a text was delivered abroad: place, adjective or expression beside its name.

Where a person was born, lives or works says nothing of the diploma and is not read; nor is nationality.
"""

from __future__ import annotations

import re

_COUNTRIES = (
    r"afghanistan|afrique(?: du (?:sud|nord)| de l'ouest)?|albanie|algerie|allemagne|angleterre|angola|arabie(?: saoudite)?|argentine|armenie|"
    r"australie|autriche|"
    r"azerbaidjan|bangladesh|belgique|benin|bielorussie|bolivie|bosnie|bresil|bulgarie|burkina(?: faso)?|burundi|cambodge|cameroun|canada|"
    r"cap[- ]vert|centrafrique|chili|chine|chypre|colombie|comores|congo|rdc|coree|costa rica|cote d'ivoire|croatie|cuba|danemark|djibouti|"
    r"ecosse|egypte|equateur|erythree|espagne|estonie|etats[- ]unis|ethiopie|finlande|gabon|gambie|georgie|ghana|grande[- ]bretagne|grece|"
    r"guinee(?! saint)|"
    r"haiti|honduras|hongrie|ile maurice|inde|indonesie|irak|iran|irlande|islande|israel|italie|japon|jordanie|kazakhstan|kenya|kosovo|koweit|laos|"
    r"lettonie|liban|liberia|libye|lituanie|luxembourg|macedoine|madagascar|malaisie|mali|malte|maroc|mauritanie|mexique|moldavie|mongolie|"
    r"montenegro|"
    r"mozambique|namibie|nepal|nicaragua|niger|nigeria|norvege|ouganda|ouzbekistan|pakistan|palestine|panama|paraguay|pays[- ]bas|pays de galles|"
    r"perou|philippines|"
    r"pologne|portugal|qatar|quebec|rep(?:ublique)? tcheque|roumanie|royaume[- ]uni|russie|rwanda|salvador|senegal|serbie|singapour|slovaquie|"
    r"slovenie|somalie|soudan|"
    r"sri lanka|suede|suisse|syrie|tchad|tchequie|thailande|togo|tunisie|turquie|u\.?k|ukraine|uruguay|usa|u\.s\.a|venezuela|vietnam|yemen|zambie|"
    r"zimbabwe|emirats|"
    r"dubai|hollande|europe de l'est|hors (?:de )?france|maghreb|urss|yougoslavie"
)
_CITIES = (
    r"rabat|casablanca|casa|fes|marrakech|tanger|agadir|oujda|meknes|kenitra|tetouan|alger|oran|constantine|tizi[- ]ouzou|bejaia|annaba|tlemcen|"
    r"setif|batna|tunis|sfax|sousse|"
    r"monastir|dakar|thies|abidjan|bouake|yaounde|douala|dschang|kinshasa|lubumbashi|brazzaville|pointe[- ]noire|lome|cotonou|abomey|bamako|"
    r"ouagadougou|ouaga|conakry|niamey|libreville|"
    r"n'?djamena|bangui|bujumbura|kigali|antananarivo|tananarive|tana|port[- ]au[- ]prince|beyrouth|londres|london|oxford|cambridge|edimbourg|"
    r"dublin|manchester|madrid|barcelone|seville|"
    r"salamanque|lisbonne|coimbra|porto|rome|milan|bologne|turin|naples|padoue|berlin|munich|hambourg|francfort|heidelberg|vienne en autriche|"
    r"zurich|geneve|lausanne|neuchatel|"
    r"karlsruhe|stuttgart|cologne|dresde|leipzig|dusseldorf|bruxelles|liege|louvain|louvain[- ]la[- ]neuve|namur|gand|charleroi|anvers|amsterdam|"
    r"varsovie|cracovie|prague|budapest|bucarest|cluj|iasi|"
    r"sofia|athenes|istanbul|ankara|kiev|kyiv|"
    r"kharkiv|lviv|moscou|saint[- ]petersbourg|minsk|tbilissi|erevan|damas|alep|bagdad|teheran|kaboul|le caire|alexandrie|montreal|quebec|ottawa|"
    r"sherbrooke|toronto|new[- ]york|"
    r"boston|los angeles|mexico|bogota|caracas|lima|buenos aires|sao paulo|rio|santiago|la havane|pekin|shanghai|tokyo|seoul|hanoi|saigon|new delhi|"
    r"bombay|manille|bangkok|nouakchott|"
    r"praia|luanda|maputo|moroni|khartoum|addis[- ]abeba|nairobi|lagos|accra|freetown|banjul|bissau|djibouti"
)
_ADJECTIVES = (
    r"afghane?|africaine?|albanais\w*|algerien(?:ne)?|allemande?|americaine?|anglaise?|angolaise?|argentine?|armenien(?:ne)?|australien(?:ne)?|"
    r"autrichien(?:ne)?|belges?|beninoise?|"
    r"bielorusse|bosniaque|bresilien(?:ne)?|britannique|bulgare|burkinabee?|burundaise?|cambodgien(?:ne)?|camerounaise?|canadien(?:ne)?|"
    r"centrafricaine?|chilien(?:ne)?|chinoise?|colombien(?:ne)?|"
    r"comorien(?:ne)?|congolaise?|coreen(?:ne)?|croate|cubaine?|danoise?|egyptien(?:ne)?|espagnole?|etranger|etrangere|finlandaise?|gabonaise?|"
    r"georgien(?:ne)?|ghaneen(?:ne)?|grecque|grec|"
    r"guineen(?:ne)?|haitien(?:ne)?|hollandaise?|hongroise?|indien(?:ne)?|irakien(?:ne)?|iranien(?:ne)?|irlandaise?|israelien(?:ne)?|italien(?:ne)?|"
    r"ivoirien(?:ne)?|japonaise?|"
    r"kosovar|libanaise?|luxembourgeoise?|macedonien(?:ne)?|malgaches?|malien(?:ne)?|marocaine?|mauritanien(?:ne)?|mauricien(?:ne)?|mexicaine?|"
    r"moldave|neerlandaise?|nigerian?e?|nigerien(?:ne)?|norvegien(?:ne)?|"
    r"palestinien(?:ne)?|peruvien(?:ne)?|polonaise?|portugaise?|quebecoise?|roumaine?|russe|rwandaise?|senegalaise?|serbe|slovaque|slovene|"
    r"soudanaise?|suedoise?|suisses?|syrien(?:ne)?|"
    r"tchadien(?:ne)?|tcheque|thailandaise?|togolaise?|tunisien(?:ne)?|turque?|ukrainien(?:ne)?|uruguayen(?:ne)?|venezuelien(?:ne)?|vietnamien(?:ne)?"
)
_SUBJECT_LANGUAGES = r"anglais|allemand|espagnol|italien|portugais|russe|chinois|japonais|arabe|neerlandais|grec|polonais|coreen"
_FEMININE = ("licence", "maitrise", "these", "prepa", "capacite", "diploma")
_MODIFIER = (
    r"(?:general\w*|pro\w*|techno\w*|superieur|national|universitaire|d'etat|litteraire|scientifique|economique|s|es|l|stmg|obtenue?|passee?|\(|"
    r"de nationalite|tres|simplement)"
)

_ABROAD = re.compile(
    r"\b(?:a l'etranger|hors (?:de )?(?:la )?france|hors (?:ue|union europeenne)|dans mon pays|au pays\b|de mon pays|pays d'origine|au bled|enic|"
    r"naric|comparabilite|"
    r"(?:universite|ecole|lycee|fac) etrangere?|diplomes? etrangers?)\b"
)
_PLACE = re.compile(
    rf"\b(?:au|aux|en|du|de|des|d'|a|a la|a l'|de l'|de la|l'universite|universite|dans le|dans l'|une?)\s?(?:universite (?:de |d'|du )?|"
    rf"ecole (?:de |d'|du )?|faculte (?:de |d'|du )?|lycee (?:de |d'|du )?)?({_COUNTRIES}|{_CITIES})\b"
    rf"|\(\s*({_COUNTRIES}|{_CITIES})\b|^[ ,]*({_COUNTRIES}|{_CITIES})\b"
)
_ADJECTIVE_NEXT = re.compile(rf"^\s*(?:{_MODIFIER}\s+){{0,3}}({_ADJECTIVES})\b")
_ADJECTIVE_BEFORE = re.compile(rf"\b(?:{_ADJECTIVES})\s+(?:de |du |d'un |: )?$")
_BY_TRADE = re.compile(r"\bdiplom|infirm|soignant|educat|d'etat|comptable")
_ADJECTIVE_LATER = re.compile(rf"^ (?:de |d'|en )(?!cuisine|danse|litterature|langue|lettres|civilisation|histoire|droit)\w+ ({_ADJECTIVES})\b")
_IS_ADJECTIVE = re.compile(rf"^ (?:est|etait) ({_ADJECTIVES})\b")
_NOT_FRENCH = re.compile(r"\b(?:pas|non) (?:un diplome |un bac )?francaise?s?\b")
_STAY = re.compile(r"\b(?:dont |avec |y compris )?(?:une? |\d )?(?:ans?|annees?|semestres?|mois) (?:d'etudes |passee?s? )?(?:a l'etranger|(?:en|au|"
    r"aux) \w+)")
_LANGUAGE = re.compile(rf"^(?:{_SUBJECT_LANGUAGES})$")
_SCHOOL_ABROAD = r"lycee francais|ecole francaise|lycee lyautey|aefe|homologue|diplome francais|bac(?:calaureat)? francais|reseau francais"
_FRENCH_SCHOOL_ABROAD = re.compile(rf"\b(?:{_SCHOOL_ABROAD})\b")
_FRENCH_SCHOOL = re.compile(rf"\b(?:{_SCHOOL_ABROAD}|en france|francaise?s?)\b")
_ELSEWHERE = re.compile(
    r"\b(?:ne|nee|nes|vi[st]|vivant|vecu|habite\w*|travaill\w+|bosse|poste|originaire|viens|venue?|arrivee?|nationalite|entreprise|filiale|mois|"
    r"guide|vacances|sejour|erasmus|caisse|emploi|droit|litterature|civilisation|histoire|culture|langues?|etudes|relations)\b"
)
_STUDIED = re.compile(
    r"\b(?:etudie|etudes|scolarite|cursus|diplomee?|diplomes|universite|fac(?:ulte)?|lycee|obtenus?|forme|formee|passe mes diplomes|fait mes etudes|"
    r"fait mon lycee)\b[^,;.]{0,40}?"
    rf"\b(?:au|aux|en|du|de|d'|a|a l'|dans)\s?(?:{_COUNTRIES}|{_CITIES})\b"
)
_STUDIED_AWAY = re.compile(r"\b(?:etud\w+|scolarite|cursus|diplom\w+)\b[^,;.]{0,30}\b(?:a l'etranger|dans mon pays|au pays)")
_OBTAINED_THERE = re.compile(rf"\b(?:{_COUNTRIES}|{_CITIES}),? ou (?:j'ai|elle a|il a) (?:obtenu|passe|eu|fait|valide|etudie)\b")
_FOREIGN_SCHOOL = re.compile(rf"\b(?:diplomee? d'une|diplomee? de l'|etudie dans une|sortie? d'une)\s?(?:universite|ecole|fac(?:ulte)?|"
    rf"haute ecole) (?:{_ADJECTIVES})\b")


def is_foreign(name: str, before: str, after: str) -> bool:
    """Whether the diploma `name` found between `before` and `after` (readable text) was delivered abroad.

    A school subject is no country (« licence d'espagnol »), and a French school abroad gives a French diploma.
    """
    after = _STAY.sub(" ", after)
    if _IS_ADJECTIVE.match(after):
        return True
    if name.strip() == "diplome" and (later := _ADJECTIVE_LATER.match(after)) and not _LANGUAGE.match(later.group(1)):
        return True
    if _has_foreign_adjective(name, after) or _ADJECTIVE_BEFORE.search(before):
        return True
    if _NOT_FRENCH.search(after):
        return True
    if _FRENCH_SCHOOL.search(after):
        return False
    if _ABROAD.search(after) or _ABROAD.search(name + after):
        return True
    return _names_a_place(after) or (_names_a_place(before) and not _FRENCH_SCHOOL.search(before)) or _ABROAD.search(before) is not None


def studied_abroad(text: str) -> bool:
    """Whether the person says that they studied in another country, whatever the diploma."""
    told = _STUDIED.search(text) or _STUDIED_AWAY.search(text) or _OBTAINED_THERE.search(text) or _FOREIGN_SCHOOL.search(text)
    return told is not None and not _FRENCH_SCHOOL_ABROAD.search(text)


def _has_foreign_adjective(name: str, after: str) -> bool:
    found = _ADJECTIVE_NEXT.match(after)
    if found is None:
        return False
    names_a_series = (" " in name.strip() and not _BY_TRADE.search(name)) or found.group().strip() != found.group(1)
    subject = _LANGUAGE.match(found.group(1)) is not None and (name.strip().startswith(_FEMININE) or names_a_series)
    return not subject


def _names_a_place(text: str) -> bool:
    """Whether a foreign place stands in `text` with nothing before it that speaks of life or work."""
    found = _PLACE.search(text)
    return found is not None and not _ELSEWHERE.search(text[:found.start()])
