"""Pages of the desk as tests use them: sign in, open, type, press a button."""

import re

from django.test import Client
from django.urls import reverse


def signed_in(user) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def address(article, page: str = "change", **more) -> str:
    """Return the address of one of a piece's pages."""
    return reverse(f"admin:articles_article_{page}", kwargs=None, args=[article.pk, *more.values()])


def text(response) -> str:
    """Return what a response shows."""
    return response.content.decode()


def form_of(article, **changes) -> dict:
    """Return what the form of a piece posts when nothing but ``changes`` was typed."""
    typed = {
        "read_revision": article.revision,
        "kicker": article.kicker,
        "headline": article.headline,
        "deck": article.deck,
        "column_label": article.column_label,
        "body": article.body,
        "section": article.section_id or "",
        "kind": article.kind,
        "unit_head": article.unit_head,
        "summary": article.summary,
        "dateline": article.dateline,
        "source": article.source,
    }
    typed |= _bylines(article) if article.pk else blank("bylines")
    typed |= _photos(article) if article.pk else blank("photos")
    typed |= _attachments(article) if article.pk else blank("attachments")
    return typed | changes


def blank(prefix: str, rows: int = 0) -> dict:
    """Return the management fields of a formset with so many new rows."""
    return {
        f"{prefix}-TOTAL_FORMS": rows,
        f"{prefix}-INITIAL_FORMS": 0,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }


def _rows(prefix: str, rows: list[dict]) -> dict:
    posted = blank(prefix, len(rows)) | {f"{prefix}-INITIAL_FORMS": len(rows)}
    for index, row in enumerate(rows):
        posted |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return posted


def _bylines(article) -> dict:
    return _rows(
        "bylines",
        [
            {
                "id": each.pk,
                "article": article.pk,
                "role": each.role,
                "correspondent": each.correspondent_id or "",
                "name": each.name,
                "credit": each.credit,
                "position": number,
            }
            for number, each in enumerate(article.bylines.all(), start=1)
        ],
    )


def _photos(article) -> dict:
    return _rows(
        "photos",
        [
            {
                "id": each.pk,
                "article": article.pk,
                "caption": each.caption,
                "credit": each.credit,
                "alternative_text": each.alternative_text,
                "video_url": each.video_url,
                "position": number,
            }
            for number, each in enumerate(article.photos.all(), start=1)
        ],
    )


def _attachments(article) -> dict:
    return _rows(
        "attachments",
        [
            {"id": each.pk, "article": article.pk, "title": each.title, "position": number}
            for number, each in enumerate(article.attachments.all(), start=1)
        ],
    )


def buttons(page: str) -> dict[str, bool]:
    """Return the verbs a page offers: label → whether it can be pressed."""
    found = {}
    for tag, attributes, label in re.findall(r"<(button|a)\b([^>]*)>([^<]*)", page):
        if "btn" in attributes and label.strip():
            pressable = 'aria-disabled="true"' not in attributes
            found[label.strip().rstrip("…")] = pressable and tag in ("a", "button")
    return found
