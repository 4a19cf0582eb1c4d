"""What the demo newsroom has planned and asked for: issues to come, topics in every state."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from articles import workflow as writing
from issues import assigning, planning
from issues.models import Assignment, Issue, PageFormat
from newsroom.demo import stock
from newsroom.demo.scheduling import keep_calendar
from newsroom.people.models import Unit, User

FORMAT = "八开"
SOON = timedelta(minutes=2)  # until what nobody has begun is late


def look_ahead(people: dict[str, User], today: date) -> None:
    """Plan the issues of the days to come, and ask for pieces; once only."""
    keep_calendar(people, today)
    _give_formats(people["issues"])
    if not Assignment.objects.exists():
        for entry in stock.read("topics"):
            _ask(entry, people, today)


def _give_formats(editor: User) -> None:
    """Let the pages of issues to come hold so little that boards show what is full and empty."""
    small = PageFormat.objects.filter(name=FORMAT).first()
    for issue in Issue.objects.planned().filter(pages__format=None).distinct() if small else ():
        planning.format_pages(issue, by=editor, format=small)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, timezone.get_current_timezone())


def _ask(entry: dict, people: dict[str, User], today: date) -> None:
    """Bring one topic to its state by the verbs that lead there."""
    editor, author = people["editor"], people["correspondent"]
    due = _at(today + timedelta(days=entry["days"]), time(entry["hour"]))
    wanted = {name: entry[name] for name in ("topic", "brief", "kind", "length")}
    wanted["due_at"] = due if entry["days"] else timezone.now() + SOON
    if entry["state"] in ("offered", "declined"):
        made = assigning.offer(by=author, **wanted)
        if entry["state"] == "declined":
            assigning.decline_offer(made, by=editor, note=entry["why"])
        return
    person = people[entry["who"]] if "who" in entry else None
    unit = None if person else Unit.objects.filter(name=entry["unit"]).first()
    issue = _next_planned(today + timedelta(days=entry["issue"])) if "issue" in entry else None
    page = entry["page"] if issue else None
    made = assigning.assign(by=editor, person=person, unit=unit, issue=issue, page=page, **wanted)
    if entry["state"] in ("taken", "filed"):
        assigning.take_up(made, by=author)
    if entry["state"] == "filed":
        _hand_in(made, entry["body"], author)
    if entry["state"] == "dropped":
        assigning.drop(made, by=editor, note=entry["why"])


def _next_planned(day: date) -> Issue | None:
    return Issue.objects.planned().filter(date__gte=day).first()


def _hand_in(assignment: Assignment, body: str, author: User) -> None:
    article = assignment.article
    article.body = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    article.unit_head = "江慎行"
    writing.save(article, by=author, write=article.save)
    writing.submit(article, by=author)
