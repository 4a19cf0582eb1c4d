"""Who may say what is known of a picture, and who may use it again."""

from django.utils.translation import gettext as _

from articles.models import Article, Picture, VersionPhoto
from articles.permissions.locking import may_change
from articles.permissions.picturing import may_see_picture
from articles.permissions.seeing import EDITORS
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection


def handles_all(user: User) -> bool:
    """Say whether somebody may go on with the drafts of others, as ``may_handle`` has it."""
    return user.is_active and user.holds(*EDITORS, Role.ISSUE_EDITOR)


def may_describe(user: User, picture: Picture) -> Verdict:
    """Editors; and who sent it or writes a piece with it, until residents see it."""
    if handles_all(user):
        return YES
    theirs = user.is_active and Picture.objects.seen_by(user, False).named(picture.digest).exists()
    return first_objection(
        (not theirs, _("Editors, and who sent the picture, say what is known of it.")),
        (
            VersionPhoto.objects.public(picture.digest).exists(),
            _("Residents see it; ask an editor to change what is known of it."),
        ),
    )


def may_put_into(user: User, article: Article, picture: Picture) -> Verdict:
    """Whoever sees the picture and may change the piece, which does not show it yet."""
    there = article.photos.filter(digest=picture.digest).exists()
    return (
        may_see_picture(user, picture.digest)
        and may_change(user, article)
        and first_objection((there, _("The picture stands in this piece already.")))
    )
