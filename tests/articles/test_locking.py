"""A piece kept to oneself for a while: who may, whom it keeps out, how it ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import permissions, workflow
from articles.models import Article, Lock
from articles.workflow.locking import extend
from newsroom.desk.delivery import tell_of_act
from newsroom.desk.models import Notice
from newsroom.desk.phrasing import remark, sentence
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def locked(cast):
    """A draft that the editor has locked."""
    return workflow.lock(factories.draft(cast), by=cast.editor)


def run_out(article):
    """Put a lock that has run out in the place of a live one."""
    Lock.objects.filter(article=article).update(ended_at=timezone.now())
    long_ago = timezone.now() - timedelta(hours=2)
    return Lock.objects.create(
        article=article, holder=article.filed_by, minutes=15, began_at=long_ago,
        until=long_ago + timedelta(minutes=15),
    )  # fmt: skip


def test_a_lock_names_its_holder_and_its_end(cast, locked):
    lock = permissions.lock_on(locked)
    assert (lock.holder, lock.minutes) == (cast.editor, 15)
    left = lock.until - timezone.now()
    assert timedelta(minutes=14) < left <= timedelta(minutes=15)


KEPT_OUT = {
    "save": lambda piece, by: workflow.save(piece, by=by, write=piece.save),
    "file_in": lambda piece, by: workflow.file_in(piece, by=by, section=piece.section),
    "submit": lambda piece, by: workflow.submit(piece, by=by),
    "discard": lambda piece, by: workflow.discard(piece, by=by),
    "lock": lambda piece, by: workflow.lock(piece, by=by),
}


@pytest.mark.parametrize("verb", KEPT_OUT)
def test_a_lock_keeps_others_out_and_its_holder_in(cast, locked, verb):
    for other in (cast.writer, cast.chief):
        with pytest.raises(RefusalError, match=cast.editor.name):
            KEPT_OUT[verb](locked, other)
    KEPT_OUT[verb](locked, cast.editor)


@pytest.mark.parametrize("verb", KEPT_OUT)
def test_a_lock_that_has_run_out_keeps_nobody_out(cast, verb):
    article = factories.draft(cast)
    run_out(article)
    KEPT_OUT[verb](article, cast.chief)


def test_no_signature_waits_for_a_lock(cast):
    article = factories.submitted(cast)
    workflow.claim(article, by=cast.editor)
    workflow.lock(article, by=cast.editor)
    workflow.publish_at_once(article, by=cast.chief, reason="水库泄洪")
    article.refresh_from_db()
    assert article.status == Article.Status.APPROVED


def test_a_lock_counts_only_while_its_holder_may_change_the_piece(cast):
    article = factories.submitted(cast)
    workflow.claim(article, by=cast.editor)
    workflow.lock(article, by=cast.editor)
    workflow.hand_over(article, by=cast.desk_head, to=cast.second_editor)
    assert permissions.lock_on(article) is None
    workflow.save(article, by=cast.second_editor, write=article.save)
    workflow.lock(article, by=cast.second_editor)
    assert Lock.objects.live().get().holder == cast.second_editor


def test_who_may_not_change_a_piece_does_not_lock_it(cast):
    article = factories.draft(cast)
    for who in (cast.other_writer, cast.administrator):
        with pytest.raises(RefusalError):
            workflow.lock(article, by=who)
    with pytest.raises(RefusalError):
        workflow.lock(factories.submitted(cast), by=cast.editor)


@pytest.mark.parametrize("minutes", [0, -15, 60, 10_000])
def test_a_lock_lasts_a_quarter_or_half_an_hour(cast, minutes):
    with pytest.raises(RefusalError):
        workflow.lock(factories.draft(cast), by=cast.editor, minutes=minutes)


def test_a_lock_is_given_up_by_its_holder_alone(cast, locked):
    for who in (cast.writer, cast.chief):
        with pytest.raises(RefusalError):
            workflow.unlock(locked, by=who)
    workflow.unlock(locked, by=cast.editor)
    assert permissions.may_change(cast.writer, locked)
    assert [act.verb for act in locked.acts.all()] == ["lock", "unlock"]


def test_typing_makes_a_lock_last(cast, locked):
    Lock.objects.update(until=timezone.now() + timedelta(minutes=1))
    extend(locked, by=cast.writer)
    assert Lock.objects.get().until < timezone.now() + timedelta(minutes=2)
    extend(locked, by=cast.editor)
    assert Lock.objects.get().until > timezone.now() + timedelta(minutes=14)


def test_a_lock_is_broken_by_who_answers_for_the_paper_with_a_reason(cast, locked):
    for who in (cast.writer, cast.second_editor, cast.issue_editor, cast.administrator):
        with pytest.raises(RefusalError):
            workflow.break_lock(locked, by=who, reason="急")
    with pytest.raises(RefusalError):
        workflow.break_lock(locked, by=cast.chief, reason=" ")
    workflow.break_lock(locked, by=cast.chief, reason="要付印了")
    lock, act = Lock.objects.get(), locked.acts.last()
    assert lock.ended_by == cast.chief
    assert (act.verb, act.to, act.note) == ("break_lock", cast.editor, "要付印了")
    with pytest.raises(RefusalError):
        workflow.break_lock(locked, by=cast.chief, reason="再来一次")


def test_who_lost_a_lock_is_told_why_and_nobody_else(cast):
    article = workflow.lock(factories.draft(cast), by=cast.writer)
    workflow.break_lock(article, by=cast.desk_head, reason="要付印了")
    tell_of_act(article.acts.last())
    notice = Notice.objects.get()
    assert notice.recipient == cast.writer
    assert cast.desk_head.name in sentence(notice)
    assert remark(notice, cast.writer) == "要付印了"


def test_the_database_keeps_one_lock_a_piece(cast, locked):
    until = timezone.now() + timedelta(minutes=15)
    with pytest.raises(IntegrityError, match="piece_has_one_lock"), transaction.atomic():
        Lock.objects.create(article=locked, holder=cast.writer, minutes=15, until=until)


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ({"minutes": 90}, "lock_runs_out_within_an_hour"),
        ({"until": timezone.now() - timedelta(days=1)}, "lock_ends_after_it_began"),
    ],
)
def test_the_database_refuses_a_lock_without_an_end(cast, fault, name):
    facts = {"minutes": 15, "until": timezone.now() + timedelta(minutes=15)} | fault
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Lock.objects.create(article=factories.draft(cast), holder=cast.writer, **facts)


@pytest.mark.parametrize("change", ["holder", "ended"])
def test_the_database_keeps_a_lock_as_it_was(cast, locked, change):
    lock = Lock.objects.get()
    changes = {"holder": cast.writer}
    if change == "ended":
        Lock.objects.update(ended_at=timezone.now())
        changes = {"ended_at": None}
    with pytest.raises(IntegrityError), transaction.atomic():
        Lock.objects.filter(pk=lock.pk).update(**changes)


# In the desk


def test_who_is_kept_out_reads_who_has_locked_it_and_until_when(cast, locked):
    page = text(signed_in(cast.writer).get(address(locked)))
    assert 'id="article_form"' not in page
    assert cast.editor.name in page
    assert f"{timezone.localtime(Lock.objects.get().until):%H:%M}" in page


def test_a_lock_from_the_form_saves_what_was_typed_first(cast):
    article = factories.draft(cast)
    typed = form_of(article, deck="锁之前打的") | {"lock-minutes": "30"}
    signed_in(cast.editor).post(address(article), typed)
    article.refresh_from_db()
    assert article.deck == "锁之前打的"
    assert permissions.lock_on(article).minutes == 30
    typed = form_of(article, deck="解之前打的") | {"unlock-now": "1"}
    signed_in(cast.editor).post(address(article), typed)
    article.refresh_from_db()
    assert (article.deck, permissions.lock_on(article)) == ("解之前打的", None)


def test_a_lock_is_broken_from_the_page_that_tells_of_it(cast, locked):
    page = text(signed_in(cast.chief).get(address(locked)))
    assert address(locked, "do", verb="break_lock") in page
    assert address(locked, "do", verb="break_lock") not in text(
        signed_in(cast.writer).get(address(locked))
    )
    reason = {"break_lock-reason": "要付印了"}
    answer = signed_in(cast.chief).post(address(locked, "do", verb="break_lock"), reason)
    assert answer.url == address(locked)
    assert permissions.lock_on(locked) is None
