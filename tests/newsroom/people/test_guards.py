"""History that only grows, rows that never vanish: every table of the newsroom is tried."""

import re
from datetime import date, time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles import workflow
from articles.models import (
    ArchiveBatch,
    ArchivedPiece,
    Article,
    ChecklistRule,
    Correction,
    FiledFile,
    Gap,
    Tag,
    Unsaved,
)
from issues import workflow as issue_workflow
from issues.models import (
    ArchiveFile,
    CorrectionNotice,
    DryRunRule,
    EditionImport,
    ImportedPiece,
    Issue,
    PageTemplate,
    Placement,
    RestoredIssue,
    Schedule,
    SpecialDay,
    TemplatePage,
)
from newsroom.desk.models import (
    Alarm,
    Invitation,
    PreviewAnswer,
    PreviewLink,
    PreviewOpening,
)
from newsroom.people.models import AccountEvent, Deputy, Membership, SiteSettings, User
from newsroom.readers.importing import take_in
from newsroom.readers.models import Mailing
from newsroom.readers.workflow.redirecting import lead_on
from tests import factories, traces

pytestmark = pytest.mark.django_db

# Tables beside our models that need no record, each with the reason.
UNRECORDED = {
    "people.AccountEvent": "is a record itself; of it only the address is ever taken away",
    "people.Barrier": "counts of failed passwords, which run out within a day",
    "people.User_user_permissions": "our predicates never ask Django's permissions",
    "people.User_groups": "recorded by its proxy, Membership",
    "desk.SavedView": "a person's own tabs; nothing of the paper hangs on them",
    "articles.Autosave": "typing, until it is saved and so on record; nobody else's business",
    "articles.Sitting": "who saved last, which the history tells; made a version when it is over",
    "articles.Presence": "who has a piece open just now; gone after half a minute",
    "issues.BoardPresence": "who has a board open just now; gone after twenty seconds",
    "articles.Lock": "is a record itself: a row is never deleted, and acts tell of it",
    "articles.Upload": "a photograph on its way, until a save takes it up; nobody else's business",
    "articles.Likeness": "made by a trigger of the pictures themselves",
    "articles.SearchEntry": "made by triggers of what is itself recorded",
    "articles.PublicEntry": "made by a trigger of what was sealed, and of nothing else",
    "issues.OutsideLink": "what a stranger's server answered lately; asked again twice a day",
    "readers.Subscriber": "whoever leaves is deleted, and a record of it would keep the address",
    "readers.Trace": "a keyed digest of an address that left, kept for days",
    "readers.Delivery": "on its way; what became of all letters stands in the mailing",
    "readers.Knock": "how often a network knocked, under a key that is gone after a day",
    "readers.DayKey": "that key",
    "readers.RedirectImport": "a table that waits; what it changes is recorded line by line",
    "articles.Listing": "made by triggers of what is itself recorded",
    "articles.SealedTag": "the tags a piece had when it was signed, written with its seal",
    "articles.Article_tags": "a tag is no part of what is signed or shown as a piece's own",
    "desk.Notice": "follows from an act on record; whether it was read is nobody else's business",
    "desk.NoticePreference": "a person's own choice of how to be told",
    "issues.ArchiveFile": "a file that waits; what came of it is a record that only grows",
    "desk.Told": "which occasions notices were made of",
    "desk.Alarm": "is a record itself: a row is never deleted, and notices tell of it",
    "desk.Check": "is a record itself: a row is never changed; of long ago they are cleared",
    "issues.Imprint": "reckoned from a version, which never changes",
    "desk.Letter": "on its way; what it tells stands in notices",
    "desk.ReceivedLetter": "the mailbox of the embedded mode",
    "desk.TaskFailure": "an error message, until its job is done",
}
# What may be deleted: parts of the working copy, of a plan, of who holds what.
DELETABLE = {
    "people.Membership",
    "people.Deputy",
    "articles.Byline",
    "articles.ChecklistRule",
    "articles.Photo",
    "articles.Picture",  # while nothing has ever shown it
    "articles.Attachment",
    "articles.FootPlace",
    "articles.TopicEntry",
    "issues.DryRunRule",
    "issues.Page",
    "issues.Placement",
    "issues.TemplatePage",
}
HISTORY = {"insert_insert", "update_update", "delete_delete"}


