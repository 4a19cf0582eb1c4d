"""Photographs of the working copy: each one use of a picture, with the words printed under it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.directory import Correspondent
from articles.models.pictures import Picture
from articles.models.versions import video_is_on_a_secure_page
from articles.video_links import a_video_page
from newsroom.people.guards import keeps_history, never_truncated


@keeps_history()
class Photo(models.Model):
    """A photograph of the working copy. Without a file it is one the layout still waits for."""

    article = models.ForeignKey(
        Article, models.CASCADE, verbose_name=_("article"), related_name="photos"
    )
    digest = models.CharField(_("digest"), max_length=64, blank=True, editable=False)
    width = models.PositiveIntegerField(_("width in pixels"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), default=0, editable=False)
    widths = ArrayField(
        models.PositiveIntegerField(),
        verbose_name=_("widths of the renditions"),
        default=list,
        blank=True,
        editable=False,
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    photographer = models.ForeignKey(
        Correspondent,
        models.PROTECT,
        verbose_name=_("photographer"),
        related_name="photos",
        null=True,
        blank=True,
        help_text=_("Whoever is on the list of correspondents; the credit is proposed from it."),
    )
    credit = models.CharField(
        _("credit"), max_length=80, blank=True, help_text=_("For instance 孟小满 摄.")
    )
    alternative_text = models.CharField(
        _("alternative text"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    video_url = models.CharField(
        _("page of a video"), max_length=300, blank=True, validators=[a_video_page],
        help_text=_("https://… Then the picture leads to it; its alternative text tells the film."),
    )  # fmt: skip
    focal_x = models.FloatField(_("focal point, share of the width"), default=0.5)
    focal_y = models.FloatField(_("focal point, share of the height"), default=0.5)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="focal_point_lies_in_the_picture",
                condition=Q(focal_x__range=(0, 1)) & Q(focal_y__range=(0, 1)),
                violation_error_message=_("The focal point lies outside the picture."),
            ),
            models.CheckConstraint(
                name="photo_with_a_file_has_a_size",
                condition=Q(digest="") | Q(width__gt=0, height__gt=0),
            ),
            video_is_on_a_secure_page("photo"),
        ]
        indexes = [models.Index(name="photo_by_digest", fields=["digest"], condition=~Q(digest=""))]
        triggers = [never_truncated("A photo")]

    def __str__(self):
        return self.caption or str(_("photo"))

    @classmethod
    def of(cls, picture: Picture, **words) -> "Photo":
        """Return a photograph that shows a picture, not saved yet."""
        size = {"width": picture.width, "height": picture.height, "widths": picture.widths}
        return cls(digest=picture.digest, **size, **words)

    @property
    def picture(self) -> Picture | None:
        """What is known of its file; for many, ask ``Picture.objects.by_digest``."""
        return Picture.objects.filter(digest=self.digest).first() if self.digest else None
