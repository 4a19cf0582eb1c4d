"""Deputies: named for oneself between two days, shown in every signature, kept once used."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import permissions, workflow
from articles.models import Article
from newsroom.people.deputising import end_deputy, name_deputy
from newsroom.people.models import Deputy, User
from newsroom.people.permissions import may_end_deputy, names_deputies
from newsroom.people.roles import Role
from newsroom.people.verdicts import RefusalError
from tests import factories, traces
from tests.articles.desk_pages import address, signed_in, text

pytestmark = pytest.mark.django_db
ADD = reverse("admin:people_deputy_add")
DAY = timedelta(days=1)


@pytest.fixture
def cast():
    return factories.Cast()


def named(cast, principal=None, deputy=None, by=None, days=(0, 2)):
    today = timezone.localdate()
    principal = principal or cast.chief
    return name_deputy(
        principal,
        by=by or principal,
        deputy=deputy or cast.desk_head,
        starts_on=today + days[0] * DAY,
        ends_on=today + days[1] * DAY,
    )


def waiting_for_the_chief(cast) -> Article:
    """Return a piece signed by two editors and another desk head."""
    second = User.objects.filter(username="head2").first()
    second = second or factories.person("第二主任", Role.DESK_HEAD, username="head2")
    return factories.signed_by(cast, factories.submitted(cast), cast.editor, second)


class TestNaming:
    """Somebody names their own deputy; an administrator anybody's but not themselves."""

    def test_for_oneself(self, cast):
        row = named(cast)
        assert (row.principal, row.deputy) == (cast.chief, cast.desk_head)

    def test_by_an_administrator(self, cast):
        assert named(cast, by=cast.administrator).principal == cast.chief

    @pytest.mark.parametrize("who", ["writer", "editor", "desk_head", "issue_editor"])
    def test_not_by_others(self, cast, who):
        with pytest.raises(RefusalError, match=r"\S"):
            named(cast, deputy=cast.second_editor, by=getattr(cast, who))

    def test_an_administrator_does_not_make_themselves_one(self, cast):
        cast.administrator.groups.add(*cast.editor.groups.all())
        fresh = User.objects.get(pk=cast.administrator.pk)
        with pytest.raises(RefusalError, match="自己"):
            named(cast, deputy=fresh, by=fresh)

    @pytest.mark.parametrize("who", ["writer", "administrator", "chief"])
    def test_the_deputy_has_a_role_of_their_own_and_is_another(self, cast, who):
        with pytest.raises(RefusalError, match=r"\S"):
            named(cast, deputy=getattr(cast, who))

    def test_not_for_who_signs_nothing(self, cast):
        with pytest.raises(RefusalError, match="没有审签职责"):
            named(cast, principal=cast.writer, by=cast.administrator)

    @pytest.mark.parametrize("days", [(2, 1), (-3, -1)])
    def test_the_days_are_in_order_and_to_come(self, cast, days):
        with pytest.raises(RefusalError, match=r"\S"):
            named(cast, days=days)

    def test_no_day_is_named_twice(self, cast):
        named(cast, days=(0, 3))
        with pytest.raises(RefusalError, match="已经是代签人"):
            named(cast, days=(3, 5))
        named(cast, days=(4, 5))

    def test_who_may_open_the_page(self, cast):
        able = {who for who in User.objects.all() if names_deputies(who)}
        assert cast.writer not in able
        assert {cast.editor, cast.chief, cast.issue_editor, cast.administrator} <= able


class TestSigning:
    """A deputy signs for somebody, openly, and no rule is got round by it."""

    def test_every_signature_says_for_whom(self, cast):
        named(cast)
        article = waiting_for_the_chief(cast)
        workflow.sign(article, by=cast.desk_head)
        assert f"代{cast.chief}" in text(signed_in(cast.writer).get(address(article, "read")))
        workflow.publish_alone(article, by=cast.chief)
        public = Client().get(article.get_absolute_url()).content.decode()
        assert f"{cast.desk_head}（代{cast.chief}）" in public

    def test_the_queue_of_a_deputy_says_for_whom(self, cast):
        named(cast)
        waiting_for_the_chief(cast)
        page = text(signed_in(cast.desk_head).get(reverse("admin:index")))
        assert f"轮到你代{cast.chief}" in page

    def test_nobody_signs_twice_through_a_deputy(self, cast):
        """Neither the deputy for another, nor another deputy for who has signed."""
        cast.chief.groups.add(*cast.editor.groups.all())
        named(cast)
        article = factories.signed_by(cast, factories.submitted(cast), cast.editor, cast.desk_head)
        assert not permissions.may_sign(cast.desk_head, article)
        other = factories.signed_by(cast, factories.submitted(cast), cast.chief)
        workflow.sign(other, by=factories.person("第二主任", Role.DESK_HEAD, username="head2"))
        with pytest.raises(RefusalError, match="只签一审"):
            workflow.sign(other, by=cast.desk_head)

    def test_an_author_does_not_sign_by_way_of_a_deputy_or_as_one(self, cast):
        named(cast)
        for filer in (cast.chief, cast.desk_head):
            article = workflow.submit(factories.draft(cast, filed_by=filer), by=filer)
            second = User.objects.filter(username="head2").first()
            second = second or factories.person("第二主任", Role.DESK_HEAD, username="head2")
            factories.signed_by(cast, article, cast.editor, second)
            with pytest.raises(RefusalError, match=r"\S"):
                workflow.sign(article, by=cast.desk_head)

    def test_it_ends_with_its_last_day(self, cast):
        row = named(cast, days=(1, 2))
        article = waiting_for_the_chief(cast)
        assert not permissions.may_sign(cast.desk_head, article)
        yesterday = timezone.localdate() - DAY
        Deputy.objects.filter(pk=row.pk).update(starts_on=yesterday, ends_on=yesterday)
        assert not permissions.may_sign(cast.desk_head, article)