def models(wanted):
    found = [m for room in traces.ROOMS for m in apps.get_app_config(room).get_models(True)]
    return [model for model in found if wanted(model)]


def guards(model):
    return {trigger.name for trigger in getattr(model._meta, "triggers", [])}


def keeps(model):
    return guards(model) >= HISTORY


def grows(model):
    return "only_grows" in guards(model)


RECORDED = {model._meta.label: model for model in models(keeps)}
GROWING = {model._meta.label: model for model in models(grows)}
KEPT = {model._meta.label: model for model in models(lambda m: "never_deleted" in guards(m))}


@pytest.fixture
def world():
    """Return a newsroom with a row in every table."""
    cast = factories.Cast()
    piece = factories.draft(cast)
    factories.with_photo(piece)
    factories.picture()
    lead_on("/html/node_1.htm", "/issues/", by=cast.issue_editor)
    take_in("旧.csv", b"/html/node_2.htm,/issues/", by=cast.issue_editor)
    factories.with_attachment(piece)
    factories.signed_by(
        cast, workflow.submit(piece, by=cast.writer), cast.editor, cast.desk_head, cast.chief
    )
    issue = factories.live_issue(cast, piece)
    CorrectionNotice.objects.create(
        correction=factories.signed_correction(cast, piece),
        not_needed_because="小误",
        decided_by=cast.editor,
    )
    gone = workflow.withdraw(factories.live_alone(cast), by=cast.chief, reason="失实")
    workflow.reinstate(gone, by=cast.chief, reason="核实无误")
    factories.out_at_once(cast)
    Gap.objects.create(article=piece, code="loss", message="缺字")
    workflow.note_down(factories.submitted(cast), by=cast.editor, note="补时间")
    workflow.say(piece, by=cast.chief, note="@沈予安 谁去过现场？")
    workflow.name_version(piece, by=cast.chief, number=1, name="见报稿")
    FiledFile.objects.create(article=piece, by=cast.writer, digest="d")
    ChecklistRule.objects.create(key="summary", level="off")
    Tag.objects.create(name="石桥", kind="place")
    day = timezone.localdate()
    Deputy.objects.create(principal=cast.chief, deputy=cast.desk_head, starts_on=day, ends_on=day)
    record = EditionImport.objects.create(
        date=issue.date, digest="d", text="文", uploaded_by=cast.editor, issue=issue
    )
    ImportedPiece.objects.create(
        edition_import=record, issue=issue, article=piece, fingerprint="f", beginning="文"
    )
    batch = ArchiveBatch.objects.create(
        by=cast.chief, digest="a" * 64, site="https://old.example.cn", label="issue-2003-12-08"
    )
    ArchivedPiece.objects.create(batch=batch, site=batch.site, number=1)
    RestoredIssue.objects.create(issue=issue, batch=batch, closed_at=timezone.now())
    ArchiveFile.objects.create(digest="a" * 64, size=1, uploaded_by=cast.chief, batch=batch)
    Alarm.objects.create(began_at=timezone.now(), findings=[])
    AccountEvent.objects.create(kind=AccountEvent.Kind.SIGNED_IN, person=cast.editor)
    invite(cast)
    factories.asked(cast)
    two_people(cast)
    planned(cast, issue)
    lasting(cast, piece)
    factories.reported(piece)
    mailed(issue)
    taken = factories.approved(cast)
    workflow.take_back_signature(taken, by=cast.chief, reason="再核。")
    traces.speak_now()


def planned(cast, issue):
    """Make what issues come by, and what is said of one before it is out."""
    template = PageTemplate.objects.create(name="四版")
    TemplatePage.objects.create(template=template, number=1, name="要闻")
    day = timezone.localdate()
    Schedule.objects.create(weekdays=[1, 3, 5], starts_on=day, template=template)
    SpecialDay.objects.create(day=day, appears="no", reason="停电", decided_by=cast.chief)
    DryRunRule.objects.create(code="no_lead", level="block")
    link = PreviewLink.objects.create(
        issue=issue,
        recipient="邱主任",
        token_hash="t",
        code_hash="c",
        made_by=cast.editor,
        expires_at=timezone.now() + timedelta(days=1),
    )
    piece = Placement.objects.of_issue(issue).first().article
    words = {"link": link, "article": piece, "fingerprint": "f"}
    PreviewOpening.objects.create(**words)
    PreviewAnswer.objects.create(**words, verdict="correct", name="邱主任", sitting=uuid4())


