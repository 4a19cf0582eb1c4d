"""The verb by which a signer takes back their signature before the piece is out."""

from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, TakenBackSignature
from articles.workflow.moving import move, moving, record, required
from articles.workflow.settling import taken_up
from newsroom.people.models import User
from newsroom.people.verdicts import demand


@moving
def take_back_signature(article: Article, *, by: User, reason: str) -> None:
    """Take one's signature back: the piece passes the rounds again and does not go out before.

    The seal and the signature stay on record. Whatever the newsroom's setting says of later
    changes, the signed version no longer goes out.
    """
    demand(permissions.may_take_back_signature(by, article))
    reason = required(reason, _("Say why you take your signature back."))
    signature = permissions.signature_of(by, article)
    TakenBackSignature.objects.create(signature=signature, article=article, reason=reason, by=by)
    taken_up(article, is_taken_back=True)
    move(article, "take_back_signature", change_note="")
    record(
        article, "take_back_signature", by=by, round=signature.round, version=article.sealed,
        note=reason,
    )  # fmt: skip
