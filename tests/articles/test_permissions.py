"""Who may see, write and publish: every role against every predicate.

What verbs ask in each state of a piece stands in ``test_statuses``; here are the roles alone.
"""

import inspect

import pytest

from articles import permissions, workflow
from articles.models import Article, Byline, Correspondent, Gap
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict
from tests import factories

pytestmark = pytest.mark.django_db

WRITERS = set(Role) - {Role.ADMINISTRATOR}
EDITORS = {Role.EDITOR, Role.DESK_HEAD, Role.CHIEF_EDITOR}
HANDLERS = EDITORS | {Role.ISSUE_EDITOR}
PUBLISHERS = {Role.CHIEF_EDITOR, Role.ISSUE_EDITOR}
NEWSROOM = set(Role) - {Role.CORRESPONDENT}


def held(cast):
    return workflow.hold(factories.scheduled_alone(cast), by=cast.chief, because="缓")


def locked(cast):
    return workflow.lock(factories.draft(cast), by=cast.writer)


def rejected(cast):
    return workflow.reject(factories.submitted(cast), by=cast.editor, note="重复")


def withdrawn(cast):
    return workflow.withdraw(factories.approved(cast), by=cast.chief, reason="失实")


# predicate → (state of the piece, roles that may; the piece is somebody else's)
ALLOWED = {
    "may_see": (factories.draft, NEWSROOM),
    "may_edit": (factories.draft, HANDLERS),
    "may_clear_gap": (factories.draft, HANDLERS),
    "may_fill": (lambda cast: factories.draft(cast, body=""), HANDLERS),
    "may_keep": (factories.draft, HANDLERS),
    "may_change": (factories.draft, HANDLERS),
    "may_lock": (factories.draft, HANDLERS),
    "may_unlock": (locked, set()),
    "may_break_lock": (locked, {Role.DESK_HEAD, Role.CHIEF_EDITOR}),
    "may_hand_in": (factories.draft, HANDLERS),
    "may_put_aside": (factories.draft, HANDLERS),
    "may_submit": (factories.draft, HANDLERS),
    "may_recall": (factories.submitted, set()),
    "may_claim": (factories.submitted, {Role.EDITOR}),
    "may_return": (factories.submitted, {Role.EDITOR}),
    "may_reject": (factories.submitted, {Role.EDITOR}),
    "may_sign": (factories.submitted, {Role.EDITOR}),
    "may_act_in_round": (factories.submitted, {Role.EDITOR}),
    "may_work_in_round": (factories.submitted, {Role.EDITOR}),
    "may_comment": (factories.submitted, {Role.EDITOR}),
    "may_read_coaching": (factories.approved, NEWSROOM),
    "may_say": (factories.draft, NEWSROOM),
    "may_say_inside": (factories.draft, NEWSROOM),
    "may_name_version": (factories.approved, HANDLERS),
    "may_receive": (factories.submitted, {Role.EDITOR}),
    "may_hand_over": (factories.submitted, EDITORS),
    "may_revise": (factories.approved, HANDLERS),
    "may_take_back_signature": (factories.approved, set()),
    "may_discard": (factories.draft, HANDLERS),
    "may_restore": (rejected, HANDLERS),
    "may_publish_alone": (factories.approved, PUBLISHERS),
    "may_publish_at_once": (factories.submitted, {Role.CHIEF_EDITOR}),
    "may_drop_revision": (factories.mended, HANDLERS),
    "may_sign_minor": (factories.mended, {Role.CHIEF_EDITOR}),
    "may_reschedule_alone": (factories.scheduled_alone, PUBLISHERS),
    "may_hold": (factories.scheduled_alone, PUBLISHERS),
    "may_lift_hold": (held, PUBLISHERS),
    "may_withdraw": (factories.approved, {Role.CHIEF_EDITOR}),
    "may_correct": (factories.live_alone, EDITORS | {Role.ISSUE_EDITOR}),
    "may_reinstate": (withdrawn, {Role.CHIEF_EDITOR}),
    "may_read_sheet": (factories.draft, NEWSROOM),
    "may_let_go": (
        lambda cast: workflow.claim(factories.submitted(cast), by=cast.editor),
        {Role.DESK_HEAD, Role.CHIEF_EDITOR},
    ),
}
ALONE = {
    "may_set_rounds": {Role.CHIEF_EDITOR, Role.ADMINISTRATOR},
    "may_compose": EDITORS,
    "may_see_composed": NEWSROOM,
    "may_arrange_foot": {Role.DESK_HEAD, Role.CHIEF_EDITOR, Role.ADMINISTRATOR},
} | {
    "may_set_checklist": {Role.CHIEF_EDITOR, Role.ADMINISTRATOR},
    "may_file": WRITERS,
    "may_take_pictures": WRITERS,
    "may_keep_templates": EDITORS | {Role.ADMINISTRATOR},
    "may_see_owed": EDITORS,
    "may_see_corrections": NEWSROOM,
    "sees_everything": NEWSROOM,
}
# test_statuses, test_correcting, test_talking, test_picturing, test_reusing, desk/test_leaving
ELSEWHERE = {
    "may_gather",
    "may_be_gathered",
    "may_describe",
    "may_put_into",
    "may_entrust",
    "may_sign_late",
    "may_refuse_late",
    "may_settle",
    "may_take_back",
    "may_read_comment",
    "may_see_picture",
    "may_read_consent",
} | {  # fmt: skip
    f"may_{verb}_correction" for verb in ("sign", "return", "redraw", "drop")
}


