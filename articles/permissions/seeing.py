"""Who sees a piece, whose own it is, and what its status allows."""

from django.utils.translation import gettext as _

from articles.models import Article, Byline
from articles.statuses import TRANSITIONS
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict

EDITORS = (Role.EDITOR, Role.DESK_HEAD, Role.CHIEF_EDITOR)


PUBLISHERS = (Role.CHIEF_EDITOR, Role.ISSUE_EDITOR)


def sees_everything(user: User) -> bool:
    """Editors of every rank, issue editors and administrators see all pieces."""
    return user.is_active and (
        user.is_superuser or user.holds(*EDITORS, Role.ISSUE_EDITOR, Role.ADMINISTRATOR)
    )


def is_author(user: User, article: Article) -> bool:
    """Whoever filed a piece or is named in it."""
    if article.filed_by_id == user.pk:
        return True
    return Byline.objects.filter(article=article, correspondent__user=user).exists()


def is_own(user: User, article: Article) -> bool:
    """Say whether a piece is this person's own, which somebody else must sign.

    A name under it that belongs to no account counts for everybody who is called so.
    """
    return article.filed_by_id == user.pk or any(
        _names(byline, user) for byline in _bylines(article)
    )


def _bylines(article: Article):
    """Return the names under a piece; those a page has fetched with it are not fetched again."""
    fetched = getattr(article, "_prefetched_objects_cache", {}).get("bylines")
    return article.bylines.select_related("correspondent") if fetched is None else fetched


def _names(byline: Byline, user: User) -> bool:
    account = byline.correspondent and byline.correspondent.user_id
    return account == user.pk if account else "".join(byline.printed_name.split()) == user.name


def may_see(user: User, article: Article) -> Verdict:
    """Correspondents see only what they filed, are named in or look after."""
    kept = article.kept_by_id == user.pk
    allowed = user.is_active and (sees_everything(user) or kept or is_author(user, article))
    return YES if allowed else Verdict(_("This piece is not yours."))


def may_read_sheet(user: User, article: Article) -> Verdict:
    """The sign-off sheet is the newsroom's: it repeats what reviewers wrote to one another."""
    allowed = sees_everything(user)
    return YES if allowed else Verdict(_("The sign-off sheet is for the newsroom."))


def may_read_coaching(user: User, article: Article) -> Verdict:
    """What editors changed is for the authors and the newsroom, once the piece is signed off."""
    unsigned = Verdict(_("What the editors changed can be read once the piece is signed off."))
    return may_see(user, article) and (YES if article.sealed_id else unsigned)


def stands_where(article: Article, verb: str) -> Verdict:
    """Say whether the table of moves has this verb for the piece's status."""
    if article.status in TRANSITIONS[verb][0]:
        return YES
    return Verdict(
        _("That cannot be done with a piece that is “{status}”.").format(
            status=article.get_status_display()
        )
    )


def may_handle(user: User, article: Article) -> Verdict:
    """Who filed it or looks after it, and the newsroom's editors."""
    theirs = user.pk in (article.filed_by_id, article.kept_by_id)
    allowed = theirs or user.holds(*EDITORS, Role.ISSUE_EDITOR)
    return YES if user.is_active and allowed else Verdict(_("This piece is not yours."))
