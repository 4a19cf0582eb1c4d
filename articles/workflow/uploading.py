"""Verbs of photographs on their way into a piece: begin, receive, take, give up, clear away.

None is an act: what somebody sends is nobody else's business until a save takes it up.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from articles import permissions, staging
from articles.images import LARGEST_FILE
from articles.models import Article, Upload
from articles.models.uploads import MOST_ON_THE_WAY, MOST_TOGETHER
from articles.workflow.developing import take_picture
from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError, demand, first_objection


@dataclass(frozen=True)
class Sent:
    """A file somebody wants to send: its size in bytes, its name, and what it is known by.

    By its ``mark`` a file that is chosen again goes on where it broke off.
    """

    size: int
    mark: str
    name: str = ""


def begin(sent: Sent, article: Article | None, *, by: User) -> Upload:
    """Begin to take a file for a piece, or with None for a new one; go on with one broken off.

    Raises RefusalError.
    """
    demand(permissions.may_keep(by, article))
    demand(_fits(sent.size))
    with transaction.atomic():
        # One at a time: two clicks begin one file.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        waiting = Upload.objects.of(by).on_the_way()
        known = waiting.filter(mark=sent.mark, size=sent.size, article=article).first()
        if known:
            return known
        full = waiting.count() >= MOST_ON_THE_WAY or waiting.together() + sent.size > MOST_TOGETHER
        demand(first_objection((full, _("Too many photos are on their way; wait for some."))))
        return Upload.objects.create(
            person=by, article=article, size=sent.size, mark=sent.mark, name=sent.name[-200:]
        )


def _fits(size: int):
    too_large = _("The file is larger than {limit} MB. Please send a smaller one.")
    return first_objection(
        (size <= 0, _("The file is empty.")),
        (size > LARGEST_FILE, too_large.format(limit=LARGEST_FILE // 1024**2)),
    )


def receive(upload: Upload, at: int, data: bytes, *, by: User) -> Upload:
    """Add the piece that begins at byte ``at``; what comes out of turn changes nothing.

    The caller reads from ``received`` of what is returned where to go on. Raises RefusalError for
    a piece that is not as long as pieces are.
    """
    with transaction.atomic():
        locked = Upload.objects.of(by).select_for_update(no_key=True).get(pk=upload.pk)
        if at != locked.received or locked.is_whole:
            return locked
        short = len(data) != staging.length(locked.size, at)
        demand(first_objection((short, _("A piece of the photo arrived incomplete."))))
        staging.keep(locked.key, at, data)
        locked.received = at + len(data)
        Upload.objects.filter(pk=locked.pk).update(received=locked.received, heard_at=Now())
    return locked


def take(upload: Upload, *, by: User) -> Upload:
    """Make a picture of a file that came whole, or refuse it with the reason; twice does no harm.

    Raises FileNotFoundError where a piece has been lost; then the file is sent anew.
    """
    if upload.digest or upload.why_not or not upload.is_whole:
        return upload
    return _taken(upload, staging.joined(upload.key, upload.size), by=by)


def take_at_once(data: bytes, article: Article | None, *, by: User, name: str = "") -> Upload:
    """Take a file that came in one go, with a form. Raises RefusalError with why it is not."""
    demand(permissions.may_keep(by, article))
    demand(_fits(len(data)))
    upload = Upload.objects.create(
        person=by, article=article, size=len(data), received=len(data), name=name[-200:]
    )
    taken = _taken(upload, data, by=by)
    demand(first_objection((bool(taken.why_not), taken.why_not)))
    return taken


def _taken(upload: Upload, data: bytes, *, by: User) -> Upload:
    found: dict[str, object] = {}
    try:
        found["digest"] = take_picture(data, by=by).digest
        found["number"] = upload.number or Upload.objects.number()
    except RefusalError as refusal:
        found["why_not"] = str(refusal)[:300]
    Upload.objects.filter(pk=upload.pk, digest="").update(**found, heard_at=Now())
    staging.clear(upload.key, upload.size)
    upload.refresh_from_db()
    return upload


def start_over(upload: Upload, *, by: User) -> Upload:
    """Ask for a file from its first byte, after a piece of it has been lost."""
    Upload.objects.of(by).filter(pk=upload.pk, digest="").update(received=0, heard_at=Now())
    upload.refresh_from_db()
    return upload


def take_another(upload: Upload, digest: str, *, by: User) -> Upload:
    """Use a picture that is there in place of the one that was sent. Raises RefusalError."""
    demand(permissions.may_see_picture(by, digest))
    Upload.objects.of(by).filter(pk=upload.pk).exclude(digest="").update(
        digest=digest, kept_apart=True
    )
    upload.refresh_from_db()
    return upload


def keep_apart(upload: Upload, *, by: User) -> None:
    """Note that somebody wants their picture beside one that looks like it."""
    Upload.objects.of(by).filter(pk=upload.pk).update(kept_apart=True)


def hang(upload: Upload, article: Article, *, by: User) -> None:
    """Note that a save has put a picture into a piece. The caller's transaction is the save's."""
    Upload.objects.of(by).filter(pk=upload.pk).update(hung_at=Now(), article=article)


def give_up(upload: Upload, *, by: User) -> None:
    """Forget a file, however often it was sent; what a save has made of it stays."""
    staging.clear(upload.key, upload.size)
    Upload.objects.of(by).filter(pk=upload.pk).delete()
    if upload.digest:
        Upload.objects.loose(by, upload.article).showing(upload.digest).delete()


def clear_outlived() -> int:
    """Delete what nobody waits for any more, pieces first; return how many files that were."""
    rows = list(Upload.objects.outlived()[:500])
    for row in rows:
        staging.clear(row.key, row.size)
        row.delete()
    return len(rows)
