"""RGAA 4.1 and WCAG 2.2 AA in a real browser: axe-core, announcements, focus, keyboard, targets, contrast."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.panel import Panel
from tests.browser.test_failures import MESSAGES, type_and_send

NARROW = {"viewport": {"width": 320, "height": 568}}
DARK = {"color_scheme": "dark"}
ELEMENT = "assistant-admission"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

# What a live region would read, in order: the text of each node that comes in under a region that is not off.
ANNOUNCER = """() => {
  const roles = {log: 'polite', status: 'polite', alert: 'assertive'};
  const live = node => {
    for (let up = node; up instanceof Element; up = up.parentNode) {
      const said = up.getAttribute('aria-live') ?? roles[up.getAttribute('role')];
      if (said) return said;
    }
    return 'off';
  };
  window.announced = [];
  const root = document.querySelector('assistant-admission').shadowRoot;
  new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => {
    const place = node instanceof Element ? node : node.parentNode;
    if (place && live(place) !== 'off') window.announced.push(node.textContent);
  }))).observe(root, {childList: true, subtree: true});
}"""


def violations(page, axe, scope="html"):
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found = page.evaluate("scope => axe.run(scope, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})", scope)
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found["violations"]]


@pytest.mark.parametrize("options", [{}, NARROW, DARK, PHONE], ids=["desktop", "320px", "dark", "phone"])
def test_axe_finds_nothing_in_any_state(new_page, site, axe, options):
    panel = Panel(new_page(reduced_motion="reduce", **options), site.url).visit()
    states = {"closed": violations(panel.page, axe)}
    states["open"] = violations(panel.open().page, axe)
    states["answered"] = violations(panel.say("conditions").say("contact").page, axe, ELEMENT)
    panel.button("Options").click()
    states["options"] = violations(panel.page, axe, ELEMENT)
    panel.button("Mes données").click()
    expect(panel.button("Copier")).to_be_visible()
    states["data"] = violations(panel.page, axe, ELEMENT)
    panel.button("Retour").click()
    panel.page.route(MESSAGES, lambda route: route.abort())
    type_and_send(panel, "bonjour")
    expect(panel.button("Réessayer")).to_be_visible()
    states["failed"] = violations(panel.page, axe, ELEMENT)
    assert states == {state: [] for state in states}


def test_only_new_words_of_the_assistant_are_announced_and_once(panel):
    panel.page.evaluate(ANNOUNCER)
    panel.open().say("conditions").say("bonjour")
    said = [text for text in panel.page.evaluate("announced") if "écrire" not in text and text.strip()]
    beginnings = ["Bonjour\u202f! Je suis un", "Pour entrer en forma", "Réponse 2 à bonjour"]
    assert [text[:32] for text in said] == [f"Assistant\u202f: {beginning}" for beginning in beginnings]


def test_a_restored_conversation_is_silent_and_takes_the_focus_to_the_field(panel):
    panel.open().say("bonjour").visit().page.evaluate(ANNOUNCER)
    panel.launcher.click()
    expect(panel.bubbles("bot")).to_have_count(2)
    assert panel.page.evaluate("announced.filter(text => text.trim() && !text.includes('écrire'))") == []
    assert panel.focused() == "field"


def accessibility_tree(page):
    """(role, name) and live setting of what assistive technologies are given."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    seen = [node for node in nodes if not node["ignored"]]
    live = [{entry["name"]: entry["value"].get("value") for entry in node.get("properties", [])}.get("live") for node in seen]
    return {(node["role"]["value"], node.get("name", {}).get("value", "")): setting for node, setting in zip(seen, live, strict=True)}


def test_the_browser_s_own_tree_says_what_is_live(panel):
    tree = accessibility_tree(panel.open().say("bonjour").page)
    assert tree["log", "Conversation"] == tree["status", ""] == "polite" and tree["alert", ""] == "assertive"
    assert {("dialog", "Assistant d'admission"), ("textbox", "Votre question"), ("StaticText", "Réponse 1 à bonjour")} <= set(tree)


def test_waiting_is_a_status_and_a_failure_an_alert(panel):
    panel.open().page.evaluate(ANNOUNCER)
    panel.page.route(MESSAGES, lambda route: panel.page.wait_for_timeout(400) or route.abort())
    type_and_send(panel, "bonjour")
    expect(panel.alert).to_contain_text("La connexion ne passe pas.")
    failure = "La connexion ne passe pas. Vérifiez votre réseau, puis réessayez."
    assert panel.page.evaluate("announced") == ["L'assistant est en train d'écrire…", failure]
    expect(panel.status).to_be_empty()


def test_every_control_has_a_name_and_the_language_is_said(panel):
    panel.open().say("conditions")
    for control in panel.dialog.locator("button, textarea, a, [tabindex]").all():
        assert control.evaluate("node => (node.getAttribute('aria-label') || node.labels?.[0]?.textContent || node.textContent).trim()")
    assert panel.log.evaluate("log => log.closest('[lang]').lang") == "fr"


def test_the_keyboard_goes_everywhere_and_out_again(panel):
    page = panel.page
    panel.launcher.focus()
    page.keyboard.press("Enter")
    expect(panel.button("Les conditions d'entrée")).to_be_visible()
    assert panel.focused() == "field"
    page.keyboard.press("Tab")
    assert panel.focused() == "Envoyer"
    page.keyboard.press("Tab")
    assert panel.focused() == "None", "no trap on a desktop"
    panel.field.focus()
    for expected in ("Les conditions d'entrée", "Vérifier si je peux candidater"):
        page.keyboard.press("Shift+Tab")
        assert panel.focused() == expected
    page.keyboard.press("Escape")
    expect(panel.dialog).to_have_count(0)
    expect(panel.launcher).to_be_focused()


