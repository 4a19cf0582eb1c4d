"""What a signature covers: immutable snapshots of a piece, and what residents read."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles import seal_guards, triggers
from articles.fields import ProseField
from articles.kinds import ANY_KIND, Credit
from articles.models.directory import Correspondent, Section
from articles.models.pictures import Picture
from newsroom.people.guards import keeps_history, never_deleted, only_grows


class VersionQuerySet(models.QuerySet):
    def sealed(self):
        """Versions that may be read outside, once due."""
        return self.filter(sealed_at__isnull=False)

    def noted(self):
        """Sealed versions that say to residents what they changed, the newest first."""
        return self.sealed().exclude(change_note="").order_by("-number")

    def for_display(self):
        """Newest first, with who made them, what they are called and what they restore."""
        return self.select_related("made_by", "naming", "restored").order_by("-number")

    def in_lists(self):
        """As for display, without their texts."""
        return self.for_display().defer("body", "html")

    def whole(self):
        """With all that a comparison looks at."""
        with_section = self.select_related("section").defer("html")
        return with_section.prefetch_related("bylines", "photos", "attachments")

    def keyed(self, keys):
        """Versions by their keys."""
        return self.filter(pk__in=keys)

    def newest_of(self, articles) -> dict:
        """The newest version of each of some pieces, by the key of the piece; one statement."""
        found = self.filter(article__in=articles).order_by("article_id", "-number")
        found = found.distinct("article_id").defer("body", "html")
        return {each.article_id: each for each in found}

    def since(self, version):
        """Those after one, the newest first, whole, with who made them."""
        return self.filter(number__gt=version.number).for_display().whole()

    def with_signatures(self):
        """With the signatures that stand on them and the names in them, fetched beside."""
        signatures = self.model.signatures.rel.related_model.objects
        return self.prefetch_related(
            models.Prefetch("signatures", signatures.standing().for_display(), to_attr="standing")
        )


@keeps_history(exclude=("body", "html"))
class Version(models.Model):
    """An immutable snapshot of all a signature covers. Only its seal is added, once."""

    class Reason(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        MENDED = "mended", _("Mended and signed")
        REPLACED = "replaced", _("Kept before another was restored")
        RESTORED = "restored", _("Restored")
        NAMED = "named", _("Kept under a name")
        IMPORTED = "imported", _("Imported")
        # What one person wrote in one sitting, when the sitting is over.
        SITTING = "sitting", _("One sitting")

    class Basis(models.TextChoices):
        """On what ground a version was sealed."""

        ROUNDS = "rounds", _("Signed in every round")
        MINOR = "minor", _("Minor change to a live piece")
        EMERGENCY = "emergency", _("Emergency, signatures to follow")
        ARCHIVE = "archive", _("Archive import")

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, verbose_name=_("article"), related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    restored = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("restores"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Which version was brought back by this one."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("made by"), related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)

    kind = models.CharField(_("kind"), max_length=18, choices=ANY_KIND)
    section = models.ForeignKey(
        Section, models.PROTECT, verbose_name=_("section"), related_name="+", null=True
    )
    kicker = models.CharField(_("kicker"), max_length=120, blank=True)
    headline = models.CharField(_("headline"), max_length=120, blank=True)
    deck = models.CharField(_("deck"), max_length=200, blank=True)
    column_label = models.CharField(_("column label"), max_length=60, blank=True)
    dateline = models.CharField(_("dateline"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=60, blank=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = ProseField(_("text"), blank=True)
    change_note = models.CharField(_("change note"), max_length=200, blank=True)
    html = models.TextField(_("public HTML"), blank=True)
    characters = models.PositiveIntegerField(_("characters"), default=0)

    basis = models.CharField(_("ground of the seal"), max_length=9, choices=Basis, blank=True)
    basis_note = models.CharField(_("note on the ground"), max_length=300, blank=True)
    sealed_at = models.DateTimeField(_("sealed at"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["article", "number"]
        indexes = [models.Index(name="version_by_section", fields=["section"])]
        constraints = [
            models.UniqueConstraint(name="version_has_its_number", fields=["article", "number"]),
            models.CheckConstraint(
                name="sealed_version_has_its_ground",
                condition=Q(sealed_at=None, basis="") | Q(sealed_at__isnull=False) & ~Q(basis=""),
            ),
            models.CheckConstraint(
                name="restored_version_says_which",
                condition=Q(reason="restored", restored__isnull=False)
                | ~Q(reason="restored") & Q(restored=None),
            ),
            models.CheckConstraint(
                name="ground_other_than_rounds_is_written_down",
                condition=Q(basis__in=["", "rounds", "minor"]) | ~Q(basis_note=""),
            ),
        ]
        triggers = [
            *never_deleted("A version"),
            pgtrigger.Trigger(
                name="version_stays_as_made",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=triggers.VERSION_STAYS_AS_MADE,
            ),
            pgtrigger.Trigger(
                name="sealed_version_has_its_signatures",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("NEW.sealed_at IS NOT NULL"),
                func=seal_guards.SEALED_VERSION_HAS_ITS_SIGNATURES,
            ),
        ]

    def __str__(self):
        return str(_("version {number}").format(number=self.number))

    @property
    def name(self) -> str:
        """What somebody called it, or nothing; fetch with ``for_display`` for lists."""
        naming = getattr(self, "naming", None)
        return naming.name if naming else ""


@keeps_history()
class VersionName(models.Model):
    """What a version is called, beside it: the version itself is never changed."""

    version = models.OneToOneField(
        Version, models.PROTECT, verbose_name=_("version"), related_name="naming"
    )
    article = models.ForeignKey(
        "articles.Article", models.PROTECT, verbose_name=_("article"), related_name="+"
    )
    name = models.CharField(_("name"), max_length=40)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("named by"), related_name="+"
    )
    named_at = models.DateTimeField(_("named at"), auto_now=True)

    class Meta:
        verbose_name = _("name of a version")
        verbose_name_plural = _("names of versions")
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                name="name_of_a_version_is_unique_in_its_piece",
                fields=["article", "name"],
                violation_error_message=_("Another version of this piece is called so."),
            ),
            models.CheckConstraint(name="version_is_called_something", condition=~Q(name="")),
        ]
        triggers = [
            *never_deleted("The name of a version"),
            pgtrigger.Trigger(
                name="name_stays_with_its_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=triggers.NAME_STAYS_WITH_ITS_VERSION,
            ),
        ]

    def __str__(self):
        return self.name


class VersionByline(models.Model):
    """A name under a version, as a row: correspondents' pages and the ledger ask for it."""

    version = models.ForeignKey(
        Version, models.PROTECT, verbose_name=_("version"), related_name="bylines"
    )
    correspondent = models.ForeignKey(
        Correspondent,
        models.PROTECT,
        verbose_name=_("correspondent"),
        related_name="version_bylines",
        null=True,
    )
    name = models.CharField(_("name"), max_length=40)
    role = models.CharField(_("role"), max_length=30, blank=True)
    credit = models.CharField(_("did"), max_length=10, choices=Credit)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("byline of a version")
        verbose_name_plural = _("bylines of versions")
        ordering = ["version", "position"]
        triggers = [
            *only_grows("A byline of a version"),
            pgtrigger.Trigger(
                name="signed_version_takes_no_more",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=triggers.SIGNED_VERSION_TAKES_NO_MORE,
            ),
        ]

    def __str__(self):
        return f"{self.role} {self.name}".strip()


