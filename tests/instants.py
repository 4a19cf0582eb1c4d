"""An issue with everything in it, its doors, and the judgement of what they showed.

``python -m tests.staging stage`` makes it in the database of the environment and answers its doors
and marks as JSON; ``python -m tests.staging schedule SECONDS`` gives it its hour and answers that.
"""

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import quote

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Byline, Correspondent, Section, Tag
from issues import workflow as issue_workflow
from issues.models import Issue
from newsroom.people import clock
from newsroom.people.models import User
from tests import factories
from tests.hammering import Hammer
from tests.test_leaks import document, picture

DAY = date(2023, 12, 8)
WORDS = ("暗渠里的水从今天起改了道", "水厂把闸门打开给街坊看", "河长沿着堤走了一上午")
SECTION = "水务"


@dataclass(frozen=True)
class Edition:
    """A closed issue without an hour: its doors, and the marks each shows once it is out."""

    issue: Issue
    doors: dict[str, str]
    marks: list[str]
    shown: dict[str, set[int]]

    def schedule(self, *, seconds: float, by) -> datetime:
        """Give it an hour in some seconds by the database's clock."""
        return schedule(self.issue, seconds=seconds, by=by)


def schedule(issue: Issue, *, seconds: float, by) -> datetime:
    """Give an issue an hour in some seconds by the database's clock."""
    hour = clock.now() + timedelta(seconds=seconds)
    issue_workflow.schedule(issue, by=by, at=hour)
    return hour


def edition(cast: factories.Cast) -> Edition:
    """Make an issue of two pages, three pieces, a photo, a file, a section of its own."""
    factories.live_issue(cast, day=date(2022, 11, 1))
    factories.signed_correction(cast)
    section = Section.objects.create(name=SECTION, slug="shuiwu", position=9)
    entry = Correspondent.objects.create(name="纪无名")
    place = Tag.objects.create(name="石桥", kind=Tag.Kind.PLACE)
    topic = factories.lasting_live(cast, factories.topic(cast))
    digest, file, pieces = picture(), document(), []
    for words in WORDS:
        article = factories.draft(cast, body=f"<p>{words}。</p>", section=section)
        factories.with_photo(article, digest)
        factories.with_attachment(article, file)
        Byline.objects.filter(article=article).update(correspondent=entry)
        article.tags.add(place)
        workflow.gather(topic, by=cast.editor, piece=article)
        workflow.submit(article, by=cast.writer)
        pieces.append(factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief))
    issue = factories.issue(cast, *pieces[:2], day=DAY, pages=[(1, "要闻"), (2, "副刊")])
    issue_workflow.place(issue, by=cast.issue_editor, article=pieces[2], page=2, weight="lead")
    issue_workflow.close(issue, by=cast.issue_editor)
    # As a link has it, and as JSON has it.
    marks = [f'"{each.get_absolute_url()}"' for each in (*pieces, issue, section)]
    marks += WORDS
    lists = _lists(section, entry, place, topic)
    return Edition(issue, _doors(issue, pieces, digest, file) | lists, marks, shown())


def _lists(section, entry, place, topic) -> dict[str, str]:
    """Return the lists in which its pieces appear; volumes are of the time of coming out."""
    now = timezone.now()
    return {
        "section": section.get_absolute_url(),
        "section of the year": reverse("articles:section_year", args=[section.slug, now.year]),
        "section of the month": reverse(
            "articles:section_month", args=[section.slug, now.year, now.month]
        ),
        "correspondents": reverse("articles:correspondents"),
        "correspondent": reverse("articles:correspondent", args=[entry.pk]),
        "correspondent of the year": reverse(
            "articles:correspondent_year", args=[entry.pk, now.year]
        ),
        "tags": reverse("articles:tags"),
        "tag": reverse("articles:tag", args=[place.pk]),
        "tag of the year": reverse("articles:tag_year", args=[place.pk, now.year]),
        "topics": reverse("articles:topics"),
        "topic": reverse("articles:topic", args=[topic.slug]),
        "search": f"{reverse('articles:search')}?q={quote(entry.name)}",
        "corrections": reverse("articles:corrections"),
        "corrections of the year": reverse("articles:corrections_year", args=[now.year]),
        "map": reverse("issues:map"),
        "shelf": reverse("readers:shelf"),
        "offline": reverse("readers:offline"),
    }


def _doors(issue, pieces, digest, file) -> dict[str, str]:
    return {
        "front": reverse("issues:front"),
        "archive": reverse("issues:archive"),
        "year": reverse("issues:year", args=[DAY.year]),
        "month": reverse("issues:month", args=[DAY.year, DAY.month]),
        "issue": issue.get_absolute_url(),
        "page 1": reverse("issues:page", args=[issue.address, 1]),
        "page 2": reverse("issues:page", args=[issue.address, 2]),
        **{f"piece {place}": each.get_absolute_url() for place, each in enumerate(pieces)},
        "photo": reverse("articles:photo", args=[digest, "480.webp"]),
        "file": reverse("articles:attachment", args=[pieces[0].pk, file, "pdf"]),
        "report": reverse("readers:report", args=[pieces[0].pk]),
    }


