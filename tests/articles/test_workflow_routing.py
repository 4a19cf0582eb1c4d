"""Rounds are data: a new route is checked as a whole; pieces under way keep theirs."""

import pytest
from django.urls import reverse

from articles import workflow
from articles.models import Route
from articles.triggers import ROUND_IS_SIGNED_BY_EDITORS
from articles.workflow.routing import Plan, cautions, objections, put_in_force
from newsroom.people.roles import SIGNERS, Role
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db
ADD = reverse("admin:articles_route_add")
TWO = [Plan("初审", "初", Role.EDITOR), Plan("签发", "签", Role.CHIEF_EDITOR)]


@pytest.fixture
def cast():
    return factories.Cast()


def in_force() -> Route:
    return Route.objects.in_force().get()


class TestPuttingInForce:
    """One verb retires the old route and makes the new one."""

    def test_what_is_submitted_now_takes_it(self, cast):
        former = in_force()
        route = put_in_force("两审", TWO, by=cast.chief)
        assert in_force() == route
        assert [each.name for each in route.rounds.all()] == ["初审", "签发"]
        assert route.made_by == cast.chief
        former.refresh_from_db()
        assert former.retired_at is not None
        article = factories.signed_by(cast, factories.submitted(cast), cast.editor, cast.chief)
        assert article.sealed is not None

    def test_a_piece_under_way_keeps_its_route(self, cast):
        article = factories.submitted(cast)
        put_in_force("两审", TWO, by=cast.chief)
        factories.signed_by(cast, article, cast.editor, cast.desk_head)
        assert article.round.name == "终审签发"
        workflow.sign(article, by=cast.chief)
        assert article.sealed is not None

    @pytest.mark.parametrize("who", ["writer", "editor", "desk_head", "issue_editor"])
    def test_not_by_others(self, cast, who):
        with pytest.raises(RefusalError, match="只有总编"):
            put_in_force("两审", TWO, by=getattr(cast, who))

    def test_not_over_a_route_nobody_looked_at(self, cast):
        seen = in_force().pk
        put_in_force("两审", TWO, by=cast.chief)
        with pytest.raises(RefusalError, match="期间"):
            put_in_force("又两审", TWO, by=cast.administrator, instead_of=seen)
        assert in_force().name == "两审"


FAULTS = {
    "没有名称": (" ", TWO),
    "一至五轮": ("空", []),
    "为一至五轮": ("六审", [Plan(f"第{n}审", str(n), Role.EDITOR) for n in range(6)]),
    "一个字": ("无印", [Plan("初审", " ", Role.EDITOR)]),
    "都要有名称": ("无名", [Plan(" ", "初", Role.EDITOR)]),
    "都叫": ("同名", [TWO[0], Plan("初审", "复", Role.CHIEF_EDITOR)]),
    "签印都是": ("同印", [TWO[0], Plan("复审", "初", Role.CHIEF_EDITOR)]),
    "只能由": ("众审", [Plan("众审", "众", Role.CORRESPONDENT)]),
    "管理员签字|只能由编辑": ("管审", [Plan("管审", "管", Role.ADMINISTRATOR)]),
    "凑不齐": ("三总", [Plan(f"{n}审", n, Role.CHIEF_EDITOR) for n in "甲乙"]),
}


@pytest.mark.parametrize("sentence", FAULTS)
def test_a_route_that_could_not_work_is_refused_in_a_sentence(cast, sentence):
    name, rounds = FAULTS[sentence]
    former = in_force()
    with pytest.raises(RefusalError, match=sentence):
        put_in_force(name, rounds, by=cast.chief)
    assert in_force() == former
    assert Route.objects.count() == 1


def test_a_role_without_members_signs_nothing(cast):
    cast.chief.groups.clear()
    assert any("没有成员" in sentence for sentence in objections("两审", TWO))


def test_one_person_in_two_roles_is_one_person(cast):
    """The editor and the desk head may be one: then two rounds need a second person."""
    cast.second_editor.groups.clear()
    cast.desk_head.groups.clear()
    cast.editor.groups.add(*cast.chief.groups.all())
    cast.chief.groups.clear()
    assert any("凑不齐" in sentence for sentence in objections("两审", TWO))


def test_whoever_cannot_be_spared_is_named(cast):
    found = cautions(TWO)
    assert len(found) == 1
    assert cast.chief.name in found[0]
    assert cast.editor.name not in found[0]
    factories.person("副总", Role.CHIEF_EDITOR, username="chief2")
    assert cautions(TWO) == []


def test_the_database_knows_the_same_roles():
    quoted = ROUND_IS_SIGNED_BY_EDITORS.partition("g.name IN (")[2].partition(")")[0]
    assert {name.strip(" '") for name in quoted.split(",")} == {role.value for role in SIGNERS}


class TestThePage:
    """Type, look, put in force; nothing changes before the last press."""

    def typed(self, *rounds, name="两审", **more):
        posted = {
            "name": name,
            "instead_of": in_force().pk,
            "form-TOTAL_FORMS": 5,
            "form-INITIAL_FORMS": 3,
        }
        for number in range(5):
            row = rounds[number] if number < len(rounds) else Plan("", "", Role.EDITOR)
            posted |= {
                f"form-{number}-name": row.name,
                f"form-{number}-seal": row.seal,
                f"form-{number}-role": str(row.role),
            }
        return posted | more

    def test_it_begins_with_what_is_in_force(self, cast):
        page = text(signed_in(cast.chief).get(ADD))
        assert page.count('value="初审"') == 1
        assert page.count('class="roundrow"') == 5

    def test_looking_changes_nothing(self, cast):
        page = text(signed_in(cast.chief).post(ADD, self.typed(*TWO, _check="1")))
        assert "启用后是这样" in page
        assert cast.editor.name in page
        assert "少了温以恒" in page
        assert in_force().rounds.count() == 3

    def test_putting_in_force(self, cast):
        answer = signed_in(cast.administrator).post(ADD, self.typed(*TWO, _put="1"), follow=True)
        assert "已启用" in text(answer)
        assert in_force().rounds.count() == 2

    def test_a_fault_keeps_what_was_typed(self, cast):
        twice = [TWO[0], Plan("初审", "复", Role.CHIEF_EDITOR)]
        page = text(signed_in(cast.chief).post(ADD, self.typed(*twice, _put="1")))
        assert "都叫" in page
        assert 'value="复"' in page
        assert in_force().rounds.count() == 3

    @pytest.mark.parametrize("who", ["writer", "editor", "desk_head", "issue_editor"])
    def test_others_do_not_open_it(self, cast, who):
        browser = signed_in(getattr(cast, who))
        assert browser.get(ADD).status_code == 403
        assert browser.post(ADD, self.typed(*TWO, _put="1")).status_code == 403
        assert in_force().rounds.count() == 3

    def test_rounds_that_were_are_only_read(self, cast):
        page = reverse("admin:articles_route_change", args=[in_force().pk])
        assert signed_in(cast.chief).post(page, {"name": "改名"}).status_code == 403
