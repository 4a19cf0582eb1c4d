"""What is asked of many is what is said of one."""

from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import permissions, workflow
from articles.models import Article, Byline, Correspondent, Release, VersionPhoto
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
        found = set(Article.objects.live(at).values_list("pk", flat=True))
        assert {what for what, article in pieces.items() if article.pk in found} == said, instant
        out = {("scheduled", alone, False) for alone in (True, False)} if at >= HOUR else set()
        assert said == out, instant


def test_what_hangs_on_it_says_the_same(pieces):
    for at in INSTANTS.values():
        live = set(Article.objects.live(at))
        photos = VersionPhoto.objects.select_related("version__article")
        shown = {p.digest for p in photos if VersionPhoto.objects.public(p.digest, at).exists()}
        assert shown == {p.digest for p in photos if p.version.article in live}
        assert set(Release.objects.due(at)) == {r for r in Release.objects.all() if r.is_due(at)}
        addressed = set(Article.objects.at_its_address(at))
        assert addressed == live | set(Article.objects.gone(at))


def test_the_database_asks_its_own_clock_unless_told(pieces):
    assert not Article.objects.live().exists()
    cast_article = pieces["none", True, False]
    workflow.publish_alone(cast_article, by=User.objects.get(username="chief"))
    assert Article.objects.live().get() == cast_article


def test_a_tombstone_stands_only_where_something_stood(pieces):
    """What was withdrawn before its hour was never there."""
    at = HOUR + timedelta(days=1)
    assert not Article.objects.gone(at).exists()
    live = pieces["none", True, False]
    chief = User.objects.get(username="chief")
    workflow.publish_alone(live, by=chief)
    workflow.withdraw(live, by=chief, reason="失实。")
    assert Article.objects.gone().get() == live


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
        for number, filer in enumerate((cast.writer, cast.editor, both, deputy, cast.desk_head)):
            for signers in ((), (cast.second_editor,), (both,), (deputy,), (cast.editor,)):
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
        factories.person("管", username=f"root{article.pk}", is_superuser=True)
        workflow.submit(article, by=cast.chief)
        for signer in signers:
            if permissions.may_sign(signer, article):
                workflow.sign(article, by=signer)

    def test_it_is_what_may_be_claimed(self, desk):
        waiting = 0
        for person in User.objects.exclude(username__startswith="root1"):
            queue = set(Article.objects.waiting_for(person).values_list("pk", flat=True))
            may = {
                article.pk
                for article in Article.objects.select_related("round", "claimed_by")
                if permissions.may_claim(person, article)
            }
            assert queue == may, person.username
            waiting += len(queue)
        assert waiting > 40

    def test_somebody_who_has_left_has_no_queue(self, desk):
        desk.editor.is_active = False
        desk.editor.save()
        assert not Article.objects.waiting_for(desk.editor).exists()

    def test_the_longest_waiting_comes_first(self, desk):
        moved = list(Article.objects.waiting_for(desk.second_editor).values_list("moved_at"))
        assert moved == sorted(moved)

    def test_a_group_given_today_counts_today(self, desk):
        desk.other_writer.groups.add(Group.objects.get(name="chief editor"))
        assert Article.objects.waiting_for(desk.other_writer).exists()
