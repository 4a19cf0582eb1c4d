"""How a sheet of paper is answered: as a page of the desk that prints on one leaf, or as PDF."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.typeset import Sheet, typeset


def sheet_page(admin, request, sheet: Sheet, *, back: str, pdf: str):
    """Show a sheet within the desk; printing leaves the desk away."""
    context = {
        **admin.admin_site.each_context(request),
        "title": _("{name}: {title}").format(name=sheet.name, title=sheet.title),
        "sheet": sheet,
        "back": back,
        "pdf": pdf,
        "opts": admin.opts,
    }
    request.current_app = admin.admin_site.name
    return TemplateResponse(request, "desk/sheet.html", context)


def pdf_response(sheet: Sheet, name: str) -> HttpResponse:
    """Typeset a sheet and answer with it, to be looked at or kept."""
    response = HttpResponse(typeset(sheet, at=timezone.now()), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
