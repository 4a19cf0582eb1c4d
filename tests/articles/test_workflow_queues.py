"""Due times in working hours, and pieces that change hands."""

from datetime import datetime, time

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Byline
from newsroom.people.models import Deputy, SiteSettings
from newsroom.people.verdicts import RefusalError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def beijing(*parts):
    return datetime(*parts, tzinfo=timezone.get_current_timezone())


class TestDueTimes:
    """A round is given so many working hours from the moment its piece comes to it."""

    @pytest.fixture
    def submitted_at(self, cast, monkeypatch):
        def submit(at, **fields):
            article = factories.draft(cast, **fields)
            monkeypatch.setattr(timezone, "now", lambda: at)
            return workflow.submit(article, by=cast.writer)

        return submit

    def test_four_hours_unless_told(self, submitted_at):
        assert submitted_at(beijing(2026, 11, 26, 10)).due_at == beijing(2026, 11, 26, 14)

    def test_what_is_left_of_a_day_goes_on_the_next_morning(self, submitted_at):
        assert submitted_at(beijing(2026, 11, 26, 16)).due_at == beijing(2026, 11, 27, 11)

    def test_nothing_is_overdue_for_a_weekend(self, submitted_at):
        assert submitted_at(beijing(2026, 11, 27, 17)).due_at == beijing(2026, 11, 30, 12)

    def test_nothing_is_overdue_for_the_national_day(self, submitted_at):
        """Filed on the last evening before the week off; the first day back is a Thursday."""
        article = submitted_at(beijing(2026, 9, 30, 17, 30))
        assert article.due_at == beijing(2026, 10, 8, 12, 30)
        for day in range(1, 8):
            assert not article.is_overdue(beijing(2026, 10, day, 23, 59))
        assert article.is_overdue(beijing(2026, 10, 8, 12, 31))

    def test_a_saturday_that_makes_up_counts(self, submitted_at):
        assert submitted_at(beijing(2026, 10, 9, 17)).due_at == beijing(2026, 10, 10, 12)

    def test_a_section_has_its_own_hours(self, cast, submitted_at):
        cast.section.review_hours = 1
        cast.section.save()
        assert submitted_at(beijing(2026, 11, 26, 10)).due_at == beijing(2026, 11, 26, 11)

    def test_the_newsroom_says_when_it_works_and_how_long(self, submitted_at):
        SiteSettings.objects.update(review_hours=2, work_begins=time(6), work_ends=time(14))
        assert submitted_at(beijing(2026, 11, 26, 13)).due_at == beijing(2026, 11, 27, 7)

    def test_each_round_begins_anew(self, cast, submitted_at, monkeypatch):
        article = submitted_at(beijing(2026, 11, 26, 9))
        monkeypatch.setattr(timezone, "now", lambda: beijing(2026, 11, 27, 9))
        workflow.sign(article, by=cast.editor)
        assert article.due_at == beijing(2026, 11, 27, 13)

    def test_claiming_and_handing_over_win_no_time(self, cast):
        article = factories.submitted(cast)
        due = article.due_at
        workflow.claim(article, by=cast.editor)
        workflow.hand_over(article, by=cast.editor, to=cast.second_editor)
        assert article.due_at == due

    def test_what_is_not_in_review_is_not_due(self, cast):
        returned = workflow.return_(factories.submitted(cast), by=cast.editor, note="补时间")
        assert [each.due_at for each in (factories.approved(cast), returned)] == [None, None]

    @pytest.mark.parametrize("hours", [1, 200])
    def test_the_longest_and_the_shortest_hours_can_be_counted(self, submitted_at, hours):
        SiteSettings.objects.update(review_hours=hours, work_begins=time(9), work_ends=time(10))
        assert submitted_at(beijing(2026, 11, 26, 23)).due_at > beijing(2026, 11, 27, 9)


