"""The list of pieces: what it can be narrowed to, and what is fetched beside it."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Round
from articles.permissions import sees_everything
from articles.standing import MINE, QUEUE, with_reviews
from articles.statuses import Status

OWN, PUT_ASIDE, OVERDUE, UNCLAIMED = "own", "discarded", "overdue", "unclaimed"
REVIEW, ROUND = "review", "round:"  # after the colon stands the round's name


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
        """Return the views by name; those of the rounds are named by their rounds."""
        return [
            (MINE, _("Waiting for me")),
            (REVIEW, _("All in review")),
            (OVERDUE, _("Overdue")),
            (UNCLAIMED, _("Claimed by nobody")),
            (OWN, _("My pieces")),
            (PUT_ASIDE, _("Put aside")),
        ]

    def queryset(self, request, queryset):
        """Narrow the list; what was put aside shows only where it is asked for."""
        asked = self.value() or ""
        if asked.startswith(ROUND):
            return queryset.in_round(asked.removeprefix(ROUND))
        if asked == MINE:
            return queryset.waiting_for(request.user)
        if asked == OWN:
            return queryset.written_by(request.user).kept()
        by_name = {
            REVIEW: queryset.in_review,
            OVERDUE: queryset.overdue,
            UNCLAIMED: queryset.unclaimed,
            PUT_ASIDE: queryset.discarded,
        }
        if asked in by_name:
            return by_name[asked]()
        put_aside = request.GET.get("status__exact") == Status.DISCARDED
        return queryset if put_aside else queryset.kept()


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


@dataclass(frozen=True)
class Tab:
    """A view over the list: its name, its address, how many pieces it holds where that is known."""

    display: str
    query_string: str
    selected: bool
    count: int | None = None
    icon: str = ""


def is_queue(asked: str) -> bool:
    """Say whether a view is a queue, which is read from its longest-waiting piece on."""
    return asked in (MINE, REVIEW, OVERDUE, UNCLAIMED) or asked.startswith(ROUND)


def views_over(changelist: ArticleList, user, waiting: int) -> list[Tab]:
    """Return the tabs over the list: the queues, and what is in none.

    ``waiting`` is how many pieces wait for the user. Correspondents see no queues.
    """
    asked = changelist.queue.value() or ""
    status = changelist.params.get("status__exact", "")
    names = dict(changelist.queue.lookup_choices)

    def queue(value, label="", count=None, icon=""):
        query = f"?{urlencode({QUEUE: value})}"
        return Tab(str(label or names[value]), query, asked == value, count, icon)

    everything = Tab(str(_("All")), "?", not asked and not status)
    signed_off = Tab(
        str(_("Signed off")),
        f"?status__exact={Status.APPROVED}",
        status == Status.APPROVED and not asked,
    )
    rest = [everything, queue(OWN), signed_off, queue(PUT_ASIDE)]
    if not sees_everything(user):
        return [everything, queue(REVIEW), signed_off, queue(PUT_ASIDE)]
    tally = {row["name"]: row for row in Article.objects.tally()}
    rounds = dict.fromkeys([*Round.objects.in_force().values_list("name", flat=True), *tally])
    late, free = (sum(row[what] for row in tally.values()) for what in ("overdue", "unclaimed"))
    return [
        queue(MINE, count=waiting),
        queue(REVIEW, count=sum(row["count"] for row in tally.values())),
        *(
            queue(f"{ROUND}{name}", name, tally[name]["count"] if name in tally else 0)
            for name in rounds
        ),
        queue(OVERDUE, count=late, icon="late" if late else ""),
        queue(UNCLAIMED, count=free),
        *rest,
    ]
