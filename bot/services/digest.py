"""The morning's e-mail to the office: numbers of the last working day and of what waits, as a job of weekdays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo

from bot.services.announcements import DigestFigures, digest_letter, last_working_days
from bot.services.deliveries import Office, SendLetter
from bot.services.jobs import Job, daily_at
from bot.services.logs import log_event

DIGEST_AT = time(8, 0)
SATURDAY = 5

CountLeads = Callable[[datetime, datetime], DigestFigures]


def digest_job(count: CountLeads, office: Office, send: SendLetter) -> Job:
    """Sends the digest at 8:00 on weekdays; a job late by a day says what that day's would have said."""

    def run(now: datetime) -> None:
        today = now.astimezone(office.timezone).date()
        # A machine that was off on Friday morning does not write on Saturday.
        if today.weekday() >= SATURDAY or office.address is None:
            return
        period = last_working_days(today)
        since, until = _midnight(period[0], office.timezone), _midnight(today, office.timezone)
        send(digest_letter(count(since, until), period, office.address, office.public_url, today, office.timezone), now)
        log_event("digest_sent")

    return Job("digest", run, next_digest(office.timezone))


def next_digest(timezone: tzinfo) -> Callable[[datetime], datetime]:
    """The next weekday at 8:00 by the clocks of `timezone`."""
    next_morning = daily_at(DIGEST_AT, timezone)

    def next_due(now: datetime) -> datetime:
        due = next_morning(now)
        while due.astimezone(timezone).weekday() >= SATURDAY:
            due = next_morning(due + timedelta(hours=1))
        return due

    return next_due


def _midnight(day: date, timezone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, timezone)
