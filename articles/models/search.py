"""What pieces are found by. Triggers keep it, whoever writes: verbs, bulk updates, raw SQL."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.people.guards import never_truncated


class SearchEntry(models.Model):
    """The words of a working copy: titles, text and names, as a query is compared with them.

    A table beside the piece, so that a verb that moves it rewrites none of a thousand lexemes.
    """

    article = models.OneToOneField(
        Article, models.CASCADE, verbose_name=_("article"), related_name="search_entry"
    )
    text = models.TextField(_("text"))
    lexemes = SearchVectorField(_("lexemes"))

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        # No pending list: a search would have to read it, and its emptying would fall on somebody.
        indexes = [GinIndex(name="search_by_lexemes", fields=["lexemes"], fastupdate=False)]
        triggers = [never_truncated("What pieces are found by")]

    def __str__(self):
        return f"#{self.article_id}"
