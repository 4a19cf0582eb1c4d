"""The dry run in the desk: the panel, its page, the button, the rules."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from issues import workflow
from issues.models import DryRun, DryRunRule
from issues.panel import Panel
from issues.rehearsing import rehearse
from issues.rule_forms import RulesForm
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = ["editor", "desk head", "chief editor", "issue editor", "administrator"]
RULES = "admin:issues_dryrunrule_changelist"


@pytest.fixture
def cast():
    return factories.Cast()


def page_of(issue):
    return reverse("admin:issues_issue_dryruns", args=[issue.pk])


def board_of(issue):
    return reverse("admin:issues_issue_change", args=[issue.pk])


def make(client, issue):
    return client.post(reverse("admin:issues_issue_rehearse", args=[issue.pk]), follow=True)


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestPanel:
    def test_many_of_a_kind_stand_together_with_who_can_go_on(self, cast):
        pieces = [factories.submitted(cast) for _n in range(2)] + [factories.draft(cast)]
        issue = factories.issue(cast, *pieces)
        (entry,) = Panel(issue, cast.issue_editor).entries
        assert entry.message == "3 篇没签完。"
        assert "沈予安 2" in entry.whose
        assert "苗青禾 1" in entry.whose
        assert len(entry.parts) == 3

    def test_a_few_stand_alone_and_say_when_it_is_me(self, cast):
        issue = factories.issue(cast, factories.submitted(cast))
        assert Panel(issue, cast.editor).entries[0].whose == "你能改"
        assert Panel(issue, cast.editor).entries[0].is_mine
        whose = Panel(issue, cast.chief).entries[0].whose
        assert whose in ("沈予安、邓可能改", "邓可、沈予安能改")

    def test_whoever_plans_mends_the_layout(self, cast):
        issue = factories.issue(cast, factories.approved(cast), pages=[(1, "要闻"), (2, "副刊")])
        whose = {who: Panel(issue, cast.by_role[who]).entries[0].whose for who in STAFF}
        assert whose["chief editor"] == whose["issue editor"] == "你能改"
        assert whose["editor"] == whose["administrator"] == "贺知秋能改"

    def test_it_leads_to_the_place(self, cast):
        piece = factories.draft(cast)
        factories.with_photo(piece, alternative_text="")
        issue = factories.issue(cast, piece, pages=[(1, "要闻"), (2, "副刊")])
        urls = {each.message: each.url for each in Panel(issue, cast.editor).entries}
        form = reverse("admin:articles_article_change", args=[piece.pk])
        assert f"{form}#id_photos-0-alternative_text" in urls.values()
        assert f"{board_of(issue)}#page-2" in urls.values()

    def test_it_says_what_is_new_and_what_is_mended_since_the_last_run(self, cast):
        first, second = factories.submitted(cast), factories.submitted(cast)
        issue = factories.issue(cast, first)
        rehearse(issue, by=cast.editor)
        assert (Panel(issue, cast.editor).new, Panel(issue, cast.editor).gone) == (0, [])
        workflow.take_off(issue, by=cast.issue_editor, article=first)
        workflow.place(issue, by=cast.issue_editor, article=second, page=1, weight="lead")
        panel = Panel(issue, cast.editor)
        assert panel.new == 1
        assert [first.title in said for said in panel.gone] == [True]
        assert panel.entries[0].is_new

    def test_it_never_lies_it_is_asked_anew(self, cast, client):
        piece = factories.submitted(cast)
        issue = factories.issue(cast, piece)
        rehearse(issue, by=cast.editor)
        factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
        client.force_login(cast.issue_editor)
        page = text_of(client, board_of(issue))
        assert "已改好 1 项" in page
        assert Panel(issue, cast.chief).blocking == 0


class TestButton:
    @pytest.mark.parametrize("role", STAFF)
    def test_everybody_of_the_newsroom_makes_one(self, cast, client, role):
        issue = factories.issue(cast, factories.submitted(cast))
        client.force_login(cast.by_role[role])
        answer = make(client, issue)
        assert answer.redirect_chain[-1][0] == f"{board_of(issue)}#finds"
        assert "1 项拦住" in answer.content.decode()
        assert DryRun.objects.get().by == cast.by_role[role]

    def test_correspondents_have_no_door(self, cast, client):
        issue = factories.issue(cast)
        client.force_login(cast.writer)
        assert make(client, issue).status_code == 403
        assert client.get(page_of(issue)).status_code == 403
        assert client.get(reverse(RULES)).status_code == 403
        assert not DryRun.objects.exists()

    def test_it_is_posted_and_the_issue_is_there(self, cast, client):
        client.force_login(cast.editor)
        assert client.get(reverse("admin:issues_issue_rehearse", args=[1])).status_code == 405
        assert client.get(reverse("admin:issues_issue_dryruns", args=[99])).status_code == 404
        assert client.post(reverse("admin:issues_issue_rehearse", args=[99])).status_code == 404

    def test_the_page_tells_every_run(self, cast, client):
        issue = factories.issue(cast, factories.submitted(cast, headline="早市搬进新棚"))
        DryRun.objects.create(
            issue=issue, occasion="hour", hour=timezone.now(), blocking=0, reminding=0
        )
        rehearse(issue, by=cast.editor)
        client.force_login(cast.chief)
        page = text_of(client, page_of(issue))
        for words in ("手动", "沈予安", "上线前一小时", "早市搬进新棚", "没有查出什么"):
            assert words in page

    def test_markup_in_a_title_is_text(self, cast, client):
        issue = factories.issue(cast, factories.submitted(cast, headline="<script>x</script>"))
        rehearse(issue, by=cast.editor)
        client.force_login(cast.chief)
        assert "<script>x</script>" not in text_of(client, page_of(issue))
        assert "<script>x</script>" not in text_of(client, board_of(issue))

    def test_it_costs_the_same_for_two_pieces_and_for_many(self, cast, client):
        def statements():
            with CaptureQueriesContext(connection) as captured:
                client.get(page_of(issue))
            return len(captured)

        client.force_login(cast.issue_editor)
        issue = factories.issue(cast, factories.approved(cast), factories.submitted(cast))
        rehearse(issue, by=cast.editor)
        few = statements()
        for _n in range(4):
            for piece in (factories.approved(cast), factories.submitted(cast)):
                workflow.place(issue, by=cast.issue_editor, article=piece, page=1)
            rehearse(issue, by=cast.editor)
        assert statements() == few


class TestRules:
    def test_a_chief_editor_changes_them_on_one_page(self, cast, client):
        client.force_login(cast.chief)
        page = client.get(reverse(RULES))
        levels = {name: field.initial for name, field in page.context["form"].fields.items()}
        assert "unsigned" not in levels
        assert "没有终审签发的，一律不上线。" in page.content.decode()
        told = client.post(reverse(RULES), levels | {"no_lead": "block"}, follow=True)
        assert told.status_code == 200
        assert DryRunRule.objects.chosen() == {"no_lead": "block"}

    def test_editors_read_them_and_do_not_change_them(self, cast, client):
        client.force_login(cast.editor)
        page = client.get(reverse(RULES))
        assert 'aria-disabled="true"' in page.content.decode()
        levels = {name: field.initial for name, field in page.context["form"].fields.items()}
        client.post(reverse(RULES), levels | {"no_lead": "block"})
        assert not DryRunRule.objects.exists()

    def test_a_choice_is_one_of_the_levels(self):
        shipped = {name: field.initial for name, field in RulesForm(chosen={}).fields.items()}
        assert RulesForm(shipped, chosen={}).is_valid()
        assert not RulesForm(shipped | {"byline": "louder"}, chosen={}).is_valid()

    def test_nobody_sets_what_is_fixed_by_sending_it(self, cast, client):
        client.force_login(cast.chief)
        page = client.get(reverse(RULES))
        levels = {name: field.initial for name, field in page.context["form"].fields.items()}
        client.post(reverse(RULES), levels | {"unsigned": "off"})
        assert not DryRunRule.objects.exists()
        assert client.post(reverse(RULES), levels | {"no_lead": "louder"}).status_code == 200
