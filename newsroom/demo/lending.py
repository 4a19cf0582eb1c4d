"""A piece that was lent to somebody outside, who has looked at it and found one thing wrong."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from articles.models import Article
from newsroom.desk.models import PreviewLink
from newsroom.desk.previews import lending
from newsroom.desk.previews.coverage import Coverage
from newsroom.people.models import User

PHONE = "微信 · Android"
REMARK = "第二段的开放时间是周二至周日，周一闭馆；其余属实。"


def lend_one(people: dict[str, User], say: Callable[[str], None]) -> None:
    """Lend a piece in review, let it be opened and answered, and tell the link, this once."""
    article = Article.objects.in_review().order_by("pk").first()
    if article is None or PreviewLink.objects.exists():
        return
    lent = lending.lend(
        by=people["editor"],
        recipient="邱主任",
        organisation="区教育局",
        purpose="时间、人数和校名",
        article=article,
        span=timedelta(days=14),
    )
    piece = Coverage(lent.link).pieces[article.pk]
    for _ in range(2):
        lending.note_opening(lent.link, device=PHONE, piece=piece)
    said = lending.Said(article, "remark", REMARK, piece.fingerprint)
    lending.answer(lent.link, code=lent.code, said=[said])
    code = lending.renew_code(lent.link, by=people["editor"])
    say(f"外发核对（邱主任）: {reverse('previews:home', args=[lent.token])}  验证码 {code}")
