"""What the form of a piece posts, as content to merge; and content put back into a post."""

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from articles.markup import sanitise
from articles.merging import NEW, Content, Row, Rows
from articles.models import Article
from articles.revisions import (
    ATTACHMENTS,
    BYLINES,
    FIELDS,
    PHOTO_LAYOUT,
    PHOTO_WORDS,
    PHOTOS,
    who,
)
from articles.typed import MOST_ROWS, number_of, rows_of

PARTS = {
    BYLINES: ("role", "who", "credit"),
    PHOTOS: (*PHOTO_WORDS, *PHOTO_LAYOUT, "file"),
    ATTACHMENTS: ("title", "file"),
}
# A new row that says none of these is one that nobody has filled in.
_TELLING = {
    BYLINES: ("correspondent", "name"),
    PHOTOS: (*PHOTO_WORDS, "taken"),
    ATTACHMENTS: ("title",),
}
# Of a row's own fields these are no words: they say which row it is, or stand in another part.
_TIED = {"id", "article", "position", "DELETE", "correspondent", "name"}


def posted_content(post: QueryDict, files: MultiValueDict, names) -> Content:
    """Return what was typed, as far as the form with fields ``names`` shows it."""
    fields = {name: _line(post[name]) for name in FIELDS if name in names and name in post}
    if "tags" in names:
        fields["tags"] = " ".join(sorted(post.getlist("tags")))
    rows = {kind: _rows(kind, post, files) for kind in PARTS if f"{kind}-TOTAL_FORMS" in post}
    return Content(fields, sanitise(post.get("body", "")), rows)


def began_tags(post: QueryDict) -> str | None:
    """Return the tags a form began from, which history does not keep; None where it is silent."""
    began = post.get("read_tags")
    return None if began is None else " ".join(sorted(began.split()))


def put(content: Content, post: QueryDict, files: MultiValueDict, stored: Article) -> None:
    """Write merged content into a post of the form, its rows those that are stored and new ones.

    Rows are given new places in the post, so their files move with them. What a row posts beside
    the words of the content stays as it was typed.
    """
    for name, value in content.fields.items():
        if name == "tags":
            post.setlist(name, value.split())
        else:
            post[name] = value
    post["body"] = content.body
    for kind, rows in content.rows.items():
        _put_rows(kind, rows, post, files, stored)


def _line(value: str) -> str:
    return value.strip().replace("\r\n", "\n")


def raw_rows(kind: str, post: QueryDict) -> dict[str, dict[str, str]]:
    """Return the rows of a formset as they were posted, by key: the number of a row, or new."""
    found = {}
    for index, start in rows_of(post, kind):
        row = {name.removeprefix(start): post[name] for name in post if name.startswith(start)}
        key = str(number_of(row.get("id", "")) or f"{NEW}{index}")
        found[key] = row | {"at": str(index)}
    return found


def _rows(kind: str, post: QueryDict, files: MultiValueDict) -> Rows:
    rows = {}
    for key, raw in raw_rows(kind, post).items():
        upload = files.get(f"{kind}-{raw['at']}-upload")
        if not raw.get("DELETE") and (not key.startswith(NEW) or upload or _says(kind, raw)):
            place = number_of(raw.get("position", "")) or MOST_ROWS + 1
            rows[key] = (place, int(raw["at"])), _words(kind, raw, upload)
    ordered = sorted(rows.items(), key=lambda item: item[1][0])
    return {key: words for key, (_place, words) in ordered}


def _says(kind: str, raw: dict) -> bool:
    """Say whether a new row says anything: a name, or a word about a file."""
    return any(raw.get(name, "").strip() for name in _TELLING[kind])


def _words(kind: str, raw: dict, upload) -> Row:
    words = {name: _line(raw[name]) for name in PARTS[kind] if name in raw}
    if kind == BYLINES:
        words["who"] = who(number_of(raw.get("correspondent", "")), raw.get("name", ""))
    elif upload or raw.get("taken"):
        words["file"] = f"{NEW}{upload.name if upload else raw['taken']}"
    if kind == PHOTOS:
        words |= {name: _share(words[name]) for name in ("focal_x", "focal_y") if name in words}
    return words


def _share(value: str) -> str:
    """Return a share of a width or height as the database writes it."""
    try:
        return str(float(value))
    except ValueError:
        return value


def recognised(post: QueryDict, stored: Article) -> None:
    """Give new rows their number where they are stored already: by the page itself, a while ago."""
    known = {str(photo.pk) for photo in stored.photos.all()}
    for _at, start in rows_of(post, PHOTOS):
        number = post.get(f"{start}number", "")
        if post.get(f"{start}taken") and not post.get(f"{start}id") and number in known:
            post[f"{start}id"] = number


def _put_rows(kind, rows: Rows, post: QueryDict, files: MultiValueDict, stored: Article) -> None:
    raws = raw_rows(kind, post)
    uploads = {key: files.getlist(f"{kind}-{raw['at']}-upload") for key, raw in raws.items()}
    for name in [
        name for name in post if name.startswith(f"{kind}-") and name[len(kind) + 1].isdigit()
    ]:
        del post[name]
    for name in [name for name in files if name.startswith(f"{kind}-")]:
        del files[name]
    kept = [str(row.pk) for row in getattr(stored, kind).all()]
    keys = kept + [key for key in rows if key not in kept]
    order = list(rows)
    for index, key in enumerate(keys):
        row = rows.get(key)
        raw = {
            name: value for name, value in raws.get(key, {}).items() if name not in (*_TIED, "at")
        }
        raw |= {"id": key if key in kept else "", "article": str(stored.pk)}
        raw |= {"DELETE": "on"} if row is None else _as_posted(kind, row)
        raw["position"] = str(order.index(key) + 1 if row is not None else len(order) + 1)
        for name, value in raw.items():
            post[f"{kind}-{index}-{name}"] = value
        if uploads.get(key):
            files.setlist(f"{kind}-{index}-upload", uploads[key])
    post[f"{kind}-TOTAL_FORMS"], post[f"{kind}-INITIAL_FORMS"] = str(len(keys)), str(len(kept))


def _as_posted(kind: str, row: Row) -> dict[str, str]:
    words = {name: value for name, value in row.items() if name not in ("who", "file")}
    if kind == BYLINES:
        correspondent, _bar, name = row["who"].partition("|")
        words |= {"correspondent": correspondent, "name": name}
    return words
