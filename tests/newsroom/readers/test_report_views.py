"""What residents report, and what attackers try: floods, other sites, guessed receipts."""

import logging
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import workflow as writing
from newsroom.people import clock
from newsroom.people.quiet import SecretAddressesMasked
from newsroom.readers import limits, stamps, workflow
from newsroom.readers.models import DayKey, ErrorReport, Knock
from newsroom.readers.plain import plain
from newsroom.readers.reader_pages import is_from_elsewhere
from newsroom.readers.report_views import LIMIT
from tests import factories

pytestmark = pytest.mark.django_db
TYPED = {"place": "p0", "wrong": "灯亮的是周三", "right": "周四", "contact": "", "homepage": ""}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}\u202egnp.x\x00\u200b"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def article(cast):
    return factories.live_alone(cast, body="<p>第一段说灯。</p><p>第二段说书，周三开放。</p>")


def door(article) -> str:
    return reverse("readers:report", args=[article.pk])


def stamp(article, **how) -> str:
    how.setdefault("shown_before", True)
    return stamps.make("report", article.pk, article.sealed_id, **how)


def send(article, *, browser=None, headers=None, **typed):
    typed = {**TYPED, "stamp": stamp(article), **typed}
    return (browser or Client()).post(door(article), typed, headers=headers or {})


def text(response) -> str:
    return response.content.decode()


def told(response) -> str:
    return " ".join(re.findall(r'class="(?:trouble|wrong)"[^>]*>(.*?)</', text(response), re.S))


class TestReporting:
    def test_a_resident_reports_without_cookie_script_or_account(self, client, article):
        page = client.get(door(article))
        assert re.search(r'name="stamp" value="[^"]+"', text(page))
        read_for = clock.now() - timedelta(seconds=8)
        given = stamp(article, shown_before=False, made_at=read_for)
        answer = client.post(door(article), {**TYPED, "stamp": given})
        assert (answer.status_code, len(answer.cookies)) == (303, 0)
        made = ErrorReport.objects.get()
        assert (made.place, made.paragraph, made.quote) == ("paragraph", 0, "第一段说灯。")
        assert made.version == article.sealed
        receipt = client.get(answer.url)
        assert "收到了" in text(receipt)
        assert answer.url in text(receipt)

    def test_pages_and_receipts_are_kept_by_nobody_and_told_to_nobody(self, client, article):
        answers = [client.get(door(article)), send(article)]
        answers.append(client.get(answers[1].url))
        assert all(each.headers["Cache-Control"] == "no-store" for each in answers)
        receipt = answers[2]
        assert receipt.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in receipt.headers["X-Robots-Tag"]
        settings_of_others = text(receipt).split("<footer")[1]
        assert answers[1].url.split("/")[2] not in settings_of_others

    def test_all_that_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(self, article):
        answer = send(article, place="p99", wrong=" ", right="周四晚", contact="不说@")
        assert answer.status_code == 400
        assert 'href="#id_place_0"' in text(answer)
        assert 'aria-invalid="true"' in text(answer)
        assert "周四晚" in text(answer)
        assert "不说@" in text(answer)
        assert not ErrorReport.objects.exists()

    @pytest.mark.parametrize("field", ["wrong", "right", "contact"])
    def test_lengths_are_bounded(self, article, field):
        assert send(article, **{field: "长" * 501}).status_code == 400

    def test_marked_words_choose_their_paragraph(self, client, article):
        page = text(client.get(door(article), {"words": "周三 开放"}))
        assert re.search(r'value="p1"[^>]*checked', page)
        assert "“周三 开放”" in page

    def test_a_report_is_of_the_text_that_was_read(self, cast, article):
        old, was = stamp(article), article.sealed
        revised = writing.revise(article, by=cast.writer)
        revised.body = "<p>新写的开头。</p>" + revised.body.replace("周三", "周四")
        writing.save(revised, by=cast.writer, write=revised.save)
        revised = writing.submit(revised, by=cast.writer, change_note="改了日期。")
        factories.signed_by(cast, revised, cast.editor, cast.desk_head, cast.chief)
        revised.refresh_from_db()
        assert revised.sealed != was
        again = send(revised, place="p1", wrong="", stamp=old)
        assert re.search(r'value="p2"[^>]*checked', text(again))
        send(revised, place="p1", stamp=old)
        made = ErrorReport.objects.get()
        assert (made.version, made.quote) == (was, "第二段说书，周三开放。")

    def test_only_what_is_live_takes_reports(self, client, cast, article):
        nowhere = client.get(reverse("readers:report", args=[10**9])).content
        waiting = factories.scheduled_alone(cast)
        for method in (client.get, client.post):
            answer = method(door(waiting))
            assert answer.status_code == 404
            assert answer.content == nowhere
        writing.withdraw(article, by=cast.chief, reason="失实。")
        answer = send(article)
        assert answer.status_code == 410
        assert not ErrorReport.objects.exists()

    def test_a_page_costs_the_same_for_one_paragraph_and_twenty(self, client, cast, article):
        def statements(piece):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(door(piece)).status_code == 200
            return len(asked)

        long = factories.live_alone(cast, body="<p>一段。</p>" * 20)
        assert statements(article) == statements(long) <= 4


