"""What people type on a phone, and the words it stands for.

Only forms that are not French words themselves, so that replacing them can never harm a well-written message.
"""

ABBREVIATIONS: dict[str, str] = {
    # pronoun and verb glued together
    "jai": "j'ai", "jaimerai": "j'aimerais", "jaimerais": "j'aimerais", "jsuis": "je suis", "jss": "je suis", "chui": "je suis",
    "chuis": "je suis", "jpeux": "je peux", "jpe": "je peux", "jveux": "je veux", "jvx": "je veux", "jvoudrai": "je voudrais",
    "jvoudrais": "je voudrais", "jvoulais": "je voulais", "jdois": "je dois", "jfais": "je fais", "jsais": "je sais", "jsai": "je sais",
    "jsp": "je sais pas", "jcomprend": "je comprends", "jcomprends": "je comprends", "jcherche": "je cherche", "jhabite": "j'habite",
    "jbosse": "je bosse", "jtravaille": "je travaille", "jme": "je me", "jte": "je te", "jle": "je le", "jla": "je la", "javais": "j'avais",
    "jvais": "je vais", "jvai": "je vais", "jetais": "j'étais", "jrempli": "je remplis", "jremplis": "je remplis", "jpense": "je pense",
    "jarrive": "j'arrive", "jprepare": "je prépare", "tpeux": "tu peux",
    "ya": "il y a", "yaura": "il y aura", "yaurait": "il y aurait", "yavait": "il y avait", "yen": "il y en", "yat": "y a-t-il",
    "cest": "c'est", "cetait": "c'était", "cets": "c'est", "sest": "c'est", "kest": "qu'est", "keske": "qu'est-ce que", "kesk": "qu'est-ce que",
    "keskon": "qu'est-ce qu'on", "eske": "est-ce que", "esque": "est-ce que", "esk": "est-ce que", "estce": "est-ce", "estceque": "est-ce que",
    "esce": "est-ce", "dispo": "disponible", "quest": "qu'est", "quelquun": "quelqu'un", "jusqua": "jusqu'à", "aujourdhui": "aujourd'hui",
    "daccord": "d'accord", "lecole": "l'école", "lexamen": "l'examen", "linscription": "l'inscription", "dexperience": "d'expérience",
    "leval": "l'évaluation", "letat": "l'état", "lalternance": "l'alternance",
    # single letters and consonant skeletons
    "c": "c'est", "g": "j'ai", "k": "que", "ke": "que", "koi": "quoi", "kwa": "quoi", "kan": "quand", "qd": "quand", "qand": "quand",
    "ki": "qui", "kel": "quel", "kelle": "quelle", "kels": "quels", "kelles": "quelles", "kom": "comme", "kmt": "comment", "cmt": "comment",
    "cmment": "comment", "coment": "comment", "cb": "combien", "cbn": "combien", "combi1": "combien", "pr": "pour", "pq": "pourquoi",
    "pk": "pourquoi", "pkoi": "pourquoi", "pcq": "parce que", "pcke": "parce que", "psk": "parce que", "ds": "dans", "dc": "donc", "ac": "avec",
    "avc": "avec", "ss": "sans", "sr": "sur", "tt": "tout", "ts": "tous", "ttes": "toutes", "ns": "nous", "vs": "vous", "bcp": "beaucoup",
    "bq": "beaucoup", "qqn": "quelqu'un", "qq1": "quelqu'un", "qqch": "quelque chose", "qqchose": "quelque chose", "qq": "quelques",
    "qqs": "quelques", "jms": "jamais", "tjs": "toujours", "tjrs": "toujours", "tjr": "toujours", "mtn": "maintenant", "mnt": "maintenant",
    "ajd": "aujourd'hui", "auj": "aujourd'hui", "dsl": "désolé", "tkt": "t'inquiète", "stp": "s'il te plaît", "svp": "s'il vous plaît",
    "slt": "salut", "bjr": "bonjour", "bsr": "bonsoir", "cc": "coucou", "mci": "merci", "mrc": "merci", "msg": "message", "rdv": "rendez-vous",
    "nb": "nombre", "num": "numéro", "tph": "téléphone", "rep": "réponse", "pb": "problème", "pbm": "problème",
    "nn": "non", "ui": "oui", "oue": "ouais", "ouai": "ouais", "ouep": "oui", "vrm": "vraiment", "grv": "grave", "fo": "il faut",
    "fau": "faut", "pdt": "pendant", "ap": "après", "dep": "depuis", "tps": "temps", "gd": "grand", "mm": "même", "meme": "même",
    "xp": "expérience", "exp": "expérience", "exam": "examen", "exams": "examens", "prog": "programme", "certif": "certification",
    "certifs": "certifications", "inscri": "inscription", "comm": "communication", "admin": "administration", 
    "sava": "ça va", "pa": "pas", "oci": "aussi", "ossi": "aussi", "taf": "travail", "taff": "travail",
    "taffe": "travaille", "thunes": "argent",
}
