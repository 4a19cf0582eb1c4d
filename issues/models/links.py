"""What is known of pages of other sites that our texts link to."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from issues.knocking import Knock
from newsroom.people import clock

LONGEST = 2000  # characters; longer ones are not asked for
TRUE_FOR = timedelta(days=3)  # what a link gave may have changed since


class OutsideLinkQuerySet(models.QuerySet):
    def known_of(self, addresses: set[str]) -> dict[str, "OutsideLink"]:
        """What was lately found at some addresses."""
        found = self.filter(address__in=addresses, asked_at__gt=clock.now() - TRUE_FOR)
        return {link.address: link for link in found}

    def asked_since(self, moment):
        """Links that were asked for after an instant."""
        return self.filter(asked_at__gt=moment)


class OutsideLink(models.Model):
    """A page of another site, and whether it answered when it was last asked for."""

    address = models.CharField(_("address"), max_length=LONGEST, unique=True)
    asked_at = models.DateTimeField(_("asked at"))
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=12, blank=True)

    objects = OutsideLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")
        constraints = [
            models.CheckConstraint(
                name="an_outside_link_gave_a_status_or_a_problem",
                condition=Q(status__isnull=False, problem="") | Q(status=None) & ~Q(problem=""),
            ),
        ]

    def __str__(self):
        return self.address

    @property
    def is_answered(self) -> bool:
        """Whether a reader finds a page there."""
        return Knock(self.status, self.problem).is_answered
