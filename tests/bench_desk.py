"""What the pages of the desk cost with a whole archive behind them: ``make bench``.

Statements and milliseconds, on the demo's database; the archive is taken back afterwards.
"""

import os
import sys
from statistics import median
from time import perf_counter

import django
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
if __name__ == "__main__":
    django.setup()

from articles.models import Article
from newsroom.demo import accounts
from newsroom.demo.staging import CAST, furnish_lists, hire
from newsroom.desk.measuring import Cost
from newsroom.people.models import User
from tests.archive import Cast, fill


def measure(people: dict[str, User], pieces: int, rounds: int) -> tuple[float, list[Cost]]:
    """Fill an archive, measure the desk, take everything back.

    Return the seconds the filling took, and the Cost of each page, the median of its rounds.
    """
    with transaction.atomic():
        begun = perf_counter()
        articles = fill(pieces, Cast.of(people))
        seconds = perf_counter() - begun
        costs = [
            cost_of(people[who], kind, address, rounds)
            for who, kind, address in addresses(articles)
        ]
        transaction.set_rollback(True)
    return seconds, costs


def addresses(articles: list[Article]) -> list[tuple[str, str, str]]:
    """Return who asks for which page, under what name."""
    listed = reverse("admin:articles_article_changelist")
    section = articles[0].section_id
    lists = {
        "a queue": "queue=mine",
        "whole list": "",
        "its leaf 100": "p=100",
        "by headline": "o=1",
        "two characters, common": "q=居民",
        "two characters, rare": "q=灯会",
        "three characters": "q=棠溪区",
        "a piece by number": f"q=%23{articles[-1].pk}",
        "a name": "name=苏禾",
        "five filters": f"state=live&section={section}&name=禾&from=2020-01-01&q=社区",
        "in no issue": "issue=none",
        "nothing found": "q=社区&state=held&section=none",
    }
    draft = next(a for a in articles if a.status == Article.Status.DRAFT)
    waiting = next(a for a in articles if a.status == Article.Status.IN_REVIEW)
    return [
        ("editor", "dashboard", reverse("admin:index")),
        *(("editor", kind, f"{listed}?{query}") for kind, query in lists.items()),
        ("editor", "article form", reverse("admin:articles_article_change", args=[draft.pk])),
        ("editor", "reading page", reverse("admin:articles_article_read", args=[waiting.pk])),
        ("correspondent", "author's own work", reverse("admin:index")),
        ("correspondent", "author's list", listed),
    ]


def cost_of(user: User, kind: str, address: str, rounds: int) -> Cost:
    """Return what a page costs somebody. Raise ValueError for an address that shows no page."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    if client.get(address).status_code != 200:
        raise ValueError(f"{address} does not answer as a page")
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    statements = len(asked)
    times = []
    for _round in range(rounds):
        begun = perf_counter()
        client.get(address)
        times.append((perf_counter() - begun) * 1000)
    return Cost(kind, address, statements, median(times), len(response.content))


def main(pieces: int = 10_000, rounds: int = 7) -> None:
    """Measure and print a line for each page."""
    people = hire(accounts.passwords(CAST))
    furnish_lists(people)
    seconds, costs = measure(people, pieces, rounds)
    print(f"{pieces} pieces in {seconds:.0f} s")  # noqa: T201 - what it is for
    for cost in costs:
        print(  # noqa: T201
            f"{cost.kind:24}{cost.statements:4} statements {cost.milliseconds:8.1f} ms "
            f"{cost.size:8} bytes  {cost.address}"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