def lasting(cast, piece):
    """Make a topic that has gathered a piece and ended, and a page in the foot of the site."""
    topic = factories.topic(cast)
    workflow.gather(topic, by=cast.chief, piece=piece)
    workflow.end_topic(topic, by=cast.chief)
    workflow.put_in_foot(factories.page(cast), by=cast.chief)


def mailed(issue):
    now = timezone.now()
    Mailing.objects.create(issue=issue, begun_at=now, next_try_at=now)


def two_people(cast):
    piece = workflow.lock(factories.draft(cast), by=cast.writer)
    Unsaved.objects.create(
        article=piece, by=cast.editor, reason="overlap", revision=0, places=[], fingerprint="f"
    )


def invite(cast):
    Invitation.objects.create(
        name="秦越",
        roles=["editor"],
        invited_by=cast.administrator,
        expires_at=timezone.now() + timedelta(days=1),
    )


def test_every_table_keeps_history_or_only_grows():
    """A new model without guards fails here."""
    ours = models(lambda m: not traces.is_event(m) and not m._meta.proxy)
    bare = {model._meta.label for model in ours if not keeps(model) and not grows(model)}
    assert bare == set(UNRECORDED)


def test_every_history_only_grows():
    events = models(traces.is_event)
    assert {event.pgh_tracked_model for event in events} == set(RECORDED.values())
    assert [event for event in events if not grows(event)] == []


def test_what_is_not_deletable_is_kept():
    assert set(RECORDED) - set(KEPT) == DELETABLE


def statements(table):
    column = connection.introspection.get_primary_key_column(connection.cursor(), table)
    return {
        f'UPDATE "{table}" SET "{column}" = "{column}"',
        f'DELETE FROM "{table}"',
        f'TRUNCATE "{table}" CASCADE',
    }


def answer(act, *arguments) -> str:
    """Return what the database says to something it should refuse."""
    try:
        traces.committed(act, *arguments)
    except DatabaseError as error:
        return str(error).splitlines()[0]
    return "done"


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.usefixtures("world")
def test_what_only_grows_is_neither_changed_nor_deleted_nor_emptied():
    assert [label for label, model in GROWING.items() if not model.objects.exists()] == []
    answers = {
        answer(run, statement)
        for model in GROWING.values()
        for statement in statements(model._meta.db_table)
    } | {answer(model.objects.all().delete) for model in GROWING.values()}
    kept = "neither changed nor|never emptied|protected foreign keys"
    assert [a for a in answers if not re.search(kept, a)] == []


@pytest.mark.usefixtures("world")
def test_what_is_kept_is_never_deleted():
    # What refers to a row would refuse as well; a guard that only foreign keys enforce is none.
    line = 'DELETE FROM "{0}" WHERE id = (SELECT max(id) FROM "{0}")'
    tables = {label: model._meta.db_table for label, model in KEPT.items()}
    answers = {label: answer(run, line.format(table)) for label, table in tables.items()}
    assert {k: a for k, a in answers.items() if "never deleted" not in a} == {}


def test_no_table_with_a_history_is_emptied():
    tables = {label: model._meta.db_table for label, model in RECORDED.items()}
    answers = {k: answer(run, f'TRUNCATE "{table}" CASCADE') for k, table in tables.items()}
    assert {k: a for k, a in answers.items() if "never emptied" not in a} == {}


