"""Many tables made in one step of a migration.

Django goes through every model that is known so far once more for each table that is made: with 160
tables that is most of the time a new database takes. Here all are described first and made then.
So tables may also point at each other, whichever comes first: what holds between tables is added
when all of them are there.
"""

from django.db.migrations.operations.base import Operation


class Tables(Operation):
    """Make what these operations say (new models, triggers of proxies) in one step."""

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # else each model is rendered as it is added
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Make {len(self.operations)} models and their tables"
