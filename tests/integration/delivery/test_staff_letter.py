"""The letter with a link to choose a password, handed to a real mail server."""

from __future__ import annotations

from email.header import decode_header, make_header
from pathlib import Path

import pytest

from bot.admissions.staff import Role
from bot.console import account_services
from bot.services.passwords import Passwords
from bot.services.staff_accounts import add_account
from bot.services.staff_passwords import INVITATION_VALID_FOR, make_link, send_link, send_reset
from bot.settings import load_settings
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.storage.unit_of_work import unit_of_work_factory
from tests.integration.builders import NOW
from tests.integration.delivery.receivers import running_mailbox
from tests.integration.storage.conftest import RETENTION


@pytest.mark.parametrize(("is_new", "words"), [(True, "Un compte vous a été ouvert"), (False, "Vous n'avez rien demandé")])
def test_the_letter_carries_the_link_once_in_text_and_once_in_html(tmp_path: Path, is_new: bool, words: str) -> None:
    with running_mailbox() as mailbox:
        environment = {"BOT_SMTP_URL": mailbox.url, "BOT_MAIL_FROM": "assistant@example.org", "BOT_PUBLIC_URL": "https://console.example.org"}
        settings = load_settings(tmp_path, environment)
        engine = open_engine(settings.database_url)
        migrate(engine)
        services = account_services(settings, unit_of_work_factory(engine, RETENTION), Passwords(1, 8))
        account = add_account(services, "rene@example.org", Role.READER, NOW)
        if is_new:
            link = make_link(services, account, NOW, account.actor, INVITATION_VALID_FOR)
            assert send_link(services, account, link, NOW, is_new=True)
        else:
            send_reset(services, account.email, NOW)
        engine.dispose()
    (letter,) = mailbox.letters
    text, html = mailbox.text(), mailbox.html()
    assert text.count("https://console.example.org/staff/mot-de-passe/") == html.count("https://console.example.org/staff/mot-de-passe/") == 1
    assert words in text and ("72 heures" if is_new else "une heure") in text
    assert letter["To"] == "rene@example.org" and "console des admissions" in str(make_header(decode_header(letter["Subject"])))
    assert "staff/mot-de-passe" not in str(letter.items())
