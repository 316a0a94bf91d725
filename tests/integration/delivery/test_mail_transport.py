"""The way to the mail server: encrypted, to the right one, with a password that is shown to nobody."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.admissions.channels import Channel
from bot.delivery import smtp
from bot.services.outbox import DeliveryFailed
from tests.integration.delivery.receivers import running_mailbox


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context for 127.0.0.1, and a client's that trusts it."""
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "both.pem").write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "both.pem")
    return server, ssl.create_default_context(cadata=made.public_bytes(serialization.Encoding.PEM).decode())


@pytest.mark.parametrize("how", ["starttls", "smtps"])
def test_letters_travel_encrypted_and_only_to_a_server_that_proves_its_name(house, certificate, how):
    server, trust = certificate
    house.new_lead()
    with running_mailbox(**{how: server}) as mailbox:
        house.to_office(mailbox, trust=ssl.create_default_context()).deliver_due()
        assert [row.reason for row in house.rows(Channel.OFFICE)] == [smtp.BAD_CERTIFICATE] and mailbox.letters == []
        house.clock.forward(hours=1)
        assert house.to_office(mailbox, trust=trust).deliver_due() == 1
        assert mailbox.was_encrypted == [True]


def test_the_user_and_password_of_the_address_are_decoded_and_presented(house):
    house.new_lead()
    with running_mailbox(login=True) as mailbox:
        mailbox.url = mailbox.url.replace("://", "://bot%40example.org:p%40ss%2Fword@")
        assert house.to_office(mailbox).deliver_due() == 1
        assert mailbox.logins == [(b"bot@example.org", b"p@ss/word")]


def test_a_password_refused_is_said_without_it(house, caplog):
    house.new_lead()
    with running_mailbox(login=True) as mailbox:
        mailbox.url = mailbox.url.replace("://", "://bot:wrong-secret@")
        house.to_office(mailbox).deliver_due()
    [row] = house.rows(Channel.OFFICE)
    assert row.reason == "identification refusée par le serveur de courriel (SMTP 535)"
    assert "wrong-secret" not in caplog.text + repr(smtp.SmtpServer.from_url(mailbox.url))


def test_a_password_is_not_sent_in_clear_beyond_this_machine(house, mailbox):
    sender = house.sender(mailbox)
    far = replace(smtp.SmtpServer.from_url(mailbox.url), user="bot", password="secret")
    connection = replace(sender, server=far)._connect()
    elsewhere = replace(sender, server=replace(far, host="mail.example.org"))
    with pytest.raises(DeliveryFailed, match="chiffrée"):
        elsewhere._open(connection)
    connection.close()


def test_a_mail_server_that_is_away_is_named_as_such(house, mailbox):
    house.new_lead()
    mailbox.url = "smtp://127.0.0.1:1"
    house.to_office(mailbox).deliver_due()
    assert [row.reason for row in house.rows(Channel.OFFICE)] == [smtp.NOT_REACHED]
