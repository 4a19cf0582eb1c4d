"""What is lent to people without an account before it is out, what they opened, what they said."""

import hashlib
import hmac
import unicodedata
from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article
from issues.models import Issue
from newsroom.people.guards import Refuse, keeps_history, never_deleted, only_grows

LONGEST = timedelta(days=14)
# Tries at one code; then the newsroom makes another.
TRIES = 5


def hash_of_token(token: str) -> str:
    """Return what is kept of a link: it cannot be made into one again."""
    return hashlib.sha256(f"newsroom.preview:{token}".encode()).hexdigest()


def hash_of_code(code: str, token_hash: str) -> str:
    """Return what is kept of a code. Eight digits are guessed soon, so the site's key is in it."""
    digits = "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", code)))
    said = f"newsroom.preview.code:{token_hash}:{digits}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


class PreviewLinkQuerySet(models.QuerySet):
    def open(self):
        """Links that open something now, by the database's clock."""
        return self.filter(revoked_at=None, expires_at__gt=Now())

    def of_token(self, token: str):
        """The link somebody came by."""
        return self.filter(token_hash=hash_of_token(token))

    def waiting_on(self, article):
        """Open links to a piece that nobody has answered yet."""
        return self.open().filter(article=article, answers=None).order_by("pk")

    def with_lent(self):
        """With what is lent."""
        return self.select_related("article", "issue__release", "made_by")

    def with_openings(self):
        """With how often each was opened, and when last."""
        return self.annotate(
            times=Count("openings"),
            last_opened_at=Max("openings__at"),
        )


@keeps_history(exclude=("recipient", "organisation", "email", "token_hash", "code_hash"))
class PreviewLink(models.Model):
    """One piece, page or issue that is not out, lent to somebody by a link that runs out.

    Of link and code only hashes are kept; both are shown once, to whoever lends.
    """

    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="+", null=True, blank=True
    )
    issue = models.ForeignKey(
        Issue, models.PROTECT, verbose_name=_("issue"), related_name="+", null=True, blank=True
    )
    page = models.PositiveSmallIntegerField(_("page"), null=True, blank=True)
    recipient = models.CharField(_("for whom"), max_length=40)
    organisation = models.CharField(_("of which organisation"), max_length=60, blank=True)
    purpose = models.CharField(
        _("what to look at"), max_length=200, blank=True, help_text=_("For instance: the figures.")
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Empty: you hand the link over yourself.")
    )
    token_hash = models.CharField(_("hash of the link"), max_length=64, unique=True)
    code_hash = models.CharField(_("hash of the code"), max_length=64)
    code_tries = models.PositiveSmallIntegerField(_("tries at the code"), default=0)
    code_used_at = models.DateTimeField(_("code used at"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("lent by"), related_name="+"
    )
    made_at = models.DateTimeField(_("lent at"), db_default=Now())
    expires_at = models.DateTimeField(_("runs out at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("revoked by"),
        related_name="+",
        null=True,
        blank=True,
    )

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a preview")
        verbose_name_plural = _("links to previews")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="preview_link_lends_one_thing",
                condition=Q(article__isnull=False, issue=None, page=None)
                | Q(article=None, issue__isnull=False),
            ),
            models.CheckConstraint(
                name="preview_link_names_whom_it_is_for", condition=~Q(recipient="")
            ),
            models.CheckConstraint(
                name="preview_link_runs_out_in_two_weeks",
                condition=Q(expires_at__gt=F("made_at"), expires_at__lte=F("made_at") + LONGEST),
                violation_error_message=_("A link runs out after fourteen days at most."),
            ),
            models.CheckConstraint(
                name="revoked_preview_link_names_who_revoked_it",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_code_of_a_preview_is_tried_a_few_times",
                condition=Q(code_tries__lte=TRIES),
            ),
        ]
        triggers = [
            *never_deleted("A link to a preview"),
            Refuse(
                name="stays_as_it_was_lent",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "article", "issue", "page", "recipient", "organisation", "purpose", "email",
                    "token_hash", "made_by", "made_at", "expires_at",
                ),
                sentence="A link to a preview stays as it was lent; revoke it and lend anew",
            ),
            Refuse(
                name="stays_revoked",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at"
                ),
                sentence="A link to a preview that was revoked stays revoked",
            ),
        ]  # fmt: skip

    def __str__(self):
        return _("{what}, for {whom}").format(what=self.lent, whom=self.called)

    @property
    def lent(self) -> str:
        """What is lent, in words."""
        if self.article_id:
            return _("“{title}”").format(title=self.article)
        if self.page:
            return _("{issue}, page {number}").format(issue=self.issue, number=self.page)
        return str(self.issue)

    @property
    def called(self) -> str:
        """Whom it is for: 邱主任（区教育局）."""
        return called(self.recipient, self.organisation)

    def is_open(self, at: datetime) -> bool:
        """Say whether it opens something at an instant; ``open`` says the same of many."""
        return self.revoked_at is None and self.expires_at > at

    @property
    def takes_code(self) -> bool:
        """Say whether its code can still be used."""
        return self.code_used_at is None and self.code_tries < TRIES


