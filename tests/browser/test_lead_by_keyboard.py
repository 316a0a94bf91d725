"""The whole way, with the real assistant: from the page to a lead without touching the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from bot.serving import web_services
from bot.web.app import create_app
from tests.browser.panel import Panel
from tests.browser.servers import listen, port_of, serving

MOST_STOPS = 60
ANSWER_TIMEOUT_MS = 20_000


@pytest.fixture
def real_site(program: Any, brain: Any) -> Iterator[str]:
    listener = listen()
    with serving(create_app(web_services(program, brain)), listener):
        yield f"http://127.0.0.1:{port_of(listener)}"


def tab_to(panel: Panel, name: str, key: str = "Tab") -> None:
    """Presses the key until the control of this name has the focus."""
    for _ in range(MOST_STOPS):
        if panel.focused() == name:
            return
        panel.page.keyboard.press(key)
    raise AssertionError(f"« {name} » cannot be reached with {key}")


def press(panel: Panel, name: str) -> None:
    """Goes to a quick reply above the field and presses it, once the answer that offers it is there."""
    expect(panel.button(name)).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    tab_to(panel, name, "Shift+Tab")
    panel.page.keyboard.press("Enter")


def type_in(panel: Panel, text: str, answer: str) -> None:
    tab_to(panel, "field")
    panel.page.keyboard.type(text)
    panel.page.keyboard.press("Enter")
    expect(panel.bubbles("bot").last).to_contain_text(answer, timeout=ANSWER_TIMEOUT_MS)


def test_from_the_page_to_a_lead_by_keyboard_only(browser: Any, real_site: str, program: Any, new_page: Any, artifacts: Any) -> None:
    panel = Panel(new_page(), real_site).visit()
    tab_to(panel, "Poser une question")
    panel.page.keyboard.press("Enter")
    expect(panel.bubbles("bot")).to_contain_text("robot", timeout=ANSWER_TIMEOUT_MS)
    type_in(panel, "c'est quoi les blocs", "3 blocs de compétences")
    panel.page.screenshot(path=artifacts / "vrai-1-blocs.png")
    type_in(panel, "est-ce que je peux candidater", "diplôme le plus élevé")
    press(panel, "Bac+2 (BTS, DUT…)")
    press(panel, "Oui, j'accepte")
    panel.page.screenshot(path=artifacts / "vrai-2-accord.png")
    expect(panel.bubbles("bot").last).to_contain_text("nom dois-je noter", timeout=ANSWER_TIMEOUT_MS)
    type_in(panel, "Camille Durand", "e-mail")
    type_in(panel, "camille.durand@exemple.org", "téléphone")
    press(panel, "Pas de téléphone")
    expect(panel.bubbles("bot").last).to_contain_text("c'est transmis", timeout=ANSWER_TIMEOUT_MS)
    panel.page.screenshot(path=artifacts / "vrai-3-fin.png")
    with program.uow_factory() as uow:
        found = [lead for lead in uow.leads.all() if lead.contact.email == "camille.durand@exemple.org"]
    assert [(lead.contact.name, lead.verdict.value) for lead in found] == [("Camille Durand", "eligible")]
    panel.page.keyboard.press("Escape")
    expect(panel.launcher).to_be_focused()
