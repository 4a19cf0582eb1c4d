"""A piece's whole life, clicked: returned once, changed, signed by three, changed after the second
signature and signed again by all, scheduled, live, corrected, withdrawn."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Correction, Signature
from tests.test_journey_of_an_issue import cast, desk, do  # noqa: F401 - fixtures

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HEADLINE = "石桥旧闸房改成水文小课堂"
FIRST_WORDS = "石桥旧闸房昨天重新开门，里面摆着二十张小凳子。"
ADDED = "报名电话由街道公布，十五日截止。"
MENDED = "总编补记：闸房建于一九七六年，停用二十年后由居民投票决定改作课堂，全程没有拆动一块旧砖。"
PHONE = 390


@pytest.fixture
def windows(desk, cast):  # noqa: F811 - the fixtures above
    """One window for each person: the author and the desk head hold phones."""
    return {
        "writer": desk(cast.writer, width=PHONE),
        "editor": desk(cast.editor),
        "desk_head": desk(cast.desk_head, width=PHONE),
        "chief": desk(cast.chief),
        "second_editor": desk(cast.second_editor),
    }


class Life:
    """The piece and what people do to it; each step is a click and leaves its mark."""

    def __init__(self, windows, live_server):
        self.windows, self.base = windows, live_server.url
        self.article = None

    def open(self, who: str, page: str = "change"):
        window = self.windows[who]
        window.goto(self.base + reverse(f"admin:articles_article_{page}", args=[self.article.pk]))
        window.wait_for_load_state("networkidle")
        return window

    def verb(self, who: str, verb: str, **typed):
        """Press a verb's button on the piece's page, with what it asks for."""
        window = self.open(who)
        if typed:
            window.locator(f'a[href="#verb-{verb}"]:visible').first.click()
        for name, value in typed.items():
            field = window.locator(f"[name={verb}-{name}]:visible").first
            field.select_option(value) if field.evaluate("f => f.tagName") == "SELECT" else (
                field.fill(value)
            )
        do(window, verb)
        self.article.refresh_from_db()
        return window

    def write(self, who: str, words: str):
        """Type at the end of the text and save."""
        window = self.open(who)
        window.locator(".ProseMirror p").last.click()
        window.keyboard.press("End")
        window.keyboard.type(words)
        window.get_by_role("button", name="保存", exact=True).first.click()
        window.locator(".messagelist").wait_for()
        self.article.refresh_from_db()
        assert words in self.article.body

    def sign(self, who: str):
        self.verb(who, "claim")
        self.verb(who, "sign")

    def public(self, page):
        return page.goto(self.base + self.article.get_absolute_url())


def file_a_piece(window, base: str, cast):  # noqa: F811
    window.goto(f"{base}/{settings.ADMIN_PATH}/articles/article/add/")
    window.fill("[name=headline]", HEADLINE)
    window.locator(".ProseMirror:visible").first.click()
    window.keyboard.type(FIRST_WORDS)
    window.select_option("[name=section]", label=cast.section.name)
    do(window, "submit")
    return Article.objects.get(headline=HEADLINE)


def test_a_piece_lives_from_a_phone_to_its_tombstone(windows, page, live_server, cast):  # noqa: F811
    life = Life(windows, live_server)
    article = life.article = file_a_piece(windows["writer"], life.base, cast)
    assert article.status == Article.Status.IN_REVIEW

    # Returned once, with a reason the author reads on the phone.
    life.verb("editor", "claim")
    life.verb("editor", "return_", note="请补上报名方式。")
    assert article.status == Article.Status.DRAFT
    windows["writer"].goto(f"{life.base}/{settings.ADMIN_PATH}/")
    assert "请补上报名方式。" in windows["writer"].inner_text("main, body")
    life.write("writer", ADDED)
    life.verb("writer", "submit")

    # Two sign; the third changes it first, and both are shown exactly what.
    for who in ("editor", "desk_head"):
        life.sign(who)
    life.verb("chief", "claim")
    life.write("chief", MENDED)
    life.verb("chief", "sign")
    assert article.status == Article.Status.IN_REVIEW
    assert article.round.position == 1
    assert Signature.objects.standing().get().signer == cast.chief
    for who in ("editor", "desk_head"):
        read = life.open(who, "read")
        marked = "".join(read.locator("article.read ins").all_inner_texts())
        assert MENDED in marked.replace("\n", "")
        assert FIRST_WORDS not in marked
        life.sign(who)
    assert article.status == Article.Status.APPROVED
    assert article.sealed.fingerprint == article.latest_version.fingerprint

    # Scheduled: nobody outside sees it before its second, everybody after it.
    at = timezone.now() + timedelta(seconds=4)
    workflow.publish_alone(article, by=cast.chief, at=at)
    assert life.public(page).status == 404
    time.sleep(max(0, (at - timezone.now()).total_seconds()) + 0.3)
    assert life.public(page).status == 200
    assert MENDED in page.inner_text("main")

    # Corrected, signed round by round by others than who drew it up.
    life.verb("editor", "draw_up_correction", wrong="一九七六年", right="一九七八年")
    correction = Correction.objects.get()
    life.public(page)
    assert "一九七八年" not in page.inner_text("main")
    for who in ("second_editor", "desk_head", "chief"):
        life.verb(who, "sign_correction")
        correction.refresh_from_db()
    assert correction.signed_at
    life.public(page)
    assert "一九七八年" in page.inner_text("main")
    page.goto(life.base + reverse("articles:corrections"))
    assert "一九七八年" in page.inner_text("main")

    # Withdrawn: a tombstone at once, and out of the lists.
    life.verb("chief", "withdraw", reason="当事人要求。", public_note="本文已撤下。")
    answer = life.public(page)
    assert answer.status == 410
    assert "本文已撤下。" in page.inner_text("main")
    page.goto(life.base)
    assert HEADLINE not in page.content()
