"""Which ways out the settings open, and what is refused at the start."""

from __future__ import annotations

import pytest

from bot.admissions.channels import Channel
from bot.admissions.errors import SettingsError
from bot.announcing import open_channels
from bot.delivery.smtp import SmtpServer
from bot.settings import load_settings

SMTP, FROM, OFFICE = {"BOT_SMTP_URL": "smtp://u:s3cret@mail:25"}, {"BOT_MAIL_FROM": "bot@x.fr"}, {"BOT_ADMISSIONS_EMAIL": "adm@x.fr"}
HOOK, SECRET = {"BOT_WEBHOOK_URL": "https://crm.x.fr/hook?key=s3cret"}, {"BOT_WEBHOOK_SECRET": "s3cret"}


@pytest.mark.parametrize(
    ("environ", "channels"),
    [
        ({}, set()),
        (FROM | OFFICE | SECRET, set()),
        (SMTP | FROM, {Channel.APPLICANT}),
        (SMTP | FROM | OFFICE, {Channel.APPLICANT, Channel.OFFICE}),
        (HOOK | SECRET, {Channel.WEBHOOK}),
    ],
)
def test_a_channel_is_open_when_its_settings_are_complete(tmp_path, environ, channels):
    assert open_channels(load_settings(tmp_path, environ)) == channels


@pytest.mark.parametrize(("environ", "missing"), [(SMTP | OFFICE, "BOT_MAIL_FROM"), (HOOK, "BOT_WEBHOOK_SECRET")])
def test_a_channel_half_set_stops_the_start_with_what_is_missing_and_no_secret(tmp_path, environ, missing):
    with pytest.raises(SettingsError) as refused:
        open_channels(load_settings(tmp_path, environ))
    assert refused.value.name == missing and "s3cret" not in refused.value.message


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail", ("mail", 25, False, None, None)),
        ("smtp://mail:1025", ("mail", 1025, False, None, None)),
        ("smtp://u:p@mail", ("mail", 587, False, "u", "p")),
        ("smtps://u%40x.fr:a%2Fb%3A@mail", ("mail", 465, True, "u@x.fr", "a/b:")),
        ("smtp://[::1]:25", ("::1", 25, False, None, None)),
    ],
)
def test_the_address_of_a_mail_server_is_read_whole(url, expected):
    server = SmtpServer.from_url(url)
    assert (server.host, server.port, server.is_tls, server.user, server.password) == expected


@pytest.mark.parametrize(("host", "is_here"), [("localhost", True), ("127.0.0.1", True), ("::1", True), ("mail", False), ("10.0.0.1", False)])
def test_only_the_loopback_is_this_machine(host, is_here):
    assert SmtpServer(host, 25, False).is_this_machine is is_here


def test_a_password_is_never_printed():
    assert "hidden" not in repr(SmtpServer.from_url("smtp://u:hidden@mail"))
