"""What the script of the board asks: moves, who else is there, whether anything has changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import workflow as writing
from issues import layout, planning, workflow
from issues.models import BoardPresence, LayoutMove, Placement
from issues.tray import AT_ONCE
from tests import factories

NAMES = "甲乙丙"


@pytest.fixture
def cast(db):
    return factories.Cast()


@pytest.fixture
def pieces(cast):
    return {name: factories.draft(cast, headline=f"稿件{name}") for name in NAMES}


@pytest.fixture
def issue(cast, pieces):
    return factories.issue(cast, *pieces.values(), pages=[(1, "要闻"), (2, "民生")])


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.issue_editor)
    return client


def browser_of(user):
    client = Client()
    client.force_login(user)
    return client


def move(client, issue, verb, **data):
    return client.post(reverse("admin:issues_issue_move", args=[issue.pk, verb]), data)


def here(client, issue, **data):
    return client.post(reverse("admin:issues_issue_here", args=[issue.pk]), data)


def board_of(client, issue, **asked):
    return client.get(reverse("admin:issues_issue_change", args=[issue.pk]), asked)


def order(issue, page=1):
    placed = Placement.objects.of_issue(issue).on_page(page)
    return "".join(placed.values_list("article__headline", flat=True)).replace("稿件", "")


def last_of(piece):
    return LayoutMove.objects.of_article(piece).first().pk


class TestMoves:
    def test_a_move_is_answered_with_the_board_as_it_is_then(self, desk, issue, pieces):
        answer = move(
            desk, issue, "place", article=pieces["丙"].pk, page=1, before=pieces["甲"].pk,
            seen=last_of(pieces["丙"]),
        )  # fmt: skip
        assert answer.status_code == 200
        assert order(issue) == "丙甲乙"
        html = answer.json()["html"]
        assert html.index("稿件丙") < html.index("稿件甲") < html.index("稿件乙")
        assert f'data-moved="{last_of(pieces["丙"])}"' in html

    def test_who_had_not_seen_the_last_move_is_told_of_it(self, cast, desk, issue, pieces):
        saw = last_of(pieces["乙"])
        layout.place(issue, by=cast.chief, article=pieces["乙"], page=2)
        answer = move(desk, issue, "place", article=pieces["乙"].pk, page=1, position=0, seen=saw)
        assert answer.status_code == 409
        assert "温以恒" in answer.json()["said"]
        assert "移到第2版第 1 位" in answer.json()["said"]
        assert order(issue) == "甲丙"
        assert "稿件乙" in answer.json()["html"]

    def test_off_the_page_and_undone(self, desk, issue, pieces):
        saw = last_of(pieces["乙"])
        assert move(desk, issue, "take_off", article=pieces["乙"].pk, seen=saw).status_code == 200
        assert order(issue) == "甲丙"
        assert move(desk, issue, "undo", move=last_of(pieces["乙"])).status_code == 200
        assert order(issue) == "甲乙丙"

    def test_nobody_undoes_a_move_of_somebody_else(self, cast, desk, issue, pieces):
        layout.take_off(issue, by=cast.chief, article=pieces["乙"])
        assert move(desk, issue, "undo", move=last_of(pieces["乙"])).status_code == 409
        assert order(issue) == "甲丙"

    def test_the_form_of_a_stale_page_is_refused_in_words(self, cast, desk, issue, pieces):
        saw = last_of(pieces["乙"])
        layout.place(issue, by=cast.chief, article=pieces["乙"], page=2)
        answer = desk.post(
            reverse("admin:issues_issue_act", args=[issue.pk, "place"]),
            {"article": pieces["乙"].pk, "page": 1, "weight": "", "seen": saw}, follow=True,
        )  # fmt: skip
        assert any("温以恒" in str(message) for message in answer.context["messages"])
        assert order(issue) == "甲丙"

    def test_an_own_last_move_is_undone_without_a_script(self, desk, issue, pieces):
        desk.post(
            reverse("admin:issues_issue_act", args=[issue.pk, "place"]),
            {"article": pieces["乙"].pk, "page": 2, "weight": ""},
        )
        page = board_of(desk, issue).content.decode()
        assert "撤销：《稿件乙》" in page
        assert f'name="move" value="{last_of(pieces["乙"])}"' in page
        desk.post(
            reverse("admin:issues_issue_act", args=[issue.pk, "undo"]),
            {"move": last_of(pieces["乙"])},
        )
        assert order(issue) == "甲乙丙"

    @pytest.mark.parametrize("verb", ["place", "take_off", "undo"])
    def test_a_closed_issue_refuses_in_words(self, cast, desk, verb):
        article = factories.approved(cast)
        closed = factories.closed_issue(cast, article)
        answer = move(desk, closed, verb, article=article.pk, page=1, position=0, move=1)
        assert answer.status_code == 409
        assert answer.json()["said"].strip()
        assert "/act/place/" not in answer.json()["html"]

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"article": "x", "page": 1},
            {"article": 999_999, "page": 1},
            {"article": 10**30, "page": 1},
            {"page": 1},
            {"page": 0},
            {"page": 2, "weight": "huge"},
            {"page": 2, "position": -1},
            {"page": 2, "seen": "x"},
            {"page": 77, "seen": 0},
        ],
    )
    def test_nonsense_is_refused_and_changes_nothing(self, desk, issue, pieces, data):
        if "article" not in data and data.get("page") != 1:
            data = {"article": pieces["乙"].pk, **data}
        answer = move(desk, issue, "place", **data)
        assert answer.status_code == 409
        assert answer.json()["said"].strip()
        assert order(issue) == "甲乙丙"

    def test_no_other_verb_goes_by_this_door(self, desk, issue):
        assert move(desk, issue, "close").status_code == 404
        assert (
            desk.get(reverse("admin:issues_issue_move", args=[issue.pk, "place"])).status_code
            == 405
        )

    def test_who_only_looks_moves_nothing(self, cast, issue, pieces):
        looking = browser_of(cast.editor)
        answer = move(looking, issue, "place", article=pieces["乙"].pk, page=2)
        assert answer.status_code == 409
        assert here(looking, issue).status_code == 200
        for who in (cast.writer, cast.other_writer):
            writer = browser_of(who)
            assert move(writer, issue, "place", article=pieces["乙"].pk, page=2).status_code == 403
            assert here(writer, issue).status_code == 403
        assert order(issue) == "甲乙丙"


class TestNews:
    def mark(self, client, issue):
        return here(client, issue).json()["mark"]

    def test_nothing_new_is_answered_with_nothing(self, desk, issue):
        mark = self.mark(desk, issue)
        answer = here(desk, issue, mark=mark)
        assert (answer.status_code, answer.content) == (204, b"")

    @pytest.mark.parametrize(
        "change",
        [
            lambda cast, issue, piece: layout.place(issue, by=cast.chief, article=piece, page=2),
            lambda cast, issue, piece: planning.name_page(
                issue, by=cast.chief, number=1, name="头版"
            ),
            lambda cast, issue, piece: writing.submit(piece, by=cast.writer),
            lambda cast, issue, piece: factories.draft(cast),
            lambda cast, issue, piece: workflow.plan,
            lambda cast, issue, piece: BoardPresence.objects.create(issue=issue, person=cast.chief),
        ],
    )
    def test_what_the_board_shows_makes_another_mark(self, cast, desk, issue, pieces, change):
        mark = self.mark(desk, issue)
        if change(cast, issue, pieces["乙"]) is workflow.plan:
            type(issue).objects.filter(pk=issue.pk).update(title="专刊")
        assert here(desk, issue, mark=mark).status_code == 200

    def test_another_issue_is_no_news(self, cast, desk, issue):
        other = factories.issue(cast, day=timezone.localdate() + timedelta(days=3))
        mark = self.mark(desk, issue)
        planning.name_page(other, by=cast.chief, number=1, name="头版")
        assert here(desk, issue, mark=mark).status_code == 204

    def test_it_costs_a_handful_whatever_the_board_holds(self, cast, desk, issue):
        mark = self.mark(desk, issue)
        with CaptureQueriesContext(
            connection,
        ) as few:
            assert here(desk, issue, mark=mark).status_code == 204
        for _ in range(8):
            layout.place(issue, by=cast.chief, article=factories.draft(cast), page=1)
        mark = self.mark(desk, issue)
        with CaptureQueriesContext(
            connection,
        ) as many:
            assert here(desk, issue, mark=mark).status_code == 204
        assert len(many) == len(few) <= 8


class TestCompany:
    def test_each_sees_who_else_looks(self, cast, desk, issue):
        chief = browser_of(cast.chief)
        here(desk, issue)
        assert "贺知秋（你）正在看这一期" in here(desk, issue).json()["html"]
        assert "温以恒（你）、贺知秋正在看这一期" in here(chief, issue).json()["html"]
        assert "贺知秋（你）、温以恒正在看这一期" in here(desk, issue).json()["html"]
        assert here(chief, issue, leave="1").status_code == 204
        assert "贺知秋（你）正在看这一期" in here(desk, issue).json()["html"]

    def test_who_has_said_nothing_for_long_is_gone(self, cast, desk, issue):
        here(browser_of(cast.chief), issue)
        BoardPresence.objects.filter(person=cast.chief).update(
            seen_at=timezone.now() - timedelta(seconds=25)
        )
        assert "温以恒" not in here(desk, issue).json()["html"].split("boardwrap")[0]

    def test_the_last_move_is_told_to_everybody(self, cast, desk, issue, pieces):
        layout.place(issue, by=cast.chief, article=pieces["乙"], page=2)
        assert "把《稿件乙》移到第2版第 1 位" in board_of(desk, issue).content.decode()


class TestSentence:
    def test_it_says_what_is_missing(self, cast, desk, issue):
        page = board_of(desk, issue).content.decode()
        assert "封版前还差：签完 3 篇，排第2版。" in page

    def test_a_page_without_a_lead(self, cast, desk):
        issue = factories.issue(cast, factories.approved(cast), pages=[(1, "要闻"), (2, "民生")])
        layout.place(issue, by=cast.chief, article=factories.approved(cast), page=2)
        page = board_of(desk, issue).content.decode()
        assert "封版前还差：补第2版头条。" in page
        assert "缺头条" in page

    def test_nothing_is_missing(self, cast, desk):
        issue = factories.issue(cast, factories.approved(cast))
        assert "都齐了，可以封版。" in board_of(desk, issue).content.decode()


class TestTray:
    def titles(self, client, issue, **asked):
        return [
            card.article.title for card in board_of(client, issue, **asked).context["board"].loose
        ]

    def test_its_order_is_a_choice(self, cast, desk, issue):
        factories.approved(cast, headline="签了的")
        factories.draft(cast, headline="长的", body=f"<p>{'字' * 900}</p>")
        factories.draft(cast, headline="新的")
        assert self.titles(desk, issue)[0] == "签了的"
        assert self.titles(desk, issue, order="length")[0] == "长的"
        assert self.titles(desk, issue, order="latest")[0] == "新的"
        assert len(self.titles(desk, issue, order="nonsense")) == 3

    def test_a_piece_is_found_by_its_words(self, cast, desk, issue):
        factories.draft(cast, headline="南湖湿地迎来候鸟")
        factories.draft(cast, headline="口袋公园开放")
        assert self.titles(desk, issue, words="湿地") == ["南湖湿地迎来候鸟"]
        assert self.titles(desk, issue, words="没有的词") == []

    def test_every_piece_is_reached(self, cast, desk, issue):
        for _ in range(AT_ONCE + 3):
            factories.draft(cast)
        first, second = (set(self.titles(desk, issue, sheet=sheet)) for sheet in (1, 2))
        assert (len(first), len(second), len(first | second)) == (AT_ONCE, 3, AT_ONCE + 3)
        assert self.titles(desk, issue, sheet=99) == self.titles(desk, issue, sheet=2)
        page = board_of(desk, issue).content.decode()
        assert "order=signed&amp;sheet=2#tray" in page
