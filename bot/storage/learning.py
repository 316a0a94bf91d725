"""What the office publishes, with its history, and the number that tells every process to look again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.admissions.errors import EditedMeanwhile
from bot.admissions.publications import Publication, PublicationKind, PublicationState
from bot.storage.learning_tables import PUBLICATIONS, PUBLICATIONS_NUMBER, generations, publications
from bot.storage.staging import Staging

PUBLISHED = PublicationState.PUBLISHED.value


class PublicationRepository:
    """Publications by subject; every change raises the generation in the same transaction."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging

    def generation(self) -> int:
        """A number that is another one after each change; free once this unit of work has read a conversation."""
        if self._staging.seen_generation is not None:
            return self._staging.seen_generation
        with self._staging.read() as connection:
            return int(connection.execute(select(PUBLICATIONS_NUMBER)).scalar() or 0)

    def published(self, kind: PublicationKind | None = None) -> list[Publication]:
        """All that is published now, expired or not, oldest first."""
        statement = select(publications).where(publications.c.state == PUBLISHED)
        if kind is not None:
            statement = statement.where(publications.c.kind == kind.value)
        return self._read(statement.order_by(publications.c.created_at, publications.c.id))

    def current(self, kind: PublicationKind, subject: str, part: str = "") -> Publication | None:
        """What is published for this subject, None when nothing is."""
        found = self._read(select(publications).where(_of(kind, subject), publications.c.part == part, publications.c.state == PUBLISHED))
        return found[0] if found else None

    def history(self, kind: PublicationKind, subject: str) -> list[Publication]:
        """Everything ever published for this subject, newest first."""
        # Of two publications of one moment, the one still published came last.
        is_over = case((publications.c.state == PUBLISHED, 0), else_=1)
        return self._read(select(publications).where(_of(kind, subject)).order_by(publications.c.created_at.desc(), is_over, publications.c.id))

    def ended(self, kind: PublicationKind, limit: int) -> list[Publication]:
        """What was withdrawn, the latest first."""
        is_withdrawn = (publications.c.kind == kind.value) & (publications.c.state == PublicationState.WITHDRAWN.value)
        return self._read(select(publications).where(is_withdrawn).order_by(publications.c.ended_at.desc(), publications.c.id).limit(limit))

    def publish(self, publication: Publication, replaces: str | None) -> None:
        """Stages a publication in the place of the one whose id is `replaces`, None when nothing is published there.

        The commit raises EditedMeanwhile when something else is published there by then.
        """

        def write(connection: Connection) -> None:
            _raise_generation(connection)
            mine = (publications.c.kind == publication.kind.value) & (publications.c.subject == publication.subject)
            there = select(publications.c.id).where(mine, publications.c.part == publication.part, publications.c.state == PUBLISHED)
            if connection.execute(there).scalar() != replaces:
                raise EditedMeanwhile()
            if replaces is not None:
                _end(connection, replaces, PublicationState.REPLACED, publication.created_at, publication.created_by)
            connection.execute(insert(publications).values(_columns(publication)))

        self._staging.add(write)

    def withdraw(self, publication_id: str, at: datetime, by: str) -> None:
        """Stages the end of a publication. The commit raises EditedMeanwhile when it has already ended."""

        def write(connection: Connection) -> None:
            _raise_generation(connection)
            _end(connection, publication_id, PublicationState.WITHDRAWN, at, by)

        self._staging.add(write)

    def _read(self, statement: object) -> list[Publication]:
        with self._staging.read() as connection:
            return [_publication(row) for row in connection.execute(statement)]


def _of(kind: PublicationKind, subject: str) -> object:
    return (publications.c.kind == kind.value) & (publications.c.subject == subject)


def _raise_generation(connection: Connection) -> None:
    """First in the transaction: on PostgreSQL this row's lock makes two publications follow each other."""
    connection.execute(update(generations).where(generations.c.name == PUBLICATIONS).values(number=generations.c.number + 1))


def _end(connection: Connection, publication_id: str, state: PublicationState, at: datetime, by: str) -> None:
    ends = update(publications).where(publications.c.id == publication_id, publications.c.state == PUBLISHED)
    if connection.execute(ends.values(state=state.value, ended_at=at, ended_by=by)).rowcount != 1:
        raise EditedMeanwhile()


def _columns(publication: Publication) -> dict[str, object]:
    plain = ("id", "subject", "part", "source", "read_on", "expires_on", "created_at", "created_by", "ended_at", "ended_by")
    values = {name: getattr(publication, name) for name in plain}
    return values | {"kind": publication.kind.value, "state": publication.state.value, "body": dict(publication.body)}


def _publication(row: Row) -> Publication:
    values = dict(row._mapping)
    return Publication(**(values | {"kind": PublicationKind(row.kind), "state": PublicationState(row.state)}))
