"""What people are told: who, of what, when they read it; and how they want to be told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Act, Article, Round
from articles.permissions import sees_everything
from issues.models import Assignment, AssignmentAct, Issue, IssueAct
from issues.permissions import may_see_issues
from newsroom.desk.kinds import Kind, Rhythm
from newsroom.desk.models.mail import Letter
from newsroom.desk.models.previews import PreviewAnswer
from newsroom.desk.models.watching import Alarm
from newsroom.desk.watch.permissions import may_watch
from newsroom.readers.models import ErrorReport
from newsroom.readers.permissions import may_see_reports

# Answered by whoever acts next: these ask for something to be done.
ASKING = (Kind.WAITING, Kind.OVERDUE)
# Each step of a piece says where it is now; the step before need not be read any more.
STEPS = (*ASKING, Kind.SIGNED, Kind.CLAIMED, Kind.SCHEDULED, Kind.LIVE)


class NoticeQuerySet(models.QuerySet):
    def to(self, person):
        """What a person is told in the desk."""
        return self.seen_by(person).filter(in_app=True)

    def seen_by(self, person):
        """What a person is told, without what they may see no more."""
        shown = self.filter(recipient=person)
        if not sees_everything(person):
            own = Article.objects.written_by(person).values("pk")
            asked = Assignment.objects.concerning(person).values("pk")
            shown = shown.filter(
                Q(article=None) | Q(article__in=own), Q(assignment=None) | Q(assignment__in=asked)
            )
        if not may_see_issues(person):
            shown = shown.exclude(article=None, issue__isnull=False)
        if not may_see_reports(person):
            shown = shown.filter(report=None)
        return shown if may_watch(person) else shown.filter(alarm=None)

    def unread(self):
        """What nobody has read or answered yet."""
        return self.filter(read_at=None)

    def steps(self):
        """What says where a piece is now."""
        return self.filter(kind__in=STEPS)

    def asking(self):
        """What waits for somebody to act."""
        return self.filter(kind__in=ASKING)

    def mark_read(self) -> int:
        """Note that all of them have been read; return how many had not."""
        return self.unread().update(read_at=timezone.now())

    def for_display(self):
        """With what a sentence needs, newest first."""
        return self.select_related(
            "act__by", "act__on_behalf_of", "act__to", "act__round", "issue_act__by", "article",
            "issue", "round", "assignment", "assignment_act__by", "alarm", "preview_answer",
            "report",
        ).order_by("-pk")  # fmt: skip


class Notice(models.Model):
    """That one person is told one thing, once. Its words are made when it is read."""

    Kind = Kind

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recipient"), related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    occasion = models.CharField(
        _("occasion"),
        max_length=80,
        help_text=_("What it tells of. A task done twice tells nobody twice."),
    )
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="+", null=True, blank=True
    )
    issue = models.ForeignKey(
        Issue, models.PROTECT, verbose_name=_("issue"), related_name="+", null=True, blank=True
    )
    act = models.ForeignKey(
        Act, models.PROTECT, verbose_name=_("act"), related_name="+", null=True, blank=True
    )
    issue_act = models.ForeignKey(
        IssueAct, models.PROTECT, verbose_name=_("act"), related_name="+", null=True, blank=True
    )
    assignment = models.ForeignKey(
        Assignment,
        models.PROTECT,
        verbose_name=_("assignment"),
        related_name="+",
        null=True,
        blank=True,
    )
    assignment_act = models.ForeignKey(
        AssignmentAct,
        models.PROTECT,
        verbose_name=_("act"),
        related_name="+",
        null=True,
        blank=True,
    )
    alarm = models.ForeignKey(
        Alarm, models.PROTECT, verbose_name=_("alarm"), related_name="+", null=True, blank=True
    )
    preview_answer = models.ForeignKey(
        PreviewAnswer,
        models.PROTECT,
        verbose_name=_("answer from outside"),
        related_name="+",
        null=True,
        blank=True,
    )
    report = models.ForeignKey(
        ErrorReport,
        models.PROTECT,
        verbose_name=_("report of an error"),
        related_name="+",
        null=True,
        blank=True,
    )
    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name=_("round"), related_name="+", null=True, blank=True
    )
    hour = models.DateTimeField(
        _("hour"), null=True, blank=True, help_text=_("The hour it speaks of.")
    )
    pieces = models.PositiveSmallIntegerField(_("pieces"), default=1)
    in_app = models.BooleanField(_("shown in the desk"), default=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    letter = models.ForeignKey(
        Letter,
        models.SET_NULL,
        verbose_name=_("letter"),
        related_name="notices",
        null=True,
        blank=True,
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        indexes = [
            models.Index(name="notice_by_person", fields=["recipient", "-id"]),
            models.Index(
                name="notice_unread", fields=["recipient"], condition=Q(read_at=None, in_app=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="person_is_told_once_of_an_occasion", fields=["recipient", "occasion"]
            ),
            models.CheckConstraint(
                name="notice_speaks_of_something",
                condition=Q(article__isnull=False)
                | Q(issue__isnull=False)
                | Q(assignment__isnull=False)
                | Q(alarm__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.recipient} · {self.get_kind_display()}"


class NoticePreference(models.Model):
    """How a person wants to be told of a kind, where it differs from what everybody gets."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("person"),
        related_name="notice_preferences",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    in_app = models.BooleanField(_("in the desk"), default=True)
    rhythm = models.CharField(_("e-mail"), max_length=8, choices=Rhythm, default=Rhythm.OFF)

    class Meta:
        verbose_name = _("notice preference")
        verbose_name_plural = _("notice preferences")
        ordering = ["person", "kind"]
        constraints = [
            models.UniqueConstraint(
                name="person_chooses_once_for_a_kind", fields=["person", "kind"]
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.get_kind_display()}"


class Told(models.Model):
    """What time did and people have been told of, so that it is told once."""

    occasion = models.CharField(_("occasion"), max_length=80, unique=True)
    told_at = models.DateTimeField(_("told at"), auto_now_add=True)

    class Meta:
        verbose_name = _("told occasion")
        verbose_name_plural = _("told occasions")
        ordering = ["-pk"]

    def __str__(self):
        return self.occasion
