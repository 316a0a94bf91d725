"""Times are UTC in the database, and a time without its zone never gets there."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.tables import UtcDateTime

PARIS_SUMMER = timezone(timedelta(hours=2))
DIALECTS = [sqlite.dialect(), postgresql.dialect()]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_time_comes_back_as_the_same_moment_in_utc(dialect):
    column = UtcDateTime()
    given = datetime(2026, 7, 1, 12, 0, tzinfo=PARIS_SUMMER)
    back = column.process_result_value(column.process_bind_param(given, dialect), dialect)
    assert back == given and back.utcoffset() == timedelta(0)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_time_without_its_zone_is_refused(dialect):
    with pytest.raises(ValueError, match="zone"):
        UtcDateTime().process_bind_param(datetime(2026, 7, 1, 12, 0), dialect)  # noqa: DTZ001 the fault under test
