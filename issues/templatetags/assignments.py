"""What an assignment adds to the pages of its piece."""

from django import template
from django.utils import timezone

from issues.models import Assignment
from issues.permissions import may_see_assignment
from issues.wording import wanted_sentence

register = template.Library()


@register.inclusion_tag("admin/issues/assignment/_answered.html", takes_context=True)
def answered_assignment(context, article):
    """Show what a piece was written for, to whoever may see it; one statement."""
    if not getattr(article, "pk", None):
        return {}
    found = Assignment.objects.answered_by(article).for_desk().first()
    if found is None or not may_see_assignment(context["request"].user, found):
        return {}
    return {"assignment": found, "told": wanted_sentence(found, timezone.now())}
