"""Verbs of filing: a Word file becomes a draft, once for each person who brings it."""

import hashlib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles import permissions
from articles.docx import Manuscript, Named, Picture, UnreadableDocumentError, read
from articles.images import Developed, UnusablePictureError, develop, opened
from articles.markup import sanitise, with_figures
from articles.models import Article, Byline, Correspondent, FiledFile, Photo
from articles.photo_notes import proposals
from articles.workflow.developing import keep_picture
from articles.workflow.moving import acting, record
from articles.workflow.writing import save
from newsroom.people.models import User
from newsroom.people.permissions import works_in_newsroom
from newsroom.people.verdicts import RefusalError, demand

# What stands beside a name in a credit: 孟小满 摄, 摄影：孟小满.
_NOT_A_NAME = re.compile(r"^(?:摄影|供图|图)[：:/]|\s*(?:摄影报道|摄影|摄|供图)$|\s")
# Pixels of all pictures of a file: half a minute of work at worst.
MOST_PIXELS_TOGETHER = 200_000_000


@dataclass(frozen=True)
class Filed:
    """The piece a file became, whether just now, and what did not come along with it."""

    article: Article
    is_new: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Print:
    """A picture with its words and the number it has in the text."""

    number: int
    picture: Picture
    developed: Developed
    said: dict[str, str]


def file_word(data: bytes, *, by: User, name: str = "", into: Article | None = None) -> Filed:
    """Make a draft of a Word file; the draft it became before where the same person did so.

    ``name`` is what the file calls itself, ``into`` a draft without a text that takes it up.
    Everything read from it is a proposal: titles, names, captions. Raises RefusalError.
    """
    demand(permissions.may_fill(by, into) if into else permissions.may_file(by))
    digest = hashlib.sha256(data).hexdigest()
    if filed := _filed_before(by, digest):
        return filed
    try:
        manuscript = read(data)
        prints, notes = _developed(manuscript)
    except (UnreadableDocumentError, UnusablePictureError) as refusal:
        raise RefusalError(str(refusal)) from refusal
    notes = (*manuscript.notes, *notes)
    with acting(by, "file_word"):
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if filed := _filed_before(by, digest):
            return filed
        article = _fill(_locked(into, by) if into else Article(), manuscript, prints, by)
        name = name.strip()[-200:]
        FiledFile.objects.create(article=article, by=by, digest=digest, name=name)
        record(article, "file_word", by=by, note="\n".join(filter(None, (name, *notes))))
    return Filed(article, True, notes)


def _filed_before(by: User, digest: str) -> Filed | None:
    found = FiledFile.objects.filter(by=by, digest=digest).select_related("article").first()
    return Filed(found.article, False) if found else None


def _developed(manuscript: Manuscript) -> tuple[list[_Print], list[str]]:
    """Develop the pictures, and say of each that cannot be used why."""
    prints, notes, pixels = [], [], 0
    for number, picture in enumerate(manuscript.pictures):
        try:
            size = opened(picture.data).size
            pixels += size[0] * size[1]
            if pixels > MOST_PIXELS_TOGETHER:
                raise RefusalError(
                    _("The pictures in the file are too large together. Make them smaller.")
                )
            developed = develop(picture.data)
            prints.append(_Print(number, picture, developed, proposals(picture.data)))
        except UnusablePictureError as why:
            notes.append(_("Picture {number}: {why}").format(number=number + 1, why=why))
    return prints, notes


def _locked(into: Article, by: User) -> Article:
    """Return the draft as it is now; somebody may have begun to write in it."""
    locked = Article.objects.select_for_update(no_key=True).get(pk=into.pk)
    demand(permissions.may_fill(by, locked))
    return locked


def _fill(article: Article, manuscript: Manuscript, prints: list[_Print], by: User) -> Article:
    for name in ("kicker", "headline", "deck"):
        setattr(article, name, getattr(manuscript, name) or getattr(article, name))

    def write():
        article.save()
        _name(article, manuscript.names, by)
        # In one order, whoever else files the same pictures: then nobody waits for each other.
        for each in sorted(prints, key=lambda each: each.developed.digest):
            keep_picture(each.developed, each.picture.data, by=by)
        placed = {each.number: _hang(article, each, by).pk for each in prints}
        article.body = sanitise(
            with_figures(manuscript.body, lambda number, _size: _figure(placed.get(number)))
        )
        article.save(update_fields=["body", "changed_at"])

    return save(article, by=by, write=write)


def _figure(photo: int | None) -> str:
    return f'<figure data-photo="{photo}" data-size="full"></figure>' if photo else ""


def _name(article: Article, names: tuple[Named, ...], by: User) -> None:
    """Put the names under the piece; whoever brings one without names is proposed as its author."""
    own = getattr(by, "correspondent", None)
    if not names and own and not article.bylines.exists():
        Byline.objects.create(article=article, correspondent=own)
    if names:
        article.bylines.all().delete()
    for position, named in enumerate(names):
        known = _known(named.name, by)
        Byline.objects.create(
            article=article,
            correspondent=known,
            name="" if known else named.name[:40],
            role=named.role[:30],
            credit=named.credit,
            position=position,
        )


def _known(name: str, by: User) -> Correspondent | None:
    """Return the only correspondent of this name whom this person may name."""
    everybody = Correspondent.objects.filter(retired=False)
    people = everybody if works_in_newsroom(by) else Correspondent.objects.known_to(by)
    found = list(people.named(name)[:2])
    return found[0] if len(found) == 1 else None


def _hang(article: Article, each: _Print, by: User) -> Photo:
    caption = each.picture.caption or each.said.get("caption", "")
    credit = each.picture.credit or each.said.get("credit", "")
    return Photo.objects.create(
        article=article,
        digest=each.developed.digest,
        width=each.developed.width,
        height=each.developed.height,
        widths=each.developed.widths,
        caption=caption,
        credit=credit,
        photographer=_known(_NOT_A_NAME.sub("", credit), by) if credit else None,
        alternative_text=each.picture.alternative_text,
        position=each.number,
    )
