"""Pictures: what is known of a master file, however many pieces show it."""

import hashlib

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles import renditions, triggers
from articles.picture_questions import PictureQuestions
from newsroom.people.guards import keeps_history, never_truncated


@keeps_history(exclude=("noted", "ready"))
class Picture(models.Model):
    """One master file and the facts of the shot. Its printed words belong to each use of it."""

    digest = models.CharField(
        _("digest"),
        max_length=64,
        unique=True,
        editable=False,
        help_text=_("SHA-256 of the master, by which photos and signed versions name it."),
    )
    width = models.PositiveIntegerField(_("width in pixels"), editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), editable=False)
    original_digest = models.CharField(
        _("digest of the original"), max_length=64, blank=True, editable=False, db_index=True
    )
    original_format = models.CharField(
        _("format of the original"), max_length=8, blank=True, editable=False
    )
    original_size = models.PositiveIntegerField(
        _("size of the original in bytes"), default=0, editable=False
    )
    fingerprint = models.BigIntegerField(
        _("fingerprint of what it shows"), null=True, blank=True, editable=False
    )
    colour = models.CharField(_("placeholder colour"), max_length=12, blank=True, editable=False)
    ready = ArrayField(
        models.CharField(max_length=12),
        verbose_name=_("renditions that are ready"),
        default=list,
        blank=True,
        editable=False,
    )
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    place = models.CharField(
        _("place"), max_length=100, blank=True, help_text=_("In words, for instance 石桥街道菜场.")
    )
    rights = models.CharField(
        _("rights"),
        max_length=200,
        blank=True,
        help_text=_("Whose it is, and what it may be used for."),
    )
    shows_minors = models.BooleanField(_("shows minors"), default=False)
    consent = models.TextField(
        _("consent"),
        blank=True,
        help_text=_("Who agreed to be shown, when, and where that is kept."),
    )
    noted = models.JSONField(
        _("read from the file"), default=dict, blank=True, editable=False,
        help_text=_("What the camera or an agency wrote: proposals only."),
    )  # fmt: skip
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("uploaded by"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), db_default=Now(), editable=False)

    objects = PictureQuestions.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(name="picture_by_upload", fields=["-uploaded_at", "-id"]),
            # The key beside it: near pictures are looked for in the index alone.
            models.Index(name="picture_by_fingerprint", fields=["fingerprint"], include=["id"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="picture_is_named_by_a_digest", condition=Q(digest__regex="^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="picture_has_a_size", condition=Q(width__gt=0, height__gt=0)
            ),
            models.CheckConstraint(
                name="original_of_a_picture_is_known_whole",
                condition=Q(original_digest="", original_format="", original_size=0)
                | Q(original_digest__regex="^[0-9a-f]{64}$", original_size__gt=0)
                & ~Q(original_format=""),
            ),
        ]
        triggers = [
            never_truncated("A picture"),
            pgtrigger.Trigger(
                name="picture_stays_the_same_file",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=triggers.PICTURE_STAYS_THE_SAME_FILE,
            ),
            pgtrigger.Trigger(
                name="picture_in_use_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=triggers.PICTURE_IN_USE_IS_KEPT,
            ),
            *(
                pgtrigger.Trigger(
                    name=f"likeness_follows_{what}",
                    when=pgtrigger.After,
                    operation=operation,
                    timing=pgtrigger.Deferred,
                    condition=condition,
                    func=triggers.LIKENESS_FOLLOWS_THE_PICTURE,
                )
                for what, operation, condition in (
                    (
                        "a_new_picture",
                        pgtrigger.Insert,
                        pgtrigger.Condition("NEW.fingerprint IS NOT NULL"),
                    ),
                    ("its_number", pgtrigger.Update, pgtrigger.AnyChange("fingerprint")),
                )
            ),
        ]

    def __str__(self):
        return self.place or self.digest[:12]

    @property
    def widths(self) -> list[int]:
        """Widths of the renditions in pixels, rising."""
        return renditions.widths(self.width)

    @property
    def facts_mark(self) -> str:
        """What changes when somebody states other facts of it: a form brings it back."""
        facts = (self.taken_on, self.place, self.rights, self.shows_minors, self.consent)
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]

    @property
    def lacks_consent(self) -> bool:
        """Say whether it shows minors and nobody noted who agreed."""
        return self.shows_minors and not self.consent.strip()

    @property
    def missing(self) -> list[str]:
        """The renditions that are still to be made."""
        return renditions.missing(self.width, self.ready)


class Likeness(models.Model):
    """Two pictures that look alike, once in either order. A trigger keeps it, whoever writes.

    Which pictures are alike at all is a question about every pair, so the pairs are rows.
    """

    picture = models.ForeignKey(
        Picture, models.CASCADE, verbose_name=_("picture"), related_name="likenesses"
    )
    other = models.ForeignKey(
        Picture, models.CASCADE, verbose_name=_("looks like"), related_name="+"
    )
    bits = models.PositiveSmallIntegerField(_("bits that differ"))

    class Meta:
        verbose_name = _("likeness of pictures")
        verbose_name_plural = _("likenesses of pictures")
        constraints = [
            models.UniqueConstraint(name="pair_of_pictures_is_one", fields=["picture", "other"]),
            models.CheckConstraint(
                name="picture_is_compared_with_another", condition=~Q(picture=models.F("other"))
            ),
        ]
        triggers = [never_truncated("Which pictures look alike")]

    def __str__(self):
        return f"{self.picture_id} ~ {self.other_id}"
