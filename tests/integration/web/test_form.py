"""The form from its first page to the lead, as somebody without JavaScript fills it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.admissions.facts import Verdict
from bot.admissions.levels import read_diploma
from bot.services.form_choices import DIPLOMAS, listed_diploma
from bot.services.prescreening import assess_slots
from bot.services.wording import HEADLINES, HEADLINES_FOR_SOMEONE_ELSE, INDICATIVE
from tests.integration.web.form_browser import CONTACT, Browser, make_browser

LONG_STAY = {"diploma": "bac_pro", "experience_years": "4", "status": "salarie"}


def _plain(text: str) -> str:
    """Without the marks of Markdown."""
    return text.replace("**", "")


@pytest.fixture
def browser(program: Any, tmp_path: Any) -> Browser:
    return make_browser(program, tmp_path)


def test_the_page_shows_every_question_with_its_answer_and_its_source(browser, program):
    page = browser.open("/formulaire").page
    titles = {element.text.replace("\u202f", " ") for element in page.all("h4")}
    shown = {card.titre for card in program.catalogue.cards.values() if any(intent.startswith("ask_") for intent in card.intents)}
    hidden = {"Comment allez-vous ?", "Qui êtes-vous ?", "Ce que je peux faire", "Une autre langue", "Une matière en particulier",
              "Le contenu d'un bloc", "La liste des compétences"}
    assert shown - hidden <= titles
    assert {f"Bloc {number} : toutes ses compétences" for number in (1, 2, 3)} <= titles
    assert all(competence.libelle in page.text or competence.libelle_bloc in page.text for competence in program.catalogue.base.facts.competences)
    assert "Source : Prérequis à l'entrée en formation, lue le 22 novembre 2026" in page.text


def test_what_nobody_knows_yet_stands_together_at_the_end(browser):
    page = browser.open("/formulaire").page
    topics = [element.text for element in page.all("h3")]
    assert topics[-1] == "Ce que nous ne savons pas encore"
    unknown = page.text[page.text.rindex("Ce que nous ne savons pas encore") :]
    assert all(title in unknown for title in ("Le prix", "Le salaire", "Les pièces du dossier", "Le lieu des cours"))


def test_every_line_of_the_contents_leads_somewhere(browser):
    page = browser.open("/formulaire").page
    targets = [link.attributes["href"][1:] for link in page.all("a") if link.attributes["href"].startswith("#")]
    assert len(targets) > 10 and set(targets) <= set(page.ids)


def test_all_answers_can_be_opened_at_once(browser):
    assert not any("open" in element.attributes for element in browser.open("/formulaire").page.all("details"))
    assert all("open" in element.attributes for element in browser.open("/formulaire?tout=1").page.all("details"))


def test_a_verdict_comes_with_its_reasons_its_source_and_what_follows(browser, program):
    page = browser.check(**LONG_STAY).page
    assert browser.status == 200 and page.all("h1")[0].text == "Votre résultat indicatif"
    slots = {"diploma": {"level": 4, "label": "bac professionnel"}, "experience": {"months": 48}, "status": "salarie"}
    assessment = assess_slots(program.catalogue.rules, slots, program.assistant.today())
    sentences = [*(reason.text for reason in assessment.reasons), *assessment.what_would_change, INDICATIVE]
    assert len(sentences) >= 3 and all(sentence in page.text for sentence in sentences)
    assert _plain(HEADLINES[assessment.verdict]) in page.text and "Source : Prérequis à l'entrée en formation" in page.text
    assert "étude du dossier de candidature" in page.text and "bac professionnel (niveau 4)" in page.text
    assert browser.leads() == []


def test_a_diploma_that_suffices_asks_for_nothing_else(browser):
    assert browser.check(diploma="bts").status == 200
    assert browser.check(diploma_text="j'ai eu mon BTS en 2004", experience_text="n'importe quoi").status == 200


@pytest.mark.parametrize(("entries", "asked"), [
    ({}, "diploma"),
    ({"diploma": "bac_pro"}, "experience_years"),
    ({"diploma": "cap"}, "experience_years"),
    ({"diploma": "bac_pro", "experience_years": "4"}, "status-1"),
])
def test_what_is_missing_is_asked_again_with_the_entries_kept(browser, entries, asked):
    page = browser.check(route="vae", **entries).page
    assert browser.status == 422
    [summary] = [element for element in page.all("div") if element.attributes.get("role") == "alert"]
    assert [link.attributes["href"] for link in page.all("a") if "div" in link.parents] == [f"#{asked}"] and summary.text.strip()
    assert page.entries()["route"] == "vae" and {name: page.entries()[name] for name in entries} == entries


def test_an_ambiguous_level_is_asked_back_once_and_its_answer_stays(browser):
    page = browser.check(diploma_text="niveau 4").page
    assert browser.status == 422 and "peut se lire de plusieurs façons" in page.text
    page = browser.send("/formulaire/verification", diploma_precision="1").page
    assert browser.status == 422 and "Indiquez la durée" in page.text and "de plusieurs façons" not in page.text
    assert page.entries()["diploma_precision"] == "1"
    assert browser.send("/formulaire/verification", experience="never").status == 200
    assert _plain(HEADLINES[Verdict.NOT_YET]) in browser.page.text


def test_an_ambiguous_level_left_unclear_goes_to_a_person(browser):
    browser.check(diploma_text="niveau 4").send("/formulaire/verification")
    assert browser.status == 200 and _plain(HEADLINES[Verdict.TO_REVIEW]) in browser.page.text


@pytest.mark.parametrize(("precision", "verdict"), [
    ("more", Verdict.ELIGIBLE), ("less", Verdict.NOT_YET), ("unknown", Verdict.TO_REVIEW), ("", Verdict.TO_REVIEW),
])
def test_a_duration_on_both_sides_of_the_rule_is_asked_about_once(browser, precision, verdict):
    browser.check(diploma="bac_general", experience_text="environ 3 ans", status="salarie")
    assert browser.status == 422 and "36 mois" in browser.page.text
    browser.send("/formulaire/verification", experience_precision=precision)
    assert browser.status == 200 and _plain(HEADLINES[verdict]) in browser.page.text


@pytest.mark.parametrize(("entries", "in_the_end"), [
    ({"diploma_text": "gloubiboulga"}, _plain(HEADLINES[Verdict.TO_REVIEW])),
    ({"diploma": "bac_pro", "experience_text": "gloubiboulga"}, _plain(HEADLINES[Verdict.TO_REVIEW])),
    ({"diploma": "bts", "diploma_text": "bac pro"}, "Indiquez la durée de l'expérience"),
    ({"diploma": "bac_pro", "experience": "never", "experience_years": "5"}, _plain(HEADLINES[Verdict.TO_REVIEW])),
])
def test_nobody_is_held_in_a_loop_by_what_cannot_be_read(browser, entries, in_the_end):
    assert browser.check(**entries).status == 422 and in_the_end not in browser.page.text
    assert in_the_end in browser.send("/formulaire/verification").page.text


def test_a_choice_and_words_that_disagree_are_not_guessed_at(browser):
    assert "gardez seulement le diplôme" in browser.check(diploma="bts", diploma_text="bac pro").page.text
    assert "gardez l'un des deux" in browser.check(diploma="cap", experience_years="5", experience_text="deux ans en usine").page.text


@pytest.mark.parametrize(("code", "level"), [(code, diploma.level) for _, group in DIPLOMAS for code, _, diploma in group if diploma.level is not None])
def test_each_diploma_of_the_list_is_read_at_the_same_level_when_written(code, level):
    label = listed_diploma(code).label
    words = "J'ai validé ma L2" if code == "two_years" else f"J'ai {label} de niveau {level}" if label.startswith("titre") else f"J'ai {label}"
    assert read_diploma(words, True).level == level and read_diploma(words, True).two_years_validated == listed_diploma(code).two_years_validated


def test_words_beside_the_choice_count(browser):
    assert "licence (étranger)" in browser.check(diploma="licence", diploma_text="obtenue en Algérie").page.text
    assert _plain(HEADLINES[Verdict.TO_REVIEW]) in browser.page.text
    assert browser.check(diploma="bts", diploma_text="en cours").status == 422


def test_answers_can_be_corrected_after_the_verdict(browser):
    browser.check(**LONG_STAY, diploma_text="compta").send("/formulaire/verification", edit="yes")
    assert browser.status == 200
    held = browser.page.entries()
    assert {name: held[name] for name in LONG_STAY} == LONG_STAY and held["diploma_text"] == "compta"


def test_a_lead_is_made_with_the_verdict_the_consent_and_the_exchange(browser, program):
    browser.check(**LONG_STAY, route="formation_continue").leave_contact(phone="06 39 98 01 18", question="Quand commence-t-on ?\nMerci.")
    assert browser.status == 200 and "C'est transmis" in browser.page.text
    [lead] = browser.leads()
    assert (lead["verdict"], lead["level"], lead["diploma"], lead["experience_months"], lead["status"], lead["route"]) == (
        "eligible", 4, "bac professionnel", 48, "salarie", "formation_continue")
    assert (lead["name"], lead["email"], lead["phone"]) == ("Camille Durand", "camille.durand@example.org", "+33639980118")
    assert lead["question"] == "Quand commence-t-on ?\nMerci." and lead["reasons"] and lead["for_someone_else"] is False
    assert lead["consent_version"] == program.assistant.base.consent_terms(program.assistant.today())[0]
    with browser.factory() as uow:
        said = [(message.sender, message.body["text"]) for message in uow.messages.history(lead["conversation_id"])]
        assert uow.leads.get(lead["id"]).consent.text == program.assistant.base.consent_terms(program.assistant.today())[1]
    filled = ("Vérification par formulaire", "Diplôme : Bac professionnel", "Expérience professionnelle : 4 ans",
              "Situation : salarié ou agent public", "Voie souhaitée : Formation continue, comme adulte en reprise d'études")
    assert said[0] == ("user", "\n".join(filled))
    assert ("user", "Quand commence-t-on ?\nMerci.") in said and said[-1][0] == "bot"


def test_a_person_can_be_asked_for_without_any_verification(browser):
    browser.open("/formulaire/coordonnees").leave_contact(email="", phone="+33 6 39 98 01 18")
    [lead] = browser.leads()
    assert (lead["verdict"], lead["reasons"], lead["level"], lead["email"], lead["phone"]) == (None, [], None, None, "+33639980118")


def test_a_form_for_somebody_else_says_so(browser):
    browser.check(for_whom="other", diploma="bts")
    assert _plain(HEADLINES_FOR_SOMEONE_ELSE[Verdict.ELIGIBLE]) in browser.page.text and "Prénom et nom de la personne à recontacter" in browser.page.text
    assert browser.leave_contact().leads()[0]["for_someone_else"] is True
    assert _plain(HEADLINES_FOR_SOMEONE_ELSE[Verdict.ELIGIBLE]) in browser.check(diploma_text="ma fille a un BTS").page.text


@pytest.mark.parametrize(("typed", "kept"), [
    ("camille DURAND", "camille DURAND"), ("jean-marc d'almeida", "Jean-Marc D'Almeida"), ("Marie Maire", "Marie Maire"), ("Je m'appelle Léa Nguyễn", "Léa Nguyễn"),
    ("李 明", "李 明"),
])
def test_names_are_kept_as_their_owners_write_them(browser, typed, kept):
    assert browser.open("/formulaire/coordonnees").leave_contact(name=typed).leads()[0]["name"] == kept


@pytest.mark.parametrize(("entries", "words"), [
    ({"name": ""}, "Écrivez un prénom et un nom"),
    ({"name": "12345"}, "Écrivez un prénom et un nom"),
    ({"email": "camille@"}, "Cette adresse ne semble pas complète"),
    ({"phone": "12 34"}, "Ce numéro n'est pas reconnu"),
    ({"email": ""}, "Indiquez une adresse e-mail ou un numéro"),
    ({"consent": ""}, "Cochez la case si vous acceptez"),
    ({"consent": "non"}, "Cochez la case si vous acceptez"),
])
def test_what_is_wrong_in_the_details_is_said_in_words_and_nothing_is_kept(browser, entries, words):
    browser.check(diploma="bts").leave_contact(question="Ma question", **entries)
    assert browser.status == 422 and words in browser.page.text and browser.leads() == []
    assert browser.page.entries()["question"] == "Ma question"
    assert browser.leave_contact(phone="").status == 200 and browser.leads()[0]["verdict"] == "eligible"


def test_the_consent_box_is_never_ticked_beforehand(browser):
    for page in (browser.open("/formulaire/coordonnees").page, browser.check(diploma="bts").page):
        [box] = [element for element in page.all("input") if element.attributes["type"] == "checkbox"]
        assert "checked" not in box.attributes and box.attributes["name"] == "consent"


def test_the_same_form_sent_twice_makes_one_lead(browser):
    browser.check(diploma="bts")
    entries = {**browser.page.entries(), **CONTACT}
    pages = [browser.client.post("/formulaire/coordonnees", data=entries).text for _ in range(3)]
    assert len(set(pages)) == 1 and len(browser.leads()) == 1
    with browser.factory() as uow:
        assert len(uow.messages.history(browser.leads()[0]["conversation_id"])) == 7


def test_the_same_form_corrected_and_sent_again_corrects_the_lead(browser):
    browser.check(diploma="bts")
    entries = {**browser.page.entries(), **CONTACT}
    browser.client.post("/formulaire/coordonnees", data=entries)
    browser.client.post("/formulaire/coordonnees", data={**entries, "email": "autre@example.org"})
    assert [lead["email"] for lead in browser.leads()] == ["autre@example.org"]


def test_two_forms_make_two_leads(browser):
    for _ in range(2):
        browser.check(diploma="bts").leave_contact()
    assert len(browser.leads()) == 2


def test_the_address_of_a_step_opens_it_anew(browser):
    assert browser.open("/formulaire/verification").status == 200
    assert browser.open("/formulaire/coordonnees").status == 200
