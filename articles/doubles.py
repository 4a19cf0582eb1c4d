"""Pictures like one that has just come: which of them somebody may be told of, and where they are.

Nobody is told of unpublished work that is not theirs: to who may not see a picture it is not there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Picture, Upload
from articles.permissions import sees_everything
from newsroom.people.models import User

MOST_SHOWN = 3
MOST_USES = 4
MOST_ASKED = 60
UNREAD = ("version__body", "version__html")


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
    uses = Picture.objects.uses_seen_by(by, everything)
    drafts = uses.drafts.filter(digest__in=found).exclude(article=besides)
    public = uses.public.filter(digest__in=found).exclude(version__article=besides)
    seen: set[tuple[str, int]] = set()
    for photo in public.select_related("version").defer(*UNREAD).order_by("-pk")[:MOST_ASKED]:
        number, title = photo.version.article_id, photo.version.headline or str(_("Untitled"))
        outside = reverse("articles:article", args=[number])
        place = _inside(number) if everything else outside
        _add(found, photo, number, Use(title, place, True, *_words(photo)), seen)
    for photo in drafts.select_related("article").order_by("-pk")[:MOST_ASKED]:
        number, title = photo.article_id, photo.article.title
        _add(found, photo, number, Use(title, _inside(number), False, *_words(photo)), seen)


def _inside(number: int) -> str:
    return reverse("admin:articles_article_read", args=[number])


def _words(photo) -> Iterable[str]:
    return photo.caption, photo.credit, photo.alternative_text


def _add(found, photo, number: int, use: Use, seen: set[tuple[str, int]]) -> None:
    key = (photo.digest, number)
    if key not in seen and len(found[photo.digest].uses) < MOST_USES:
        seen.add(key)
        found[photo.digest].uses.append(use)
