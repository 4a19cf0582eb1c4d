"""Rows of another model fetched beside a row, in the same statement."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject


class Rows(ArraySubquery):
    """The rows of a subquery, as unsaved instances of its model, in its order.

    A prefetch costs a statement for each relation; a public page may ask three or four in all.
    ``fields`` are names of the model's own columns; ``more`` are expressions, set as attributes.
    Among them may be rows again, of a third model.
    """

    def __init__(self, queryset: QuerySet, *fields: str, **more):
        """Take the queryset, which may refer to the outer row, and what to fetch of it."""
        self.made_of = queryset.model
        self.columns = fields
        self.extras = tuple(more)
        self.nested = {name: some for name, some in more.items() if isinstance(some, Rows)}
        described = JSONObject(**{name: name for name in fields}, **more)
        super().__init__(queryset.values(row=described))

    def get_db_converters(self, connection):
        """Add the step from JSON to instances to what the field itself does."""
        return [*super().get_db_converters(connection), self._instances]

    def _instances(self, rows, expression=None, connection=None):
        return [self._instance(row) for row in rows or ()]

    def _instance(self, row: dict):
        field = self.made_of._meta.get_field
        instance = self.made_of(**{name: field(name).to_python(row[name]) for name in self.columns})
        for name in self.extras:
            within = self.nested.get(name)
            setattr(instance, name, within._instances(row[name]) if within else row[name])
        return instance
