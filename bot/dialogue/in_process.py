"""Runs rasa_sdk actions in this process, behind Rasa's own seam for an action server.

Rasa posts JSON to an action server and checks the answer against a JSON schema at every call; here the answer never
leaves the process, so the check is left out (it costs more than the whole turn). The actions are the same objects that
`rasa run actions` serves.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from rasa.core.actions import action as rasa_actions
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection
from rasa_sdk.utils import call_potential_coroutine

from bot.admissions.errors import AdmissionsError
from bot.services.logs import log_failure

APOLOGY = ("Je suis désolé, un problème technique m'empêche de répondre à ce message. Vous pouvez le reformuler, "
           "ou demander à être rappelé par l'équipe des admissions.")
# Errors that end the turn, gathered while Rasa runs its actions (it lets no exception through).
current_failures: ContextVar[list[AdmissionsError] | None] = ContextVar("current_failures", default=None)


class InProcessActions(EndpointConfig):
    """Rasa's action endpoint, answered by the given actions."""

    def __init__(self, actions: Iterable[Action]) -> None:
        super().__init__(url="in-process")
        self._actions = {action.name(): action for action in actions}
        # Without the domain in each call: it is large, constant, and no action of ours reads it.
        self.kwargs["enable_selective_domain"] = True

    @property
    def names(self) -> set[str]:
        return set(self._actions)

    async def request(self, method: str = "post", subpath: str | None = None, content_type: str | None = None,
                      compress: bool = False, **kwargs: Any) -> dict[str, Any]:
        """Runs one action. Raises ClientResponseError 400 when it rejects to run: what Rasa expects of a server."""
        call = kwargs["json"]
        name = call["next_action"]
        dispatcher = CollectingDispatcher()
        try:
            events = await call_potential_coroutine(self._actions[name].run(dispatcher, Tracker.from_dict(call["tracker"]), {}))
        except ActionExecutionRejection as rejection:
            body = json.dumps({"action_name": rejection.action_name, "error": rejection.message})
            raise ClientResponseError(400, rejection.message, body) from rejection
        except Exception as error:  # noqa: BLE001 whatever an action raises, the person is told, or the turn is given up
            return self._after_failure(name, error)
        return {"events": events or [], "responses": dispatcher.messages}

    def _after_failure(self, name: str, error: Exception) -> dict[str, Any]:
        """Rasa would swallow the error and say nothing: the turn keeps it, or the person is told in words."""
        failures = current_failures.get()
        if isinstance(error, AdmissionsError) and failures is not None:
            failures.append(error)  # a lost database or a lost race: the whole turn is given up by whoever began it
            return {"events": [], "responses": []}
        log_failure("action_failed", error, action=name)
        return {"events": [], "responses": [{"text": APOLOGY}]}


def trust_in_process_actions() -> None:
    """Leaves out Rasa's JSON schema check of what an action answers: it was made here, and checking costs 28 ms a call.

    Rasa offers no hook for it; replacing this one method of its RemoteAction is the smallest change. Called by the
    dialogue of `bot serve` and `bot chat` only.
    """
    rasa_actions.RemoteAction._validate_action_result = lambda self, result: True
