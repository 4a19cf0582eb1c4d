"""What is asked of many is what is said of one."""

from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import permissions, workflow
from articles.crews import Crew
from articles.models import Article, Byline, Correspondent, Release, VersionPhoto
from articles.standing import with_reviews
from newsroom.people.models import Deputy, User
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timezone.now() + timedelta(hours=1)
TICK = timedelta(microseconds=1)
INSTANTS = {
    "long before": HOUR - timedelta(days=1),
    "just before": HOUR - TICK,
    "at the very second": HOUR,
    "just after": HOUR + TICK,
    "long after": HOUR + timedelta(days=900),
}
RELEASES = {
    "none": None,
    "unscheduled": {},
    "scheduled": {"publish_at": HOUR},
    "held": {"publish_at": HOUR, "held": True, "held_because": "缓"},
    "held without an hour": {"held": True, "held_because": "缓"},
}


@pytest.fixture
def pieces():
    """Return a piece in every combination of what “live” asks for."""
    cast = factories.Cast()
    made = {("unsealed",): factories.submitted(cast)}
    for release, alone, withdrawn in product(RELEASES, (True, False), (True, False)):
        article = factories.draft(cast)
        factories.with_photo(article)
        workflow.submit(article, by=cast.writer)
        factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
        if RELEASES[release] is not None:
            held = Release.objects.create(alone=alone, **RELEASES[release])
            Article.objects.filter(pk=article.pk).update(release=held)
        if withdrawn:
            workflow.withdraw(article, by=cast.chief, reason="失实。")
        made[release, alone, withdrawn] = Article.objects.get(pk=article.pk)
    return made


def test_what_is_live_is_said_alike_of_one_and_of_many(pieces):
    for instant, at in INSTANTS.items():
        said = {what for what, article in pieces.items() if article.is_live(at)}
        live = set(Article.objects.live(at))
        assert {what for what, article in pieces.items() if article in live} == said, instant
        out = {("scheduled", alone, False) for alone in (True, False)} if at >= HOUR else set()
        assert said == out, instant
        follow_the_pieces(at, live)


def follow_the_pieces(at, live):
    """Photographs, releases and addresses go by the same condition."""
    photos = VersionPhoto.objects.select_related("version__article")
    shown = {p.digest for p in photos if VersionPhoto.objects.public(p.digest, at).exists()}
    assert shown == {p.digest for p in photos if p.version.article in live}
    assert set(Release.objects.due(at)) == {r for r in Release.objects.all() if r.is_due(at)}
    assert set(Article.objects.at_its_address(at)) == live | set(Article.objects.gone(at))


def test_the_database_asks_its_own_clock_unless_told():
    cast = factories.Cast()
    article, _later = factories.approved(cast), factories.scheduled_alone(cast)
    assert not Article.objects.live().exists()
    workflow.publish_alone(article, by=cast.chief)
    assert Article.objects.live().get() == article


def test_a_tombstone_stands_only_where_something_stood():
    """What was withdrawn before its hour was never there."""
    cast = factories.Cast()
    never, live = factories.scheduled_alone(cast), factories.live_alone(cast)
    for article in (never, live):
        workflow.withdraw(article, by=cast.chief, reason="失实。")
    for at in (None, HOUR + timedelta(days=1)):
        assert Article.objects.gone(at).get() == live


class TestQueues:
    """Every piece in review stands in the queue of its round; some are overdue, some unclaimed."""

    @pytest.fixture
    def cast(self):
        return factories.Cast()

    def test_a_queue_for_each_round(self, cast):
        first, second = factories.submitted(cast), factories.submitted(cast)
        workflow.sign(second, by=cast.editor)
        factories.draft(cast)
        factories.approved(cast)
        assert set(Article.objects.in_review()) == {first, second}
        assert Article.objects.in_round("初审").get() == first
        assert Article.objects.in_round("复审").get() == second
        assert not Article.objects.in_round("终审签发").exists()

    def test_what_nobody_has_claimed(self, cast):
        free, claimed = factories.submitted(cast), factories.submitted(cast)
        workflow.claim(claimed, by=cast.editor)
        factories.draft(cast)
        assert Article.objects.unclaimed().get() == free

    def test_overdue_is_said_alike_of_one_and_of_many(self, cast):
        pieces = [factories.submitted(cast), factories.draft(cast), factories.approved(cast)]
        due = pieces[0].due_at
        for at in (due - TICK, due, due + TICK, due + timedelta(days=900)):
            overdue = set(Article.objects.overdue(at))
            assert overdue == {piece for piece in pieces if piece.is_overdue(at)}
            assert bool(overdue) == (at > due)

    def test_the_database_asks_its_own_clock_unless_told(self, cast):
        early, late = factories.submitted(cast), factories.submitted(cast)
        Article.objects.filter(pk=late.pk).update(due_at=timezone.now() - TICK)
        assert early.due_at > timezone.now()
        assert Article.objects.overdue().get() == late


