"""What a person reads of an archive: its pages as HTML and its pieces as plain text.

Made from the archive's data alone, with nothing from anywhere else: no script, no request.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from articles import renditions
from articles.enclosures import file_name
from articles.markup import (
    headline_html,
    keep_numbers_whole,
    photo_ids,
    trusted,
    with_dateline,
    with_figures,
    with_link_targets,
)
from articles.templatetags.pieces import byline, byline_groups
from issues.archiving.gathering import WITHDRAWN
from issues.archiving.plain import plain_text, readme

_PIECE = re.compile(r"/articles/(\d{1,18})/", re.ASCII)


def written(record: dict) -> Iterator[tuple[str, str]]:
    """Yield every readable file of an archive: its name and its text.

    In the language of the paper, whoever asks for it.
    """
    with override(settings.LANGUAGE_CODE):
        issue = Issue(record)
        yield "README.txt", readme(issue)
        yield "index.html", render_to_string("issues/archived/index.html", {"issue": issue})
        yield "style.css", render_to_string("issues/archived/style.css")
        for piece in issue.pieces:
            if not piece.withdrawn:
                context = {"issue": issue, "piece": piece}
                article = render_to_string("issues/archived/article.html", context)
                yield f"articles/{piece.number}.html", article
                yield f"text/{piece.number}.txt", plain_text(piece)


class Issue:
    """An archived issue, as its pages show it."""

    def __init__(self, record: dict):
        self.record, self.public, self.site = record, record["public"], record["site"]
        told = record["issue"]
        self.date, self.number, self.title = (
            date.fromisoformat(told["date"]), told["number"], told["title"],
        )  # fmt: skip
        self.published_at = _instant(told["published_at"])
        self.pieces = [Piece(each, self) for each in record["pieces"]]

    @cached_property
    def here(self) -> set[int]:
        """The pieces that can be read in the archive."""
        return {piece.number for piece in self.pieces if not piece.withdrawn}

    @cached_property
    def leaves(self) -> list[SimpleNamespace]:
        """The pages, each with what stands on it."""
        return [
            SimpleNamespace(
                number=page["number"],
                label=self.page_label(page["number"]),
                pieces=[piece for piece in self.pieces if piece.page == page["number"]],
            )
            for page in self.record["pages"]
        ]

    @property
    def name(self) -> str:
        """What the issue is called, in a line."""
        day = date_format(self.date, "DATE_FORMAT")
        number = self.numbers and _("No. {number}").format(number=self.numbers)
        return "　".join(str(part) for part in (day, number, self.title) if part)

    @property
    def numbers(self) -> str:
        """Its running number, or both ends of those a combined issue takes."""
        last = self.number and self.number + self.record["issue"]["combines"] - 1
        return f"{self.number}—{last}" if last and last > self.number else str(self.number or "")

    def page_label(self, number: int) -> str:
        """How readers call a page."""
        named = {page["number"]: page["name"] for page in self.record["pages"]}
        page = pgettext("reader", "Page {number}").format(number=number)
        return f"{page}　{named[number]}" if named.get(number) else str(page)


class Piece:
    """An archived piece, as its page shows it; of one that was withdrawn, that it was."""

    def __init__(self, told: dict, issue: Issue):
        self.issue, self.number, self.page = issue, told["number"], told["page"]
        self.withdrawn, self.title = told["state"] == WITHDRAWN, told["title"]
        self.told, self.covers = told, told.get("covers", {})
        self.published_at = _instant(told["published_at"]) or issue.published_at
        self.withdrawn_at = _instant(told.get("withdrawn_at"))
        self.signatures = told.get("signed", {}).get("signatures", [])

    @property
    def headline(self) -> str:
        """The headline, broken where its editor allowed it."""
        return headline_html(self.told.get("breaks") or self.title or _("Untitled"))

    @property
    def page_label(self) -> str:
        """The page it stands on."""
        return self.issue.page_label(self.page)

    @cached_property
    def names(self) -> list[SimpleNamespace]:
        """The names under it, as the tags of public pages take them."""
        return [
            SimpleNamespace(name=name, role=role, credit=credit, linked=None)
            for _key, name, role, credit in self.covers.get("bylines", [])
        ]

    @property
    def byline_groups(self) -> list[dict]:
        """The names under it, those who did the same under one word."""
        return byline_groups(self)

    @property
    def byline(self) -> str:
        """Who wrote it, in a line."""
        return byline(self)

    @cached_property
    def photos(self) -> list["Photo"]:
        """Its photographs, as they were signed."""
        words = self.covers.get("photos", [])
        return [Photo(*each) for each in zip(self.told.get("photos", []), words, strict=True)]

    @property
    def aside(self) -> list["Photo"]:
        """Photographs that stand outside the text."""
        inline = photo_ids(self.covers["body"])
        return [photo for photo in self.photos if photo.number not in inline]

    @property
    def files(self) -> list[SimpleNamespace]:
        """The files it is offered with."""
        return [
            SimpleNamespace(
                path=f"files/{digest}.{kind}",
                name=file_name(SimpleNamespace(kind=kind, title=title)),
            )
            for digest, kind, title in self.covers.get("attachments", [])
        ]

    @property
    def prose(self) -> str:
        """Its text, with its pictures in their places and its links leading on."""
        known = {photo.number: photo for photo in self.photos}

        def draw(number: int, size: str) -> str:
            return known[number].html if number in known else ""

        text = with_link_targets(keep_numbers_whole(self.covers["body"]), self._lead)
        return trusted(with_dateline(with_figures(text, draw), self.covers["dateline"]))

    def _lead(self, target: str) -> str:
        """Return where a link leads that is read outside the site."""
        found = _PIECE.fullmatch(target)
        if found and int(found[1]) in self.issue.here:
            return f"{found[1]}.html"
        if target.startswith("#") or urlsplit(target).scheme:
            return target
        return urljoin(f"{self.issue.site['address']}/articles/{self.number}/", target)

    @property
    def notes(self) -> list[SimpleNamespace]:
        """What residents were told had changed, the last at the end."""
        last = self.covers.get("change_note")
        told = [*self.told["notes"]]
        if last:
            told.append({"at": self.told["signed"]["sealed_at"], "note": last})
        return [SimpleNamespace(at=_instant(each["at"]), note=each["note"]) for each in told]

    @property
    def corrections(self) -> list[dict]:
        """Its corrections, the oldest first."""
        return [{**each, "signed_at": _instant(each["at"])} for each in self.told["corrections"]]

    @property
    def put_up_again(self) -> list[dict]:
        """When it came back after it had been taken down, and what was said of that."""
        told = self.told["put_up_again"]
        return [{**each, "at": _instant(each["at"])} for each in told if each["note"]]

    @property
    def signed(self) -> list[SimpleNamespace]:
        """Who signed it, round by round, with the moment."""
        return [SimpleNamespace(**{**each, "at": _instant(each["at"])}) for each in self.signatures]


class Photo:
    """An archived photograph, with its words and the names of its files."""

    def __init__(self, told: dict, words: list[str]):
        _digest, self.caption, self.credit, self.alternative_text, *video = words
        self.number, self.video_url = told["number"], "".join(video)
        self.master = f"photos/{told['digest']}.webp"
        self.ordinary = f"photos/{told['digest']}.jpg"
        self.width, _kind = renditions.parts(renditions.quick_name(told["width"]))
        self.height = max(1, round(told["height"] * self.width / told["width"]))

    @property
    def html(self) -> str:
        """The readable file, leading to the whole one, as the page of a piece shows it."""
        return format_html(
            '<figure><a href="../{}"><img src="../{}" width="{}" height="{}" alt="{}"></a>'
            "{}</figure>",
            self.master, self.ordinary, self.width, self.height, self.alternative_text,
            self._caption,
        )  # fmt: skip

    @property
    def _caption(self) -> str:
        video = self.video_url and format_html('<a href="{}">{}</a>', self.video_url, _("Video"))
        words = [part for part in (self.caption, self.credit, video) if part]
        if not words:
            return ""
        return format_html(
            "<figcaption>{}</figcaption>",
            format_html_join("　", "{}", [(part,) for part in words]),
        )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
