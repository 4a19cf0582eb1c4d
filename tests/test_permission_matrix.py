"""Every door of the desk, knocked at by everybody, for a piece and an issue in every state.

The doors are found by walking the addresses: a new one fails here until somebody says who opens
it. What stands in the table is written down by hand, not asked of the predicates.
"""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from articles import cabinet, darkroom
from articles.admin.verbs import known
from articles.images import develop
from articles.models import Autosave, PieceTemplate, Route, Unsaved, Upload
from issues.models import ArchiveFile, PageFormat
from issues.proposals import propose
from newsroom.desk.inviting import invite
from newsroom.desk.models import Invitation, Letter, Notice, SavedView
from newsroom.desk.previews.lending import lend
from newsroom.people.models import Deputy, SiteSettings
from newsroom.people.queueing import later
from newsroom.people.roles import Role
from newsroom.readers.importing import take_in
from newsroom.readers.models import Mailing
from newsroom.readers.workflow.redirecting import lead_on
from tests import factories, traces
from tests.articles import test_statuses as pieces
from tests.issues import test_statuses as planned
from tests.walks import walked

pytestmark = pytest.mark.django_db

OWN, OTHER = "writer", "other_writer"
EDITORS = {"editor", "second_editor", "desk_head", "chief"}
ADMINISTRATORS = {"administrator", "superuser"}
PLANNERS = {"chief", "issue_editor"}
RESTORERS = {"chief"} | ADMINISTRATORS
KEEPERS = PLANNERS | ADMINISTRATORS
NEWSROOM = EDITORS | {"issue_editor"} | ADMINISTRATORS
LIST_KEEPERS = {"desk_head", "chief"} | ADMINISTRATORS
STAFF = NEWSROOM | {OWN, OTHER, "roleless"}
AUTHORS = NEWSROOM | {OWN}
LENDERS = EDITORS | {"issue_editor"}
WRITERS = EDITORS | {"issue_editor", OWN, OTHER}
NOBODY: set[str] = set()
ANYBODY = STAFF | {"anonymous", "gone"}


@dataclass(frozen=True)
class Door:
    """Who opens an address, and what the address names; ``post`` for those that only take one."""

    people: set[str]
    row: str = ""
    more: dict = field(default_factory=dict)
    post: bool = False
    sent: dict = field(default_factory=dict)


def register(name: str, row: str, look: set[str], add: set[str]):
    """Return the doors of a stock register: its list, a new row, a row and its history.

    Who may not change a row still looks at it.
    """
    return {
        f"{name}_changelist": Door(look),
        f"{name}_add": Door(add),
        f"{name}_change": Door(look, row),
        f"{name}_history": Door(look, row),
    }


