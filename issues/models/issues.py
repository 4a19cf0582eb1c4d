"""The dated issue, its pages, and what stands where on them."""

import datetime

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from articles.models import Article, Release
from articles.reading import PARTS
from issues import triggers
from issues.models.formats import PageFormat
from issues.querysets import IssueQuerySet, PageQuerySet, PlacementQuerySet
from issues.statuses import TRANSITIONS, IssueKind, Status
from newsroom.people.guards import keeps_history, never_deleted, never_truncated
from newsroom.people.working_time import is_announced

# A year that was half typed. Beyond them calendars cannot be reckoned with, nor moments read back.
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)
MOST_COMBINED = 9  # running numbers of one issue


def midnight(day: datetime.date) -> datetime.datetime:
    """Return the aware instant at which a day begins, in UTC."""
    return datetime.datetime.combine(day, datetime.time.min, datetime.UTC)


@keeps_history()
class Issue(models.Model):
    """One dated edition of the paper. It goes live whole, when its release is due."""

    Status = Status
    Kind = IssueKind

    date = models.DateField(_("date"))
    sequence = models.PositiveSmallIntegerField(
        _("sequence on that date"), default=1, help_text=_("1 for the day's first issue.")
    )
    number = models.PositiveIntegerField(
        _("running number"),
        null=True,
        blank=True,
        unique=True,
        help_text=_("总第N期: given when the issue is closed, never reused."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=IssueKind, default=IssueKind.REGULAR)
    combines = models.PositiveSmallIntegerField(
        _("running numbers it takes"),
        default=1,
        help_text=_("2 or more for a combined issue (合刊)."),
    )
    numbered = models.BooleanField(
        _("takes a running number"),
        default=True,
        help_text=_("An extra issue (号外) may go without."),
    )
    title = models.CharField(
        _("title"), max_length=60, blank=True, help_text=_("Only for special issues.")
    )
    planned_time = models.DateTimeField(
        _("planned for"), null=True, blank=True, help_text=_("A plan; scheduling sets the hour.")
    )
    copy_due_at = models.DateTimeField(_("copy deadline"), null=True, blank=True)
    closes_by = models.DateTimeField(_("closing deadline"), null=True, blank=True)
    slot = models.DateField(
        _("day of the publication calendar"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The day for which it was planned; it keeps it when it is moved."),
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.PLANNING)
    release = models.OneToOneField(
        Release, models.PROTECT, verbose_name=_("release"), related_name="issue"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["-date", "-sequence"]
        constraints = [
            models.UniqueConstraint(
                name="issue_is_unique_by_date_and_sequence",
                fields=["date", "sequence"],
                condition=~Q(status="cancelled"),
                violation_error_message=_("There is an issue of this date and sequence already."),
            ),
            models.CheckConstraint(
                name="issues_of_a_day_count_from_one", condition=Q(sequence__gte=1)
            ),
            models.CheckConstraint(
                name="a_day_has_as_many_issues_as_addresses",
                condition=Q(sequence__lte=99),
                violation_error_message=_("A day has 99 issues at most."),
            ),
            models.CheckConstraint(
                name="issue_stands_in_the_calendar",
                condition=Q(date__range=(FIRST_DAY, LAST_DAY)),
                violation_error_message=_("Look at the year once more."),
            ),
            models.CheckConstraint(
                name="issue_is_planned_for_a_time_in_the_calendar",
                condition=Q(planned_time=None)
                | Q(planned_time__range=(midnight(FIRST_DAY), midnight(LAST_DAY))),
                violation_error_message=_("Look at the year once more."),
            ),
            models.CheckConstraint(
                name="closed_issue_has_its_number",
                condition=~Q(status="closed") | Q(number__isnull=False) | Q(numbered=False),
            ),
            models.CheckConstraint(
                name="closed_issue_knows_when_it_was_closed",
                condition=~Q(status="closed") & Q(closed_at=None)
                | Q(status="closed", closed_at__isnull=False),
            ),
            ExclusionConstraint(
                name="no_running_number_is_in_two_issues",
                expressions=[
                    (
                        Func(F("number"), F("number") + F("combines"), function="int4range"),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(number__isnull=False),
                violation_error_message=_("This running number has been given already."),
            ),
            models.CheckConstraint(
                name="running_numbers_count_from_one", condition=Q(number=None) | Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="combined_issue_takes_several_numbers",
                condition=Q(kind="combined", combines__range=(2, MOST_COMBINED))
                | ~Q(kind="combined") & Q(combines=1),
                violation_error_message=_(
                    "A combined issue takes 2 to 9 running numbers, any other one."
                ),
            ),
            models.CheckConstraint(
                name="only_an_extra_goes_without_number",
                condition=Q(numbered=True) | Q(kind="extra", number=None),
                violation_error_message=_("Only an extra issue goes without a running number."),
            ),
            models.CheckConstraint(
                name="cancelled_issue_has_no_number",
                condition=~Q(status="cancelled") | Q(number=None),
            ),
            models.UniqueConstraint(name="day_of_the_calendar_is_filled_once", fields=["slot"]),
            models.CheckConstraint(
                name="copy_is_due_before_the_issue_is_closed",
                condition=Q(copy_due_at=None)
                | Q(closes_by=None)
                | Q(copy_due_at__lte=F("closes_by")),
                violation_error_message=_("The copy deadline comes after the closing deadline."),
            ),
            models.CheckConstraint(
                name="issue_is_closed_before_it_goes_out",
                condition=Q(planned_time=None)
                | (Q(closes_by=None) | Q(closes_by__lte=F("planned_time")))
                & (Q(copy_due_at=None) | Q(copy_due_at__lte=F("planned_time"))),
                violation_error_message=_("A deadline comes after the hour it goes out."),
            ),
            models.CheckConstraint(
                name="deadlines_stand_in_the_calendar",
                condition=(
                    Q(copy_due_at=None)
                    | Q(copy_due_at__range=(midnight(FIRST_DAY), midnight(LAST_DAY)))
                )
                & (
                    Q(closes_by=None)
                    | Q(closes_by__range=(midnight(FIRST_DAY), midnight(LAST_DAY)))
                ),
                violation_error_message=_("Look at the year once more."),
            ),
        ]
        triggers = [
            *never_deleted("An issue"),
            pgtrigger.FSM(
                name="issue_status_moves_by_the_table",
                field="status",
                transitions=sorted(
                    {(old.value, new.value) for olds, new in TRANSITIONS.values() for old in olds}
                ),
            ),
            pgtrigger.Trigger(
                name="issue_begins_in_planning",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.status <> 'planning'"),
                func=triggers.ISSUE_BEGINS_IN_PLANNING,
            ),
            pgtrigger.Trigger(
                name="issue_begins_without_an_hour",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=triggers.ISSUE_BEGINS_WITHOUT_AN_HOUR,
            ),
            pgtrigger.Trigger(
                name="live_issue_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=triggers.LIVE_ISSUE_STAYS,
            ),
            pgtrigger.Trigger(
                name="closed_issue_is_whole",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("NEW.status = 'closed' AND OLD.status <> 'closed'"),
                func=triggers.CLOSED_ISSUE_IS_WHOLE,
            ),
            pgtrigger.Trigger(
                name="cancelled_issue_is_empty",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.status = 'cancelled'"),
                func=triggers.CANCELLED_ISSUE_IS_EMPTY,
            ),
        ]

    def __str__(self):
        return self.title or str(_("issue of {day}").format(day=self.address))

    def get_absolute_url(self):
        """Return the issue's public address."""
        return reverse("issues:issue", args=[self.address])

    @property
    def numbers(self) -> str:
        """Its running number, or both ends of those it takes: 1287—1288. Nothing without one."""
        if self.number is None:
            return ""
        last = self.number + self.combines - 1
        return f"{self.number}—{last}" if last > self.number else str(self.number)

    @property
    def called(self) -> str:
        """What readers call it: by its number, or an extra issue by its title."""
        if self.number is None:
            return self.title or str(self.get_kind_display())
        return str(_("No. {number}").format(number=self.numbers))

    @property
    def is_provisional(self) -> bool:
        """Whether the holidays of its year are not announced: only weekdays are known of it."""
        return not is_announced(self.date.year)

    @property
    def address(self) -> str:
        """How the issue is named in addresses: its date, and its sequence from the second on."""
        return f"{self.date:%Y-%m-%d}" + (f"-{self.sequence}" if self.sequence > 1 else "")

    def is_live(self, at) -> bool:
        """Say whether residents can read it at ``at``, an aware datetime."""
        return self.status == Status.CLOSED and self.release.is_due(at)


class IssueRelease(Release):
    """The release of an issue; a proxy, so that its guard stands on this side of the arrow."""

    class Meta:
        proxy = True
        verbose_name = _("release of an issue")
        verbose_name_plural = _("releases of issues")
        triggers = [
            pgtrigger.Trigger(
                name="hour_only_for_a_closed_issue",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=triggers.HOUR_ONLY_FOR_A_CLOSED_ISSUE,
            ),
            pgtrigger.Trigger(
                name="piece_is_out_when_its_issue_is",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=triggers.PIECE_IS_OUT_WHEN_ITS_ISSUE_IS,
            ),
        ]


@keeps_history()
class Page(models.Model):
    """A numbered, named page of an issue (第2版·综合新闻)."""

    issue = models.ForeignKey(Issue, models.PROTECT, verbose_name=_("issue"), related_name="pages")
    number = models.PositiveSmallIntegerField(_("page number"))
    name = models.CharField(_("name"), max_length=30, blank=True)
    format = models.ForeignKey(
        PageFormat,
        models.PROTECT,
        verbose_name=_("format"),
        related_name="pages",
        null=True,
        blank=True,
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["issue", "number"]
        constraints = [
            models.UniqueConstraint(
                name="page_number_is_unique_in_its_issue",
                fields=["issue", "number"],
                violation_error_message=_("The issue has a page of this number already."),
            ),
            models.CheckConstraint(name="pages_count_from_one", condition=Q(number__gte=1)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="pages_of_a_closed_issue_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=triggers.PAGES_OF_A_CLOSED_ISSUE_STAY,
            ),
            never_truncated("A page"),
        ]

    def __str__(self):
        return str(_("page {number} {name}").format(number=self.number, name=self.name)).strip()

    def get_absolute_url(self):
        """Return the page's public address."""
        return reverse("issues:page", args=[self.issue.address, self.number])

    @property
    def budget(self) -> int | None:
        """How many characters it holds; None where nobody has given it a format."""
        return self.format.characters if self.format_id else None

    @property
    def label(self) -> str:
        """How readers call it: 第2版 综合新闻."""
        number = pgettext("reader", "Page {number}").format(number=self.number)
        return f"{number}\u3000{self.name}" if self.name else str(number)


@keeps_history()
class Placement(models.Model):
    """Where a piece stands: its page, its place on it, its weight."""

    class Weight(models.TextChoices):
        LEAD = "lead", _("Lead")
        NORMAL = "normal", _("Normal")
        BRIEF = "brief", _("Brief")

    page = models.ForeignKey(
        Page, models.PROTECT, verbose_name=_("page"), related_name="placements"
    )
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    weight = models.CharField(_("weight"), max_length=6, choices=Weight, default=Weight.NORMAL)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["page__number", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_piece_stands_in_one_place",
                fields=["page", "position"],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Two pieces stand in the same place."),
            ),
            models.UniqueConstraint(
                name="page_has_one_lead",
                fields=["page"],
                condition=Q(weight="lead"),
                violation_error_message=_("A page has one lead."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="layout_of_a_closed_issue_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=triggers.LAYOUT_OF_A_CLOSED_ISSUE_STAYS,
            ),
            pgtrigger.Trigger(
                name="piece_stands_once_in_an_issue",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=triggers.PIECE_STANDS_ONCE_IN_AN_ISSUE,
            ),
            pgtrigger.Trigger(
                name="cancelled_issue_takes_no_piece",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=triggers.CANCELLED_ISSUE_TAKES_NO_PIECE,
            ),
            pgtrigger.Trigger(
                name="issues_hold_news",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=triggers.ISSUES_HOLD_NEWS,
            ),
            never_truncated("A placement"),
        ]

    def __str__(self):
        return f"{self.page} · {self.article}"

    @cached_property
    def piece(self) -> Article:
        """The piece with all that ``for_list`` fetched for it."""
        for part in PARTS:
            setattr(self.article, part, getattr(self, part))
        return self.article