class TestHandingOver:
    """A piece goes to a named colleague who could have taken it."""

    def test_who_holds_it_gives_it_away(self, cast):
        article = workflow.claim(factories.submitted(cast), by=cast.editor)
        workflow.hand_over(article, by=cast.editor, to=cast.second_editor, note="我下午外出")
        assert article.claimed_by == cast.second_editor
        act = article.acts.last()
        assert (act.verb, act.by, act.to) == ("hand_over", cast.editor, cast.second_editor)
        assert act.note == "我下午外出"
        assert workflow.sign(article, by=cast.second_editor).round.position == 2

    def test_a_desk_head_gives_out_what_nobody_has_claimed(self, cast):
        article = factories.submitted(cast)
        workflow.hand_over(article, by=cast.desk_head, to=cast.editor)
        assert article.claimed_by == cast.editor

    def test_to_a_deputy(self, cast):
        today = timezone.localdate()
        Deputy.objects.create(
            principal=cast.editor, deputy=cast.other_writer, starts_on=today, ends_on=today
        )
        article = factories.submitted(cast)
        workflow.hand_over(article, by=cast.desk_head, to=cast.other_writer)
        workflow.sign(article, by=cast.other_writer)
        assert article.reviews.get().signatures.get().on_behalf_of == cast.editor

    @pytest.mark.parametrize("to", ["writer", "chief", "administrator", "editor"])
    def test_never_to_who_could_not_take_it_or_has_it(self, cast, to):
        article = workflow.claim(factories.submitted(cast), by=cast.editor)
        with pytest.raises(RefusalError, match=r"^不能交给.+。$"):
            workflow.hand_over(article, by=cast.editor, to=getattr(cast, to))
        assert article.claimed_by == cast.editor

    def test_never_to_its_author(self, cast):
        filed = factories.draft(cast, filed_by=cast.editor)
        named = factories.draft(cast)
        Byline.objects.create(article=named, name=cast.editor.name, position=1)
        for article in (filed, named):
            workflow.submit(article, by=cast.chief)
            with pytest.raises(RefusalError, match="自己名字"):
                workflow.hand_over(article, by=cast.desk_head, to=cast.editor)

    def test_never_to_who_has_signed_another_round(self, cast):
        cast.desk_head.groups.add(*cast.editor.groups.all())
        article = factories.signed_by(cast, factories.submitted(cast), cast.desk_head)
        with pytest.raises(RefusalError, match="只签一审"):
            workflow.hand_over(article, by=cast.chief, to=cast.desk_head)

    def test_not_by_a_chief_whose_own_it_is(self, cast):
        article = workflow.submit(factories.draft(cast, filed_by=cast.chief), by=cast.chief)
        with pytest.raises(RefusalError, match="自己的稿子"):
            workflow.hand_over(article, by=cast.chief, to=cast.editor)

    def test_not_by_a_colleague_who_does_not_hold_it(self, cast):
        article = workflow.claim(factories.submitted(cast), by=cast.editor)
        with pytest.raises(RefusalError, match="认领"):
            workflow.hand_over(article, by=cast.second_editor, to=cast.second_editor)

    def test_a_stale_page_gives_nothing_to_the_wrong_round(self, cast):
        article = factories.submitted(cast)
        stale = Article.objects.get(pk=article.pk)
        workflow.sign(article, by=cast.editor)
        with pytest.raises(RefusalError, match="不能交给"):
            workflow.hand_over(stale, by=cast.desk_head, to=cast.second_editor)
        assert Article.objects.get(pk=article.pk).claimed_by is None


def test_a_day_of_less_than_an_hour_is_refused(cast):
    for begins, ends in ((time(9), time(9, 30)), (time(9), time(8)), (time(23, 30), time(23, 45))):
        settings = SiteSettings(pk=1, work_begins=begins, work_ends=ends)
        with pytest.raises(Exception, match="下班时间"):
            settings.validate_constraints()
