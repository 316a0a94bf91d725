"""One person's data in the console, and what could not be sent."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from bot.storage.engine import writing
from bot.storage.outbox import DEAD
from bot.storage.tables import outbox
from tests.integration.builders import NOW
from tests.integration.web.staff.test_leads import HOSTILE, add_lead, post

EMAIL = "camille.durand@example.org"


def test_a_person_is_seen_exported_and_erased_with_a_receipt(office, staff_site):
    lead_id = add_lead(staff_site)
    post(office, lead_id, "etat", etat="contacte")
    post(office, lead_id, "notes", note="Rappeler lundi")
    office.get("/staff/personnes")
    found = office.post("/staff/personnes", {"email": EMAIL.upper()})
    assert found.status_code == 200 and f"/staff/contacts/{lead_id}" in found.text and "Camille Durand" in found.text
    exported = office.post("/staff/personnes/export", {"email": EMAIL})
    assert exported.headers["content-disposition"] == 'attachment; filename="donnees-personne-2026-11-22.json"'
    [lead] = json.loads(exported.content)["leads"]
    assert lead["notes"][0]["text"] == "Rappeler lundi" and "odile" not in exported.text
    asked = office.post("/staff/personnes/effacer", {"email": EMAIL})
    assert asked.status_code == 200 and "Effacer définitivement" in asked.text
    assert office.post("/staff/personnes/effacer", {"email": EMAIL, "etape": "2"}).status_code == 422
    assert staff_site.factory().desk.get(lead_id) is not None
    done = office.post("/staff/personnes/effacer", {"email": EMAIL, "etape": "2", "confirmation": "oui"})
    assert UUID(done.headers["location"].rpartition("/")[2])
    receipt = office.read(done.headers["location"])
    assert "odile.martin@example.org" in receipt and "Contacts 1" in receipt and "Notes du service 1" in receipt and EMAIL not in receipt
    assert staff_site.factory().desk.get(lead_id) is None
    assert "Rien n" in office.post("/staff/personnes", {"email": EMAIL}).text
    journal = office.read("/staff/journal")
    assert all(f"Données d'une personne {done}" in journal for done in ("consultées", "exportées", "effacées")) and EMAIL not in journal
    assert office.get(f"/staff/personnes/recu/{uuid4()}").status_code == 404


def test_a_reader_sees_a_person_and_takes_nothing_away(reader, staff_site):
    lead_id = add_lead(staff_site)
    reader.get("/staff/personnes")
    found = reader.post("/staff/personnes", {"email": EMAIL})
    assert found.status_code == 200 and "Effacer" not in found.text and "Exporter" not in found.text
    for path in ("/staff/personnes/export", "/staff/personnes/effacer"):
        assert reader.post(path, {"email": EMAIL, "confirmation": "oui"}).status_code == 403
    assert staff_site.factory().desk.get(lead_id) is not None


def test_an_address_in_a_link_or_from_another_site_finds_and_erases_nothing(office, staff_site):
    lead_id = add_lead(staff_site)
    assert "Camille" not in office.get(f"/staff/personnes?email={EMAIL}").text
    fields = {"_csrf": office.csrf, "email": EMAIL, "confirmation": "oui"}
    refused = office.client.post("/staff/personnes/effacer", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403 and staff_site.factory().desk.get(lead_id) is not None


@pytest.mark.parametrize("typed", [*HOSTILE, "", "\0", "a" * 5_000])
def test_a_hostile_address_finds_nobody_and_stays_text(office, typed):
    office.get("/staff/personnes")
    for path in ("/staff/personnes", "/staff/personnes/export", "/staff/personnes/effacer"):
        page = office.post(path, {"email": typed})
        assert page.status_code in (200, 422) and "<script>alert" not in page.text and "<img src=x" not in page.text


def give_up(site, lead_id: str, reason: str = "le serveur répond 500", kind: str = "lead.updated") -> str:
    """An announcement that was given up."""
    row_id = str(uuid4())
    row = {"id": row_id, "kind": kind, "channel": "webhook", "lead_id": lead_id, "lead_version": 1, "created_at": NOW, "due_at": NOW,
           "attempts": 12, "state": DEAD, "reason": reason, "settled_at": NOW}
    with writing(site.engine) as connection:
        connection.execute(insert(outbox).values(row))
    return row_id


def test_what_was_given_up_is_listed_and_tried_again(office, staff_site):
    lead_id = add_lead(staff_site)
    first, _, _ = (give_up(staff_site, lead_id, reason) for reason in ("le serveur répond 500", "<script>alert(1)</script>", "délai dépassé"))
    page = office.get("/staff/envois").text
    assert "le serveur répond 500" in page and f"/staff/contacts/{lead_id}" in page and "<script>alert" not in page
    assert office.post("/staff/envois/relancer", {"envoi": first}).status_code == 303
    assert (staff_site.factory().outbox.counts()["dead"], staff_site.factory().outbox.counts()["pending"]) == (2, 1)
    assert "L'envoi repart" in office.read("/staff/envois")
    office.post("/staff/envois/relancer", {"tous": "1"})
    assert staff_site.factory().outbox.counts()["dead"] == 0
    assert "2 envois repartent" in office.read("/staff/envois")
    office.post("/staff/envois/relancer", {"envoi": first})
    assert "Rien à relancer" in office.read("/staff/envois").replace("\u202f", " ")
    assert office.read("/staff/journal").count("nombre") == 2


def test_a_reader_sees_what_was_given_up_and_tries_nothing_again(reader, staff_site):
    row_id = give_up(staff_site, str(uuid4()), kind="lead.erased")
    page = reader.get("/staff/envois").text
    assert "contact effacé" in page.lower() and "relancer" not in page
    assert reader.post("/staff/envois/relancer", {"envoi": row_id}).status_code == 403
    assert staff_site.factory().outbox.counts()["dead"] == 1
