"""Verbs of correction: say in public what was wrong and what is right."""

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, Correction
from articles.workflow.moving import acting, record, required
from newsroom.people.models import User
from newsroom.people.verdicts import demand


def draw_up_correction(
    article: Article, *, by: User, wrong: str, right: str, note: str = ""
) -> Correction:
    """Write down what was wrong and what is right; it is public once a chief editor has signed."""
    with acting(by, "draw_up_correction"):
        locked = Article.objects.select_for_update().get(pk=article.pk)
        demand(permissions.may_correct(by, locked))
        correction = Correction.objects.create(
            article=locked,
            wrong=required(wrong, _("Quote the wrong words.")),
            right=required(right, _("Give the right words.")),
            note=note.strip(),
            drawn_up_by=by,
        )
        record(locked, "draw_up_correction", by=by, note=str(correction))
    return correction


def sign_correction(correction: Correction, *, by: User) -> Correction:
    """Make a correction public; somebody other than who drew it up signs."""
    with acting(by, "sign_correction"):
        locked = Correction.objects.select_for_update().get(pk=correction.pk)
        demand(permissions.may_sign_correction(by, locked))
        locked.signed_by, locked.signed_at = by, timezone.now()
        locked.save(update_fields=["signed_by", "signed_at"])
        record(locked.article, "sign_correction", by=by, note=str(locked))
    return locked
