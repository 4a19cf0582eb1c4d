"""Verbs of publication: let a signed piece go out, hold it, take it down."""

from datetime import datetime

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, Reinstatement, Release, Withdrawal
from articles.workflow.moving import moving, record, required
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.verdicts import demand, first_objection


@moving
def publish_alone(article: Article, *, by: User, at=None) -> None:
    """Let a signed-off piece go out by itself: now, or at ``at``, an aware datetime to come."""
    demand(permissions.may_publish_alone(by, article))
    demand(
        first_objection((at is not None and at < clock.now(), _("Nothing goes out in the past.")))
    )
    if article.release is None:
        article.release = Release.objects.create(alone=True, publish_at=at or Now())
        article.save(update_fields=["release"])
    else:
        Release.objects.filter(pk=article.release_id).update(
            publish_at=at or Now(), held=False, held_by_change=False, held_because=""
        )
    record(article, "publish_alone", by=by, version=article.sealed)


@moving
def reschedule_alone(article: Article, *, by: User, at: datetime, seen: datetime) -> None:
    """Move the hour of a piece that goes out by itself, before it has come.

    ``seen`` is the hour that was shown; by another nothing is changed.
    """
    demand(permissions.may_reschedule_alone(by, article))
    demand(
        first_objection(
            (
                article.release.publish_at != seen,
                _("Its hour has been changed since you looked. Look again, then decide."),
            ),
            (at < clock.now(), _("Nothing goes out in the past.")),
        )
    )
    Release.objects.filter(pk=article.release_id).update(publish_at=at)
    hour = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    record(article, "reschedule_alone", by=by, version=article.sealed, note=hour)


@moving
def hold(article: Article, *, by: User, because: str) -> None:
    """Stop a piece published alone before its hour; the reason is kept."""
    demand(permissions.may_hold(by, article))
    because = required(because, _("Say why it is held."))
    Release.objects.filter(pk=article.release_id).update(
        held=True, held_by_change=False, held_because=because
    )
    record(article, "hold", by=by, note=because)


@moving
def lift_hold(article: Article, *, by: User) -> None:
    """Let a held piece go out at its hour, or at once where that has passed."""
    demand(permissions.may_lift_hold(by, article))
    release = article.release
    late = release.publish_at is not None and release.publish_at < clock.now()
    hour = {"publish_at": Now()} if late else {}
    Release.objects.filter(pk=release.pk).update(
        held=False, held_by_change=False, held_because="", **hour
    )
    record(article, "lift_hold", by=by)


@moving
def withdraw(article: Article, *, by: User, reason: str, public_note: str = "") -> None:
    """Take a piece down everywhere; a tombstone with the public note stands at its address."""
    demand(permissions.may_withdraw(by, article))
    reason = required(reason, _("Say why it is withdrawn; the reason stays inside."))
    Withdrawal.objects.create(
        article=article, reason=reason, public_note=public_note.strip(), signed_by=by
    )
    article.withdrawn_at = clock.now()
    article.save(update_fields=["withdrawn_at"])
    record(article, "withdraw", by=by, version=article.sealed, note=reason)


@moving
def reinstate(article: Article, *, by: User, reason: str, public_note: str = "") -> None:
    """Take a withdrawal back: the piece is live again under its old release, at its old hour.

    Where that hour passed while it was withdrawn, a public note is wanted: the page would else
    say that it has been there all the time.
    """
    demand(permissions.may_reinstate(by, article))
    reason = required(reason, _("Say why it comes back; the reason stays inside."))
    release = article.release
    hour_passed = (
        release is not None
        and release.publish_at is not None
        and article.withdrawn_at < release.publish_at <= clock.now()
    )
    demand(
        first_objection(
            (
                hour_passed and not public_note.strip(),
                _("Its hour passed while it was withdrawn. Tell residents since when it stands."),
            )
        )
    )
    Reinstatement.objects.create(
        withdrawal=article.withdrawals.latest("pk"),
        reason=reason,
        public_note=public_note.strip(),
        signed_by=by,
    )
    article.withdrawn_at = None
    article.save(update_fields=["withdrawn_at"])
    record(article, "reinstate", by=by, version=article.sealed, note=reason)
