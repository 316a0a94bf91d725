"""What happens between a person and the assistant in a tab."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.panel import Panel


def sent_by(page, path="/api/messages"):
    """What the page posts from now on."""
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_json) if request.method == "POST" and request.url.endswith(path) else None)
    return sent


def history_of(panel):
    """What the server keeps, through the token of the tab."""
    token = panel.stored()["assistant-admission-token"]
    return panel.page.request.get(panel.url + "/api/messages", headers={"Authorization": f"Bearer {token}"})


def test_nothing_is_asked_nor_stored_before_the_first_opening(new_page, site):
    page, asked = new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    panel = Panel(page, site.url).visit()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/api/" in url] and panel.stored() == {}
    assert page.context.cookies() == []
    assert {url.split("/")[2] for url in asked} == {site.url.split("/")[2]}


def test_the_welcome_comes_from_the_api_with_its_quick_replies(panel):
    panel.open()
    expect(panel.bubbles("bot")).to_contain_text("Je suis un robot\u202f: l'assistant automatique")
    expect(panel.button("Les conditions d'entrée")).to_be_visible()


def test_an_answer_has_french_typography_rich_text_and_a_discreet_source(panel):
    answer = panel.open().say("conditions").bubbles("bot").last
    expect(answer).to_contain_text("Pour entrer en formation, il faut l'un ou l'autre\u202f:")
    expect(answer).to_contain_text("Source\u202f: «\u202fPrérequis à l'entrée en formation\u202f», au 22 novembre 2026")
    expect(answer.locator("li")).to_have_count(2)
    expect(answer.get_by_role("link", name="le site")).to_have_attribute("href", "https://www.unilim.fr/")


def test_html_markdown_tricks_and_other_schemes_stay_text(panel):
    answer = panel.open().say("piège").bubbles("bot").last
    expect(answer).to_contain_text("<img src=x onerror=alert(1)> gras [piège](javascript:alert(1)) [donnée](data:text/html,x)")
    links = answer.locator("a").evaluate_all("links => links.map(link => [link.href, link.rel, link.target])")
    assert links == [["https://exemple.fr/a?b=1&c=%22", "noopener noreferrer", "_blank"], ["https://exemple.fr/nu", "noopener noreferrer", "_blank"]]
    assert answer.locator("img, script").count() == 0
    expect(panel.button("<b>choix</b>")).to_be_visible()


def test_what_a_person_types_is_shown_as_typed(panel):
    typed = "**a** <b>b</b> [c](https://d.fr)\nligne ?"
    panel.open().say(typed)
    assert panel.bubbles("user").evaluate("bubble => bubble.lastChild.data") == typed
    panel.visit().open()
    assert panel.bubbles("user").evaluate("bubble => bubble.lastChild.data") == typed


def test_a_quick_reply_is_said_and_leaves_and_the_field_has_the_focus(panel):
    panel.open()
    sent = sent_by(panel.page)
    panel.button("Les conditions d'entrée").click()
    expect(panel.bubbles("user")).to_have_text("Vous\u202f: Les conditions d'entrée")
    expect(panel.bubbles("bot")).to_have_count(2)
    expect(panel.button("Les conditions d'entrée")).to_have_count(0)
    assert panel.focused() == "field" and set(sent[0]) == {"id", "payload"}


def test_shift_enter_makes_a_line_and_a_composition_is_not_sent(panel):
    panel.open()
    panel.field.fill("une")
    panel.field.press("Shift+Enter")
    panel.field.press_sequentially("deux")
    panel.field.evaluate("field => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))")
    expect(panel.field).to_have_value("une\ndeux")
    expect(panel.bubbles("user")).to_have_count(0)


def test_an_opinion_is_asked_under_sourced_answers_only_and_can_change(panel):
    panel.open().say("bonjour")
    expect(panel.log.get_by_role("group", name="Cette réponse vous a-t-elle aidé\u202f?")).to_have_count(0)
    panel.say("conditions")
    rated = sent_by(panel.page, "/api/feedback")
    panel.button("Non").click()
    expect(panel.status).to_have_text("Merci pour votre avis.")
    panel.button("Oui").click()
    expect(panel.button("Oui")).to_have_attribute("aria-pressed", "true")
    expect(panel.button("Non")).to_have_attribute("aria-pressed", "false")
    assert [rating["helpful"] for rating in rated] == [False, True] and rated[0]["message_id"]
    panel.say("bonjour")
    expect(panel.button("Oui")).to_be_visible()


def test_the_conversation_comes_back_after_a_reload_and_on_another_page_of_the_site(new_page, site):
    panel = Panel(new_page(), site.host_url).visit().open().say("bonjour")
    for path in ("/", "/autre"):
        panel.visit(path)
        expect(panel.dialog).to_have_count(0)
        panel.launcher.click()
        expect(panel.bubbles("bot")).to_have_count(2)
        expect(panel.bubbles("user")).to_have_text("Vous\u202f: bonjour")
    panel.say("encore")


def test_two_tabs_are_two_conversations(new_page, site):
    first = Panel(new_page(), site.url).visit().open().say("un")
    second = Panel(first.page.context.new_page(), site.url).visit().open().say("deux")
    expect(second.bubbles("user")).to_have_text("Vous\u202f: deux")
    expect(first.bubbles("user")).to_have_text("Vous\u202f: un")


def test_a_choice_taken_in_a_copy_of_the_tab_is_explained_and_the_conversation_shown_as_it_is(panel):
    panel.open()
    copy = Panel(panel.page.context.new_page(), panel.url)
    copy.page.add_init_script(f"sessionStorage.setItem('assistant-admission-token', {panel.stored()['assistant-admission-token']!r})")
    copy.visit().open().say("conditions")
    panel.button("Les conditions d'entrée").click()
    expect(panel.alert).to_contain_text("Ce choix ne fait pas partie de la dernière réponse")
    expect(panel.bubbles("bot")).to_have_count(2)
    expect(panel.bubbles("user")).to_have_text("Vous\u202f: conditions")
    expect(panel.button("Réessayer")).to_have_count(0)


def test_an_ended_conversation_is_said_and_the_message_goes_to_a_new_one(panel):
    panel.open().say("avant")
    token = panel.stored()["assistant-admission-token"]
    panel.page.request.delete(panel.url + "/api/conversations", headers={"Authorization": f"Bearer {token}"})
    panel.field.fill("après")
    panel.field.press("Enter")
    expect(panel.log).to_contain_text("La conversation précédente n'est plus conservée\u202f: en voici une nouvelle.")
    expect(panel.bubbles("bot").last).to_contain_text("Réponse 1 à après")
    assert "avant" not in panel.log.inner_text() and panel.stored()["assistant-admission-token"] != token


def test_an_ended_conversation_is_said_at_opening_too(panel):
    panel.open().say("avant")
    panel.page.evaluate("sessionStorage.setItem('assistant-admission-token', 'perdu')")
    panel.visit().open()
    expect(panel.log).to_contain_text("La conversation précédente n'est plus conservée")
    panel.say("bonjour")


def test_a_new_conversation_asks_first(panel):
    panel.open().say("avant")
    token = panel.stored()["assistant-admission-token"]
    panel.choose_option("Nouvelle conversation")
    panel.button("Retour").click()
    expect(panel.bubbles("user")).to_have_count(1)
    panel.choose_option("Nouvelle conversation")
    panel.button("Commencer").click()
    expect(panel.bubbles("bot")).to_have_count(1)
    expect(panel.bubbles("user")).to_have_count(0)
    assert panel.stored()["assistant-admission-token"] != token
