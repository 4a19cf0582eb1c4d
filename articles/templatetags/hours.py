"""What hangs on the hour of a piece: said beside its verbs, before somebody takes it up again."""

from django import template

from articles.models import Article
from articles.workflow.settling import late_change
from newsroom.people import clock

register = template.Library()


@register.inclusion_tag("articles/desk/_hour.html")
def hour_of(article) -> dict:
    """Say when a piece goes out, what taking it up would do, or what having done so has done."""
    release = article.release or article.left_out_of
    if release is None or release.publish_at is None or release.is_due(clock.now()):
        return {"taken_back": _taken_back(article)}
    signed = article.status == Article.Status.APPROVED and article.release_id == release.pk
    return {
        "hour": release.publish_at,
        "would": late_change(article, release).label if signed and not release.held else "",
        "held": release.held_by_change,
        "held_because": release.held_because,
        "left_out": article.left_out_of_id is not None,
        "stays_out": article.stays_out,
        "taken_back": _taken_back(article),
    }


def _taken_back(article):
    """Return the last signature that was taken back and that nobody has answered, or None."""
    if article.status == Article.Status.APPROVED:
        return None
    return article.signatures_taken_back.standing().select_related("by").first()
