"""What the desk's pages of sheets and corrections are made of."""

from django import template

from articles import permissions, standing
from articles.crews import Crew
from articles.markup import paragraphs

register = template.Library()

AROUND = 40  # characters shown beside the wrong words


@register.filter
def sheet_for(article, user) -> bool:
    """Say whether somebody reads the sign-off sheet of a piece."""
    return bool(permissions.may_read_sheet(user, article))


@register.filter
def nth(items: list, place: int):
    """Return what stands in a place of a list, counted from 0."""
    return items[place]


@register.inclusion_tag("desk/_seals.html")
def correction_seals(correction) -> dict:
    """Draw the seal bar of a correction."""
    return {"seals": standing.correction_seals(correction)}


@register.simple_tag
def seals_of_correction(correction) -> list:
    """Return the seals of a correction, for a page that shows them at length."""
    return standing.correction_seals(correction)


@register.inclusion_tag("desk/_state.html")
def correction_state(correction) -> dict:
    """Draw the state of a correction."""
    return {"state": standing.correction_state(correction)}


@register.simple_tag
def correction_waits(correction) -> str:
    """Say whom a correction waits for in its round; empty where it waits for nobody's signature."""
    if correction.next_round() is None or correction.returned_at:
        return ""
    return standing.for_whom(Crew().hands_of_correction(correction))


@register.filter
def may_sign_correction(correction, user):
    """Return the verdict on signing a correction."""
    return permissions.may_sign_correction(user, correction)


@register.simple_tag
def passage_of(correction) -> list[tuple[str, str, str]]:
    """Return where residents read the wrong words: what stands before, the words, what follows.

    At most three places; none where the piece does not say them.
    """
    seal = correction.article.sealed
    texts = [seal.headline, seal.deck, *paragraphs(seal.body)]
    return [
        (before[-AROUND:], correction.wrong, after[:AROUND])
        for before, found, after in (text.partition(correction.wrong) for text in texts)
        if found
    ][:3]


@register.filter
def proposing(field, value):
    """Fill a field of a form in where nobody has typed anything yet."""
    if value and not field.form.is_bound and not field.form.initial.get(field.name):
        field.form.initial[field.name] = value
    return field