DOORS: dict[str, Door] = {
    "index": Door(STAFF),
    "everything": Door(STAFF),
    "login": Door(NOBODY),  # leads to the log-in of accounts
    "logout": Door({"anonymous", "gone"}, post=True),
    "password_change": Door(STAFF),
    "password_change_done": Door(STAFF),
    "jsi18n": Door(STAFF),
    "autocomplete": Door(
        EDITORS | {"issue_editor"} | ADMINISTRATORS,
        more={"?": "app_label=articles&model_name=byline&field_name=correspondent"},
    ),
    "view_on_site": Door(NOBODY, more={"content_type_id": 0, "object_id": 1}),
    "app_list": Door(STAFF, more={"app_label": "articles"}),
    "photo": Door(AUTHORS, "photo"),
    "attachment": Door(AUTHORS, "attachment"),
    # The site of another hour
    "preview": Door(NEWSROOM),
    "preview_site": Door(NEWSROOM, more={"moment": "now"}),
    "preview_page": Door(NEWSROOM, more={"moment": "now", "page": "issues/"}),
    # What is lent to people outside
    **register("desk_previewlink", "preview_link", NEWSROOM, LENDERS),
    "desk_previewlink_revoke": Door(NEWSROOM, "preview_link", post=True),
    "desk_previewlink_code": Door(NEWSROOM, "preview_link", post=True),
    # What I am told
    "notices": Door(STAFF),
    "notice_settings": Door(STAFF),
    "notices_read": Door(STAFF, post=True),
    "notice_open": Door({OWN}, "notice"),
    "notice_read": Door({OWN}, "notice", post=True),
    "mailbox": Door(STAFF),
    "mail": Door(ADMINISTRATORS),
    "letter_retry": Door(ADMINISTRATORS, "letter", post=True),
    "task_retry": Door(ADMINISTRATORS, "job", post=True),
    "newsletter": Door(PLANNERS),
    "newsletter_do": Door(PLANNERS, more={"verb": "test"}, post=True),
    "mailing_do": Door(PLANNERS, "mailing", {"verb": "pause"}, post=True),
    "watch": Door(PLANNERS | ADMINISTRATORS),
    "watch_look": Door(PLANNERS | ADMINISTRATORS, post=True),
    # Pieces
    "articles_article_changelist": Door(STAFF),
    "articles_article_add": Door(WRITERS),
    "articles_article_word": Door(WRITERS),
    "articles_article_change": Door(AUTHORS, "piece"),
    "articles_article_read": Door(AUTHORS, "piece"),
    "articles_article_compare": Door(AUTHORS, "piece"),
    "articles_article_versions": Door(AUTHORS, "piece"),
    "articles_article_edited": Door(AUTHORS, "piece"),
    "articles_article_preview": Door(AUTHORS, "piece"),
    "articles_article_sheet": Door(NEWSROOM, "piece"),
    "articles_article_sheet_pdf": Door(NEWSROOM, "piece"),
    "articles_article_csv": Door(NEWSROOM),
    "articles_article_many": Door(NEWSROOM, post=True, sent={"verb": "claim"}),
    "articles_article_do": Door(AUTHORS, "piece", {"verb": "sign"}, post=True),
    "articles_article_upload": Door(WRITERS, post=True),
    "articles_article_upload_of": Door({OWN}, "upload"),
    "articles_article_keep": Door(WRITERS - {OTHER}, "piece"),
    "articles_article_keep_new": Door(WRITERS),
    "articles_article_drop": Door({OWN}, "kept", post=True),
    "articles_article_back": Door(STAFF),
    "articles_article_check": Door(AUTHORS, "piece", post=True),
    "articles_article_check_new": Door(WRITERS, post=True),
    "articles_article_here": Door(AUTHORS, "piece", post=True),
    "articles_article_meanwhile": Door(AUTHORS, "piece", {"since": 0}),
    "articles_article_unsaved": Door(AUTHORS, "unsaved"),
    "articles_article_composed": Door(NEWSROOM),
    "articles_article_topic": Door(NEWSROOM, "topic"),
    "articles_article_arrange": Door(
        NEWSROOM, "topic", {"verb": "order_topic"}, post=True, sent={"order": "editors"}
    ),
    "articles_article_foot": Door(NEWSROOM, "site_page", {"verb": "put_in_foot"}, post=True),
    "articles_article_owed": Door(EDITORS),
    "articles_article_debt": Door(AUTHORS, "debt"),
    # Corrections
    **register("articles_correction", "correction", NEWSROOM, NOBODY),
    "articles_correction_do": Door(NEWSROOM, "correction", {"verb": "sign_correction"}, post=True),
    # What readers report
    **register("readers_errorreport", "report", EDITORS, NOBODY),
    "readers_errorreport_do": Door(EDITORS, "report", {"verb": "take"}, post=True),
    # Addresses the newspaper had elsewhere
    **register("readers_redirect", "old_address", KEEPERS, KEEPERS),
    "readers_redirect_table": Door(KEEPERS),
    "readers_redirect_pages": Door(KEEPERS),
    "readers_redirect_switch": Door(KEEPERS, "old_address", post=True),
    **register("readers_redirectimport", "table", KEEPERS, KEEPERS),
    "readers_redirectimport_columns": Door(KEEPERS, "table", post=True),
    "readers_redirectimport_import": Door(KEEPERS, "table", post=True),
    "readers_redirectimport_refused": Door(KEEPERS, "table"),
    # Pictures
    "articles_picture_changelist": Door(STAFF),
    "articles_picture_change": Door(AUTHORS, "picture"),
    "articles_picture_pick": Door(STAFF),
    "articles_picture_use": Door(WRITERS - {OTHER}, "picture"),
    # Standing lists
    **register("articles_section", "section", NEWSROOM, LIST_KEEPERS),
    **register("articles_tag", "tag", NEWSROOM, LIST_KEEPERS),
    **register("articles_correspondent", "correspondent", NEWSROOM, LIST_KEEPERS),
    **register("articles_piecetemplate", "template", NEWSROOM, EDITORS | ADMINISTRATORS),
    **register("articles_route", "route", NEWSROOM, {"chief"} | ADMINISTRATORS),
    "articles_checklistrule_changelist": Door(NEWSROOM),
    # Issues
    "issues_issue_changelist": Door(NEWSROOM),
    "issues_issue_add": Door(PLANNERS),
    "issues_issue_change": Door(NEWSROOM, "issue"),
    "issues_issue_history": Door(NEWSROOM, "issue"),
    "issues_issue_sheet": Door(NEWSROOM, "issue"),
    "issues_issue_dryruns": Door(NEWSROOM, "issue"),
    "issues_issue_rehearse": Door(NEWSROOM, "issue", post=True),
    "issues_dryrunrule_changelist": Door(NEWSROOM),
    "issues_issue_sheet_pdf": Door(NEWSROOM, "issue"),
    "issues_issue_here": Door(NEWSROOM, "issue", post=True),
    "issues_issue_move": Door(NEWSROOM, "issue", {"verb": "place"}, post=True),
    "issues_issue_archive": Door(NEWSROOM, "issue", post=True),
    "issues_issue_act": Door(NEWSROOM, "issue", {"verb": "close"}, post=True),
    **register("issues_pageformat", "format", NEWSROOM, PLANNERS),
    **register("issues_pagetemplate", "page_template", NEWSROOM, PLANNERS),
    **register("issues_schedule", "schedule", NEWSROOM, PLANNERS),
    **register("issues_archivefile", "archive", RESTORERS, RESTORERS),
    "issues_archivefile_restore": Door(RESTORERS, "archive", post=True),
    "issues_editionimport_changelist": Door(NEWSROOM),
    "issues_editionimport_add": Door(PLANNERS),
    "issues_editionimport_change": Door(NEWSROOM, "edition"),
    "issues_editionimport_history": Door(NEWSROOM, "edition"),
    "issues_editionimport_mend": Door(NEWSROOM, "edition", {"verb": "merge"}, post=True),
    "issues_editionimport_confirm": Door(NEWSROOM, "edition", post=True),
    # Assignments
    "issues_assignment_changelist": Door(STAFF),
    "issues_assignment_add": Door(WRITERS),
    "issues_assignment_change": Door(NEWSROOM | {OWN}, "assignment"),
    "issues_assignment_history": Door(NEWSROOM | {OWN}, "assignment"),
    "issues_assignment_act": Door(NEWSROOM | {OWN}, "assignment", {"verb": "take_up"}, post=True),
    # What looks across
    "calendar": Door(NEWSROOM),
    "publication": Door(NEWSROOM),
    "publication_do": Door(NEWSROOM, more={"verb": "ahead"}, post=True),
    "calendar_move": Door(NEWSROOM, "planned", {"kind": "issue"}),
    "kept_views": Door(STAFF),
    "keep_view": Door(STAFF, post=True),
    "change_view": Door({"editor"}, "view", {"verb": "drop"}, post=True),
    "records": Door(ADMINISTRATORS),
    # People
    **register("desk_invitation", "invitation", LIST_KEEPERS, LIST_KEEPERS),
    "desk_invitation_do": Door(LIST_KEEPERS, "invitation", {"verb": "revoke"}, post=True),
    "person_account": Door(ADMINISTRATORS, "user"),
    "person_do": Door(ADMINISTRATORS, "user", {"verb": "unlock"}, post=True),
    "person_leave": Door(ADMINISTRATORS, "user"),
    "account_invitation": Door(ANYBODY, more={"token": "no-such-token"}),
    "account_accept": Door(NOBODY),  # after the link of an invitation only
    **register("people_user", "user", ADMINISTRATORS, ADMINISTRATORS),
    "auth_user_password_change": Door(ADMINISTRATORS, "user"),
    **register("people_unit", "unit", NEWSROOM, ADMINISTRATORS),
    **register("people_deputy", "deputy", NEWSROOM, NEWSROOM),
    **register("people_sitesettings", "settings", ADMINISTRATORS, NOBODY),
    # One's own account
    "account_login": Door({"anonymous", "gone"}),  # leads on who is signed in
    "mfa_login_webauthn": Door(NOBODY),  # asked by a script, with a key at hand
    "mfa_authenticate": Door(NOBODY),  # after the password only
    "account_logout": Door(NOBODY, post=True),
    "account_inactive": Door(ANYBODY),
    "account_reset_password": Door(ANYBODY),
    "account_reset_password_done": Door(ANYBODY),
    "account_reset_password_from_key": Door(ANYBODY, more={"uidb36": "1", "key": "no-key"}),
    "account_reset_password_from_key_done": Door(ANYBODY),
    **{
        name: Door(STAFF)
        for name in (
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "account_change_password",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_generate_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
        )
    },
    "account_end_sessions": Door(STAFF, post=True),
    "mfa_edit_webauthn": Door(STAFF, more={"pk": 1}),
    "mfa_remove_webauthn": Door(STAFF, more={"pk": 1}),
    "mfa_deactivate_totp": Door(NOBODY),  # nobody here has one
    "mfa_view_recovery_codes": Door(NOBODY),
    "mfa_download_recovery_codes": Door(NOBODY),
}


