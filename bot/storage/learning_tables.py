"""The tables of what the admissions office publishes; migrations/ is what creates them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text, literal_column, select

from bot.storage.tables import UUID_LENGTH, UtcDateTime, metadata

SUBJECT_LENGTH = 64

# A row is written once; only its end (replaced, withdrawn) is added later, so that the rows of a subject are its history.
publications = Table(
    "publications",
    metadata,
    Column("id", String(UUID_LENGTH), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(SUBJECT_LENGTH), nullable=False),
    Column("part", String(SUBJECT_LENGTH), nullable=False),
    Column("body", JSON, nullable=False),
    Column("source", Text),
    Column("read_on", Date),
    Column("expires_on", Date),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", Text),
    Index("ix_publications_kind_subject", "kind", "subject"),
)
_is_published = publications.c.state == literal_column("'published'")
Index(
    "uq_publications_published", publications.c.kind, publications.c.subject, publications.c.part, unique=True,
    sqlite_where=_is_published, postgresql_where=_is_published,
)

# Raised by each change of the publications: what a process looks at to know whether it is up to date.
generations = Table(
    "generations",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
)
PUBLICATIONS = "publications"
PUBLICATIONS_NUMBER = select(generations.c.number).where(generations.c.name == PUBLICATIONS).scalar_subquery()
