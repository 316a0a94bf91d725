"""The topology of production in plain processes: nginx, two processes of the application, PostgreSQL, Redis."""

from __future__ import annotations

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select

from bot.storage.migrate import MIGRATIONS, migration_heads
from bot.storage.tables import leads
from tests.faults.clients import HTTP, Person, crowd
from tests.faults.conftest import SCALE
from tests.faults.processes import NGINX, Nginx, until
from tests.integration.delivery.receivers import running_crm

TEXTS = ["bonjour", "contact", "c'est combien ?", "merci"]
PEOPLE = 40 * SCALE
NEXT_MIGRATION = '''"""What the next version adds."""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "next", "{head}", None, None
def upgrade():
    op.add_column("conversations", sa.Column("added_later", sa.Text(), nullable=True))
def downgrade():
    op.drop_column("conversations", "added_later")
'''


@pytest.fixture
def house(start_app, postgres, redis, tmp_path):
    """Starts both processes and nginx; gives them."""
    if NGINX is None:
        pytest.skip("no nginx: install Debian's nginx or set NGINX_BINARY to its path")
    started = []

    def start(**environ):
        common = {"BOT_DATABASE_URL": postgres.url, "BOT_REDIS_URL": redis.url, "BOT_TRUSTED_PROXIES": "127.0.0.1",
                  "BOT_PUBLIC_URL": "https://assistant.exemple.fr", **environ}
        apps = [start_app(wait=False, **common) for _ in range(2)]  # together: both find an empty database to migrate
        for app in apps:
            app.wait_ready()
        started.append(Nginx(tmp_path, apps).start())
        return started[0], apps

    yield start
    for nginx in started:
        nginx.stop()


def turns(app):
    return app.metric("bot_turns_total")


def test_a_conversation_belongs_to_no_process_and_everything_is_done_once(house, tmp_path):
    with running_crm() as crm:
        nginx, apps = house(BOT_WEBHOOK_URL=crm.url, BOT_WEBHOOK_SECRET="k" * 40, TEST_JOBS_EVERY_S="0.02")
        person = Person(nginx.url).open()
        for number in range(8):
            person.say(f"message {number}")
        assert person.said() == [f"message {number}" for number in range(8)] and person.retries == 0
        assert all(turns(app) > 0 for app in apps) and sum(map(turns, apps)) == 8
        assert HTTP.get(f"{nginx.url}/metrics").status_code == 404

        body = {"text": "lent 0.4", "id": str(uuid4())}
        with ThreadPoolExecutor(2) as pool:
            both = list(pool.map(lambda app: HTTP.post(f"{app.url}/api/messages", json=body, headers=person.headers).json(), apps))
        assert both[0] == both[1] and person.said()[8:] == ["lent 0.4"], "one message sent to both was handled twice"

        for _ in range(10):
            Person(nginx.url).open().say("contact")
        until(lambda: len(crm.effects) == 10, "not every lead is announced")
        until(lambda: apps[0].metric('bot_outbox_rows{channel="webhook",state="delivered"}') == 10, "not every row is settled")
    assert len(crm.requests) == 10, "an announcement was sent by both"
    assert len(list(tmp_path.glob("ran-*"))) == 1, "a job was done by both"


def test_the_limits_are_shared_and_counted_per_address_behind_the_proxy(house):
    nginx, _apps = house(BOT_RATE_LIMIT="3/minute")
    person = Person(nginx.url).open()
    statuses = [HTTP.post(f"{nginx.url}/api/messages", json={"text": "a"}, headers=person.headers).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    forged = [HTTP.get(f"{nginx.url}/api/messages", headers=person.headers | {"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(27)]
    assert forged[-1] == 429, "a client may write any X-Forwarded-For and be counted as somebody else"


def test_a_rolling_update_with_a_migration_loses_no_message_and_can_be_undone(house, postgres, tmp_path):
    newer = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, newer, ignore=shutil.ignore_patterns("__pycache__"))
    (newer / "versions/next.py").write_text(NEXT_MIGRATION.format(head=migration_heads()[0]))
    nginx, apps = house()
    persons, workers = crowd(nginx.url, PEOPLE, TEXTS, threads=6)
    for app in apps:
        until(lambda: any(person.acknowledged for person in persons), "nobody is answered")
        assert app.stop() < 10
        app.environ["TEST_MIGRATIONS"] = str(newer)
        app.start()
        assert all(each.status("/health/ready") == 200 for each in apps), "the older one must go on serving"
    for worker in workers:
        worker.join(60 * SCALE)

    assert [person.said() for person in persons] == [TEXTS] * PEOPLE
    with create_engine(postgres.url, future=True).connect() as connection:
        made = Counter(connection.execute(select(leads.c.conversation_id)).scalars())
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "next"
    assert made == dict.fromkeys((person.id for person in persons), 1)

    apps[0].stop()
    del apps[0].environ["TEST_MIGRATIONS"]
    apps[0].start()
    assert Person(apps[0].url, persons[0].token).say("encore")["messages"]