def video_is_on_a_secure_page(where: str) -> models.CheckConstraint:
    """Return the constraint that lets a photo be the poster of a page asked for by https only."""
    return models.CheckConstraint(
        name=f"video_of_a_{where}_is_on_a_secure_page",
        condition=Q(video_url="") | Q(video_url__startswith="https://"),
    )


class VersionPhotoQuerySet(models.QuerySet):
    def coloured(self):
        """With the ``colour`` that stands in for each until its file is there."""
        known = Picture.objects.filter(digest=OuterRef("digest")).values("colour")
        return self.annotate(colour=Coalesce(Subquery(known), Value("")))

    def showing(self, digest: str):
        """Where a picture, named by the digest of its file, stands."""
        return self.filter(digest=digest)

    def live(self, at=None):
        """Photos residents see at an instant: those of the sealed versions of live pieces."""
        articles = self.model.version.field.related_model.article.field.related_model.objects
        return self.filter(Exists(articles.public(at).filter(sealed=OuterRef("version"))))

    def public(self, digest: str, at=None):
        """Where residents see a picture at an instant."""
        return self.showing(digest).live(at)

    def digests_among(self, digests) -> set[str]:
        """Return those of some digests whose pictures stand here."""
        return set(self.filter(digest__in=list(digests)).values_list("digest", flat=True))

    def withdrawn(self, digest: str):
        """Where a picture stands in the sealed version of a piece that was withdrawn."""
        return self.showing(digest).filter(
            version__article__withdrawn_at__isnull=False,
            version__article__sealed=models.F("version"),
        )


class VersionPhoto(models.Model):
    """A photograph as signed: the very file, its words, its focal point."""

    version = models.ForeignKey(
        Version, models.PROTECT, verbose_name=_("version"), related_name="photos"
    )
    identity = models.PositiveBigIntegerField(
        _("number of the photo"), help_text=_("What the text's photo nodes name it by.")
    )
    digest = models.CharField(_("digest"), max_length=64, db_index=True)
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    widths = ArrayField(models.PositiveIntegerField(), verbose_name=_("widths of the renditions"))
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=80, blank=True)
    photographer = models.ForeignKey(
        Correspondent,
        models.PROTECT,
        verbose_name=_("photographer"),
        related_name="signed_photos",
        null=True,
    )
    alternative_text = models.CharField(_("alternative text"), max_length=200, blank=True)
    video_url = models.CharField(_("page of a video"), max_length=300, blank=True)
    focal_x = models.FloatField(_("focal point, share of the width"), default=0.5)
    focal_y = models.FloatField(_("focal point, share of the height"), default=0.5)
    position = models.PositiveSmallIntegerField(_("position"))
    inline = models.BooleanField(_("stands in the text"), default=False)

    objects = VersionPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo of a version")
        verbose_name_plural = _("photos of versions")
        ordering = ["version", "position"]
        constraints = [video_is_on_a_secure_page("photo_of_a_version")]
        triggers = [
            *only_grows("A photo of a version"),
            pgtrigger.Trigger(
                name="signed_version_takes_no_more",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=triggers.SIGNED_VERSION_TAKES_NO_MORE,
            ),
        ]

    def __str__(self):
        return self.caption or self.digest[:12]
