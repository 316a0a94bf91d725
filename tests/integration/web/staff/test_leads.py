"""The queue and the page of a lead, as an admin and a reader see and use them."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from bot.admissions.facts import Route, Status, Verdict
from bot.admissions.leads import Contact
from bot.services.leads import LeadDetails, erase_conversation, register_or_update_lead
from bot.storage.engine import writing
from bot.storage.tables import consents, leads
from bot.web.staff.leads_to_do import leads_to_do
from tests.integration.builders import NOW, consent

HOSTILE = ["<script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}", "' OR 1=1 --"]


def add_lead(site, name="Camille Durand", email="camille.durand@example.org", at=NOW, **known) -> str:
    """A lead with the conversation that it was made in."""
    conversation_id, token = site.open()
    site.say(token, "inconnu : où se garer ?")
    details = LeadDetails(Contact(name, email, known.pop("phone", None)), **({"verdict": Verdict.ELIGIBLE} | known))
    with site.factory() as uow:
        lead = register_or_update_lead(uow, conversation_id, details, consent(at), at)
        uow.commit()
    return lead.id


def hidden(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that posts there."""
    form = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert form, action
    return {name: unescape(value) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0])}


def post(browser, lead_id: str, action: str, page: str | None = None, **values: str):
    """Sends one of the page's forms, with the version that the page showed."""
    path = f"/staff/contacts/{lead_id}"
    fields = hidden(page or browser.get(path).text, f"{path}/notes")
    return browser.post(f"{path}/{action}", {**fields, **values})


def lead_of(site, lead_id: str):
    return site.factory().desk.get(lead_id).lead


def test_the_queue_shows_new_ones_first_and_what_is_to_review_on_top(office, staff_site):
    add_lead(staff_site, "Ancienne Éligible", at=NOW - timedelta(days=3))
    add_lead(staff_site, "À Vérifier", verdict=Verdict.TO_REVIEW, at=NOW - timedelta(days=5))
    page = office.read("/staff/contacts")
    assert "2 contacts" in page and "il y a 5 jours" in page and "à vérifier" in page
    assert page.index("À Vérifier") < page.index("Ancienne Éligible")
    assert page.count("doublon possible") == 2


FILTERS = [
    ("q=lea+dupre", {"Léa Dupré"}), ("q=06+39+98+10+01", {"Léa Dupré"}), ("q=%25", set()), ("avis=vae", {"Paul Roy"}), ("voie=vae", {"Paul Roy"}),
    ("voie=formation_continue", {"Léa Dupré"}), ("etat=nouveau", {"Léa Dupré", "Paul Roy"}), ("etat=clos", set()), ("suivi=aucun", {"Léa Dupré", "Paul Roy"}),
    ("du=2026-11-22&au=2026-11-22", {"Léa Dupré"}), ("au=2026-11-21", {"Paul Roy"}), ("suivi=odile.martin@example.org", set()),
    ("etat=x&avis=y&voie=z&du=hier&tri=w&page=-3&suivi=", {"Léa Dupré", "Paul Roy"}), ("page=99999999999", {"Léa Dupré", "Paul Roy"}),
    ("q=%00%00", {"Léa Dupré", "Paul Roy"}),
]


def test_the_queue_is_searched_and_filtered(office, staff_site):
    add_lead(staff_site, "Léa Dupré", "lea@example.org", phone="+33639981001", route=Route.FORMATION_CONTINUE)
    add_lead(staff_site, "Paul Roy", "paul@example.org", at=NOW - timedelta(days=1), verdict=Verdict.VAE)
    pages = {query: office.read(f"/staff/contacts?{query}") for query, _ in FILTERS}
    shown = {query: {name for name in ("Léa Dupré", "Paul Roy") if name in page} for query, page in pages.items()}
    assert shown == dict(FILTERS)


