"""A piece before it is written: what the newsroom asks for (约稿), what it is offered (报题)."""

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.kinds import Kind
from articles.models import Article, Section
from issues import triggers
from issues.models.issues import FIRST_DAY, LAST_DAY, Issue, midnight
from issues.querysets import PUT_ASIDE, AssignmentQuerySet
from issues.statuses import ASSIGNMENT_MOVES, AssignmentState
from newsroom.people.guards import keeps_history, never_deleted, only_grows
from newsroom.people.models import Unit, User


@keeps_history()
class Assignment(models.Model):
    """A piece that is wanted: what, from whom, by when, for where; and what became of it.

    That it has been filed, that it is late, that it is free again because its draft was put
    aside: all this follows from the piece and the hour, and is not stored.
    """

    State = AssignmentState

    topic = models.CharField(_("topic"), max_length=120)
    brief = models.TextField(
        _("what it should tell"), blank=True, help_text=_("Angle, whom to ask, what must be in it.")
    )
    kind = models.CharField(_("kind"), max_length=18, choices=Kind, default=Kind.NEWS)
    length = models.PositiveSmallIntegerField(_("characters wanted"), null=True, blank=True)
    section = models.ForeignKey(
        Section, models.PROTECT, verbose_name=_("section"), related_name="+", null=True, blank=True
    )
    state = models.CharField(
        _("state"), max_length=8, choices=AssignmentState, default=AssignmentState.OPEN
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("asked of"),
        related_name="+",
        null=True,
        blank=True,
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name=_("asked of a unit"),
        related_name="+",
        null=True,
        blank=True,
    )
    due_at = models.DateTimeField(_("wanted by"))
    issue = models.ForeignKey(
        Issue,
        models.PROTECT,
        verbose_name=_("for the issue"),
        related_name="assignments",
        null=True,
        blank=True,
    )
    page = models.PositiveSmallIntegerField(_("for page"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("asked by"),
        related_name="+",
        null=True,
        blank=True,
    )
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("offered by"),
        related_name="+",
        null=True,
        blank=True,
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("written by"),
        related_name="+",
        null=True,
        blank=True,
    )
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(name="assignment_by_deadline", fields=["due_at"])]
        constraints = [
            models.CheckConstraint(name="assignment_has_a_topic", condition=~Q(topic="")),
            models.CheckConstraint(
                name="assignment_is_of_somebody_or_of_a_unit",
                condition=Q(person__isnull=False, unit=None) | Q(person=None, unit__isnull=False),
                violation_error_message=_("Name one person or one unit to write it."),
            ),
            models.CheckConstraint(
                name="assignment_was_asked_for_or_offered",
                condition=Q(asked_by__isnull=False) | Q(offered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_at_work_names_who_asked",
                condition=~Q(state__in=("open", "taken")) | Q(asked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="taken_assignment_has_its_piece_and_its_writer",
                condition=Q(state="taken", article__isnull=False, taken_by__isnull=False)
                | ~Q(state="taken") & Q(article=None, taken_by=None),
            ),
            models.UniqueConstraint(
                name="a_piece_answers_one_assignment",
                fields=["article"],
                violation_error_message=_("The piece answers another assignment already."),
            ),
            models.CheckConstraint(
                name="assignment_names_a_page_of_an_issue",
                condition=Q(page=None) | Q(page__range=(1, 999), issue__isnull=False),
                violation_error_message=_("A page is named with its issue."),
            ),
            models.CheckConstraint(
                name="assignment_is_due_in_the_calendar",
                condition=Q(due_at__range=(midnight(FIRST_DAY), midnight(LAST_DAY))),
                violation_error_message=_("Look at the year once more."),
            ),
        ]
        triggers = [
            *never_deleted("An assignment"),
            pgtrigger.FSM(
                name="assignment_moves_by_the_table",
                field="state",
                transitions=sorted(
                    {
                        (old.value, new.value)
                        for olds, new in ASSIGNMENT_MOVES.values()
                        for old in olds
                    }
                ),
            ),
            pgtrigger.Trigger(
                name="assignment_begins_open_or_offered",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.state NOT IN ('open', 'offered')"),
                func=triggers.ASSIGNMENT_BEGINS_OPEN_OR_OFFERED,
            ),
        ]

    def __str__(self):
        return self.topic

    @property
    def was_put_aside(self) -> bool:
        """Whether the piece begun for it was rejected or discarded."""
        return self.state == AssignmentState.TAKEN and self.article.status in PUT_ASIDE

    @property
    def is_free(self) -> bool:
        """Whether somebody who is asked may begin now; ``AssignmentQuerySet.free`` is the same."""
        return self.state == AssignmentState.OPEN or self.was_put_aside

    @property
    def handed_in_at(self) -> datetime | None:
        """When its piece was first submitted; ``for_desk`` brings it along for lists."""
        if self.state != AssignmentState.TAKEN or self.was_put_aside:
            return None
        if hasattr(self, "submitted_at"):
            return self.submitted_at
        first = self.article.reviews.order_by("pk").first()
        return first.started_at if first else None

    def is_late(self, at: datetime) -> bool:
        """Say whether it was wanted before an instant and has not been handed in."""
        at_work = self.state in (AssignmentState.OPEN, AssignmentState.TAKEN)
        return at_work and self.due_at < at and self.handed_in_at is None

    @property
    def asked_of(self) -> User | Unit:
        """The person or the unit it was asked of."""
        return self.person or self.unit


class AssignmentAct(models.Model):
    """Something somebody did with an assignment. Only ever added."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, verbose_name=_("assignment"), related_name="acts"
    )
    verb = models.CharField(_("verb"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("by"),
        related_name="assignment_acts",
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("act on an assignment")
        verbose_name_plural = _("acts on assignments")
        ordering = ["-pk"]
        triggers = only_grows("The record of acts on assignments")

    def __str__(self):
        return f"{self.verb} · {self.by}"
