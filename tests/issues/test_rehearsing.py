"""Dry runs that are made and kept, and the rules by which they find."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from issues import workflow
from issues.dryrun.table import CHECKS, Level
from issues.findings import blocking, findings, findings_of
from issues.mending import Menders
from issues.models import DryRun, DryRunRule
from issues.rehearsing import keep_run, rehearse, set_rules
from newsroom.people.verdicts import RefusalError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def statements(ask) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


class TestRuns:
    def test_what_was_found_is_kept_with_who_could_mend_it(self, cast):
        issue = factories.issue(cast, factories.submitted(cast, headline="早市搬进新棚"))
        run = rehearse(issue, by=cast.editor)
        assert (run.occasion, run.by, run.hour) == ("asked", cast.editor, None)
        assert (run.blocking, run.reminding) == (1, 0)
        (kept,) = run.found
        assert kept["code"] == "unsigned"
        assert set(kept["menders"]) == {"沈予安", "邓可"}
        assert "早市搬进新棚" in kept["said"]["zh-hans"]
        assert "not signed off" in kept["said"]["en"]

    def test_correspondents_make_none(self, cast):
        with pytest.raises(RefusalError):
            rehearse(factories.issue(cast), by=cast.writer)
        assert not DryRun.objects.exists()

    @pytest.mark.parametrize("role", ["editor", "desk head", "chief editor", "administrator"])
    def test_everybody_else_of_the_newsroom_does(self, cast, role):
        assert rehearse(factories.issue(cast), by=cast.by_role[role]).by == cast.by_role[role]

    def test_closing_makes_one_in_the_same_act(self, cast):
        issue = factories.closed_issue(cast, factories.approved(cast))
        (run,) = issue.dry_runs.all()
        assert (run.occasion, run.by, run.blocking) == ("closing", cast.issue_editor, 0)

    def test_a_closing_that_is_refused_leaves_none(self, cast):
        issue = factories.issue(cast, factories.submitted(cast))
        with pytest.raises(RefusalError):
            workflow.close(issue, by=cast.issue_editor)
        assert not issue.dry_runs.exists()

    def test_a_run_is_neither_changed_nor_deleted(self, cast):
        run = rehearse(factories.issue(cast), by=cast.editor)
        for change in (
            lambda: DryRun.objects.filter(pk=run.pk).update(blocking=0),
            lambda: DryRun.objects.filter(pk=run.pk).delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_an_hour_is_rehearsed_once_and_a_run_is_somebodys_or_times(self, cast):
        issue, hour = factories.issue(cast), factories.timezone.now()
        keep_run(issue, DryRun.Occasion.HOUR, hour=hour)
        for wrong in (
            {"occasion": DryRun.Occasion.HOUR, "hour": hour},
            {"occasion": DryRun.Occasion.HOUR, "hour": None},
            {"occasion": DryRun.Occasion.ASKED},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                keep_run(issue, **wrong)


class TestRules:
    def test_a_check_that_is_put_off_finds_nothing(self, cast):
        issue = factories.issue(cast, factories.approved(cast), pages=[(1, "要闻"), (2, "副刊")])
        assert [each.code for each in blocking(issue)] == ["empty_page"]
        assert set_rules({"empty_page": "off", "no_lead": "warn"}, by=cast.chief) == ["empty_page"]
        assert findings(issue) == []
        assert workflow.close(issue, by=cast.issue_editor).status == "closed"

    def test_a_reminder_can_be_made_to_stop(self, cast):
        issue = factories.issue(cast, factories.approved(cast))
        issue.pages.get().placements.update(weight="normal")
        assert blocking(issue) == []
        set_rules({"no_lead": "block"}, by=cast.administrator)
        with pytest.raises(RefusalError, match="头条"):
            workflow.close(issue, by=cast.issue_editor)

    def test_what_hangs_on_other_peoples_machines_stops_no_issue(self, cast):
        with pytest.raises(RefusalError, match="不能设为拦住"):
            set_rules({"link_silent": "block"}, by=cast.chief)

    @pytest.mark.parametrize("code", ["unsigned", "withdrawn", "held", "elsewhere", "empty"])
    def test_what_never_goes_out_always_stops_and_says_why(self, cast, code):
        with pytest.raises(RefusalError) as refusal:
            set_rules({code: "warn"}, by=cast.chief)
        assert str(CHECKS[code].fixed) in str(refusal.value)
        with pytest.raises(IntegrityError), transaction.atomic():
            DryRunRule.objects.create(code=code, level=Level.OFF)

    def test_a_rule_that_went_round_the_verb_is_not_believed(self):
        assert CHECKS["unsigned"].level({"unsigned": "off"}) == Level.BLOCK

    def test_who_may_not_changes_nothing(self, cast):
        for person in (cast.editor, cast.desk_head, cast.issue_editor, cast.writer):
            with pytest.raises(RefusalError):
                set_rules({"byline": "block"}, by=person)
        with pytest.raises(RefusalError):
            set_rules({"no such": "off"}, by=cast.chief)
        with pytest.raises(RefusalError):
            set_rules({"byline": "louder"}, by=cast.chief)
        assert not DryRunRule.objects.exists()

    def test_a_changed_rule_is_recorded(self, cast):
        set_rules({"byline": "block"}, by=cast.chief)
        rule = DryRunRule.objects.get()
        assert (rule.level, str(rule)) == ("block", str(CHECKS["byline"].label))
        event = DryRunRule.pgh_event_model.objects.order_by("pgh_id").last()
        assert (event.level, event.pgh_context["user"]) == ("block", cast.chief.pk)


class TestMenders:
    def menders(self, *issues):
        found = [each for here in findings_of(list(issues)).values() for each in here]
        people = Menders(found)
        return {each.code: {person.name for person in people.of(each)} for each in found}

    def test_a_draft_is_its_authors_a_piece_in_review_whom_it_waits_for(self, cast):
        draft = factories.issue(cast, factories.draft(cast))
        assert self.menders(draft) == {"unsigned": {"苗青禾"}}
        waiting = factories.signed_by(cast, factories.submitted(cast), cast.editor)
        issue = factories.issue(cast, waiting, day=factories.date(2023, 12, 7))
        assert self.menders(issue) == {"unsigned": {"罗嘉言"}}

    def test_the_layout_is_the_issue_editors(self, cast):
        issue = factories.issue(cast)
        assert self.menders(issue) == {"empty": {"贺知秋"}}
        cast.issue_editor.groups.clear()
        assert self.menders(issue) == {"empty": {"温以恒"}}

    def test_a_signed_piece_is_mended_by_who_read_it_first(self, cast):
        piece = factories.draft(cast)
        piece.bylines.all().delete()
        factories.workflow.submit(piece, by=cast.writer)
        factories.signed_by(cast, piece, cast.second_editor, cast.desk_head, cast.chief)
        assert self.menders(factories.issue(cast, piece)) == {"byline": {"邓可"}}


def test_it_costs_the_same_for_four_pieces_and_for_many(cast):
    issue = factories.issue(cast, factories.approved(cast), factories.submitted(cast))
    few = statements(lambda: keep_run(issue, DryRun.Occasion.ASKED, by=cast.editor))
    for _ in range(4):
        for piece in (factories.approved(cast), factories.submitted(cast), factories.draft(cast)):
            workflow.place(issue, by=cast.issue_editor, article=piece, page=1)
    assert statements(lambda: keep_run(issue, DryRun.Occasion.ASKED, by=cast.editor)) == few


def test_findings_speak_the_readers_language(cast):
    issue = factories.issue(cast, factories.draft(cast))
    with override("en"):
        assert "is not signed off" in findings(issue)[0].message
