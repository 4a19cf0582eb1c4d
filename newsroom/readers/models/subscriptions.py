"""The newsletter: who gets it, which issue it told of, and what became of each letter."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from issues.models import Issue
from newsroom.people.guards import keeps_history, never_deleted

# Older issues are news to nobody; what was not sent by then is not sent any more.
LATEST = timedelta(hours=48)
# An answer that has not come by now was lost with the process that waited for it.
LOST = timedelta(minutes=15)


class SubscriberQuerySet(models.QuerySet):
    def at(self, address: str):
        """The subscriber of an address, however it is written."""
        return self.filter(address__iexact=address)

    def by_key(self, key: str):
        """Whose letters carry a key."""
        return self.filter(key=key)

    def getting_letters(self):
        """Those who are written to."""
        return self.filter(paused_at=None)

    def paused(self):
        """Those whose mailbox has refused our letters."""
        return self.filter(paused_at__isnull=False)


class Subscriber(models.Model):
    """Somebody who has asked for the newsletter and said so once more from their own mailbox.

    Who has not confirmed is nowhere in the database; who leaves is deleted, not marked.
    """

    address = models.EmailField(_("e-mail address"))
    key = models.CharField(
        _("key of the way out"), max_length=43, unique=True, help_text=_("Stands in each letter.")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"))
    paused_at = models.DateTimeField(_("not written to since"), null=True, blank=True)
    paused_because = models.CharField(_("what the mail server said"), max_length=200, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("address"), name="an_address_gets_one_newsletter"),
            models.CheckConstraint(
                name="paused_subscriber_says_why",
                condition=Q(paused_at=None, paused_because="")
                | Q(paused_at__isnull=False) & ~Q(paused_because=""),
            ),
        ]

    def __str__(self):
        return f"{_('subscriber')} {self.pk}"  # an address in a log would outlive its erasure


class TraceQuerySet(models.QuerySet):
    def of(self, fingerprint: str):
        """What is remembered of an address, given by its fingerprint."""
        return self.filter(fingerprint=fingerprint)

    def declined(self):
        """Addresses that want no letter of confirmation."""
        return self.filter(kind=Trace.Kind.DECLINED)

    def outlived(self, now):
        """What need not be remembered any more."""
        kinds = Q()
        for kind, days in Trace.KEPT.items():
            kinds |= Q(kind=kind, at__lt=now - days)
        return self.filter(kinds)


class Trace(models.Model):
    """What is remembered, for a time, of an address that is written to no more: a keyed digest.

    Of one that has left, until links sent to it before have run out, so that none of them brings
    it back. Of one that declined, for half a year, so that whoever enters it for fun annoys nobody.
    """

    class Kind(models.TextChoices):
        LEFT = "left", _("left")
        DECLINED = "declined", _("wants no letter of confirmation")

    KEPT = {Kind.LEFT: timedelta(days=3), Kind.DECLINED: timedelta(days=180)}

    fingerprint = models.CharField(_("keyed digest of the address"), max_length=64)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    at = models.DateTimeField(_("at"))

    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = _("trace of an address")
        verbose_name_plural = _("traces of addresses")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_address_leaves_one_trace_of_a_kind", fields=["fingerprint", "kind"]
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.fingerprint[:8]}"


class MailingQuerySet(models.QuerySet):
    def issues_to_tell_of(self, at):
        """Live issues nobody has been written of: fresh ones of our own, the oldest first.

        Not what came from an archive or was dated back: it is live, and it is no news.
        """
        fresh = Issue.objects.live(at).filter(
            release__publish_at__gt=at - LATEST,
            release__backdated_because="",
            date__gt=(at - LATEST).date(),
            restored=None,
        )
        told = self.values("issue")
        return fresh.exclude(pk__in=told).order_by("release__publish_at", "pk")

    def under_way(self):
        """Mailings with letters still to send, paused ones too, the oldest first."""
        return self.filter(ended_at=None).select_related("issue__release").order_by("pk")

    def to_go_on(self, at):
        """Mailings of which something may be sent now."""
        return self.under_way().filter(paused_at=None, next_try_at__lte=at)

    def for_desk(self):
        """With what a line in the desk shows."""
        waiting = Q(deliveries__state__in=(Delivery.State.WAITING, Delivery.State.CLAIMED))
        figures = {
            f"{name}_now": Count("deliveries", filter=Q(deliveries__state=name))
            for name in Delivery.SETTLED
        }
        return (
            self.select_related("issue__release", "paused_by")
            .annotate(left=Count("deliveries", filter=waiting), **figures)
            .order_by("-pk")
        )


@keeps_history()
class Mailing(models.Model):
    """The letters about one issue. There is one, or none: the database knows no second."""

    issue = models.OneToOneField(Issue, models.PROTECT, verbose_name=_("issue"), related_name="+")
    begun_at = models.DateTimeField(_("begun at"))
    recipients = models.PositiveIntegerField(_("recipients"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    tries = models.PositiveSmallIntegerField(_("tries in vain"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    paused_at = models.DateTimeField(_("paused at"), null=True, blank=True)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("paused by"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Nobody: it paused itself, because the mail server refused one after another."),
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    sent = models.PositiveIntegerField(_("sent"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    unclear = models.PositiveIntegerField(_("unclear"), default=0)
    dropped = models.PositiveIntegerField(_("not sent"), default=0)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="only_a_paused_mailing_was_paused_by_somebody",
                condition=Q(paused_by=None) | Q(paused_at__isnull=False),
            ),
        ]
        triggers = never_deleted("A mailing")

    def __str__(self):
        return str(_("Newsletter for {issue}").format(issue=self.issue))

    @property
    def is_over(self) -> bool:
        """Whether nothing more of it will be sent."""
        return self.ended_at is not None

    def is_late(self, at) -> bool:
        """Say whether its issue is no news any more at ``at``, an aware datetime."""
        hour = self.issue.release.publish_at
        return hour is not None and hour < at - LATEST

    @property
    def figures(self) -> dict[str, int]:
        """How many letters came to what, by state: kept ones when it is over, else counted."""
        return {
            name: getattr(self, name if self.is_over else f"{name}_now")
            for name in Delivery.SETTLED
        }


class DeliveryQuerySet(models.QuerySet):
    def waiting(self):
        """Letters nobody has begun to send."""
        return self.filter(state=Delivery.State.WAITING)

    def due(self, at):
        """Letters to send now to somebody who is written to."""
        there = Q(subscriber__isnull=False, subscriber__paused_at=None)
        return self.waiting().filter(there, due_at__lte=at)

    def claimed_since(self, moment):
        """Letters that somebody began to send after a moment."""
        return self.filter(claimed_at__gt=moment)

    def lost(self, now):
        """Letters whose sending began and never came to an end."""
        return self.filter(state=Delivery.State.CLAIMED, claimed_at__lt=now - LOST)

    def open(self):
        """Letters that are not settled."""
        return self.filter(state__in=(Delivery.State.WAITING, Delivery.State.CLAIMED))


# A letter is taken before it is handed over, and a taken one goes back only when the mail server
# has said that it will not have it. What was sent, or may have been, is never waiting again.
DELIVERY_MOVES = [
    ("waiting", "claimed"),
    ("waiting", "dropped"),
    ("claimed", "sent"),
    ("claimed", "waiting"),
    ("claimed", "refused"),
    ("claimed", "unclear"),
    ("refused", "waiting"),
    ("unclear", "sent"),
    ("unclear", "refused"),
]


class Delivery(models.Model):
    """One letter of a mailing to one subscriber. Without a subscriber once they have left."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CLAIMED = "claimed", _("Being sent")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Refused")
        UNCLEAR = "unclear", _("Unclear")
        DROPPED = "dropped", _("Not sent")

    SETTLED = (State.SENT, State.REFUSED, State.UNCLEAR, State.DROPPED)

    mailing = models.ForeignKey(
        Mailing, models.CASCADE, verbose_name=_("mailing"), related_name="deliveries"
    )
    subscriber = models.ForeignKey(
        Subscriber,
        models.SET_NULL,
        verbose_name=_("subscriber"),
        related_name="deliveries",
        null=True,
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("next try"))
    claimed_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    bounced = models.BooleanField(_("the mailbox does not exist"), default=False)
    error = models.CharField(_("what the mail server said"), max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["pk"]
        indexes = [
            models.Index(
                name="delivery_by_hour", fields=["mailing", "id"], condition=Q(state="waiting")
            ),
            models.Index(name="delivery_by_claim", fields=["claimed_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="a_subscriber_gets_an_issue_once", fields=["mailing", "subscriber"]
            ),
            models.CheckConstraint(
                name="letter_is_claimed_before_it_is_sent",
                condition=Q(state__in=("waiting", "dropped")) | Q(claimed_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="what_was_sent_is_never_sent_again",
                field="state",
                transitions=DELIVERY_MOVES,
            ),
        ]

    def __str__(self):
        return f"{self.mailing_id} → {self.subscriber_id or '—'}: {self.get_state_display()}"
