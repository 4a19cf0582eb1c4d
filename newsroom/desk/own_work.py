"""What somebody sees of their own writing: what is next, what is under way, what came of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from articles.models import Act, Article
from articles.readiness import open_points
from articles.standing import was_returned, with_reviews
from articles.statuses import Status
from issues.printing import first_places

MOST = 60
SHOWN = 12
LATEST = 5


@dataclass(frozen=True)
class Tally:
    """How somebody's pieces fared since the first of a month or a year."""

    handed_in: int
    used: int
    printed: int

    @property
    def rate(self) -> int | None:
        """Of what was handed in, the share that is out (用稿率), in per cent; None of nothing."""
        return round(100 * self.used / self.handed_in) if self.handed_in else None


def own(user) -> list[Article]:
    """Return what is somebody's and not put aside, whatever became of it, as a list shows it."""
    return _for_rows(_of(user))[:MOST]


def own_work(user) -> dict:
    """Return the context of a correspondent's page: their own pieces and nobody else's."""
    now = timezone.now()
    under_way = _for_rows(_of(user).under_way(now)[:MOST])
    returned = [each for each in under_way if each.filed_by == user and was_returned(each)]
    acts = {act.article_id: act for act in Act.objects.last_returning(returned)}
    for article in returned:
        article.returning_act = acts.get(article.pk)
    others = [article for article in under_way if article not in returned]
    mine = others[:SHOWN]
    printed = _for_rows(_of(user).live(now).order_by("-release__publish_at", "-pk")[:LATEST])
    _tell_what_is_missing(mine)
    _tell_where_it_stands(printed)
    return {
        "returned": returned,
        "under_way": mine,
        "under_way_count": len(others),
        "in_review_count": sum(article.status == Status.IN_REVIEW for article in others),
        "printed": printed,
        "not_used": _for_rows(_of(user).not_used()[:LATEST]),
        "month": _tally(user, _first_of(now, month=True)),
        "year": _tally(user, _first_of(now)),
        "now": timezone.localtime(now),
    }


def _of(user):
    return Article.objects.written_by(user).kept().order_by("-moved_at")


def _for_rows(articles) -> list[Article]:
    return list(with_reviews(articles.for_desk_list()))


def _tell_what_is_missing(articles: list[Article]) -> None:
    """Set beside each draft what the checklist still finds in it."""
    drafts = [article for article in articles if article.status == Status.DRAFT]
    found = open_points(drafts)
    for article in drafts:
        article.open_points = found[article.pk]


def _tell_where_it_stands(articles: list[Article]) -> None:
    places = first_places(articles)
    for article in articles:
        article.stands_in = places.get(article.pk, "")


def _tally(user, since: datetime) -> Tally:
    return Tally(**Article.objects.written_by(user).use_made_since(since))


def _first_of(now: datetime, month: bool = False) -> datetime:
    """Return when this year, or this month, began in the newsroom's time zone."""
    midnight = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return midnight if month else midnight.replace(month=1)
