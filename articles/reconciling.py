"""A form that began from an older revision, brought together with what is stored meanwhile."""

import json
from dataclasses import asdict, dataclass, field, replace

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from articles.markup import LONGEST_TEXT, blocks, paragraphs, photo_ids
from articles.merging import NEW, Content, Overlap, merge
from articles.models import Article
from articles.posted import began_tags, posted_content, put, raw_rows, recognised
from articles.revisions import Saving, content_at, content_now, revived, savings
from articles.typed import number_of
from newsroom.people.models import User

TAKE, PLACE = "take-", "place-"
MINE, THEIRS, BOTH = "mine", "theirs", "both"
MOST_PLACES = 400


@dataclass
class Reconciled:
    """A post brought together with what is stored: what is typed now, what was stored, the base.

    ``overlaps`` are the places somebody has to choose; ``savings`` is what others and the typist
    in another window have saved since.
    """

    post: QueryDict
    typed: Content | None = None
    merged: Content | None = None
    base: Content | None = None
    stored: Content | None = None
    began: int | None = None
    overlaps: list[Overlap] = field(default_factory=list)
    savings: list[Saving] = field(default_factory=list)

    @property
    def brought_in(self) -> bool:
        """Say whether anything of others came into what was typed."""
        return self.merged is not None and not self.overlaps and self.merged != self.typed


def reconcile(
    post: QueryDict, files: MultiValueDict, stored: Article, names, *, by: User
) -> Reconciled:
    """Bring what somebody typed together with a piece whose row is locked.

    ``files`` are moved along with their rows. A form that began from the piece as it is stays as
    it was typed. Rows that are to come back are put back; the caller undoes that where it does
    not save.
    """
    post = post.copy()
    unchosen, asked = settle(post)
    told = post.get("read_revision", "")
    began = number_of(told) if told == "0" or number_of(told) else None
    too_long = len(post.get("body", "")) > LONGEST_TEXT
    if too_long or (began == stored.revision and not asked):
        return Reconciled(post, began=began)
    return _brought_together(post, files, stored, names, began, unchosen)


def _brought_together(post, files, stored, names, began, unchosen) -> Reconciled:
    recognised(post, stored)
    typed, now, base = posted_content(post, files, names), content_now(stored), None
    if (before := content_at(stored, began)) is not None:
        tags = began_tags(post)
        base = replace(before, fields=before.fields | ({} if tags is None else {"tags": tags}))
    merged = merge(base, typed, now)
    for kind, rows in merged.content.rows.items():
        for key in rows:
            if not key.startswith(NEW) and key not in now.rows[kind]:
                revived(stored, kind, int(key))
    put(merged.content, post, files, stored)
    overlaps = [*merged.overlaps, *_still_open(unchosen, merged.overlaps)]
    # A revision that is not the stored one keeps the form from saving.
    post["read_revision"] = "" if overlaps else str(stored.revision)
    since = savings(stored, began) if began is not None else []
    return Reconciled(post, typed, merged.content, base, now, began, overlaps, since)


def _still_open(unchosen: list[Overlap], found) -> list[Overlap]:
    """Return the places of the page before that nobody has chosen and the new ones do not hold."""
    places = {(each.kind, each.name, each.key, each.part, each.shown) for each in found}
    return [
        each
        for each in unchosen
        if (each.kind, each.name, each.key, each.part, each.shown) not in places
    ]


# Choosing


def as_json(place: Overlap) -> str:
    """Return a place as the page keeps it until somebody has chosen."""
    return json.dumps(asdict(place), ensure_ascii=False)


def _from_json(text: str) -> Overlap | None:
    try:
        told = json.loads(text)
        place = Overlap(**told)
    except (ValueError, TypeError, RecursionError):
        return None
    words = [value for name, value in asdict(place).items() if name != "at"]
    sound = all(isinstance(value, str) for value in words) and isinstance(place.at, int)
    return place if sound else None