def desk_doors() -> dict[str, tuple]:
    """Return every named door below the desk's address, whatever room it leads to.

    Doors of the stock admin stand without their namespace, as in the table.
    """
    found = {}
    inner = [
        (entry, entry.namespace) for entry in get_resolver().url_patterns
        if str(entry.pattern).startswith(f"{settings.ADMIN_PATH}/")
    ]  # fmt: skip
    while inner:
        entry, space = inner.pop()
        if isinstance(entry, URLPattern):
            found[entry.name] = (space, entry.pattern)
        else:
            inner += [(each, entry.namespace or space) for each in entry.url_patterns]
    found.pop(None)
    return found


class House:
    """The cast with those nobody thinks of, and a row behind every kind of door."""

    def __init__(self, state: str = "draft", issue_state: str = "empty"):
        self.cast = cast = factories.Cast()
        cast.roleless = factories.person("无职", username="roleless")
        cast.superuser = factories.person("江源", username="root", is_superuser=True)
        cast.receiver = factories.person("接手", *pieces.EVERY_ROUND, username="receiver")
        cast.gone = factories.person("离职", *Role, username="gone", is_active=False)
        self.state, self.issue_state = state, issue_state
        self.rows: dict[str, dict] = {}
        self.keys = {who: self._key(who) for who in ANYBODY - {"anonymous"}}

    def _key(self, who: str) -> str:
        """Sign somebody in once; return what their browser keeps."""
        client = Client()
        client.force_login(getattr(self.cast, who))
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def browser(self, who: str) -> Client:
        """Return a fresh browser of somebody's."""
        client = Client()
        if who in self.keys:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.keys[who]
        return client

    def behind(self, door: Door) -> dict:
        """Return what an address names, made when it is first asked for."""
        if not door.row:
            return dict(door.more)
        if door.row not in self.rows:
            self.rows[door.row] = getattr(self, f"_{door.row}")()
        return self.rows[door.row] | door.more

    def _topic(self):
        return {"number": factories.topic(self.cast).pk}

    def _site_page(self):
        return {"number": factories.page(self.cast).pk}

    def _piece(self):
        self.piece = pieces.STATES[self.state](self.cast)
        return {"number": self.piece.pk, "object_id": self.piece.pk}

    def _correction(self):
        made = factories.correction(self.cast)
        return {"pk": made.pk, "object_id": made.pk}

    def _old_address(self):
        made = lead_on("/html/1.htm", "/issues/", by=self.cast.issue_editor)
        return {"pk": made.pk, "object_id": made.pk}

    def _table(self):
        made = take_in("x.csv", b"/html/2.htm,/issues/", by=self.cast.issue_editor)
        return {"pk": made.pk, "object_id": made.pk}

    def _preview_link(self):
        made = lend(by=self.cast.editor, recipient="邱主任", article=factories.draft(self.cast))
        return {"pk": made.link.pk, "object_id": made.link.pk}

    def _mailing(self):
        made = Mailing.objects.create(
            issue=factories.issue(self.cast, day=date(2022, 2, 2)),
            begun_at=timezone.now(),
            next_try_at=timezone.now(),
        )
        return {"number": made.pk}

    def _notice(self):
        told = Notice.objects.create(
            recipient=self.cast.writer, kind="signed", occasion="the matrix",
            article=factories.draft(self.cast),
        )  # fmt: skip
        return {"number": told.pk}

    def _kept(self):
        typed = {"headline": ["没有存的标题"]}
        made = Autosave.objects.create(
            person=self.cast.writer, page="a-page", sequence=1, content=typed
        )
        return {"kept": made.pk}

    def _upload(self):
        made = Upload.objects.create(person=self.cast.writer, mark="a photo", size=9)
        return {"key": made.key}

    def _unsaved(self):
        made = Unsaved.objects.create(
            article=factories.draft(self.cast), by=self.cast.writer, reason="overlap",
            revision=0, places=[["标题", "打的字", "已存的字"]], fingerprint="f",
        )  # fmt: skip
        return {"number": made.article_id, "kept": made.pk}

    def _debt(self):
        debt = factories.out_at_once(self.cast).owed_signatures.first()
        return {"number": debt.article_id, "debt": debt.pk}

    def _letter(self):
        stuck = Letter.objects.create(
            recipient=self.cast.writer, rhythm="at_once", state="failed", last_error="550",
            due_at=factories.timezone.now(),
        )  # fmt: skip
        return {"number": stuck.pk}

    def _job(self):
        later("act_recorded", act=0)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' RETURNING id")
            return {"number": cursor.fetchone()[0]}

    def _page_template(self):
        return {"object_id": factories.page_template().pk}

    def _schedule(self):
        return {"object_id": factories.weekly(1, 3, 5).pk}

    def _photo(self):
        raw = BytesIO()
        Image.new("RGB", (960, 640), "teal").save(raw, "JPEG")
        developed = develop(raw.getvalue())
        darkroom.keep(developed)
        factories.picture(developed.digest)
        factories.with_photo(factories.draft(self.cast), developed.digest)
        return {"digest": developed.digest, "name": "480.webp"}

    def _picture(self):
        made = factories.picture()
        factories.with_photo(factories.draft(self.cast), made.digest)
        return {"object_id": made.pk, "number": made.pk}

    def _attachment(self):
        attached = factories.with_attachment(factories.draft(self.cast), "a" * 64)
        cabinet.keep(attached.digest, b"%PDF-1.7")
        return {"number": attached.article_id, "digest": attached.digest, "kind": attached.kind}

    def _issue(self):
        made = planned.STATES[self.issue_state](self.cast)
        return {"pk": made.pk, "object_id": made.pk}

    def _planned(self):
        made = factories.issue(self.cast, day=factories.date(2031, 5, 6))
        return {"pk": made.pk}

    def _format(self):
        return {"object_id": PageFormat.objects.first().pk}

    def _assignment(self):
        made = factories.asked(self.cast)
        return {"pk": made.pk, "object_id": made.pk}

    def _archive(self):
        made = ArchiveFile.objects.create(
            digest="a" * 64, file_name="a.zip", size=1, uploaded_by=self.cast.chief
        )
        return {"pk": made.pk, "object_id": made.pk}

    def _edition(self):
        text = "第01版：要闻\n\n灯会开幕\n本报讯（记者 方念）灯会昨晚开幕。\n"
        day = factories.date(2023, 12, 9)
        made = propose(text, by=self.cast.issue_editor, date=day)
        return {"pk": made.pk, "object_id": made.pk}

    def _report(self):
        article = factories.live_alone(self.cast)
        factories.reported(article, contact="13800000000")
        made = factories.reported(
            article, place="paragraph", paragraph=0, quote="原来的一段", wrong="一"
        )
        return {"pk": made.pk, "object_id": made.pk}

    def _deputy(self):
        today = factories.timezone.localdate()
        acting = Deputy.objects.create(
            principal=self.cast.chief, deputy=self.cast.desk_head, starts_on=today, ends_on=today
        )
        return {"object_id": acting.pk}

    def _user(self):
        editor = self.cast.editor.pk
        return {"object_id": editor, "id": editor, "pk": editor}

    def _view(self):
        made = SavedView.objects.create(owner=self.cast.editor, name="民生", query="queue=mine")
        return {"pk": made.pk}

    def _invitation(self):
        made = invite(
            Invitation(name="新人", email="new@example.org", roles=[Role.CORRESPONDENT]),
            by=self.cast.administrator,
        )
        return {"object_id": made.pk, "pk": made.pk}

    def _section(self):
        return {"object_id": self.cast.section.pk}

    def _tag(self):
        return {"object_id": self.cast.section.articles.model.tags.rel.model.objects.create(
            name="石桥").pk}  # fmt: skip

    def _template(self):
        return {"object_id": PieceTemplate.objects.first().pk}

    def _correspondent(self):
        return {"object_id": self.cast.correspondent.pk}

    def _route(self):
        return {"object_id": Route.objects.in_force().get().pk}

    def _unit(self):
        return {"object_id": self.cast.unit.pk}

    def _settings(self):
        return {"object_id": SiteSettings.objects.get().pk}

    def knock(self, name: str, who: str, method: str):
        """Ask for a door as somebody; return the answer."""
        return getattr(self.browser(who), method)(page_of(name, self), DOORS[name].sent)


