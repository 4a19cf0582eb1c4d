"""The verbs of the board: what stands where after a move, and that nobody's move is lost."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import workflow as writing
from articles.models import Article
from issues import layout, planning, workflow
from issues.models import LayoutMove, Placement
from newsroom.people.verdicts import RefusalError
from tests import factories, traces

pytestmark = pytest.mark.django_db
PAGES = [(1, "要闻"), (2, "民生"), (3, "副刊")]
NAMES = "甲乙丙丁戊己"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def pieces(cast):
    return {name: factories.draft(cast, headline=name) for name in NAMES}


@pytest.fixture
def issue(cast, pieces):
    """Page 1 holds 甲 (lead), 乙, 丙; page 2 holds 丁 (lead); 戊 and 己 lie in the tray."""
    made = factories.issue(cast, *[pieces[name] for name in "甲乙丙"], pages=PAGES)
    layout.place(made, by=cast.issue_editor, article=pieces["丁"], page=2, weight="lead")
    return made


def laid_out(issue):
    """Return what stands on each page in order; an initial ! means lead, . brief."""
    marks = {"lead": "!", "brief": ".", "normal": ""}
    pages = {number: "" for number, _name in PAGES}
    for each in Placement.objects.of_issue(issue).select_related("page", "article"):
        pages[each.page.number] += marks[each.weight] + each.article.headline
    return " ".join(pages.values())


def last_move(issue, piece):
    move = LayoutMove.objects.of_issue(issue).of_article(piece).first()
    return move.pk if move else 0


@pytest.fixture
def move(cast, issue, pieces):
    """Place a piece by its name, as somebody; neighbours are named too."""

    def moving(name, page, by=cast.issue_editor, **near):
        near = {k: pieces[v].pk if v in pieces else v for k, v in near.items()}
        return layout.place(issue, by=by, article=pieces[name], page=page, **near)

    return moving


class TestPlacing:
    def test_between_two_neighbours(self, move, issue):
        move("丁", 1, before="乙")
        assert laid_out(issue) == "!甲丁乙丙  "
        move("丁", 1, after="乙")
        assert laid_out(issue) == "!甲乙丁丙  "

    @pytest.mark.parametrize(
        ("near", "order"),
        [
            ({"before": "甲"}, "乙!甲丙"),
            ({"after": "丙"}, "!甲丙乙"),
            ({"position": 0}, "乙!甲丙"),
            ({"position": 99}, "!甲丙乙"),
            ({}, "!甲乙丙"),
        ],
    )
    def test_within_its_page(self, move, issue, near, order):
        move("乙", 1, **near)
        assert laid_out(issue).split()[0] == order

    def test_a_neighbour_that_has_gone_leaves_the_other_one_to_go_by(self, move, issue):
        move("乙", 3)
        move("戊", 1, before="乙", after="甲", position=7)
        assert laid_out(issue) == "!甲戊丙 !丁 乙"

    def test_where_both_neighbours_have_gone_the_place_counts(self, move, issue):
        move("戊", 1, before="丁", after="己", position=1)
        assert laid_out(issue) == "!甲戊乙丙 !丁 "

    def test_a_piece_is_no_neighbour_of_itself(self, move, issue):
        move("乙", 1, before="乙")
        assert laid_out(issue) == "!甲乙丙 !丁 "

    def test_last_where_nothing_is_said(self, move, issue):
        move("戊", 2)
        assert laid_out(issue) == "!甲乙丙 !丁戊 "

    def test_the_page_it_leaves_closes_up(self, move, issue):
        move("甲", 3)
        assert laid_out(issue) == "乙丙 !丁 !甲"
        positions = Placement.objects.of_issue(issue).on_page(1).values_list("position", flat=True)
        assert list(positions) == [0, 1]


class TestWeights:
    def test_a_new_lead_takes_the_place_of_the_old_one(self, move, issue):
        move("乙", 1, weight="lead")
        assert laid_out(issue) == "甲!乙丙 !丁 "

    def test_a_lead_does_not_push_another_from_its_page_by_being_moved(self, move, issue):
        move("丁", 1)
        assert laid_out(issue) == "!甲乙丙丁  "

    def test_unless_that_is_said(self, move, issue):
        move("丁", 1, weight="lead")
        assert laid_out(issue) == "甲乙丙!丁  "

    def test_a_lead_keeps_its_weight_on_a_page_without_one(self, move, issue):
        move("丁", 3)
        assert laid_out(issue) == "!甲乙丙  !丁"

    def test_a_brief_stays_a_brief(self, move, issue):
        move("乙", 1, weight="brief")
        move("乙", 2)
        assert laid_out(issue) == "!甲丙 !丁.乙 "


class TestSeen:
    """Nobody's move is overwritten by somebody who had not seen it."""

    def test_a_piece_that_was_moved_meanwhile_stays_where_it_is(self, cast, move, issue, pieces):
        saw = last_move(issue, pieces["乙"])
        move("乙", 2, by=cast.chief)
        before = traces.everything()
        with pytest.raises(layout.MovedMeanwhileError) as refusal:
            move("乙", 3, seen=saw)
        assert re.search(r"温以恒 \d\d:\d\d 把《乙》移到第2版第 2 位", str(refusal.value))
        assert traces.everything() == before

    def test_it_may_be_moved_once_that_has_been_seen(self, cast, move, issue, pieces):
        move("乙", 2, by=cast.chief)
        move("乙", 3, seen=last_move(issue, pieces["乙"]))
        assert laid_out(issue) == "!甲丙 !丁 乙"

    def test_taken_off_meanwhile(self, cast, move, issue, pieces):
        saw = last_move(issue, pieces["乙"])
        layout.take_off(issue, by=cast.chief, article=pieces["乙"])
        with pytest.raises(layout.MovedMeanwhileError, match="温以恒.*撤下"):
            move("乙", 3, seen=saw)

    def test_taking_off_what_was_moved_meanwhile(self, cast, move, issue, pieces):
        saw = last_move(issue, pieces["乙"])
        move("乙", 2, by=cast.chief)
        with pytest.raises(layout.MovedMeanwhileError, match="温以恒"):
            layout.take_off(issue, by=cast.issue_editor, article=pieces["乙"], seen=saw)

    def test_ones_own_other_window_counts_too(self, move, issue, pieces):
        saw = last_move(issue, pieces["乙"])
        move("乙", 2)
        with pytest.raises(layout.MovedMeanwhileError, match="你"):
            move("乙", 3, seen=saw)

    def test_a_move_of_a_neighbour_is_no_reason(self, cast, move, issue, pieces):
        saw = last_move(issue, pieces["丙"])
        move("乙", 1, by=cast.chief, position=0)
        move("丙", 1, before="甲", seen=saw)
        assert laid_out(issue) == "乙丙!甲 !丁 "

    def test_the_same_wish_twice_is_granted_once(self, move, issue, pieces):
        saw = last_move(issue, pieces["乙"])
        move("乙", 2, position=0, seen=saw)
        moves = LayoutMove.objects.count()
        move("乙", 2, position=0, seen=saw)
        assert LayoutMove.objects.count() == moves

    def test_a_page_that_was_dropped_does_not_come_back(self, cast, move, issue):
        planning.drop_page(issue, by=cast.chief, number=3)
        with pytest.raises(RefusalError, match="3"):
            move("戊", 3, seen=0)
        assert issue.pages.count() == 2


