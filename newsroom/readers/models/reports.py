"""Errors that readers report: what they wrote, who answers by when, and what became of it."""

import hashlib
from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.models import Article, Correction, Version
from newsroom.people.guards import (
    Refuse,
    keeps_history,
    never_deleted,
    only_grows,
    refusing,
)

# What somebody has sent they can change or take back for so long (工信厅信管函〔2021〕67号).
RECONSIDERED = timedelta(minutes=10)
WORKING_DAYS = 5  # a simple question is answered within so many (国办秘函〔2019〕19号)
CONTACT_KEPT = timedelta(days=90)  # after the answer
LONGEST_WORDS, LONGEST_CONTACT = 500, 100


def hash_of_secret(secret: str) -> str:
    """Return what is kept of the address of a receipt: it cannot be made into one again."""
    return hashlib.sha256(f"newsroom.readers.receipt:{secret}".encode()).hexdigest()


# A report counts as answered when it was, or when the correction it led to is public: nobody has
# to be awake for that. One that was merged is answered with the one it was merged into.
_OWN = Coalesce("closed_at", "correction__signed_at")
_OF_HEAD = Coalesce("merged_into__closed_at", "merged_into__correction__signed_at")
_HAS_ANSWER = Q(closed_at__isnull=False) | Q(correction__signed_at__isnull=False)


class ErrorReportQuerySet(models.QuerySet):
    def open(self):
        """Reports that wait for an answer, one for each error: none merged, none taken back."""
        return self.filter(merged_into=None, taken_back_at=None).exclude(_HAS_ANSWER)

    def answered(self):
        """Reports that have their answer, one for each error."""
        return self.filter(_HAS_ANSWER, merged_into=None)

    def late(self, at: datetime):
        """Open reports whose time had run out at an instant."""
        return self.open().filter(due_at__lte=at)

    def due_between(self, first: datetime, last: datetime):
        """Open reports whose time runs out after an instant, up to another."""
        return self.open().filter(due_at__gt=first, due_at__lte=last)

    def had_by(self, person):
        """Open reports that somebody has taken."""
        return self.open().filter(taken_by=person)

    def in_correction(self):
        """Open reports whose correction is on its way through the rounds."""
        drawn_up = Q(correction__isnull=False, correction__dropped_at=None)
        return self.open().filter(drawn_up)

    def oldest_first(self):
        """In the order of the clock."""
        return self.order_by("due_at", "pk")

    def latest_first(self):
        """What came last at the top, for looking back."""
        return self.order_by("-left_at", "-pk")

    def like(self, report):
        """Open reports of another reader with the same words about the same place."""
        return self.open().filter(
            article=report.article_id, place=report.place, paragraph=report.paragraph,
            wrong=report.wrong, right=report.right,
        ).exclude(pk=report.pk)  # fmt: skip

    def beside(self, report):
        """Open reports of the same piece, the same place first: they may tell the same error."""
        here = Case(
            When(place=report.place, paragraph=report.paragraph, then=0),
            default=1, output_field=models.IntegerField(),
        )  # fmt: skip
        others = self.open().filter(article=report.article_id).exclude(pk=report.pk)
        return others.order_by(here, "pk")

    def of_secret(self, secret: str):
        """The report whose receipt somebody asks for."""
        return self.filter(secret_hash=hash_of_secret(secret))

    def for_receipt(self):
        """With what a receipt tells: the piece, and the answer, its own or of another."""
        return self.select_related(
            "article__sealed", "article__release", "version", "correction",
            "merged_into__correction",
        )  # fmt: skip

    def for_desk(self):
        """With what a line of the queue shows, in one statement."""
        return self.select_related(
            "article__sealed", "article__release", "article__filed_by", "version", "taken_by",
            "correction", "closed_by", "merged_into",
        ).annotate(readers=Count("merged", filter=Q(merged__taken_back_at=None)) + 1)  # fmt: skip

    def to_be_mailed(self):
        """Answered reports whose reader left an e-mail address and has not been written to."""
        with_answer = self.annotate(answer_at=Coalesce(_OWN, _OF_HEAD))
        return with_answer.filter(
            answer_at__isnull=False, taken_back_at=None, mailed_at=None, contact__contains="@"
        ).exclude(
            Q(outcome=ErrorReport.Outcome.SET_ASIDE)
            | Q(merged_into__outcome=ErrorReport.Outcome.SET_ASIDE)
        )

    def forget_contacts(self) -> int:
        """Take off how to reach readers ninety days after their answer; return of how many."""
        old = self.alias(answer_at=Coalesce(_OWN, _OF_HEAD)).filter(
            ~Q(contact=""), answer_at__lt=Now() - CONTACT_KEPT
        )
        return self.filter(pk__in=list(old.values_list("pk", flat=True))).update(contact="")


