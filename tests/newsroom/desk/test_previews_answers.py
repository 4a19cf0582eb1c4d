"""What people outside answer by a link: once, with a code, about the words they saw."""

import re
import uuid
from datetime import timedelta
from threading import Thread

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article
from newsroom.desk import delivery, phrasing
from newsroom.desk.models import Notice, PreviewAnswer, PreviewLink
from newsroom.desk.previews import lending
from newsroom.desk.previews.letters import send_preview_link
from newsroom.people.ciphers import locked
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.newsroom.desk.lent import home, inside, lend, unsigned, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """Return the cast, with an older issue that is out."""
    cast = factories.Cast()
    factories.live_issue(cast, day=timezone.localdate() - timedelta(days=7))
    return cast


# The answer


def post(client, lent, *said, code=None):
    data = {"code": lent.code if code is None else code}
    for article, verdict, remark in said:
        seen = lent.link.openings.filter(article=article).values_list("fingerprint", flat=True)
        data |= {
            f"verdict-{article.pk}": verdict, f"words-{article.pk}": remark,
            f"seen-{article.pk}": seen.first() or "",
        }  # fmt: skip
    return client.post(f"{home(lent)}answer/", data)


def test_a_bureau_head_answers_once_with_the_code(client, cast):
    article, second = unsigned(cast), factories.approved(cast)
    lent = lend(cast, issue=factories.issue(cast, article, second))
    client.get(inside(lent, article))
    client.get(inside(lent, second))
    remark = "应为“六个班”。<script>alert(1)</script>"
    sent = post(client, lent, (article, "remark", remark), (second, "correct", ""))
    assert sent.status_code == 302
    thanks = client.get(sent.url)
    assert "谢谢" in words(thanks)
    assert "<script>alert" not in thanks.content.decode()
    assert "&lt;script&gt;alert" in thanks.content.decode()
    said = {each.article_id: each for each in PreviewAnswer.objects.all()}
    assert said[article.pk].words == remark
    assert said[article.pk].called == "邱主任（区教育局）"
    assert said[article.pk].fingerprint == article.latest_version.fingerprint
    assert said[second.pk].verdict == "correct"
    again = post(client, lent, (article, "correct", ""))
    assert again.status_code == 400
    assert "验证码已用完" in words(again)
    assert PreviewAnswer.objects.count() == 2
    code = lending.renew_code(lent.link, by=cast.editor)
    assert post(client, lent, (article, "correct", ""), code=lent.code).status_code == 400
    spaced = f" {code[:4]} {code[4:]} ".translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )
    assert post(client, lent, (article, "correct", ""), code=spaced).status_code == 302


def test_a_forwarded_link_alone_cannot_speak(client, cast):
    article = unsigned(cast)
    lent = lend(cast, article=article)
    client.get(inside(lent, article))
    for code in ("", "00000000" if lent.code != "00000000" else "1" * 8, "' OR 1=1 --"):
        refused = post(client, lent, (article, "correct", "打好的字"), code=code)
        assert refused.status_code == 400
        assert "打好的字" in words(refused)
    assert not PreviewAnswer.objects.exists()


def test_a_code_is_tried_five_times_and_then_even_the_right_one_is_wrong(client, cast):
    article = unsigned(cast)
    lent = lend(cast, article=article)
    client.get(inside(lent, article))
    wrong = "00000000" if lent.code != "00000000" else "11111111"
    for left in (4, 3, 2, 1):
        assert f"还可以试 {left} 次" in words(
            post(client, lent, (article, "correct", ""), code=wrong)
        )
    assert "验证码已用完" in words(post(client, lent, (article, "correct", ""), code=wrong))
    assert post(client, lent, (article, "correct", "")).status_code == 400
    assert not PreviewAnswer.objects.exists()
    code = lending.renew_code(lent.link, by=cast.desk_head)
    assert post(client, lent, (article, "correct", ""), code=code).status_code == 302