def test_escape_leaves_the_options_first(panel):
    panel.open().button("Options").click()
    expect(panel.button("Options")).to_have_attribute("aria-expanded", "true")
    panel.page.keyboard.press("Escape")
    expect(panel.button("Nouvelle conversation")).to_have_count(0)
    expect(panel.button("Options")).to_be_focused()
    panel.page.keyboard.press("Escape")
    expect(panel.dialog).to_have_count(0)


def test_the_focus_goes_back_to_the_link_that_opened(panel):
    link = panel.page.get_by_role("link", name="Vérifier si je peux candidater")
    link.focus()
    panel.page.keyboard.press("Enter")
    expect(panel.field).to_be_focused()
    panel.page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_a_desktop_page_stays_in_use_and_a_phone_s_is_inert(new_page, site):
    desktop = Panel(new_page(), site.url).visit().open()
    desktop.page.get_by_role("link", name="Objectifs").click()
    expect(desktop.dialog).to_be_visible()
    phone = Panel(new_page(**PHONE), site.url).visit().open()
    assert phone.dialog.evaluate("dialog => dialog.matches(':modal')") and not desktop.dialog.evaluate("dialog => dialog.matches(':modal')")
    box = phone.dialog.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    assert ("link", "Objectifs") in accessibility_tree(desktop.page) and ("link", "Objectifs") not in accessibility_tree(phone.page)
    expect(phone.log, "the field would bring up the keyboard over the answer").to_be_focused()


def test_the_back_gesture_of_a_phone_closes_and_gives_the_launcher_back(new_page, site):
    phone = Panel(new_page(**PHONE), site.url).visit().open()
    phone.dialog.evaluate("dialog => dialog.requestClose ? dialog.requestClose() : dialog.close()")
    expect(phone.launcher).to_be_focused()
    phone.launcher.click()
    phone.dialog.evaluate("dialog => dialog.close()")
    expect(phone.launcher).to_be_focused()


def test_the_panel_follows_the_screen_and_keeps_the_focus(panel):
    panel.open()
    panel.field.fill("brouillon")
    panel.page.set_viewport_size({"width": 320, "height": 568})
    expect(panel.dialog).to_be_visible()
    panel.page.wait_for_function("document.querySelector('assistant-admission').shadowRoot.querySelector('dialog').matches(':modal')")
    expect(panel.field).to_have_value("brouillon")
    expect(panel.field).to_be_focused()


def test_the_on_screen_keyboard_leaves_the_field_in_view(new_page, site):
    page = new_page(**PHONE)
    page.add_init_script("""
        const value = Object.assign(new EventTarget(), {height: 844, offsetTop: 0, scale: 1});
        Object.defineProperty(window, 'visualViewport', {value});
    """)
    panel = Panel(page, site.url).visit().open()
    page.evaluate("visualViewport.height = 500; visualViewport.offsetTop = 60; visualViewport.dispatchEvent(new Event('resize'))")
    assert panel.dialog.bounding_box() == {"x": 0, "y": 60, "width": 390, "height": 500}
    field = panel.field.bounding_box()
    assert field["y"] + field["height"] <= 560


@pytest.mark.parametrize("options", [{}, NARROW, {"viewport": {"width": 320, "height": 256}}], ids=["desktop", "320px", "zoom-400"])
def test_nothing_overflows_nor_is_cut(new_page, site, options):
    panel = Panel(new_page(**options), site.url).visit().open().say("long").say("conditions")
    for scope in ("dialog", ".log"):
        assert panel.element.locator(scope).evaluate("node => node.scrollWidth <= node.clientWidth")
    assert panel.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(panel.field).to_be_in_viewport(ratio=1)
    expect(panel.button("Fermer")).to_be_in_viewport(ratio=1)
    assert panel.log.evaluate("log => log.clientHeight") > 60


def test_on_the_lowest_screen_a_failure_pushes_nothing_out_of_reach(new_page, site):
    panel = Panel(new_page(viewport={"width": 320, "height": 200}), site.url).visit().open()
    panel.page.route(MESSAGES, lambda route: route.abort())
    type_and_send(panel, "bonjour")
    expect(panel.alert).to_be_visible()
    for control in (panel.field, panel.button("Réessayer"), panel.button("Fermer")):
        control.scroll_into_view_if_needed()
        expect(control).to_be_in_viewport(ratio=1)


def test_text_at_twice_the_size_still_fits(new_page, site):
    page = new_page(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    panel = Panel(page, site.url).visit().open().say("long")
    assert panel.element.locator("dialog").evaluate("node => node.scrollWidth <= node.clientWidth")
    expect(panel.field).to_be_in_viewport(ratio=1)


def test_targets_are_at_least_24_pixels(panel):
    panel.open().say("conditions")
    panel.button("Options").click()
    boxes = [control.bounding_box() for control in panel.element.locator("button, textarea").all() if control.is_visible()]
    assert len(boxes) > 9 and min(min(box["width"], box["height"]) for box in boxes) >= 24


def test_without_motion_and_with_forced_colours_nothing_is_lost(new_page, site):
    panel = Panel(new_page(reduced_motion="reduce", forced_colors="active"), site.url).visit().open().say("bonjour")
    assert panel.element.locator("*").evaluate_all("nodes => nodes.flatMap(node => node.getAnimations()).length") == 0
    borders = panel.element.locator(".bubble").evaluate_all("nodes => nodes.map(node => getComputedStyle(node).borderTopStyle)")
    assert set(borders) == {"solid"}
