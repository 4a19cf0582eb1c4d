"""Questions that narrow a list of the desk: what a filter is, for those who add one.

Rooms above articles bring theirs through ``DeskSite.article_filters``.
"""

from django.contrib import admin
from django.utils.functional import cached_property


class DeskFilter(admin.ListFilter):
    """A filter by parameters of its own, in use where one of them has a value.

    A value that means nothing finds nothing: a list that had quietly left a filter out would lie.
    """

    control = "select"
    parameters: tuple[str, ...] = ()

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        for name in self.parameters:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1].strip()
        self.user = request.user

    def has_output(self):
        """Stand over every list."""
        return True

    def expected_parameters(self):
        """Return the names of the parameters."""
        return list(self.parameters)

    def choices(self, changelist):
        """Count nothing for each choice: every count is a statement."""
        return []

    def queryset(self, request, queryset):
        """Narrow the list where the filter is in use."""
        return self.narrow(queryset) if self.in_use else queryset

    @property
    def name(self) -> str:
        """The parameter of the control, or of the first of several."""
        return self.parameters[0]

    @property
    def value(self) -> str:
        """What was asked for."""
        return self.used_parameters.get(self.name, "")

    @property
    def in_use(self) -> bool:
        """Say whether the filter narrows the list."""
        return bool(self.value)

    @property
    def label(self) -> str:
        """What the list is narrowed to, in words."""
        return f"{self.title}：{self.value}"

    def narrow(self, queryset):
        """Return the pieces of ``queryset`` that have what was asked for."""
        raise NotImplementedError


class SelectFilter(DeskFilter):
    """A filter whose values are offered."""

    @cached_property
    def options(self) -> list[tuple[str, str]]:
        """The values and their names, in the order of the list."""
        return [(str(value), str(name)) for value, name in self.offered()]

    @property
    def label(self) -> str:
        """The chosen option's name; the filter's own where that alone would puzzle."""
        return dict(self.options).get(self.value) or f"{self.title}：{self.value}"

    def offered(self):
        """Return the values and their names, in order."""
        raise NotImplementedError

    def wanted(self, queryset):
        """Return the pieces of ``queryset`` that have the chosen value, which was offered."""
        raise NotImplementedError

    def narrow(self, queryset):
        """Return what is wanted of an offered value, and nothing for any other."""
        known = self.value in dict(self.options)
        return self.wanted(queryset) if known else queryset.none()