class TestWaitingFor:
    """The queue holds exactly what may be claimed."""

    @pytest.fixture
    def desk(self):
        cast = factories.Cast()
        both = factories.person("两职", "editor", "desk head", username="both")
        deputy = factories.person("代签", "correspondent", username="deputy")
        second = factories.person("再代", "editor", username="deputy2")
        day = timezone.localdate()
        for principal, acting, late in (
            (cast.editor, deputy, 0),
            (cast.desk_head, deputy, 0),
            (both, second, 0),
            (cast.chief, second, 0),
            (cast.chief, cast.other_writer, 9),
        ):
            start = day + timedelta(days=late)
            Deputy.objects.create(
                principal=principal, deputy=acting, starts_on=start, ends_on=start
            )
        for number, filer in enumerate((cast.writer, cast.editor, both, deputy)):
            for signers in ((), (cast.second_editor,), (both,), (deputy,)):
                self.piece(cast, filer, signers, number)
        self.piece(cast, cast.writer, (cast.second_editor, cast.desk_head), 9)
        factories.signed_by(cast, factories.submitted(cast), both, cast.desk_head)
        workflow.claim(factories.submitted(cast), by=cast.editor)
        factories.draft(cast)
        factories.approved(cast)
        return cast

    def piece(self, cast, filer, signers, number):
        article = factories.draft(cast, filed_by=filer)
        name = Correspondent.objects.get_or_create(name="罗 嘉言")[0]
        if number == 1:
            Byline.objects.create(article=article, correspondent=name, position=1)
        if number == 2:
            Byline.objects.create(article=article, name="邓　可", position=1)
        workflow.submit(article, by=cast.chief)
        for signer in signers:
            if permissions.may_sign(signer, article):
                workflow.sign(article, by=signer)

    def test_it_is_what_may_be_claimed(self, desk):
        waiting = 0
        for person in User.objects.all():
            queue = set(Article.objects.waiting_for(person).values_list("pk", flat=True))
            may = {
                article.pk
                for article in Article.objects.select_related("round", "claimed_by")
                if permissions.may_claim(person, article)
            }
            assert queue == may, person.username
            waiting += len(queue)
        assert waiting > 25

    def test_whom_a_piece_names_is_who_may_take_it(self, desk):
        crew, named = Crew(), 0
        for article in with_reviews(Article.objects.for_desk_list()):
            hands = crew.hands(article)
            may = {who for who in User.objects.all() if permissions.may_work_in_round(who, article)}
            assert {hand.person for hand in hands} == may, article
            for hand in hands:
                stands_for = hand.on_behalf_of or hand.person
                assert permissions.represented(hand.person, article) == stands_for
            named += len(hands)
        assert named > 25

    def test_somebody_who_has_left_has_no_queue(self):
        cast = factories.Cast()
        factories.submitted(cast)
        cast.editor.is_active = False
        cast.editor.save()
        assert not Article.objects.waiting_for(cast.editor).exists()

    def test_the_longest_waiting_comes_first(self):
        cast = factories.Cast()
        first, second = factories.submitted(cast), factories.submitted(cast)
        workflow.recall(first, by=cast.writer)
        workflow.submit(first, by=cast.writer)
        assert list(Article.objects.waiting_for(cast.editor)) == [second, first]

    def test_a_role_given_today_counts_today(self):
        cast = factories.Cast()
        article = factories.submitted(cast)
        cast.other_writer.groups.add(Group.objects.get(name="editor"))
        assert Article.objects.waiting_for(cast.other_writer).get() == article