def page_of(name: str, house: House) -> str:
    """Return the address of a door, for a row of the house."""
    named = house.behind(DOORS[name])
    question = named.pop("?", "")
    space, pattern = desk_doors()[name]
    words = set(pattern.converters) | set(pattern.regex.groupindex)
    page = reverse(
        f"{space}:{name}" if space else name, kwargs={w: v for w, v in named.items() if w in words}
    )
    return f"{page}?{question}" if question else page


def opened(answer) -> bool:
    """Say whether an answer let somebody in, if only to say that the form is not in order."""
    if answer.status_code in (301, 302):
        shown_out = (reverse("admin:login"), reverse("account_login"))
        asked = answer.request["REQUEST_METHOD"] == "GET"
        # The stock admin leads to the workbench from a row that is not there.
        gone = asked and answer.url.partition("?")[0] == reverse("admin:index")
        return not gone and not answer.url.startswith(shown_out)
    return answer.status_code not in (401, 403, 404, 410)


def test_every_door_of_the_desk_is_in_the_table():
    """Say in ``DOORS`` who opens a new one."""
    assert set(desk_doors()) == set(DOORS)


def wrongly_opened(house: House, names) -> list[str]:
    """Return the doors that let somebody in who should stay out, or the other way round."""
    wrong = []
    for name in names:
        door = DOORS[name]
        method = "post" if door.post else "get"
        house.behind(door)
        for who in sorted(ANYBODY):
            with traces.undone():
                answer = house.knock(name, who, method)
                if answer.streaming:  # a file is closed when it has been read to its end
                    b"".join(answer)
            if opened(answer) != (who in door.people):
                wrong.append(f"{name} by {who}: {answer.status_code}")
    return wrong


