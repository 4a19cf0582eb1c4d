"""The doors of reading without a network: the worker, its list, the page for what is not kept."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.models import Masthead
from articles.public_pages import public_page, show
from newsroom.readers.shelf import shelf as kept_now

ALWAYS_ASKED = "no-cache"
PAPER = "#fdfbf7"  # as in static/site/site.css


@csrf_exempt
@require_safe
def worker(request):
    """Answer the worker; switched off, one that deletes what its predecessor kept, and itself.

    A browser asks for it again and again as long as it has one: not to answer would leave it.
    """
    masthead = Masthead.objects.present()
    script = "worker.js" if masthead.offline_reading else "worker_off.js"
    note = _("No network. This is the page as kept on this device {time}.")
    text = render_to_string(f"readers/{script}", {"note": note})
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = ALWAYS_ASKED
    return response


@public_page
def shelf(request, masthead):
    """List what a device may keep now."""
    if not masthead.offline_reading:
        raise Http404
    return JsonResponse(kept_now(masthead.at))


@public_page
def offline(request, masthead):
    """Show what a reader sees, without a network, in place of a page that is not kept."""
    if not masthead.offline_reading:
        raise Http404
    return show(request, masthead, "readers/offline.html")


@public_page
def manifest(request, masthead):
    """Say what the paper is called and looks like on a phone's home screen."""
    described = {
        "name": masthead.paper_name,
        "short_name": masthead.paper_name[:12],
        "description": masthead.description,
        "lang": "zh-Hans",
        "start_url": reverse("issues:front"),
        "scope": reverse("issues:front"),
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {
                "src": staticfiles_storage.url("site/icon.svg"),
                "sizes": "any",
                "type": "image/svg+xml",
            }
        ],
    }
    return JsonResponse(described, content_type="application/manifest+json")
