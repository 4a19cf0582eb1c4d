"""The list of pieces is narrowed by every question an editor asks, and by no other."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import standing, workflow
from articles.admin.filters import STATES
from articles.admin.lists import Leaves
from articles.models import Article, Byline, Correspondent, Section
from newsroom.people.models import Unit
from newsroom.people.roles import Role
from tests import factories
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def shown(cast):
    """Ask the list, as the editor unless somebody else is named, for headlines."""

    def ask(query: str, user=None) -> list[str]:
        answer = signed_in(user or cast.editor).get(f"{LIST}?{query}")
        assert answer.status_code == 200, answer
        return sorted(article.headline for article in answer.context["cl"].result_list)

    return ask


def in_every_state(cast) -> dict[str, Article]:
    """Make a piece in each state, called by it."""
    made = {
        "draft": factories.draft(cast, headline="draft"),
        "returned": factories.submitted(cast, headline="returned"),
        "revised": factories.approved(cast, headline="revised"),
        "in_review": factories.submitted(cast, headline="in_review"),
        "approved": factories.approved(cast, headline="approved"),
        "scheduled": factories.scheduled_alone(cast, headline="scheduled"),
        "held": factories.scheduled_alone(cast, headline="held"),
        "live": factories.live_alone(cast, headline="live"),
        "withdrawn": factories.live_alone(cast, headline="withdrawn"),
        "rejected": factories.submitted(cast, headline="rejected"),
        "discarded": factories.draft(cast, headline="discarded"),
    }
    workflow.return_(made["returned"], by=cast.editor, note="改")
    workflow.revise(made["revised"], by=cast.editor)
    workflow.hold(made["held"], by=cast.chief, because="等")
    workflow.withdraw(made["withdrawn"], by=cast.chief, reason="失实")
    workflow.reject(made["rejected"], by=cast.editor, note="不用")
    workflow.discard(made["discarded"], by=cast.writer)
    return made


def test_every_state_finds_its_pieces_and_no_others(cast, shown):
    made = in_every_state(cast)
    for state in STATES:
        expected = [state]
        if state == "signed_off":
            expected = ["approved", "held", "live", "scheduled"]
        assert shown(f"state={state}") == expected, state
    assert set(made) == set(STATES) - {"signed_off"}


def test_a_state_is_what_the_line_of_the_piece_says(cast):
    for name, article in in_every_state(cast).items():
        article.refresh_from_db()
        word = standing.state(article, timezone.now()).word
        same = {name} | ({"signed_off"} if article.status == "approved" else set())
        found = {s for s in STATES if Article.objects.in_state(s).contains(article)}
        assert found - {"signed_off"} == same - {"signed_off"}
        if name not in ("in_review", "approved"):
            assert word == str(STATES[name])


def test_what_is_live_is_found_while_it_is_being_revised(cast, shown):
    article = factories.live_alone(cast, headline="甲")
    workflow.revise(article, by=cast.editor)
    assert shown("state=live") == shown("state=revised") == ["甲"]


def test_by_round_and_by_holder(cast, shown):
    first = factories.submitted(cast, headline="甲")
    second = factories.signed_by(cast, factories.submitted(cast, headline="乙"), cast.editor)
    factories.draft(cast, headline="丙")
    workflow.claim(first, by=cast.editor)
    assert shown(f"round={first.round.name}") == shown("holder=me") == ["甲"]
    assert shown(f"round={second.round.name}") == shown("holder=none") == ["乙"]
    assert shown(f"holder={cast.editor.pk}", cast.chief) == ["甲"]
    assert shown("holder=me", cast.chief) == []


def test_by_section(cast, shown):
    other = Section.objects.create(name="教育", slug="jiaoyu", position=2)
    factories.draft(cast, headline="甲")
    factories.draft(cast, headline="乙", section=other)
    Article.objects.filter(pk=factories.draft(cast, headline="丙").pk).update(section=None)
    assert shown(f"section={cast.section.pk}") == ["甲"]
    assert shown(f"section={other.pk}") == ["乙"]
    assert shown("section=none") == ["丙"]


def test_by_unit_of_who_filed_it_or_is_named_in_it(cast, shown):
    school = Unit.objects.create(name="听雨小学", kind="school")
    teacher = Correspondent.objects.create(name="郑拾一", unit=school)
    factories.draft(cast, headline="甲")
    named = factories.draft(cast, headline="乙", filed_by=cast.editor)
    named.bylines.update(correspondent=teacher)
    assert shown(f"unit={cast.unit.pk}") == ["甲"]
    assert shown(f"unit={school.pk}") == ["乙"]


def test_by_a_name_under_it_or_a_part_of_one(cast, shown):
    article = factories.draft(cast, headline="甲")
    other = factories.draft(cast, headline="乙")
    other.bylines.all().delete()
    Byline.objects.create(article=other, name="方\u3000念")
    assert shown("name=青禾") == ["甲"]
    assert shown("name=方念") == shown("name=方 念") == ["乙"]
    article.bylines.update(name="青青")
    assert shown("name=苗青禾") == ["甲"], "a pen name hides nobody from the newsroom"
    assert shown("name=%25") == []


@pytest.mark.parametrize(
    ("kind", "field"), [("filed", "filed_at"), ("changed", "changed_at"), ("", "filed_at")]
)
def test_by_days_both_included(cast, shown, kind, field):
    for day in (1, 2, 3):
        article = factories.draft(cast, headline=f"{day}日")
        at = timezone.make_aware(timezone.datetime(2023, 12, day, 23, 59))
        Article.objects.filter(pk=article.pk).update(**{field: at})
    asked = f"on={kind}&" if kind else ""
    assert shown(f"{asked}from=2023-12-02") in (["2日", "3日"], [])  # of other days, today's too
    assert shown(f"{asked}from=2023-12-02&to=2023-12-02") == ["2日"]
    assert shown(f"{asked}to=2023-12-02") == ["1日", "2日"]
    assert shown(f"{asked}from=2023-12-04&to=2023-12-03") == []


def test_by_the_day_it_went_out(cast, shown):
    factories.live_alone(cast, headline="甲")
    factories.scheduled_alone(cast, hours=72, headline="乙")
    today = timezone.localdate()
    assert shown(f"on=published&from={today}&to={today}") == ["甲"]
    assert shown(f"on=published&from={today + timedelta(days=1)}") == ["乙"]


def test_by_issue(cast, shown):
    placed = factories.draft(cast, headline="甲")
    factories.draft(cast, headline="乙")
    issue = factories.issue(cast, placed)
    assert shown(f"issue={issue.pk}") == ["甲"]
    assert shown("issue=none") == ["乙"]


def test_filters_and_words_hold_together_and_chips_take_them_off_one_by_one(cast, shown):
    factories.submitted(cast, headline="早市")
    factories.draft(cast, headline="早市草稿")
    query = f"q=早市&section={cast.section.pk}&state=in_review&o=1"
    assert shown(query) == ["早市"]
    chips = signed_in(cast.editor).get(f"{LIST}?{query}").context["cl"].chips
    assert [chip.label for chip in chips] == ["“早市”", "在审", "民生"]
    assert len(shown(chips[1].without.lstrip("?"))) == 2
    assert "state" not in chips[1].without
    assert "o=1" in chips[1].without


def test_an_empty_list_says_which_filter_to_drop(cast):
    factories.draft(cast, headline="早市")
    answer = signed_in(cast.editor).get(f"{LIST}?q=早市&state=live")
    assert [(way.label, way.count) for way in answer.context["cl"].ways_out] == [("已上线", 1)]
    assert "去掉 已上线，有 1 篇" in text(answer)


def test_empty_fields_are_left_out_of_the_address(cast):
    answer = signed_in(cast.editor).get(f"{LIST}?q=&state=live&round=&from=")
    assert (answer.status_code, answer.url) == (302, "?state=live")


# Questions that are none

STRANGE = [
    "state=nonsense", "round=-1", "holder=0", "holder=abc", "section=1e9", "section=" + "9" * 40,
    "unit=x", "issue=" + "9" * 40, "issue=٣", "from=2023-02-31", "from=99999-01-01",
    "to=0001-01-01", "from=9999-12-31", "on=password&from=2023-01-01",
    "name=" + "字" * 5000, "q=" + "字" * 3000,
    "q=%27%20OR%201=1--", "o=99", "o=-1.x.2", "o=" + "9" * 5000, "p=0", "p=-4", "p=99999999999",
    "all=", "state=live&state=draft", "queue=nonsense", "name=%F0%9F%98%80", "q=%ED%A0%80",
]  # fmt: skip


@pytest.mark.parametrize("query", STRANGE)
def test_a_strange_question_gets_a_page(cast, query):
    factories.draft(cast)
    answer = signed_in(cast.editor).get(f"{LIST}?{query}", follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("query", ["state=nonsense", "section=x", "from=2023-02-31", "unit=0"])
def test_a_value_that_means_nothing_finds_nothing_and_can_be_dropped(cast, query):
    factories.draft(cast)
    found = signed_in(cast.editor).get(f"{LIST}?{query}").context["cl"]
    assert found.result_count == 0
    assert [chip.without for chip in found.chips] == ["?"]


@pytest.mark.parametrize(
    "query",
    ["status__exact=draft", "headline__startswith=a", "section__name=x", "state__in=draft",
     "filed_by__password__startswith=p", "round__group=1", "q=%00&state=%00"],
)  # fmt: skip
def test_other_lookups_are_refused(cast, query):
    assert signed_in(cast.editor).get(f"{LIST}?{query}").status_code == 400


# Correspondents


@pytest.mark.parametrize(
    "query", ["holder=me", "section=1", "unit=1", "name=a", "issue=none", "round=初审"]
)
def test_correspondents_get_the_filters_that_make_sense_of_their_own(cast, query):
    assert signed_in(cast.writer).get(f"{LIST}?{query}").status_code == 400
    assert query.split("=")[0] + '"' not in text(signed_in(cast.writer).get(LIST))


def test_correspondents_find_out_nothing_about_others(cast, shown):
    theirs = factories.live_alone(cast, headline="他人的灯会")
    Byline.objects.filter(article=theirs).delete()
    Article.objects.filter(pk=theirs.pk).update(moved_at=timezone.now())
    own = factories.draft(cast, filed_by=cast.other_writer, headline="自己的灯会")
    own.bylines.all().delete()
    queries = ["q=灯会", "q=他人", f"q=%23{theirs.pk}", f"q={theirs.pk}", "state=live", "o=1",
               "o=-5.2", "queue=mine", "queue=own", "queue=discarded",
               "on=published&from=2000-01-01",
               "all=1", "p=2"]  # fmt: skip
    for query in queries:
        answer = signed_in(cast.other_writer).get(f"{LIST}?{query}", follow=True)
        assert theirs.headline not in text(answer), query
        found = answer.context["cl"].result_list
        assert theirs not in found
    assert shown("q=灯会", cast.other_writer) == ["自己的灯会"]


# Many


def test_filters_cost_the_same_whatever_is_found(cast):
    browser = signed_in(cast.editor)
    query = f"{LIST}?q=图书馆&section={cast.section.pk}&state=in_review&issue=none&name=青禾"

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(query).status_code == 200
        return len(asked)

    factories.submitted(cast)
    one = statements()
    for _number in range(19):
        factories.submitted(cast)
    assert statements() == one


def test_a_list_is_turned_page_by_page_and_says_where_one_is(cast, monkeypatch):
    monkeypatch.setattr(Leaves, "MOST", 60)
    Article.objects.bulk_create(
        Article(headline=f"{number:03}", filed_by=cast.writer) for number in range(70)
    )
    first = signed_in(cast.editor).get(LIST)
    assert "1–50，共 60 篇以上" in text(first)
    second = signed_in(cast.editor).get(f"{LIST}?p=2")
    beyond = signed_in(cast.editor).get(f"{LIST}?p=9")
    assert len(second.context["cl"].result_list) == 10
    assert beyond.context["cl"].page_num == 2
    shown = [*first.context["cl"].result_list, *second.context["cl"].result_list]
    assert len({article.pk for article in shown}) == 60


def test_the_newsroom_is_everybody_but_correspondents(cast):
    somebody = factories.person("两样", Role.CORRESPONDENT, Role.EDITOR)
    page = signed_in(cast.editor).get(LIST)
    holders = next(s for s in page.context["cl"].selects if s.name == "holder").options
    names = " ".join(name for _value, name in holders)
    assert somebody.name in names
    assert cast.writer.name not in names