def test_a_lead_is_one_page_with_all_that_is_known(office, staff_site):
    lead_id = add_lead(staff_site, level=4, diploma="bac STMG", experience_months=30, status=Status.SALARIE, verdict=Verdict.NOT_YET,
                       reasons=("Il manque six mois.",), topics=("niveau_rncp", "prerequis"), question="Puis-je venir ?", phone="+33639981001")
    page = office.read(f"/staff/contacts/{lead_id}")
    for words in ("bac STMG, niveau 4", "2 ans et 6 mois", "il manque 6 mois", "36 mois", "salarié ou agent public", "cité par la fiche", "Il manque six mois.",
                  "Prérequis à l'entrée en formation", "fiche lue le", "Puis-je venir ?", "Conditions pas encore réunies", "+33639981001",
                  "version 2026-11", "J'accepte d'être recontacté.", "inconnu : où se garer ?", "Rien n'a été changé"):
        assert words in page.replace("\u202f", " ").replace("\xa0", " "), words
    assert "niveau_rncp" not in page or "niveau_rncp" not in staff_site.client.app.state.web.services.staff.leads.card_titles


def test_what_retention_erased_before_the_lead_is_said(office, staff_site):
    lead_id = add_lead(staff_site)
    staff_site.now = NOW + timedelta(days=31)
    office.sign_in()
    page = office.read(f"/staff/contacts/{lead_id}")
    assert "La conversation n'est plus conservée" in page and "paroles effacées" in page and "où se garer" not in page


def test_a_lead_moves_on_is_owned_judged_noted_and_undone(office, staff_site):
    lead_id = add_lead(staff_site)
    assert post(office, lead_id, "etat", etat="contacte").headers["location"] == f"/staff/contacts/{lead_id}"
    assert "Contact marqué « contacté »" in office.read(f"/staff/contacts/{lead_id}").replace("\u202f", " ")
    post(office, lead_id, "suivi", moi="1", suivi="")
    post(office, lead_id, "avis", avis="vae", raison="Vingt ans de mairie")
    post(office, lead_id, "notes", note="Rappeler lundi")
    lead = lead_of(staff_site, lead_id)
    assert (lead.state, lead.owner, lead.staff_verdict, lead.staff_reason) == ("contacte", "odile.martin@example.org", Verdict.VAE, "Vingt ans de mairie")
    assert lead.verdict is Verdict.ELIGIBLE
    page = office.read(f"/staff/contacts/{lead_id}")
    assert "Vingt ans de mairie" in page and "Rappeler lundi" in page and "Conditions remplies selon l'assistant" in page
    post(office, lead_id, "avis/retirer")
    post(office, lead_id, "annuler")
    assert lead_of(staff_site, lead_id).staff_verdict is Verdict.VAE
    journal = office.read("/staff/journal").lower()
    assert all(words in journal for words in ("état d'un contact changé", "avis du service changé", "note ajoutée", "contact consulté", "suivi d'un contact"))
    assert "durand" not in journal


def test_of_two_colleagues_the_second_is_told_and_keeps_what_they_typed(office, make_staff, staff_site):
    from bot.admissions.staff import Role

    colleague = make_staff("anne.blanc@example.org", Role.ADMIN)
    lead_id = add_lead(staff_site)
    path = f"/staff/contacts/{lead_id}"
    seen = colleague.get(path).text
    post(office, lead_id, "etat", etat="contacte")
    late = post(colleague, lead_id, "avis", seen, avis="vae", raison="Ma raison à moi")
    assert late.status_code == 409
    text = unescape(re.sub(r"<[^>]+>", " ", late.text)).replace("\u202f", " ").replace("\xa0", " ")
    assert "Rien n'a été enregistré" in text and "odile.martin@example.org" in text and "nouveau → contacté" in text
    assert "Ma raison à moi</textarea>" in unescape(late.text)
    assert lead_of(staff_site, lead_id).staff_verdict is None
    # The page that came back has the new version: sent again, it is taken.
    assert post(colleague, lead_id, "avis", late.text, avis="vae", raison="Ma raison à moi").status_code == 303
    noted = post(colleague, lead_id, "notes", seen, note="Vu ensemble")
    assert noted.status_code == 303 and "Entre-temps, odile.martin@example.org" in colleague.read(path)


def test_a_correction_after_the_offices_verdict_asks_to_look_again(office, staff_site):
    lead_id = add_lead(staff_site)
    post(office, lead_id, "avis", avis="vae", raison="Vingt ans de mairie")
    assert "à revoir" not in office.read(f"/staff/contacts/{lead_id}")
    lead = lead_of(staff_site, lead_id)
    with staff_site.factory() as uow:
        register_or_update_lead(uow, lead.conversation_id, LeadDetails(lead.contact, verdict=Verdict.ELIGIBLE, level=6), lead.consent, NOW)
        uow.commit()
    page = office.read(f"/staff/contacts/{lead_id}")
    assert "à revoir" in page and "la personne : a corrigé ou complété : niveau" in page.replace("\u202f", " ").replace("\xa0", " ")
    post(office, lead_id, "avis", avis="eligible", raison="Licence")
    assert "à revoir" not in office.read(f"/staff/contacts/{lead_id}")


