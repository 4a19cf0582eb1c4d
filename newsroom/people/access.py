"""Who came in and who was kept out: the record of accounts, and the counts of failed attempts."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.people.guards import Refuse, never_truncated

BROWSERS = (
    ("MicroMessenger/", "微信"),
    ("Edg", "Edge"),
    ("HuaweiBrowser/", "华为浏览器"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """Say in two words with what somebody came, as a browser names itself."""
    found = (
        next((word for mark, word in table if mark in agent), "") for table in (BROWSERS, SYSTEMS)
    )
    return " · ".join(filter(None, found))


class AccountEventQuerySet(models.QuerySet):
    def about(self, person):
        """What happened to somebody's account."""
        return self.filter(person=person)

    def sign_ins(self):
        """Log-ins that succeeded, and attempts that did not."""
        kinds = AccountEvent.Kind
        return self.filter(
            kind__in=[kinds.SIGNED_IN, kinds.FAILED, kinds.LOCKED, kinds.CODE_FAILED]
        )

    def from_address(self, person, address: str):
        """Somebody's log-ins from an address that the record still remembers."""
        return self.filter(person=person, address=address, kind=AccountEvent.Kind.SIGNED_IN)

    def before(self, moment):
        """What is older than a moment."""
        return self.filter(at__lt=moment)

    def newest_first(self):
        """The latest first, with the people in it."""
        return self.select_related("person", "by").order_by("-at", "-pk")

    def forget_addresses(self, days: int) -> int:
        """Take address and device off what is older than so many days; return how many."""
        old = self.filter(at__lt=timezone.now() - timedelta(days=days), address__isnull=False)
        return old.update(address=None, device="")


class AccountEvent(models.Model):
    """Something that happened to an account. Only ever added; the address goes after some time."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("logged in")
        FAILED = "failed", _("wrong password")
        LOCKED = "locked", _("locked")
        CODE_FAILED = "code_failed", _("wrong code of the second factor")
        SIGNED_OUT = "signed_out", _("logged out")
        SESSIONS_ENDED = "sessions_ended", _("logged out everywhere")
        FACTOR_ADDED = "factor_added", _("second factor added")
        FACTOR_REMOVED = "factor_removed", _("second factor removed")
        CODES_MADE = "codes_made", _("recovery codes made")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        PASSWORD_RESET = "password_reset", _("password set anew by e-mail")
        UNLOCKED = "unlocked", _("unlocked")
        JOINED = "joined", _("accepted an invitation")
        LEFT = "left", _("left")
        REJOINED = "rejoined", _("came back")

    at = models.DateTimeField(_("at"), default=timezone.now)
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("person"),
        related_name="account_events",
        null=True,
        blank=True,
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("by"),
        related_name="+",
        null=True,
        blank=True,
    )
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    device = models.CharField(_("device"), max_length=40, blank=True)

    objects = AccountEventQuerySet.as_manager()

    class Meta:
        app_label = "people"
        verbose_name = _("account event")
        verbose_name_plural = _("log-ins and accounts")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(name="account_event_of_a_person", fields=["person", "-at"]),
            models.Index(name="account_event_by_time", fields=["-at", "-id"]),
            models.Index(
                name="account_event_with_an_address",
                fields=["at"],
                condition=Q(address__isnull=False),
            ),
        ]
        triggers = [
            Refuse(
                name="never_deleted",
                operation=pgtrigger.Delete,
                sentence="An account event is never deleted",
            ),
            Refuse(
                name="only_forgets_the_address",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((OLD.id, OLD.at, OLD.kind, OLD.person_id, OLD.by_id, OLD.detail)"
                    " IS DISTINCT FROM"
                    " (NEW.id, NEW.at, NEW.kind, NEW.person_id, NEW.by_id, NEW.detail)"
                    " OR NEW.address IS NOT NULL OR NEW.device <> '')"
                ),
                sentence="Of an account event only the address is ever taken away",
            ),
            never_truncated("An account event"),
        ]

    def __str__(self):
        return f"{self.person or '—'} · {self.get_kind_display()}"


class BarrierQuerySet(models.QuerySet):
    def standing(self, now=None):
        """Locks that have not run out."""
        return self.filter(locked_until__gt=now or timezone.now())

    def of_accounts(self, *accounts: str):
        """What is counted against accounts, from one address or from all."""
        return self.filter(account__in=accounts)


class Barrier(models.Model):
    """Failed passwords, counted: of an account from one address, of an account, of an address."""

    account = models.CharField(_("account"), max_length=70, blank=True)
    address = models.CharField(_("address"), max_length=45, blank=True)
    failures = models.PositiveIntegerField(_("failures"), default=0)
    began_at = models.DateTimeField(_("counted since"))
    locked_until = models.DateTimeField(_("locked until"), null=True, blank=True)

    objects = BarrierQuerySet.as_manager()

    class Meta:
        app_label = "people"
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")
        constraints = [
            models.UniqueConstraint(name="barrier_stands_once", fields=["account", "address"]),
            models.CheckConstraint(
                name="barrier_stands_somewhere", condition=~Q(account="", address="")
            ),
        ]

    def __str__(self):
        return f"{self.account or '*'} @ {self.address or '*'}: {self.failures}"
