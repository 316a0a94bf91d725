"""The knowledge desk over HTTP: the inbox, additions, practical information, corrections, what expires."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from bot.admissions.publications import Publication, PublicationKind
from bot.admissions.staff import AuditAction
from bot.catalogue import grouping
from bot.catalogue.answer_editor import AnswerEditor
from bot.catalogue.card_files import card_files
from bot.catalogue.catalogue import Catalogue, load_catalogue
from bot.catalogue.live import LiveBuilder
from bot.catalogue.overlay import Overlay
from bot.catalogue.search import LexicalEmbedder
from bot.console import account_services
from bot.services.learning import LearningServices
from bot.services.passwords import Passwords
from bot.services.published import Published
from bot.web.staff.services import StaffServices
from tests.integration.web.conftest import Site
from tests.integration.web.staff.conftest import StaffBrowser

KNOWLEDGE = Path(__file__).parents[4] / "knowledge"
TODAY = date(2026, 11, 22)
ORIGIN = {"source": "Service des admissions", "read_on": "2026-11-20", "expires_on": "2027-08-31"}
ANSWER = {"title": "Le parking", "text": "Oui, un **parking** est ouvert.", **ORIGIN}


@pytest.fixture(scope="session")
def curated() -> Catalogue:
    return load_catalogue(KNOWLEDGE, TODAY)


@pytest.fixture
def staff_site(make_site: Callable[..., Site], quick_passwords: Passwords, curated: Catalogue) -> Site:
    """A site whose console has the real answers, and an embedder without a model."""
    embedder = LexicalEmbedder()

    def staff(site: Site) -> StaffServices:
        published = Published(site.factory, LiveBuilder(curated, embedder), lambda: site.now.date())
        learning = LearningServices(
            site.factory, published, AnswerEditor(Overlay(curated), card_files(KNOWLEDGE)), partial(grouping.encode, embedder=embedder), grouping.group, UTC
        )
        site.learning = learning
        return StaffServices(account_services(site.settings, site.factory, quick_passwords), learning=learning)

    return make_site(staff=staff)


def ask(site: Site, *texts: str) -> None:
    """Questions that found no answer, a minute apart."""
    with site.factory() as uow:
        uow.conversations.create(f"c{texts[0][:20]}", site.now)
        for minute, text in enumerate(texts):
            uow.questions.add(f"c{texts[0][:20]}", text, [{"intent": "ask_place", "confidence": 0.3}], site.now + timedelta(minutes=minute))
        uow.commit()


def published(site: Site, kind: PublicationKind) -> list[Publication]:
    with site.factory() as uow:
        return list(uow.publications.published(kind))


def actions(site: Site) -> list[str]:
    with site.factory() as uow:
        return [line.action for line in uow.audit.page(50)]


def first_group(office: StaffBrowser) -> str:
    return re.findall(r'href="(/staff/questions/[0-9a-f-]{36})"', office.get("/staff/questions").text)[0]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def boxes(page: str) -> list[str]:
    return re.findall(r'name="question" value="([^"]+)"', page)


def previewed_then_published(office: StaffBrowser, path: str, data: dict[str, Any]) -> None:
    """The first click shows what the chat would say, the second publishes it."""
    shown = office.post(path, data)
    assert shown.status_code == 200 and "Aperçu dans la conversation" in shown.text, shown.text
    done = office.post(path, {**data, "previewed": hidden(shown.text, "previewed")})
    assert done.status_code == 303, done.text


def test_similar_questions_stand_together_the_most_frequent_first(staff_site: Site, office: StaffBrowser) -> None:
    ask(staff_site, "quelle heure est-il", "y a-t-il un parking", "Y a-t-il un parking ?", "y a t il un parking")
    page = office.read("/staff/questions")
    assert "4 questions en 2 groupes" in page
    assert page.index("parking") < page.index("quelle heure")
    assert "3 fois" in page and "C'est : Le lieu des cours" in page


def test_one_click_attaches_the_group_to_a_topic(staff_site: Site, office: StaffBrowser) -> None:
    ask(staff_site, "y a-t-il un parking", "y a t il un parking ?")
    path = first_group(office)
    assert office.post(f"{path}/sujet", {"card": "lieu", "all": "yes"}).status_code == 303
    assert "C'est noté" in office.read("/staff/questions")
    (addition,) = published(staff_site, PublicationKind.ADDITION)
    assert addition.body == {"phrases": ["y a t il un parking ?"], "card": "lieu"}
    assert (addition.created_by, actions(staff_site)[0]) == ("odile.martin@example.org", AuditAction.ADDITION_PUBLISHED.value)
    assert staff_site.learning.published.current().additions.nearest(["Y a-t-il un parking ?"])[0].intent == "ask_place"


def test_an_unticked_question_stays_in_the_inbox(staff_site: Site, office: StaffBrowser) -> None:
    ask(staff_site, "y a-t-il un parking couvert", "y a-t-il un parking ouvert")
    path = first_group(office)
    ticked = boxes(office.get(path).text)[:1]
    office.post(f"{path}/sujet", {"card": "lieu", "question": ticked})
    assert "1 question en 1 groupe" in office.read("/staff/questions")


def test_an_answer_is_previewed_then_published_with_its_source(staff_site: Site, office: StaffBrowser) -> None:
    ask(staff_site, "y a-t-il un parking")
    path = first_group(office)
    data = {**ANSWER, "question": boxes(office.get(path).text)}
    shown = office.post(f"{path}/reponse", data)
    assert "<strong>parking</strong>" in shown.text and "Source\u202f: Service des admissions" in shown.text
    assert published(staff_site, PublicationKind.ADDITION) == []
    done = office.post(f"{path}/reponse", {**data, "previewed": hidden(shown.text, "previewed")})
    assert done.status_code == 303
    (addition,) = published(staff_site, PublicationKind.ADDITION)
    assert (addition.source, addition.expires_on) == ("Service des admissions", date(2027, 8, 31))


def test_what_changed_since_the_preview_is_shown_again_not_published(staff_site: Site, office: StaffBrowser) -> None:
    ask(staff_site, "y a-t-il un parking")
    path = first_group(office)
    data = {**ANSWER, "question": boxes(office.get(path).text)}
    proof = hidden(office.post(f"{path}/reponse", data).text, "previewed")
    again = office.post(f"{path}/reponse", {**data, "text": "Non.", "previewed": proof})
    assert again.status_code == 200 and published(staff_site, PublicationKind.ADDITION) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": "[ici](javascript:alert(1))"}, "Le lien"), ({"source": ""}, "Indiquez la source"), ({"expires_on": "2026-11-01"}, "déjà passée"),
        ({"read_on": "2027-01-01"}, "dans le futur"), ({"title": "t" * 41}, "titre"), ({"expires_on": "demain"}, "n'est pas une date"),
    ],
)
def test_what_cannot_be_published_is_said_in_words(staff_site: Site, office: StaffBrowser, wrong: dict[str, str], told: str) -> None:
    ask(staff_site, "y a-t-il un parking")
    path = first_group(office)
    refused = office.post(f"{path}/reponse", {**ANSWER, **wrong, "question": boxes(office.get(path).text)})
    assert refused.status_code == 422 and told in unescape(refused.text)


def test_what_people_typed_is_never_markup(staff_site: Site, office: StaffBrowser) -> None:
    ask(staff_site, "<script>alert(1)</script> un parking", '"><img src=x onerror=alert(1)>')
    for path in ("/staff/questions", first_group(office)):
        page = office.get(path).text
        assert "<script" not in page and "<img" not in page


def test_a_written_answer_is_text_in_its_preview(staff_site: Site, office: StaffBrowser) -> None:
    shown = office.post("/staff/questions/ajouts/nouveau", {**ANSWER, "phrases": "un parking ?", "text": "<b>x</b> {{ f.identite }} {% raw %}"})
    assert "&lt;b&gt;x&lt;/b&gt; {{ f.identite }} {% raw %}" in shown.text and shown.status_code == 200


def test_an_addition_is_changed_then_withdrawn_and_its_questions_come_back(staff_site: Site, office: StaffBrowser) -> None:
    ask(staff_site, "y a-t-il un parking")
    office.post(f"{first_group(office)}/sujet", {"card": "lieu", "all": "yes"})
    (before,) = published(staff_site, PublicationKind.ADDITION)
    path = f"/staff/questions/ajouts/{before.subject}"
    assert "odile.martin@example.org" in office.read("/staff/questions/ajouts")
    version = hidden(office.get(path).text, "version")
    assert office.post(path, {"phrases": "un parking\nou se garer", "card": "distance", "version": version}).status_code == 303
    late = office.post(path, {"phrases": "un parking", "card": "prix", "version": version})
    assert late.headers["location"] == path and "Un collègue" in office.read(path)
    (after,) = published(staff_site, PublicationKind.ADDITION)
    assert after.body == {"phrases": ["un parking", "ou se garer"], "card": "distance"}
    office.get(path)
    assert office.post(f"{path}/retirer", {"version": after.id}).status_code == 303
    assert "1 question en 1 groupe" in office.read("/staff/questions")
    assert "remplacé" in office.read(path)


def test_two_additions_do_not_claim_the_same_words(staff_site: Site, office: StaffBrowser) -> None:
    data = {**ANSWER, "phrases": "Un parking ?"}
    previewed_then_published(office, "/staff/questions/ajouts/nouveau", data)
    shown = office.post("/staff/questions/ajouts/nouveau", {**data, "title": "Autre"})
    refused = office.post("/staff/questions/ajouts/nouveau", {**data, "title": "Autre", "previewed": hidden(shown.text, "previewed")})
    assert refused.status_code == 422 and "Un ajout répond déjà" in refused.text


def test_questions_are_set_aside_and_taken_back(staff_site: Site, office: StaffBrowser) -> None:
    ask(staff_site, "blablabla")
    office.post(f"{first_group(office)}/ignorer", {"all": "yes"})
    assert "Aucune question n'attend" in office.read("/staff/questions")
    office.post("/staff/questions/ignorees", {"question": boxes(office.get("/staff/questions/ignorees").text)})
    assert "1 question en 1 groupe" in office.read("/staff/questions")


def test_a_practical_value_is_previewed_published_and_withdrawn(staff_site: Site, office: StaffBrowser) -> None:
    path, data = "/staff/pratique/prix", {"value": "2 000 € par an", **ORIGIN, "version": ""}
    office.get(path)
    previewed_then_published(office, path, data)
    catalogue = staff_site.learning.published.current().catalogue
    said = catalogue.render("prix", on=TODAY)
    assert "2 000 € par an" in said.text and said.source.section == "Service des admissions"
    assert "2 000 € par an" in office.read("/staff/pratique") and "31 août 2027" in office.read("/staff/echeances")
    assert office.post(path, data | {"value": "autre"}).status_code == 200  # a preview overwrites nothing
    page = office.get(path).text
    office.post(f"{path}/retirer", {"version": hidden(page, "version")})
    assert "Je ne sais pas" in staff_site.learning.published.current().catalogue.render("prix", on=TODAY).text
    assert actions(staff_site)[:2] == [AuditAction.PRACTICAL_WITHDRAWN.value, AuditAction.PRACTICAL_PUBLISHED.value]


def test_an_expired_value_is_no_longer_said_and_is_listed(staff_site: Site, office: StaffBrowser) -> None:
    office.get("/staff/pratique/lieu")
    previewed_then_published(office, "/staff/pratique/lieu", {"value": "À Limoges", **ORIGIN, "expires_on": "2026-11-23", "version": ""})
    staff_site.now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert "À Limoges" not in staff_site.learning.published.current().catalogue.render("lieu", on=date(2026, 11, 24)).text
    office.sign_in()  # two days later
    assert "passée" in office.read("/staff/echeances") and "expiré" in office.read("/staff/pratique")


def test_a_correction_keeps_its_marks_and_is_published(staff_site: Site, office: StaffBrowser) -> None:
    path = "/staff/reponses/prerequis/texte/simple"
    page = office.get(path).text
    assert "{1}" in page and "bac+2" in page and "{blocs.nombre}" in page
    text = "{1} En clair : un {2}, ou le bac et {3} de travail. Il y a {blocs.nombre} blocs."
    previewed_then_published(office, path, {"text": text, "version": hidden(page, "version")})
    said = staff_site.learning.published.current().catalogue.render("prerequis", on=TODAY, simple=True)
    assert said.text == "En clair : un bac+2, ou le bac et 3 ans de travail. Il y a 3 blocs."
    assert "corrigée" in office.read("/staff/reponses") and "En clair" in office.read("/staff/reponses/prerequis")
    version = hidden(office.get("/staff/reponses/prerequis").text, "version")
    office.post(f"{path}/retirer", {"version": version})
    assert "En clair" not in staff_site.learning.published.current().catalogue.render("prerequis", on=TODAY, simple=True).text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{1} Il faut un {2} et 3 ans.", "chiffre est écrit à la main"), ("{99}", "n'existe pas"), ("Bonjour {", "accolade"),
        ("Il faut un {2}.", "réglage invisible"), ("{1} [x](javascript:alert(1)) {2}", "Le lien"), ("{{ f.identite.code }}", "accolade"),
    ],
)
def test_a_correction_that_would_be_wrong_is_refused_in_words(staff_site: Site, office: StaffBrowser, text: str, told: str) -> None:
    path = "/staff/reponses/prerequis/texte/reponse"
    office.get(path)
    refused = office.post(path, {"text": text, "version": ""})
    assert refused.status_code == 422 and told in unescape(refused.text)
    assert published(staff_site, PublicationKind.CORRECTION) == []


def test_a_suspended_answer_says_so_until_it_is_taken_up_again(staff_site: Site, office: StaffBrowser) -> None:
    office.get("/staff/reponses/jury")
    assert office.post("/staff/reponses/jury/suspendre").status_code == 303
    assert "en cours de vérification" in staff_site.learning.published.current().catalogue.render("jury", on=TODAY).text
    office.post("/staff/reponses/jury/reprendre", {"version": hidden(office.get("/staff/reponses/jury").text, "version")})
    assert "en cours de vérification" not in staff_site.learning.published.current().catalogue.render("jury", on=TODAY).text


@pytest.mark.parametrize("card", ["consentement", "detresse", "accueil"])
def test_texts_that_bind_or_protect_are_not_changed_here(staff_site: Site, office: StaffBrowser, card: str) -> None:
    assert office.get(f"/staff/reponses/{card}").status_code == 200
    assert office.get(f"/staff/reponses/{card}/texte/reponse").status_code == 404
    office.post(f"/staff/reponses/{card}/suspendre")
    assert published(staff_site, PublicationKind.SUSPENSION) == []


PAGES = ("/staff/questions", "/staff/questions/ignorees", "/staff/questions/ajouts", "/staff/reponses", "/staff/reponses/prix", "/staff/pratique",
         "/staff/pratique/prix", "/staff/echeances")


@pytest.mark.parametrize("path", PAGES)
def test_a_reader_sees_every_page_and_no_form_that_changes_knowledge(staff_site: Site, reader: StaffBrowser, path: str) -> None:
    ask(staff_site, "y a-t-il un parking")
    page = reader.get(path)
    assert page.status_code == 200
    assert set(re.findall(r'<form method="post" action="([^"]+)"', page.text)) <= {"/staff/deconnexion", "/staff/questions/ignorees"}


CHANGES = ("/staff/questions/x/sujet", "/staff/questions/x/reponse", "/staff/questions/x/ignorer", "/staff/questions/ignorees", "/staff/questions/ajouts/nouveau",
           "/staff/questions/ajouts/x", "/staff/questions/ajouts/x/retirer", "/staff/reponses/prix/suspendre", "/staff/reponses/prix/reprendre",
           "/staff/reponses/prix/texte/reponse", "/staff/reponses/prix/texte/reponse/retirer", "/staff/pratique/prix", "/staff/pratique/prix/retirer")


@pytest.mark.parametrize("path", CHANGES)
def test_a_reader_changes_nothing(reader: StaffBrowser, path: str) -> None:
    assert reader.post(path, {"card": "lieu"}).status_code == 403


@pytest.mark.parametrize("path", ["/staff/reponses/nulle", "/staff/pratique/nulle", "/staff/questions/ajouts/nulle", "/staff/reponses/prix/texte/variantes.9.reponse"])
def test_an_address_that_names_nothing_is_not_found(office: StaffBrowser, path: str) -> None:
    assert office.get(path).status_code == 404


def test_a_settled_question_leaves_its_group_and_a_new_one_joins(staff_site: Site, office: StaffBrowser) -> None:
    ask(staff_site, "y a-t-il un parking couvert", "y a-t-il un parking ouvert", "y a-t-il un parking ouvert ?")
    path = first_group(office)
    settled = next(box for box in boxes(office.get(path).text))
    office.post(f"{path}/ignorer", {"question": [settled]})
    assert "1 question en 1 groupe" in office.read("/staff/questions")
    assert office.get(first_group(office)).status_code == 200
    ask(staff_site, "Y a-t-il un parking couvert ?")
    assert "2 questions en 1 groupe" in office.read("/staff/questions")
