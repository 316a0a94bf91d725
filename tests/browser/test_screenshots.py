"""Pictures for people to look at, in tests/browser/artifacts/; the only rule here is that each state can be reached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.panel import Panel

VIEWS: dict[str, dict[str, Any]] = {
    "bureau": {},
    "sombre": {"color_scheme": "dark"},
    "telephone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2},
    "320": {"viewport": {"width": 320, "height": 568}},
    "zoom-400": {"viewport": {"width": 320, "height": 200}, "device_scale_factor": 4},
    "contraste-force": {"forced_colors": "active"},
}


@pytest.mark.parametrize("name", VIEWS)
def test_each_state_is_pictured(new_page: Callable[..., Any], site: Any, artifacts: Path, name: str) -> None:
    page = new_page(reduced_motion="reduce", **VIEWS[name])
    panel = Panel(page, site.url).visit()

    def picture(state: str) -> None:
        page.screenshot(path=artifacts / f"{name}-{state}.png")

    page.screenshot(path=artifacts / f"{name}-0-page.png", full_page=True)
    panel.open()
    picture("1-accueil")
    panel.say("Est-ce que je peux candidater avec un BTS obtenu l'an dernier ?").say("conditions")
    picture("2-reponse")
    panel.button("Options").click()
    picture("3-options")
    panel.button("Mes données").click()
    expect(panel.button("Tout effacer")).to_be_visible()
    picture("4-donnees")
    panel.button("Retour").click()
    panel.page.route("**/api/messages", lambda route: route.abort())
    panel.field.fill("Combien de temps dure la formation ?")
    panel.field.press("Enter")
    expect(panel.button("Réessayer")).to_be_visible()
    picture("5-echec")
