"""Who may compose pages and topics, say what a topic gathers, and arrange the foot of the site."""

from django.utils.translation import gettext as _

from articles.models import Article
from articles.permissions.seeing import EDITORS, sees_everything
from articles.statuses import Status
from newsroom.people.models import User
from newsroom.people.permissions import may_administer
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection

GATHERERS = (*EDITORS, Role.ISSUE_EDITOR)


def may_compose(user: User) -> Verdict:
    """Editors of every rank write pages and topics; they pass the rounds like any piece."""
    allowed = user.is_active and user.holds(*EDITORS)
    return YES if allowed else Verdict(_("Only an editor composes pages and topics."))


def may_see_composed(user: User) -> Verdict:
    """The newsroom sees which pages and topics there are."""
    return YES if sees_everything(user) else Verdict(_("Pages and topics are the newsroom's."))


def may_gather(user: User, topic: Article) -> Verdict:
    """Editors and issue editors say what a topic gathers; it needs no signature: no word changes.

    Also while it is out. What becomes of one that was put aside or withdrawn nobody sees.
    """
    allowed = user.is_active and user.holds(*GATHERERS)
    return first_objection(
        (topic.kind != Article.Lasting.TOPIC, _("It is no topic.")),
        (not allowed, _("Only an editor or an issue editor says what a topic gathers.")),
        (topic.status == Status.DISCARDED, _("It has been discarded; bring it back first.")),
        (topic.withdrawn_at is not None, _("It has been withdrawn.")),
    )


def may_be_gathered(piece: Article) -> Verdict:
    """News that was not put aside or withdrawn; also before it is out: residents see it then."""
    put_aside = piece.status in (Status.DISCARDED, Status.REJECTED)
    return first_objection(
        (piece.lasts, _("A topic gathers news, not pages or topics.")),
        (put_aside, _("“{title}” was rejected or discarded.").format(title=piece)),
        (
            piece.withdrawn_at is not None,
            _("“{title}” has been withdrawn.").format(title=piece),
        ),
    )


def may_arrange_foot(user: User) -> Verdict:
    """The foot stands on every page: desk heads, chief editors and administrators arrange it."""
    allowed = user.is_active and user.holds(Role.DESK_HEAD, Role.CHIEF_EDITOR)
    if allowed or may_administer(user):
        return YES
    return Verdict(
        _("Only a desk head, a chief editor or an administrator arranges the foot of the site.")
    )
