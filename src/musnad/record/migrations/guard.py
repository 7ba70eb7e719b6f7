"""Tables whose rows are added and never changed: the database itself refuses more."""

from __future__ import annotations

from alembic import op

_SAYS = "rows of the record are added, never changed"
_REFUSE = f"""
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def append_only(*tables: str) -> None:
    """Refuse `UPDATE` and `DELETE` of these tables (and `TRUNCATE` in PostgreSQL), within a migration."""
    if op.get_bind().dialect.name == "sqlite":
        for table in tables:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
                )
        return
    op.execute(_REFUSE)
    for table in tables:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
