"""The doors to the newsletter: who gets it, in figures; how a mailing goes; pause, go on, test."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from newsroom.people.models import SiteSettings
from newsroom.people.permissions import may_administer
from newsroom.people.verdicts import RefusalError
from newsroom.readers.models import Mailing, Subscriber
from newsroom.readers.permissions.newsletter import may_mail, may_pause, may_resume
from newsroom.readers.workflow import mailing, subscribing

SHOWN = 20


class NewsletterDoors:
    """What the desk offers about the newsletter: to those who plan issues."""

    def get_urls(self):
        """Add the page of the newsletter and the doors to its verbs."""
        own = [
            ("newsletter/", self.newsletter, "newsletter"),
            ("newsletter/<slug:verb>/", require_POST(self.newsletter_do), "newsletter_do"),
            (
                "newsletter/<number:number>/<slug:verb>/",
                require_POST(self.mailing_do),
                "mailing_do",
            ),
        ]
        return [
            *(path(route, self.admin_view(view), name=name) for route, view, name in own),
            *super().get_urls(),
        ]

    def newsletter(self, request):
        """Show how many get the newsletter, and what became of the latest mailings."""
        self._demand_planner(request)
        rows = [self._row(request.user, each) for each in Mailing.objects.for_desk()[:SHOWN]]
        context = {
            **self.each_context(request),
            "title": _("Newsletter"),
            "subscribers": Subscriber.objects.getting_letters().count(),
            "bounced": Subscriber.objects.paused().count(),
            "rows": rows,
            "sends_mail": settings.SENDS_MAIL,
            "may_administer": may_administer(request.user),
            "site": SiteSettings.current(),
        }
        request.current_app = self.name
        return TemplateResponse(request, "desk/newsletter.html", context)

    def _row(self, user, each: Mailing) -> dict:
        done = each.recipients - each.left
        return {
            "mailing": each,
            "figures": each.figures,
            "done": done,
            "width": 100 * done // each.recipients if each.recipients else 100,
            "may_pause": may_pause(user, each),
            "may_resume": may_resume(user, each),
        }

    def newsletter_do(self, request, verb):
        """Send oneself a test, or do for an address what somebody has asked for on the phone."""
        self._demand_planner(request)
        verbs = {"test": _test, "take-off": _take_off, "let-in": _let_in}
        if verb not in verbs:
            raise Http404
        verbs[verb](request)
        return HttpResponseRedirect(reverse("admin:newsletter"))

    def mailing_do(self, request, number, verb):
        """Pause a mailing, or go on with it."""
        self._demand_planner(request)
        verbs = {"pause": mailing.pause, "resume": mailing.resume}
        if verb not in verbs:
            raise Http404
        try:
            verbs[verb](get_object_or_404(Mailing, pk=number), by=request.user)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:newsletter"))

    def _demand_planner(self, request):
        verdict = may_mail(request.user)
        if not verdict:
            raise PermissionDenied(verdict.reason)


def _test(request):
    if not request.user.email:
        messages.error(request, _("Your account has no e-mail address."))
        return
    mailing.ask_for_test(by=request.user)
    messages.success(
        request,
        _("The letter about the latest issue goes to {address}.").format(
            address=request.user.email
        ),
    )


def _take_off(request):
    if subscribing.take_off(_address(request), by=request.user):
        messages.success(request, _("The address is erased; no letter goes there any more."))
    else:
        messages.warning(request, _("This address does not get the newsletter."))


def _let_in(request):
    if subscribing.let_in_again(_address(request), by=request.user):
        messages.success(request, _("The address can be entered on the site again."))
    else:
        messages.warning(request, _("This address has not declined letters."))


def _address(request) -> str:
    return request.POST.get("address", "").replace("\0", "")[:254]
