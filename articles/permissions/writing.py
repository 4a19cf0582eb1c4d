"""Who may write, change, put aside."""

from django.utils.translation import gettext as _

from articles.models import Article
from articles.permissions.composing import may_compose
from articles.permissions.reviewing import may_act_in_round
from articles.permissions.seeing import EDITORS, may_handle, may_see, stands_where
from newsroom.people.models import User
from newsroom.people.permissions import may_administer
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection


def may_file(user: User) -> Verdict:
    """Say whether this person may write pieces."""
    allowed = user.holds(*EDITORS, Role.CORRESPONDENT, Role.ISSUE_EDITOR)
    return YES if allowed else Verdict(_("Your role does not write pieces."))


def may_take_pictures(user: User) -> Verdict:
    """Whoever writes pieces brings pictures."""
    return may_file(user)


def may_keep_templates(user: User) -> Verdict:
    """Editors keep what pieces are begun from; so do administrators."""
    allowed = may_administer(user) or (user.is_active and user.holds(*EDITORS))
    return YES if allowed else Verdict(_("Only an editor or an administrator changes templates."))


def may_edit(user: User, article: Article) -> Verdict:
    """Drafts: who filed it, and editors. In review: whoever has claimed it. Otherwise nobody."""
    if article.status == Article.Status.DRAFT:
        return may_handle(user, article)
    if article.status != Article.Status.IN_REVIEW:
        return Verdict(_("It is not being written or reviewed now; take it up for revision first."))
    if article.claimed_by_id != user.pk:
        return Verdict(_("In review only the person who has claimed it changes it."))
    return may_act_in_round(user, article)


def may_keep(user: User, article: Article | None) -> Verdict:
    """What somebody types is kept for who writes pieces, in what they see.

    Also where they may not save it now: a piece leaves its author's hands while they type.
    """
    return may_file(user) if article is None else may_see(user, article) and may_file(user)


def may_fill(user: User, article: Article) -> Verdict:
    """A Word file is brought into a draft that has no text yet, by whoever may change it."""
    return may_edit(user, article) and first_objection(
        (
            article.status != Article.Status.DRAFT
            or bool(article.body)
            or article.photos.exclude(digest="").exists(),
            _("There is a text in this piece already; bring the file in as a piece of its own."),
        ),
    )


def may_discard(user: User, article: Article) -> Verdict:
    """Drafts and rejected pieces; never one that has a signed version."""
    return (
        stands_where(article, "discard")
        and first_objection(
            (
                article.sealed_id is not None,
                _("It has a signed version; finish the revision, or withdraw the piece."),
            ),
        )
        and may_handle(user, article)
    )


def may_restore(user: User, article: Article) -> Verdict:
    """Bring back what was rejected or discarded."""
    return stands_where(article, "restore") and may_handle(user, article)


def may_entrust(user: User, article: Article, to: User) -> Verdict:
    """Desk heads, chief editors and administrators name who goes on with somebody's piece."""
    above = may_administer(user) or user.holds(Role.DESK_HEAD, Role.CHIEF_EDITOR)
    return first_objection(
        (
            not (user.is_active and above),
            _("Only a desk head, a chief editor or an administrator does this."),
        ),
        (not may_file(to), _("{name} does not write pieces.").format(name=to)),
        (
            article.lasts and not may_compose(to),
            _("{name} does not compose pages and topics.").format(name=to),
        ),
        (article.kept_by_id == to.pk, _("{name} looks after it already.").format(name=to)),
    )


def may_name_version(user: User, article: Article) -> Verdict:
    """Who filed the piece or looks after it, and editors: a name changes nothing of a text."""
    return may_handle(user, article)


def may_clear_gap(user: User, article: Article) -> Verdict:
    """Whoever may change the piece says that a damaged place is in order."""
    return may_edit(user, article)
