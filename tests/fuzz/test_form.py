"""The form without JavaScript answers a page to whatever is sent to it, and never shows markup that somebody typed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.conftest import count_requests
from tests.fuzz.hostile import inputs, texts
from tests.integration.web.form_browser import Browser, Page, make_browser

PATHS = ("/formulaire/verification", "/formulaire/coordonnees")
FIELDS = (
    "diploma", "diploma_text", "experience_years", "experience_months", "experience", "status", "route", "name", "email", "phone", "consent", "question", "state", "someone_else",
)


@pytest.fixture(scope="module")
def browser(program: Any, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    browser = make_browser(program, tmp_path_factory.mktemp("form"))
    count_requests(browser.client, "form pages")
    return browser


@inputs(120)
@given(path=st.sampled_from(PATHS), fields=st.dictionaries(st.sampled_from(FIELDS), texts, max_size=10), is_signed=st.booleans())
def test_a_hostile_form_is_answered_by_a_page(browser: Browser, path: str, fields: dict[str, str], is_signed: bool) -> None:
    browser.open("/formulaire/verification")
    held = browser.page.entries() if is_signed else {}
    browser.response = browser.client.post(path, data={**held, **fields}, headers=browser.headers)
    assert browser.status in (200, 303, 400, 403, 413, 422), (path, fields)
    Page(browser.response.text)  # every element opened is closed: nothing typed became markup
    assert "<script" not in browser.response.text
