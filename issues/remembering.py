"""What has been printed in the last thirty days, as far as an issue repeats it.

The marks of a sealed version are kept once a run has made them, for a version never changes; what
has none yet is read. Whole texts are fetched only of what is worth comparing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from articles.markup import paragraphs
from articles.models import Article, Version
from issues.dryrun.alike import LOOKING_BACK
from issues.dryrun.facts import Past, Piece
from issues.dryrun.prints import Among, Print, packed, unpacked
from issues.models import Imprint, Issue, Placement
from issues.statuses import Status


@dataclass(frozen=True)
class _Old:
    """Where a sealed text stood: in an issue, or (0) alone."""

    version: int
    article: int
    issue: int
    day: date


class Memory:
    """The sealed texts printed shortly before some issues, and what they are known by."""

    def __init__(self, issues: list[Issue], at):
        """Take the issues that are looked at; ``at`` is now."""
        days = [issue.date for issue in issues]
        first, last = min(days) - timedelta(days=LOOKING_BACK), max(days)
        placed = _printed(first, last)
        alone = Article.objects.live(at).outside_issues().released_between(first, last)
        rows = placed.values_list("article__sealed", "article", "page__issue", "page__issue__date")
        self._old = [_Old(*row) for row in rows]
        rows = alone.values_list("sealed", "pk", "release__publish_at__date")
        self._old += [_Old(version, article, 0, day) for version, article, day in rows]
        versions = (placed.values("article__sealed"), alone.values("sealed"))
        self._marks = {pk: marks for each in versions for pk, marks in _kept(each)}
        self.unknown = _read({old.version for old in self._old} - self._marks.keys())
        self._marks |= self.unknown

    def like(self, pieces: tuple[Piece, ...], issue: Issue) -> tuple[Past, ...]:
        """Return what was printed before an issue and is worth comparing with its pieces."""
        # A piece that went out alone first is no repetition when its issue follows.
        own = {piece.article.pk for piece in pieces}
        among = Among([piece.print.marks for piece in pieces])
        since = issue.date - timedelta(days=LOOKING_BACK)
        found: dict[int, tuple[_Old, list[int]]] = {}
        for old in self._old:
            is_itself = old.issue == issue.pk or not old.issue and old.article in own
            if is_itself or not since <= old.day <= issue.date:
                continue
            if near := among.near(self._marks[old.version]):
                found[old.version] = (old, near)
        return tuple(self._pasts(list(found.values())))

    def _pasts(self, found: list[tuple[_Old, list[int]]]) -> Iterable[Past]:
        asked = Article.objects.filter(pk__in=[old.article for old, _near in found])
        articles = {each.pk: each for each in (asked.select_related("sealed") if found else ())}
        for old, near in found:
            article = articles[old.article]
            text = "".join(paragraphs(article.sealed.body))
            known = Print(text, self._marks[old.version])
            yield Past(article.public_title, old.day, known, article, frozenset(near))


def _printed(first: date, last: date) -> QuerySet:
    """Return what stands in closed issues of some days, and was not withdrawn."""
    return Placement.objects.filter(
        page__issue__status=Status.CLOSED,
        page__issue__date__range=(first, last),
        article__sealed__isnull=False,
        article__withdrawn_at=None,
    ).order_by("page__issue__date", "pk")


def _kept(versions: QuerySet) -> Iterable[tuple[int, frozenset[int]]]:
    """Return the marks that are kept of versions, which are asked for in the same statement."""
    rows = Imprint.objects.filter(version__in=versions).values_list("version", "marks")
    return ((version, unpacked(stored)) for version, stored in rows)


def _read(versions: set[int]) -> dict[int, frozenset[int]]:
    """Return the marks of versions of which none are kept."""
    bodies = Version.objects.filter(pk__in=versions).values_list("pk", "body")
    return {pk: Print("".join(paragraphs(body))).marks for pk, body in bodies}


def keep_marks(unknown: dict[int, frozenset[int]]) -> None:
    """Keep the marks of versions that had none; another run may be faster."""
    rows = [Imprint(version_id=version, marks=packed(marks)) for version, marks in unknown.items()]
    Imprint.objects.bulk_create(rows, ignore_conflicts=True)