def test_what_cannot_be_is_refused_with_what_was_typed(office, staff_site):
    lead_id = add_lead(staff_site)
    refused = post(office, lead_id, "avis", avis="vae", raison="")
    assert refused.status_code == 422 and "écrivez la raison".casefold() in refused.text.casefold()
    assert post(office, lead_id, "etat", etat="nouveau").status_code == 422
    assert post(office, lead_id, "suivi", suivi="inconnu@example.org").status_code == 422
    kept = post(office, lead_id, "notes", note="a" * 4_001)
    assert kept.status_code == 422 and "a" * 4_001 in kept.text
    assert post(office, lead_id, "annuler").status_code == 422
    for version in ("", "x", "-1", "9" * 40, "²"):
        assert post(office, lead_id, "etat", etat="contacte", version=version).status_code == 400
    assert post(office, lead_id, "notes", note="x", note_id="pas un uuid").status_code == 400
    assert lead_of(staff_site, lead_id).state == "nouveau"


def test_a_reader_sees_and_changes_nothing(reader, staff_site):
    lead_id = add_lead(staff_site)
    page = reader.get(f"/staff/contacts/{lead_id}").text
    assert "Camille Durand" in page and f"{lead_id}/etat" not in page and "/staff/leads/export" not in reader.get("/staff/contacts").text
    for action in ("etat", "suivi", "avis", "avis/retirer", "annuler", "notes"):
        refused = reader.post(f"/staff/contacts/{lead_id}/{action}", {"version": "1", "etat": "contacte", "moi": "1", "note": "x", "note_id": str(uuid4())})
        assert refused.status_code == 403
    assert reader.get("/staff/leads/export?format=csv").status_code == 403
    assert staff_site.factory().desk.get(lead_id).version == 1


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example", "Sec-Fetch-Site": ""}])
def test_another_site_changes_and_takes_nothing(office, staff_site, headers):
    lead_id = add_lead(staff_site)
    fields = hidden(office.get(f"/staff/contacts/{lead_id}").text, f"/staff/contacts/{lead_id}/notes")
    wanted = {name: value for name, value in headers.items() if value}
    client = office.client
    assert client.post(f"/staff/contacts/{lead_id}/etat", data={**fields, "etat": "clos"}, headers=wanted).status_code == 403
    assert client.get("/staff/leads/export?format=csv", headers=wanted).status_code == 403
    assert office.post(f"/staff/contacts/{lead_id}/etat", {"version": "1", "etat": "clos", "_csrf": "faux"}).status_code == 403
    assert lead_of(staff_site, lead_id).state == "nouveau"


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_stays_text_everywhere(office, staff_site, typed):
    lead_id = add_lead(staff_site, typed, f"{typed}@example.org", diploma=typed, question=typed, reasons=(typed,), topics=(typed,), phone=typed[:32])
    conversation_id = lead_of(staff_site, lead_id).conversation_id
    with staff_site.factory() as uow:
        uow.conversations.get(conversation_id)
        for sender in ("user", "bot"):
            uow.messages.append(conversation_id, sender, NOW, {"text": typed})
        uow.commit()
    post(office, lead_id, "notes", note=typed)
    post(office, lead_id, "avis", avis="vae", raison=typed)
    pages = [office.get(path).text for path in (f"/staff/contacts/{lead_id}", "/staff/contacts", f"/staff/contacts?q={typed}&suivi={typed}")]
    for page in pages:
        assert "<script>alert" not in page and "<img src=x" not in page
        assert typed in unescape(page)


