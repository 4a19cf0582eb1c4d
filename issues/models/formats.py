"""How much a page holds: the paper's formats (对开, 四开, 八开)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.people.guards import keeps_history, never_deleted


@keeps_history()
class PageFormat(models.Model):
    """A size of page and the characters it holds when nothing but text stands on it."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    characters = models.PositiveIntegerField(
        _("characters a page holds"),
        help_text=_(
            "With its headlines, as this newspaper sets them. The board counts against it."
        ),
    )

    class Meta:
        verbose_name = _("page format")
        verbose_name_plural = _("page formats")
        ordering = ["-characters", "name"]
        constraints = [
            models.CheckConstraint(name="page_format_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="a_page_holds_100_to_50000_characters",
                condition=Q(characters__range=(100, 50_000)),
                violation_error_message=_("A page holds 100 to 50,000 characters."),
            ),
        ]
        triggers = never_deleted("A page format")

    def __str__(self):
        return self.name
