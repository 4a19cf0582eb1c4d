"""Who talks about a piece, who reads what was said, and who says that it is done."""

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import Article, Comment
from articles.permissions.seeing import may_see, sees_everything
from articles.permissions.writing import may_edit
from newsroom.people.models import User
from newsroom.people.verdicts import YES, Verdict, first_objection


def may_say(user: User, article: Article) -> Verdict:
    """Whoever may see a piece talks about it: the newsroom, and its authors."""
    return may_see(user, article)


def may_say_inside(user: User, article: Article) -> Verdict:
    """What is for the newsroom alone is said by the newsroom."""
    return may_say(user, article) and first_objection(
        (not sees_everything(user), _("What is for the newsroom alone is said by the newsroom."))
    )


def may_read_comment(user: User, comment: Comment) -> Verdict:
    """Return whether somebody reads what was said; their own notes, sent or not."""
    if comment.by_id == user.pk:
        return YES
    if comment.act_id is None or comment.dropped_at or comment.inside and not sees_everything(user):
        return Verdict(_("There is no such comment."))
    return may_see(user, comment.article)


def readers(article: Article, *, inside: bool):
    """Return everybody who reads what is said of a piece; ``inside``: the newsroom alone."""
    newsroom = User.objects.of_the_newsroom()
    everybody = User.objects.filter(is_active=True)
    allowed = Q(pk__in=newsroom.values("pk")) | Q(is_superuser=True)
    if not inside:
        allowed |= Q(pk__in=[article.filed_by_id, article.kept_by_id or article.filed_by_id])
        allowed |= Q(correspondent__bylines__article=article)
    return everybody.filter(allowed).distinct().order_by("name", "pk")


def may_settle(user: User, article: Article, comment: Comment) -> Verdict:
    """Say that something is done, or not done after all.

    Who said it, and whoever may change the piece; what was said at once, the newsroom too.
    """
    began = comment.by_id == user.pk
    inside = comment.round_id is None and sees_everything(user)
    return may_see(user, article) if began or inside else may_edit(user, article)


def may_take_back(user: User, comment: Comment, *, answered: bool) -> Verdict:
    """One's own words, until somebody has answered them; a remark of a round, until it is sent."""
    sent_in_a_round = comment.round_id is not None and comment.act_id is not None
    return first_objection(
        (
            comment.by_id != user.pk or comment.dropped_at is not None or sent_in_a_round,
            _("It has been sent, or is not yours."),
        ),
        (answered, _("Somebody has answered it; say what is different now.")),
    )
