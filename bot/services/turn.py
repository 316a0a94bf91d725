"""The message being handled, for code that Rasa calls and that cannot be given it as an argument."""

from __future__ import annotations

from contextvars import ContextVar

from bot.services.protocols import TurnInput

# None outside `bot serve` and `bot chat`: under `rasa run actions` an action opens its own unit of work.
current_turn: ContextVar[TurnInput | None] = ContextVar("current_turn", default=None)
