"""The doors of the newsletter: ask for it, confirm, decline, leave.

No cookie, no script, kept by no cache. What is answered is the same for an address that is known
and one that is not. Looking at a page does nothing: programs that guard mailboxes follow links.
"""

from copy import copy
from dataclasses import replace
from functools import wraps

from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from articles.looks import also_large, look_of
from articles.models import Masthead
from articles.public_pages import kept_by_nobody, not_there, show
from newsroom.people.adapters import address_of
from newsroom.readers import stamps
from newsroom.readers.limits import Limit, is_within
from newsroom.readers.newsletter_forms import PURPOSE, SignUpForm
from newsroom.readers.workflow import subscribing

ASKING = Limit("newsletter", an_hour=20, a_day=60)


def door(*methods: str, always: bool = False):
    """Open a door of the newsletter, for some methods: where it is switched on, or always."""

    def opened(view):
        @also_large
        @csrf_exempt
        @wraps(view)
        def answer(request, *args, **kwargs):
            masthead = Masthead.objects.present()
            if not (masthead.newsletter or always):
                return not_there(request, masthead)
            if request.method not in methods:
                return kept_by_nobody(HttpResponseNotAllowed(methods))
            bare = copy(request)
            if kwargs:
                # What stands around a page tells other sites its address; this one is secret.
                bare.look = replace(look_of(request), path="/")
            response = kept_by_nobody(view(bare, masthead, *args, **kwargs))
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        return answer

    return opened


@door("GET", "HEAD", "POST")
def newsletter(request, masthead):
    """Show the form, or take it: who it was is decided in a letter, not on a page."""
    if request.method != "POST":
        return _form(request, masthead, SignUpForm())
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _form(request, masthead, form, 400)
    if not is_within(ASKING, address_of(request)):
        return show(request, masthead, "readers/too_often.html", status=429)
    if not form.was_filled_in_by_a_script:
        subscribing.ask_for(form.cleaned_data["address"])
    return HttpResponseRedirect(reverse("readers:asked"))


def _form(request, masthead, form: SignUpForm, status: int = 200):
    context = {"form": form, "stamp": stamps.make(PURPOSE, shown_before=form.is_bound)}
    return show(request, masthead, "readers/newsletter.html", status=status, **context)


@door("GET", "HEAD")
def asked(request, masthead):
    """Say that a letter is on its way, whoever asks."""
    return show(request, masthead, "readers/asked.html")


@door("GET", "HEAD", "POST")
def confirm(request, masthead, ticket: str):
    """Show the button of a letter's link, or do what it says: get the newsletter, or decline."""
    if request.method != "POST":
        done, good = "", subscribing.readable(ticket) is not None
    elif "decline" in request.POST:
        done, good = "declined", subscribing.decline(ticket)
    else:
        done, good = "confirmed", subscribing.confirm(ticket)
    status = 200 if good else 410
    context = {"done": done, "good": good}
    return show(request, masthead, "readers/confirm.html", status=status, **context)


@door("GET", "HEAD", "POST", always=True)
def leave(request, masthead, key: str):
    """Show the button by which somebody leaves, or erase them.

    A mail program posts here by itself when somebody presses its own button (RFC 8058). Who has
    left before, or was never there, is told the same. Letters outlive a newsletter that is
    switched off, and so does the way out of it.
    """
    if request.method == "POST":
        subscribing.leave(key)
    context = {"done": request.method == "POST"}
    return show(request, masthead, "readers/leave.html", **context)
