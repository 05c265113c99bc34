"""Alembic's environment: the connection comes from `db.migrate`, inside its one transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
