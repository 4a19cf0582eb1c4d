"""Tags of the desk: the parts its pages are made of. Any desk template may use them."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles import permissions
from articles import standing as where
from articles.forms import USUAL_ROLES, NoteForm
from articles.markup import headline_html
from issues.wording import how_long
from newsroom.desk.done import HISTORY

register = template.Library()

BANNERS = {
    "error": ("stop", "block"),
    "warning": ("warn", "warn"),
    "success": ("ok", "ok"),
}
AROUND = 6  # characters shown beside a change


@register.simple_tag
def icon(name: str):
    """Draw a symbol of ``desk/_sprite.html``, without its ``s-``; words beside it say the same."""
    return format_html(
        '<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><use href="#s-{}"/></svg>', name
    )


@register.filter
def note_for(act, user) -> str:
    """Return the note on an act; why a piece went and came back is for the newsroom alone."""
    inside = act.verb not in ("withdraw", "reinstate") or permissions.sees_everything(user)
    return act.note if inside else ""


@register.filter
def reason_for(withdrawal, user) -> str:
    """Return why a piece was withdrawn, to the newsroom alone; authors read the public note."""
    return withdrawal.reason if permissions.sees_everything(user) else ""


@register.filter
def banner_tone(level: str) -> str:
    """Return the class of a banner for a message's level."""
    return BANNERS.get(level, ("", "info"))[0]


@register.filter
def banner_icon(level: str) -> str:
    """Return the symbol of a banner for a message's level."""
    return BANNERS.get(level, ("", "info"))[1]


@register.inclusion_tag("desk/_seals.html")
def seals(article) -> dict:
    """Draw the seal bar: a seal for each round. Fetch with ``standing.with_reviews`` for lists."""
    return {"seals": where.seals(article)}


@register.simple_tag
def seals_of(article) -> list:
    """Return the seals of a piece, for a page that shows them at length."""
    return where.seals(article)


@register.inclusion_tag("desk/_state.html")
def state(article) -> dict:
    """Draw the state of a piece: shape, word and colour."""
    return {"state": where.state(article, timezone.now())}


@register.inclusion_tag("desk/_move.html", takes_context=True)
def move(context, article) -> dict:
    """Draw whose move it is. ``waiting_pks`` in the context are the pieces that wait for me.

    ``crew`` there knows who may take on the others.
    """
    user, crew = context["request"].user, context.get("crew")
    waiting = article.pk in context.get("waiting_pks", ())
    return {"move": where.move(article, user, waiting, crew.hands(article) if crew else None)}


@register.filter
def moment(at: datetime | None) -> str:
    """Return an instant as briefly as it can be told: the hour today, the day and hour before."""
    if at is None:
        return ""
    here, today = timezone.localtime(at), timezone.localdate()
    if here.date() == today:
        return date_format(here, "H:i")
    # Translators: a date format of Django's: day, month and time within this year.
    short = _("j M, H:i")
    # Translators: a date format of Django's: day, month, year and time.
    return date_format(here, short if here.year == today.year else _("j M Y, H:i"))


@register.filter
def waited(since: datetime | None) -> str:
    """Return how long ago an instant was, in at most two units."""
    return how_long(timezone.now() - since) if since else ""


@register.filter
def bylined(article) -> str:
    """Return the names under a working copy, in one line."""
    return " ".join(byline.printed_name for byline in article.bylines.all())


@register.filter
def verb_word(name: str) -> str:
    """Return what a verb is called in a history."""
    return str(HISTORY.get(name, name))


@register.simple_tag
def marks(parts, side="both"):
    """Return marked text: what went out as ``del``, what came in as ``ins``.

    ``side`` is ``both`` for one running text, ``old`` or ``new`` for one of two columns.
    """
    return format_html_join("", "{}", ((_mark(*part, side),) for part in parts))


def _mark(kind: str, old: str, new: str, side: str):
    if kind == "equal":
        return new
    if kind == "moved":
        return format_html('<span class="moved">{}</span>', new)
    gone = format_html("<del>{}</del>", old) if old and side != "new" else ""
    come = format_html("<ins>{}</ins>", new) if new and side != "old" else ""
    return format_html("{}{}", gone, come)


@register.simple_tag
def offered(offers, name: str):
    """Return the offer of a verb, or None where it is not offered."""
    return next((offer for offer in offers if offer.verb.name == name), None)


@register.filter
def primary(offers):
    """Return the verb that a page's one filled button does."""
    return next((offer for offer in offers if offer.verb.tone == "default"), None)


@register.filter
def has_count(attributes: dict) -> bool:
    """Say whether a field's characters are counted while somebody types."""
    return "data-count" in attributes


@register.filter
def tone_of_button(tone: str, already: str) -> str:
    """Return the class of a button by its verb's tone; only a page's main button is filled."""
    return "" if tone == "default" or "default" in already else tone


@register.simple_tag
def usual_roles() -> tuple[str, ...]:
    """Return the roles that are suggested for a byline."""
    return USUAL_ROLES


@register.filter
def reason_word(code: str) -> str:
    """Return a usual reason in words."""
    return str(dict(NoteForm.REASONS).get(code, code))


@register.filter
def headline_in_print(headline: str):
    """Return a headline that breaks where its editor marked it."""
    return headline_html(headline)


@register.filter
def said_by(offer, main) -> bool:
    """Say whether a refusal's reason stands beside the main verb already."""
    return bool(main) and main != offer and main.verdict == offer.verdict


@register.filter
def title_class(kind: str) -> str:
    """Return how a line over the text is set, and nothing for the text itself."""
    return {"kicker": "kick", "headline": "headl", "deck": "deckl", "column_label": "kick"}.get(
        kind, ""
    )


@register.filter
def number_among(place, changes: list) -> int:
    """Return the number of a changed place among all changes."""
    return changes.index(place) + 1


@register.filter
def only_changes(parts) -> list:
    """Return marked text with its unchanged stretches cut short."""
    return [
        (part[0], part[1], _short(part[2], place, len(parts)))
        if part[0] in ("equal", "moved")
        else part
        for place, part in enumerate(parts)
    ]


def _short(text: str, place: int, count: int) -> str:
    """Keep six characters beside a change."""
    if len(text) <= 2 * AROUND:
        return text
    head = "" if place == 0 and count > 1 else text[:AROUND]
    tail = "" if place == count - 1 else text[-AROUND:]
    return f"{head}…{tail}"