def test_what_is_missing_costs_no_try_and_loses_nothing(client, cast):
    article = unsigned(cast)
    lent = lend(cast, article=article)
    assert "请先打开" in words(post(client, lent, (article, "correct", "")))
    client.get(inside(lent, article))
    assert "意见" in words(post(client, lent, (article, "remark", "  ")))
    assert post(client, lent).status_code == 400
    lent.link.refresh_from_db()
    assert lent.link.code_tries == 0
    assert post(client, lent, (article, "", "只写意见不选")).status_code == 302
    assert PreviewAnswer.objects.get().verdict == "remark"


def test_nobody_answers_for_pieces_or_words_that_were_not_lent(client, cast):
    article, other = unsigned(cast), unsigned(cast)
    lent = lend(cast, article=article)
    client.get(inside(lent, article))
    data = {f"verdict-{other.pk}": "correct", f"seen-{other.pk}": "0" * 64, "code": lent.code}
    assert client.post(f"{home(lent)}answer/", data).status_code == 400
    data = {f"verdict-{article.pk}": "correct", f"seen-{article.pk}": "f" * 64, "code": lent.code}
    assert client.post(f"{home(lent)}answer/", data).status_code == 400
    data[f"verdict-{article.pk}"] = "signed"
    assert client.post(f"{home(lent)}answer/", data).status_code == 400
    assert not PreviewAnswer.objects.exists()


def test_an_answer_keeps_to_the_words_it_was_about(client, cast):
    article = unsigned(cast)
    lent = lend(cast, article=article)
    client.get(inside(lent, article))
    before = lent.link.openings.get().fingerprint
    Article.objects.filter(pk=article.pk).update(headline="渡口小学明春扩班")
    data = {f"verdict-{article.pk}": "correct", f"seen-{article.pk}": before, "code": lent.code}
    assert client.post(f"{home(lent)}answer/", data).status_code == 302
    assert PreviewAnswer.objects.get().fingerprint == before
    client.force_login(cast.editor)
    read = words(client.get(reverse("admin:articles_article_read", args=[article.pk])))
    assert "邱主任（区教育局）" in read
    assert "较早的文字" in read


def test_answers_only_grow(client, cast):
    article = unsigned(cast)
    lent = lend(cast, article=article)
    client.get(inside(lent, article))
    post(client, lent, (article, "remark", "班数有误"))
    for go_around in (
        lambda: PreviewAnswer.objects.all().delete(),
        lambda: PreviewAnswer.objects.update(verdict="correct"),
        lambda: PreviewAnswer.objects.create(
            link=lent.link, article=article, verdict="remark", name="邱主任", fingerprint="1",
            sitting=uuid.uuid4(),
        ),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            go_around()


@pytest.mark.django_db(transaction=True)
def test_one_code_sent_twice_at_once_speaks_once():
    cast = factories.Cast()
    article = unsigned(cast)
    lent = lend(cast, article=article)
    Client().get(inside(lent, article))
    answers = []

    def send():
        try:
            answers.append(post(Client(), lent, (article, "correct", "")).status_code)
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 400, 400, 400]
    assert PreviewAnswer.objects.count() == 1


# The newsroom


def test_editors_are_told_and_led_to_the_piece(client, cast):
    article, second = unsigned(cast), unsigned(cast)
    workflow.claim(article, by=cast.second_editor)
    lent = lend(cast, issue=factories.issue(cast, article, second))
    for each in (article, second):
        client.get(inside(lent, each))
    post(client, lent, (second, "correct", ""), (article, "remark", "应为六个班"))
    first = PreviewAnswer.objects.order_by("pk").first()
    for _ in range(2):
        delivery.tell_of_preview_answer(first)
    told = Notice.objects.all()
    assert {each.recipient for each in told} == {cast.editor, cast.second_editor}
    for notice in told.for_display():
        assert phrasing.sentence(notice) == "邱主任（区教育局）对《渡口小学今秋扩班》有意见"
        assert phrasing.remark(notice, notice.recipient) == "应为六个班"
        assert phrasing.address(notice).endswith(f"/{article.pk}/read/#outside")
    client.force_login(cast.second_editor)
    assert client.get("/admin/notices/").status_code == 200


