"""The doors to what the worker does: letters on their way, failed tasks, the embedded mailbox."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from newsroom.desk import postbox, working
from newsroom.desk.models import Letter, ReceivedLetter, TaskFailure
from newsroom.people.permissions import may_administer

SHOWN = 50


class MailDoors:
    """What the desk offers about mail and tasks: to administrators, and to each their mailbox."""

    def get_urls(self):
        """Add the pages of mail and tasks, and in the embedded mode the mailbox."""
        own = [
            ("mail/", self.mail, "mail"),
            ("mail/letters/<number:number>/", require_POST(self.retry_letter), "letter_retry"),
            ("mail/tasks/<number:number>/", require_POST(self.retry_task), "task_retry"),
            ("mailbox/", self.mailbox, "mailbox"),
        ]
        return [
            *(path(route, self.admin_view(view), name=name) for route, view, name in own),
            *super().get_urls(),
        ]

    def each_context(self, request):
        """Add whether there is a mailbox to read."""
        return super().each_context(request) | {
            "has_mailbox": settings.EMBEDDED,
        }

    def index(self, request, extra_context=None):
        """Tell administrators on their workbench when no worker runs."""
        silent = bool(may_administer(request.user)) and working.is_silent()
        return super().index(request, {"worker_is_silent": silent, **(extra_context or {})})

    def mail(self, request):
        """Show what waits, what went wrong, and whether a worker runs."""
        self._demand_administrator(request)
        failed = list(working.failed_jobs()[:SHOWN])
        reasons = TaskFailure.objects.filter(job__in=[job.pk for job in failed])
        said = dict(reasons.values_list("job", "text"))
        context = {
            "title": _("Mail and tasks"),
            "seen_at": working.last_sign_of_life(),
            "is_silent": working.is_silent(),
            "sends_mail": settings.SENDS_MAIL,
            "waiting_letters": Letter.objects.waiting().count(),
            "waiting_jobs": working.waiting_jobs().count(),
            "letters": Letter.objects.in_trouble().select_related("recipient")[:SHOWN],
            "failed": [(job, said.get(job.pk, "")) for job in failed],
        }
        return self._page(request, "desk/mail.html", context)

    def retry_letter(self, request, number):
        """Have a letter tried again at once."""
        self._demand_administrator(request)
        postbox.try_again(get_object_or_404(Letter.objects.in_trouble(), pk=number))
        messages.success(request, _("The letter will be tried again within a minute."))
        return HttpResponseRedirect(reverse("admin:mail"))

    def retry_task(self, request, number):
        """Have a failed task done again."""
        self._demand_administrator(request)
        if not working.try_again(number):
            raise Http404
        messages.success(request, _("The task will be done again at once."))
        return HttpResponseRedirect(reverse("admin:mail"))

    def mailbox(self, request):
        """Show the letters kept instead of sent: all to administrators, else one's own."""
        if not settings.EMBEDDED:
            raise Http404
        user = request.user
        letters = ReceivedLetter.objects.all()
        if not may_administer(user):
            letters = letters.addressed_to(user.email)
        page = Paginator(letters, SHOWN).get_page(request.GET.get("page"))
        context = {"title": _("Mailbox"), "page": page}
        return self._page(request, "desk/mailbox.html", context)

    def _demand_administrator(self, request):
        verdict = may_administer(request.user)
        if not verdict:
            raise PermissionDenied(verdict.reason)

    def _page(self, request, template, context):
        request.current_app = self.name
        return TemplateResponse(request, template, {**self.each_context(request), **context})
