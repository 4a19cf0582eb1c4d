"""The list of pieces: what it can be narrowed to, and what is fetched beside it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Round
from articles.narrowing import DeskFilter
from articles.permissions import sees_everything
from articles.standing import MINE, OVERDUE, QUEUE, REVIEW, ROUND, UNCLAIMED, with_reviews
from articles.statuses import Status

OWN, PUT_ASIDE = "own", "discarded"
STATE, SIGNED_OFF = "state", "signed_off"


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
        put_aside = request.GET.get(STATE) == Status.DISCARDED
        return queryset if put_aside else queryset.kept()


class Leaves(Paginator):
    """Pages of a list that is counted up to a bound: nobody turns two hundred pages.

    The number of a page that is not there means the last one.
    """

    MOST = 10_000

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: self.MOST + 1].count()

    @cached_property
    def count(self) -> int:
        """How many rows can be turned to."""
        return min(self._counted, self.MOST)

    @property
    def is_more(self) -> bool:
        """Say whether there are more rows than were counted."""
        return self._counted > self.MOST

    def page(self, number):
        """Return a page; the nearest one where there is none of this number."""
        return super().page(min(max(number, 1), self.num_pages))


@dataclass(frozen=True)
class Chip:
    """One thing a list is narrowed by: in words, the address without it, what there would be."""

    label: str
    without: str
    count: int | None = None


class NarrowedList(ChangeList):
    """A changelist over which filters stand as controls, and each in use as a chip."""

    def get_queryset(self, request, exclude_parameters=None):
        """Return what is asked for, in order."""
        self.filter_specs, self.has_filters, *_rest = self.get_filters(request)
        self.has_active_filters = any(spec.in_use for spec in self.selects)
        self.request = request
        found = self._narrowed()
        return found.order_by(*self.get_ordering(request, found))

    def _narrowed(self, without=None):
        """Apply every filter and the search, but for one of them."""
        queryset = self.root_queryset
        for spec in self.filter_specs:
            if spec is not without:
                queryset = spec.queryset(self.request, queryset)
        if self.query and without != SEARCH_VAR:
            queryset, _more = self.model_admin.get_search_results(
                self.request, queryset, self.query
            )
        return queryset

    def get_results(self, request):
        """Look up the page; the last one where there are not so many."""
        super().get_results(request)
        self.page_num = min(max(self.page_num, 1), self.paginator.num_pages)

    @property
    def selects(self) -> list[DeskFilter]:
        """The filters of the bar over the list."""
        return [spec for spec in self.filter_specs if isinstance(spec, DeskFilter)]

    @property
    def chips(self) -> list[Chip]:
        """What the list is narrowed by, but for its tab."""
        return [Chip(label, self._without(*names)) for _part, label, names in self._parts()]

    @property
    def ways_out(self) -> list[Chip]:
        """The chips of an empty list, each with how many rows there would be without it."""
        found = [
            Chip(label, self._without(*names), Leaves(self._narrowed(part), 1).count)
            for part, label, names in self._parts()
        ]
        return [chip for chip in found if chip.count]

    def _parts(self):
        if self.query:
            yield SEARCH_VAR, f"“{self.query}”", [SEARCH_VAR]
        for spec in self.selects:
            if spec.in_use:
                yield spec, spec.label, spec.parameters

    def _without(self, *names: str) -> str:
        return self.get_query_string(dict.fromkeys(names))

    @property
    def span(self) -> tuple[int, int]:
        """The numbers of the first and the last row on the page."""
        begin = (self.page_num - 1) * self.list_per_page if self.multi_page else 0
        return begin + 1, begin + len(self.result_list)


class ArticleList(NarrowedList):
    """The list of pieces, which fetches seals and names in a constant number of statements."""

    def get_results(self, request):
        """Look up which pieces are on the page, then what their lines show.

        Sorted with all that stands beside them, thousands of rows would be joined for fifty.
        """
        super().get_results(request)
        keys = list(self.result_list.values_list("pk", flat=True))
        shown = with_reviews(Article.objects.with_keys(keys).for_desk_list())
        by_key = {article.pk: article for article in shown}
        self.result_list = [by_key[key] for key in keys if key in by_key]

    @property
    def queue(self) -> QueueFilter:
        """The filter that is shown as tabs."""
        return next(spec for spec in self.filter_specs if isinstance(spec, QueueFilter))

    @property
    def whole(self) -> str:
        """The address of the whole list, or of the whole tab."""
        return f"?{urlencode({QUEUE: self.queue.value()})}" if self.queue.value() else "?"


@dataclass(frozen=True)
class Tab:
    """A view over the list: its name, its address, how many pieces it holds where that is known."""

    display: str
    query_string: str
    selected: bool
    count: int | None = None
    icon: str = ""


def views_over(changelist: ArticleList, user, waiting: int) -> list[Tab]:
    """Return the tabs over the list: the queues, and what is in none.

    ``waiting`` is how many pieces wait for the user. Correspondents see no queues.
    """
    asked = changelist.queue.value() or ""
    state = changelist.params.get(STATE, "")
    names = dict(changelist.queue.lookup_choices)

    def queue(value, label="", count=None, icon=""):
        query = f"?{urlencode({QUEUE: value})}"
        return Tab(str(label or names[value]), query, asked == value, count, icon)

    everything = Tab(str(_("All")), "?", not asked and not state)
    signed_off = Tab(
        str(_("Signed off")),
        f"?{STATE}={SIGNED_OFF}",
        state == SIGNED_OFF and not asked,
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
