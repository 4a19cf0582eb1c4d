"""The doors to the watch: what residents get, what is at risk, and a look on demand."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from issues.models import Issue
from issues.wording import name_of, state_of, when_sentence
from newsroom.desk import working
from newsroom.desk.models import Alarm, Check
from newsroom.desk.watch import standing, wording
from newsroom.desk.watch.permissions import may_watch
from newsroom.people.queueing import later

SHOWN = 12
ALARMS = 5
COMING = 3
# Somebody who presses again and again asks the site once.
APART = timedelta(seconds=20)


class WatchDoors:
    """What the desk offers about the watch: to publishers and administrators."""

    def get_urls(self):
        """Add the page of the watch and its verb."""
        own = [
            ("watch/", self.watch, "watch"),
            ("watch/look/", require_POST(self.watch_look), "watch_look"),
        ]
        return [
            *(path(route, self.admin_view(view), name=name) for route, view, name in own),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        """Show the alarm on the workbench, and what the last check said, to those who watch."""
        watched = standing.present() if may_watch(request.user) else None
        return super().index(request, {"watched": watched, **(extra_context or {})})

    def watch(self, request):
        """Show what residents get, what is at risk before the next hour, and what went before."""
        self._demand_watcher(request)
        watched = standing.present()
        coming = Issue.objects.to_come(watched.at).select_related("release")[:COMING]
        context = {
            "title": _("Watch"),
            "watched": watched,
            "verdict": wording.verdict_of(watched.check) if watched.check else "",
            "groups": wording.groups_of(watched.check) if watched.check else [],
            "site_address": settings.SITE_URL,
            "coming": [
                (
                    issue,
                    name_of(issue),
                    state_of(issue, watched.at),
                    when_sentence(issue, watched.at),
                )
                for issue in coming
            ],
            "seen_at": working.last_sign_of_life(),
            "checks": Check.objects.latest_first()[:SHOWN],
            "alarms": Alarm.objects.latest_first()[:ALARMS],
        }
        request.current_app = self.name
        context = {**self.each_context(request), **context}
        return TemplateResponse(request, "desk/watch.html", context)

    def watch_look(self, request):
        """Have a worker look now. The request itself asks nobody: it might wait for itself."""
        self._demand_watcher(request)
        watched = standing.present()
        just_now = watched.check is not None and watched.check.at > watched.at - APART
        if just_now or working.waiting_jobs().filter(task_name="watch_now").exists():
            messages.info(request, _("Somebody is looking already; the page shows it in a moment."))
        elif working.is_silent(watched.at):
            messages.error(
                request, _("No worker runs, so nobody can look. “manage.py watch” looks without.")
            )
        else:
            later("watch_now", after="watch")
            messages.success(
                request, _("Being looked at; within half a minute the result stands here.")
            )
        return HttpResponseRedirect(reverse("admin:watch"))

    def _demand_watcher(self, request):
        verdict = may_watch(request.user)
        if not verdict:
            raise PermissionDenied(verdict.reason)
