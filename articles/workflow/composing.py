"""Verbs of topics and of the foot of the site: what stands where. No word of it is written here.

A topic's row is locked, so that what two people arrange follows each other. What is gathered before
it is out is shown by its own hour, not by a verb.
"""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.markup import headings
from articles.models import Article, FootPlace, TopicCourse, TopicEntry
from articles.workflow.moving import acting, moving, record
from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError, demand, first_objection

# How far a row goes in its list, by the place it has and how many there are.
STEPS: dict[str, Callable[[int, int], int]] = {
    "first": lambda place, count: 0,
    "up": lambda place, count: max(place - 1, 0),
    "down": lambda place, count: min(place + 1, count - 1),
    "last": lambda place, count: count - 1,
}


def _named(piece: Article) -> str:
    return _("“{title}” (piece {number})").format(title=piece, number=piece.pk)


@moving
def gather(topic: Article, *, by: User, piece: Article, heading: str = "") -> None:
    """Let a topic have a piece, as its last, under one of the headings of its text or none."""
    demand(permissions.may_gather(by, topic))
    piece = Article.objects.select_for_update(no_key=True).get(pk=piece.pk)
    demand(permissions.may_be_gathered(piece))
    demand(_is_heading(topic, heading))
    entries = TopicEntry.objects.of_topic(topic.pk)
    demand(
        first_objection(
            (entries.filter(article=piece).exists(), _("The topic has this piece already."))
        )
    )
    last = entries.last()
    position = last.position + 1 if last else 0
    TopicEntry.objects.create(
        topic=topic, article=piece, heading=heading, position=position, added_by=by
    )
    record(topic, "gather", by=by, note=_named(piece))


@moving
def let_go_of(topic: Article, *, by: User, piece: int) -> None:
    """Take a piece, given by its key, out of a topic; the piece itself stays as it is."""
    demand(permissions.may_gather(by, topic))
    entry = _entry(topic, piece)
    record(topic, "let_go_of", by=by, note=_named(entry.article))
    entry.delete()


@moving
def put_under(topic: Article, *, by: User, piece: int, heading: str) -> None:
    """Put a piece of a topic under another heading of its text, or under none."""
    demand(permissions.may_gather(by, topic))
    demand(_is_heading(topic, heading))
    entry = _entry(topic, piece)
    if entry.heading != heading:
        entry.heading = heading
        entry.save(update_fields=["heading"])
        record(topic, "put_under", by=by, note=f"{_named(entry.article)} → {heading or '—'}")


@moving
def arrange(topic: Article, *, by: User, piece: int, step: str) -> None:
    """Move a piece of a topic among those under the same heading; ``step`` is one of STEPS."""
    demand(permissions.may_gather(by, topic))
    entry = _entry(topic, piece)
    rows = list(TopicEntry.objects.of_topic(topic.pk))
    beside = [row for row in rows if row.heading == entry.heading]
    if _moved(beside, entry, step):
        others = iter(beside)
        rows = [next(others) if row.heading == entry.heading else row for row in rows]
        _number(rows)
        record(topic, "arrange", by=by, note=_named(entry.article))


@moving
def order_topic(topic: Article, *, by: User, order: str) -> None:
    """Say in which order a topic shows its pieces: one of ``TopicCourse.Order``."""
    demand(permissions.may_gather(by, topic))
    wanted = TopicCourse.Order(order) if order in TopicCourse.Order.values else None
    demand(first_objection((wanted is None, _("There is no such order."))))
    course = _course(topic)
    if course.order != wanted:
        course.order = wanted
        course.save(update_fields=["order"])
        record(topic, "order_topic", by=by, note=str(wanted.label))


@moving
def end_topic(topic: Article, *, by: User) -> None:
    """Say that a topic has ended: residents read so, and it stands behind those that go on."""
    demand(permissions.may_gather(by, topic))
    course = _course(topic)
    demand(first_objection((course.ended_at is not None, _("It has ended already."))))
    course.ended_at = timezone.now()
    course.save(update_fields=["ended_at"])
    record(topic, "end_topic", by=by)


@moving
def go_on_with_topic(topic: Article, *, by: User) -> None:
    """Take up again a topic that had ended."""
    demand(permissions.may_gather(by, topic))
    course = _course(topic)
    demand(first_objection((course.ended_at is None, _("It has not ended."))))
    course.ended_at = None
    course.save(update_fields=["ended_at"])
    record(topic, "go_on_with_topic", by=by)


def put_in_foot(page: Article, *, by: User) -> None:
    """Link a page in the foot of every public page, as the last."""
    with acting(by, "put_in_foot"):
        demand(permissions.may_arrange_foot(by))
        rows = _foot()
        there = any(row.page_id == page.pk for row in rows)
        demand(
            first_objection(
                (page.kind != Article.Lasting.PAGE, _("Only pages stand in the foot.")),
                (there, _("It stands in the foot already.")),
            )
        )
        FootPlace.objects.create(page=page, position=rows[-1].position + 1 if rows else 0)
        record(page, "put_in_foot", by=by)


def take_from_foot(page: Article, *, by: User) -> None:
    """Take a page out of the foot; it stays at its address."""
    with acting(by, "take_from_foot"):
        demand(permissions.may_arrange_foot(by))
        _of(_foot(), page).delete()
        record(page, "take_from_foot", by=by)


def move_in_foot(page: Article, *, by: User, step: str) -> None:
    """Move a page among those in the foot; ``step`` is one of STEPS."""
    with acting(by, "move_in_foot"):
        demand(permissions.may_arrange_foot(by))
        rows = _foot()
        if _moved(rows, _of(rows, page), step):
            _number(rows)
            record(page, "move_in_foot", by=by)


def _foot() -> list[FootPlace]:
    """Return the places in the foot, locked in one order, so that moves follow each other."""
    return list(FootPlace.objects.select_for_update(no_key=True).order_by("position", "page"))


def _of(rows: list[FootPlace], page: Article) -> FootPlace:
    found = next((row for row in rows if row.page_id == page.pk), None)
    demand(first_objection((found is None, _("It does not stand in the foot."))))
    return found


def _entry(topic: Article, piece: int) -> TopicEntry:
    found = TopicEntry.objects.of_topic(topic.pk).filter(article=piece).first()
    demand(first_objection((found is None, _("The topic does not have this piece any more."))))
    return found


def _course(topic: Article) -> TopicCourse:
    return TopicCourse.objects.get_or_create(topic=topic)[0]


def _is_heading(topic: Article, heading: str):
    known = not heading or heading in headings(topic.body)
    return first_objection((not known, _("The topic's text has no such heading.")))


def _moved(rows: list, row, step: str) -> bool:
    """Put a row where a step leads in its list; say whether it moved."""
    if step not in STEPS:
        raise RefusalError(_("There is no such step."))
    here = rows.index(row)
    there = STEPS[step](here, len(rows))
    rows.insert(there, rows.pop(here))
    return here != there


def _number(rows: list) -> None:
    """Number rows from 0 in their order, writing those alone whose place is another one."""
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
