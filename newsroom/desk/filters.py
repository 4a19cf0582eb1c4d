"""What the list of pieces can be narrowed to that articles know nothing of: their issue."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.narrowing import SelectFilter
from issues.models import Issue, Placement
from issues.wording import name_of

NONE = "none"
# Issues on offer; an older one is reached from its own page.
RECENT = 40


class IssueFilter(SelectFilter):
    """By the issue a piece is placed in, or by being placed in none."""

    title = gettext_lazy("placed in")
    parameters = ("issue",)

    def offered(self):
        """Return the latest issues, and none; one that is asked for though it is older, too."""
        recent = list(Issue.objects.newest_first()[:RECENT])
        if self.value.isdecimal() and all(str(issue.pk) != self.value for issue in recent):
            recent += Issue.objects.filter(pk=self.value)
        return [(NONE, _("In no issue")), *((issue.pk, name_of(issue)) for issue in recent)]

    def wanted(self, queryset):
        """Return the pieces placed there."""
        if self.value == NONE:
            return queryset.standing_nowhere_in(Placement.objects.all())
        return queryset.standing_in(Placement.objects.of_issue(int(self.value)))
