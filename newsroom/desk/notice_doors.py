"""The doors to a person's own notices: read them, mark them, choose how to be told."""

from functools import cache
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from newsroom.desk.forms import NoticeSettingsForm
from newsroom.desk.models import Notice
from newsroom.desk.phrasing import address
from newsroom.desk.preferences import choices_of, choose, kinds_for

PER_PAGE = 40


class NoticeDoors:
    """What the desk offers about notices. Everybody finds their own, and nobody else's."""

    def get_urls(self):
        """Add the pages of notices."""
        own = [
            ("notices/", self.notices, "notices"),
            ("notices/read/", require_POST(self.read_all_notices), "notices_read"),
            ("notices/settings/", self.notice_settings, "notice_settings"),
            ("notices/<number:number>/", self.open_notice, "notice_open"),
            ("notices/<number:number>/read/", require_POST(self.read_notice), "notice_read"),
        ]
        return [
            *(path(route, self.admin_view(view), name=name) for route, view, name in own),
            *super().get_urls(),
        ]

    def each_context(self, request):
        """Add how many notices are unread, asked where a page shows it."""
        user = request.user
        return super().each_context(request) | {
            "unread_notices": cache(lambda: Notice.objects.to(user).unread().count())
        }

    def notices(self, request):
        """Show a person's notices, day by day, newest first."""
        found = Notice.objects.to(request.user).for_display()
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        days = groupby(page, key=lambda notice: timezone.localdate(notice.made_at))
        context = {
            "title": _("Notices"),
            "page": page,
            "days": [(day, list(notices)) for day, notices in days],
        }
        return self._shown(request, "desk/notices.html", context)

    def open_notice(self, request, number):
        """Mark a notice as read and lead to what it tells of."""
        notice = get_object_or_404(Notice.objects.to(request.user), pk=number)
        Notice.objects.filter(pk=notice.pk).mark_read()
        return HttpResponseRedirect(address(notice))

    def read_notice(self, request, number):
        """Mark one notice as read."""
        notice = get_object_or_404(Notice.objects.to(request.user), pk=number)
        Notice.objects.filter(pk=notice.pk).mark_read()
        return self._back(request)

    def read_all_notices(self, request):
        """Mark what was on the page, and everything before it, as read; what came since stays."""
        newest = request.POST.get("newest", "")
        own = Notice.objects.to(request.user)
        if newest.isascii() and newest.isdigit():
            own = own.filter(pk__lte=int(newest[:18]))
        Notice.objects.filter(pk__in=own.values("pk")).mark_read()
        return self._back(request)

    def _back(self, request):
        wanted = request.POST.get("next", "")
        own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
        return HttpResponseRedirect(wanted if own else reverse("admin:notices"))

    def notice_settings(self, request):
        """Show and keep how a person wants to be told."""
        user = request.user
        all_choices = choices_of([user])[user.pk]
        form = NoticeSettingsForm(
            {kind: all_choices[kind] for kind in kinds_for(user)}, request.POST or None
        )
        if request.method == "POST" and form.is_valid():
            choose(user, form.chosen())
            messages.success(request, _("Kept. It holds for everything that happens from now on."))
            return HttpResponseRedirect(reverse("admin:notice_settings"))
        context = {
            "title": _("How I am told"),
            "form": form,
            "sends_mail": settings.SENDS_MAIL,
        }
        return self._shown(request, "desk/notice_settings.html", context)

    def _shown(self, request, template, context):
        request.current_app = self.name
        return TemplateResponse(request, template, {**self.each_context(request), **context})
