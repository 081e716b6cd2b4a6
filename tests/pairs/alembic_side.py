"""Runs a pair's Alembic part in this process, against a real database."""

import datetime
import decimal
import textwrap
import warnings

import alembic
import sqlalchemy
from alembic.migration import MigrationContext
from alembic.operations import BatchOperations, Operations
from alembic.operations.ops import MigrateOperation
from sqlalchemy.dialects import postgresql, sqlite


def run(database, code, naming):
    """Does what `code`, the body of an upgrade(), says, as Alembic's env.py would."""
    warnings.simplefilter("ignore")
    engine = database.engine()
    metadata = sqlalchemy.MetaData(naming_convention=naming or None)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"target_metadata": metadata})
            with context.begin_transaction():
                with Operations.context(context) as op:
                    exec(compile(textwrap.dedent(code), "<alembic>", "exec"), names(op))
            if connection.in_transaction():
                connection.get_transaction().commit()
    finally:
        engine.dispose()


def names(op):
    return {"op": op, "sa": sqlalchemy, "postgresql": postgresql, "sqlite": sqlite,
            "alembic": alembic, "datetime": datetime, "decimal": decimal,
            "Operations": Operations, "BatchOperations": BatchOperations,
            "MigrateOperation": MigrateOperation}