class TestOnRecord:
    """A deputy who has signed can only end earlier, and never before what was signed."""

    @pytest.fixture
    def used(self, cast):
        row = named(cast, days=(-1, 5))
        workflow.sign(waiting_for_the_chief(cast), by=cast.desk_head)
        row.refresh_from_db()
        return row

    def test_using_it_is_noted(self, used):
        assert used.used_until is not None
        assert used.starts_on <= used.used_until <= timezone.localdate()

    def test_a_day_later_it_still_ends_earlier(self, cast, used):
        assert end_deputy(used, by=cast.chief, on=timezone.localdate()).ends_on < used.ends_on

    def test_not_before_what_was_signed_nor_later(self, cast, used):
        for on in (used.used_until - DAY, used.ends_on + DAY):
            with pytest.raises(RefusalError, match=r"\S"):
                end_deputy(used, by=cast.chief, on=on)

    @pytest.mark.parametrize(
        "change",
        [
            lambda row: row.delete(),
            lambda row: Deputy.objects.update(ends_on=row.ends_on + DAY),
            lambda row: Deputy.objects.update(ends_on=row.used_until - DAY),
            lambda row: Deputy.objects.update(used_until=None),
            lambda row: Deputy.objects.update(starts_on=row.starts_on - DAY),
            lambda row: Deputy.objects.update(deputy=User.objects.get(username="editor")),
        ],
    )
    def test_the_database_keeps_it(self, used, change):
        with pytest.raises(DatabaseError, match="a deputy who has signed"):
            traces.committed(change, used)

    def test_an_unused_one_may_go(self, cast):
        named(cast).delete()
        assert not Deputy.objects.exists()

    def test_only_the_two_it_concerns_end_it(self, cast, used):
        able = {who for who in User.objects.all() if may_end_deputy(who, used)}
        assert able == {cast.chief, cast.administrator}


class TestTheDoor:
    """The page asks the same predicates and says refusals at the form."""

    def typed(self, cast, **changes):
        today = timezone.localdate()
        return {
            "principal": cast.chief.pk,
            "deputy": cast.desk_head.pk,
            "starts_on": today.isoformat(),
            "ends_on": (today + DAY).isoformat(),
        } | changes

    def test_a_chief_names_their_own(self, cast):
        browser = signed_in(cast.chief)
        page = text(browser.get(ADD))
        assert cast.editor.name in page
        assert browser.post(ADD, self.typed(cast)).status_code == 302
        assert Deputy.objects.get().principal == cast.chief

    def test_an_editor_names_none_for_the_chief(self, cast):
        answer = signed_in(cast.editor).post(ADD, self.typed(cast))
        assert answer.status_code == 200
        assert not Deputy.objects.exists()

    def test_a_refusal_stands_at_the_form(self, cast):
        named(cast)
        page = text(signed_in(cast.chief).post(ADD, self.typed(cast)))
        assert "已经是代签人" in page

    def test_a_last_day_comes_earlier(self, cast):
        row = named(cast, days=(0, 5))
        change = reverse("admin:people_deputy_change", args=[row.pk])
        posted = {"ends_on": timezone.localdate().isoformat(), "deputy": cast.editor.pk}
        assert signed_in(cast.chief).post(change, posted).status_code == 302
        row.refresh_from_db()
        assert row.ends_on == timezone.localdate()
        assert row.deputy == cast.desk_head
        assert signed_in(cast.editor).post(change, posted).status_code == 403

    def test_correspondents_have_no_such_page(self, cast):
        assert signed_in(cast.writer).get(ADD).status_code == 403
