"""`bot doctor` sees what is wrong, says what to do, and never prints a secret."""

from __future__ import annotations

import socket
from contextlib import closing
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.admissions.staff import Account, Role
from bot.doctor import database, machine, network
from bot.doctor.findings import Health, problem, run_checks
from bot.doctor.report import doctor, examine
from bot.services.conversations import open_conversation
from bot.settings import load_settings
from bot.storage.engine import open_engine, writing
from bot.storage.migrate import alone, migrate, upgrade
from bot.storage.unit_of_work import unit_of_work_factory
from tests.integration.builders import NOW, FakeBrain
from tests.integration.delivery.receivers import running_mailbox
from tests.integration.storage.conftest import RETENTION, database_url, engine

__all__ = ["database_url", "engine"]
ROOT = Path(__file__).resolve().parents[3]
SECRETS = ("motdepassesmtp", "motdepassebase", "motdepasseredis", "jetonwebhook", "secretwebhook", "secretoidc", "jetonmetriques")
CLOSED_PORT = 9
HOSTILE = {
    "BOT_DATABASE_URL": f"postgresql://bot:{SECRETS[1]}@127.0.0.1:{CLOSED_PORT}/bot",
    "BOT_SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789",
    "BOT_SMTP_URL": f"smtp://bot:{SECRETS[0]}@127.0.0.1:{CLOSED_PORT}",
    "BOT_MAIL_FROM": "bot@example.org",
    "BOT_REDIS_URL": f"redis://:{SECRETS[2]}@127.0.0.1:{CLOSED_PORT}/0",
    "BOT_WEBHOOK_URL": f"http://127.0.0.1:{CLOSED_PORT}/{SECRETS[3]}",
    "BOT_WEBHOOK_SECRET": SECRETS[4],
    "BOT_OIDC_ISSUER": "https://connexion.example.org",
    "BOT_OIDC_CLIENT_SECRET": SECRETS[5],
    "BOT_METRICS_TOKEN": SECRETS[6],
    "BOT_SMPT_URL": "smtp://127.0.0.1",
}


def settings_of(tmp_path, **environ):
    return load_settings(tmp_path, environ)


def healths(findings):
    return {finding.subject: finding.health for finding in findings}


def test_an_empty_machine_with_its_model_has_no_problem(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(machine, "trained_model", lambda root, folder: _model(tmp_path))
    environ = {"BOT_DATABASE_URL": f"sqlite:///{tmp_path}/bot.db", "BOT_SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789"}
    assert doctor(ROOT, environ) == 0
    assert "Tout est en ordre." in capsys.readouterr().out


def test_everything_that_is_down_is_a_problem_with_a_remedy_and_no_secret(capsys):
    assert doctor(ROOT, HOSTILE) == 1
    printed = capsys.readouterr()
    assert not any(secret in printed.out + printed.err for secret in (*SECRETS, HOSTILE["BOT_SECRET_KEY"]))
    findings = examine(ROOT, HOSTILE)
    assert all(finding.remedy for finding in findings if finding.health is not Health.OK)
    found = healths(findings)
    assert {found[subject] for subject in ("base de données", "courriel", "webhook")} == {Health.PROBLEM}
    assert found["Redis"] is Health.WARNING
    assert "BOT_SMPT_URL : nom inconnu" in printed.out and "connexion unique est réglée à moitié" in printed.out


def test_a_wrong_setting_is_said_alone(capsys):
    assert doctor(ROOT, {"BOT_PORT": "zéro"}) == 1
    assert "BOT_PORT=zéro" in capsys.readouterr().out


def test_a_check_that_fails_itself_is_said_and_stops_no_other():
    def broken():
        raise RuntimeError("quotes a secret")

    first, second = run_checks([("a", broken), ("b", lambda: [problem("b", "vu", "faire")])])
    assert first.health is Health.PROBLEM and "RuntimeError" in first.words and "quotes" not in first.words
    assert second.subject == "b"


def test_a_cut_model_says_to_train(tmp_path, monkeypatch):
    whole = _model(tmp_path)
    whole.write_bytes(whole.read_bytes()[:-100])
    monkeypatch.setattr("bot.training.model_path", lambda root, folder: whole)
    [finding] = machine.check_model(settings_of(tmp_path), tmp_path)
    assert finding.health is Health.PROBLEM and "coupé" in finding.words and finding.remedy == "bot train --force"


def test_a_key_that_others_can_read_is_a_problem(tmp_path):
    settings = settings_of(tmp_path)
    assert healths(machine.check_secret_key(settings, tmp_path, {})) == {"clé secrète": Health.OK}
    (tmp_path / "var/secret_key").chmod(0o644)
    assert healths(machine.check_secret_key(settings, tmp_path, {})) == {"clé secrète": Health.PROBLEM}


@pytest.mark.parametrize(("free", "health"), [(10, Health.OK), (1, Health.WARNING), (0.1, Health.PROBLEM)])
def test_a_full_disk_is_seen_before_it_is_full(tmp_path, monkeypatch, free, health):
    usage = type("Usage", (), {"free": int(free * machine.GIB)})
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: usage)
    assert healths(machine.check_disk(settings_of(tmp_path), tmp_path)) == {"disque": health}


