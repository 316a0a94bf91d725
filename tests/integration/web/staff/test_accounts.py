"""The accounts' page: made, changed, closed, by admins, and never the last one's."""

from __future__ import annotations

import re

import pytest

from bot.admissions.staff import AuditAction
from bot.web.staff.audit import ACTION_WORDS
from tests.integration.web.staff.conftest import PASSWORD, StaffBrowser

LINK = re.compile(r"https?://[^\s<\"]+/staff/mot-de-passe/[\w-]+")
OTHER = "une tout autre phrase de passe"
HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "=HYPERLINK(\"x\")"]


def path_of(link: str) -> str:
    return "/staff" + link.partition("/staff")[2]


def account_path(office: StaffBrowser, email: str) -> str:
    account = office.site.factory().accounts.with_email(email)
    return f"/staff/comptes/{account.id}"


def test_without_e_mail_the_link_is_shown_once_and_its_owner_chooses_the_password(office, staff_site):
    office.get("/staff/comptes")
    shown = office.post("/staff/comptes", {"email": "Rene@Example.org", "name": "René Petit", "role": "reader"})
    link = LINK.search(shown.text)[0]
    assert link.startswith(staff_site.settings.public_url) and "n'est montré qu'ici" in shown.text
    assert all(link not in office.get(page).text for page in ("/staff/", "/staff/comptes", "/staff/journal"))

    newcomer = StaffBrowser(staff_site, "rene@example.org")
    assert "rene@example.org" in newcomer.read(path_of(link)) and newcomer.sign_in().status_code == 422
    newcomer.get(path_of(link))
    arrived = newcomer.post(path_of(link), {"password": OTHER, "password_again": OTHER})
    assert (arrived.status_code, arrived.headers["location"]) == (303, "/staff/")
    assert "René Petit" in newcomer.read("/staff/") and "lecteur" in newcomer.read("/staff/")
    assert newcomer.get(path_of(link)).status_code == 404
    assert newcomer.post(path_of(link), {"password": PASSWORD, "password_again": PASSWORD}).status_code == 404
    assert StaffBrowser(staff_site, "rene@example.org").sign_in(OTHER).status_code == 303


def test_with_e_mail_the_link_leaves_and_is_not_shown(mailing_office, mailbox):
    mailing_office.get("/staff/comptes")
    answer = mailing_office.post("/staff/comptes", {"email": "rene@example.org", "role": "admin"})
    assert answer.status_code == 303
    (letter,) = mailbox.letters
    assert letter.to == "rene@example.org" and letter.values["link"].startswith("http://console.example.org/staff/mot-de-passe/")
    page = mailing_office.get("/staff/comptes").text
    assert "est envoyé à rene@example.org" in page and letter.values["link"] not in page
    assert "est envoyé à" not in mailing_office.get("/staff/comptes").text


def test_an_e_mail_that_does_not_leave_leaves_the_link_on_the_page(mailing_office, mailbox):
    mailbox.is_broken = True
    mailing_office.get("/staff/comptes")
    shown = mailing_office.post("/staff/comptes", {"email": "rene@example.org"})
    assert "pas parti" in shown.text and LINK.search(shown.text)