JOINS_A_HEAD = refusing(
    """
    IF NEW.merged_into_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM readers_errorreport WHERE id = NEW.merged_into_id
               AND (merged_into_id IS NOT NULL OR article_id <> NEW.article_id))
       OR EXISTS (SELECT 1 FROM readers_errorreport WHERE merged_into_id = NEW.id) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    gettext_noop("reports are merged into one that stands by itself, of the same piece"),
)


@keeps_history(exclude=("wrong", "right", "contact", "secret_hash"))
class ErrorReport(models.Model):
    """What a reader says is wrong in a piece, in the version they read.

    ``paragraph`` counts from 0 in the text of ``version``; ``quote`` is that paragraph. For ten
    minutes the words are the reader's to change; afterwards nobody changes them.
    """

    class Place(models.TextChoices):
        TITLE = "title", _("The headline")
        PARAGRAPH = "paragraph", _("A paragraph")
        PICTURE = "picture", _("A picture or its caption")
        NAME = "name", _("A name or a date under the headline")
        WHOLE = "whole", _("Something else in this piece")

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        NOTHING_WRONG = "nothing", _("Nothing wrong")
        SET_ASIDE = "aside", _("Set aside")

    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="+"
    )
    version = models.ForeignKey(
        Version, models.PROTECT, verbose_name=_("version the reader saw"), related_name="+"
    )
    place = models.CharField(_("place"), max_length=9, choices=Place)
    paragraph = models.PositiveIntegerField(_("paragraph"), null=True, blank=True)
    quote = models.TextField(_("paragraph as the reader saw it"), blank=True)
    wrong = models.CharField(_("what is wrong"), max_length=LONGEST_WORDS, blank=True)
    right = models.CharField(_("what would be right"), max_length=LONGEST_WORDS, blank=True)
    contact = models.CharField(_("how to reach the reader"), max_length=LONGEST_CONTACT, blank=True)
    secret_hash = models.CharField(_("hash of the receipt"), max_length=64, unique=True)
    left_at = models.DateTimeField(_("left at"), db_default=Now())
    due_at = models.DateTimeField(_("to be answered by"))
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("taken by"),
        related_name="+",
        null=True,
        blank=True,
    )
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("merged into"),
        related_name="merged",
        null=True,
        blank=True,
    )
    correction = models.ForeignKey(
        Correction,
        models.PROTECT,
        verbose_name=_("correction"),
        related_name="+",
        null=True,
        blank=True,
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(_("answer to the reader"), blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("answered by"),
        related_name="+",
        null=True,
        blank=True,
    )
    closed_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("answer mailed at"), null=True, blank=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                name="open_report_by_clock",
                fields=["due_at", "id"],
                condition=Q(closed_at=None, taken_back_at=None, merged_into=None),
            ),
            models.Index(name="report_with_a_contact", fields=["id"], condition=~Q(contact="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_of_a_paragraph_quotes_it",
                condition=Q(place="paragraph", paragraph__isnull=False) & ~Q(quote="")
                | ~Q(place="paragraph") & Q(paragraph=None, quote=""),
            ),
            models.CheckConstraint(
                name="report_has_words_or_was_taken_back",
                condition=~Q(wrong="") & Q(taken_back_at=None)
                | Q(taken_back_at__isnull=False, wrong="", right="", contact=""),
            ),
            models.CheckConstraint(
                name="taken_report_says_since_when",
                condition=Q(taken_by=None, taken_at=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_report_names_who_and_what",
                condition=Q(closed_at=None, closed_by=None, outcome="", answer="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="report_that_was_judged_has_an_answer",
                condition=Q(outcome__in=["", "aside"]) | ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="report_is_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
            ),
        ]
        triggers = [
            *never_deleted("A report of an error"),
            Refuse(
                name="stays_as_it_was_left",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("article", "secret_hash", "left_at", "due_at"),
                sentence="A report stays as it was left",
            ),
            Refuse(
                name="words_stay_after_ten_minutes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "clock_timestamp() > OLD.left_at + interval '10 minutes' AND ("
                    "(OLD.wrong, OLD.right, OLD.place, OLD.paragraph, OLD.quote, OLD.version_id,"
                    " OLD.taken_back_at) IS DISTINCT FROM"
                    " (NEW.wrong, NEW.right, NEW.place, NEW.paragraph, NEW.quote, NEW.version_id,"
                    " NEW.taken_back_at)"
                    " OR NEW.contact IS DISTINCT FROM OLD.contact AND NEW.contact <> '')"
                ),
                sentence="Ten minutes after a report was left its words stay as they are",
            ),
            Refuse(
                name="stays_taken_back",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.taken_back_at IS NOT NULL"),
                sentence="A report that its reader took back stays taken back",
            ),
            pgtrigger.Trigger(
                name="report_joins_a_head",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=JOINS_A_HEAD,
            ),
        ]

    def __str__(self):
        return self.wrong or str(_("a report that was taken back"))

    @property
    def head(self) -> "ErrorReport":
        """The report that is answered for this one: itself, or what it was merged into."""
        return self.merged_into or self

    @property
    def answered_at(self) -> datetime | None:
        """When it was answered, or its correction became public; ``answered`` is the same."""
        head = self.head
        return head.closed_at or (head.correction.signed_at if head.correction else None)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer by itself; ``open`` says the same of many."""
        return not self.merged_into_id and self.taken_back_at is None and self.answered_at is None

    @property
    def correction_under_way(self) -> Correction | None:
        """The correction drawn up for it, unless that was dropped."""
        made = self.correction
        return made if made and made.dropped_at is None else None

    @property
    def reconsidered_until(self) -> datetime:
        """Until when its reader can change it or take it back."""
        return self.left_at + RECONSIDERED

    def is_late(self, at: datetime) -> bool:
        """Say whether its time had run out at an instant; ``late`` says the same of many."""
        return self.is_open and self.due_at <= at

    @property
    def takes_mail(self) -> bool:
        """Whether its reader left an address that can be written to."""
        return "@" in self.contact


class ReportActQuerySet(models.QuerySet):
    def for_display(self):
        """With the names, the newest first."""
        return self.select_related("by", "to").order_by("-pk")


class ReportAct(models.Model):
    """Something somebody did with a report; without a name it was the reader. Only ever added."""

    report = models.ForeignKey(
        ErrorReport, models.PROTECT, verbose_name=_("report"), related_name="acts"
    )
    verb = models.CharField(_("verb"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("by"),
        related_name="+",
        null=True,
        blank=True,
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("to"),
        related_name="+",
        null=True,
        blank=True,
    )
    at = models.DateTimeField(_("at"), db_default=Now())
    note = models.TextField(_("note"), blank=True)

    objects = ReportActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act on a report")
        verbose_name_plural = _("acts on reports")
        ordering = ["-pk"]
        triggers = only_grows("The record of acts on reports")

    def __str__(self):
        return f"{self.verb} · {self.by or '—'}"
