"""Tables whose rows are written once: what happened, what a record was. The database itself refuses to change or delete one.

A migration ends with `append_only("versions_version")`. SQLite drops the triggers of a table with any operation that
remakes it: then again.
"""

from django.db import migrations, models

REFUSAL = "rows of this table are only ever added to"


class AppendOnly(Exception):
    """A row of such a table was about to be changed or deleted."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **fields):
        raise AppendOnly(self.model.__name__)

    def delete(self):
        raise AppendOnly(self.model.__name__)

    def bulk_update(self, *args, **kwargs):
        raise AppendOnly(self.model.__name__)


def append_only(table):
    """The operation of a migration that has the database refuse changes to `table`."""

    def refuse(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
            )
        else:
            for trigger, act in triggers(table).items():
                schema_editor.execute(
                    f"CREATE TRIGGER {trigger} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )

    def allow(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_refuse")
        else:
            for trigger in triggers(table):
                schema_editor.execute(f"DROP TRIGGER {trigger}")

    return migrations.RunPython(refuse, allow)


def triggers(table):
    """Those of SQLite, with what each refuses."""
    return {f"{table}_no_update": "UPDATE", f"{table}_no_delete": "DELETE"}