@pytest.fixture
def cast():
    return factories.Cast()


def people():
    return {role: factories.person(f"某{role.label}", role, username=f"a {role}") for role in Role}


def predicates():
    found = inspect.getmembers(permissions, inspect.isfunction)
    return {name for name, _function in found if name.startswith(("may_", "sees_"))}


def test_every_predicate_stands_in_a_table():
    assert predicates() == set(ALLOWED) | set(ALONE) | ELSEWHERE


@pytest.mark.parametrize("name", ALLOWED)
def test_each_role_may_what_its_job_is(cast, name):
    state, roles = ALLOWED[name]
    article, may = state(cast), getattr(permissions, name)
    verdicts = {role: may(who, article) for role, who in people().items()}
    assert {role for role, verdict in verdicts.items() if verdict} == roles
    assert [v.reason for v in verdicts.values() if not v and not v.reason.strip()] == []


@pytest.mark.parametrize("name", ALLOWED)
def test_no_account_without_a_role_does_anything(cast, name):
    state, _roles = ALLOWED[name]
    article, may = state(cast), getattr(permissions, name)
    gone = factories.person("离职", *Role, username="gone", is_active=False)
    bare = factories.person("无职", username="bare")
    root = factories.person("超级", username="root", is_superuser=True)
    assert not may(gone, article)
    assert not may(bare, article)
    seeing = ("may_see", "may_read_sheet", "may_read_coaching", "may_say", "may_say_inside")
    assert bool(may(root, article)) == (name in seeing)


@pytest.mark.parametrize("name", ALONE)
def test_each_role_may_what_needs_no_piece(name):
    may = getattr(permissions, name)
    assert {role for role, who in people().items() if may(who)} == ALONE[name]
    assert not may(factories.person("离职", *Role, username="gone", is_active=False))


class TestCorrespondents:
    """Correspondents see only what they filed or are named in."""

    def test_their_own(self, cast):
        assert permissions.may_see(cast.writer, factories.draft(cast)) == YES

    def test_what_they_are_named_in(self, cast):
        article = factories.draft(cast)
        entry = Correspondent.objects.create(name="方念", user=cast.other_writer)
        Byline.objects.create(article=article, correspondent=entry, position=1)
        assert permissions.may_see(cast.other_writer, article)
        assert not permissions.may_edit(cast.other_writer, article)

    def test_not_what_a_namesake_is_named_in(self, cast):
        article = factories.draft(cast)
        Byline.objects.create(article=article, name="方念", position=1)
        assert isinstance(permissions.may_see(cast.other_writer, article), Verdict)
        assert not permissions.may_see(cast.other_writer, article)

    def test_their_own_is_theirs_to_write_until_it_is_submitted(self, cast):
        article = factories.draft(cast)
        assert permissions.may_edit(cast.writer, article)
        workflow.submit(article, by=cast.writer)
        assert not permissions.may_edit(cast.writer, article)
        workflow.recall(article, by=cast.writer)
        assert permissions.may_edit(cast.writer, article)


def test_in_review_only_who_claimed_it_writes(cast):
    article = factories.submitted(cast)
    assert not permissions.may_edit(cast.editor, article)
    workflow.claim(article, by=cast.editor)
    assert permissions.may_edit(cast.editor, article)
    assert not permissions.may_edit(cast.second_editor, article)
    assert not permissions.may_edit(cast.chief, article)


def test_what_is_missing_is_all_said_at_once(cast):
    article = Article.objects.create(filed_by=cast.writer)
    reason = permissions.may_submit(cast.writer, article).reason
    assert reason.count("。") == 3


def test_a_picture_without_words_keeps_a_piece_from_being_signed_not_from_submission(cast):
    article = factories.draft(cast)
    factories.with_photo(article, alternative_text="")
    assert permissions.may_submit(cast.writer, article)
    workflow.submit(article, by=cast.writer)
    assert not permissions.may_sign(cast.editor, article)
    assert permissions.may_claim(cast.editor, article)


def test_gaps_are_cleared_by_who_may_write(cast):
    article = factories.submitted(cast)
    Gap.objects.create(article=article, code="loss", message="缺字")
    assert not permissions.may_clear_gap(cast.editor, article)


def test_nothing_is_done_with_a_withdrawn_piece_but_reading_it(cast):
    article = factories.live_alone(cast)
    workflow.revise(article, by=cast.writer)
    workflow.withdraw(article, by=cast.chief, reason="活动取消")
    assert not permissions.may_submit(cast.writer, article)
    assert not permissions.may_hold(cast.chief, article)
    assert not permissions.may_publish_alone(cast.chief, article)
