"""The tray beside the board: pieces that stand in no issue yet, sorted, searched, paged."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import F, Func, IntegerField, QuerySet, TextChoices, Value
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.search import read
from articles.statuses import Status
from issues.models import Placement

AT_ONCE = 40


class Order(TextChoices):
    """In which order the pieces of the tray lie."""

    SIGNED = "signed", _("signed ones first")
    LATEST = "latest", _("latest first")
    LENGTH = "length", _("longest first")


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see of the tray."""

    order: str = Order.SIGNED
    words: str = ""
    sheet: int = 1


# The text without its marks, as near to a newspaper's count as an order needs.
_BARE = Func(F("body"), Value(r"<[^>]*>|\s"), Value(""), Value("g"), function="regexp_replace")
_ORDERS = {
    Order.SIGNED: [F("sealed").asc(nulls_last=True), "-pk"],
    Order.LATEST: ["-changed_at", "-pk"],
    Order.LENGTH: [Length(_BARE, output_field=IntegerField()).desc(), "-pk"],
}


def unplaced() -> QuerySet[Article]:
    """Pieces that stand in no issue and have not gone out alone, the latest first."""
    return (
        Article.objects.news()
        .exclude(status__in=(Status.DISCARDED, Status.REJECTED))
        .filter(withdrawn_at=None, release=None)
        .standing_nowhere_in(Placement.objects.all())
        .order_by("-pk")
    )


class Tray:
    """One sheet of the tray, as somebody wishes to see it."""

    def __init__(self, wish: Wish):
        """Count what there is; a sheet beyond the last is the last."""
        self.wish = wish
        found = unplaced()
        self.in_all = found.count()
        if wish.words:
            found = found.containing(read(wish.words))
        self._found = found.order_by(*_ORDERS[Order(wish.order)])
        self.count = found.count() if wish.words else self.in_all

    @property
    def sheets(self) -> int:
        """How many sheets there are."""
        return max(-(-self.count // AT_ONCE), 1)

    @property
    def sheet(self) -> int:
        """Which one this is."""
        return min(self.wish.sheet, self.sheets)

    @property
    def earlier(self) -> str:
        """The question that asks for the sheet before."""
        return self._asking(self.sheet - 1)

    @property
    def later(self) -> str:
        """The question that asks for the next sheet."""
        return self._asking(self.sheet + 1)

    def _asking(self, sheet: int) -> str:
        given = {"order": self.wish.order, "words": self.wish.words, "sheet": sheet}
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def is_long(self) -> bool:
        """Whether it takes searching to find something in it."""
        return self.in_all > 8

    @cached_property
    def keys(self) -> list[int]:
        """The pieces on this sheet, in order."""
        first = (self.sheet - 1) * AT_ONCE
        return list(self._found.values_list("pk", flat=True)[first : first + AT_ONCE])
