"""What answers for the whole site: errors, and what machines and operators ask."""

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.looks import look_of
from articles.models import Masthead
from articles.public_pages import kept_by_nobody, not_there
from newsroom.desk.watch import standing
from newsroom.readers.redirect_views import led_on

PLAIN = "text/plain; charset=utf-8"
ROBOTS = "User-agent: *\nAllow: /\n"


def bad_request(request, exception=None):
    """Answer what nobody can make sense of; believes nothing of it, not even its host."""
    return kept_by_nobody(HttpResponse(render_to_string("400.html"), status=400))


def not_found(request, exception=None):
    """Lead on from an old address; one that leads nowhere, or not yet, looks the same."""
    masthead = Masthead.objects.present()
    return led_on(request, masthead) or not_there(request, masthead)


def server_error(request):
    """Answer when something broke; asks nothing of the database."""
    page = render_to_string("500.html", {"look": look_of(request)})
    return kept_by_nobody(HttpResponse(page, status=500))


@csrf_exempt
@require_safe
def robots(request):
    """Tell crawlers that they are welcome."""
    response = HttpResponse(ROBOTS, content_type=PLAIN)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@csrf_exempt
@require_safe
def healthz(request):
    """Say that the process answers."""
    return kept_by_nobody(HttpResponse("ok\n", content_type=PLAIN))


@csrf_exempt
@require_safe
def readyz(request):
    """Say whether the process reaches its database: 200 or 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return kept_by_nobody(HttpResponse("no database\n", status=503, content_type=PLAIN))
    return kept_by_nobody(HttpResponse("ok\n", content_type=PLAIN))


@csrf_exempt
@require_safe
def watchz(request):
    """Say whether residents got what should be live when it was last compared: 200 or 503.

    Asks nobody outside. It speaks of what residents get and of nothing else: that a coming issue
    is at risk would tell the world that there is one.
    """
    try:
        watched = standing.present()
    except DatabaseError:
        return kept_by_nobody(JsonResponse({"state": "unknown"}, status=503))
    told = {
        "state": watched.state,
        "checked_at": watched.check and _to_the_second(watched.check.at),
    }
    status = 200 if watched.state == standing.OK else 503
    return kept_by_nobody(JsonResponse(told, status=status))


def _to_the_second(moment) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
