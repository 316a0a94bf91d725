"""kill -9 in the middle of many conversations: what was acknowledged is there, once."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from bot.storage.tables import leads, messages
from tests.faults.clients import crowd
from tests.faults.conftest import SCALE
from tests.faults.processes import until

TEXTS = ["bonjour", "c'est combien ?", "contact", "merci"]
PEOPLE = 50 * SCALE
KILLS = 2


def answered(persons):
    return sum(len(person.acknowledged) for person in persons)


def test_what_was_acknowledged_is_kept_once_whatever_is_killed(start_app, database_url, look):
    app = start_app(BOT_DATABASE_URL=database_url)
    persons, workers = crowd(app.url, PEOPLE, TEXTS)
    for enough in (part * PEOPLE for part in range(1, KILLS + 1)):
        until(lambda enough=enough: answered(persons) > enough, "nobody is answered", 60 * SCALE)
        app.kill()
        app.start()
    for worker in workers:
        worker.join(60 * SCALE)

    assert [person.acknowledged for person in persons] == [TEXTS] * PEOPLE
    assert sum(person.retries for person in persons) > 0, "nobody noticed: the test killed nothing"
    with look.connect() as connection:
        said = connection.execute(select(messages.c.conversation_id, messages.c.body).where(messages.c.sender == "user").order_by(messages.c.seq)).all()
        made = Counter(connection.execute(select(leads.c.conversation_id)).scalars())
    kept = {person.id: [row.body["text"] for row in said if row.conversation_id == person.id] for person in persons}
    assert kept == {person.id: TEXTS for person in persons}
    assert {person.id: made[person.id] for person in persons} == {person.id: 1 for person in persons}
