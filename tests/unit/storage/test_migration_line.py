"""Two heads would make the next start fail on somebody's machine."""

from __future__ import annotations

from bot.storage.migrate import migration_heads


def test_the_migrations_have_one_head():
    assert len(migration_heads()) == 1