class TestAttacks:
    def test_a_form_sent_at_once_or_after_a_day_is_shown_again_with_all_that_was_typed(
        self, article
    ):
        early = send(article, stamp=stamp(article, shown_before=False))
        old = stamp(article, made_at=clock.now() - timedelta(hours=13))
        late = send(article, stamp=old)
        for answer, word in ((early, "太快"), (late, "太久")):
            assert answer.status_code == 400
            assert word in told(answer)
            assert TYPED["wrong"] in text(answer)
            given = re.search(r'name="stamp" value="([^"]+)"', text(answer))[1]
            assert send(article, stamp=given).status_code == 303

    def test_a_stamp_is_good_for_its_piece_alone_and_cannot_be_made_up(self, cast, article):
        other = factories.live_alone(cast)
        letters = stamps.make("newsletter", article.pk, article.sealed_id, shown_before=True)
        for wrong in (
            "",
            "x",
            "é\x00",
            "a" * 9999,
            stamp(other),
            letters,
            stamp(article)[:-1] + "_",
        ):
            assert send(article, stamp=wrong).status_code == 400
        assert not ErrorReport.objects.exists()

    def test_what_fills_in_every_field_is_stopped_and_told_what_to_do(self, article):
        answer = send(article, homepage="https://buy.example")
        assert answer.status_code == 400
        assert "清空" in told(answer)
        assert not ErrorReport.objects.exists()

    def test_a_flood_is_stopped_and_nobody_elses_network_with_it(self, article):
        answers = [
            send(article, wrong=f"第{number}条", browser=Client(REMOTE_ADDR="203.0.113.9"))
            for number in range(LIMIT.an_hour + 3)
        ]
        assert [each.status_code for each in answers[LIMIT.an_hour :]] == [429] * 3
        assert ErrorReport.objects.count() == LIMIT.an_hour
        assert "太多" in told(answers[-1])
        assert f"第{LIMIT.an_hour + 2}条" in text(answers[-1])
        assert send(article, browser=Client(REMOTE_ADDR="203.0.113.10")).status_code == 303

    def test_networks_are_counted_under_a_name_that_dies_with_its_day(self, article):
        send(article)
        first = Knock.objects.get().network
        assert "127.0.0.1" not in repr(list(Knock.objects.values()))
        DayKey.objects.update(day=timezone.localdate() - timedelta(days=1))
        Knock.objects.update(hour=timezone.now() - timedelta(days=1))
        assert limits.is_within(LIMIT, "127.0.0.1")
        assert DayKey.objects.count() == 1
        assert Knock.objects.get().network != first

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"Sec-Fetch-Site": "cross-site"}, 403),
            ({"Sec-Fetch-Site": "same-site"}, 403),
            ({"Origin": "https://elsewhere.example"}, 403),
            ({"Origin": "null"}, 403),
            ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 303),
            ({"Origin": "http://testserver"}, 303),
            ({}, 303),
        ],
    )
    def test_another_site_cannot_send_in_a_readers_name(self, article, headers, status):
        answer = send(article, headers=headers)
        assert answer.status_code == status
        assert ErrorReport.objects.exists() is (status == 303)

    def test_hostile_words_are_words(self, client, cast, article):
        answer = send(article, wrong=HOSTILE, right=HOSTILE, contact=f"{'1' * 9}{HOSTILE}"[:100])
        made = ErrorReport.objects.get()
        client.force_login(cast.editor)
        pages = [client.get(answer.url), client.get(f"{answer.url}change/")]
        for page in pages:
            shown = text(page)
            assert "<script>alert" not in shown
            assert "<img src=x" not in shown
            assert "49gnp" not in shown
        assert not set("\u202e\x00\u200b") & set(made.wrong + made.right + made.contact)

    def test_words_are_made_plain(self):
        assert plain(" 周\u202e三\x07\r\n第\t二行\u200b ") == "周三\n第 二行"

    def test_receipts_are_neither_guessed_nor_numbered(self, client, article):
        made = factories.reported(article)
        nowhere = client.get("/reports/" + "A" * 43 + "/")
        for guess in (made.secret[:-1] + ("A" if made.secret[-1] != "A" else "B"),
                      made.secret.swapcase(), made.secret_hash, str(made.pk), "%00"):  # fmt: skip
            answer = client.get(f"/reports/{guess}/")
            assert answer.status_code == 404, guess
            assert answer.headers.items() == nowhere.headers.items()
        assert client.get(f"/reports/{made.secret}/").status_code == 200

    def test_a_stolen_receipt_changes_nothing_after_ten_minutes(self, client, article):
        made = factories.reported(article, minutes=11, contact="13800000000")
        for page in ("change/", "take-back/"):
            answer = client.post(f"/reports/{made.secret}/{page}", TYPED)
            assert answer.status_code == 409
            assert "十分钟已过" in told(answer)
        made.refresh_from_db()
        assert made.contact == "13800000000"

    def test_within_ten_minutes_it_is_changed_or_taken_back(self, client, article):
        made = factories.reported(article, minutes=2)
        answer = client.post(f"/reports/{made.secret}/change/", TYPED | {"wrong": "新说法"})
        assert answer.status_code == 303
        assert "新说法" in text(client.get(answer.url))
        assert client.get(f"/reports/{made.secret}/take-back/").status_code == 405
        assert client.post(f"/reports/{made.secret}/take-back/").status_code == 303
        page = text(client.get(answer.url))
        assert "已撤回" in page
        assert "新说法" not in page

    def test_a_double_click_leaves_one_report(self, article):
        same = stamp(article)
        assert send(article, stamp=same).url == send(article, stamp=same).url
        assert ErrorReport.objects.count() == 1

    def test_a_receipt_shows_no_more_of_a_withdrawn_piece_than_its_tombstone(
        self, client, cast, article
    ):
        answer = send(article, place="p1")
        page = text(client.get(answer.url))
        assert "第二段说书" in page
        writing.withdraw(article, by=cast.chief, reason="失实。")
        page = text(client.get(answer.url))
        assert "第二段说书" not in page
        assert article.headline.replace("|", "") in page

    def test_a_receipt_does_not_tell_of_a_correction_before_it_is_public(
        self, client, cast, article
    ):
        made = factories.reported(article)
        workflow.draw_up(made, by=cast.editor, wrong="暗语错", right="暗语对")
        assert "暗语" not in text(client.get(f"/reports/{made.secret}/"))
        drawn = made.correction
        for signer in (cast.second_editor, cast.desk_head, cast.chief):
            drawn = writing.sign_correction(drawn, by=signer)
        page = text(client.get(f"/reports/{made.secret}/"))
        assert "已经更正" in page
        assert "暗语对" in page

    def test_the_log_and_the_history_know_no_secret(self, client, article):
        answer = send(article)
        secret = answer.url.split("/")[2]
        told_of = ("Bad Request", f"/large/reports/{secret}/change/")
        line = logging.LogRecord("django.request", 30, "", 1, "%s: %s", told_of, None)
        assert SecretAddressesMasked().filter(line)
        assert secret not in line.getMessage()
        client.post(f"{answer.url}change/", TYPED | {"wrong": "再说"})
        events = ErrorReport.pgh_event_models["update"].objects.values_list("pgh_context")
        assert events.exists()
        assert secret not in repr(list(events))


def test_old_browsers_that_tell_nothing_are_believed(rf):
    assert not is_from_elsewhere(rf.post("/"))
