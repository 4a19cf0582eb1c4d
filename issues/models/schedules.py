"""The publication calendar: on which days the paper comes out, by when, with which pages."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from issues.calendar_questions import PageTemplateQuerySet, ScheduleQuerySet, SpecialDayQuerySet
from issues.models.formats import PageFormat
from issues.models.issues import FIRST_DAY, LAST_DAY
from issues.rhythm import EVERY_DAY, OnHoliday, Rule
from newsroom.people.guards import keeps_history, never_deleted, never_truncated

MOST_DAYS_BEFORE = 14


@dataclass(frozen=True)
class Hours:
    """The instants of one issue: when it goes out, and by when copy and layout are ready."""

    planned_time: datetime
    copy_due_at: datetime
    closes_by: datetime


@keeps_history()
class PageTemplate(models.Model):
    """A list of pages to begin an issue with (版面模板)."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    is_offered = models.BooleanField(
        _("offered"), default=True, help_text=_("Whether it can be chosen for new issues.")
    )

    objects = PageTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("page template")
        verbose_name_plural = _("page templates")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="page_template_has_a_name", condition=~Q(name="")),
        ]
        triggers = never_deleted("A page template")

    def __str__(self):
        return self.name

    @property
    def as_pages(self) -> list[tuple]:
        """Its pages as an issue begins with them: number, name, format."""
        return [(page.number, page.name, page.format_id) for page in self.pages.all()]


@keeps_history()
class TemplatePage(models.Model):
    """A page of a template: its number, its name, its format."""

    template = models.ForeignKey(
        PageTemplate, models.PROTECT, verbose_name=_("page template"), related_name="pages"
    )
    number = models.PositiveSmallIntegerField(
        _("page number"), validators=[MinValueValidator(1), MaxValueValidator(999)]
    )
    name = models.CharField(_("page name"), max_length=30, blank=True)
    format = models.ForeignKey(
        PageFormat,
        models.PROTECT,
        verbose_name=_("page format"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("page of a template")
        verbose_name_plural = _("pages of a template")
        ordering = ["template", "number"]
        constraints = [
            models.UniqueConstraint(
                name="page_number_is_unique_in_its_template",
                fields=["template", "number"],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("The template has a page of this number already."),
            ),
            models.CheckConstraint(
                name="pages_of_templates_count_from_one", condition=Q(number__range=(1, 999))
            ),
        ]
        triggers = [never_truncated("A page of a template")]

    def __str__(self):
        return str(_("page {number} {name}").format(number=self.number, name=self.name)).strip()


def _days_before(label, default: int):
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MaxValueValidator(MOST_DAYS_BEFORE)]
    )


@keeps_history()
class Schedule(models.Model):
    """A rule: on these weekdays, from a day on, the paper comes out; by when, with which pages.

    Of two rules for one day the one that begins later counts. Hours are the newspaper's.
    """

    OnHoliday = OnHoliday

    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("comes out on"), help_text=""
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("to"), null=True, blank=True, help_text=_("Empty: until it is changed.")
    )
    goes_out_at = models.TimeField(_("goes out at"), default=time(6))
    copy_days_before = _days_before(_("copy is due, days before"), 1)
    copy_at = models.TimeField(_("copy is due at"), default=time(17))
    closing_days_before = _days_before(_("is closed, days before"), 1)
    closing_at = models.TimeField(_("is closed by"), default=time(20))
    template = models.ForeignKey(
        PageTemplate, models.PROTECT, verbose_name=_("page template"), related_name="schedules"
    )
    on_holiday = models.CharField(
        _("on a public holiday"), max_length=6, choices=OnHoliday, default=OnHoliday.SKIP
    )
    on_make_up_days = models.BooleanField(
        _("an issue on make-up working days, too"),
        default=False,
        help_text=_("Saturdays and Sundays that are worked for a holiday (调休)."),
    )

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of the publication calendar")
        verbose_name_plural = _("rules of the publication calendar")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="rule_has_weekdays",
                condition=Q(weekdays__contained_by=list(EVERY_DAY), weekdays__len__gte=1),
                violation_error_message=_("Choose at least one weekday."),
            ),
            models.CheckConstraint(
                name="rule_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                name="rule_stands_in_the_calendar",
                condition=Q(starts_on__range=(FIRST_DAY, LAST_DAY))
                & (Q(ends_on=None) | Q(ends_on__lte=LAST_DAY)),
                violation_error_message=_("Look at the year once more."),
            ),
            models.CheckConstraint(
                name="deadlines_lie_two_weeks_before_at_most",
                condition=Q(
                    copy_days_before__lte=MOST_DAYS_BEFORE,
                    closing_days_before__lte=MOST_DAYS_BEFORE,
                ),
            ),
            models.CheckConstraint(
                name="copy_is_due_before_closing",
                condition=Q(copy_days_before__gt=F("closing_days_before"))
                | Q(
                    copy_days_before=F("closing_days_before"),
                    copy_at__lte=F("closing_at"),
                ),
                violation_error_message=_("The copy deadline comes after the closing deadline."),
            ),
            models.CheckConstraint(
                name="closing_comes_before_going_out",
                condition=Q(closing_days_before__gt=0) | Q(closing_at__lte=F("goes_out_at")),
                violation_error_message=_("A deadline comes after the hour it goes out."),
            ),
        ]
        triggers = never_deleted("A rule of the publication calendar")

    def __str__(self):
        return f"{self.days_in_words} {self.goes_out_at:%H:%M}"

    @property
    def days_in_words(self) -> str:
        """Its weekdays, in words; three or more in a row by the first and the last."""
        days = sorted(self.weekdays)
        if set(days) == EVERY_DAY:
            return str(_("every day"))
        names = [str(WEEKDAYS[day - 1]) for day in days]
        if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
            return str(_("{first} to {last}").format(first=names[0], last=names[-1]))
        return "、".join(names)

    @property
    def rule(self) -> Rule:
        """It as the reckoning of days takes it."""
        return Rule(
            weekdays=frozenset(self.weekdays),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            on_holiday=OnHoliday(self.on_holiday),
            on_make_up_days=self.on_make_up_days,
            key=self.pk,
        )

    def hours_on(self, day: date) -> Hours:
        """Return the instants of an issue dated on a day, in the newspaper's time zone."""
        zone = timezone.get_default_timezone()
        return Hours(
            planned_time=datetime.combine(day, self.goes_out_at, zone),
            copy_due_at=datetime.combine(
                day - timedelta(days=self.copy_days_before), self.copy_at, zone
            ),
            closes_by=datetime.combine(
                day - timedelta(days=self.closing_days_before), self.closing_at, zone
            ),
        )


@keeps_history()
class SpecialDay(models.Model):
    """What was decided for one day, whatever the rules say."""

    class Appears(models.TextChoices):
        BY_RULE = "rule", _("as the rules say")
        NO = "no", _("no issue")
        YES = "yes", _("an issue")

    day = models.DateField(_("day"), unique=True)
    appears = models.CharField(_("decision"), max_length=4, choices=Appears)
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), auto_now=True)

    objects = SpecialDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                name="special_day_stands_in_the_calendar",
                condition=Q(day__range=(FIRST_DAY, LAST_DAY)),
                violation_error_message=_("Look at the year once more."),
            ),
            models.CheckConstraint(
                name="special_day_says_why",
                condition=Q(appears="rule") | ~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
        ]
        triggers = never_deleted("A special day")

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.get_appears_display()}"
