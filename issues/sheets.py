"""The sign-off sheet (审签单) of an issue: page by page who signed which version of which piece."""

from datetime import datetime

from django.db.models import F, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Round, Signature
from articles.rows import Rows
from articles.sheets import frame, grouped, moment, signed_as
from articles.typeset import Row, Sheet, Table
from issues.models import Issue, IssueAct, Page, Placement
from issues.wording import state_of
from newsroom.people.models import User

SHORT = 8  # characters of a fingerprint


def issue_sheet(issue: Issue, *, by: User, at: datetime) -> Sheet:
    """Return the sheet of an issue as it stands now; the same statements for four pages and forty.

    ``by`` is who prints it. Normal issues fit one page of A4.
    """
    placed = _placed(issue)
    # Translators: a date format of Django's: day, month and year, as it is printed.
    day = date_format(issue.date, _("j F Y"))
    number = _("No. {number}").format(number=issue.numbers) if issue.number else issue.address
    return Sheet(
        **frame(by, at),
        number=number,
        title=issue.title or _("Issue of {day}").format(day=day),
        facts=_facts(issue, placed, at),
        tables=_tables(issue, placed),
        hands=[_("Checked"), _("Date")],
    )


def _placed(issue: Issue) -> list[Placement]:
    """Return what stands in the issue, each piece with the signatures it went out with."""
    under = Signature.objects.under(OuterRef("sealed"))
    placed = list(Placement.objects.of_issue(issue).select_related("page__issue"))
    articles = (
        Article.objects.filter(pk__in=[place.article_id for place in placed])
        .select_related("sealed", "round")
        .annotate(
            signed=Rows(
                under,
                "signed_at",
                name=F("signer__name"),
                principal=F("on_behalf_of__name"),
                round_position=F("round__position"),
            )
        )
        .in_bulk()
    )
    for place in placed:
        place.article = articles[place.article_id]
    return placed


def _facts(issue: Issue, placed: list[Placement], at: datetime) -> list[tuple[str, str]]:
    signed = sum(place.article.sealed_id is not None for place in placed)
    done = {act.verb: act for act in issue.acts.select_related("by").order_by("pk")}
    hour = issue.release.publish_at
    return [
        (_("Date"), date_format(issue.date, "DATE_FORMAT")),
        (_("Status"), state_of(issue, at).label),
        (_("Closed"), _act(done.get("close")) if issue.closed_at else "—"),
        (_("Scheduled"), _act(done.get("schedule")) if hour else "—"),
        (_("Goes live"), moment(hour) or "—"),
        (_("Planned for"), moment(issue.planned_time) or "—"),
        (_("Pieces"), str(len(placed))),
        (_("Signed off"), f"{signed} / {len(placed)}"),
    ]


def _act(act: IssueAct | None) -> str:
    return f"{act.actor}　{moment(act.at)}" if act else "—"


def _tables(issue: Issue, placed: list[Placement]) -> list[Table]:
    """Return a table for each page; a column for each round that somebody signed or will sign."""
    in_force = Round.objects.filter(route__is_in_force=True).order_by("position")
    rounds = [each.name for each in in_force]
    given = (each.round_position for place in placed for each in place.article.signed)
    most = max([len(rounds), *given], default=0)
    further = range(len(rounds) + 1, most + 1)
    names = rounds + [_("Round {number}").format(number=number) for number in further]
    heads = ["#", _("Title"), *names, _("Version"), _("Sealed"), _("Fingerprint")]
    widths = [2, 18, *([6] * most), 3, 7, 6]
    return [
        Table(
            title=_page(page, here),
            heads=heads,
            widths=widths,
            rows=[_row(place, most) for place in here],
            more="" if here else _("Nothing stands here."),
            codes=[most + 4],
        )
        for page in issue.pages.order_by("number")
        for here in [[place for place in placed if place.page_id == page.pk]]
    ]


def _page(page: Page, here: list[Placement]) -> str:
    count = ngettext("{n} piece", "{n} pieces", len(here)).format(n=len(here))
    return f"{page.label}　{count}"


def _row(place: Placement, most: int) -> Row:
    article, seal = place.article, place.article.sealed
    by_round = {each.round_position: each for each in article.signed}
    names = [_name(by_round.get(position)) for position in range(1, most + 1)]
    title = (seal.headline if seal else "") or article.title
    if place.weight == Placement.Weight.LEAD:
        title = _("{title} (lead)").format(title=title)
    if article.withdrawn_at:
        title = _("{title} (withdrawn {at})").format(title=title, at=moment(article.withdrawn_at))
    if seal is None:
        state = article.round.name if article.round else str(article.get_status_display())
        return Row([str(place.position + 1), title, *names, "", state, ""])
    return Row(
        [
            str(place.position + 1),
            title,
            *names,
            str(seal.number),
            _short(seal.sealed_at, place.page.issue),
            grouped(seal.fingerprint, SHORT),
        ],
        struck=article.withdrawn_at is not None,
    )


def _short(at: datetime, issue: Issue) -> str:
    """Return an instant without its year where that is the issue's."""
    here = timezone.localtime(at)
    return f"{here:%m-%d %H:%M}" if here.year == issue.date.year else moment(at)


def _name(signature) -> str:
    return signed_as(signature.name, signature.principal) if signature else "—"