class TestUndo:
    def test_it_goes_back_to_its_place_and_weight(self, cast, move, issue):
        before = laid_out(issue)
        move("乙", 2, position=0, weight="lead")
        assert laid_out(issue) == "!甲丙 !乙丁 "
        layout.undo(issue, by=cast.issue_editor)
        assert laid_out(issue) == before

    def test_what_was_placed_lies_in_the_tray_again(self, cast, move, issue):
        before = laid_out(issue)
        move("戊", 1)
        layout.undo(issue, by=cast.issue_editor)
        assert laid_out(issue) == before

    def test_what_was_taken_off_stands_again(self, cast, issue, pieces):
        before = laid_out(issue)
        layout.take_off(issue, by=cast.issue_editor, article=pieces["甲"])
        assert laid_out(issue) == "乙丙 !丁 "
        layout.undo(issue, by=cast.issue_editor)
        assert laid_out(issue) == before

    def test_only_ones_own_and_no_further_than_there_are(self, cast, move, issue):
        before = laid_out(issue)
        with pytest.raises(RefusalError, match="撤销"):
            layout.undo(issue, by=cast.chief)
        move("乙", 2)
        with pytest.raises(RefusalError, match="撤销"):
            layout.undo(issue, by=cast.chief)
        layout.undo(issue, by=cast.issue_editor)
        assert laid_out(issue) == before

    def test_what_somebody_moved_since_stays(self, cast, move, issue):
        move("乙", 2)
        move("乙", 3, by=cast.chief)
        with pytest.raises(layout.MovedMeanwhileError, match="温以恒"):
            layout.undo(issue, by=cast.issue_editor)
        assert laid_out(issue) == "!甲丙 !丁 乙"

    def test_others_moves_of_other_pieces_are_no_hindrance(self, cast, move, issue):
        move("乙", 2)
        move("丙", 3, by=cast.chief)
        layout.undo(issue, by=cast.issue_editor)
        assert laid_out(issue) == "!甲乙 !丁 丙"

    def test_a_move_named_twice_is_undone_once(self, cast, move, issue, pieces):
        move("乙", 2)
        done = last_move(issue, pieces["乙"])
        layout.undo(issue, by=cast.issue_editor, move=done)
        with pytest.raises(RefusalError, match="撤销"):
            layout.undo(issue, by=cast.issue_editor, move=done)

    def test_a_lead_that_found_a_successor_comes_back_as_an_ordinary_piece(self, cast, move, issue):
        move("甲", 3)
        move("乙", 1, by=cast.chief, weight="lead")
        layout.undo(issue, by=cast.issue_editor)
        assert laid_out(issue) == "甲!乙丙 !丁 "

    def test_a_page_that_is_gone(self, cast, move, issue):
        move("丁", 1)
        planning.drop_page(issue, by=cast.chief, number=2)
        with pytest.raises(RefusalError, match="2"):
            layout.undo(issue, by=cast.issue_editor)

    def test_a_piece_that_has_gone_into_another_issue(self, cast, issue, pieces):
        layout.take_off(issue, by=cast.issue_editor, article=pieces["乙"])
        factories.issue(cast, pieces["乙"], day=date(2023, 12, 9))
        with pytest.raises(RefusalError, match="乙"):
            layout.undo(issue, by=cast.issue_editor)

    def test_a_closed_issue_stays(self, cast):
        made = factories.closed_issue(cast, factories.approved(cast))
        with pytest.raises(RefusalError, match=r"\S"):
            layout.undo(made, by=cast.issue_editor)