def called(recipient: str, organisation: str) -> str:
    """Return a person with their organisation, where it is named."""
    if not organisation:
        return recipient
    return _("{name} ({organisation})").format(name=recipient, organisation=organisation)


class PreviewOpening(models.Model):
    """A page of a link that was opened, and which words stood on it. Only ever added."""

    link = models.ForeignKey(
        PreviewLink, models.PROTECT, verbose_name=_("link"), related_name="openings"
    )
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="+", null=True, blank=True
    )
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True)
    version = models.PositiveIntegerField(_("version"), null=True, blank=True)
    at = models.DateTimeField(_("at"), db_default=Now())
    device = models.CharField(_("device"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("opening of a preview")
        verbose_name_plural = _("openings of previews")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="opened_piece_has_its_fingerprint",
                condition=Q(article=None, fingerprint="")
                | Q(article__isnull=False) & ~Q(fingerprint=""),
            ),
        ]
        triggers = only_grows("The record of opened previews")

    def __str__(self):
        return f"{self.link} · {self.at:%Y-%m-%d %H:%M}"


class PreviewAnswerQuerySet(models.QuerySet):
    def about(self, article):
        """What was said of a piece, the latest first."""
        return self.filter(article=article).select_related("article").order_by("-pk")

    def remarks(self):
        """What was not found correct."""
        return self.filter(verdict="remark")

    def of_one_sitting(self, answer):
        """What was said together with an answer."""
        return self.filter(link=answer.link_id, sitting=answer.sitting).order_by("pk")


class PreviewAnswer(models.Model):
    """What somebody without an account said of a piece, and of which words. Only ever added."""

    class Verdict(models.TextChoices):
        CORRECT = "correct", pgettext_lazy("facts", "Correct")
        REMARK = "remark", pgettext_lazy("facts", "Remark")

    link = models.ForeignKey(
        PreviewLink, models.PROTECT, verbose_name=_("link"), related_name="answers"
    )
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="+"
    )
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    words = models.TextField(_("words"), blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    version = models.PositiveIntegerField(_("version"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=40)
    organisation = models.CharField(_("organisation"), max_length=60, blank=True)
    sitting = models.UUIDField(_("sitting"), help_text=_("What was sent together, by one code."))
    at = models.DateTimeField(_("at"), db_default=Now())

    objects = PreviewAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer from outside")
        verbose_name_plural = _("answers from outside")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="remark_from_outside_has_words",
                condition=Q(verdict="correct") | ~Q(words=""),
            ),
            models.UniqueConstraint(
                name="one_answer_to_a_piece_in_a_sitting", fields=["sitting", "article"]
            ),
        ]
        triggers = only_grows("The record of answers from outside")

    def __str__(self):
        return f"{self.called}: {self.get_verdict_display()}"

    @property
    def called(self) -> str:
        """Who said it: 邱主任（区教育局）."""
        return called(self.name, self.organisation)
