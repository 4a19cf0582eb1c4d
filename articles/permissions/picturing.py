"""Who sees a picture before it is out, who may hang it in a piece, who reads what was agreed."""

from django.utils.translation import gettext as _

from articles.models import Article, Picture, Upload, VersionPhoto
from articles.permissions.seeing import sees_everything
from newsroom.people.models import User
from newsroom.people.verdicts import YES, Verdict


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
