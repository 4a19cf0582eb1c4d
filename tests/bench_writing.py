"""What writing costs: statements and milliseconds of an autosave, a save and a comparison.

``python -m tests.bench_writing``, on the demo's database; everything is taken back afterwards.
"""

import json
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

from articles import sealing
from articles.models import Article, Autosave, Version
from newsroom.people.models import User
from newsroom.people.roles import Role
from tests.articles.desk_pages import form_of

LENGTHS = (3_000, 30_000)
ROUNDS = 15
SENTENCE = "石桥街口的修车铺门前，入夜后多了一盏拍手就亮的灯，街坊们都说方便。"


def text_of(characters: int, ending: str = "") -> str:
    """Return a text of about so many characters, in paragraphs of some sentences."""
    paragraph = SENTENCE * 4
    count = characters // len(paragraph)
    return "".join(f"<p>{paragraph}{n}{ending if n % 9 == 0 else ''}</p>" for n in range(count))


def cost_of(act, prepare=lambda: None) -> tuple[int, float]:
    """Return statements and median milliseconds of an act; the first time does not count."""
    prepare()
    act()
    prepare()
    with CaptureQueriesContext(connection) as asked:
        act()
    statements = len(asked)  # now: the next request empties the log
    times = []
    for _round in range(ROUNDS):
        prepare()
        begun = perf_counter()
        act()
        times.append((perf_counter() - begun) * 1000)
    return statements, median(times)


class Writer:
    """Somebody who writes one piece, by what their browser sends."""

    def __init__(self, user: User, characters: int):
        self.user, self.number = user, 0
        body = text_of(characters)
        self.article = Article.objects.create(filed_by=user, headline="拍手就亮", body=body)
        self.browser = Client(SERVER_NAME="localhost")
        self.browser.force_login(user)

    def address(self, page: str) -> str:
        """Return one of the piece's addresses."""
        return reverse(f"admin:articles_article_{page}", args=[self.article.pk])

    def rest(self):
        """Type a little more, and let the moment pass that lies between two sendings."""
        self.number += 1
        Autosave.objects.filter(page="bench").update(kept_at="2000-01-01T00:00Z")
        self.article.refresh_from_db()
        typed = form_of(self.article, body=self.article.body + f"<p>{self.number}</p>")
        self.typed = typed | {"page_key": "bench", "sequence": self.number}
        sent = {
            "person": self.user.pk, "page": "bench", "sequence": self.number, "began_from": 0,
            "fields": [[name, str(value)] for name, value in typed.items()],
        }  # fmt: skip
        self.sent = json.dumps(sent, ensure_ascii=False)

    def autosave(self):
        """Send what is typed."""
        answer = self.browser.post(self.address("keep"), self.sent, "application/json")
        if answer.status_code != 200:
            raise ValueError(answer.content.decode())

    def save(self):
        """Press Save."""
        if self.browser.post(self.address("change"), self.typed).status_code != 302:
            raise ValueError("not saved")

    def compare(self):
        """Open the comparison of the two versions there are."""
        answer = self.browser.get(f"{self.address('compare')}?from=1&to=now")
        if answer.status_code != 200:
            raise ValueError("no comparison")


def measure(characters: int) -> list[tuple[str, int, float]]:
    """Return what each act costs with a text of so many characters."""
    user = User.objects.filter(is_active=True, groups__name=Role.CORRESPONDENT.value).first()
    writer = Writer(user, characters)
    found = [("autosave", *cost_of(writer.autosave, writer.rest))]
    found.append(("save", *cost_of(writer.save, writer.rest)))
    writer.rest()
    sealing.snapshot(writer.article, by=user, reason=Version.Reason.SITTING)
    body = text_of(characters, "又添一句。")
    Article.objects.filter(pk=writer.article.pk).update(body=body)
    return [*found, ("comparison", *cost_of(writer.compare))]


def main() -> None:
    """Print a line for each act and length."""
    for characters in LENGTHS:
        with transaction.atomic():
            for act, statements, milliseconds in measure(characters):
                line = f"{act:12}{characters:>8}{statements:>6} statements{milliseconds:>9.1f} ms\n"
                sys.stdout.write(line)
            transaction.set_rollback(True)


if __name__ == "__main__":
    main()
