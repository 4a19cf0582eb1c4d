"""What the newsroom has made of the checks of a piece: which remind, which stop it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.checklist import CHECKS, Level
from newsroom.people.guards import keeps_history, never_truncated


class ChecklistRuleQuerySet(models.QuerySet):
    def chosen(self) -> dict[str, str]:
        """What the newsroom has chosen, by the keys of checks; the others do as shipped."""
        return dict(self.values_list("key", "level"))

    def of_check(self, key: str) -> "ChecklistRule":
        """The locked rule of a check; one that nobody has changed yet is made as shipped."""
        shipped = {"level": CHECKS[key].shipped}
        return self.select_for_update(no_key=True).get_or_create(key=key, defaults=shipped)[0]


def _at_least(lowest: Level) -> Q:
    """Return the condition that the checks of a lowest level are not set below it."""
    bound = [check.key for check in CHECKS.values() if check.lowest == lowest]
    allowed = [level.value for level in Level if level.weight >= lowest.weight]
    return ~Q(key__in=bound) | Q(level__in=allowed)


@keeps_history()
class ChecklistRule(models.Model):
    """What one check does here, where the newsroom has changed it."""

    key = models.CharField(_("check"), max_length=20, unique=True)
    level = models.CharField(_("what it does"), max_length=6, choices=Level)

    objects = ChecklistRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklist")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="no_piece_without_headline_content_section",
                condition=_at_least(Level.REVIEW),
            ),
            models.CheckConstraint(
                name="no_signature_without_alternative_texts",
                condition=_at_least(Level.SIGN),
            ),
        ]
        triggers = [never_truncated("A rule of the checklist")]

    def __str__(self):
        return str(CHECKS[self.key].label) if self.key in CHECKS else self.key
