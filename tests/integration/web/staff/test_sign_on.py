"""Single sign-on against a provider of our own: only a fresh, signed, verified address with an account comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.admissions.errors import SettingsError
from bot.admissions.staff import Role
from bot.console import account_services, single_sign_on
from bot.settings import load_settings
from bot.web.staff.services import StaffServices
from tests.integration.builders import NOW
from tests.integration.web.staff.conftest import StaffBrowser
from tests.integration.web.staff.provider import CLIENT_ID, CLIENT_SECRET, Provider, serving

EMAIL = "odile.martin@example.org"
START = "/staff/connexion/etablissement"
FAILED = "pas abouti"


@pytest.fixture
def provider() -> Iterator[Provider]:
    provider = Provider(EMAIL, int(NOW.timestamp()))
    with serving(provider):
        yield provider


@pytest.fixture
def site(make_site: Callable[..., Any], make_staff: Callable[..., StaffBrowser], provider: Provider, quick_passwords: Any) -> Any:
    """A site with that provider, where an admin has an account."""

    def staff(site: Any) -> StaffServices:
        return StaffServices(account_services(site.settings, site.factory, quick_passwords), single_sign_on=single_sign_on(site.settings))

    site = make_site(staff=staff, BOT_OIDC_ISSUER=provider.issuer, BOT_OIDC_CLIENT_ID=CLIENT_ID, BOT_OIDC_CLIENT_SECRET=CLIENT_SECRET)
    make_staff(EMAIL, Role.ADMIN, site)
    return site


def leave(browser: StaffBrowser, suite: str = "") -> str:
    """To the provider and back as far as our door: the address that the provider sends the browser to."""
    started = browser.get(f"{START}?suite={suite}")
    assert started.status_code == 303, started.text
    back = urlsplit(httpx.get(started.headers["location"]).headers["location"])
    return f"{back.path}?{back.query}"


def come_in(site: Any, suite: str = "") -> tuple[StaffBrowser, Any]:
    browser = StaffBrowser(site, EMAIL)
    return browser, browser.get(leave(browser, suite))


def assert_stays_out(site: Any, words: str = FAILED) -> None:
    browser, answer = come_in(site)
    assert answer.status_code == 403 and words in answer.text
    assert browser.get("/staff/").status_code == 303 and not browser.client.cookies.get("bot_staff")


def test_an_address_with_an_account_comes_in_where_it_wanted_to(site, provider):
    browser, answer = come_in(site, "/staff/comptes")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/comptes")
    assert EMAIL in browser.read("/staff/") and "par : établissement" in browser.read("/staff/journal").replace("\xa0", " ")
    (asked,) = provider.seen
    assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256" and asked["scope"] == "openid email"
    assert asked["redirect_uri"] == f"{site.settings.public_url}/staff/connexion/retour" and len(asked["state"]) >= 43 and len(asked["nonce"]) >= 43


def test_an_endless_address_to_come_back_to_does_not_keep_anybody_out(site):
    _, answer = come_in(site, "/staff/contacts?q=" + "x" * 5000)
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/")


def test_the_form_offers_it_only_where_it_is_set(site, staff_site):
    assert "Se connecter avec mon établissement" in StaffBrowser(site, EMAIL).get("/staff/connexion").text
    assert "établissement" not in StaffBrowser(staff_site, EMAIL).get("/staff/connexion").text
    assert StaffBrowser(staff_site, EMAIL).get(START).status_code == 404


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "somebody-else"}, {"aud": None}, {"iss": "http://127.0.0.1:1"}, {"iss": None},
        {"exp": int(NOW.timestamp()) - 61}, {"exp": None}, {"iat": int(NOW.timestamp()) + 3600}, {"iat": None}, {"sub": None},
        {"aud": [CLIENT_ID, "somebody-else"], "azp": "somebody-else"}, {"aud": "somebody-else", "azp": CLIENT_ID}, {"at_hash": "wrong"},
        {"email_verified": False}, {"email_verified": None}, {"email_verified": "true"}, {"email": None}, {"email": 7},
    ],
    ids=str,
)
def test_a_token_with_one_wrong_claim_opens_nothing(site, provider, claims):
    provider.claims = claims
    assert_stays_out(site)


@pytest.mark.parametrize("fault", ["other key", "shared secret", "unsigned", "denied"])
def test_a_token_that_the_provider_has_not_signed_opens_nothing(site, provider, fault):
    provider.faults = {fault}
    assert_stays_out(site)


@pytest.mark.parametrize("fault", ["token 500", "token list", "token text", "no id_token", "no keys", "bad keys", "list of keys"])
def test_a_provider_that_answers_nonsense_opens_nothing(site, provider, fault):
    provider.faults = {fault}
    assert_stays_out(site)


@pytest.mark.parametrize("email", ["personne@example.org", "odile.martin@example.org.example.net", "?"])
def test_an_address_without_an_account_stays_out_and_makes_none(site, provider, email):
    provider.email = email
    assert_stays_out(site, "Aucun compte")
    assert len(site.factory().accounts.all()) == 1


def test_a_disabled_account_stays_out(site, make_staff, provider):
    rene = make_staff("rene.petit@example.org", site=site)
    admin, _ = come_in(site)
    admin.get("/staff/comptes")
    admin.post(f"/staff/comptes/{rene.account.id}/etat", {"enabled": "no"})
    provider.email = rene.email
    assert_stays_out(site, "Aucun compte")


def test_a_provider_that_is_down_says_so_and_the_password_still_opens(site, provider):
    provider.faults = {"down"}
    browser = StaffBrowser(site, EMAIL)
    answer = browser.get(START)
    assert answer.status_code == 503 and FAILED in answer.text
    assert browser.sign_in().status_code == 303


@pytest.mark.parametrize("gone", [{}, {"token_endpoint": "http://127.0.0.1:1/token"}, {"jwks_uri": "http://127.0.0.1:1/keys"}], ids=["all", "token", "keys"])
def test_a_provider_that_goes_down_on_the_way_opens_nothing(site, provider, gone):
    browser = StaffBrowser(site, EMAIL)
    path = leave(browser)
    provider.faults, provider.metadata = set() if gone else {"down"}, gone
    assert browser.get(path).status_code == 503 and browser.get("/staff/").status_code == 303


@pytest.mark.parametrize("metadata", [{"issuer": "http://127.0.0.1:1"}, {"token_endpoint": None}, {"jwks_uri": "ftp://127.0.0.1/keys"}])
def test_a_provider_that_describes_another_is_not_followed(site, provider, metadata):
    provider.metadata = metadata
    assert StaffBrowser(site, EMAIL).get(START).status_code == 403


def test_an_answer_opens_a_session_in_the_browser_that_asked_only_and_once(site):
    asking, other = StaffBrowser(site, EMAIL), StaffBrowser(site, EMAIL)
    path = leave(asking)
    assert other.get(path).status_code == 403
    leave(other)
    assert other.get(path).status_code == 403  # its own attempt, somebody else's answer
    assert asking.get(path).status_code == 303
    assert asking.get(path).status_code == 403


def test_an_answer_of_another_attempt_or_provider_opens_nothing(site):
    browser = StaffBrowser(site, EMAIL)
    for changed in ({"state": "x"}, {"iss": "http://127.0.0.1:1"}, {"code": "x"}, {}):
        query = {name: values[0] for name, values in parse_qs(urlsplit(leave(browser)).query).items()}
        answer = browser.client.get("/staff/connexion/retour", params={**query, **changed})
        assert answer.status_code == (403 if changed else 303), changed


def test_an_attempt_is_over_after_ten_minutes(site, monkeypatch):
    browser = StaffBrowser(site, EMAIL)
    path = leave(browser)
    monkeypatch.setattr("bot.web.staff.sign_on.ATTEMPT_S", -1)
    assert browser.get(path).status_code == 403


def test_an_expired_token_of_a_slow_clock_is_allowed_a_minute(site, provider):
    provider.claims = {"exp": int((NOW - timedelta(seconds=30)).timestamp())}
    assert come_in(site)[1].status_code == 303


def test_no_address_nor_token_is_logged(site, provider, caplog):
    caplog.set_level("INFO", "bot")
    come_in(site)
    provider.claims = {"email_verified": False}
    come_in(site)
    lines = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    assert "reason=email_not_verified" in lines and "example.org" not in lines and "code-" not in lines and CLIENT_SECRET not in lines


@pytest.mark.parametrize(
    ("changed", "name"),
    [({"BOT_OIDC_CLIENT_SECRET": ""}, "BOT_OIDC_CLIENT_SECRET"), ({"BOT_OIDC_CLIENT_ID": ""}, "BOT_OIDC_CLIENT_ID"), ({"BOT_OIDC_ISSUER": ""}, "BOT_OIDC_ISSUER"),
     ({"BOT_OIDC_ISSUER": "http://connexion.example.org"}, "BOT_OIDC_ISSUER")],
)
def test_a_half_set_or_unsafe_provider_stops_the_start(tmp_path, changed, name):
    complete = {"BOT_OIDC_ISSUER": "https://connexion.example.org", "BOT_OIDC_CLIENT_ID": "a", "BOT_OIDC_CLIENT_SECRET": "b"}
    assert single_sign_on(load_settings(tmp_path, complete)) is not None and single_sign_on(load_settings(tmp_path, {})) is None
    with pytest.raises(SettingsError, match=name) as raised:
        single_sign_on(load_settings(tmp_path, complete | changed))
    assert "secret" not in str(raised.value.value)
