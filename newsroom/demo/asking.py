"""What the demo newsroom has planned and asked for: issues to come, topics in every state."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from articles import workflow as writing
from issues import assigning, planning
from issues import workflow as issue_workflow
from issues.models import Assignment, Issue, PageFormat
from newsroom.demo import stock
from newsroom.people.models import Unit, User
from newsroom.people.working_time import is_working_day

PAGES = [(1, "要闻"), (2, "民生"), (3, "街镇"), (4, "副刊")]
FORMAT = "八开"
MORNING = time(6)
AHEAD = range(2, 10)  # days from today; the demo fills tomorrow's issue itself
SOON = timedelta(minutes=2)  # until what nobody has begun is late


def look_ahead(people: dict[str, User], today: date) -> None:
    """Plan the issues of the working days to come, and ask for pieces; once only."""
    for ahead in AHEAD:
        day = today + timedelta(days=ahead)
        if is_working_day(day) and not Issue.objects.dated(day).exists():
            issue_workflow.plan(
                by=people["issues"], date=day, pages=PAGES, planned_time=_at(day, MORNING)
            )
    for issue in Issue.objects.planned().filter(planned_time=None, date__gt=today):
        planning.replan(
            issue, by=people["issues"], title=issue.title, planned_time=_at(issue.date, MORNING)
        )
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
