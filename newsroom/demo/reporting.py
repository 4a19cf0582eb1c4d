"""Readers who have reported errors: one in each state the queue can show, and their receipts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.urls import reverse

from articles.markup import paragraphs
from articles.models import Article
from articles.workflow import sign_correction
from newsroom.demo.mailing import write_to_readers
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.readers import workflow
from newsroom.readers.models import ErrorReport

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def hear_from_readers(people: dict[str, User], say: Callable[[str], None]) -> None:
    """Write to the readers who have subscribed; let others report errors, this once."""
    write_to_readers()
    pieces = list(Article.objects.live().newest_first().select_related("sealed")[:6])
    if ErrorReport.objects.exists() or len(pieces) < 6:
        return
    now = clock.now()
    _waiting(pieces[0], now)
    _taken(pieces[1], people, now)
    _late(pieces[2], now)
    _correcting(pieces[3], people, now)
    _corrected(pieces[4], people, now)
    receipt = _answered(pieces[5], people, now)
    say(f"读者回执（已答复）: {reverse('readers:receipt', args=[receipt])}")


def _left(piece: Article, at: datetime, wrong: str, **more) -> tuple[ErrorReport, str]:
    """Let a reader report something in the first paragraph, or in the headline without a text."""
    texts = paragraphs(piece.sealed.body)
    place = ("paragraph", 0, texts[0]) if texts else ("title", None, "")
    said = workflow.Said(*place, wrong=wrong, **more)
    secret = workflow.leave_report(piece, said, nonce=f"demo {piece.pk} {wrong}", left_at=at)
    return ErrorReport.objects.of_secret(secret).get(), secret


def _waiting(piece: Article, now: datetime) -> None:
    words = "这里写的时间和社区公告栏贴的不一样，公告栏上是上午九点。"
    _left(piece, now - 3 * HOUR, words, right="上午九点", contact="000-0000 0317")
    _left(piece, now - HOUR, words, contact="yu.qinghe@example.cn")
    _left(piece, now - timedelta(minutes=4), "第一句少了一个字。")


def _taken(piece: Article, people: dict[str, User], now: datetime) -> None:
    report, _secret = _left(piece, now - 5 * HOUR, "“棠河路”现在叫“棠河大街”了。", right="棠河大街")
    workflow.take(report, by=people["editor2"])


def _late(piece: Article, now: datetime) -> None:
    _left(piece, now - 12 * DAY, "人数前后对不上，前面和后面差了两个。")


def _correcting(piece: Article, people: dict[str, User], now: datetime) -> None:
    report, _secret = _left(piece, now - DAY, "单位名称写成了旧的。", right="棠溪区城市运行中心")
    workflow.draw_up(
        report, by=people["editor2"], note="读者来信指出。",
        wrong="棠溪区数字城管中心", right="棠溪区城市运行中心",
    )  # fmt: skip


def _corrected(piece: Article, people: dict[str, User], now: datetime) -> None:
    report, _secret = _left(piece, now - 4 * DAY, "日期错了，那天是星期六。", right="12月2日")
    workflow.draw_up(
        report, by=people["editor2"], note="读者来信指出。", wrong="12月3日", right="12月2日"
    )
    for name in ("editor", "deskhead", "chief"):
        sign_correction(report.correction, by=people[name])


def _answered(piece: Article, people: dict[str, User], now: datetime) -> str:
    report, secret = _left(
        piece, now - 2 * DAY, "“廿四”是不是应该写成“二十四”？", contact="shu.lan@example.cn"
    )
    words = "感谢您来信。“廿四”是节令里的习惯写法，意思与“二十四”相同，所以没有改。"
    workflow.find_nothing_wrong(report, by=people["editor"], words=words)
    return secret
