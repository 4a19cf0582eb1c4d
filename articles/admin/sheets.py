"""The doors to the sign-off sheet of a piece: on the screen, ready to print, and as PDF."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from articles import permissions
from articles.models import Article
from articles.sheet_pages import pdf_response, sheet_page
from articles.sheets import piece_sheet
from articles.typeset import Sheet


class SheetDoors:
    """What an article's admin offers on paper."""

    def get_urls(self):
        """Put the sheet's doors before the others."""
        wrap = self.admin_site.admin_view
        return [
            path("<number:number>/sheet/", wrap(self.sheet), name="articles_article_sheet"),
            path(
                "<number:number>/sheet.pdf", wrap(self.sheet_pdf), name="articles_article_sheet_pdf"
            ),
            *super().get_urls(),
        ]

    def sheet(self, request, number):
        """Show the sheet as a page that prints on one leaf of A4."""
        article, sheet = self._sheet(request, number)
        back = reverse("admin:articles_article_change", args=[article.pk])
        pdf = reverse("admin:articles_article_sheet_pdf", args=[article.pk])
        return sheet_page(self, request, sheet, back=back, pdf=pdf)

    def sheet_pdf(self, request, number):
        """Give the sheet as PDF."""
        article, sheet = self._sheet(request, number)
        return pdf_response(sheet, f"sheet-{article.pk}.pdf")

    def _sheet(self, request, number) -> tuple[Article, Sheet]:
        article = get_object_or_404(self.get_queryset(request), pk=number)
        if not permissions.may_read_sheet(request.user, article):
            raise PermissionDenied
        # Where it stands in print is known above; templates are where the rooms meet.
        lines = render_to_string("articles/desk/_where_printed.txt", {"article": article})
        printed = [line.strip() for line in lines.splitlines() if line.strip()]
        at = timezone.now()
        return article, piece_sheet(article, by=request.user, at=at, printed=printed)
