"""Who may say what is known of a picture, and who may use it again."""

from django.utils.translation import gettext as _

from articles.models import Article, Picture, VersionPhoto
from articles.permissions.locking import may_change
from articles.permissions.seeing import EDITORS, sees_everything
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection


def may_look_at(user: User, picture: Picture) -> Verdict:
    """The newsroom sees every picture; others their own, those in their pieces, and public ones.

    ``Picture.objects.seen_by`` says the same of many.
    """
    everything = sees_everything(user)
    seen = Picture.objects.seen_by(user, everything).filter(pk=picture.pk)
    return YES if user.is_active and seen.exists() else Verdict(_("This picture is not yours."))


def handles_all(user: User) -> bool:
    """Say whether somebody may go on with the drafts of others, as ``may_handle`` has it."""
    return user.is_active and user.holds(*EDITORS, Role.ISSUE_EDITOR)


def may_describe(user: User, picture: Picture) -> Verdict:
    """Editors; and whoever sent it, until residents see it."""
    if handles_all(user):
        return YES
    sent = user.is_active and picture.uploaded_by_id == user.pk
    return first_objection(
        (not sent, _("Editors, and who sent the picture, say what is known of it.")),
        (
            sent and VersionPhoto.objects.public(picture.digest).exists(),
            _("Residents see it; ask an editor to change what is known of it."),
        ),
    )


def may_read_agreement(user: User, picture: Picture) -> Verdict:
    """What was agreed names people: the newsroom reads it, and who sent the picture."""
    allowed = sees_everything(user) or (user.is_active and picture.uploaded_by_id == user.pk)
    return YES if allowed else Verdict(_("What was agreed is for the newsroom."))


def may_put_into(user: User, article: Article, picture: Picture) -> Verdict:
    """Whoever sees the picture and may change the piece, which does not show it yet."""
    there = article.photos.filter(digest=picture.digest).exists()
    return (
        may_look_at(user, picture)
        and may_change(user, article)
        and first_objection((there, _("The picture stands in this piece already.")))
    )
