"""The list of pieces: what it can be narrowed to, and what is fetched beside it."""

from urllib.parse import parse_qs

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.translation import gettext_lazy as _

from articles.standing import MINE, QUEUE, with_reviews
from articles.statuses import Status

OWN, PUT_ASIDE = "own", "discarded"


class _Valued:
    """A stock filter whose choices name their value, so that a select can offer them."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            chosen = parse_qs(choice["query_string"].lstrip("?"))
            value = chosen.get(self.lookup_kwarg, [""])[0]
            yield {**choice, "value": value}


class StatusFilter(_Valued, admin.ChoicesFieldListFilter):
    pass


class RelatedFilter(_Valued, admin.RelatedFieldListFilter):
    pass


class QueueFilter(admin.SimpleListFilter):
    """Whose pieces: those that wait for the reader, the reader's own, those put aside."""

    title = _("View")
    parameter_name = QUEUE

    def lookups(self, request, model_admin):
        """Return the views by name."""
        return [
            (MINE, _("Waiting for me")),
            (OWN, _("My pieces")),
            (PUT_ASIDE, _("Put aside")),
        ]

    def queryset(self, request, queryset):
        """Narrow the list; what was put aside shows only where it is asked for."""
        if self.value() == MINE:
            return queryset.waiting_for(request.user)
        if self.value() == OWN:
            return queryset.written_by(request.user).kept()
        if self.value() == PUT_ASIDE:
            return queryset.discarded()
        asked = request.GET.get("status__exact") == Status.DISCARDED
        return queryset if asked else queryset.kept()


class ArticleList(ChangeList):
    """A changelist that fetches seals and names in a constant number of statements."""

    @property
    def selects(self):
        """The filters that are shown as selects."""
        return [spec for spec in self.filter_specs if not isinstance(spec, QueueFilter)]

    def get_queryset(self, *args, **kwargs):
        """Add what a line shows."""
        return with_reviews(super().get_queryset(*args, **kwargs).for_desk_list())

    @property
    def queue(self):
        """The filter that is shown as tabs."""
        return next(spec for spec in self.filter_specs if isinstance(spec, QueueFilter))


def views_over(changelist: ArticleList) -> list[dict]:
    """Return the tabs over the list: everything, the queues, and the stages pieces stand in."""
    whole, *queues = changelist.queue.choices(changelist)
    asked = changelist.params.get("status__exact")
    waiting, own, put_aside = queues
    stages = [
        {
            "display": label,
            "query_string": f"?status__exact={status}",
            "selected": asked == status and not changelist.queue.value(),
        }
        for status, label in (
            (Status.IN_REVIEW, _("In review")),
            (Status.APPROVED, _("Signed off")),
        )
    ]
    whole = {**whole, "query_string": "?", "selected": whole["selected"] and not asked}
    return [whole, waiting, own, *stages, put_aside]
