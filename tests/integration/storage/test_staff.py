"""Accounts, sessions, links and the audit on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from bot.admissions.errors import InputError
from bot.admissions.staff import COMMAND_LINE, Account, AccountExists, AuditAction, LastAdmin, Role, account_email
from bot.services.passwords import Passwords, check_password
from bot.services.staff_accounts import AccountServices, add_account, change_role, set_enabled, sign_in
from bot.services.staff_passwords import (
    RESET_VALID_FOR,
    LinkOver,
    account_of_link,
    change_password,
    make_link,
    send_reset,
    set_password_by_link,
)
from bot.services.staff_sessions import ABSOLUTE, IDLE, find_session, forget_ended, token_hash
from bot.storage.engine import writing
from bot.storage.staff_tables import staff_accounts
from tests.integration.builders import NOW

PASSWORD = "une phrase de passe correcte"
OTHER = "une tout autre phrase de passe"
EMAIL = "odile@example.org"


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords(time_cost=1, memory_kib=8)


@pytest.fixture
def services(uow_factory: Callable, passwords: Passwords) -> AccountServices:
    return AccountServices(uow_factory, passwords, "https://console.example.org")


@pytest.fixture
def admin(services: AccountServices) -> Account:
    return add_account(services, EMAIL, Role.ADMIN, NOW, password=PASSWORD)


def token_of(link: str) -> str:
    return link.rpartition("/")[2]


def actions(services: AccountServices) -> list[str]:
    """What the journal holds, oldest first."""
    return [line.action for line in reversed(services.uow_factory().audit.page(100))]


def test_an_address_has_one_account_whatever_its_capitals(services, admin):
    with pytest.raises(AccountExists):
        add_account(services, " ODILE@Example.org", Role.READER, NOW)
    assert [account.email for account in services.uow_factory().accounts.all()] == [EMAIL]
    assert actions(services) == ["account_created"]


def test_two_who_add_the_same_address_at_once_make_one_account(services):
    start = Barrier(4)

    def add(_: int) -> bool:
        start.wait()
        try:
            add_account(services, EMAIL, Role.READER, NOW, password=PASSWORD)
        except AccountExists:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, range(4))) == [False, False, False, True]
    assert actions(services) == ["account_created"]


@pytest.mark.parametrize("address", ["", "odile", "@example.org", "a@b", "a b@example.org", "a@example.org,b@example.org", "a@@example.org", "a@example..org", "a\n@example.org", f"{'a' * 250}@example.org"])
def test_an_address_that_no_mail_reaches_makes_no_account(address):
    with pytest.raises(InputError):
        account_email(address)


@pytest.mark.parametrize("password", ["", "onze caract", "odile@example.org", "mon odile@example.org", "aaaaaaaaaaaaaaaa", "azertyuiopqsdfgh", "x" * 201])
def test_a_password_that_is_easy_to_guess_is_refused(password):
    with pytest.raises(InputError):
        check_password(password, EMAIL)


def test_the_stored_password_is_argon2id_and_tells_nothing(services, admin, engine):
    stored = services.uow_factory().accounts.get(admin.id).password_hash
    assert stored.startswith("$argon2id$") and PASSWORD not in stored and PASSWORD not in repr(admin)
    assert sign_in(services, EMAIL, PASSWORD, "Firefox", NOW) is not None
    assert sign_in(services, EMAIL, PASSWORD + " ", "Firefox", NOW) is None


def test_an_accent_typed_in_two_parts_is_the_same_letter(services):
    add_account(services, EMAIL, Role.ADMIN, NOW, password="une clé bien cachée")
    assert sign_in(services, EMAIL, "une cle\u0301 bien cache\u0301e", "Firefox", NOW) is not None


def test_a_password_kept_with_older_parameters_is_kept_anew_when_it_is_next_given(services, admin):
    stronger = AccountServices(services.uow_factory, Passwords(time_cost=2, memory_kib=16), services.public_url)
    assert sign_in(stronger, EMAIL, PASSWORD, "Firefox", NOW) is not None
    kept = services.uow_factory().accounts.get(admin.id)
    assert "m=16,t=2" in kept.password_hash and kept.password_changed_at == NOW
    assert sign_in(stronger, EMAIL, PASSWORD, "Firefox", NOW) is not None


def test_an_unknown_address_costs_the_same_work(services, admin, monkeypatch):
    verified: list[str] = []
    is_right = services.passwords.is_right
    monkeypatch.setattr(services.passwords, "is_right", lambda stored, given: verified.append(given) or is_right(stored, given))
    for email in (EMAIL, "personne@example.org", ""):
        assert sign_in(services, email, OTHER, "Firefox", NOW) is None
    assert verified == [OTHER] * 3
    assert actions(services) == ["account_created", *["sign_in_refused"] * 3]


def test_a_session_is_found_by_what_the_browser_holds_and_the_database_does_not_know_it(services, admin, engine):
    opened = sign_in(services, EMAIL, PASSWORD, "Firefox", NOW)
    assert find_session(services.uow_factory, opened.token, NOW).account.id == admin.id
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT * FROM staff_sessions")).one()
    assert opened.token not in map(str, kept) and kept.token_hash == token_hash(opened.token)
    assert find_session(services.uow_factory, kept.token_hash, NOW) is None


def test_a_session_ends_when_unused_and_at_last_whatever_its_use(services, admin):
    token = sign_in(services, EMAIL, PASSWORD, "Firefox", NOW).token
    assert find_session(services.uow_factory, token, NOW + IDLE) is None
    at = NOW
    while at + IDLE / 2 < NOW + ABSOLUTE:
        at += IDLE / 2
        assert find_session(services.uow_factory, token, at) is not None
    assert find_session(services.uow_factory, token, NOW + ABSOLUTE) is None
    forget_ended(services.uow_factory, NOW + ABSOLUTE)
    assert services.uow_factory().sessions.of_account(admin.id, NOW, NOW - IDLE) == []


@pytest.mark.parametrize("change", ["role", "disabled", "password", "link"])
def test_a_change_of_the_account_ends_its_sessions(services, admin, change):
    person = add_account(services, "rene@example.org", Role.READER, NOW, password=PASSWORD)
    token = sign_in(services, person.email, PASSWORD, "Firefox", NOW).token
    if change == "role":
        change_role(services, person.id, Role.ADMIN, NOW, admin.actor)
    elif change == "disabled":
        set_enabled(services, person.id, False, NOW, admin.actor)
        set_enabled(services, person.id, True, NOW, admin.actor)
    elif change == "password":
        change_password(services, person, PASSWORD, OTHER, "Firefox", NOW)
    else:
        link = make_link(services, person, NOW, admin.actor, RESET_VALID_FOR)
        set_password_by_link(services, token_of(link), OTHER, "Firefox", NOW)
    assert find_session(services.uow_factory, token, NOW) is None


@pytest.mark.parametrize("change", ["role", "disabled", "password"])
def test_a_change_in_the_middle_of_signing_in_opens_no_session(services, admin, change, monkeypatch):
    person = add_account(services, "rene@example.org", Role.READER, NOW, password=PASSWORD)
    changes = {
        "role": lambda: change_role(services, person.id, Role.ADMIN, NOW, admin.actor),
        "disabled": lambda: set_enabled(services, person.id, False, NOW, admin.actor),
        "password": lambda: change_password(services, person, PASSWORD, OTHER, "Safari", NOW),
    }
    is_old = services.passwords.is_old
    monkeypatch.setattr(services.passwords, "is_old", lambda stored: changes[change]() is None or is_old(stored))
    before = len(services.uow_factory().sessions.of_account(person.id, NOW, NOW - IDLE))
    assert sign_in(services, person.email, PASSWORD, "Firefox", NOW) is None
    assert "Firefox" not in [session.browser for session in services.uow_factory().sessions.of_account(person.id, NOW, NOW - IDLE)]
    assert before == 0


def test_a_disabled_account_signs_in_by_no_way(services, admin):
    person = add_account(services, "rene@example.org", Role.READER, NOW, password=PASSWORD)
    link = make_link(services, person, NOW, admin.actor, RESET_VALID_FOR)
    set_enabled(services, person.id, False, NOW, admin.actor)
    assert sign_in(services, person.email, PASSWORD, "Firefox", NOW) is None
    with pytest.raises(LinkOver):
        set_password_by_link(services, token_of(link), OTHER, "Firefox", NOW)


def test_the_last_admin_stays_admin_and_enabled(services, admin):
    for change in (lambda: change_role(services, admin.id, Role.READER, NOW, admin.actor), lambda: set_enabled(services, admin.id, False, NOW, admin.actor)):
        with pytest.raises(LastAdmin):
            change()
    kept = services.uow_factory().accounts.get(admin.id)
    assert kept.role is Role.ADMIN and kept.is_enabled
    assert actions(services) == ["account_created"]


def test_two_admins_who_disable_each_other_at_once_leave_one(services, admin, engine):
    other = add_account(services, "rene@example.org", Role.ADMIN, NOW, password=PASSWORD)

    def disable_the_other() -> bool:
        try:
            return set_enabled(services, other.id, False, NOW, COMMAND_LINE)
        except LastAdmin:
            return False

    with ThreadPoolExecutor(1) as pool:
        with writing(engine) as connection:  # somebody is disabling the first, and has not committed
            admins = select(staff_accounts.c.id).where(staff_accounts.c.role == Role.ADMIN.value).with_for_update()
            assert len(connection.execute(admins).all()) == 2
            connection.execute(update(staff_accounts).where(staff_accounts.c.id == admin.id).values(is_enabled=False))
            second = pool.submit(disable_the_other)
            wait([second], timeout=0.5)  # time enough to go wrong; it must be waiting for the first
        assert second.result() is False
    assert [account.is_enabled for account in services.uow_factory().accounts.all()] == [False, True]


def test_a_session_of_an_account_disabled_by_hand_opens_nothing(services, admin, engine):
    token = sign_in(services, EMAIL, PASSWORD, "Firefox", NOW).token
    with writing(engine) as connection:
        connection.execute(update(staff_accounts).values(is_enabled=False))
    assert find_session(services.uow_factory, token, NOW) is None


def test_a_link_serves_once_and_for_an_hour_and_only_its_hash_is_kept(services, admin, engine):
    link = make_link(services, admin, NOW, admin.actor, RESET_VALID_FOR)
    token = token_of(link)
    assert link == f"https://console.example.org/staff/mot-de-passe/{token}" and len(token) >= 43
    with engine.connect() as connection:
        assert token not in map(str, connection.execute(text("SELECT * FROM staff_links")).one())
    assert account_of_link(services, token, NOW + RESET_VALID_FOR) is None
    with pytest.raises(InputError):
        set_password_by_link(services, token, "court", "Firefox", NOW)
    set_password_by_link(services, token, OTHER, "Firefox", NOW)
    with pytest.raises(LinkOver):
        set_password_by_link(services, token, PASSWORD, "Firefox", NOW)
    assert sign_in(services, EMAIL, OTHER, "Firefox", NOW) is not None


def test_of_two_who_use_a_link_at_once_one_sets_the_password(services, admin):
    token, start = token_of(make_link(services, admin, NOW, admin.actor, RESET_VALID_FOR)), Barrier(2)

    def use(password: str) -> bool:
        start.wait()
        try:
            set_password_by_link(services, token, password, "Firefox", NOW)
        except LinkOver:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, [OTHER, f"{OTHER} encore"])) == [False, True]
    assert actions(services).count("password_changed") == 1


def test_a_new_link_replaces_the_earlier_one(services, admin):
    first, second = (token_of(make_link(services, admin, NOW, admin.actor, RESET_VALID_FOR)) for _ in range(2))
    assert account_of_link(services, first, NOW) is None and account_of_link(services, second, NOW) == admin


def test_a_reset_for_nobody_makes_nothing(services, admin):
    send_reset(services, "personne@example.org", NOW)
    assert actions(services) == ["account_created"]


def test_the_audit_can_only_grow(services, admin, engine):
    statements = ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"] + (["TRUNCATE audit"] if engine.dialect.name == "postgresql" else [])
    for statement in statements:
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert actions(services) == ["account_created"]


def test_what_is_not_committed_leaves_no_line(services, admin):
    with services.uow_factory() as uow:
        uow.audit.record(admin.actor, AuditAction.SIGNED_OUT, "account", admin.id, NOW)
    assert actions(services) == ["account_created"]


def test_the_journal_is_filtered_and_paged(services, admin):
    with services.uow_factory() as uow:
        for hour in range(5):
            uow.audit.record(admin.actor, AuditAction.SIGNED_OUT, "account", admin.id, NOW + timedelta(hours=hour), {"number": hour})
        uow.commit()
    journal = services.uow_factory().audit
    newest = journal.page(2)
    assert [line.detail["number"] for line in newest] == [4, 3]
    assert [line.detail["number"] for line in journal.page(2, before_id=newest[-1].id)] == [2, 1]
    assert len(journal.page(10, actor=EMAIL)) == 5 and len(journal.page(10, action="account_created")) == 1
    within = journal.page(10, since=NOW + timedelta(hours=1), until=NOW + timedelta(hours=3))
    assert [line.detail["number"] for line in within] == [2, 1]
