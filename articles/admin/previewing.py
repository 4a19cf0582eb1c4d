"""The working copy as residents would see it: the public page, filled from what is unsigned."""

import re

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from articles.chaptering import gathered, told
from articles.kinds import Lasting
from articles.markup import photo_ids, sanitise
from articles.models import (
    Article,
    Masthead,
    TopicCourse,
    Version,
    VersionAttachment,
    VersionByline,
    VersionPhoto,
)
from articles.public_pages import PER_PAGE
from articles.sealing import ATTACHMENT_WORDS, COVERED_WORDS, PHOTO_WORDS, public_html

_PHOTO = re.compile(r"/photos/([0-9a-f]{64}/)")
_FILE = re.compile(r"/articles/(\d+)/files/([0-9a-f]{64}\.)")


def preview_response(request, article: Article) -> HttpResponse:
    """Render the public page of a piece from its working copy. Nothing is stored."""
    masthead = Masthead.objects.present()
    context = {
        "masthead": masthead,
        "origin": f"{request.scheme}://{request.get_host()}",
        "address": request.build_absolute_uri(article.get_absolute_url()),
        "piece": as_if_sealed(article, masthead.at),
    }
    if article.lasts:
        context |= _lasting(context["piece"], masthead.at)
    name = article.kind if article.lasts else "article"
    page = render_to_string(f"articles/{name}.html", context)
    desk = reverse("admin:index")
    page = _PHOTO.sub(rf"{desk}photos/\1", page)
    return HttpResponse(_FILE.sub(rf"{desk}files/\1/\2", page))


def _lasting(piece: Article, at) -> dict:
    """Return what the page of a topic shows besides: what it gathers that is live by now."""
    if piece.kind == Lasting.PAGE:
        return {"page_slug": piece.slug}
    course = TopicCourse.objects.filter(topic=piece).first() or TopicCourse()
    piece.ended_at = course.ended_at
    rows = list(gathered(piece.pk, piece.sealed.html, course.order, at)[:PER_PAGE])
    piece.pieces = len(rows)
    piece.latest = max((row.article.release.publish_at for row in rows), default=None)
    return {"rows": rows, "number": 1, "chapters": told(piece.sealed.html, rows, 1)}


def as_if_sealed(article: Article, at) -> Article:
    """Return the piece dressed as ``at_its_address`` returns live ones, from the working copy."""
    photos = [photo for photo in article.photos.all() if photo.digest]
    article.sealed = Version(
        article=article,
        kind=article.kind,
        section=article.section,
        headline=article.headline,
        html=public_html(sanitise(article.body), photos),
        characters=article.characters,
        made_at=at,
        sealed_at=at,
        **{name: getattr(article, name) for name in COVERED_WORDS},
    )
    article.names = [
        _linked(VersionByline(name=each.printed_name, role=each.role, credit=each.credit), each)
        for each in article.bylines.select_related("correspondent")
    ]
    article.pictures = [_picture(photo, article.body) for photo in photos]
    article.attached = [_attached(each) for each in article.attachments.all()]
    article.opening = article.body
    article.signed = article.corrected = article.withdrawals_noted = article.archived = []
    return article


def _linked(name: VersionByline, byline) -> VersionByline:
    name.linked = byline.correspondent_id
    return name


def _picture(photo, body: str) -> VersionPhoto:
    words = {name: getattr(photo, name) for name in PHOTO_WORDS}
    return VersionPhoto(identity=photo.pk, inline=photo.pk in photo_ids(body), **words)


def _attached(file) -> VersionAttachment:
    return VersionAttachment(**{name: getattr(file, name) for name in ATTACHMENT_WORDS})
