"""The demonstration page: the record's content, whatever facts there are."""

from __future__ import annotations

from bot.web.programme import Programme

OPEN_ROUTES = ["Après un parcours de formation sous statut", "Après un parcours de formation continue", "Par expérience"]


def test_the_page_says_what_the_record_says(panel):
    text = " ".join(panel.page.locator("main").text_content().split()).replace("\u202f", " ")
    for said in ("47", "27 octobre 2028", "Secrétaire Général de Mairie", "CCAS", "Niveau 5", "Organiser les moyens humains", "81 %", "grand oral"):
        assert said in text
    open_routes = panel.page.locator(".routes .open").all_inner_texts()
    assert [route.split("\n")[0].startswith(start) for route, start in zip(open_routes, OPEN_ROUTES, strict=True)] == [True] * 3
    assert panel.page.locator(".routes .shut").count() == 3
    assert panel.page.locator(".blocks details li").count() == 47


def test_links_of_the_page_lead_somewhere(panel):
    missing = panel.page.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].filter(link => !document.querySelector(link.hash)).map(link => link.hash)")
    assert missing == []


def test_a_base_without_facts_leaves_places_empty():
    programme = Programme({"facts": [], "as_of": "2026-11-22"})
    assert (programme.blocks, programme.routes, programme.years, programme.jobs) == ((), (), (), ())
    assert programme.value("identite.niveau") is None and programme.day("enregistrement.echeance") is None
