"""What the workbench shows: what waits for somebody, what is theirs, what the paper is doing."""

from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Act, Article
from articles.permissions import may_file, sees_everything
from articles.standing import was_returned, with_reviews
from issues.findings import blocking
from issues.models import Issue
from issues.permissions import may_see_issues
from newsroom.desk.templatetags.desk import in_words, moment

MOST = 60
SHOWN = 12
FINDINGS = 3


@dataclass(frozen=True)
class IssueCard:
    """An issue in the side column: its state in a word, its hour in words, what is missing."""

    name: str
    word: str
    icon: str
    tone: str
    when: str
    url: str
    findings: list[tuple[str, str, str]] = field(default_factory=list)


def workbench(user) -> dict:
    """Return the context of the workbench for a user."""
    newsroom = sees_everything(user)
    common = {
        "newsroom": newsroom,
        "may_file": bool(may_file(user)),
        "notices": list(Act.objects.concerning(user)[:8]),
    }
    return common | (_newsroom(user) if newsroom else _correspondent(user))


def _newsroom(user) -> dict:
    waiting = list(with_reviews(Article.objects.waiting_for(user).for_desk_list()))
    return {
        "waiting": waiting,
        "waiting_pks": {article.pk for article in waiting},
        "mine": _own(user)[:SHOWN],
        "issues": issue_cards() if may_see_issues(user) else [],
        # Translators: a date format of Django's: day, weekday and time.
        "today": date_format(timezone.localtime(), _("l, j M, H:i")),
    }


def _correspondent(user) -> dict:
    mine = _own(user)
    returned = [article for article in mine if article.filed_by == user and was_returned(article)]
    for article in returned:
        article.returning_act = article.acts.for_display().first()
    others = [article for article in mine if article not in returned]
    return {"returned": returned, "mine": others[:SHOWN]}


def _own(user) -> list[Article]:
    own = Article.objects.written_by(user).kept().for_desk_list().order_by("-moved_at")
    return list(with_reviews(own)[:MOST])


def issue_cards() -> list[IssueCard]:
    """Return the issues at work: in planning, waiting for their hour, and the latest live one."""
    now = timezone.now()
    planned = Issue.objects.planned().select_related("release")[:2]
    closed = Issue.objects.waiting_for_their_hour().select_related("release")[:2]
    live = Issue.objects.live().newest_first().select_related("release")[:1]
    return (
        [_planned(issue, now) for issue in planned]
        + [_closed(issue, now) for issue in closed]
        + [_live(issue) for issue in live]
    )


def _name(issue: Issue) -> str:
    # Translators: a date format of Django's: month and day.
    day = date_format(issue.date, _("j M"))
    if issue.number:
        return _("No. {number}, {day}").format(number=issue.number, day=day)
    return _("Issue of {day}").format(day=issue.title or day)


def _url(issue: Issue) -> str:
    try:
        return reverse("admin:issues_issue_change", args=[issue.pk])
    except NoReverseMatch:
        return ""


def _planned(issue: Issue, now) -> IssueCard:
    planned = issue.planned_time
    when = _("planned for {when}").format(when=moment(planned)) if planned else ""
    if planned and planned > now:
        when += " · " + _("{time} to go").format(time=in_words(planned - now))
    word = str(issue.get_status_display())
    found = [("stop", "block", finding.message) for finding in blocking(issue)]
    shown, more = found[:FINDINGS], len(found) - FINDINGS
    if more > 0:
        shown.append(("quiet", "info", _("and {count} more").format(count=more)))
    return IssueCard(_name(issue), word, "plan", "", when, _url(issue), shown)


def _closed(issue: Issue, now) -> IssueCard:
    release = issue.release
    if release.held:
        tone, word, when = "stop", _("Held"), release.held_because
    elif release.publish_at:
        tone, word = "ok", _("Scheduled")
        when = _("goes live {when}, in {time}").format(
            when=moment(release.publish_at), time=in_words(release.publish_at - now)
        )
    else:
        tone, word, when = "warn", _("Closed"), _("has no hour yet")
    icon = {"stop": "block", "ok": "clock", "warn": "warn"}[tone]
    return IssueCard(_name(issue), word, icon, tone, when, _url(issue))


def _live(issue: Issue) -> IssueCard:
    when = _("live since {when}").format(when=moment(issue.release.publish_at))
    return IssueCard(_name(issue), _("Live"), "live", "ok", when, _url(issue))
