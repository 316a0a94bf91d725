"""What the web needs from the rest of the program, and what its routes share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request

from bot.services.assistant import Assistant
from bot.services.locks import ConversationLocks
from bot.services.logs import current_conversation
from bot.services.printed_answers import PrintedTopic
from bot.services.protocols import Brain, UnitOfWorkFactory
from bot.settings import Settings
from bot.web.addresses import client_address, limit_key
from bot.web.form_state import FormSeals
from bot.web.gauges import Measures
from bot.web.incoming import bearer
from bot.web.metrics import Metrics
from bot.web.rate_limits import RateLimits
from bot.web.tokens import ConversationTokens

if TYPE_CHECKING:
    from bot.web.staff.services import StaffServices

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

# Use cases block (database, understanding): they leave the event loop free. More threads than this
# would only wait for each other, since one turn keeps one core busy.
WORK_THREADS = 8
LIMIT_THREADS = 4
# A password costs memory and a fifth of a second on purpose: a crowd at the door must not starve the conversations.
HASH_THREADS = 2


@dataclass(frozen=True)
class FormServices:
    """What the pages without JavaScript need: the assistant's services, every answer by topic on a day, and the
    title of each card by its id.
    """

    assistant: Assistant
    topics: Callable[[date], Sequence[PrintedTopic]]
    card_titles: Mapping[str, str]


@dataclass(frozen=True)
class WebServices:
    """Given by the program's wiring. `clock` gives aware UTC times; `is_ready` says whether model and
    database answer; `knowledge` gives the public facts; `run_due_jobs` is called every minute; without
    `form` the page /formulaire says that it is not open, without `staff` the console; `measures` reads the database's
    figures for /metrics.
    """

    settings: Settings
    uow_factory: UnitOfWorkFactory
    brain: Brain
    knowledge: Callable[[], Mapping[str, Any]]
    is_ready: Callable[[], bool]
    clock: Callable[[], datetime]
    run_due_jobs: Callable[[], object] | None = None
    form: FormServices | None = None
    staff: StaffServices | None = None
    measures: Callable[[], Measures] | None = None


class Web:
    """One per application: the services, and what counts and signs around them."""

    def __init__(self, services: WebServices) -> None:
        settings = services.settings
        self.services = services
        self.locks = ConversationLocks()
        self.metrics = Metrics()
        self.tokens = ConversationTokens(settings.secret_key)
        self.form_seals = FormSeals(settings.secret_key)
        self._limits = RateLimits(settings.rate_limit, settings.redis_url, self.metrics)
        self._work_threads = CapacityLimiter(WORK_THREADS)
        self._limit_threads = CapacityLimiter(LIMIT_THREADS)
        self._hash_threads = CapacityLimiter(HASH_THREADS)

    async def admit(self, request: Request) -> None:
        """Counts the request for its address. Raises: Refusal beyond the limit."""
        key = limit_key(client_address(request, self.services.settings.trusted_proxies))
        await self._count(self._limits.hit_address, key)

    async def admit_message(self, conversation_id: str) -> None:
        """Counts a message for its conversation. Raises: Refusal beyond the limit."""
        await self._count(self._limits.hit_conversation, conversation_id)

    def conversation_of(self, request: Request) -> str:
        """The id that the request's token opens. Raises: Refusal without a token that we signed."""
        conversation_id = self.tokens.read(bearer(request))
        request.state.conversation_id = conversation_id
        current_conversation.set(conversation_id)
        return conversation_id

    async def work(
        self, use_case: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        """Runs a use case in a thread of its own."""
        return await to_thread.run_sync(partial(use_case, *args, **kwargs), limiter=self._work_threads)

    async def hash_work(
        self, use_case: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        """The same for use cases that hash a password."""
        return await to_thread.run_sync(partial(use_case, *args, **kwargs), limiter=self._hash_threads)

    async def count(self, use: Callable[[RateLimits], None]) -> None:
        """Counts something else than messages. Raises: Refusal beyond the limit that `use` names."""
        if self._limits.is_shared:
            await to_thread.run_sync(use, self._limits, limiter=self._limit_threads)
        else:
            use(self._limits)

    async def _count(self, hit: Callable[[str], None], key: str) -> None:
        if self._limits.is_remote:
            await to_thread.run_sync(hit, key, limiter=self._limit_threads)
        else:
            hit(key)


def web_of(request: Request) -> Web:
    """The application's Web."""
    web: Web = request.app.state.web
    return web
