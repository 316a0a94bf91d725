"""Questions that found no answer, as the office works through them. They go with their conversation, at its retention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import Row

from bot.admissions.publications import AskedQuestion, QuestionState
from bot.storage.staging import Staging
from bot.storage.tables import unanswered_questions as questions

_MOST_IDS = 500  # per statement: SQLite takes 999 values at most
_COLUMNS = (questions.c.id, questions.c.at, questions.c.masked_text, questions.c.guesses, questions.c.vector)


class InboxRepository:
    """The same rows that a turn adds through `uow.questions`."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging

    def open(self, limit: int) -> list[AskedQuestion]:
        """What still waits for the office, newest first."""
        return self._in_state(QuestionState.OPEN, questions.c.at.desc(), limit)

    def open_ids(self, limit: int) -> list[str]:
        """The ids alone of what `open` gives, in its order."""
        statement = select(questions.c.id).where(questions.c.state == QuestionState.OPEN.value)
        with self._staging.read() as connection:
            return list(connection.execute(statement.order_by(questions.c.at.desc(), questions.c.id).limit(limit)).scalars())

    def ignored(self, limit: int) -> list[AskedQuestion]:
        """What was set aside, the last one first."""
        return self._in_state(QuestionState.IGNORED, questions.c.settled_at.desc(), limit)

    def count_open(self) -> int:
        """How many questions wait."""
        with self._staging.read() as connection:
            statement = select(func.count()).select_from(questions).where(questions.c.state == QuestionState.OPEN.value)
            return int(connection.execute(statement).scalar() or 0)

    def without_vector(self, limit: int) -> list[AskedQuestion]:
        """Open questions that the inbox has not yet measured, newest first."""
        statement = select(*_COLUMNS).where(questions.c.state == QuestionState.OPEN.value, questions.c.vector.is_(None))
        with self._staging.read() as connection:
            return [_asked(row) for row in connection.execute(statement.order_by(questions.c.at.desc()).limit(limit))]

    def keep_vectors(self, vectors: Mapping[str, bytes]) -> None:
        """Stages the embeddings of questions, by id."""
        statement = update(questions).where(questions.c.id == bindparam("wanted")).values(vector=bindparam("found"))
        if vectors:
            self._staging.execute(statement, [{"wanted": name, "found": vector} for name, vector in vectors.items()])

    def settle(self, ids: Sequence[str], state: QuestionState, at: datetime, subject: str | None = None) -> None:
        """Stages what became of questions; those that somebody else has settled meanwhile stay as they are."""
        changes = {"state": state.value, "settled_at": at, "publication_subject": subject}
        for start in range(0, len(ids), _MOST_IDS):
            chosen = questions.c.id.in_(ids[start : start + _MOST_IDS])
            is_open = questions.c.state == QuestionState.OPEN.value
            self._staging.execute(update(questions).where(chosen, is_open).values(**changes))

    def reopen(self, ids: Sequence[str]) -> None:
        """Stages the return of questions that had been set aside."""
        for start in range(0, len(ids), _MOST_IDS):
            chosen = questions.c.id.in_(ids[start : start + _MOST_IDS])
            is_ignored = questions.c.state == QuestionState.IGNORED.value
            self._staging.execute(update(questions).where(chosen, is_ignored).values(_WAITING))

    def reopen_answered_by(self, subject: str) -> None:
        """Stages the return of the questions that an addition answered: it no longer does."""
        self._staging.execute(update(questions).where(questions.c.publication_subject == subject).values(_WAITING))

    def _in_state(self, state: QuestionState, order: object, limit: int) -> list[AskedQuestion]:
        statement = select(*_COLUMNS).where(questions.c.state == state.value).order_by(order, questions.c.id).limit(limit)
        with self._staging.read() as connection:
            return [_asked(row) for row in connection.execute(statement)]


_WAITING = {"state": QuestionState.OPEN.value, "settled_at": None, "publication_subject": None}


def _asked(row: Row) -> AskedQuestion:
    guesses = tuple((guess["intent"], float(guess["confidence"])) for guess in row.guesses)
    return AskedQuestion(row.id, row.at, row.masked_text, guesses, row.vector)
