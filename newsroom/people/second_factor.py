"""The second factor: of whom it is demanded, from when, and who may be without one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Min, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.people.access import AccountEvent
from newsroom.people.models import Membership, SiteSettings, User
from newsroom.people.permissions import NEWSROOM, may_take_factors
from newsroom.people.verdicts import Verdict, demand, first_objection

DEFAULT_GRACE = SiteSettings._meta.get_field("second_factor_grace_days").default
HOLDING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What is a second factor. Recovery codes stand in for one, they are none."""


@dataclass(frozen=True)
class Standing:
    """How somebody stands to the demand; ``due_at`` is empty where nothing is demanded."""

    due_at: datetime | None = None
    held: bool = False

    @property
    def demanded(self) -> bool:
        """Say whether this person needs a second factor."""
        return self.due_at is not None

    @property
    def missing(self) -> bool:
        """Say whether it is demanded and not there yet."""
        return self.demanded and not self.held

    @property
    def overdue(self) -> bool:
        """Say whether nothing else is open any more."""
        return self.missing and self.due_at <= timezone.now()

    @property
    def days_left(self) -> int:
        """Whole days until it is overdue, the running one included."""
        left = self.due_at - timezone.now()
        return max(-(-left // timedelta(days=1)), 0)


def is_demanded_of(user: User) -> bool:
    """Everybody above correspondent, and superusers, who can do more than any role."""
    return user.is_active and (user.is_superuser or user.holds(*NEWSROOM))


def standing_of(user: User) -> Standing:
    """Return how somebody stands, by one statement where a second factor is demanded."""
    if not is_demanded_of(user):
        return Standing()
    given = (
        Membership.pgh_event_model.objects.filter(
            user_id=OuterRef("pk"), group__name__in=user.roles & {role.value for role in NEWSROOM}
        )
        .filter(pgh_label="insert")
        .order_by()
        .values("user_id")
        .annotate(first=Min("pgh_created_at"))
        .values("first")
    )
    row = (
        User.objects.filter(pk=user.pk)
        .annotate(
            held=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=HOLDING)),
            given=Subquery(given),
            grace=Subquery(SiteSettings.objects.values("second_factor_grace_days")[:1]),
        )
        .values("held", "given", "grace", "date_joined")
        .get()
    )
    since = row["given"] or row["date_joined"]
    grace = DEFAULT_GRACE if row["grace"] is None else row["grace"]
    return Standing(since + timedelta(days=grace), row["held"])


def passkeys_of(user: User):
    """Somebody's passkeys, the oldest first."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("pk")


def may_remove(user: User, authenticator: Authenticator) -> Verdict:
    """One's own second factor, as long as one that is demanded is left."""
    others = Authenticator.objects.filter(user=user, type__in=HOLDING).exclude(pk=authenticator.pk)
    return first_objection(
        (
            is_demanded_of(user) and not others.exists(),
            _("Your role needs a second factor. Add another one first, then remove this one."),
        ),
    )


def forget(person: User, *, by: User) -> int:
    """Take every second factor off an account, for somebody who has lost theirs; return how many.

    They log in with the password alone and are asked for a new one. Raises RefusalError.
    """
    demand(may_take_factors(by, person))
    return strip(person, by=by)


def strip(person: User, *, by: User) -> int:
    """Delete every second factor and recovery code of somebody; the verbs have asked before."""
    gone, _per_model = Authenticator.objects.filter(user=person).delete()
    if gone:
        AccountEvent.objects.create(
            kind=AccountEvent.Kind.FACTOR_REMOVED, person=person, by=by, detail=_("all of them")
        )
    return gone
