"""Somebody outside, and what is lent to them: for the tests of links to previews."""

import re

from django.urls import reverse

from articles.models import Article
from newsroom.desk.previews import lending
from tests import factories


def lend(cast, **what):
    return lending.lend(
        by=what.pop("by", cast.editor), recipient="邱主任", organisation="区教育局", **what
    )


def home(lent) -> str:
    return reverse("previews:home", args=[lent.token])


def inside(lent, thing) -> str:
    page = thing if isinstance(thing, str) else thing.get_absolute_url()
    return home(lent).removesuffix("/") + page


def words(response) -> str:
    return re.sub(r"</?(?:wbr|span)\b[^>]*>", "", response.content.decode())


def unsigned(cast, **fields) -> Article:
    fields.setdefault("headline", "渡口小学今秋扩班")
    article = factories.submitted(cast, **fields)
    return article
