"""Who works here, in which unit, with whose deputy."""

from datetime import date

import pgtrigger
from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from newsroom.people.access import AccountEvent, Barrier
from newsroom.people.guards import keeps_history, never_deleted, never_truncated, refusing
from newsroom.people.paper import LateChange, SiteSettings
from newsroom.people.roles import SIGNERS, Role


@keeps_history()
class Unit(models.Model):
    """A bureau, a street, a school …: where correspondents come from. Its head approves a piece."""

    class Kind(models.TextChoices):
        BUREAU = "bureau", _("Bureau")
        STREET = "street", _("Street or town")
        SCHOOL = "school", _("School")
        HOSPITAL = "hospital", _("Hospital")
        COMPANY = "company", _("Company")
        NEWSROOM = "newsroom", _("Newsroom")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=60, unique=True)
    kind = models.CharField(_("kind of unit"), max_length=12, choices=Kind, default=Kind.OTHER)
    head_name = models.CharField(
        _("head"),
        max_length=40,
        blank=True,
        help_text=_("Who approves what the unit files."),
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name"]
        triggers = never_deleted("A unit")

    def __str__(self):
        return self.name


class UserQuerySet(models.QuerySet):
    def holding(self, role: Role):
        """People who hold a role, active ones only."""
        return self.filter(is_active=True, groups__name=role)

    def signing(self):
        """People who hold a role that signs rounds, active ones only."""
        return self.filter(is_active=True, groups__name__in=SIGNERS).distinct()

    def of_the_newsroom(self):
        """People who hold a role beyond that of a correspondent, active ones only."""
        roles = [role for role in Role if role != Role.CORRESPONDENT]
        members = User.groups.through.objects.filter(group__name__in=roles).values("user")
        return self.filter(is_active=True, pk__in=members)

    def numbered(self, key: int | None) -> "User | None":
        """The person of a key, where there is one."""
        return self.filter(pk=key).first()

    def who_write(self):
        """Active people whose role writes pieces."""
        roles = [role for role in Role if role != Role.ADMINISTRATOR]
        members = User.groups.through.objects.filter(group__name__in=roles).values("user")
        return self.filter(is_active=True, pk__in=members)

    def called(self, typed: str) -> "User | None":
        """Whom somebody means who logs in as ``typed``: a user name, or one person's e-mail."""
        typed = typed.strip().replace("\0", "")
        if person := self.filter(username__iexact=typed).first():
            return person
        if "@" not in typed:
            return None
        sharing = self.filter(email__iexact=typed, is_active=True)[:2]
        return sharing[0] if len(sharing) == 1 else None

    def reached_at(self, email: str):
        """Active people who are written to at an address."""
        return self.filter(email__iexact=email, is_active=True).order_by("pk")


class PeopleManager(UserManager.from_queryset(UserQuerySet)):
    """Django's manager of users, with the questions above."""


@keeps_history(
    exclude=("password", "last_login", "name", "email", "phone", "username", "sessions_ended"),
)
class User(AbstractUser):
    """Somebody who logs in. The name is one field: Chinese names are not two."""

    class Language(models.TextChoices):
        CHINESE = "zh-hans", _("Simplified Chinese")
        ENGLISH = "en", _("English")

    first_name = None
    last_name = None
    name = models.CharField(_("full name"), max_length=40)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name=_("unit"),
        related_name="users",
        null=True,
        blank=True,
    )
    language = models.CharField(
        _("language of the desk"), max_length=8, choices=Language, default=Language.CHINESE
    )
    sessions_ended = models.PositiveIntegerField(
        _("how often all sessions were ended"), default=0, editable=False
    )

    objects = PeopleManager()

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_is_one_persons_however_it_is_written",
                violation_error_message=_("This user name is taken."),
            ),
        ]
        triggers = never_deleted("A user")

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        """Return the name as it is signed."""
        return str(self)

    def get_short_name(self):
        """Return the name as it is greeted; Chinese names are not shortened."""
        return str(self)

    def _get_session_auth_hash(self, secret=None):
        """Tie sessions to the password, and to how often all of them have been ended."""
        value = f"{self.password}:{self.sessions_ended}"
        return salted_hmac(
            "newsroom.people.sessions", value, secret=secret, algorithm="sha256"
        ).hexdigest()

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles this person holds, asked once a request."""
        if not self.is_active:
            return frozenset()
        return frozenset(group.name for group in self.groups.all()) & frozenset(Role.values)

    def holds(self, *roles: Role) -> bool:
        """Say whether this person holds one of the roles. Being superuser gives none."""
        return not self.roles.isdisjoint(roles)

    @property
    def role_names(self) -> str:
        """The roles, readable, in the order of the house."""
        return "、".join(str(role.label) for role in Role if role.value in self.roles)


@keeps_history(obj_field=None)
class Membership(User.groups.through):
    """Who holds which role; a proxy so that its history is kept like any other."""

    class Meta:
        proxy = True
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        triggers = [never_truncated("A membership")]

    def __str__(self):
        return f"{self.user} · {self.group}"


class DeputyQuerySet(models.QuerySet):
    def on(self, day: date | None = None):
        """Deputies who may act on a day; today in the newspaper's time zone unless given."""
        day = day or timezone.localdate()
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def between(self, first: date, last: date):
        """Deputies who may act on some day from a first to a last one."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def to_come(self, day: date | None = None):
        """Deputies whose last day has not passed."""
        return self.filter(ends_on__gte=day or timezone.localdate())

    def of(self, person):
        """Whom somebody acts for, and who acts for them, today and later."""
        mine = Q(deputy=person) | Q(principal=person)
        return self.filter(mine, ends_on__gte=timezone.localdate())


USED_DEPUTY_STAYS = refusing(
    """
    IF OLD.used_until IS NULL THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        REFUSE;
    END IF;
    IF to_jsonb(NEW) - 'ends_on' - 'used_until' <> to_jsonb(OLD) - 'ends_on' - 'used_until'
       OR NEW.ends_on > OLD.ends_on OR NEW.ends_on < OLD.used_until
       OR NEW.used_until IS NULL OR NEW.used_until < OLD.used_until THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    gettext_noop("a deputy who has signed stays on record"),
    gettext_noop("a deputy who has signed can only end earlier, after what was signed"),
)


@keeps_history()
class Deputy(models.Model):
    """Somebody who may act for a named person between two dates, both included."""

    principal = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("acts for"), related_name="deputies"
    )
    deputy = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("deputy"), related_name="deputyships"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    used_until = models.DateField(
        _("last used on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When something was last signed by this deputy; the database keeps it."),
    )

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="deputy_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                name="nobody_is_their_own_deputy",
                condition=~Q(deputy=F("principal")),
                violation_error_message=_("Nobody is their own deputy."),
            ),
        ]
        triggers = [
            never_truncated("A deputy"),
            pgtrigger.Trigger(
                name="used_deputy_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=USED_DEPUTY_STAYS,
            ),
        ]

    def __str__(self):
        return f"{self.deputy} → {self.principal}"


__all__ = [
    "AccountEvent",
    "Barrier",
    "Deputy",
    "Group",
    "LateChange",
    "Membership",
    "SiteSettings",
    "Unit",
    "User",
]
