"""What an issue adds to the pages of other things."""

from django import template

from issues.models import Placement

register = template.Library()


@register.inclusion_tag("issues/_printed.html")
def printed(article, at):
    """Show where a piece stands in print, and what stands around it; one statement.

    A piece that was printed again is shown in the first of its issues.
    """
    around = list(Placement.objects.live(at).around(article).for_list().with_issue())
    here = next((place for place in around if place.article_id == article.pk), None)
    if here is None:
        return {}
    page = [place for place in around if place.page_id == here.page_id]
    where = page.index(here)
    return {
        "place": here,
        "before": page[where - 1] if where else None,
        "after": page[where + 1] if where + 1 < len(page) else None,
        "others": [place for place in page if place is not here][:4],
    }