class TestRefusals:
    @pytest.mark.parametrize("who", ["editor", "desk_head", "administrator", "writer"])
    def test_only_planners_move(self, cast, move, issue, pieces, who):
        before = traces.everything()
        with pytest.raises(RefusalError, match=r"\S"):
            move("乙", 2, by=getattr(cast, who))
        with pytest.raises(RefusalError, match=r"\S"):
            layout.undo(issue, by=getattr(cast, who))
        assert traces.everything() == before

    def test_what_was_withdrawn_is_not_placed(self, cast, issue):
        gone = factories.live_alone(cast)
        writing.withdraw(gone, by=cast.chief, reason="失实。")
        with pytest.raises(RefusalError, match=gone.title):
            layout.place(issue, by=cast.chief, article=gone, page=1)

    def test_a_closed_issue_refuses(self, cast):
        article = factories.approved(cast)
        made = workflow.close(factories.issue(cast, article), by=cast.chief)
        for verb, how in ((layout.place, {"page": 1, "weight": "brief"}), (layout.take_off, {})):
            with pytest.raises(RefusalError, match=r"\S"):
                verb(made, by=cast.chief, article=article, **how)

    def test_the_record_only_grows(self, move):
        move("乙", 2)
        for change in (lambda rows: rows.update(to_page=9), lambda rows: rows.delete()):
            with pytest.raises(IntegrityError), transaction.atomic():
                change(LayoutMove.objects.all())


