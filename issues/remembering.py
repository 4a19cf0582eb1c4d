"""What has been printed in the last thirty days, as far as an issue repeats it.

The marks of a sealed version are kept once a run has made them, for a version never changes; what
has none yet is read. Whole texts are fetched only of what is worth comparing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from articles.markup import paragraphs
from articles.models import Article, Version
from issues.dryrun.alike import LOOKING_BACK
from issues.dryrun.facts import Past, Piece
from issues.dryrun.prints import Print, may_be_alike, packed, unpacked
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
        self._old = [*_placed(first, last), *_alone(first, last, at)]
        self._marks, self.unknown = _marks_of({old.version for old in self._old})
        self._texts: dict[int, Past] = {}

    def like(self, pieces: tuple[Piece, ...], issue: Issue) -> tuple[Past, ...]:
        """Return what was printed before an issue and is worth comparing with its pieces."""
        # A piece that went out alone first is no repetition when its issue follows.
        own = {piece.article.pk for piece in pieces}
        mine = [piece.print.marks for piece in pieces]
        wanted = frozenset().union(*mine)
        since = issue.date - timedelta(days=LOOKING_BACK)
        found = {
            old.version: old
            for old in self._old
            if old.issue != issue.pk
            and (old.issue or old.article not in own)
            and since <= old.day <= issue.date
            and not wanted.isdisjoint(self._marks[old.version])
            and any(may_be_alike(marks, self._marks[old.version]) for marks in mine)
        }
        return tuple(_pasts(list(found.values())))


def _placed(first: date, last: date) -> list[_Old]:
    """Return what stands in closed issues of some days."""
    rows = Placement.objects.filter(
        page__issue__status=Status.CLOSED,
        page__issue__date__range=(first, last),
        article__sealed__isnull=False,
        article__withdrawn_at=None,
    ).values_list("article__sealed", "article", "page__issue", "page__issue__date")
    return [_Old(*row) for row in rows.order_by("page__issue__date")]


def _alone(first: date, last: date, at) -> list[_Old]:
    """Return what went out by itself on some days."""
    rows = (
        Article.objects.live(at)
        .outside_issues()
        .filter(release__publish_at__date__range=(first, last))
        .values_list("sealed", "pk", "release__publish_at__date")
    )
    return [_Old(version, article, 0, day) for version, article, day in rows]


def _marks_of(versions: set[int]) -> tuple[dict[int, frozenset[int]], dict[int, frozenset[int]]]:
    """Return the marks of versions, and those among them that are not kept yet."""
    kept = Imprint.objects.filter(version__in=versions).values_list("version", "marks")
    marks = {version: unpacked(stored) for version, stored in kept}
    bodies = Version.objects.filter(pk__in=versions - marks.keys()).values_list("pk", "body")
    unknown = {pk: Print("".join(paragraphs(body))).marks for pk, body in bodies}
    return marks | unknown, unknown


def _pasts(found: list[_Old]) -> Iterable[Past]:
    asked = Article.objects.filter(pk__in=[old.article for old in found]).select_related("sealed")
    articles = {article.pk: article for article in (asked if found else ())}
    for old in found:
        article = articles[old.article]
        text = "".join(paragraphs(article.sealed.body))
        yield Past(article.public_title, old.day, text, article)


def keep_marks(unknown: dict[int, frozenset[int]]) -> None:
    """Keep the marks of versions that had none; another run may be faster."""
    rows = [Imprint(version_id=version, marks=packed(marks)) for version, marks in unknown.items()]
    Imprint.objects.bulk_create(rows, ignore_conflicts=True)