def test_no_code_of_the_project_lifts_the_guards():
    lifting = re.compile(r"session_replication_role|pgtrigger\.ignore|DISABLE TRIGGER|\bignore\(")
    project = Path(__file__).resolve().parents[3]
    found = [
        path.relative_to(project).as_posix()
        for room in ("articles", "issues", "newsroom")
        for path in (project / room).rglob("*.py")
        if lifting.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


class TestHistory:
    """Every insert, update and delete leaves a row, whoever wrote."""

    # recorded model → a change that its guards allow
    CHANGES = {
        "people.Unit": {"head_name": "新任"},
        "people.User": {"language": "en"},
        "people.Deputy": {"ends_on": date(2999, 1, 1)},
        "people.SiteSettings": {"slogan": "一日一报"},
        "desk.PreviewLink": {"code_tries": 1},
        "desk.Invitation": {"revoked_at": timezone.now()},
        "articles.Section": {"position": 9},
        "articles.Tag": {"name": "柳岸"},
        "articles.Correspondent": {"retired": True},
        "articles.Release": {"held_because": "备注"},
        "articles.Route": {"name": "三审制"},
        "articles.Round": {"name": "初审二组"},
        "articles.Review": {"ended_at": timezone.now(), "outcome": "recalled"},
        "articles.Signature": {"voided_at": timezone.now()},
        "articles.Version": {"basis": "archive", "basis_note": "往期", "sealed_at": timezone.now()},
        "articles.Article": {"summary": "新摘要"},
        "articles.Byline": {"role": "记者"},
        "articles.Photo": {"caption": "新说明"},
        "articles.Picture": {"place": "石桥街道菜场"},
        "articles.Attachment": {"title": "新附件名"},
        "articles.Gap": {"message": "缺两字"},
        "articles.ChecklistRule": {"level": "warn"},
        "articles.PieceTemplate": {"hints": "少写套话"},
        "articles.Comment": {"dropped_at": timezone.now()},
        "articles.VersionName": {"name": "见报稿"},
        "articles.Correction": {"note": "补一句", "revision": 1},
        "articles.CorrectionSignature": {"voided_at": timezone.now()},
        "articles.OwedSignature": {
            "refusal": "数字不对",
            "refused_at": timezone.now(),
            "refused_by_id": lambda: User.objects.get(username="deskhead").pk,
        },
        "issues.Assignment": {"topic": "另一个题目"},
        "issues.Issue": {"title": "特刊"},
        "issues.PageFormat": {"characters": 3000},
        "issues.DryRunRule": {"level": "warn"},
        "issues.PageTemplate": {"is_offered": False},
        "issues.TemplatePage": {"name": "综合"},
        "issues.Schedule": {"goes_out_at": time(7)},
        "issues.SpecialDay": {"reason": "台风停刊"},
        "issues.Page": {"name": "综合"},
        "issues.Placement": {"weight": "brief"},
        "issues.CorrectionNotice": {"not_needed_because": "读者已知"},
        "issues.EditionImport": {"file_name": "原文.txt"},
        "articles.TopicEntry": {"position": 9},
        "articles.TopicCourse": {"order": "editors"},
        "articles.FootPlace": {"position": 9},
        "readers.Redirect": {"note": "旧站"},
        "readers.ErrorReport": {
            "taken_at": timezone.now(),
            "taken_by_id": lambda: User.objects.get(username="editor").pk,
        },
        "readers.Mailing": {"tries": 1},
    }

    def events(self, model):
        event = apps.get_model(f"{model._meta.app_label}.{model.__name__}Event")
        return event.objects.order_by("pgh_id")

    def test_every_model_is_tried(self):
        assert set(self.CHANGES) == set(RECORDED) - {"people.Membership"}  # rows come and go

    @pytest.mark.parametrize("way", ["in_bulk", "by_statement"])
    def test_every_change_leaves_a_row(self, way):
        rows = self.rows()
        for label, change in self.CHANGES.items():
            model, row = RECORDED[label], rows[label]
            change = {name: new() if callable(new) else new for name, new in change.items()}
            with traces.undone():
                before = self.events(model).count()
                getattr(self, way)(row, change)
                event = self.events(model).last()
                assert self.events(model).count() == before + 1, label
                assert event.pgh_label == "update", label
                assert {name: getattr(event, name) for name in change} == change, label

    def in_bulk(self, row, change):
        type(row).objects.filter(pk=row.pk).update(**change)

    def by_statement(self, row, change):
        columns = ", ".join(f'"{name}" = %s' for name in change)
        line = f'UPDATE "{row._meta.db_table}" SET {columns} WHERE id = %s'
        with connection.cursor() as cursor:
            cursor.execute(line, [*change.values(), row.pk])

    def rows(self):
        """Return a row of each model that nothing has fixed yet."""
        cast = factories.Cast()
        piece = factories.draft(cast)
        factories.with_photo(piece)
        factories.picture()
        lead_on("/html/node_1.htm", "/issues/", by=cast.issue_editor)
        factories.with_attachment(piece)
        Gap.objects.create(article=piece, code="loss", message="缺字")
        Tag.objects.create(name="石桥", kind="place")
        ChecklistRule.objects.create(key="summary", level="off")
        corrected = factories.correction(cast)
        CorrectionNotice.objects.create(
            correction=corrected, not_needed_because="小误", decided_by=cast.editor
        )
        workflow.sign_correction(corrected, by=cast.editor)
        factories.correction(cast, corrected.article)
        EditionImport.objects.create(
            date=date(2023, 12, 8), digest="d", text="文", uploaded_by=cast.editor
        )
        day = timezone.localdate()
        Deputy.objects.create(
            principal=cast.chief, deputy=cast.desk_head, starts_on=day, ends_on=day
        )
        planned(cast, planning := factories.issue(cast, piece))
        mailed(planning)
        lasting(cast, piece)
        factories.reported(factories.live_alone(cast))
        factories.out_at_once(cast)
        invite(cast)
        factories.asked(cast)
        workflow.note_down(factories.submitted(cast), by=cast.editor, note="补时间")
        factories.signed_by(cast, workflow.submit(piece, by=cast.writer), cast.editor)
        workflow.name_version(piece, by=cast.chief, number=1, name="初稿")
        return {label: model.objects.order_by("pk").last() for label, model in RECORDED.items()}

    def test_every_deletion_leaves_a_row(self):
        rows = self.rows()
        for label in sorted(DELETABLE):
            with traces.undone():
                if label == "issues.Page":
                    Placement.objects.all().delete()
                run(f'DELETE FROM "{rows[label]._meta.db_table}" WHERE id = {rows[label].pk}')
                assert self.events(RECORDED[label]).last().pgh_label == "delete", label

    def test_rows_made_in_bulk_leave_theirs(self):
        Tag.objects.bulk_create([Tag(name=str(number), kind="topic") for number in range(3)])
        assert self.events(Tag).filter(pgh_label="insert").count() == 3

    def test_a_role_taken_away_leaves_its_row(self):
        cast = factories.Cast()
        before = self.events(Membership).count()
        cast.writer.groups.clear()
        assert self.events(Membership).count() == before + 1

    def test_it_names_who_acted(self):
        cast = factories.Cast()
        article = factories.submitted(cast)
        workflow.claim(article, by=cast.editor)
        assert self.acting(Article) == (cast.editor.pk, "claim")
        workflow.save(article, by=cast.editor, write=article.save)
        assert self.acting(Article) == (cast.editor.pk, "save")
        factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
        assert self.acting(Article) == (cast.chief.pk, "sign")
        issue = factories.issue(cast, article)
        assert self.acting(Placement) == (cast.issue_editor.pk, "place")
        issue_workflow.close(issue, by=cast.chief)
        assert self.acting(Issue) == (cast.chief.pk, "close")
        issue_workflow.schedule(issue, by=cast.issue_editor)
        factories.correction(cast, article)
        assert self.acting(Correction) == (cast.issue_editor.pk, "draw_up_correction")
        factories.signed_correction(cast, article)
        assert self.acting(Correction) == (cast.chief.pk, "sign_correction")

    def acting(self, model):
        context = self.events(model).last().pgh_context
        return context["user"], context["verb"]

    def test_it_keeps_no_particulars_of_a_person(self):
        fields = {field.name for field in self.events(User).model._meta.fields}
        assert not fields & {"name", "password", "email", "phone", "username", "last_login"}


def test_a_row_of_settings_cannot_vanish():
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        SiteSettings.objects.all().delete()
