"""Fields that clean what they are given, so that bulk writes cannot pass the cleaning by."""

from django.db import models

from articles.markup import sanitise


class ProseField(models.TextField):
    """HTML of a piece's text, sanitised on its way into the database."""

    def get_prep_value(self, value):
        """Return the value as it may be stored."""
        value = super().get_prep_value(value)
        return sanitise(value) if isinstance(value, str) else value
