"""Who outside is told about a lead, and of which events."""

from __future__ import annotations

from enum import Enum


class Event(str, Enum):
    """What happens to a lead; the values are the webhook's types."""

    CREATED = "lead.created"
    UPDATED = "lead.updated"
    ERASED = "lead.erased"


class Channel(str, Enum):
    """One way out; each fails and is retried without the others."""

    WEBHOOK = "webhook"
    OFFICE = "office"
    APPLICANT = "applicant"


_EVERY_EVENT = frozenset(Event)
# A corrected fact announces no second lead to the office. The applicant may give an address after the lead was
# made, so an update may bring the recap; storage sees to it that there is one per lead.
_EVENTS = {
    Channel.WEBHOOK: _EVERY_EVENT,
    Channel.OFFICE: frozenset({Event.CREATED}),
    Channel.APPLICANT: frozenset({Event.CREATED, Event.UPDATED}),
}


def channels_told(
    event: Event, open_channels: frozenset[Channel], has_email: bool, is_by_office: bool = False
) -> tuple[Channel, ...]:
    """The open channels that this event goes out on.

    Nobody can be written to without an address, and a change by the office is no news for a mailbox.
    """
    told = (channel for channel in Channel if channel in open_channels and event in _EVENTS[channel])
    if is_by_office:
        return tuple(channel for channel in told if channel is Channel.WEBHOOK)
    return tuple(channel for channel in told if has_email or channel is not Channel.APPLICANT)
