"""Where everything is kept: tables, migrations, repositories and the unit of work, for SQLite and PostgreSQL.

Nothing here decides: services say what to read and what to write. No session, connection or SQLAlchemy
object leaves this package.
"""
