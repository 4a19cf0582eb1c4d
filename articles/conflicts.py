"""What was typed and is not saved, beside what is stored: to copy, to take back, to file again."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import QueryDict
from django.utils import timezone

from articles.comparing import marked
from articles.markup import LONGEST_TEXT, paragraphs, sanitise
from articles.models import Article, Correspondent
from articles.revisions import row_at
from articles.sealing import COVERED_WORDS, covered_by_draft
from articles.typed import number_of, rows_of
from newsroom.people.models import User
from newsroom.people.permissions import works_in_newsroom

WORDS = ("headline", *COVERED_WORDS)
PHOTO_WORDS = ("caption", "credit", "alternative_text", "video_url")
MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Clash:
    """A field that differs from what is stored.

    ``mine`` and ``theirs`` are marked against what both began from, where history still has it.
    ``only_theirs`` says that the reader did not touch it.
    """

    name: str
    label: str
    mine: tuple[tuple[str, str, str], ...]
    theirs: tuple[tuple[str, str, str], ...]
    only_theirs: bool
    typed: str


def typed_content(typed: QueryDict, stored: Article, by: User | None = None) -> dict[str, str]:
    """Return what a form posted, as plain text by field; what it did not show is as stored.

    Of the correspondents chosen only those get their names whom ``by`` could have chosen.
    """
    words = _typed_words(typed, stored)
    return {
        **words,
        "bylines": _typed_bylines(typed, by),
        "photos": _typed_photos(typed),
        "attachments": _typed_attachments(typed),
    }


def _typed_words(typed: QueryDict, stored: Article) -> dict[str, str]:
    content = {name: typed.get(name, getattr(stored, name)) for name in WORDS}
    # Anybody may send anything here, also who is not signed in: more than a form takes stays raw.
    if len(content["body"]) <= LONGEST_TEXT:
        content["body"] = sanitise(content["body"])
    return {name: _plain(name, value) for name, value in content.items()}


def stored_content(article: Article) -> dict[str, str]:
    """Return the working copy in the same shape."""
    content = covered_by_draft(article)
    words = {name: _plain(name, getattr(article, name)) for name in WORDS}
    bylines = "\n".join(f"{role} {name}".strip() for _id, name, role, _did in content["bylines"])
    photos = "\n".join(_photo_line(*photo.values()) for photo in _photo_words(article))
    files = "\n".join(each.title or "—" for each in article.attachments.all())
    return {**words, "bylines": bylines, "photos": photos, "attachments": files}


def clashes(typed: QueryDict, stored: Article, began_from: int | None, *, by: User) -> list[Clash]:
    """Return every field in which what was typed by somebody differs from what is stored."""
    mine, theirs = typed_content(typed, stored, by), stored_content(stored)
    row = row_at(stored, began_from)
    base = {name: _plain(name, getattr(row, name)) for name in WORDS} if row else {}
    return [
        Clash(
            name,
            _label(stored, name),
            marked(base.get(name, theirs[name]), mine[name]),
            marked(base.get(name, mine[name]), theirs[name]),
            base.get(name) == mine[name],
            mine[name],
        )
        for name in mine
        if mine[name] != theirs[name]
    ]


def already_filed(user, typed: QueryDict, files: int) -> Article | None:
    """Return the piece a second click would file again: all the same, filed a moment ago.

    ``files`` counts the attachments that came along; pictures came before and are named.
    """
    last = Article.objects.filter(filed_by=user).order_by("-pk").first()
    if last is None or timezone.now() - last.filed_at > MOMENT:
        return None
    words, stored = typed_content(typed, last, user), stored_content(last)
    same = all(words[name] == stored[name] for name in (*WORDS, "bylines"))
    kept = last.photos.exclude(digest="").count() + last.attachments.count()
    taken = sum(bool(row.get("taken")) for row in _rows(typed, "photos"))
    return last if same and kept == files + taken else None


def words_typed(typed: QueryDict) -> list[tuple[str, str]]:
    """Return what was typed into the form of a piece, labelled, for somebody to copy.

    Nothing is looked up: whoever typed is not signed in any more.
    """
    content = _typed_words(typed, Article()) | {
        "photos": _typed_photos(typed),
        "attachments": _typed_attachments(typed),
    }
    return [(_label(Article(), name), value) for name, value in content.items() if value]


def _plain(name: str, value: str) -> str:
    return "\n".join(paragraphs(value)) if name == "body" else value.strip()


def _label(article: Article, name: str) -> str:
    if name in ("bylines", "photos", "attachments"):
        return str(article._meta.get_field(name).related_model._meta.verbose_name_plural)
    return str(article._meta.get_field(name).verbose_name)


def _rows(typed: QueryDict, prefix: str) -> list[dict[str, str]]:
    """Return the rows of a formset that were not struck out, as typed."""
    return [
        {key.removeprefix(start): value for key, value in typed.items() if key.startswith(start)}
        for _index, start in rows_of(typed, prefix)
        if not typed.get(f"{start}DELETE")
    ]


def _typed_bylines(typed: QueryDict, by: User | None) -> str:
    rows = _rows(typed, "bylines")
    chosen = [number_of(row.get("correspondent", "")) for row in rows]
    names = _choosable(by).in_bulk(chosen)
    lines = []
    for row, key in zip(rows, chosen, strict=True):
        known = names.get(key)
        name = row.get("name", "").strip() or (known.name if known else "")
        if name:
            lines.append(f"{row.get('role', '')} {name}".strip())
    return "\n".join(lines)


def _choosable(by: User | None):
    if by is None:
        return Correspondent.objects.none()
    if works_in_newsroom(by):
        return Correspondent.objects.all()
    return Correspondent.objects.known_to(by)


def _typed_photos(typed: QueryDict) -> str:
    rows = _rows(typed, "photos")
    lines = [_photo_line(*(row.get(name, "") for name in PHOTO_WORDS)) for row in rows]
    return "\n".join(
        line
        for line, row in zip(lines, rows, strict=True)
        if row.get("id") or row.get("taken") or line != _photo_line()
    )


def _typed_attachments(typed: QueryDict) -> str:
    rows = _rows(typed, "attachments")
    return "\n".join(
        row.get("title", "").strip() or "—" for row in rows if row.get("id") or row.get("title")
    )


def _photo_words(article: Article):
    return article.photos.values(*PHOTO_WORDS)


def _photo_line(caption: str = "", credit: str = "", alternative: str = "", video: str = "") -> str:
    words = [word.strip() or "—" for word in (caption, credit, alternative)]
    return " / ".join([*words, video.strip()] if video.strip() else words)
