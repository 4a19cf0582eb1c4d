"""What a picture brings along when it is used again: words to check, and what to beware of."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.models import Article, Photo, Picture, VersionPhoto
from articles.picture_questions import Uses

# What a new use takes over from an earlier one. All of it is for a person to check.
TAKEN_OVER = (
    "caption", "photographer", "credit", "alternative_text", "focal_x", "focal_y",
)  # fmt: skip

# Texts that no list of uses shows.
UNREAD_OF_DRAFTS = ("article__body", "article__sealed__body", "article__sealed__html")
UNREAD_OF_PRINTED = ("version__body", "version__html") + tuple(
    f"version__{name}" for name in UNREAD_OF_DRAFTS
)


@dataclass
class Use:
    """One piece that shows a picture: in its working copy, in what residents read, or in both."""

    article: Article
    draft: Photo | None = None
    printed: VersionPhoto | None = None
    differs: bool = field(init=False, default=False)

    @property
    def words(self) -> Photo | VersionPhoto:
        """The use whose words count: what is printed before what is being written."""
        return self.printed or self.draft


def uses_of(digests: list[str], uses: Uses) -> dict[str, list[Use]]:
    """Return by digest the pieces that show pictures, as far as somebody sees that, newest first.

    Two statements, for one picture and for many.
    """
    found: dict[str, dict[int, Use]] = {digest: {} for digest in digests}
    drafts = uses.drafts.filter(digest__in=digests).select_related(
        "article__sealed", "photographer"
    )
    for photo in drafts.defer(*UNREAD_OF_DRAFTS):
        found[photo.digest].setdefault(photo.article_id, Use(photo.article)).draft = photo
    printed = uses.public.filter(digest__in=digests).select_related(
        "version__article__sealed", "photographer"
    )
    for photo in printed.defer(*UNREAD_OF_PRINTED):
        article = photo.version.article
        found[photo.digest].setdefault(article.pk, Use(article)).printed = photo
    for use in (each for pieces in found.values() for each in pieces.values()):
        use.differs = bool(use.draft and use.printed) and _words(use.draft) != _words(use.printed)
    return {
        digest: sorted(pieces.values(), key=lambda use: -use.article.pk)
        for digest, pieces in found.items()
    }


def _words(photo) -> tuple[str, ...]:
    return photo.caption, photo.credit, photo.alternative_text


def words_of(uses: list[Use]) -> Photo | VersionPhoto | None:
    """Return the use whose words count: the newest printed one, else that of a draft."""
    printed = next((use.printed for use in uses if use.printed), None)
    return printed or next((use.draft for use in uses if use.draft), None)


def proposed(picture: Picture, uses: list[Use]) -> dict[str, object]:
    """Return the words a new use begins with: of the newest printed use, else of a draft.

    Where there is none, what was read from the file.
    """
    words = words_of(uses)
    if words is None:
        return {name: picture.noted.get(name, "") for name in ("caption", "credit")}
    return {name: getattr(words, name) for name in TAKEN_OVER}


def cautions(picture: Picture) -> list[str]:
    """Return a sentence for each thing to look at before a picture is used again."""
    said = []
    if picture.rights:
        said.append(_("Rights: {words}").format(words=picture.rights))
    if picture.shows_minors:
        said.append(
            _("It shows minors. Who agreed must have agreed to this use too.")
            if picture.consent
            else _("It shows minors, and it is not noted who agreed.")
        )
    if VersionPhoto.objects.withdrawn(picture.digest).exists():
        said.append(_("A piece with it was withdrawn. Ask whether it was because of the picture."))
    return said
