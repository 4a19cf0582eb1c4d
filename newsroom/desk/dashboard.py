"""What the workbench shows: what waits for somebody, what is theirs, what the paper is doing."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, Correction
from articles.permissions import may_file, sees_everything
from articles.standing import with_reviews
from issues.findings import blocking
from issues.models import Issue
from issues.permissions import may_see_issues
from issues.wording import State, state_of, when_sentence
from newsroom.desk.asked import asked_about
from newsroom.desk.models import Notice
from newsroom.desk.own_work import own, own_work

SHOWN = 12
NOTICES = 8
FINDINGS = 3


@dataclass(frozen=True)
class IssueCard:
    """An issue in the side column: its state, its hour in words, what is missing."""

    name: str
    state: State
    when: str
    url: str
    findings: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class DueGroup:
    """Pieces that are due at about the same time, under a heading."""

    name: str
    icon: str
    tone: str = ""
    articles: list[Article] = field(default_factory=list)


def workbench(user) -> dict:
    """Return the context of the workbench for a user."""
    newsroom = sees_everything(user)
    notices = Notice.objects.to(user)
    common = {
        "newsroom": newsroom,
        "may_file": bool(may_file(user)),
        "acting": list(user.deputyships.on().select_related("principal")),
        "notices": list(notices.for_display()[:NOTICES]),
    }
    common |= asked_about(user, newsroom)
    return common | (_newsroom(user) if newsroom else own_work(user))


def _newsroom(user) -> dict:
    now = timezone.now()
    waiting = list(with_reviews(Article.objects.waiting_for(user).for_desk_list()))
    groups = by_due(waiting, now)
    return {
        "waiting": waiting,
        "groups": groups,
        "first_pk": groups[0].articles[0].pk if groups else None,
        "overdue": sum(len(group.articles) for group in groups if group.tone),
        "waiting_pks": {article.pk for article in waiting},
        "mine": own(user)[:SHOWN],
        "corrections": _corrections(user),
        "issues": issue_cards() if may_see_issues(user) else [],
        # Translators: a date format of Django's: day, weekday and time.
        "today": date_format(timezone.localtime(), _("l, j M, H:i")),
    }


def _corrections(user) -> list[Correction]:
    """Return the corrections somebody may sign now, and those of theirs that came back."""
    waiting = list(Correction.objects.waiting_for(user).for_desk()[:SHOWN])
    returned = Correction.objects.returned().filter(drawn_up_by=user)
    return [*waiting, *returned.for_desk()[:SHOWN]]


def by_due(articles: list[Article], at: datetime) -> list[DueGroup]:
    """Group pieces in review by when their rounds are due, the longest overdue first."""
    day = timezone.localdate(at)
    tomorrow = day + timedelta(days=1)
    groups = [
        DueGroup(_("Past due"), "late", "stop"),
        DueGroup(_("Due today"), "clock"),
        DueGroup(_("Due tomorrow"), "clock"),
        DueGroup(_("Later"), "clock"),
    ]
    for article in articles:
        due = timezone.localdate(article.due_at)
        place = 0 if article.is_overdue(at) else 1 if due <= day else 2 if due == tomorrow else 3
        groups[place].articles.append(article)
    return [group for group in groups if group.articles]


def issue_cards() -> list[IssueCard]:
    """Return the issues at work: in planning, waiting for their hour, and the latest live one."""
    now = timezone.now()
    planned = Issue.objects.planned().select_related("release")[:2]
    closed = Issue.objects.waiting_for_their_hour().select_related("release")[:2]
    live = Issue.objects.live().newest_first().select_related("release")[:1]
    return (
        [_card(issue, now, _what_is_missing(issue)) for issue in planned]
        + [_card(issue, now) for issue in closed]
        + [_card(issue, now) for issue in live]
    )


def _card(issue: Issue, now, found: list | None = None) -> IssueCard:
    # Translators: a date format of Django's: month and day.
    day = date_format(issue.date, _("j M"))
    name = _("Issue of {day}").format(day=issue.title or day)
    if issue.number:
        name = _("No. {number}, {day}").format(number=issue.numbers, day=day)
    url = reverse("admin:issues_issue_change", args=[issue.pk])
    return IssueCard(name, state_of(issue, now), when_sentence(issue, now), url, found or [])


def _what_is_missing(issue: Issue) -> list[tuple[str, str, str]]:
    """Return what keeps an issue from being closed: the first few findings, and how many more."""
    found = [("stop", "block", finding.message) for finding in blocking(issue)]
    shown, more = found[:FINDINGS], len(found) - FINDINGS
    if more > 0:
        shown.append(("quiet", "info", _("and {count} more").format(count=more)))
    return shown
