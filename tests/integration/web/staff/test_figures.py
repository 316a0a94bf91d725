"""The page of figures and its CSV, on counts made through the conversation API."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.admissions.figures import Tally
from bot.admissions.staff import Role
from bot.console import account_services
from bot.services.figures import read_figures
from bot.services.passwords import Passwords
from bot.storage.figures import FigureStore
from bot.web.staff.services import StaffServices
from tests.integration.web.conftest import Site
from tests.integration.web.staff.conftest import StaffBrowser

HOSTILE = '=1+1"><img src=x onerror=alert(1)>'


@pytest.fixture
def staff_site(make_site: Callable[..., Site], quick_passwords: Passwords) -> Site:
    """A site whose console has figures; a topic's title is hostile on purpose."""

    def staff(site: Any) -> StaffServices:
        figures = partial(read_figures, FigureStore(site.engine), timezone=site.settings.timezone, title_of=lambda _topic: HOSTILE)
        return StaffServices(account_services(site.settings, site.factory, quick_passwords), figures=figures)

    return make_site(staff=staff)


def converse(site: Site) -> None:
    _conversation_id, token = site.open()
    assert site.say(token, "bonjour").status_code == 200


def test_a_reader_sees_the_figures_and_cannot_take_them_away(staff_site: Site, reader: StaffBrowser) -> None:
    converse(staff_site)

    page = reader.read("/staff/chiffres")

    assert "Conversations 1 Hors des heures de bureau" in page
    assert reader.get("/staff/chiffres.csv").status_code == 403
    assert "Télécharger" not in page


def test_each_chart_has_its_table_and_no_inline_style(staff_site: Site, office: StaffBrowser) -> None:
    converse(staff_site)

    html = office.get("/staff/chiffres").text

    assert html.count("<svg") == html.count("<table") > 0
    assert "style=" not in html
    assert "<script" not in html


def test_an_admin_downloads_the_same_figures(staff_site: Site, office: StaffBrowser) -> None:
    converse(staff_site)

    response = office.get("/staff/chiffres.csv?du=2026-11-01&au=2026-11-30", **{"Sec-Fetch-Site": "same-origin"})

    assert response.content.startswith("\ufeffdu;au;chiffre;libellé;nombre".encode())
    assert "2026-11-01;2026-11-30;Questions et messages;comprises;1" in response.text
    assert response.headers["content-disposition"] == 'attachment; filename="chiffres-2026-11-01-2026-11-30.csv"'


@pytest.mark.parametrize("asked", ["du=hier", "du=2026-11-02&au=2026-11-01", "du=2001-01-01&au=2026-11-01", "du=9999-12-31&au=9999-12-31", "au=0001-01-01"])
def test_a_period_that_cannot_be_says_so_and_shows_the_last_thirty_days(asked: str, office: StaffBrowser) -> None:
    response = office.get(f"/staff/chiffres?{asked}")

    assert response.status_code == 422
    assert "trente derniers jours" in response.text
    assert office.get(f"/staff/chiffres.csv?{asked}", **{"Sec-Fetch-Site": "same-origin"}).status_code == 400


def test_a_hostile_title_stays_text(make_staff: Callable[..., StaffBrowser], staff_site: Site) -> None:
    with staff_site.factory() as uow:
        uow.tallies.add(Tally.UNDERSTOOD, staff_site.now, topic="ask_x")
        uow.commit()

    html = make_staff("ana@example.org", Role.ADMIN).get("/staff/chiffres").text

    assert "<img" not in html
    assert "&lt;img" in html
    table = make_staff("bea@example.org", Role.ADMIN).get("/staff/chiffres.csv", **{"Sec-Fetch-Site": "same-origin"}).text
    assert ";\"'=1+1" in table
