"""What the desk says loudly: signatures owed after an emergency, and what is live meanwhile."""

from django import template
from django.utils import timezone

from articles import permissions, standing
from articles.models import OwedSignature
from issues.wording import how_long
from newsroom.people.roles import Role

register = template.Library()
SHOWN = 3


@register.inclusion_tag("desk/_owed_banner.html", takes_context=True)
def owed_banner(context) -> dict:
    """Shout what is owed: to who can sign it, and to chief editors whatever is open."""
    user, now = context["request"].user, timezone.now()
    debts = OwedSignature.objects
    shouted = debts.open() if user.holds(Role.CHIEF_EDITOR) else debts.asked_of(user)
    found = list(shouted.for_display())
    return {
        "count": len(found),
        "more": len(found[SHOWN:]),
        "debts": [(debt, standing.debt_state(debt, now)) for debt in _pressing(found)[:SHOWN]],
        "loud": any(debt.refused_at or debt.is_overdue(now) for debt in found),
        "listed": bool(permissions.may_see_owed(user)),
    }


def _pressing(debts: list) -> list:
    for debt in debts:
        debt.corrected = False  # what is open has not been
    return debts


@register.filter
def hours_left(debt) -> str:
    """Return how much of its day a debt has left, or by how much it is over."""
    return how_long(abs(debt.due_at - timezone.now()))


@register.filter
def debts_of(article) -> list:
    """Return the open debts of a piece, each with its state."""
    now = timezone.now()
    found = OwedSignature.objects.open().filter(article=article).for_display().with_answers()
    return [(debt, standing.debt_state(debt, now)) for debt in found]


@register.filter
def marks_of(article) -> list:
    """Return what is to be said besides a piece's state."""
    return standing.marks(article, timezone.now())


@register.filter
def is_revision(article) -> bool:
    """Say whether residents read an older version of a piece than the desk shows."""
    return article.status != article.Status.APPROVED and article.is_live(timezone.now())
