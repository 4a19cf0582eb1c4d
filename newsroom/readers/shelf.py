"""What a reader's device may keep to be read without a network: the latest day's issues.

The list says what is live and nothing of what is not: what a device keeps and the list does not
name is deleted there. Its mark changes with every version, correction and withdrawal, also of
pieces of other issues, whose titles may stand beside a text; then everything is fetched anew.
"""

import hashlib
from datetime import datetime

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format

from articles.figures import address
from articles.models import Article, Correction, Version, Withdrawal
from articles.prepared import Question
from articles.reading import pictures
from articles.renditions import MASTER_FORMAT, name, widths
from issues.models import Issue, Placement

SMALL = 480  # pixels: as wide as a phone
# An issue has some dozens of pieces; a device is asked for a few megabytes at most.
MOST_PAGES, MOST_PICTURES = 150, 60
MOST_OF_A_DAY = 3  # issues: a later one of the day leaves the day's first readable
DRESS = ("site/site.css", "site/icon.svg", "site/nameplate.svg", "site/offline.js")


def _latest(at):
    gone = Article.objects.gone(at).filter(pk=OuterRef("article"))
    withdrawn = Withdrawal.objects.filter(Exists(gone)).order_by("-pk").values("pk")[:1]
    corrected = Correction.objects.of_live_pieces(at).values("pk")[:1]
    issues = Issue.objects.live(at).newest_first().with_leaves()
    issues = issues.annotate(withdrawn=Subquery(withdrawn), corrected=Subquery(corrected))
    return issues[:MOST_OF_A_DAY]


LATEST = Question(_latest)
PLACED = Question(
    lambda at, *issues: (
        Placement.objects.live(at)
        .of_issues([*issues])
        .annotate(pictures=pictures(Version, "article__sealed"))
        .select_related("article")
        .only("page", "position", "article__sealed", "article__kind", "article__slug")
    )
)


def shelf(at: datetime) -> dict:
    """Return what may be kept at an instant, as the worker in the browser wants it."""
    latest = LATEST.all(at)
    issues = [each for each in latest if each.date == latest[0].date]
    keys = [each.pk for each in issues] + [0] * (MOST_OF_A_DAY - len(issues))
    placed = PLACED.all(at, *keys) if issues else []
    known = [(each.pk, each.withdrawn, each.corrected) for each in issues]
    mark = (known, [(each.article_id, each.article.sealed_id) for each in placed])
    names = (f"{date_format(each.date, 'DATE_FORMAT')} {each.called}" for each in issues[:1])
    return {
        "mark": hashlib.sha256(repr(mark).encode()).hexdigest()[:16],
        "name": next(names, ""),
        "pages": [reverse("issues:front"), *_pages(issues, placed)][:MOST_PAGES],
        "files": [*map(staticfiles_storage.url, DRESS), *_pictures(placed)[:MOST_PICTURES]],
    }


def _pages(issues: list[Issue], placed: list) -> list[str]:
    found = []
    for issue in issues:
        numbers = (leaf.number for leaf in issue.leaves)
        found += [issue.get_absolute_url()]
        found += (reverse("issues:page", args=[issue.address, number]) for number in numbers)
    found += (each.article.get_absolute_url() for each in placed)
    return list(dict.fromkeys(found))


def _pictures(placed: list) -> list[str]:
    found = (picture for each in placed for picture in each.pictures)
    return list(dict.fromkeys(_small(picture) for picture in found))


def _small(picture) -> str:
    known = picture.widths or widths(picture.width)
    width = next((each for each in sorted(known) if each >= SMALL), max(known))
    return address(picture.digest, name(width, MASTER_FORMAT))
