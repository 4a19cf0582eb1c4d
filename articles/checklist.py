"""What a piece still lacks. Form, submission and signature ask the same functions."""

from django.utils.translation import gettext as _

from articles.kinds import Kind

WITHOUT_HEADLINE = {Kind.PHOTO_STORY, Kind.BRIEF}


def missing_before_review(article) -> list[str]:
    """Return a sentence for each thing reviewers cannot do without."""
    found = []
    if not article.headline.replace("|", "").strip() and article.kind not in WITHOUT_HEADLINE:
        found.append(_("It has no headline."))
    if not article.characters and not any(photo.digest for photo in article.photos.all()):
        found.append(_("It has neither text nor a picture."))
    if article.section_id is None:
        found.append(_("It has no section."))
    return found


def missing_before_signature(article) -> list[str]:
    """Return a sentence for each thing residents cannot do without."""
    found = missing_before_review(article)
    for photo in article.photos.all():
        if photo.digest and not photo.alternative_text.strip():
            found.append(
                _("The picture “{caption}” has no alternative text.").format(
                    caption=photo.caption[:12] or photo.position + 1
                )
            )
    return found
