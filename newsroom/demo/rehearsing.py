"""Something for the dry run to find in the next issue, and an issue in which it finds nothing."""

from datetime import date, timedelta

from articles import workflow as writing
from articles.markup import from_paragraphs, paragraphs
from articles.models import Article, Byline, Section
from issues import workflow
from issues.models import Issue, Placement
from issues.rehearsing import rehearse
from newsroom.people.models import User

CLEAN = "冬日灯会特刊"
# The day is that after the issue's; the weekday beside it is another one.
FERRY = [
    "本报讯（记者 江月白）{late}，白鹭镇渡口的八盏路灯全部换成了太阳能灯，"
    "头班渡船的乘客第一次不用打手电上船。",
    "灯是{night}（{weekday}）夜里装好的。摆渡人老董说，从前起雾的早上，他要站在跳板旁边一个一个照着人走，"
    "如今跳板的边沿看得清清楚楚，他总算能腾出手来系缆绳。",
    "镇里算过账：八盏灯一年省下的电费不到两千元，可是头班船从五点五十提前到了五点半，赶早市的菜农多卖了半个钟头的菜。（下转第9版）",
]
LANTERNS = [
    "灯会的第一盏灯挂在钟楼街道的老槐树上，是修鞋匠郑拾一用旧伞骨扎的。他说自己扎了四十年鞋，头一回扎灯。",
    "今年的灯不买，都由街坊自己做：幼儿园的孩子糊了六十只纸兔，供热站的师傅用旧阀门焊了一条会冒白气的龙，"
    "卫生站的护士把输液管串成一串冰凌。",
    "灯从街口一直挂到河边，走完全程大约二十分钟。河边留了一面空墙，谁都可以把写着愿望的纸条贴上去，收灯那天由社区替大家收好。",
]
WEEKDAYS = "一二三四五六日"


def leave_findings(people: dict[str, User], today: date) -> None:
    """Put two signed pieces with faults into the next issue, and lay out one that has none."""
    if Issue.objects.filter(title=CLEAN).exists():
        return
    filled = Placement.objects.filter(page__issue__in=Issue.objects.planned(), page__number=3)
    standing = filled.order_by("page__issue__date").select_related("page__issue").first()
    if standing is not None:
        _spoil(standing.page.issue, people, today)
    clean = workflow.plan(
        by=people["issues"],
        date=today + timedelta(days=3),
        sequence=3,
        title=CLEAN,
        pages=[(1, "灯会")],
    )
    lanterns = _signed(people, "老槐树上挂起了第一盏灯", LANTERNS)
    workflow.place(clean, by=people["issues"], article=lanterns, page=1, weight="lead")
    rehearse(clean, by=people["issues"])


def _spoil(issue: Issue, people: dict[str, User], today: date) -> None:
    """Keep a run of what is there, then bring what the next one will call new."""
    rehearse(issue, by=people["issues"])
    night = today - timedelta(days=1)
    late = issue.date + timedelta(days=1)
    days = {
        "night": f"{night.month}月{night.day}日",
        "late": f"{late.month}月{late.day}日",
        "weekday": f"星期{WEEKDAYS[(night.weekday() + 1) % 7]}",
    }
    ferry = _signed(people, "白鹭镇渡口换上太阳能灯", [text.format(**days) for text in FERRY])
    workflow.place(issue, by=people["issues"], article=ferry, page=3)
    if printed := _longest(today):
        told = paragraphs(printed.sealed.body)
        again = _signed(people, f"回访：{printed.sealed.headline}"[:40], _retold(told))
        workflow.place(issue, by=people["issues"], article=again, page=3)


def _longest(today: date) -> Article | None:
    """Return the longest piece that today's paper has."""
    placed = Placement.objects.of_issues(Issue.objects.dated(today).values("pk"))
    articles = Article.objects.standing_in(placed).filter(sealed__isnull=False)
    return articles.select_related("sealed").order_by("-sealed__characters").first()


def _retold(told: list[str]) -> list[str]:
    """Return most of a text with an end of its own."""
    kept = max(1, len(told) * 2 // 3)
    return [*told[:kept], "一个月过去，记者再去看，门口排队的人还在，只是都自己带了凳子。"]


def _signed(people: dict[str, User], headline: str, texts: list[str]) -> Article:
    article = Article(
        filed_by=people["issues"],
        headline=headline,
        body=from_paragraphs(texts),
        section=Section.objects.in_use().first(),
    )

    def write():
        article.save()
        Byline.objects.create(article=article, name="江月白", role="记者")

    writing.save(article, by=people["issues"], write=write)
    writing.submit(article, by=people["issues"])
    for signer in ("editor", "deskhead", "chief"):
        writing.sign(article, by=people[signer])
    return article
