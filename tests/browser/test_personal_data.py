"""« Mes données »: see, copy, erase; and the conversation on paper."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.test_conversation import history_of


def test_a_person_sees_what_is_kept(panel):
    panel.open().choose_option("Mes données")
    expect(panel.dialog.get_by_role("heading", name="Mes données")).to_be_focused()
    expect(panel.dialog.locator("dl")).to_contain_text("22 décembre 2026")
    expect(panel.dialog.locator("dl")).to_contain_text("aucune\u202f: vous n'en avez pas laissé")
    panel.button("Retour").click()
    panel.say("contact").choose_option("Mes données")
    for text in ("Camille Durand", "camille.durand@example.org", "vous remplissez les conditions pour candidater", "BTS", "en emploi"):
        expect(panel.dialog.locator("dl")).to_contain_text(text)
    panel.page.keyboard.press("Escape")
    expect(panel.log).to_be_visible()
    assert panel.focused() == "field"


def test_what_is_kept_can_be_copied(panel):
    panel.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.open().say("contact").choose_option("Mes données")
    panel.button("Copier").click()
    expect(panel.status).to_have_text("Copié.")
    copied = panel.page.evaluate("navigator.clipboard.readText()")
    assert "E-mail : camille.durand@example.org" in copied and "Vous : contact" in copied


def test_without_a_clipboard_the_copy_is_a_file(panel):
    panel.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    panel.open().choose_option("Mes données")
    with panel.page.expect_download() as download:
        panel.button("Copier").click()
    assert "Je suis un robot" in download.value.path().read_text(encoding="utf-8")


def test_erasing_asks_first_and_leaves_nothing(panel):
    panel.open().say("contact").choose_option("Mes données")
    panel.button("Tout effacer").click()
    panel.button("Retour").click()
    assert history_of(panel).ok
    token = panel.stored()["assistant-admission-token"]
    panel.choose_option("Mes données")
    panel.button("Tout effacer").click()
    expect(panel.dialog.get_by_role("heading", name="Tout effacer\u202f?")).to_be_focused()
    panel.button("Effacer").click()
    expect(panel.log).to_have_text("Votre conversation et vos coordonnées sont effacées. Écrivez pour commencer une nouvelle conversation.")
    assert panel.stored() == {} and panel.focused() == "field"
    kept = panel.page.request.get(panel.url + "/api/messages", headers={"Authorization": f"Bearer {token}"})
    assert kept.status == 401
    panel.say("bonjour", answers=2)


def test_an_erasure_that_fails_says_so_and_can_be_tried_again(panel):
    panel.open().choose_option("Mes données")
    panel.button("Tout effacer").click()
    panel.page.route("**/api/conversations", lambda route: route.fulfill(status=500))
    panel.button("Effacer").click()
    expect(panel.alert).to_contain_text("momentanément indisponible")
    panel.page.unroute("**/api/conversations")
    panel.button("Effacer").click()
    expect(panel.log).to_contain_text("sont effacées")


def test_the_conversation_and_the_verdict_make_a_clean_page(panel, artifacts):
    panel.open().say("conditions").say("contact")
    with panel.page.expect_popup() as opened:
        panel.choose_option("Imprimer ou enregistrer")
    paper = opened.value
    expect(paper.get_by_role("heading", name="Avis et coordonnées")).to_be_visible()
    expect(paper.locator("main")).to_contain_text("vous remplissez les conditions pour candidater")
    expect(paper.locator("main")).to_contain_text("Pour entrer en formation, il faut l'un ou l'autre\u202f:")
    assert paper.evaluate("document.documentElement.lang") == "fr" and paper.title().startswith("Conversation du ")
    assert paper.evaluate("getComputedStyle(document.body).maxWidth") == "672px"
    paper.screenshot(path=artifacts / "papier.png", full_page=True)
    paper.evaluate("window.print = () => { window.printed = true }")
    paper.get_by_role("button", name="Imprimer ou enregistrer en PDF").click()
    assert paper.evaluate("window.printed")


def test_a_refused_window_gives_a_file(panel):
    panel.open().say("conditions")
    panel.page.evaluate("window.open = () => null")
    with panel.page.expect_download() as download:
        panel.choose_option("Imprimer ou enregistrer")
    assert "- un niveau 5, c'est-à-dire bac+2" in download.value.path().read_text(encoding="utf-8")
