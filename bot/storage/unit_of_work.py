"""One use case, one transaction: short reads while it thinks, one commit at the end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import TracebackType

from sqlalchemy.engine import Engine

from bot.admissions.channels import Channel
from bot.storage.audit import AuditRepository
from bot.storage.conversations import ConversationRepository
from bot.storage.figures import TallyRepository
from bot.storage.inbox import InboxRepository
from bot.storage.lead_desk import LeadDeskRepository
from bot.storage.leads import LeadRepository
from bot.storage.learning import PublicationRepository
from bot.storage.messages import EventRepository, MessageRepository, QuestionRepository
from bot.storage.outbox import OutboxRepository
from bot.storage.people import PeopleRepository
from bot.storage.records import Retention
from bot.storage.staff_accounts import AccountRepository
from bot.storage.staff_sessions import SessionRepository
from bot.storage.staging import Staging


class UnitOfWork:
    """The repositories of one use case; leaving the block without `commit()` forgets what was staged."""

    def __init__(self, engine: Engine, retention: Retention, open_channels: frozenset[Channel]) -> None:
        self._staging = Staging(engine)
        self.conversations = ConversationRepository(self._staging, retention)
        self.messages = MessageRepository(self._staging, self.conversations)
        self.events = EventRepository(self._staging, self.conversations)
        self.questions = QuestionRepository(self._staging)
        self.leads = LeadRepository(self._staging, open_channels)
        self.desk = LeadDeskRepository(self._staging)
        self.people = PeopleRepository(self._staging)
        self.publications = PublicationRepository(self._staging)
        self.inbox = InboxRepository(self._staging)
        self.tallies = TallyRepository(self._staging)
        self.outbox = OutboxRepository(self._staging, open_channels)
        self.accounts = AccountRepository(self._staging)
        self.sessions = SessionRepository(self._staging)
        self.audit = AuditRepository(self._staging)

    def __enter__(self) -> UnitOfWork:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        return None

    def commit(self) -> None:
        """Writes everything staged, in one transaction; it ends the unit of work.

        Raises: ConversationChanged when another turn of the conversation was quicker; StorageUnavailable
        when the database does not answer. Nothing was kept in either case.
        """
        if self.conversations.has_changes() or self._staging.has_writes():
            self._staging.commit(first=self.conversations.write)


def unit_of_work_factory(
    engine: Engine, retention: Retention, open_channels: frozenset[Channel] = frozenset()
) -> Callable[[], UnitOfWork]:
    """What services call to begin a use case; `open_channels` are the ways out that settings name."""
    return partial(UnitOfWork, engine, retention, open_channels)
