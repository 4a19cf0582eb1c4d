"""Who may look at the site of another hour, and who may lend what is not out to outsiders."""

from django.utils.translation import gettext as _

from articles.models import Article
from articles.permissions import EDITORS, sees_everything
from articles.statuses import Status
from newsroom.desk.models import PreviewLink
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection


def may_preview(user: User) -> Verdict:
    """The newsroom sees the site of any hour; correspondents preview their own pieces."""
    allowed = sees_everything(user)
    return YES if allowed else Verdict(_("The site of another hour is for the newsroom."))


def may_see_links(user: User) -> Verdict:
    """The newsroom sees what was lent to whom, and what they said."""
    allowed = sees_everything(user)
    return YES if allowed else Verdict(_("What is lent to outsiders is the newsroom's to see."))


def may_lend(user: User) -> Verdict:
    """Editors of every rank and issue editors lend what is not out to people outside."""
    allowed = user.is_active and user.holds(*EDITORS, Role.ISSUE_EDITOR)
    return YES if allowed else Verdict(_("Only editors and issue editors lend what is not out."))


def may_lend_piece(user: User, article: Article) -> Verdict:
    """A piece that is not put aside and has not been withdrawn."""
    return may_lend(user) and first_objection(
        (
            article.status in (Status.REJECTED, Status.DISCARDED),
            _("“{title}” was rejected or discarded.").format(title=article),
        ),
        (
            article.withdrawn_at is not None,
            _("“{title}” has been withdrawn.").format(title=article),
        ),
        (article.lasts, _("Pages and topics are not lent; only pieces and issues are.")),
    )


def _open(link: PreviewLink) -> Verdict:
    return first_objection(
        (link.revoked_at is not None, _("The link has been revoked.")),
        (not link.is_open(clock.now()), _("The link has run out.")),
    )


def may_revoke(user: User, link: PreviewLink) -> Verdict:
    """Whoever may lend takes back what anybody has lent: it is urgent when it is needed."""
    return may_lend(user) and _open(link)


def may_renew_code(user: User, link: PreviewLink) -> Verdict:
    """Whoever may lend hands out another code, as long as the link is open."""
    return may_lend(user) and _open(link)