# Against a model: pages as lists

STEPS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from([1, 2, 3, None]),  # None: off into the tray
        st.sampled_from([None, "lead", "normal", "brief"]),
        st.sampled_from(["before", "after", "position", None]),
        st.sampled_from([*NAMES, 0, 1, 5]),
    ),
    max_size=9,
)


class Model:
    """What should stand where, kept in plain lists of [name, weight]."""

    def __init__(self):
        self.pages = {
            1: [["甲", "lead"], ["乙", "normal"], ["丙", "normal"]],
            2: [["丁", "lead"]],
            3: [],
        }

    def lift(self, name):
        for number, row in self.pages.items():
            for at, each in enumerate(row):
                if each[0] == name:
                    return number, at, row.pop(at)[1]
        return None, None, "normal"

    def place(self, name, page, weight, near, where):
        was, at, own = self.lift(name)
        if page is None:
            return
        row = self.pages[page]
        names = [each[0] for each in row]
        index = at if was == page else len(row)
        if near in ("before", "after") and where in names:
            index = names.index(where) + (near == "after")
        elif near == "position":
            index = min(where, len(row))
        if weight is None:
            led = any(each[1] == "lead" for each in row)
            weight = "normal" if own == "lead" and led and was != page else own
        if weight == "lead":
            for each in row:
                each[1] = "normal" if each[1] == "lead" else each[1]
        row.insert(index, [name, weight])

    def __str__(self):
        marks = {"lead": "!", "brief": ".", "normal": ""}
        rows = self.pages.values()
        return " ".join("".join(marks[weight] + name for name, weight in row) for row in rows)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_moves_end_as_in_plain_lists_and_undoing_them_all_leads_back(
    cast, issue, pieces, steps
):
    model, by = Model(), cast.issue_editor
    with traces.undone():
        stood = []
        for name, page, weight, near, where in steps:
            before, moves = laid_out(issue), LayoutMove.objects.count()
            if near == "position" and not isinstance(where, int):
                near = None
            model.place(name, page, weight, near, where)
            if page is None:
                layout.take_off(issue, by=by, article=pieces[name])
            else:
                named = pieces[where].pk if where in pieces else where
                layout.place(
                    issue, by=by, article=pieces[name], page=page, weight=weight,
                    **({near: named} if near else {}),
                )  # fmt: skip
            assert laid_out(issue) == str(model)
            if LayoutMove.objects.count() > moves:
                stood.append(before)
            else:
                assert laid_out(issue) == before
        for before in reversed(stood):
            layout.undo(issue, by=by)
            assert laid_out(issue) == before
        traces.speak_now()


def test_an_article_itself_is_not_changed_by_moves(move, pieces):
    before = Article.objects.get(pk=pieces["乙"].pk).changed_at
    move("乙", 2)
    assert Article.objects.get(pk=pieces["乙"].pk).changed_at == before


def test_what_lies_half_a_day_back_is_not_undone(cast, move, issue):
    move("乙", 2)
    with traces.without_guards():
        LayoutMove.objects.update(at=timezone.now() - timedelta(hours=12, minutes=1))
    with pytest.raises(RefusalError, match="撤销"):
        layout.undo(issue, by=cast.issue_editor)
