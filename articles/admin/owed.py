"""The list of owed signatures, and the page on which one is given or refused."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import permissions, workflow
from articles.forms import RefusalForm
from articles.models import OwedSignature
from articles.standing import debt_state
from newsroom.people.verdicts import RefusalError

PER_PAGE = 50
LIST = "admin:articles_article_owed"


class OwedDoors:
    """What an article's admin offers to whom an emergency asks for a late signature."""

    def get_urls(self):
        """Put our doors before those that take any text for a number."""
        wrap = self.admin_site.admin_view
        return [
            path("owed/", wrap(self.owed_list), name="articles_article_owed"),
            path("<int:number>/owed/<int:debt>/", wrap(self.owed), name="articles_article_debt"),
            *super().get_urls(),
        ]

    def owed_list(self, request):
        """List what is owed, most pressing first, narrowed to one kind."""
        if not permissions.may_see_owed(request.user):
            raise PermissionDenied
        kinds = _kinds(request.user)
        chosen = request.GET.get("show") if request.GET.get("show") in kinds else "open"
        debts = kinds[chosen][1].for_display().with_answers()
        page = Paginator(debts, PER_PAGE).get_page(request.GET.get("page"))
        now = timezone.now()
        mine = set(kinds["mine"][1].values_list("pk", flat=True))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Owed signatures"),
            "views": [
                {"name": name, "label": label, "count": found.count(), "selected": name == chosen}
                for name, (label, found) in kinds.items()
            ],
            "page": page,
            "lines": [(debt, debt_state(debt, now), debt.pk in mine) for debt in page],
            "chosen": chosen,
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "articles/desk/owed.html", context)

    def owed(self, request, number, debt):
        """Show the version that went out, and take a signature or a refusal."""
        article = self._seen(request, number)
        found = OwedSignature.objects.for_display().with_answers().filter(article=article)
        one = get_object_or_404(found, pk=debt)
        form = RefusalForm(request.POST or None)
        if request.method == "POST":
            try:
                return self._settled(request, one, form)
            except RefusalError as refusal:
                messages.error(request, str(refusal))
        return self._debt_page(request, article, one, form)

    def _settled(self, request, debt, form):
        form.is_valid()
        if "refuse" in request.POST:
            reason = form.cleaned_data.get("reason", "")
            workflow.refuse_late(debt.article, by=request.user, owed=debt.pk, reason=reason)
            said = _("Refused. A chief editor corrects or withdraws it now.")
        else:
            workflow.sign_late(debt.article, by=request.user, owed=debt.pk)
            said = _("Signed late.")
        messages.success(request, format_html("《{}》 {}", debt.article.title, said))
        return HttpResponseRedirect(reverse(LIST))

    def _debt_page(self, request, article, debt, form):
        verdict = permissions.may_sign_late(request.user, debt)
        context = {
            **self.admin_site.each_context(request),
            "title": _("{round} owed: {title}").format(
                round=debt.round, title=debt.version.headline or article.title
            ),
            "article": article,
            "debt": debt,
            "state": debt_state(debt, timezone.now()),
            "verdict": verdict,
            "changed": article.latest_version != debt.version or article.status != "approved",
            "form": form,
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        status = 409 if request.method == "POST" else 200
        return TemplateResponse(request, "articles/desk/debt.html", context, status=status)


def _kinds(user) -> dict:
    """Return the kinds the list can be narrowed to: name → (label, debts)."""
    debts = OwedSignature.objects
    return {
        "open": (_("Open"), debts.open()),
        "overdue": (_("Overdue"), debts.overdue()),
        "refused": (_("To correct or withdraw"), debts.refused()),
        "mine": (_("I can sign"), debts.asked_of(user)),
        "settled": (_("Settled"), debts.settled()),
    }
