"""What becomes of an hour that is set when a piece of it is taken up again, and signed again.

Decided in the act itself: nobody has to be awake at the hour. Every one of these verbs has the
piece locked; the release comes after it, here as in the verbs of issues.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.models import Article, Release
from newsroom.people import clock
from newsroom.people.models import LateChange, SiteSettings


def taken_up(article: Article, *, is_taken_back: bool = False) -> str:
    """Do what the newsroom's setting says when a piece that waits for its hour is taken up.

    Return which of ``LateChange`` it was, or nothing where no hour waited. Where a signature was
    taken back, the signed version never goes out.
    """
    release = _waiting(article.release_id)
    if release is None:
        return ""
    became = late_change(article, release, is_taken_back=is_taken_back)
    if became == LateChange.DROP:
        article.release, article.left_out_of = None, release
        article.save(update_fields=["release", "left_out_of"])
    elif became == LateChange.HOLD and not release.held:
        # It is read by all, whatever language the one who changed it works in.
        with override(settings.LANGUAGE_CODE):
            why = _("“{title}” was taken up again").format(title=article)
        Release.objects.filter(pk=release.pk).update(
            held=True, held_by_change=True, held_because=why
        )
    return became


def late_change(article: Article, release: Release, *, is_taken_back: bool = False) -> LateChange:
    """Return what would become of a release that waits if a piece of it were taken up now."""
    asked = LateChange(SiteSettings.current().on_late_change)
    if asked == LateChange.GO:
        return LateChange.HOLD if is_taken_back else asked
    if asked == LateChange.DROP:
        others = Article.objects.going_out_with(release.pk).exclude(pk=article.pk)
        goes_on = not release.alone and others.filter(withdrawn_at=None).exists()
        return asked if goes_on else LateChange.HOLD
    return asked


def settled(article: Article, *, before: Release | None = None) -> None:
    """Undo what ``taken_up`` did once a piece is signed off again; what a person did stays.

    ``before`` is the release the piece had when it was taken up, where it has another one now. A
    hold ends with the last piece that was open, but never after the hour has come: then somebody
    decides.
    """
    if article.left_out_of_id is not None and not article.stays_out:
        _bring_back(article)
    release = _waiting((before or article.release).pk if before or article.release else None)
    if release is None or not release.held_by_change:
        return
    open_pieces = Article.objects.going_out_with(release.pk).taken_up().exclude(pk=article.pk)
    if open_pieces.exists():
        return
    if release.publish_at > clock.now():
        changes = {"held": False, "held_by_change": False, "held_because": ""}
    else:
        with override(settings.LANGUAGE_CODE):
            why = _("everything is signed again, but the hour has passed")
        changes = {"held_by_change": False, "held_because": why}
    Release.objects.filter(pk=release.pk).update(**changes)


def _bring_back(article: Article) -> None:
    """Let a piece go out again with the issue it was left out of, if that is not out yet."""
    issue = Release.objects.select_for_update(no_key=True).get(pk=article.left_out_of_id)
    article.left_out_of = None
    if article.release_id is None and not issue.is_due(clock.now()):
        article.release = issue
    article.save(update_fields=["release", "left_out_of"])


def _waiting(key: int | None) -> Release | None:
    """Return a release that has an hour and is not out, locked."""
    if key is None:
        return None
    waiting = Release.objects.select_for_update(no_key=True)
    return waiting.waiting(key, clock.now()).first()
