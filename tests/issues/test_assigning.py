"""Every verb of an assignment, in every state it can be in, by everybody; and what it promises."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from articles import workflow
from articles.models import Article
from issues import assigning
from issues.models import Assignment, AssignmentAct
from issues.permissions import may_see_assignment, may_take_up
from issues.statuses import AssignmentState
from newsroom.people.verdicts import RefusalError
from tests import factories

pytestmark = pytest.mark.django_db

EDITORS = {"editor", "second_editor", "desk_head", "chief", "issue_editor"}
WRITER = {"writer"}


@pytest.fixture
def cast():
    return factories.Cast()


OWN = "先写好的一篇"


def taken(cast):
    return assigning.take_up(factories.asked(cast), by=cast.writer)


def filed(cast):
    made = taken(cast)
    article = made.article
    article.body = "<p>写好了。</p>"
    article.section = cast.section
    article.save()
    workflow.submit(article, by=cast.writer)
    return Assignment.objects.get(pk=made.pk)


def put_aside(cast):
    made = taken(cast)
    workflow.discard(made.article, by=cast.writer)
    return Assignment.objects.get(pk=made.pk)


STATES = {
    "offered": factories.offered,
    "open": factories.asked,
    "taken": taken,
    "filed": filed,
    "put aside": put_aside,
    "declined": lambda cast: assigning.decline_offer(
        factories.offered(cast), by=cast.editor, note="上周刊发过。"
    ),
    "dropped": lambda cast: assigning.drop(factories.asked(cast), by=cast.editor),
}
# verb → state → who may. What is not named here is refused, to everybody.
ALLOWED = {
    "accept_offer": {"offered": EDITORS},
    "decline_offer": {"offered": EDITORS},
    "take_up": {"open": WRITER, "put aside": WRITER},
    "answer_with": {"open": WRITER, "put aside": WRITER},
    "drop": {"offered": WRITER, "open": EDITORS, "taken": EDITORS, "put aside": EDITORS},
    "reopen": {"declined": EDITORS, "dropped": EDITORS},
    "change_deadline": dict.fromkeys(("offered", "open", "taken", "put aside"), EDITORS),
    "reword": dict.fromkeys(("offered", "open", "taken", "put aside"), EDITORS),
}


def arguments(verb):
    later = timezone.now() + timedelta(days=5)
    return {
        "decline_offer": {"note": "上周刊发过。"},
        "reopen": {"due_at": later},
        "change_deadline": {"due_at": later},
        "reword": {"topic": "换个题目", "brief": ""},
        "answer_with": {"article": Article.objects.filter(headline=OWN).first()},
    }.get(verb, {})


def everybody(cast):
    people = {name: who for name, who in vars(cast).items() if hasattr(who, "username")}
    gone = factories.person("离职", "editor", username="gone", is_active=False)
    root = factories.person("超级", username="root", is_superuser=True)
    return {**people, "superuser": root, "gone": gone}


def test_every_verb_stands_in_the_matrix():
    assert set(ALLOWED) == set(assigning.__all__) - {"RefusalError", "assign", "offer"}


@pytest.mark.parametrize("state", STATES)
def test_who_may_does_and_everybody_else_is_refused_in_a_sentence(cast, state):
    made, people = STATES[state](cast), everybody(cast)
    factories.draft(cast, headline=OWN)
    for verb, states in ALLOWED.items():
        happened = {name for name, who in people.items() if attempt(verb, made, who)}
        assert happened == set(states.get(state, ())), verb


def attempt(verb, made, who) -> bool:
    """Say whether a verb happened; either way nothing is left of it."""
    acts, said = AssignmentAct.objects.count(), None
    point = transaction.savepoint()
    try:
        getattr(assigning, verb)(Assignment.objects.get(pk=made.pk), by=who, **arguments(verb))
    except RefusalError as refusal:
        said = str(refusal)
    done = said is None
    assert done or said
    assert AssignmentAct.objects.count() == acts + done
    last = AssignmentAct.objects.first()
    assert not done or (last.verb, last.by) == (verb, who)
    transaction.savepoint_rollback(point)
    return done


@pytest.mark.parametrize("name", sorted(EDITORS | {"administrator", "writer", "superuser", "gone"}))
def test_editors_ask_and_writers_offer(cast, name):
    who = everybody(cast)[name]
    may = {
        "assign": name in EDITORS,
        "offer": name in EDITORS | WRITER,
    }
    how = {"topic": "冬至民俗", "due_at": timezone.now() + timedelta(days=1)}
    for verb, more in (("assign", {"person": cast.writer}), ("offer", {})):
        if may[verb]:
            assert getattr(assigning, verb)(by=who, **how, **more).acts.get().verb == verb
        else:
            with pytest.raises(RefusalError):
                getattr(assigning, verb)(by=who, **how, **more)


# What is asked must make sense


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"topic": "  "}, "写什么"),
        ({"days": -1}, "过去"),
        ({"person": None}, "一个人或一个单位"),
        ({"page": 2}, "刊期"),
    ],
)
def test_a_senseless_request_is_refused_with_what_is_wrong(cast, changes, sentence):
    with pytest.raises(RefusalError, match=sentence):
        factories.asked(cast, **changes)


def test_only_who_writes_is_asked(cast):
    with pytest.raises(RefusalError, match=cast.administrator.name):
        factories.asked(cast, person=cast.administrator)


def test_a_closed_issue_asks_for_nothing_more(cast):
    closed = factories.closed_issue(cast, factories.approved(cast))
    with pytest.raises(RefusalError):
        factories.asked(cast, issue=closed)
    made = factories.asked(cast)
    with pytest.raises(RefusalError):
        assigning.reword(made, by=cast.editor, topic="题", brief="", issue=closed)


# Beginning


def test_beginning_makes_the_draft_with_all_that_is_known(cast):
    made = factories.asked(cast, topic="雪前检修", section=cast.section, kind="feature")
    assigning.take_up(made, by=cast.writer)
    article = made.article
    assert (article.headline, article.section, article.kind) == (
        "雪前检修",
        cast.section,
        "feature",
    )
    assert (article.filed_by, article.status, article.revision) == (cast.writer, "draft", 1)
    assert article.bylines.get().correspondent == cast.correspondent
    assert (made.state, made.taken_by) == (AssignmentState.TAKEN, cast.writer)


def test_a_piece_that_was_begun_before_it_was_asked_for_answers_it(cast):
    piece, made = factories.draft(cast), factories.asked(cast)
    assert list(Assignment.objects.answerable_by(cast.writer)) == [piece]
    made = assigning.answer_with(made, by=cast.writer, article=piece)
    assert (made.state, made.article, made.taken_by) == (AssignmentState.TAKEN, piece, cast.writer)
    assert not Assignment.objects.answerable_by(cast.writer).exists()


def test_a_piece_answers_one_assignment(cast):
    piece = factories.draft(cast)
    assigning.answer_with(factories.asked(cast), by=cast.writer, article=piece)
    with pytest.raises(RefusalError, match="另一个"):
        assigning.answer_with(factories.asked(cast), by=cast.writer, article=piece)


@pytest.mark.parametrize("which", ["another's", "put aside", "gone out", "withdrawn"])
def test_nobody_answers_with_a_piece_that_is_anothers_or_over(cast, which):
    piece = {
        "another's": lambda: factories.draft(cast, filed_by=cast.editor),
        "put aside": lambda: workflow.discard(factories.draft(cast), by=cast.writer),
        "gone out": lambda: factories.live_alone(cast),
        "withdrawn": lambda: workflow.withdraw(
            factories.live_alone(cast), by=cast.chief, reason="失实。"
        ),
    }[which]()
    made = factories.asked(cast)
    with pytest.raises(RefusalError):
        assigning.answer_with(made, by=cast.writer, article=piece)
    assert not Assignment.objects.answerable_by(cast.writer).filter(pk=piece.pk).exists()


def test_of_two_in_a_unit_the_second_is_told_who_writes_it(cast):
    colleague = factories.person("何小满", "correspondent", unit=cast.unit)
    made = factories.asked(cast, unit=cast.unit)
    stale = Assignment.objects.get(pk=made.pk)
    assigning.take_up(made, by=colleague)
    with pytest.raises(RefusalError, match="何小满"):
        assigning.take_up(stale, by=cast.writer)
    assert Article.objects.count() == 1


def test_a_draft_put_aside_frees_the_assignment_and_brought_back_takes_it_again(cast):
    colleague = factories.person("何小满", "correspondent", unit=cast.unit)
    made = assigning.take_up(factories.asked(cast, unit=cast.unit), by=cast.writer)
    first = made.article
    workflow.discard(first, by=cast.writer)
    made.refresh_from_db()
    assert made.is_free
    workflow.restore(first, by=cast.writer)
    made.refresh_from_db()
    assert not may_take_up(colleague, made)
    workflow.discard(first, by=cast.writer)
    made.refresh_from_db()
    assigning.take_up(made, by=colleague)
    assert made.article != first
    assert made.taken_by == colleague


def test_a_piece_handed_in_is_in_and_returned_it_still_is(cast):
    made = filed(cast)
    assert made.handed_in_at is not None
    workflow.return_(made.article, by=cast.editor, note="补数字。")
    made = Assignment.objects.get(pk=made.pk)
    assert made.handed_in_at is not None
    assert not made.is_late(timezone.now() + timedelta(days=9))


def test_called_off_the_draft_stays_with_its_writer(cast):
    made = taken(cast)
    article = made.article
    assigning.drop(made, by=cast.editor, note="版面改了。")
    article.refresh_from_db()
    assert (article.status, article.filed_by) == ("draft", cast.writer)
    assert (made.article, made.acts.first().note) == (None, "版面改了。")


def test_an_offer_taken_up_is_wanted_of_who_offered_it(cast):
    issue = factories.issue(cast, pages=[(1, "要闻"), (2, "民生")])
    made = assigning.accept_offer(factories.offered(cast), by=cast.editor, issue=issue, page=2)
    assert (made.person, made.asked_by, made.page) == (cast.writer, cast.editor, 2)
    assert may_take_up(cast.writer, made)


def test_declining_says_why(cast):
    with pytest.raises(RefusalError):
        assigning.decline_offer(factories.offered(cast), by=cast.editor, note=" ")


def test_a_deadline_moved_meanwhile_is_not_moved_by_who_saw_the_old_one(cast):
    made = factories.asked(cast)
    seen, later = made.due_at, made.due_at + timedelta(days=1)
    assigning.change_deadline(made, by=cast.editor, due_at=later, seen=seen)
    with pytest.raises(RefusalError):
        assigning.change_deadline(
            made, by=cast.second_editor, due_at=later + timedelta(days=1), seen=seen
        )
    made.refresh_from_db()
    assert made.due_at == later


# Who knows of it


def test_one_rule_says_of_one_and_of_many_who_sees_them(cast):
    colleague = factories.person("何小满", "correspondent", unit=cast.unit, username="colleague")
    factories.asked(cast, person=cast.other_writer)
    factories.asked(cast, unit=cast.unit)
    factories.offered(cast, by=cast.other_writer)
    assigning.take_up(factories.asked(cast, unit=cast.unit), by=colleague)
    for make in STATES.values():
        make(cast)
    everything = list(Assignment.objects.all())
    for user in (cast.writer, cast.other_writer, colleague):
        seen = set(Assignment.objects.concerning(user))
        assert seen == {each for each in everything if may_see_assignment(user, each)}, user
        assert seen < set(everything)
    assert all(may_see_assignment(cast.editor, each) for each in everything)


def test_units_do_not_see_each_others_assignments_nor_what_a_colleague_has_begun(cast):
    colleague = factories.person("何小满", "correspondent", unit=cast.unit)
    made = factories.asked(cast, unit=cast.unit)
    assert list(Assignment.objects.concerning(cast.other_writer)) == []
    assert list(Assignment.objects.asked_of(cast.writer)) == [made]
    assigning.take_up(made, by=colleague)
    assert list(Assignment.objects.concerning(cast.writer)) == []
    assert list(Assignment.objects.asked_of(colleague)) == [made]


def test_free_and_late_are_the_same_of_one_and_of_many(cast):
    for make in STATES.values():
        make(cast)
    at = timezone.now() + timedelta(days=3)
    everything = list(Assignment.objects.for_desk())
    assert set(Assignment.objects.free()) == {each for each in everything if each.is_free}
    late = {each for each in everything if each.is_late(at)}
    assert set(Assignment.objects.late(at)) == late
    assert 0 < len(late) < len(everything)
