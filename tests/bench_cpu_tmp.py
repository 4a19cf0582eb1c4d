"""What a dry run costs with a month of papers behind it: ``python -m tests.bench_dryrun``.

Statements and milliseconds, on the demo's database; the archive is taken back afterwards. An issue
of 40 signed pieces, and so many pieces printed in the thirty days before it. Twice: with texts that
are put together of the same few hundred sentences, so that a third of the month is like something
in the issue, and with texts of their own, made of the demo's words.
"""

import os
import sys
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from random import Random
from statistics import median
from time import process_time

import django
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
if __name__ == "__main__":
    django.setup()

from articles.markup import from_paragraphs
from articles.models import Article, Version
from issues.findings import blocking, findings
from issues.models import DryRun, Imprint, Issue, Page, Placement
from issues.rehearsing import keep_run
from newsroom.demo import accounts
from newsroom.demo.staging import CAST, furnish_lists, hire
from tests.archive import SEED, Cast, fill

PIECES, PAGES, DAYS = 40, 8, 30


def main(pieces: int = 2_000, rounds: int = 5) -> None:
    """Measure and print a line for each question."""
    people = hire(accounts.passwords(CAST))
    furnish_lists(people)
    with transaction.atomic():
        archive = fill(pieces * 11 // 10 + PIECES, Cast.of(people))
        issue = laid_out(archive)
        print("The same sentences again and again")  # noqa: T201
        measure(issue, people["issues"], rounds)
        own_words(archive)
        print("Texts of their own")  # noqa: T201
        measure(issue, people["issues"], rounds)
        transaction.set_rollback(True)


def measure(issue: Issue, by, rounds: int) -> None:
    """Print what each question about an issue costs, before and after marks are kept."""
    tell("blocking", lambda: blocking(issue), rounds)
    tell("findings, nothing kept yet", lambda: findings(issue), rounds)
    tell("a run that keeps marks", lambda: keep(issue, by), 1)
    tell("findings", lambda: findings(issue), rounds)
    tell("a run", lambda: keep(issue, by), rounds)
    repeats = sum(each.code == "duplicate" for each in findings(issue))
    print(f"{Imprint.objects.count()} imprints, {repeats} repetitions")  # noqa: T201


def own_words(archive: list[Article]) -> None:
    """Give every version a text of its own, each character as likely as after the one before it."""
    follows = defaultdict(list)
    for article in archive[:200]:
        text = "".join(article.paragraphs)
        for one, other in pairwise(text):
            follows[one].append(other)
    chance = Random(SEED)
    versions = list(Version.objects.filter(pk__in=[article.pk for article in archive]))
    for version in versions:
        text = [chance.choice("街区居民灯会")]
        while len(text) < chance.randint(300, 900):
            text.append(chance.choice(follows[text[-1]]))
        version.body = from_paragraphs(["".join(text)])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Imprint.objects.all().delete()
        Version.objects.bulk_update(versions, ["body"], 500)
        cursor.execute("SET LOCAL session_replication_role = origin")


def laid_out(archive: list[Article]) -> Issue:
    """Date the archive's issues into a month, and lay out an issue of pieces that stand in none."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        signed = [article for article in archive if article.status == Article.Status.APPROVED]
        last = max(issue.date for issue in Issue.objects.all()) + timedelta(days=DAYS + 1)
        printed = Issue.objects.filter(pages__placements__article__in=signed).distinct()
        for number, issue in enumerate(printed.order_by("pk")):
            day = last - timedelta(days=1 + number % DAYS)
            Issue.objects.filter(pk=issue.pk).update(date=day, sequence=1 + number // DAYS)
        mine = signed[:PIECES]
        Placement.objects.filter(article__in=mine).delete()
        release = Article.objects.get(pk=signed[-1].pk).release
        release.pk, release.publish_at = None, None
        release.save()
        issue = Issue.objects.create(date=last, release=release)
        pages = [Page.objects.create(issue=issue, number=number + 1) for number in range(PAGES)]
        for number, article in enumerate(mine):
            page = pages[number % PAGES]
            Placement.objects.create(page=page, article=article, position=number // PAGES)
        Article.objects.filter(pk__in=[article.pk for article in mine]).update(release=None)
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE")
    return issue


def keep(issue: Issue, by) -> None:
    """Make a run and keep it."""
    keep_run(issue, DryRun.Occasion.ASKED, by=by)


def tell(what: str, ask, rounds: int) -> None:
    """Print what a question costs, the median of its rounds."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    times = []
    for _round in range(rounds):
        begun = process_time()
        ask()
        times.append((process_time() - begun) * 1000)
    print(f"{what:30}{len(asked):4} statements {median(times):8.1f} ms")  # noqa: T201


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