def test_an_export_has_the_queues_filters_and_is_neutral(office, staff_site):
    add_lead(staff_site, "=1+1", "a@example.org", verdict=Verdict.VAE)
    add_lead(staff_site, "Paul", "b@example.org")
    exported = office.get("/staff/leads/export?format=csv&avis=vae")
    assert exported.headers["content-disposition"] == 'attachment; filename="contacts-2026-11-22.csv"'
    assert exported.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(exported.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["name"] for row in rows] == ["'=1+1"]
    sheet = load_workbook(io.BytesIO(office.get("/staff/leads/export?format=xlsx&q=1%2B1").content)).active
    assert [cell.value for cell in sheet["L"]] == ["name", "=1+1"] and sheet["L2"].data_type == "s"
    found = json.loads(office.get("/staff/leads/export?format=json").content)
    assert {lead["name"] for lead in found} == {"=1+1", "Paul"}
    assert office.get("/staff/leads/export?format=exe").status_code == 400 and office.get("/staff/leads/export").status_code == 400
    journal = office.read("/staff/journal")
    assert journal.count("Contacts exportés") == 4 and "format : csv" in journal.replace("\xa0", " ")  # three lines and the filter's choice


def test_an_erased_lead_is_gone_for_everybody(office, staff_site):
    lead_id = add_lead(staff_site)
    page = office.get(f"/staff/contacts/{lead_id}").text
    erase_conversation(staff_site.factory, lead_of(staff_site, lead_id).conversation_id, NOW)
    assert office.get(f"/staff/contacts/{lead_id}").status_code == 404
    assert post(office, lead_id, "etat", page, etat="contacte").status_code == 404
    assert office.get("/staff/contacts/pas-un-id").status_code == 404


def test_addresses_of_e_mails_already_sent_still_lead_there(office, staff_site):
    lead_id = add_lead(staff_site)
    assert office.get(f"/staff/leads/{lead_id}").headers["location"] == f"/staff/contacts/{lead_id}"
    assert office.get("/staff/leads").headers["location"] == "/staff/contacts"


def test_ten_thousand_leads_keep_every_page_quick(office, staff_site):
    fill(staff_site, 10_000)
    lead_id = add_lead(staff_site)
    paths = ["/staff/contacts", "/staff/contacts?page=200", "/staff/contacts?q=prenom+99&tri=anciens", "/staff/contacts?etat=contacte&avis=to_review&page=5",
             f"/staff/contacts/{lead_id}", "/staff/contacts?du=2026-01-01&au=2026-06-01&voie=vae"]
    for path in paths:
        assert office.get(path).status_code == 200  # templates compiled, pages of the file read
    for path in paths:
        assert min(duration(office, path) for _ in range(3)) < 0.2, path


def duration(browser, path: str) -> float:
    """Seconds that this process worked for the page, the browser's share included; other work on the machine is not the page's."""
    started = time.process_time()
    browser.get(path)
    return time.process_time() - started


def fill(site, number: int) -> None:
    """Leads of three years, in every state and with every verdict."""
    states, verdicts = ["nouveau", "contacte", "dossier_recu", "clos"], ["eligible", "to_review", "not_yet", "vae", None]
    rows, agreed = [], []
    for index in range(number):
        at, conversation_id = NOW - timedelta(minutes=150 * index), str(uuid4())
        name, email = f"Prénom {index} Nom", f"personne{index}@example.org"
        rows.append({
            "id": str(uuid4()), "conversation_id": conversation_id, "version": 1, "created_at": at, "updated_at": at, "last_contact_at": at,
            "verdict": verdicts[index % 5], "reasons": ["Une raison d'une centaine de lettres, comme en donnent les règles de la fiche."] * 2,
            "level": index % 9, "name": name, "email": email, "phone": f"+336399{index:05d}", "consent_at": at, "consent_version": "2026-11",
            "state": states[index % 4], "topics": ["prerequis"], "for_someone_else": False,
            "search_text": f"prenom {index} nom\n{email}\n336399{index:05d}", "email_key": email,
        })
        agreed.append({"id": str(uuid4()), "conversation_id": conversation_id, "version": "2026-11", "text": "J'accepte." * 60, "at": at})
    with writing(site.engine) as connection:
        connection.execute(insert(leads), rows)
        connection.execute(insert(consents), agreed)


def test_the_first_page_counts_who_waits(staff_site):
    add_lead(staff_site, verdict=Verdict.TO_REVIEW)
    add_lead(staff_site)
    counted = {item.path: item.count for item in leads_to_do(staff_site.factory, NOW)}
    assert counted == {"/staff/contacts?etat=nouveau&avis=to_review": 1, "/staff/contacts?etat=nouveau": 2, "/staff/envois": 0}
