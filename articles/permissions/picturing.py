"""Who sees a picture, says what is known of it, reads what was agreed, and uses it again."""

from django.utils.translation import gettext as _

from articles.models import Article, Picture, Upload, VersionPhoto
from articles.permissions.locking import may_change
from articles.permissions.seeing import EDITORS, sees_everything
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection


def may_see_picture(user: User, digest: str) -> Verdict:
    """The newsroom, whoever sent it, whoever sees a piece that shows it; what is out, everybody.

    ``Picture.objects.seen_by`` says the same of many.
    """
    seen = user.is_active and (
        sees_everything(user)
        or Upload.objects.of(user).showing(digest).exists()
        or Picture.objects.filter(uploaded_by=user, digest=digest).exists()
        or Article.objects.with_photo(digest).seen_by(user, False).exists()
        or VersionPhoto.objects.public(digest).exists()
    )
    return YES if seen else Verdict(_("This picture is not yours."))


def may_read_consent(user: User, picture: Picture) -> Verdict:
    """What was agreed with people in a picture names them: the newsroom, and who brought it.

    Where nothing is written down yet, whoever hangs the picture may write it down.
    """
    allowed = not picture.consent or picture.uploaded_by_id == user.pk or sees_everything(user)
    return YES if allowed else Verdict(_("What was agreed is kept by the newsroom."))


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