def test_a_database_answers_with_its_migration_and_its_clock(engine):
    assert healths(database.check_database(engine)) == {"base de données": Health.OK}
    assert healths(database.check_migrations(engine)) == {"migrations": Health.OK}
    assert healths(database.check_clock(engine, NOW)) == {"horloge": Health.OK}
    assert healths(database.check_outbox(engine, NOW)) == {"envois": Health.OK}


def test_a_console_that_nobody_can_manage_is_said(engine):
    assert healths(database.check_accounts(engine)) == {"console": Health.WARNING}
    with unit_of_work_factory(engine, RETENTION)() as uow:
        uow.accounts.add(Account("a", "odile@example.org", "", Role.ADMIN, True, NOW))
        uow.commit()
    assert healths(database.check_accounts(engine)) == {"console": Health.OK}


def test_an_old_and_a_newer_database_are_told_apart(database_url):
    engine = open_engine(database_url)
    assert healths(database.check_migrations(engine)) == {"migrations": Health.WARNING}
    with alone(engine) as connection:
        upgrade(connection, "0001")
    assert healths(database.check_migrations(engine)) == {"migrations": Health.WARNING}
    migrate(engine)
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    [finding] = database.check_migrations(engine)
    assert finding.health is Health.WARNING and "plus récente" in finding.words


def test_a_clock_that_went_back_is_seen_by_the_messages_of_the_future(engine):
    open_conversation(unit_of_work_factory(engine, RETENTION), FakeBrain(), NOW + timedelta(hours=3))
    assert healths(database.check_clock(engine, NOW)) == {"horloge": Health.PROBLEM}


def test_a_damaged_sqlite_file_is_a_problem(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/bot.db")
    migrate(engine)
    engine.dispose()
    content = bytearray((tmp_path / "bot.db").read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    (tmp_path / "bot.db").write_bytes(content)
    assert healths(database.check_database(open_engine(f"sqlite:///{tmp_path}/bot.db"))) == {"base de données": Health.PROBLEM}


def test_the_mail_server_is_greeted_and_no_letter_is_sent(tmp_path):
    with running_mailbox() as mailbox:
        settings = settings_of(tmp_path, BOT_SMTP_URL=mailbox.url, BOT_MAIL_FROM="bot@example.org")
        assert healths(network.check_mail(settings)) == {"courriel": Health.OK}
    assert mailbox.letters == [] and mailbox.attempts == []


def test_a_refused_login_is_a_problem(tmp_path):
    with running_mailbox(login=True) as mailbox:
        url = mailbox.url.replace("127.0.0.1", "bot:faux@127.0.0.1")
        settings = settings_of(tmp_path, BOT_SMTP_URL=url, BOT_MAIL_FROM="bot@example.org")
        [finding] = network.check_mail(settings)
    assert finding.health is Health.PROBLEM and "identification refusée" in finding.words and "faux" not in finding.words


def test_a_webhook_in_clear_to_another_machine_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(network, "_connect", lambda *_: None)
    settings = settings_of(tmp_path, BOT_WEBHOOK_URL="http://crm.example.org/h", BOT_WEBHOOK_SECRET="court")
    words = [finding.words for finding in network.check_webhook(settings) if finding.health is Health.PROBLEM]
    assert words == ["BOT_WEBHOOK_URL est en http://", "BOT_WEBHOOK_SECRET est trop court"]


def test_a_listening_webhook_gets_no_request(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        settings = settings_of(tmp_path, BOT_WEBHOOK_URL=f"http://127.0.0.1:{listener.getsockname()[1]}/h", BOT_WEBHOOK_SECRET="k" * 40)
        assert healths(network.check_webhook(settings)) == {"webhook": Health.OK}
        connection, _ = listener.accept()
        assert connection.recv(10) == b""


def test_the_world_s_clock_is_compared(tmp_path, monkeypatch):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setattr(network, "is_this_machine", lambda host: False)
    settings = settings_of(tmp_path, BOT_PUBLIC_URL=f"http://127.0.0.1:{server.server_port}", BOT_TRUSTED_PROXIES="127.0.0.1")
    found = [(finding.subject, finding.health) for finding in network.check_public_address(settings, NOW - timedelta(days=400))]
    server.shutdown()
    server.server_close()
    assert ("horloge", Health.PROBLEM) in found and ("adresse publique", Health.OK) in found


def _model(folder):
    import io
    import random
    import tarfile

    path = folder / "assistant.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        noise = random.Random(0).randbytes(5_000)
        member = tarfile.TarInfo("weights")
        member.size = len(noise)
        archive.addfile(member, io.BytesIO(noise))
    return path
