"""How pieces begin in the desk: from Word files, from a template; and the list of templates."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django_prose_editor.fields import ProseEditorFormField
from js_asset import Media

from articles import permissions
from articles.admin.inlines import unwrapped
from articles.docx import LARGEST_FILE
from articles.kinds import Lasting
from articles.markup import LONGEST_TEXT
from articles.models import Article, PieceTemplate, Section
from articles.prose import EXTENSIONS, BodyWidget
from articles.workflow.filing import file_word
from newsroom.people.registers import Register
from newsroom.people.verdicts import RefusalError

MOST_FILES = 20
MEGABYTE = 1024 * 1024
PREFILLED = ("kind", "section", "headline", "body")


@dataclass(frozen=True)
class Outcome:
    """What became of a file: the piece, or a sentence why there is none."""

    name: str
    article: Article | None = None
    is_new: bool = False
    notes: tuple[str, ...] = ()
    why: str = ""

    @property
    def status(self) -> int:
        """The status of an answer about this file alone."""
        return 422 if self.why else 201 if self.is_new else 200


class FilingDoors:
    """What the admin of articles offers to whoever begins a piece."""

    def get_urls(self):
        """Put the door before those that take any text for a number."""
        door = self.admin_site.admin_view(self.word)
        return [path("word/", door, name="articles_article_word"), *super().get_urls()]

    def word(self, request):
        """Take Word files: several from the page, or one at a time from its script."""
        into = self._into(request)
        user = request.user
        may = permissions.may_fill(user, into) if into else permissions.may_file(user)
        if not may:
            raise PermissionDenied(may.reason)
        files = request.FILES.getlist("files")[: 1 if into else None]
        outcomes = [self._filed(user, into, *each) for each in enumerate(files)]
        asked = request.method == "POST"
        if asked and not files:
            outcomes = [Outcome("", why=_("Choose at least one file."))]
        if asked and "alone" in request.POST:
            return TemplateResponse(
                request,
                "articles/desk/_filed.html",
                {"outcome": outcomes[0]},
                status=outcomes[0].status,
            )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Bring Word files"),
            "into": into if not outcomes or outcomes[0].why else None,
            "outcomes": outcomes,
            "most_files": MOST_FILES,
            "largest_file": LARGEST_FILE,
            "megabytes": LARGEST_FILE // MEGABYTE,
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        failed = bool(outcomes) and not any(each.article for each in outcomes)
        status = 422 if failed else 200
        return TemplateResponse(request, "articles/desk/word.html", context, status=status)

    def _into(self, request) -> Article | None:
        """Return the draft a file is for; 404 for one that is not the asker's to see."""
        number = (request.POST or request.GET).get("into", "")
        return self._seen(request, number) if number else None

    def _filed(self, user, into, number: int, upload) -> Outcome:
        if number >= MOST_FILES:
            why = _("At most {count} files at once; send this one with the next.")
            return Outcome(upload.name, why=why.format(count=MOST_FILES))
        try:
            data = upload.read(LARGEST_FILE + 1)
            filed = file_word(data, by=user, name=upload.name, into=into)
        except RefusalError as refusal:
            return Outcome(upload.name, why=str(refusal))
        return Outcome(upload.name, filed.article, filed.is_new, filed.notes)

    def get_changeform_initial_data(self, request):
        """Begin from the template that was chosen; nothing else is filled in by an address."""
        template = _chosen(request)
        if request.GET.get("kind") in Lasting.values:
            return {"kind": request.GET["kind"]}
        if template is None:
            return {}
        return {name: getattr(template, name) for name in PREFILLED}

    def render_change_form(self, request, context, *args, **kwargs):
        """Show beside a new piece what it may be begun from, and what its kind needs."""
        article = kwargs.get("obj")
        if article is None:
            context["begun_from"] = _chosen(request)
        else:
            context["may_fill"] = bool(permissions.may_fill(request.user, article))
        return super().render_change_form(request, context, *args, **kwargs)


def _chosen(request) -> PieceTemplate | None:
    number = request.GET.get("template", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return PieceTemplate.objects.in_use().filter(pk=int(number)).first()


class PieceTemplateForm(forms.ModelForm):
    """A template as editors write it, in the editor pieces are written in."""

    body = ProseEditorFormField(
        label=gettext_lazy("text"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=PieceTemplate._meta.get_field("body").help_text,
        config={"extensions": EXTENSIONS},
        preset="configurable",
        widget=BodyWidget,
    )

    class Meta:
        model = PieceTemplate
        fields = ("name", "kind", "section", "headline", "body", "hints", "position", "retired")
        widgets = {"hints": forms.Textarea(attrs={"rows": 5})}


@admin.register(PieceTemplate)
class PieceTemplateAdmin(Register):
    form = PieceTemplateForm
    list_display = ["name", "kind", "section", "position", "retired"]
    list_filter = ["retired"]
    list_select_related = ["section"]
    may_add = staticmethod(permissions.may_keep_templates)
    may_change = staticmethod(permissions.may_keep_templates)

    def get_fieldsets(self, request, obj=None):
        """Put what makes a template apart from where it stands."""
        return [
            (_("Template"), {"fields": ["name", "kind", "section", "headline"]}),
            (pgettext("heading", "Text"), {"fields": ["body", "hints"]}),
            (_("In the list"), {"fields": ["position", "retired"]}),
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Leave the little add and change links out."""
        return unwrapped(super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer sections that are in use."""
        if db_field.name == "section":
            kwargs["queryset"] = Section.objects.in_use()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(self, request, context, *args, **kwargs):
        """Let the editor's import map through the policy."""
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)
