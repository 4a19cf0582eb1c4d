"""A register: one model in the desk, opened and changed by predicates, with nothing to delete."""

from datetime import MAXYEAR

from django.contrib import admin
from django.utils.text import capfirst

from newsroom.people.permissions import may_administer, nobody, works_in_newsroom

_WAYS = ("exact", "isnull", "id__exact")


def _is_readable(lookup: str, value: str) -> bool:
    """Say whether the database and the calendar can take a value."""
    if lookup.endswith("__year"):
        return value.isascii() and value.isdigit() and 1 < int(value[:5]) < MAXYEAR
    return "\0" not in value


class Register(admin.ModelAdmin):
    """The stock admin of a model, asking our predicates instead of Django's permissions.

    ``may_look``, ``may_add`` and ``may_change`` each take the user and return a verdict.
    """

    may_look = staticmethod(works_in_newsroom)
    may_add = staticmethod(may_administer)
    may_change = staticmethod(may_administer)
    actions = None
    save_as = False

    def get_urls(self):
        """Leave out the door to deletion: nothing is deleted through the application."""
        return [url for url in super().get_urls() if not (url.name or "").endswith("_delete")]

    def changelist_view(self, request, extra_context=None):
        """Call the list by what is on it."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def lookup_allowed(self, lookup, value, request):
        """Take the questions that the list itself offers: its filters and its calendar.

        The stock list takes any field of the row and any way of asking, among them regular
        expressions, which the database would be busy with for hours.
        """
        return lookup in self._offered(request) and _is_readable(lookup, value)

    def _offered(self, request) -> set[str]:
        """Return the lookups of the filters, as the stock ones spell them, and of the calendar."""
        given = {
            getattr(each, "parameter_name", None) or (each[0] if isinstance(each, tuple) else each)
            for each in self.get_list_filter(request)
        }
        day = self.date_hierarchy
        calendar = {f"{day}__{part}" for part in ("year", "month", "day")} if day else set()
        return given | {f"{name}__{way}" for name in given for way in _WAYS} | calendar

    def get_search_results(self, request, queryset, search_term):
        """Search for words; the database knows no character 0."""
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def has_module_permission(self, request):
        """Say whether the register is listed."""
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        """Say whether this person may look."""
        return bool(self.may_look(request.user))

    def has_add_permission(self, request, obj=None):
        """Say whether this person may add a row."""
        return bool(self.may_add(request.user))

    def has_change_permission(self, request, obj=None):
        """Say whether this person may change a row."""
        return bool(self.may_change(request.user))

    def has_delete_permission(self, request, obj=None):
        """Nobody deletes."""
        return False


class Ledger(Register):
    """A register that is only read: it grows by what people do elsewhere."""

    may_add = staticmethod(nobody)
    may_change = staticmethod(nobody)