def test_authors_do_not_see_what_was_said_outside(client, cast):
    article = unsigned(cast)
    lent = lend(cast, article=article)
    client.get(inside(lent, article))
    post(client, lent, (article, "remark", "内部核对：班数有误"))
    client.force_login(cast.writer)
    read = words(client.get(reverse("admin:articles_article_read", args=[article.pk])))
    assert "班数有误" not in read
    assert "邱主任" not in read


def test_lending_shows_link_and_code_once(client, cast):
    article = unsigned(cast)
    client.force_login(cast.issue_editor)
    add = f"{reverse('admin:desk_previewlink_add')}?article={article.pk}"
    assert client.get(add).status_code == 200
    made = client.post(add, {"recipient": "邱主任", "span": 48})
    link = PreviewLink.objects.get()
    url = re.search(r"http://testserver(/preview/[^<]+)<", words(made))[1]
    assert client.get(url).status_code == 302
    again = words(client.get(reverse("admin:desk_previewlink_change", args=[link.pk])))
    assert url not in again
    assert link.expires_at - link.made_at == timedelta(hours=48)
    assert client.post(add, {"recipient": "", "span": 48}).status_code == 400
    assert client.post(add, {"recipient": "邱主任", "span": 9999}).status_code == 400


def test_only_editors_lend_and_any_of_them_revokes(cast):
    article = unsigned(cast)
    for person in (cast.writer, cast.administrator):
        with pytest.raises(RefusalError):
            lend(cast, article=article, by=person)
    lent = lend(cast, article=article)
    for person in (cast.writer, cast.administrator):
        for verb in (lending.revoke, lending.renew_code):
            with pytest.raises(RefusalError):
                verb(lent.link, by=person)
    lending.revoke(lent.link, by=cast.issue_editor)
    for verb in (lending.revoke, lending.renew_code):
        with pytest.raises(RefusalError):
            verb(lent.link, by=cast.chief)


@pytest.mark.parametrize("span", [timedelta(0), timedelta(days=14, seconds=1), timedelta(-1)])
def test_a_link_runs_out_in_two_weeks_at_most(cast, span):
    with pytest.raises(RefusalError):
        lend(cast, article=unsigned(cast), span=span)


def test_the_link_is_mailed_and_the_code_is_not(client, cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    lent = lend(cast, article=unsigned(cast), email="qiu@jiaoyu.example.cn")
    send_preview_link(lent.link, locked(lent.token))
    (letter,) = mail.outbox
    assert letter.to == ["qiu@jiaoyu.example.cn"]
    assert home(lent) in letter.body
    assert lent.code not in letter.body
    lending.revoke(lent.link, by=cast.chief)
    send_preview_link(lent.link, locked(lent.token))
    assert len(mail.outbox) == 1


def test_who_was_asked_and_has_not_answered_yet_stands_on_the_piece(client, cast):
    article = unsigned(cast)
    lent, lost = lend(cast, article=article), lend(cast, article=article)
    lending.revoke(lost.link, by=cast.editor)
    client.force_login(cast.editor)
    read = reverse("admin:articles_article_read", args=[article.pk])
    link = reverse("admin:desk_previewlink_change", args=[lent.link.pk])
    gone = reverse("admin:desk_previewlink_change", args=[lost.link.pk])
    assert link in words(client.get(read))
    assert gone not in words(client.get(read))
    client.get(inside(lent, article))
    post(client, lent, (article, "correct", ""))
    client.force_login(cast.editor)
    assert "等对方答复" not in words(client.get(read))
