"""The list of owed signatures, the page of one, and what the desk shows of them elsewhere."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, OwedSignature
from tests import factories, traces
from tests.articles.desk_pages import address, buttons, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def listed(user, **asked):
    """Return the list as somebody sees it."""
    return signed_in(user).get(reverse("admin:articles_article_owed"), asked)


def page_of(debt):
    return reverse("admin:articles_article_debt", args=[debt.article_id, debt.pk])


def first_debt():
    return OwedSignature.objects.order_by("round__position").first()


def long_ago():
    """Let every debt be thirty hours old."""
    then = timezone.now() - timedelta(hours=30)
    with traces.without_guards():
        OwedSignature.objects.update(owed_since=then, due_at=then + timedelta(hours=24))


def workbench(user):
    return text(signed_in(user).get(reverse("admin:index")))


class TestTheList:
    def test_it_names_piece_round_and_time_left(self, cast):
        article = factories.out_at_once(cast)
        page = text(listed(cast.editor))
        assert article.title in page
        assert "初审" in page
        assert "复审" in page
        assert "还剩 23 小时" in page

    def test_it_is_louder_after_a_day_and_loses_nothing(self, cast):
        article = factories.out_at_once(cast)
        long_ago()
        page = text(listed(cast.editor))
        assert article.title in page
        assert "超时 6 小时" in page
        assert article.title in text(listed(cast.editor, show="overdue"))

    def test_it_is_narrowed(self, cast):
        article = factories.out_at_once(cast)
        first = first_debt()
        shown = {
            kind: article.title in text(listed(cast.editor, show=kind))
            for kind in ("open", "overdue", "refused", "mine", "settled")
        }
        assert shown == {
            "open": True, "overdue": False, "refused": False, "mine": True, "settled": False,
        }  # fmt: skip
        workflow.refuse_late(article, by=cast.editor, owed=first.pk, reason="数字不对。")
        assert "须更正或撤稿" in text(listed(cast.editor, show="refused"))
        assert article.title not in text(listed(cast.editor, show="mine"))
        assert article.title in text(listed(cast.editor, show="什么"))

    def test_what_is_settled_says_how(self, cast):
        article = factories.out_at_once(cast)
        first = first_debt()
        workflow.sign_late(article, by=cast.editor, owed=first.pk)
        assert "沈予安 已补签" in text(listed(cast.chief, show="settled"))
        workflow.withdraw(article, by=cast.chief, reason="失实")
        assert "已撤稿" in text(listed(cast.chief, show="settled"))
        assert article.title not in text(listed(cast.chief))

    def test_it_is_for_reviewers(self, cast):
        for who in (cast.writer, cast.issue_editor, cast.administrator):
            assert listed(who).status_code == 403
        for who in (cast.editor, cast.desk_head, cast.chief):
            assert listed(who).status_code == 200

    def test_twenty_cost_what_one_costs(self, cast, django_assert_max_num_queries):
        factories.out_at_once(cast)
        browser = signed_in(cast.chief)
        url = reverse("admin:articles_article_owed")
        with django_assert_max_num_queries(60) as few:
            browser.get(url)
        for _number in range(10):
            factories.out_at_once(cast)
        with django_assert_max_num_queries(len(few)):
            page = browser.get(url)
        assert len(page.context["lines"]) == 22


class TestTheAnswer:
    def test_signed_on_its_page(self, cast):
        article = factories.out_at_once(cast)
        first = first_debt()
        browser = signed_in(cast.editor)
        page = text(browser.get(page_of(first)))
        assert article.sealed.basis_note in page
        assert buttons(page)["补签第1版"]
        answer = browser.post(page_of(first), {"sign": "", "reason": ""}, follow=True)
        assert "已补签" in text(answer)
        first.refresh_from_db()
        assert first.signature.signer == cast.editor

    def test_refused_with_words_and_never_without(self, cast):
        factories.out_at_once(cast)
        first = first_debt()
        browser = signed_in(cast.editor)
        blank = browser.post(page_of(first), {"refuse": "", "reason": " "})
        assert blank.status_code == 409
        assert "请写明哪里不对" in text(blank)
        browser.post(page_of(first), {"refuse": "", "reason": "水位数字不对。"})
        first.refresh_from_db()
        assert first.refusal == "水位数字不对。"

    def test_what_was_typed_is_there_after_a_refusal(self, cast):
        article = factories.out_at_once(cast)
        first = first_debt()
        browser = signed_in(cast.editor)
        workflow.withdraw(article, by=cast.chief, reason="失实")
        answer = browser.post(page_of(first), {"refuse": "", "reason": "水位数字不对。"})
        assert answer.status_code == 409
        assert (
            Article.objects.get(pk=article.pk).owed_signatures.filter(refused_at=None).count() == 2
        )

    def test_a_second_click_signs_nothing_twice(self, cast):
        factories.out_at_once(cast)
        first = first_debt()
        browser = signed_in(cast.editor)
        browser.post(page_of(first), {"sign": ""})
        assert browser.post(page_of(first), {"sign": ""}).status_code == 409

    def test_who_may_not_reads_why(self, cast):
        factories.out_at_once(cast)
        page = text(signed_in(cast.desk_head).get(page_of(first_debt())))
        assert not buttons(page)["补签"]
        assert "初审不归你签字" in page

    def test_it_shows_the_version_that_went_out(self, cast):
        article = factories.out_at_once(cast)
        workflow.revise(article, by=cast.writer)
        old = article.headline
        article.headline = "后来换的题目"
        workflow.save(article, by=cast.writer, write=article.save)
        page = text(signed_in(cast.editor).get(page_of(first_debt())))
        assert f"欠初审：{old}" in page
        assert article.headline not in page
        assert "稿件后来又有改动" in page

    def test_a_debt_of_another_piece_or_of_none_is_not_there(self, cast):
        factories.out_at_once(cast)
        debt, other = first_debt(), factories.submitted(cast)
        for number, pk in ((other.pk, debt.pk), (debt.article_id, debt.pk + 99)):
            url = reverse("admin:articles_article_debt", args=[number, pk])
            assert signed_in(cast.editor).get(url).status_code == 404
        assert signed_in(cast.other_writer).get(page_of(debt)).status_code == 404


class TestTheShout:
    def test_on_the_workbench_of_who_can_sign_and_of_chiefs(self, cast):
        article = factories.out_at_once(cast)
        for who in (cast.editor, cast.desk_head):
            assert "紧急签发后欠签 1 笔" in workbench(who)
        assert "紧急签发后欠签 2 笔" in workbench(cast.chief)
        for who in (cast.writer, cast.issue_editor, cast.administrator):
            assert "紧急签发后欠签" not in workbench(who)
        assert article.title in workbench(cast.editor)

    def test_louder_after_a_day_and_after_a_refusal(self, cast):
        article = factories.out_at_once(cast)
        assert 'role="alert"' not in workbench(cast.chief)
        workflow.refuse_late(article, by=cast.editor, owed=first_debt().pk, reason="数字不对。")
        assert 'class="banner stop" role="alert"' in workbench(cast.chief)
        assert "须更正或撤稿" in workbench(cast.chief)
        long_ago()
        assert "超时 6 小时" in workbench(cast.desk_head)

    def test_nothing_is_said_once_all_is_signed(self, cast):
        article = factories.out_at_once(cast)
        for debt, who in zip(
            article.owed_signatures.order_by("round__position"),
            (cast.editor, cast.desk_head),
            strict=True,
        ):
            workflow.sign_late(article, by=who, owed=debt.pk)
        assert "欠签" not in workbench(cast.chief)

    def test_on_the_piece_and_in_the_list_of_pieces(self, cast):
        article = factories.out_at_once(cast)
        page = text(signed_in(cast.chief).get(address(article, "read")))
        assert "第1版紧急签发，欠初审签字" in page
        assert '<span class="seal owed" aria-hidden="true">补</span>' in page
        rows = text(signed_in(cast.chief).get(reverse("admin:articles_article_changelist")))
        assert "欠签 2 笔" in rows
        assert "初审 欠签，待补" in rows


class TestTheVerbs:
    def test_the_chief_is_asked_why_in_place(self, cast):
        article = factories.submitted(cast)
        browser = signed_in(cast.chief)
        page = text(browser.get(address(article, "read")))
        assert buttons(page)["紧急签发"]
        assert "须在24小时内补签" in page
        assert "紧急签发" not in buttons(text(signed_in(cast.editor).get(address(article, "read"))))
        door = reverse("admin:articles_article_do", args=[article.pk, "publish_at_once"])
        refused = browser.post(door, {"publish_at_once-reason": ""}, follow=True)
        assert "请写明为什么不等审完就签发" in text(refused)
        browser.post(door, {"publish_at_once-reason": "水库泄洪。"})
        article.refresh_from_db()
        assert article.sealed.basis_note == "水库泄洪。"

    def test_a_long_reason_is_refused_and_kept(self, cast):
        article = factories.submitted(cast)
        door = reverse("admin:articles_article_do", args=[article.pk, "publish_at_once"])
        typed = {"publish_at_once-reason": "急" * 301}
        page = text(signed_in(cast.chief).post(door, typed, follow=True))
        assert "急" * 301 in page

    def test_the_note_is_asked_for_where_residents_can_read_the_old_version(self, cast):
        fresh = factories.draft(cast)
        assert "更改说明" not in text(signed_in(cast.writer).get(address(fresh)))
        article = factories.mended(cast)
        assert "更改说明" in text(signed_in(cast.writer).get(address(article)))
        door = reverse("admin:articles_article_do", args=[article.pk, "submit"])
        signed_in(cast.writer).post(door, {"submit-change_note": "改了一个词。"})
        article.refresh_from_db()
        assert article.change_note == "改了一个词。"
        page = text(signed_in(cast.editor).get(address(article, "read")))
        assert "第1版在线" in page
        assert "改了一个词。" in page

    def test_the_last_signer_may_still_say_it(self, cast):
        article = workflow.submit(factories.mended(cast), by=cast.writer)
        factories.signed_by(cast, article, cast.editor, cast.desk_head)
        door = reverse("admin:articles_article_do", args=[article.pk, "sign"])
        browser = signed_in(cast.chief)
        seen = {"sign-seen": article.revision}
        assert "更改说明" in text(browser.post(door, seen, follow=True))
        browser.post(door, seen | {"sign-change_note": "改了一个词。"})
        article.refresh_from_db()
        assert article.sealed.change_note == "改了一个词。"

    def test_a_minor_change_is_one_press(self, cast):
        article = factories.mended(cast)
        page = text(signed_in(cast.chief).get(address(article, "read")))
        assert buttons(page)["小改签发"]
        door = reverse("admin:articles_article_do", args=[article.pk, "sign_minor"])
        signed_in(cast.chief).post(door, {"sign_minor-seen": article.revision})
        article.refresh_from_db()
        assert article.sealed.basis == "minor"

    def test_a_larger_one_says_why_not(self, cast):
        article = factories.mended(cast, headline="换了题目")
        page = text(signed_in(cast.chief).get(address(article, "read")))
        assert not buttons(page)["小改签发"]
        assert "不只是正文" in page
