"""Letters on their way to people, and the mailbox they land in where there is no mail server."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.desk.kinds import Rhythm
from newsroom.people import clock


class LetterQuerySet(models.QuerySet):
    def waiting(self):
        """Neither sent nor given up."""
        return self.filter(state=Letter.State.WAITING)

    def due(self, at=None):
        """Waiting, and their hour has come; the longest waiting first."""
        return self.waiting().filter(due_at__lte=at or clock.now()).order_by("due_at", "pk")

    def settled(self):
        """Sent, or with nothing left to tell."""
        return self.filter(state__in=(Letter.State.SENT, Letter.State.NEEDLESS))

    def in_trouble(self):
        """Given up, or tried in vain and to be tried again."""
        return self.filter(
            Q(state=Letter.State.FAILED) | Q(state=Letter.State.WAITING, attempts__gt=0)
        )

    def open_for(self, person, rhythm):
        """The letter that further notices to a person go into."""
        return self.waiting().filter(recipient=person, rhythm=rhythm).order_by("pk")


class Letter(models.Model):
    """One e-mail to one person: the notices that gather in it until it is due."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        NEEDLESS = "needless", _("Nothing left to tell")
        FAILED = "failed", _("Given up")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recipient"), related_name="+"
    )
    rhythm = models.CharField(_("rhythm"), max_length=8, choices=Rhythm)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    due_at = models.DateTimeField(_("next try"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        indexes = [
            models.Index(name="letter_by_hour", fields=["due_at"], condition=Q(state="waiting")),
        ]
        constraints = [
            models.CheckConstraint(
                name="sent_letter_has_its_hour",
                condition=Q(state="sent", sent_at__isnull=False)
                | ~Q(state="sent") & Q(sent_at=None),
            ),
            models.CheckConstraint(
                name="letter_given_up_says_why", condition=~Q(state="failed") | ~Q(last_error="")
            ),
        ]

    def __str__(self):
        return f"{self.recipient} · {self.get_state_display()}"


class ReceivedLetterQuerySet(models.QuerySet):
    def addressed_to(self, address: str):
        """What came for an address."""
        return self.filter(to__iexact=address) if address else self.none()


class ReceivedLetter(models.Model):
    """An e-mail that the embedded mode kept instead of sending."""

    to = models.CharField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=500)
    text = models.TextField(_("text"))
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)

    objects = ReceivedLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("received letter")
        verbose_name_plural = _("received letters")
        ordering = ["-pk"]

    def __str__(self):
        return self.subject
