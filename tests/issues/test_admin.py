"""Issues in the desk: who sees what, and what the buttons do."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from articles.models import Article
from issues import workflow
from issues.board import Board
from issues.models import Issue, IssueAct, Placement
from issues.tray import unplaced
from tests import factories

STAFF = ["editor", "desk head", "chief editor", "issue editor", "administrator"]
LIST = "admin:issues_issue_changelist"


@pytest.fixture
def cast(db):
    return factories.Cast()


def board_of(issue):
    return reverse("admin:issues_issue_change", args=[issue.pk])


def act(client, issue, verb, **data):
    address = reverse("admin:issues_issue_act", args=[issue.pk, verb])
    return client.post(address, data, follow=True)


def queries_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


class TestDoors:
    @pytest.mark.parametrize("role", STAFF)
    def test_the_newsroom_sees_issues(self, cast, client, role):
        issue = factories.issue(cast, factories.draft(cast))
        client.force_login(cast.by_role[role])
        assert client.get(reverse(LIST)).status_code == 200
        assert client.get(board_of(issue)).status_code == 200

    def test_correspondents_have_no_access(self, cast, client):
        issue = factories.issue(cast)
        client.force_login(cast.writer)
        for address in (reverse(LIST), board_of(issue), reverse("admin:issues_issue_add")):
            assert client.get(address).status_code == 403
        assert act(client, issue, "drop_page", number=1).status_code == 403
        assert issue.pages.count() == 1

    def test_nobody_gets_in_without_logging_in(self, cast, client):
        issue = factories.issue(cast)
        assert client.get(board_of(issue)).status_code == 302
        assert act(client, issue, "close").redirect_chain[0][0].startswith(reverse("admin:login"))

    @pytest.mark.parametrize("role", ["editor", "desk head", "administrator"])
    def test_who_does_not_plan_sees_the_board_without_moves(self, cast, client, role):
        issue = factories.issue(cast, factories.draft(cast))
        client.force_login(cast.by_role[role])
        page = client.get(board_of(issue)).content.decode()
        assert reverse("admin:issues_issue_act", args=[issue.pk, "place"]) not in page
        assert 'aria-disabled="true"' in page
        assert client.get(reverse("admin:issues_issue_add")).status_code == 403

    def test_an_issue_that_is_not_there(self, cast, client):
        client.force_login(cast.issue_editor)
        assert client.get(reverse("admin:issues_issue_change", args=[999])).status_code == 404
        issue = factories.issue(cast)
        assert act(client, issue, "explode").status_code == 404

    def test_verbs_are_posted(self, cast, client):
        client.force_login(cast.issue_editor)
        issue = factories.issue(cast)
        address = reverse("admin:issues_issue_act", args=[issue.pk, "close"])
        assert client.get(address).status_code == 405


class TestList:
    def test_a_line_says_state_time_and_what_is_unsigned(self, cast, client):
        planned = timezone.now() + timedelta(hours=14, minutes=5)
        factories.issue(
            cast, factories.draft(cast), factories.draft(cast), planned_time=planned, number=512
        )
        client.force_login(cast.issue_editor)
        page = client.get(reverse(LIST))
        line = page.context["cl"].result_list[0]
        assert (line.placed, line.waiting) == (2, 2)
        assert "14" in client.get(reverse(LIST)).content.decode()
        assert "512" in page.content.decode()

    def test_it_costs_the_same_for_one_issue_and_for_ten(self, cast, client):
        client.force_login(cast.issue_editor)
        factories.issue(cast, factories.draft(cast), day=date(2023, 12, 1))
        few = queries_of(client, reverse(LIST))
        for day in range(2, 11):
            factories.issue(cast, factories.draft(cast), day=date(2023, 12, day))
        assert queries_of(client, reverse(LIST)) == few


class TestBoard:
    def test_cards_show_titles_names_and_state(self, cast, client):
        issue = factories.issue(cast, factories.submitted(cast, headline="早市搬进新棚"))
        client.force_login(cast.issue_editor)
        page = client.get(board_of(issue)).content.decode()
        for words in ("早市搬进新棚", "苗青禾", "要闻"):
            assert words in page

    def test_markup_in_a_title_is_text(self, cast, client):
        issue = factories.issue(cast, factories.draft(cast, headline="<script>x</script>"))
        client.force_login(cast.issue_editor)
        assert "<script>x</script>" not in client.get(board_of(issue)).content.decode()

    def test_it_costs_the_same_for_two_pieces_and_for_twelve(self, cast, client):
        client.force_login(cast.issue_editor)
        issue = factories.issue(cast, factories.approved(cast), factories.submitted(cast))
        factories.draft(cast)
        few = queries_of(client, board_of(issue))
        for _ in range(5):
            for article in (factories.approved(cast), factories.submitted(cast)):
                workflow.place(issue, by=cast.issue_editor, article=article, page=1)
            factories.draft(cast)
        assert queries_of(client, board_of(issue)) == few

    def test_the_tray_holds_what_stands_nowhere(self, cast):
        placed, loose = factories.draft(cast), factories.draft(cast)
        factories.live_alone(cast)
        issue = factories.issue(cast, placed)
        assert list(unplaced()) == [loose]
        board = Board(issue, user=cast.issue_editor, at=timezone.now())
        assert [card.article for card in board.loose] == [loose]
        assert [card.article for card in board.columns[0].cards] == [placed]
        assert board.unsigned == 1

    def test_the_dry_run_stands_beside_it(self, cast, client):
        issue = factories.issue(cast, factories.draft(cast, headline="没签的稿子"))
        client.force_login(cast.issue_editor)
        page = client.get(board_of(issue))
        assert [finding.code for finding in page.context["findings"]] == ["unsigned"]
        assert page.context["blocking"] == 1


class TestPlanning:
    def test_a_new_issue_is_planned_with_its_pages(self, cast, client):
        client.force_login(cast.issue_editor)
        answer = client.post(
            reverse("admin:issues_issue_add"),
            {
                "date": "2023-12-15",
                "sequence": 1,
                "title": "",
                "planned_time_0": "2023-12-15",
                "planned_time_1": "06:00",
                "pages": "要闻\n综合新闻\n\n副刊",
            },
        )
        issue = Issue.objects.get()
        assert answer.url == board_of(issue)
        assert list(issue.pages.values_list("number", "name")) == [
            (1, "要闻"),
            (2, "综合新闻"),
            (3, "副刊"),
        ]
        assert timezone.localtime(issue.planned_time).hour == 6

    def test_two_issues_of_a_date_need_two_sequences(self, cast, client):
        factories.issue(cast, day=date(2023, 12, 15))
        client.force_login(cast.issue_editor)
        data = {"date": "2023-12-15", "sequence": 1, "pages": "要闻"}
        answer = client.post(reverse("admin:issues_issue_add"), data)
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert Issue.objects.count() == 1

    def test_the_pages_of_the_latest_issue_are_proposed(self, cast, client):
        factories.issue(cast, pages=[(1, "要闻"), (2, "民生")])
        client.force_login(cast.issue_editor)
        page = client.get(reverse("admin:issues_issue_add"))
        assert page.context["form"].initial["pages"] == "要闻\n民生"

    def test_pages_are_added_named_and_removed(self, cast, client):
        issue = factories.issue(cast)
        client.force_login(cast.issue_editor)
        act(client, issue, "name_page", number=2, name="民生")
        act(client, issue, "name_page", number=1, name="头版")
        assert list(issue.pages.values_list("name", flat=True)) == ["头版", "民生"]
        act(client, issue, "drop_page", number=2)
        assert issue.pages.count() == 1

    def test_a_page_with_pieces_stays(self, cast, client):
        issue = factories.issue(cast, factories.draft(cast))
        client.force_login(cast.issue_editor)
        answer = act(client, issue, "drop_page", number=1)
        assert issue.pages.count() == 1
        assert [message.level_tag for message in answer.context["messages"]] == ["error"]

    def test_title_and_planned_time_change(self, cast, client):
        issue = factories.issue(cast)
        client.force_login(cast.issue_editor)
        act(
            client, issue, "replan", title="元旦特刊",
            planned_time_0="2023-12-31", planned_time_1="06:00",
        )  # fmt: skip
        issue.refresh_from_db()
        assert issue.title == "元旦特刊"
        assert timezone.localtime(issue.planned_time).day == 31


class TestLayout:
    @pytest.fixture
    def issue(self, cast, client):
        client.force_login(cast.issue_editor)
        pieces = [factories.draft(cast, headline=name) for name in ("甲", "乙", "丙")]
        made = factories.issue(cast, *pieces, pages=[(1, "要闻"), (2, "民生")])
        return made

    def order(self, issue, page=1):
        placed = Placement.objects.of_issue(issue).on_page(page)
        return "".join(placed.values_list("article__headline", flat=True))

    def step(self, client, issue, headline, way):
        page = client.get(board_of(issue))
        cards = {
            card.article.headline: card
            for column in page.context["board"].columns
            for card in column.cards
        }
        card = cards[headline]
        act(
            client, issue, "place", article=card.article.pk, page=1,
            weight=card.placement.weight, position=getattr(card, way),
        )  # fmt: skip

    def test_up_and_down_move_by_one(self, client, issue):
        self.step(client, issue, "丙", "up")
        assert self.order(issue) == "甲丙乙"
        self.step(client, issue, "甲", "down")
        assert self.order(issue) == "丙甲乙"
        self.step(client, issue, "甲", "down")
        assert self.order(issue) == "丙乙甲"

    def test_a_piece_moves_to_another_page(self, client, issue):
        piece = Article.objects.get(headline="乙")
        act(client, issue, "place", article=piece.pk, page=2, weight="lead")
        assert (self.order(issue), self.order(issue, 2)) == ("甲丙", "乙")

    def test_a_new_weight_leaves_it_in_its_place(self, client, issue):
        piece = Article.objects.get(headline="乙")
        act(client, issue, "place", article=piece.pk, page=1, weight="lead")
        assert self.order(issue) == "甲乙丙"
        weights = Placement.objects.of_issue(issue).values_list("weight", flat=True)
        assert list(weights) == ["normal", "lead", "normal"]

    def test_a_piece_comes_off_and_back_from_the_tray(self, client, issue):
        piece = Article.objects.get(headline="乙")
        act(client, issue, "take_off", article=piece.pk)
        assert self.order(issue) == "甲丙"
        assert list(unplaced()) == [piece]
        act(client, issue, "place", article=piece.pk, page=1, weight="normal")
        assert self.order(issue) == "甲丙乙"

    def test_a_piece_that_is_not_there_is_refused(self, client, issue):
        answer = act(client, issue, "place", article=999999, page=1, weight="normal")
        assert [message.level_tag for message in answer.context["messages"]] == ["error"]
        assert self.order(issue) == "甲乙丙"


class TestVerbs:
    def login(self, client, cast):
        client.force_login(cast.issue_editor)

    def test_an_unsigned_issue_is_not_closed_and_says_why(self, cast, client):
        issue = factories.issue(cast, factories.draft(cast, headline="没签的稿子"))
        self.login(client, cast)
        page = client.get(board_of(issue))
        offer = page.context["offers"][0]
        assert (offer.verb.name, bool(offer.verdict)) == ("close", False)
        assert escape(offer.verdict.reason) in page.content.decode()
        answer = act(client, issue, "close")
        assert any("没签的稿子" in str(message) for message in answer.context["messages"])
        issue.refresh_from_db()
        assert issue.status == Issue.Status.PLANNING

    def test_close_schedule_hold_lift_recall_reopen(self, cast, client):
        issue = factories.issue(cast, factories.approved(cast))
        self.login(client, cast)
        later = timezone.localtime() + timedelta(days=1)
        steps = [
            ("close", {}),
            ("schedule", {"at_0": f"{later:%Y-%m-%d}", "at_1": "06:00"}),
            ("hold", {"because": "等一条更正"}),
            ("lift_hold", {}),
            ("recall", {}),
            ("reopen", {}),
        ]
        for verb, data in steps:
            offered = {
                offer.verb.name: bool(offer.verdict)
                for offer in client.get(board_of(issue)).context["offers"]
            }
            assert offered[verb], verb
            answer = act(client, issue, verb, **data)
            levels = [message.level_tag for message in answer.context["messages"]]
            assert levels == ["success"], verb
        done = IssueAct.objects.filter(issue=issue).order_by("pk").values_list("verb", flat=True)
        assert list(done) == ["plan", *(verb for verb, _data in steps)]
        notes = {words: note for words, note, _act in answer.context["acts"]}
        assert "06:00" in " ".join(notes.values())
        assert "T" not in " ".join(notes.values())

    def test_schedule_without_an_hour_goes_live_now(self, cast, client):
        issue = factories.closed_issue(cast, factories.approved(cast))
        self.login(client, cast)
        act(client, issue, "schedule", at_0="", at_1="")
        assert Issue.objects.live().get() == issue

    def test_a_refused_hour_keeps_what_was_typed(self, cast, client):
        issue = factories.closed_issue(cast, factories.approved(cast))
        self.login(client, cast)
        answer = act(client, issue, "schedule", at_0="2001-01-01", at_1="06:00")
        assert answer.status_code == 409
        assert 'value="2001-01-01"' in answer.content.decode()
        assert [message.level_tag for message in answer.context["messages"]] == ["error"]
        assert not Issue.objects.live().exists()

    def test_a_hold_without_a_reason_is_refused(self, cast, client):
        issue = factories.scheduled_issue(cast, factories.approved(cast))
        self.login(client, cast)
        act(client, issue, "hold", because=" ")
        issue.release.refresh_from_db()
        assert not issue.release.held

    @pytest.mark.parametrize("role", ["editor", "desk head", "administrator"])
    def test_others_are_refused_in_a_sentence(self, cast, client, role):
        issue = factories.issue(cast, factories.approved(cast))
        client.force_login(cast.by_role[role])
        answer = act(client, issue, "close")
        assert [message.level_tag for message in answer.context["messages"]] == ["error"]
        issue.refresh_from_db()
        assert issue.status == Issue.Status.PLANNING

    def test_a_live_issue_offers_no_verb(self, cast, client):
        issue = factories.live_issue(cast)
        self.login(client, cast)
        page = client.get(board_of(issue))
        assert page.context["offers"] == []
        assert issue.get_absolute_url() in page.content.decode()