def settle(post: QueryDict) -> tuple[list[Overlap], int]:
    """Put what somebody chose into their post; return what is left to choose, and how many asked.

    A choice counts where the form still has what was shown. What was changed by hand since stays
    as it was typed, whatever was chosen: nothing typed is overwritten.
    """
    asked = [
        (number, place)
        for number in range(MOST_PLACES)
        if (text := post.get(f"{PLACE}{number}"))
        and (place := _from_json(text))
        and place.kind in _DOING
    ]
    unchosen = []
    # From the end: what is put in moves only what comes after it.
    for number, place in sorted(asked, key=lambda pair: -pair[1].at):
        choice = post.get(f"{TAKE}{number}", "")
        untouched, take = _DOING[place.kind](post, place)
        if not untouched:
            continue
        if choice not in (MINE, THEIRS, BOTH):
            unchosen.append(place)
        elif choice != MINE or place.shown != place.mine:
            take(choice)
    return unchosen[::-1], len(asked)


def _field(post: QueryDict, place: Overlap):
    many = place.name == "tags"
    now = " ".join(sorted(post.getlist("tags"))) if many else post.get(place.name, "")

    def take(choice: str) -> None:
        value = place.mine if choice == MINE else place.theirs
        post.setlist(place.name, value.split() if many else [value])

    return now.strip().replace("\r\n", "\n") == place.shown, take


def _text(post: QueryDict, place: Overlap):
    found, shown = blocks(post.get("body", "")), blocks(place.shown)
    at = _found(found, shown, place.at)

    def take(choice: str) -> None:
        chosen = {MINE: place.mine, THEIRS: place.theirs, BOTH: place.theirs + place.mine}[choice]
        post["body"] = "".join([*found[:at], chosen, *found[at + len(shown) :]])

    return at is not None, take


def _found(found: list[str], shown: list[str], near: int) -> int | None:
    """Return where some blocks stand in a text, by their words: the editor writes tags its way."""
    words, told = [_said(block) for block in shown], [_said(block) for block in found]
    places = [at for at in range(len(told) - len(words) + 1) if told[at : at + len(words)] == words]
    return min(places, key=lambda at: abs(at - near), default=None) if words else None


def _said(block: str) -> list:
    return paragraphs(block) + photo_ids(block) or [block]


def _row(post: QueryDict, place: Overlap):
    raw = raw_rows(place.name, post).get(place.key)
    if raw is None or place.part == "file" or (not place.part and raw.get("DELETE")):
        return False, None
    start = f"{place.name}-{raw['at']}-"

    def take(choice: str) -> None:
        value = place.mine if choice == MINE else place.theirs
        if not place.part:
            post[f"{start}DELETE"] = "" if value else "on"
        elif place.part == "who":
            post[f"{start}correspondent"], _bar, post[f"{start}name"] = value.partition("|")
        else:
            post[f"{start}{place.part}"] = value

    if place.part == "who":
        now = f"{number_of(raw.get('correspondent', '')) or ''}|{raw.get('name', '').strip()}"
    else:
        now = raw.get(place.part, "").strip().replace("\r\n", "\n")
    return not place.part or now == place.shown, take


def _order(post: QueryDict, place: Overlap):
    raws = raw_rows(place.name, post)
    order = sorted(raws, key=lambda key: number_of(raws[key].get("position", "")) or len(raws) + 1)
    shown = [key for key in order if key in place.shown.split()]

    def take(choice: str) -> None:
        wanted = (place.mine if choice == MINE else place.theirs).split()
        ranked = sorted(order, key=lambda key: wanted.index(key) if key in wanted else len(order))
        for number, key in enumerate(ranked, start=1):
            post[f"{place.name}-{raws[key]['at']}-position"] = str(number)

    return shown == place.shown.split(), take


_DOING = {"field": _field, "text": _text, "row": _row, "order": _order}
