"""Health, metrics, pages, and the description of the API."""

from __future__ import annotations

import json
import re
from threading import Event

import pytest
from starlette.routing import Route

from bot.web.app import routes
from bot.web.pages import STATIC, widget_script
from tests.integration.web.conftest import problem_of


def test_alive_is_not_ready(site):
    assert site.client.get("/health/ready").status_code == 200
    site.is_ready = False
    assert site.client.get("/health/live").status_code == 200
    assert problem_of(site.client.get("/health/ready")) == (503, "unavailable")


def test_metrics_are_for_this_machine_without_a_proxy(make_site):
    site = make_site()
    assert site.client.get("/metrics").status_code == 200
    assert problem_of(site.client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})) == (404, "not-found")
    assert problem_of(make_site(peer="203.0.113.9").client.get("/metrics")) == (404, "not-found")


def test_metrics_open_with_their_token_from_anywhere_and_with_nothing_else(make_site):
    site = make_site(BOT_METRICS_TOKEN="jeton-de-mesure", peer="203.0.113.9")
    assert site.client.get("/metrics", headers={"Authorization": "Bearer jeton-de-mesure"}).status_code == 200
    for headers in ({}, {"Authorization": "Bearer autre"}, {"Authorization": "Bearer é".encode()}):
        assert site.client.get("/metrics", headers=headers).status_code == 404
    assert make_site(BOT_METRICS_TOKEN="jeton-de-mesure").client.get("/metrics").status_code == 404


def test_metrics_count_routes_turns_and_missing_answers_without_naming_anybody(site):
    conversation_id, token = site.open()
    site.say(token, "bonjour")
    site.say(token, "inconnu")
    site.client.get("/adresse-secrete")
    text = site.client.get("/metrics").text
    assert (
        "bot_turns_total 2\n" in text and "bot_unanswered_total 1\n" in text and "bot_conversations_total 1\n" in text
    )
    assert 'bot_http_requests_total{route="/api/messages",method="POST",status="200"} 2' in text
    assert 'bot_http_request_seconds_count{route="/api/messages"} 2' in text
    assert conversation_id not in text and "secrete" not in text
    assert all(re.fullmatch(r"(# .+|[a-z_]+(\{.+\})? [0-9.]+)", line) for line in text.splitlines())


def test_latency_buckets_only_grow(site):
    site.open()
    text = site.client.get("/metrics").text
    counts = [
        int(count) for count in re.findall(r'seconds_bucket\{route="/api/conversations",le="[^"]+"\} (\d+)', text)
    ]
    assert counts == sorted(counts) and counts[-1] == 1


def test_the_demonstration_page_stands_under_its_own_policy(site):
    page = site.client.get("/")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    assert '<html lang="fr">' in page.text and '<script src="/widget.js" defer></script>' in page.text
    assert not re.search(r"<script(?![^>]*src)|<style|\sstyle=|\son[a-z]+=", page.text)


def test_the_widget_comes_once_then_is_only_asked_about(site):
    first = site.client.get("/widget.js")
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    again = site.client.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")


def test_the_widget_never_parses_text_as_html(site):
    script = widget_script().text
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|localStorage", script)


@pytest.mark.parametrize("path", ["/formulaire", "/staff/", "/staff/connexion"])
def test_a_page_that_is_not_open_yet_says_so_in_one_sentence(site, path):
    page = site.client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 501 and "<p>Cette page n&#39;est pas encore ouverte.</p>" in page.text
    assert problem_of(site.client.get(path, headers={"Accept": "application/json"})) == (501, "not-open-yet")


def test_an_unknown_address_and_a_wrong_method_are_problems(site):
    assert problem_of(site.client.get("/api/rien")) == (404, "not-found")
    assert problem_of(site.client.put("/api/messages")) == (405, "method-not-allowed")
    assert problem_of(site.client.get("/static/../settings.py")) == (404, "not-found")
    assert "introuvable" in site.client.get("/rien", headers={"Accept": "text/html"}).text


def test_the_description_names_every_route_of_the_api(site):
    described = site.client.get("/api/openapi.json").json()["paths"]
    served = {
        (route.path, method)
        for route in routes()
        if isinstance(route, Route) and route.path.startswith(("/api/", "/health/"))
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert {(path, method.upper()) for path, methods in described.items() for method in methods} == served


def test_every_reference_of_the_description_exists():
    document = json.loads((STATIC / "openapi.json").read_text(encoding="utf-8"))
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))):
        found = document
        for key in reference.split("/"):
            found = found[key]


def test_due_jobs_run_while_the_application_serves_and_their_failure_stops_nothing(make_site):
    looked = Event()

    def fail() -> None:
        looked.set()
        raise RuntimeError("no database for a minute")

    site = make_site(run_due_jobs=fail)
    assert looked.wait(timeout=5)
    assert site.client.get("/health/live").status_code == 200
