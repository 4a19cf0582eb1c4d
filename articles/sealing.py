"""Versions: what a signature covers is gathered, fingerprinted, kept and, in the end, sealed."""

import hashlib
import json
from dataclasses import dataclass

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.db.models.functions import Now
from django.utils.translation import override

from articles.differences import changed_characters
from articles.figures import figure_html
from articles.markup import (
    count_characters,
    keep_numbers_whole,
    link_targets,
    paragraphs,
    photo_ids,
    sanitise,
    with_figures,
    without_breaks,
)
from articles.models import (
    Article,
    Picture,
    SealedTag,
    Tag,
    Version,
    VersionAttachment,
    VersionByline,
    VersionPhoto,
)

COVERED_WORDS = ("kicker", "deck", "column_label", "dateline", "source", "summary", "body")


def covered(piece, *, bylines, photos, attachments) -> dict:
    """Return all that a signature covers, of a working copy or a version alike.

    A headline's line-break mark is layout and left out.
    """
    return {
        "kind": piece.kind,
        "section": piece.section_id,
        "headline": without_breaks(piece.headline),
        **{name: getattr(piece, name) for name in COVERED_WORDS},
        # Whatever wrote the working copy: what is signed and shown is clean.
        "body": sanitise(piece.body),
        "bylines": [
            [byline.correspondent_id, _printed(byline), byline.role, byline.credit]
            for byline in bylines
        ],
        "photos": [
            [
                photo.digest,
                photo.caption,
                photo.credit,
                photo.alternative_text,
                *([photo.video_url] if photo.video_url else []),
            ]
            for photo in photos
        ],
        # Named only where there are any, as fingerprints are older than attachments.
        **({"attachments": files} if (files := _files(attachments)) else {}),
        # Residents read it. Only a revision of what is out has one.
        **({"change_note": piece.change_note} if piece.change_note else {}),
    }


def _files(attachments) -> list[list[str]]:
    return [[each.digest, each.kind, each.title] for each in attachments]


def _printed(byline) -> str:
    return getattr(byline, "printed_name", byline.name)


def covered_by_draft(article: Article) -> dict:
    """Return what a signature would cover if the working copy were signed now."""
    return covered(
        article,
        bylines=_bylines(article),
        photos=_photos_with_files(article),
        attachments=article.attachments.all(),
    )


def _bylines(article: Article):
    """Return the names under a piece; those that were fetched with it are not fetched again."""
    fetched = "bylines" in getattr(article, "_prefetched_objects_cache", {})
    return article.bylines.all() if fetched else article.bylines.select_related("correspondent")


def _photos_with_files(article: Article) -> list:
    return [photo for photo in article.photos.all() if photo.digest]


def covered_by_version(version: Version) -> dict:
    """Return what a signature on a version covers."""
    return covered(
        version,
        bylines=version.bylines.all(),
        photos=version.photos.all(),
        attachments=version.attachments.all(),
    )


def same_but_for_the_note(one: dict, other: dict) -> bool:
    """Say whether two contents differ in nothing but the note on what has changed."""
    return {**one, "change_note": ""} == {**other, "change_note": ""}


