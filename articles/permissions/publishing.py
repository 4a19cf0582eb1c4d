"""Who may let a piece go out, hold it, take it down, bring it back."""

from django.utils.translation import gettext as _

from articles.models import Article
from articles.permissions.seeing import PUBLISHERS, is_own
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection


def _may_publish(user: User) -> Verdict:
    allowed = user.holds(*PUBLISHERS)
    return YES if allowed else Verdict(_("Only chief editors and issue editors publish."))


def _lacks_a_signature(article: Article) -> tuple[bool, str]:
    return (
        article.lacks_a_signature,
        _("A signature was taken back; it does not go out before it is signed again."),
    )


def may_publish_alone(user: User, article: Article) -> Verdict:
    """A signed-off piece that goes out with nothing else."""
    return _may_publish(user) and first_objection(
        (article.sealed_id is None, _("It is not signed off.")),
        (article.withdrawn_at is not None, _("It has been withdrawn.")),
        (
            article.release_id is not None and article.release.publish_at is not None,
            _("It goes out or has gone out already."),
        ),
        (
            article.release_id is not None and not article.release.alone,
            _("It goes out with an issue."),
        ),
        _lacks_a_signature(article),
    )


def may_reschedule_alone(user: User, article: Article) -> Verdict:
    """A piece that goes out by itself, before its hour; what is live never moves."""
    release = article.release
    return _may_publish(user) and first_objection(
        (
            release is None or not release.alone or release.publish_at is None,
            _("It has no hour of its own."),
        ),
        (article.withdrawn_at is not None, _("It has been withdrawn.")),
        (
            article.is_live(clock.now()),
            _("It is live; correct or withdraw it."),
        ),
        (release is not None and release.held, _("It is held; lift the hold first.")),
    )


def may_hold(user: User, article: Article) -> Verdict:
    """Stop a piece published alone before its hour."""
    release = article.release
    return _may_publish(user) and first_objection(
        (
            release is None or not release.alone,
            _("It has no release of its own; hold the issue instead."),
        ),
        (release is not None and release.held, _("It is held already.")),
        (article.withdrawn_at is not None, _("It has been withdrawn.")),
        (
            article.is_live(clock.now()),
            _("It is live; correct or withdraw it."),
        ),
    )


def may_lift_hold(user: User, article: Article) -> Verdict:
    """Let a held piece go out again, at its hour or at once when that has passed."""
    release = article.release
    return _may_publish(user) and first_objection(
        (release is None or not release.alone or not release.held, _("It is not held.")),
        _lacks_a_signature(article),
    )


def may_withdraw(user: User, article: Article) -> Verdict:
    """Chief editors take down what has a signed version."""
    return first_objection(
        (not user.holds(Role.CHIEF_EDITOR), _("Only a chief editor withdraws a piece.")),
        (article.sealed_id is None, _("It has never been signed off; discard it instead.")),
        (article.withdrawn_at is not None, _("It has been withdrawn already.")),
    )


def may_reinstate(user: User, article: Article) -> Verdict:
    """Only a chief editor takes a withdrawal back, and never that of a piece of their own."""
    return first_objection(
        (not user.holds(Role.CHIEF_EDITOR), _("Only a chief editor takes a withdrawal back.")),
        (article.withdrawn_at is None, _("It is not withdrawn.")),
        (is_own(user, article), _("Nobody brings back a piece they filed or are named in.")),
    )
