"""When the network or the server fails: said in words, nothing lost, nothing handled twice."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.panel import Panel
from tests.browser.test_conversation import history_of, sent_by

MESSAGES = "**/api/messages"


def problem(status, kind, detail, **headers):
    """An answer as the API refuses."""
    body = json.dumps({"type": f"/problems/{kind}", "title": "x", "status": status, "detail": detail})
    return {"status": status, "content_type": "application/problem+json", "headers": headers, "body": body}


def type_and_send(panel, text):
    panel.field.fill(text)
    panel.field.press("Enter")


def texts(panel):
    return [message["text"] for message in history_of(panel).json()["messages"] if message["from"] == "user"]


def test_offline_the_message_waits_and_leaves_when_asked(panel):
    panel.open()
    panel.page.context.set_offline(True)
    type_and_send(panel, "bonjour")
    expect(panel.alert).to_have_text("Vous êtes hors ligne. Réessayez quand la connexion sera revenue.")
    expect(panel.bubbles("user")).to_have_text("Vous\u202f: bonjour")
    panel.page.context.set_offline(False)
    panel.button("Réessayer").click()
    expect(panel.bubbles("bot").last).to_contain_text("Réponse 1 à bonjour")
    expect(panel.alert).to_be_empty()
    expect(panel.button("Réessayer")).to_have_count(0)
    assert texts(panel) == ["bonjour"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status": 500, "body": "<h1>panne</h1>"}, "Le service est momentanément indisponible."),
        (problem(503, "unavailable", "Le service est momentanément indisponible. Rien n'a été enregistré."), "Rien n'a été enregistré."),
        ({"status": 502, "content_type": "text/html", "body": "Bad Gateway"}, "momentanément indisponible"),
        ({"status": 200, "content_type": "text/html", "body": "<h1>Portail Wi-Fi</h1>"}, "La connexion ne passe pas."),
    ],
)
def test_a_failing_server_is_said_in_words_with_another_way(panel, answer, words):
    panel.open()
    panel.page.route(MESSAGES, lambda route: route.fulfill(**answer))
    type_and_send(panel, "bonjour")
    expect(panel.alert).to_contain_text(words)
    expect(panel.dialog.get_by_role("link", name="le formulaire")).to_have_attribute("href", panel.url + "/formulaire")
    panel.page.unroute(MESSAGES)
    panel.button("Réessayer").click()
    expect(panel.bubbles("bot")).to_have_count(2)
    expect(panel.dialog.get_by_role("link", name="le formulaire")).to_have_count(0)


def test_too_many_messages_says_how_long_to_wait(panel):
    panel.open()
    refused = problem(429, "rate-limited", "Trop de messages en peu de temps : patientez un instant.", **{"Retry-After": "42"})
    panel.page.route(MESSAGES, lambda route: route.fulfill(**refused))
    type_and_send(panel, "bonjour")
    expect(panel.alert).to_have_text("Trop de messages en peu de temps\u202f: patientez un instant. Vous pourrez réessayer dans 42 secondes.")
    expect(panel.button("Réessayer")).to_be_visible()


def test_a_lost_answer_is_fetched_again_under_the_same_id_and_handled_once(panel):
    panel.open()
    sent = sent_by(panel.page)

    def answer_and_cut(route):
        route.fetch()
        route.abort()

    panel.page.route(MESSAGES, answer_and_cut)
    type_and_send(panel, "bonjour")
    expect(panel.alert).to_have_text("La connexion ne passe pas. Vérifiez votre réseau, puis réessayez.")
    panel.page.unroute(MESSAGES)
    panel.button("Réessayer").click()
    expect(panel.bubbles("bot").last).to_contain_text("Réponse 1 à bonjour")
    assert len({message["id"] for message in sent}) == 1 and texts(panel) == ["bonjour"]


def test_a_message_that_waited_survives_a_reload(panel):
    panel.open()
    panel.page.context.set_offline(True)
    type_and_send(panel, "bonjour")
    expect(panel.button("Réessayer")).to_be_visible()
    panel.page.context.set_offline(False)
    panel.visit().launcher.click()
    expect(panel.bubbles("bot").last).to_contain_text("Réponse 1 à bonjour")
    assert texts(panel) == ["bonjour"] and set(panel.stored()) == {"assistant-admission-token"}


def test_a_message_answered_during_a_reload_is_shown_once(panel):
    panel.open()
    panel.page.route(MESSAGES, lambda route: (route.fetch(), route.abort()))
    type_and_send(panel, "bonjour")
    expect(panel.button("Réessayer")).to_be_visible()
    panel.page.unroute(MESSAGES)
    panel.visit().launcher.click()
    expect(panel.bubbles("bot").last).to_contain_text("Réponse 1 à bonjour")
    expect(panel.status).to_be_empty()
    expect(panel.bubbles("user")).to_have_count(1)
    expect(panel.bubbles("bot")).to_have_count(2)
    assert texts(panel) == ["bonjour"]


def test_a_silent_server_is_given_up_after_thirty_seconds(new_page, site):
    page = new_page()
    page.clock.install()
    panel = Panel(page, site.url).visit().open()
    page.route(MESSAGES, lambda route: None)
    type_and_send(panel, "bonjour")
    page.clock.run_for(300)
    expect(panel.status).to_have_text("L'assistant est en train d'écrire…")
    page.clock.run_for(8_000)
    expect(panel.status).to_contain_text("Votre message n'est pas perdu")
    page.clock.run_for(22_000)
    expect(panel.alert).to_have_text("La réponse tarde trop. Réessayez\u202f: rien ne sera traité deux fois.")
    expect(panel.status).to_be_empty()


def test_a_conversation_that_cannot_open_can_be_tried_again_and_the_text_stays(panel):
    panel.page.route("**/api/conversations", lambda route: route.abort())
    panel.launcher.click()
    expect(panel.alert).to_contain_text("La connexion ne passe pas.")
    type_and_send(panel, "bonjour")
    expect(panel.button("Réessayer")).to_have_count(1)
    expect(panel.field).to_have_value("bonjour")
    panel.page.unroute("**/api/conversations")
    panel.button("Réessayer").click()
    expect(panel.bubbles("bot")).to_have_count(1)
    panel.field.press("Enter")
    expect(panel.bubbles("bot")).to_have_count(2)
    expect(panel.field).to_have_value("")


def test_a_text_too_long_stays_in_the_field(panel):
    panel.open()
    type_and_send(panel, "é" * 1_001)
    expect(panel.alert).to_contain_text("Votre message dépasse 1\u00a0000 caractères")
    expect(panel.bubbles("user")).to_have_count(0)
    assert panel.field.input_value() == "é" * 1_001
    panel.say("😀" * 1_000)


def test_a_refused_message_goes_back_to_whoever_wrote_it(panel):
    panel.open()
    panel.page.route(MESSAGES, lambda route: route.fulfill(**problem(422, "text-empty", "Le message est vide : écrivez votre question.")))
    type_and_send(panel, "\u200b")
    expect(panel.alert).to_have_text("Le message est vide\u202f: écrivez votre question.")
    expect(panel.field).to_have_value("\u200b")
    expect(panel.bubbles("user")).to_have_count(0)
    expect(panel.button("Réessayer")).to_have_count(0)


def test_an_opinion_that_does_not_pass_is_not_shown_as_given(panel):
    panel.open().say("conditions")
    panel.page.route("**/api/feedback", lambda route: route.abort())
    panel.button("Oui").click()
    expect(panel.alert).to_contain_text("La connexion ne passe pas.")
    expect(panel.button("Oui")).to_have_attribute("aria-pressed", "false")


def test_a_message_that_failed_goes_before_the_next_one(panel):
    panel.open()
    panel.page.context.set_offline(True)
    type_and_send(panel, "un")
    expect(panel.button("Réessayer")).to_be_visible()
    type_and_send(panel, "deux")
    expect(panel.status).to_be_empty()
    expect(panel.field).to_have_value("deux")
    panel.page.context.set_offline(False)
    panel.field.press("Enter")
    expect(panel.bubbles("bot").last).to_contain_text("Réponse 2 à deux")
    expect(panel.field).to_have_value("")
    assert texts(panel) == ["un", "deux"]