OF_PIECES = sorted(name for name, door in DOORS.items() if door.row == "piece")
OF_ISSUES = sorted(name for name, door in DOORS.items() if door.row == "issue")
REST = sorted(set(DOORS) - set(OF_PIECES) - set(OF_ISSUES))


@pytest.mark.exhaustive
def test_doors_open_to_those_in_the_table_and_to_nobody_else():
    assert "\n".join(wrongly_opened(House(), REST)) == ""


@pytest.mark.parametrize("state", walked(pieces.STATES, ("first",)))
def test_doors_of_a_piece_open_in_every_state_to_the_same_people(state):
    assert wrongly_opened(House(state=state), OF_PIECES) == []


@pytest.mark.parametrize("state", walked(planned.STATES, ("closed",)))
def test_doors_of_an_issue_open_in_every_state_to_the_same_people(state):
    assert wrongly_opened(House(issue_state=state), OF_ISSUES) == []


@pytest.mark.exhaustive
def test_a_door_that_stays_shut_changes_nothing_when_something_is_sent_to_it():
    house = House()
    for name, door in DOORS.items():
        house.behind(door)
        if name in LEADING_ON:
            continue
        for who in sorted(ANYBODY - door.people):
            before = traces.everything()
            answer = house.knock(name, who, "post")
            out = getattr(answer, "url", "") == reverse("admin:index")
            assert not opened(answer) or answer.status_code == 405 or out, (name, who)
            assert traces.everything() == before, (name, who)