@pytest.mark.parametrize(("email", "words"), [("odile.martin@example.org", "existe déjà"), ("pas une adresse", "utilisable"), ("", "utilisable")])
def test_an_account_that_cannot_be_made_says_why_and_keeps_what_was_typed(office, email, words):
    office.get("/staff/comptes")
    answer = office.post("/staff/comptes", {"email": email, "name": "René", "role": "admin"})
    assert answer.status_code == 422 and words in answer.text and 'value="René"' in answer.text
    assert len(office.site.factory().accounts.all()) == 1


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_typed_never_becomes_the_page(office, typed):
    office.get("/staff/comptes")
    refused = office.post("/staff/comptes", {"email": typed, "name": typed, "role": typed})
    office.post("/staff/comptes", {"email": f"rene{len(typed)}@example.org", "name": typed})
    pages = [refused, office.get("/staff/comptes"), office.get("/staff/journal"), office.get(f"/staff/journal?personne={typed}&action={typed}&du={typed}&avant={typed}")]
    pages += [office.get(f"/staff/connexion?suite={typed}"), office.post("/staff/connexion", {"email": typed, "password": typed, "suite": typed})]
    for page in pages:
        assert "<script>alert" not in page.text and "<img src=x" not in page.text and ">49<" not in page.text
        assert page.status_code in (200, 303, 403, 422)
        assert "unsafe" not in page.headers["content-security-policy"].replace("unsafe-none", "")
    newcomer = StaffBrowser(office.site, f"rene{len(typed)}@example.org")
    assert newcomer.sign_in().status_code == 422


def test_another_role_counts_at_once_and_ends_the_sessions(office, reader):
    office.get("/staff/comptes")
    assert reader.get("/staff/comptes").status_code == 403
    office.post(f"{account_path(office, reader.email)}/role", {"role": "admin"})
    assert "a maintenant le rôle administrateur" in office.read("/staff/comptes")
    assert reader.get("/staff/").status_code == 303
    reader.sign_in()
    assert reader.get("/staff/comptes").status_code == 200


def test_a_disabled_person_is_out_at_once_until_enabled_again(office, reader):
    office.get("/staff/comptes")
    path = account_path(office, reader.email)
    office.post(f"{path}/etat", {"enabled": "no"})
    assert "ne peut plus se connecter" in office.read("/staff/comptes")
    assert reader.get("/staff/").status_code == 303 and reader.sign_in().status_code == 422
    assert office.post(f"{path}/lien").status_code == 303 and "réactivez-le" in office.read("/staff/comptes")
    office.post(f"{path}/etat", {"enabled": "yes"})
    assert reader.sign_in().status_code == 303


@pytest.mark.parametrize(("change", "data"), [("role", {"role": "reader"}), ("etat", {"enabled": "no"})])
def test_the_last_admin_cannot_shut_everybody_out(office, reader, change, data):
    office.get("/staff/comptes")
    office.post(f"{account_path(office, office.email)}/{change}", data)
    page = office.get("/staff/comptes")
    assert page.status_code == 200 and "dernier compte administrateur" in page.text and 'role="alert"' in page.text


def test_an_account_that_does_not_exist_is_not_found(office):
    for change in ("role", "etat", "lien"):
        assert office.post(f"/staff/comptes/nobody/{change}", {"role": "admin", "enabled": "no"}).status_code == 404


def test_the_journal_tells_who_did_it_and_is_filtered(office, reader):
    office.get("/staff/comptes")
    office.post(f"{account_path(office, reader.email)}/role", {"role": "admin"})
    everything = office.read("/staff/journal")
    assert "Rôle changé compte rene.petit@example.org rôle : administrateur" in everything
    narrowed = office.get("/staff/journal?personne=odile.martin@example.org&action=role_changed&du=2026-11-22&au=2026-11-22").text
    assert narrowed.count("<tr>") == 2  # the head and one line
    assert "Aucune ligne" in office.read("/staff/journal?du=2026-11-23")
    assert "Aucune ligne" in office.read("/staff/journal?personne=rene.petit@example.org&action=role_changed")


def test_the_journal_is_paged(office):
    with office.site.factory() as uow:
        for number in range(120):
            uow.audit.record(office.account.actor, AuditAction.SIGNED_OUT, "test", f"n{number}", office.site.now)
        uow.commit()
    seen: list[str] = []
    address = "/staff/journal?action=signed_out"
    while address:
        page = office.get(address).text
        seen += re.findall(r"\bn\d+\b", page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"n{number}" for number in reversed(range(120))]


def test_every_action_has_its_words():
    assert set(ACTION_WORDS) == set(AuditAction)
