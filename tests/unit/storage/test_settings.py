"""Settings come from the environment and `.env`, checked; a bad one is named, its value shown unless secret."""

from __future__ import annotations

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.admissions.errors import SettingsError
from bot.settings import Settings, load_settings

PROJECT = Path(__file__).parents[3]
KEY = "k" * 32


def settings(root: Path, **environ: str) -> Settings:
    return load_settings(root, environ)


def test_without_any_variable_one_machine_serves_itself(tmp_path):
    found = settings(tmp_path)
    assert (found.host, found.port, found.public_url) == ("127.0.0.1", 8080, "http://127.0.0.1:8080")
    assert found.database_url == f"sqlite:///{tmp_path}/var/bot.db" and found.is_sqlite
    assert (found.rate_limit, found.retention_days_conversations, found.retention_days_leads) == ("60/minute", 30, 1095)
    assert found.timezone == ZoneInfo("Europe/Paris") and found.model_dir == tmp_path / "models"
    assert found.redis_url is found.metrics_token is found.webhook_url is found.smtp_url is None
    assert found.allowed_origins == found.trusted_proxies == ()


def test_the_environment_wins_over_the_file_and_an_empty_variable_is_not_set(tmp_path):
    (tmp_path / ".env").write_text("BOT_PORT=9000\nBOT_HOST=0.0.0.0\nBOT_LOG_LEVEL=debug\n")
    found = settings(tmp_path, BOT_PORT="9001", BOT_LOG_LEVEL="")
    assert (found.host, found.port, found.log_level) == ("0.0.0.0", 9001, "info")


def test_lists_are_read_with_their_spaces(tmp_path):
    found = settings(
        tmp_path, BOT_ALLOWED_ORIGINS="https://A.fr/, http://localhost:3000", BOT_TRUSTED_PROXIES="10.0.0.0/8, ::1"
    )
    assert found.allowed_origins == ("https://a.fr", "http://localhost:3000")
    assert found.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("::1"))


def test_rate_limits_can_be_off(tmp_path):
    assert settings(tmp_path, BOT_RATE_LIMIT="off").rate_limit is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_PORT", "http"),
        ("BOT_PORT", "70000"),
        ("BOT_PUBLIC_URL", "unilim.fr"),
        ("BOT_ALLOWED_ORIGINS", "*"),
        ("BOT_ALLOWED_ORIGINS", "https://a.fr/page"),
        ("BOT_TRUSTED_PROXIES", "proxy.local"),
        ("BOT_MAIL_FROM", "admissions"),
        ("BOT_RATE_LIMIT", "60"),
        ("BOT_RATE_LIMIT", "0/minute"),
        ("BOT_RETENTION_DAYS_CONVERSATIONS", "0"),
        ("BOT_RETENTION_DAYS_LEADS", "trois ans"),
        ("BOT_TIMEZONE", "Paris"),
        ("BOT_LOG_LEVEL", "bavard"),
    ],
)
def test_a_bad_value_is_named_with_what_to_write_instead(tmp_path, name, value):
    with pytest.raises(SettingsError) as refused:
        settings(tmp_path, **{name: value})
    assert refused.value.message.startswith(f"{name}={value} : ")
    assert len(refused.value.remedy) > 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_DATABASE_URL", "mysql://root:canari@base/bot"),
        ("BOT_DATABASE_URL", "sqlite:///:memory:"),
        ("BOT_REDIS_URL", "canari@redis"),
        ("BOT_SMTP_URL", "http://user:canari@mail"),
        ("BOT_WEBHOOK_URL", "ftp://canari"),
        ("BOT_SECRET_KEY", "canari"),
    ],
)
def test_a_bad_secret_is_named_and_never_shown(tmp_path, name, value):
    with pytest.raises(SettingsError) as refused:
        settings(tmp_path, **{name: value})
    assert name in refused.value.message and value not in refused.value.message


def test_no_secret_is_shown_with_the_settings(tmp_path):
    found = settings(
        tmp_path,
        BOT_SECRET_KEY="canari" * 6,
        BOT_DATABASE_URL="postgresql://bot:canari@base/bot",
        BOT_REDIS_URL="redis://:canari@redis/0",
        BOT_SMTP_URL="smtp://bot:canari@mail:25",
        BOT_WEBHOOK_URL="https://crm/canari",
        BOT_WEBHOOK_SECRET="canari",
        BOT_OIDC_CLIENT_SECRET="canari",
        BOT_METRICS_TOKEN="canari",
    )
    assert "canari" not in repr(found)


def test_the_key_of_one_machine_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first = settings(tmp_path)
    key_file = tmp_path / "var" / "secret_key"
    assert settings(tmp_path).secret_key == first.secret_key and len(first.secret_key) >= 32
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [path.name for path in key_file.parent.iterdir()] == ["secret_key"]


def test_programs_that_start_together_end_with_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: settings(tmp_path).secret_key, range(8)))
    assert len(keys) == 1


def test_a_damaged_key_file_is_named(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret_key").write_text("court")
    with pytest.raises(SettingsError, match="secret_key"):
        settings(tmp_path)


def test_postgresql_needs_a_key_that_every_machine_shares(tmp_path):
    address = "postgresql://bot@base/bot"
    with pytest.raises(SettingsError, match="BOT_SECRET_KEY"):
        settings(tmp_path, BOT_DATABASE_URL=address)
    assert settings(tmp_path, BOT_DATABASE_URL=address, BOT_SECRET_KEY=KEY).secret_key == KEY


def test_the_example_file_names_every_setting_and_its_values_are_accepted(tmp_path):
    example = (PROJECT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#? ?(BOT_[A-Z_]+)=", example, re.MULTILINE))
    read = set(re.findall(r'"(BOT_[A-Z_]+)"', (PROJECT / "bot" / "settings.py").read_text(encoding="utf-8")))
    assert named == read
    values = dict(re.findall(r"^# (BOT_[A-Z_]+)=(.+)$", example, re.MULTILINE))
    assert settings(tmp_path, **values, BOT_SECRET_KEY=KEY).public_url == values["BOT_PUBLIC_URL"]
