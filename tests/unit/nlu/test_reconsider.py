"""Messages whose words decide against the model's reading."""

from __future__ import annotations

import pytest

from bot.nlu.reconsider import reconsider


@pytest.mark.parametrize(("text", "read", "facts", "meant"), [
    ("qui étudie mon livret de VAE ?", "ask_privacy", set(), "ask_jury"),
    ("qui lit mes données ?", "ask_privacy", set(), None),
    ("j'aimerais connaître mon éligibilité", "ask_competences", set(), "request_prescreening"),
    ("est-ce que je peux m'inscrire ?", "ask_how_to_apply", set(), "request_prescreening"),
    ("où est-ce que je peux m'inscrire ?", "ask_how_to_apply", set(), None),
    ("vous m'agacez, merci bien", "thank", set(), "insult"),
    ("tu peu m'écrire une lettre de motivation", "ask_application_file", set(), "out_of_scope"),
    ("niveau IV, ça le fait pour entrer ?", "ask_level_meaning", {"diploma"}, "request_prescreening"),
    ("avec mon DUT de 98, est-ce recevable ?", "ask_prerequisites", {"diploma"}, "request_prescreening"),
    ("elle est au chômage et a 5 ans de ménage, est-ce qu'elle rentre ?", "ask_prerequisites", set(), "request_prescreening"),
    ("y a besoin d'un DUT pour postuler ?", "ask_prerequisites", {"diploma"}, None),
    ("il a le bac et rien d'autre", "ask_experience_required", {"diploma"}, "give_situation"),
    ("on sort avec bac+3 ou bac+4", "ask_level", {"diploma"}, None),
    ("c'est un bac+3 donc je peux faire un doctorat ensuite ?", "ask_level", {"diploma"}, None),
    ("le niveau IV, c'est quoi ?", "ask_level_meaning", {"diploma"}, None),
    ("un BTS suffit pour entrer ?", "ask_prerequisites", set(), None),
    ("et j'ai aussi un DUT de chimie", "ask_hypothesis", {"diploma"}, "give_situation"),
    ("et si j'avais un DUT ?", "ask_hypothesis", {"diploma"}, None),
    ("quel boulet ce robot, je veux parler à une vraie personne", "insult", set(), "request_human"),
    ("quel boulet ce robot", "insult", set(), None),
    ("rédige-moi un courrier pour mon propriétaire", "ask_application_file", set(), "out_of_scope"),
    ("il faut rédiger une lettre pour le dossier ?", "ask_application_file", set(), None),
    ("apprend-on à rédiger une délibération ?", "ask_competence", set(), None),
    ("quels métiers avec un CAP boulanger", "ask_jobs", set(), "out_of_scope"),
    ("présentez-moi le titre conseiller de vente", "ask_certification", set(), "out_of_scope"),
    ("quels métiers avec ce diplôme ?", "ask_jobs", set(), None),
    ("infos sur votre diplôme de secrétaire de mairie", "ask_certification", set(), None),
    ("le programme du titre de responsable d'administration communale", "ask_blocks", set(), None),
    ("est-ce que je parle à une machine ou à un humain", "request_human", set(), "ask_if_bot"),
    ("je voudrais parler à un humain, pas à un robot", "request_human", set(), None),
    ("la certification est-elle reconnue au Canada ?", "ask_certifier", set(), "ask_equivalences"),
    ("j'ai un diplôme du Canada, est-il reconnu ici ?", "ask_foreign_diploma", {"diploma"}, None),
    ("mon BTS banque est obtenu, ça dure combien chez vous ?", "ask_duration", {"diploma"}, None),
])
def test_words_decide_where_they_must(text: str, read: str, facts: set[str], meant: str | None) -> None:
    assert reconsider(text, read, facts) == meant
