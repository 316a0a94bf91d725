"""Alembic's folder: one file per change of the schema, in one line of descent."""
