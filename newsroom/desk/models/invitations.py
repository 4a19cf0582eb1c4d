"""Invitations: the only way to an account, by a link that works once and runs out."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.postgres.fields import ArrayField
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Correspondent
from newsroom.people.guards import keeps_history, never_deleted
from newsroom.people.models import Unit
from newsroom.people.roles import Role

_signer = Signer(salt="newsroom.desk.invitations", sep="~")


def new_mark() -> str:
    """Return what makes a link differ from every earlier one."""
    return get_random_string(24)


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those whose link still works."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def by_inviter(self, person):
        """Those somebody has sent."""
        return self.filter(invited_by=person)

    def addressed_to(self, email: str):
        """Those that were sent to an address."""
        return self.filter(email__iexact=email)

    def meant_by(self, token: str) -> "Invitation | None":
        """The invitation of a link, whatever became of it; None for one that nobody sent."""
        try:
            key, mark = _signer.unsign(token).split(".")
            return self.filter(pk=int(key), mark=mark).first()
        except (BadSignature, ValueError):
            return None


@keeps_history(exclude=("name", "email", "mark"))
class Invitation(models.Model):
    """A place kept for somebody: who they are, what they will do here, whose name they sign with.

    The link is signed with the site's key over ``mark``: a stolen database opens no account.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("invitation", "Open")
        ACCEPTED = "accepted", _("Accepted")
        REVOKED = "revoked", _("Revoked")
        EXPIRED = "expired", _("Run out")

    name = models.CharField(_("full name"), max_length=40)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Empty: you hand the link over yourself.")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name=_("unit"), related_name="+", null=True, blank=True
    )
    roles = ArrayField(models.CharField(max_length=20, choices=Role), verbose_name=_("roles"))
    correspondent = models.ForeignKey(
        Correspondent,
        models.PROTECT,
        verbose_name=_("correspondent"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Whose earlier pieces are theirs. Empty: nobody's yet."),
    )
    makes_correspondent = models.BooleanField(
        _("make a new correspondent of this name"), default=False
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("invited by"),
        related_name="invitations_sent",
    )
    made_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("runs out at"))
    mark = models.CharField(_("mark"), max_length=24, default=new_mark, editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("account"),
        related_name="invitation",
        null=True,
        blank=True,
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="accepted_invitation_names_its_account",
                condition=Q(accepted_at=None, user=None)
                | Q(accepted_at__isnull=False, user__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_or_revoked_not_both",
                condition=Q(accepted_at=None) | Q(revoked_at=None),
            ),
            models.CheckConstraint(
                name="invitation_runs_out_after_it_is_made",
                condition=Q(expires_at__gt=F("made_at")),
            ),
            models.CheckConstraint(name="invitation_gives_a_role", condition=~Q(roles=[])),
            models.CheckConstraint(
                name="invitation_means_one_correspondent",
                condition=Q(correspondent=None) | Q(makes_correspondent=False),
                violation_error_message=_("Choose a correspondent or make a new one, not both."),
            ),
        ]
        triggers = never_deleted("An invitation")

    def __str__(self):
        return self.name

    @property
    def state(self) -> "Invitation.State":
        """What has become of it."""
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.EXPIRED if self.expires_at <= timezone.now() else self.State.OPEN

    @property
    def token(self) -> str:
        """What stands in the link."""
        return _signer.sign(f"{self.pk}.{self.mark}")

    @property
    def role_names(self) -> str:
        """The roles it gives, readable, in the order of the house."""
        return "、".join(str(role.label) for role in Role if role.value in self.roles)

    @property
    def groups(self):
        """The groups it gives membership in."""
        return Group.objects.filter(name__in=self.roles)
