"""On other people's pages: strict policies, hostile styles, several tags, their own controls and measures."""

from __future__ import annotations

import gzip
from urllib.parse import urlencode

from playwright.sync_api import expect

from bot.web.pages import widget_script
from tests.browser.panel import Panel
from tests.browser.test_accessibility import ELEMENT, PHONE, violations

BUDGET_BYTES = 12_000
LISTENER = """names => {
  window.told = [];
  for (const name of names) addEventListener('assistant-' + name, event => told.push([name, event.detail]));
}"""
EVENTS = ["open", "message", "answer", "feedback", "error", "erase", "close"]


def style_of(locator, name):
    return locator.evaluate("(node, name) => getComputedStyle(node).getPropertyValue(name)", name)


def visit(page, url, **query):
    return Panel(page, url).visit("/?" + urlencode(query))


def test_the_whole_script_fits_its_budget():
    assert len(gzip.compress(widget_script().text.encode(), 9)) <= BUDGET_BYTES


def test_the_script_comes_compressed_and_is_then_only_asked_about(panel):
    request = panel.page.request
    first = request.get(panel.url + "/widget.js", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip" and int(first.headers["content-length"]) <= BUDGET_BYTES
    again = request.get(panel.url + "/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert again.status == 304 and first.headers["cache-control"] == "no-cache"


def test_it_works_under_a_strict_policy_with_trusted_types_and_hostile_styles(new_page, site, axe, artifacts):
    page, complaints = new_page(reduced_motion="reduce"), []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.add_init_script("document.addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective))")
    panel = visit(page, site.host_url)
    box = panel.launcher.bounding_box()
    assert box["height"] >= 48 and round(box["x"] + box["width"]) == 1260 and round(box["y"] + box["height"]) == 780
    panel.open().say("conditions")
    page.screenshot(path=artifacts / "site-hostile.png")
    assert style_of(panel.log, "font-size") == "16px"
    assert style_of(panel.dialog, "color") == "rgb(24, 35, 45)" and style_of(panel.dialog, "background-color") == "rgb(255, 255, 255)"
    assert panel.dialog.bounding_box()["x"] + panel.dialog.bounding_box()["width"] == 1260
    assert violations(page, axe, ELEMENT) == []
    assert complaints == []


def test_nothing_is_asked_of_anybody_but_the_assistant(new_page, site):
    page, asked = new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, site.host_url).open().say("conditions")
    assert {"/".join(url.split("/")[:3]) for url in asked} == {site.host_url, site.url}


def test_a_site_that_is_not_allowed_is_told_how_to_and_its_visitors_get_the_form(new_page, site):
    page, complaints = new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    panel = visit(page, site.stranger_url)
    panel.launcher.click()
    expect(panel.alert).to_have_text("L'assistant n'est pas ouvert sur ce site.")
    expect(panel.dialog.get_by_role("link", name="le formulaire")).to_have_attribute("href", site.url + "/formulaire")
    ours = [text for text in complaints if text.startswith("[assistant-admission]")]
    assert len(ours) == 1 and "BOT_ALLOWED_ORIGINS" in ours[0] and site.stranger_url in ours[0]


def test_two_tags_and_elements_of_one_s_own_make_one(new_page, site):
    page = new_page()
    assert visit(page, site.host_url, scripts=2).element.count() == 1
    own = "<assistant-admission label='Nous écrire'></assistant-admission>"
    panel = visit(page, site.host_url, body=own * 2, scripts=2)
    expect(panel.element).to_have_count(1)
    expect(panel.launcher).to_have_text("Nous écrire")
    assert panel.element.evaluate("element => element.parentNode === document.documentElement")


def test_attributes_of_the_tag_set_label_side_and_theme(new_page, site):
    panel = visit(new_page(), site.host_url, tag='data-label="Une question ?" data-position="left" data-theme="dark"')
    expect(panel.launcher).to_have_text("Une question\u202f?")
    assert panel.launcher.bounding_box()["x"] == 20
    panel.open()
    assert style_of(panel.dialog, "background-color") == "rgb(21, 29, 36)"
    assert panel.dialog.bounding_box()["x"] == 20


def test_variables_set_the_colours(panel):
    for name, value in {"--assistant-accent": "#7a1f3d", "--assistant-bottom": "5em", "--ink": "red"}.items():
        panel.element.evaluate("(element, [name, value]) => element.style.setProperty(name, value)", [name, value])
    assert style_of(panel.launcher, "background-color") == "rgb(122, 31, 61)"
    assert panel.launcher.bounding_box()["y"] + panel.launcher.bounding_box()["height"] == 800 - 80
    assert style_of(panel.open().dialog, "color") == "rgb(24, 35, 45)", "the widget's own variables are out of reach"


def test_the_open_attribute_opens_without_the_focus_and_never_on_a_phone(new_page, site):
    panel = visit(new_page(), site.host_url, tag="data-open")
    expect(panel.bubbles("bot")).to_have_count(1)
    assert panel.page.evaluate("document.activeElement === document.body")
    panel.element.evaluate("element => element.removeAttribute('open')")
    expect(panel.dialog).to_have_count(0)
    panel.element.evaluate("element => element.setAttribute('open', '')")
    expect(panel.dialog).to_be_visible()
    phone = visit(new_page(**PHONE), site.host_url, tag="data-open")
    expect(phone.launcher).to_be_visible()
    expect(phone.dialog).to_have_count(0)


def test_links_and_addresses_open_it(new_page, site):
    links = f"<a href='#assistant'>ici</a> <a href='{site.url}/formulaire#assistant'>là</a> <span data-assistant-open>bouton</span>"
    page = new_page()
    for name in ("ici", "là", "bouton"):
        panel = visit(page, site.host_url, body=links)
        page.get_by_text(name, exact=True).click()
        expect(panel.field).to_be_focused()
        assert page.url.startswith(site.host_url)
    panel = Panel(new_page(), site.host_url).visit("/#assistant")
    expect(panel.field).to_be_focused()


def test_scripts_of_the_site_open_ask_and_close(panel):
    panel.element.evaluate("element => element.ask('  conditions  ')")
    expect(panel.bubbles("user")).to_have_text("Vous\u202f: conditions")
    expect(panel.bubbles("bot")).to_have_count(2)
    panel.element.evaluate("element => element.close()")
    expect(panel.dialog).to_have_count(0)
    panel.element.evaluate("element => element.open()")
    expect(panel.dialog).to_be_visible()


def test_events_measure_the_use_and_say_nothing_of_the_person(panel):
    panel.page.evaluate(LISTENER, EVENTS)
    panel.open().say("contact").say("conditions")
    panel.button("Oui").click()
    expect(panel.status).to_have_text("Merci pour votre avis.")
    panel.choose_option("Mes données")
    panel.button("Tout effacer").click()
    panel.button("Effacer").click()
    expect(panel.log).to_contain_text("sont effacées")
    panel.button("Fermer").click()
    told = panel.page.evaluate("told")
    assert [name for name, _ in told] == ["open", "message", "answer", "message", "answer", "feedback", "erase", "close"]
    assert all(set(detail) <= {"kind", "milliseconds", "helpful"} for _, detail in told)


def test_the_network_is_one_method_that_can_be_replaced(panel):
    opened = '{"token": "t", "messages": [{"id": "1", "text": "ailleurs"}]}'
    panel.element.evaluate("(element, opened) => { element.fetch = async () => new Response(opened) }", opened)
    panel.open()
    expect(panel.bubbles("bot")).to_have_text("Assistant\u202f: ailleurs")


def test_shortcuts_of_the_page_do_not_fire_while_one_types(panel):
    panel.page.evaluate("window.keys = 0; for (const type of ['keydown', 'keypress', 'keyup']) document.addEventListener(type, () => keys++)")
    panel.open().field.press("s")
    assert panel.page.evaluate("keys") == 0


def test_without_storage_the_conversation_lives_as_long_as_the_page(new_page, site):
    page = new_page()
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('refused', 'SecurityError') }})")
    visit(page, site.host_url).open().say("un").say("deux")


def test_without_javascript_the_page_leads_to_the_form(new_page, site):
    page = new_page(java_script_enabled=False)
    page.goto(site.url)
    expect(page.get_by_role("link", name="toutes les réponses et la vérification sont dans le formulaire")).to_have_attribute("href", "/formulaire")
    expect(page.get_by_role("link", name="Vérifier si je peux candidater")).to_have_attribute("href", "/formulaire#assistant")