# Doors that only lead on to the log-in or away from it.
LEADING_ON = {"login", "logout", "account_login", "account_logout"}
# What forms ask for and functions can do without.
USUAL = {"reason": "facts", "minutes": 15}


# Verbs through the door: what test_statuses says of the functions holds for a browser.


@pytest.mark.parametrize("state", walked(pieces.STATES, ()))
def test_a_verb_through_the_door_moves_a_piece_for_whom_the_table_names(state):
    house = House(state=state)
    house.behind(DOORS["articles_article_do"])
    article = house.piece
    wrong = []
    for verb, allowed in pieces.ALLOWED.items():
        if known(verb) is None or verb in (
            "save",
            "clear_gap",
        ):  # a form of its own; a row of its own
            continue
        typed = USUAL | pieces.ARGUMENTS.get(verb, lambda article: {})(article)
        sent = {f"{verb}-{key}": getattr(value, "pk", value) for key, value in typed.items()}
        for who in sorted(STAFF):
            page = reverse("admin:articles_article_do", args=[article.pk, verb])
            with traces.undone():
                before = traces.everything()
                house.browser(who).post(page, sent)
                moved = traces.everything() != before
            if moved and who not in allowed.get(state, ()):
                wrong.append(f"{verb} by {who} was done")
            # Again: nothing to do.
            again = (verb, state) == ("lock", "locked") or verb == "reopen_comment"
            held = verb == "claim" and article.claimed_by_id or again
            if not moved and who in allowed.get(state, ()) and not held:
                wrong.append(f"{verb} by {who} was not done")
    assert wrong == []
