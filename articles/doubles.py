"""Pictures like one that has just come: which of them somebody may be told of, and where they are.

Nobody is told of unpublished work that is not theirs: to who may not see a picture it is not there.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Picture, Upload
from articles.permissions import sees_everything
from articles.reusing import Use as Standing
from articles.reusing import uses_of
from newsroom.people.models import User

MOST_SHOWN = 3
MOST_USES = 4


@dataclass(frozen=True)
class Use:
    """A piece in which a picture stands, where that is read, and the words it has there."""

    title: str
    address: str
    is_public: bool
    caption: str = ""
    credit: str = ""
    alternative_text: str = ""


@dataclass
class Double:
    """A picture like another, or the very same, and the pieces in which it stands."""

    picture: Picture
    is_same: bool
    uses: list[Use] = field(default_factory=list)


def doubles_of(upload: Upload, picture: Picture, *, by: User) -> list[Double]:
    """Return pictures like one that somebody has sent, the nearest first, as far as they see them.

    The very same counts where it stands in another piece; one that is in no piece tells nothing.
    """
    if upload.kept_apart:
        return []
    everything = sees_everything(by)
    near = Picture.objects.like(picture.fingerprint).seen_by(by, everything)
    others = [each for each in near[:20] if each.digest != picture.digest]
    found = {each.digest: Double(each, is_same=False) for each in others}
    found = {picture.digest: Double(picture, is_same=True)} | found
    _note_uses(found, upload.article_id, by, everything)
    told = [each for each in found.values() if each.uses or not each.is_same]
    return told[:MOST_SHOWN]


def use_elsewhere(picture: Picture, article: int | None, *, by: User) -> Use | None:
    """Return where the very same picture stands besides a piece, for its words to be proposed."""
    found = {picture.digest: Double(picture, is_same=True)}
    _note_uses(found, article, by, sees_everything(by))
    return next(iter(found[picture.digest].uses), None)


def _note_uses(found: dict[str, Double], besides: int | None, by: User, everything: bool) -> None:
    """Note where pictures stand besides a piece: what is printed first, then the newest."""
    seen = Picture.objects.uses_seen_by(by, everything)
    for digest, uses in uses_of(list(found), seen).items():
        elsewhere = [use for use in uses if use.article.pk != besides]
        elsewhere.sort(key=lambda use: use.printed is None)
        found[digest].uses = [_told(use, everything) for use in elsewhere[:MOST_USES]]


def _told(use: Standing, everything: bool) -> Use:
    """Return a use as its page names it: who sees no drafts is led to what residents read."""
    number, public = use.article.pk, use.printed is not None
    outside = public and not everything
    page = "articles:article" if outside else "admin:articles_article_read"
    title = use.printed.version.headline or str(_("Untitled")) if public else use.article.title
    words = use.words.caption, use.words.credit, use.words.alternative_text
    return Use(title, reverse(page, args=[number]), public, *words)