def fingerprint(content: dict) -> str:
    """Return the fingerprint of covered content: SHA-256 over its canonical JSON."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def as_text(content: dict) -> str:
    """Return covered content as one text, for counting how much has changed.

    The note on the change is left out: it may be asked for at the last signature.
    """
    words = [content["headline"], *(content[name] for name in COVERED_WORDS if name != "body")]
    names = ["".join(map(str, line[1:])) for line in content["bylines"]]
    pictures = ["".join(map(str, line)) for line in content["photos"]]
    files = ["".join(line) for line in content.get("attachments", [])]
    body = content["body"]
    return "\n".join([*words, *paragraphs(body), *link_targets(body), *names, *pictures, *files])


def distance(one: Version, other: Version) -> int:
    """Return how many characters of what is covered differ between two versions."""
    if one.fingerprint == other.fingerprint:
        return 0
    return changed_characters(as_text(covered_by_version(one)), as_text(covered_by_version(other)))


def snapshot(
    article: Article, *, by, reason: Version.Reason, restored: Version | None = None
) -> Version:
    """Return the version that equals the working copy, making one if it has changed.

    ``restored`` is the version whose text the working copy was given. The public HTML is rendered
    here, once. The caller holds the lock on the article.
    """
    content = covered_by_draft(article)
    latest = article.latest_version
    if latest is not None and latest.fingerprint == fingerprint(content):
        return latest
    drawn = drawn_up(
        article, content, number=latest.number + 1 if latest else 1, reason=reason,
        restored=restored, made_by=by,
    )  # fmt: skip
    drawn.version.save(force_insert=True)
    VersionByline.objects.bulk_create(drawn.bylines)
    VersionPhoto.objects.bulk_create(drawn.photos)
    VersionAttachment.objects.bulk_create(drawn.attachments)
    return drawn.version


@dataclass(frozen=True)
class Drawn:
    """A version that is not stored, with all that belongs to it."""

    version: Version
    bylines: list[VersionByline]
    photos: list[VersionPhoto]
    attachments: list[VersionAttachment]


def drawn_up(article: Article, content: dict, *, pictures: dict | None = None, **facts) -> Drawn:
    """Return the version that would be made of the working copy; ``content`` is all it covers.

    ``facts`` are the fields of the version that its content does not give, ``pictures`` what is
    known of its photographs, by their digests, where somebody has asked already.
    """
    photos = _photos_with_files(article)
    version = Version(
        article=article,
        fingerprint=fingerprint(content),
        kind=content["kind"],
        section_id=content["section"],
        headline=content["headline"],
        **{name: content[name] for name in COVERED_WORDS},
        change_note=content.get("change_note", ""),
        html=public_html(content["body"], photos, pictures),
        characters=count_characters(content["body"]),
        **facts,
    )
    return Drawn(
        version,
        [
            VersionByline(
                version=version,
                correspondent_id=byline.correspondent_id,
                name=byline.printed_name,
                role=byline.role,
                credit=byline.credit,
                position=position,
            )
            for position, byline in enumerate(_bylines(article))
        ],
        _photos(version, photos),
        [
            VersionAttachment(
                version=version,
                position=position,
                **{name: getattr(each, name) for name in ATTACHMENT_WORDS},
            )
            for position, each in enumerate(article.attachments.all())
        ],
    )


def drawn_up_all(articles: list[Article], **facts) -> list[Drawn]:
    """Return the version that would be made of each of some working copies; four statements."""
    prefetch_related_objects(articles, "bylines__correspondent", "photos", "attachments")
    digests = [photo.digest for article in articles for photo in _photos_with_files(article)]
    pictures = Picture.objects.by_digest(digests)
    return [
        drawn_up(
            article,
            covered_by_draft(article),
            pictures=pictures,
            made_by_id=article.filed_by_id,
            **facts,
        )
        for article in articles
    ]


def _photos(version: Version, photos: list) -> list[VersionPhoto]:
    inline = set(photo_ids(version.body))
    return [
        VersionPhoto(
            version=version,
            identity=photo.pk,
            inline=photo.pk in inline,
            position=position,
            **{name: getattr(photo, name) for name in PHOTO_WORDS},
        )
        for position, photo in enumerate(photos)
    ]


PHOTO_WORDS = (
    "digest", "width", "height", "widths", "caption", "credit", "alternative_text", "video_url",
    "photographer_id", "focal_x", "focal_y",
)  # fmt: skip
ATTACHMENT_WORDS = ("digest", "kind", "size", "title")
# Characters of the text that fit above a picture on a phone, below the headline.
FIRST_SCREEN = 100


def public_html(body: str, photos, pictures: dict | None = None) -> str:
    """Return the text as residents get it: sanitised, with its pictures, numbers kept whole."""
    inline = photo_ids(body)
    known = {photo.pk: photo for photo in photos if photo.pk in inline}
    opening = inline[0] if inline and len(known) == len(photos) and _opens(body) else None
    if pictures is None:
        pictures = Picture.objects.by_digest(p.digest for p in known.values()) if known else {}

    def draw(identity: int, size: str) -> str:
        photo = known.get(identity)
        if photo is None:
            return ""
        picture = pictures.get(photo.digest)
        colour = picture.colour if picture else ""
        return figure_html(photo, size=size, lead=identity == opening, colour=colour)

    # It is kept for residents, whatever language its signer works in.
    with override(settings.LANGUAGE_CODE):
        return with_figures(keep_numbers_whole(body), draw)


def _opens(body: str) -> bool:
    """Say whether the first picture of a text is seen before anybody scrolls."""
    return count_characters(body[: body.index("<figure")]) <= FIRST_SCREEN


def seal(version: Version, *, basis: Version.Basis, note: str = "", at=None) -> None:
    """Seal a version on its ground and let the article go out in it. The lock is the caller's.

    ``at`` is when it was sealed where it was archived.
    """
    Version.objects.filter(pk=version.pk, sealed_at=None).update(
        basis=basis, basis_note=note, sealed_at=at or Now()
    )
    Article.objects.filter(pk=version.article_id).update(sealed=version)
    _seal_tags(version)


def _seal_tags(version: Version) -> None:
    """Let a piece be found by what it is about as of now; later changes wait for a signature."""
    SealedTag.objects.filter(article=version.article_id).delete()
    tags = Tag.objects.filter(articles=version.article_id).values_list("pk", flat=True)
    SealedTag.objects.bulk_create(
        SealedTag(article_id=version.article_id, tag_id=tag) for tag in tags
    )
