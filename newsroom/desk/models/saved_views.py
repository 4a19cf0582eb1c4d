"""What somebody keeps at their own desk: the views of a list they come back to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.people.guards import never_truncated


class SavedViewQuerySet(models.QuerySet):
    def of(self, user):
        """Somebody's own views, in their order; nobody sees another's."""
        return self.filter(owner=user)


class SavedView(models.Model):
    """A list somebody comes back to: its filters, words and order, under a name of theirs.

    A personal setting, so it is deleted for good; nothing of the paper hangs on it.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("owner"),
        related_name="saved_views",
    )
    name = models.CharField(_("name"), max_length=20)
    query = models.CharField(_("query"), max_length=600)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="saved_view_is_unique_by_its_owners_name",
                fields=["owner", "name"],
                violation_error_message=_("You have a view of this name already."),
            ),
            models.CheckConstraint(
                name="saved_view_has_a_name_and_a_query", condition=~Q(name="") & ~Q(query="")
            ),
        ]
        triggers = [never_truncated("A saved view")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the address of the list as it was saved."""
        return f"{reverse('admin:articles_article_changelist')}?{self.query}"