def shown() -> dict[str, set[int]]:
    """Say which marks a door shows: three pieces 0–2, the issue 3, the section 4, texts 5–7."""
    return {
        "front": {0, 1, 2, 3, 4}, "archive": {3, 4}, "year": {3, 4}, "month": {3, 4},
        "issue": {0, 1, 2, 3, 4}, "page 1": {0, 1, 3, 4}, "page 2": {2, 3, 4},
        "section": {0, 1, 2, 4}, "section of the year": {4}, "section of the month": {0, 1, 2, 4},
        "correspondents": {4}, "correspondent": {0, 1, 2, 4},
        "correspondent of the year": {0, 1, 2, 4},
        "tags": {4}, "tag": {0, 1, 2, 4}, "tag of the year": {0, 1, 2, 4},
        "topics": {4}, "topic": {0, 1, 2, 4}, "search": {0, 1, 2, 4, 5, 6, 7},
        "corrections": {4}, "corrections of the year": {4},
        "map": {4}, "shelf": {0, 1, 2, 3}, "offline": {4},
        "piece 0": {4, 5}, "piece 1": {4, 6}, "piece 2": {4, 7}, "photo": set(), "file": set(),
        "report": {0, 4, 5},
    }  # fmt: skip


# Asking


def round_trip(made: Edition, servers: list[str]) -> float:
    """Return how many seconds this machine takes to ask every door of every server once."""
    began = time.monotonic()
    for server in servers:
        for path in made.doors.values():
            _answers(server, path)
    return time.monotonic() - began


def wait_until_answering(servers: list[str], seconds: float = 60) -> None:
    """Wait until every server answers its health address, then ask each a page to warm it."""
    patience = time.monotonic() + seconds
    for server in servers:
        while not all(_answers(server, path) for path in ("/healthz", "/", "/issues/")):
            assert time.monotonic() < patience, f"{server} does not answer"
            time.sleep(0.05)


def _answers(server: str, path: str) -> bool:
    line = HTTPConnection(server, timeout=10)
    try:
        line.request("GET", path)
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def of_this_test() -> dict:
    """Return what it takes to reach the test's database."""
    reached = {"host", "port", "user", "password"}
    settings = {k.lower(): v for k, v in connection.settings_dict.items() if v}
    database = {name: settings[name] for name in reached & settings.keys()}
    return database | {"dbname": settings["name"]}


def hammered(
    made: Edition,
    servers: list[str],
    hour: datetime,
    *,
    after: float,
    threads: int = 6,
    database: dict | None = None,
) -> Hammer:
    """Start a process that asks all doors of all servers until some seconds after an hour."""
    return Hammer(
        database=database or of_this_test(),
        servers=servers,
        doors=made.doors,
        marks=made.marks,
        until=hour.timestamp() + after,
        threads=threads,
    )


# Judging


@dataclass
class Judgement:
    """What was seen around an hour; ``faults`` are sentences, none where all is right."""

    faults: list[str]
    before: int
    after: int
    unanswered: int
    last_before_ms: float
    first_after_ms: float
    clock_error_ms: float
    doors: Counter
    last_unanswered_ms: float | None = None

    def __str__(self):
        """The figures, as docs/rehearsals.md has them."""
        gone = "" if not self.unanswered else (
            f"; {self.unanswered} unanswered, the last {self.last_unanswered_ms:+.0f} ms"
        )  # fmt: skip
        return (
            f"{self.before} answers with nothing, the last begun {self.last_before_ms:+.1f} ms; "
            f"{self.after} with everything, the first ended {self.first_after_ms:+.1f} ms; "
            f"{len(self.faults)} faults; clock known to ±{self.clock_error_ms:.2f} ms{gone}"
        )


def judge(told: dict, made: Edition, hour: datetime, *, excused=(0,)) -> Judgement:
    """Hold what a hammer noted against what must be; an ``excused`` status says nothing."""
    instant, error = hour.timestamp(), told["error"]
    notes = [Note(made, *each) for each in told["notes"]]
    said = [note for note in notes if note.status not in excused]
    faults = [f"{note}: neither nothing nor everything" for note in said if note.sees is None]
    early = [note for note in said if note.sees and note.ended < instant - error]
    faults += [f"{note}: shown {instant - note.ended:.4f} s early" for note in early]
    late = [note for note in said if note.sees is False and note.began > instant + error]
    faults += [f"{note}: hidden {note.began - instant:.4f} s late" for note in late]
    first = min((note.ended for note in said if note.sees), default=float("inf"))
    back = [note for note in said if note.sees is False and note.began > first]
    faults += [f"{note}: hidden after something was shown" for note in back]
    hidden = [note.began for note in said if note.sees is False]
    lost = [note.ended for note in notes if note.status in excused]
    return Judgement(
        faults=faults,
        before=len(hidden),
        after=sum(note.sees is True for note in said),
        unanswered=len(notes) - len(said),
        last_before_ms=(max(hidden, default=instant) - instant) * 1000,
        first_after_ms=(first - instant) * 1000,
        clock_error_ms=error * 1000,
        doors=Counter((note.door, note.sees) for note in said),
        last_unanswered_ms=(max(lost) - instant) * 1000 if lost else None,
    )


class Note:
    """One answer: what it showed is everything, nothing (False), or something between (None)."""

    def __init__(self, made: Edition, door, server, began, ended, status, seen):
        self.door, self.server, self.began, self.ended = door, server, began, ended
        self.status, self.seen = status, set(seen)
        wanted = made.shown[door]
        if status == 200 and self.seen >= wanted and (wanted or door in ("photo", "file")):
            self.sees = True
        elif not self.seen and status in (200, 404):
            self.sees = False
        else:
            self.sees = None

    def __str__(self):
        return f"{self.door} at {self.server} ({self.status}, marks {sorted(self.seen)})"


def main(task: str, *more: str) -> None:
    """Do one of the two tasks in a process of its own."""
    if task == "stage":
        made = edition(factories.Cast())
        told = {"doors": made.doors, "marks": made.marks}
    else:
        chief = User.objects.get(username="chief")
        issue = Issue.objects.dated(DAY).get()
        told = schedule(issue, seconds=float(more[0]), by=chief).isoformat()
    sys.stdout.write(json.dumps(told, ensure_ascii=False))
