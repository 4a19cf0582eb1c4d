"""What the reading page and the form's side column show of a piece."""

from articles.admin.remarks import blocks_of, colleagues, open_remarks, remarks_on
from articles.admin.tracing import by_whom, traced
from articles.comparing import places
from articles.figures import desk_address, figure_html
from articles.markup import photo_ids
from articles.models import Article, Version
from articles.permissions import may_change
from articles.sealing import covered_by_draft, covered_by_version
from articles.standing import newest_review, with_reviews

VERSIONS, ACTS = 8, 20


def for_reading(articles):
    """Fetch what a piece's own page shows beside it."""
    return with_reviews(articles).prefetch_related(
        "bylines__correspondent", "photos", "attachments", "tags"
    )


def reading_context(article: Article, user, clean: bool = False) -> dict:
    """Return what stands on the page of a piece: text, changes, reviews, versions, history."""
    base = compared_with(article, user)
    found = places(told(base), told(article)) if base else []
    changes = [place for place in found if not place.same]
    waiting = Article.objects.waiting_for(user).filter(pk=article.pk)
    return {
        "article": article,
        "title": article.title,
        "base": base,
        "may_edit": bool(may_change(user, article)),
        "waiting_pks": waiting.values_list("pk", flat=True),
        "mine": _signature_of(article, user),
        "base_is_mine": bool(base and _signature_of(article, user)),
        "traced": (trail := traced(article, base, changes, told) if base else []),
        "changed_by": by_whom(trail),
        "places": [] if clean or not changes else found,
        "clean": clean,
        "changes": changes,
        "blocks": blocks_of(article, _drawing(article)),
        "remarks": (remarks := remarks_on(article, user)),
        "open_remarks": open_remarks(remarks),
        "colleagues": colleagues(article, user),
        "pictures_aside": _aside(article),
        "versions": list(article.versions.in_lists()[:VERSIONS]),
        "acts": list(article.acts.steps().for_display()[:ACTS]),
        "gaps": list(article.gaps.select_related("cleared_by")),
        "corrections": list(article.corrections.for_desk()),
        "withdrawals": list(
            article.withdrawals.select_related("signed_by", "reinstatement__signed_by")
        ),
    }


def told(piece: Article | Version) -> dict:
    """Return what a signature covers of a working copy or a version, its section by name."""
    covers = covered_by_draft if isinstance(piece, Article) else covered_by_version
    return covers(piece) | {"section_name": str(piece.section or "")}


def _signature_of(article: Article, user):
    review = newest_review(article)
    mine = [each for each in review.signatures.all() if user.pk == each.signer_id] if review else []
    return mine[-1] if mine else None


def compared_with(article: Article, user) -> Version | None:
    """Return the version a reader compares with: the one they signed, or the one submitted.

    A piece that came back after changes is compared with what was returned.
    """
    if signature := _signature_of(article, user):
        return signature.version
    review = newest_review(article)
    if review is None:
        return None
    latest = article.latest_version
    if latest is None or latest.pk != review.submitted_id:
        return review.submitted
    return article.acts.passed_before(review.submitted) or review.submitted


def _drawing(article: Article):
    """Return what draws the photographs in a text, at the desk's addresses."""
    photos = {photo.pk: photo for photo in article.photos.all()}

    def draw(number: int, size: str) -> str:
        return figure_html(photos.get(number), size=size, address_of=desk_address)

    return draw


def _aside(article: Article) -> list:
    """Return the photographs that stand beside the text, not in it."""
    return [
        photo
        for photo in article.photos.all()
        if photo.digest and photo.pk not in photo_ids(article.body)
    ]
