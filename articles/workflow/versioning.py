"""Verbs of versions: keep the present text under a name, name a version, bring one back."""

from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, Attachment, Byline, Photo, Version, VersionName
from articles.sealing import (
    ATTACHMENT_WORDS,
    COVERED_WORDS,
    covered_by_draft,
    covered_by_version,
    same_but_for_the_note,
    snapshot,
)
from articles.workflow.moving import move, moving, record, required
from articles.workflow.revising import as_read
from articles.workflow.settling import settled
from articles.workflow.sittings import end_anothers
from newsroom.people.models import User
from newsroom.people.verdicts import demand, first_objection

# What a photo says and shows; where its focus lies is layout, which no signature covers.
PHOTO_FIELDS = (
    "digest", "width", "height", "widths", "caption", "credit", "alternative_text", "video_url",
    "photographer_id",
)  # fmt: skip


@moving
def name_version(article: Article, *, by: User, number: int, name: str) -> None:
    """Call a version by a name of its own in its piece, or by another; the version stays as is."""
    demand(permissions.may_name_version(by, article))
    _name(article, _numbered(article, number), by, name)


@moving
def keep_version(article: Article, *, by: User, name: str, seen: int | None = None) -> None:
    """Keep the present text as a version under a name; where one equals it, that one is named."""
    demand(permissions.may_edit(by, article))
    as_read(article, seen)
    required(name, _("Give it a name."))
    end_anothers(article, by=by)
    _name(article, snapshot(article, by=by, reason=Version.Reason.NAMED), by, name)


def _name(article: Article, version: Version, by: User, name: str) -> None:
    name = " ".join(required(name, _("Give it a name.")).split())
    same = VersionName.objects.filter(article=article, name=name).exclude(version=version)
    demand(
        first_objection(
            (len(name) > 40, _("A name has at most 40 characters.")),
            (same.exists(), _("Another version of this piece is called so.")),
        )
    )
    if version.name == name:
        return
    VersionName.objects.update_or_create(
        version=version, defaults={"article": article, "name": name, "named_by": by}
    )
    record(article, "name_version", by=by, version=version, note=name)


@moving
def restore_version(article: Article, *, by: User, number: int, seen: int | None = None) -> None:
    """Give the working copy the text, names, photos and files of a version, as a new version.

    The present working copy is kept as a version first. What no signature covers stays as it is:
    line breaks and focal points, tags, who approved, photos that have no file yet.
    """
    demand(permissions.may_change(by, article))
    as_read(article, seen)
    version = _numbered(article, number)
    same = same_but_for_the_note(covered_by_draft(article), covered_by_version(version))
    demand(first_objection((same, _("The piece reads like this version already."))))
    made = _bring_back(article, version, by=by)
    record(
        article, "restore_version", by=by, version=made,
        note=_("version {number}").format(number=number),
    )  # fmt: skip


@moving
def drop_revision(article: Article, *, by: User) -> None:
    """Give up a revision that is not wanted: the piece reads again as it was last signed off.

    What had been typed is kept as a version. What is out stays out, and nobody signs anew.
    """
    demand(permissions.may_drop_revision(by, article))
    demand(permissions.unlocked_for(by, article))
    _bring_back(article, article.sealed, by=by)
    move(article, "drop_revision", change_note="")
    settled(article)
    record(article, "drop_revision", by=by, version=article.sealed)


def _bring_back(article: Article, version: Version, *, by: User) -> Version:
    """Keep the present text as a version, then give the piece that of another."""
    end_anothers(article, by=by)
    snapshot(article, by=by, reason=Version.Reason.REPLACED)
    _give_words(article, version)
    _give_names(article, version)
    _give_photos(article, version)
    _give_attachments(article, version)
    return snapshot(article, by=by, reason=Version.Reason.RESTORED, restored=version)


def _numbered(article: Article, number: int) -> Version:
    found = article.versions.for_display().filter(number=number).first()
    demand(first_objection((found is None, _("The piece has no such version."))))
    return found


def _give_words(article: Article, version: Version) -> None:
    if article.headline.replace("|", "") != version.headline:
        article.headline = version.headline
    for name in (*COVERED_WORDS, "kind", "section_id"):
        setattr(article, name, getattr(version, name))
    article.revision += 1
    article.save(
        update_fields=["headline", *COVERED_WORDS, "kind", "section", "revision", "changed_at"]
    )


def _give_names(article: Article, version: Version) -> None:
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(
            article=article,
            correspondent=byline.correspondent,
            name="" if _goes_without_saying(byline) else byline.name,
            role=byline.role,
            credit=byline.credit,
            position=position,
        )
        for position, byline in enumerate(version.bylines.select_related("correspondent"))
    )


def _goes_without_saying(byline) -> bool:
    return byline.correspondent is not None and byline.correspondent.name == byline.name


def _give_photos(article: Article, version: Version) -> None:
    """Bring back each photo under its own number, by which the text names it."""
    signed = list(version.photos.all())
    article.photos.exclude(digest="").exclude(pk__in=[each.identity for each in signed]).delete()
    present = {photo.pk: photo for photo in article.photos.all()}
    for position, each in enumerate(signed):
        photo = present.get(each.identity)
        if photo is None or photo.digest != each.digest:
            focus = {"focal_x": each.focal_x, "focal_y": each.focal_y}
        else:
            focus = {"focal_x": photo.focal_x, "focal_y": photo.focal_y}
        fields = {name: getattr(each, name) for name in PHOTO_FIELDS} | focus
        Photo(pk=each.identity, article=article, position=position, **fields).save(
            force_insert=photo is None, force_update=photo is not None
        )


def _give_attachments(article: Article, version: Version) -> None:
    article.attachments.all().delete()
    Attachment.objects.bulk_create(
        Attachment(
            article=article,
            position=position,
            **{name: getattr(each, name) for name in ATTACHMENT_WORDS},
        )
        for position, each in enumerate(version.attachments.all())
    )
