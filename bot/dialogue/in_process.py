"""Runs rasa_sdk actions in this process, behind Rasa's own seam for an action server.

The actions are the same objects that `rasa run actions` serves. Rasa posts the whole conversation as JSON to an action
server and checks what comes back against a JSON schema, at every call (28 ms): here nothing leaves the process, so the
values are handed over as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk import Action, Tracker
from rasa_sdk import interfaces as sdk
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.utils import call_potential_coroutine

from bot.admissions.errors import AdmissionsError
from bot.dialogue.events import as_seen, read_events
from bot.services.logs import log_failure

APOLOGY = ("Je suis désolé, un problème technique m'empêche de répondre à ce message. Vous pouvez le reformuler, "
           "ou demander à être rappelé par l'équipe des admissions.")
# Errors that end the turn, gathered while Rasa runs its actions (it lets no exception through).
current_failures: ContextVar[list[AdmissionsError] | None] = ContextVar("current_failures", default=None)


class InProcessActions(EndpointConfig):
    """Rasa's action endpoint, answered by the given actions as a server would: JSON in, JSON out."""

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
        try:
            return await self.act(call["next_action"], Tracker.from_dict(call["tracker"]))
        except sdk.ActionExecutionRejection as rejection:
            body = json.dumps({"action_name": rejection.action_name, "error": rejection.message})
            raise ClientResponseError(400, rejection.message, body) from rejection

    async def act(self, name: str, tracker: Tracker) -> dict[str, Any]:
        """The events and responses of one action. Raises rasa_sdk's ActionExecutionRejection."""
        dispatcher = CollectingDispatcher()
        try:
            events = await call_potential_coroutine(self._actions[name].run(dispatcher, tracker, {}))
        except sdk.ActionExecutionRejection:
            raise
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


class DirectActions(InProcessActions):
    """The same actions, called without JSON."""


async def run_remote_action(action: RemoteAction, output_channel: OutputChannel, nlg: NaturalLanguageGenerator,
                            tracker: DialogueStateTracker, domain: Domain) -> list[Event]:
    """RemoteAction.run for DirectActions; for any other endpoint Rasa's own. Raises Rasa's ActionExecutionRejection."""
    endpoint = action.action_endpoint
    if not isinstance(endpoint, DirectActions):
        return list(await _RASA_RUN(action, output_channel, nlg, tracker, domain))
    try:
        answer = await endpoint.act(action.name(), _as_action_server_sees(tracker))
    except sdk.ActionExecutionRejection as rejection:
        raise ActionExecutionRejection(rejection.action_name, rejection.message) from rejection
    messages = await action._utter_responses(answer["responses"], output_channel, nlg, tracker)
    return [*messages, *read_events(answer["events"])]


_RASA_RUN = RemoteAction.run


def call_actions_directly() -> None:
    """Lets RemoteAction hand over values instead of JSON. Rasa makes these objects itself and offers no other seam."""
    RemoteAction.run = run_remote_action


def _as_action_server_sees(tracker: DialogueStateTracker) -> Tracker:
    loop = tracker.active_loop
    return Tracker(
        tracker.sender_id, tracker.current_slot_values(), tracker._latest_message_data(), [as_seen(event) for event in tracker.events],
        tracker.is_paused(), tracker.followup_action, dict(vars(loop)) if loop else {}, tracker.latest_action_name,
    )
