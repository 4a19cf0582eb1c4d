"""A piece that the newsroom talks about, and one whose author can read what editors made of it."""

from articles import workflow
from articles.models import Article, Comment
from newsroom.demo.meeting import meet_at

# What an editor made of the piece that was handed in: old words and new ones.
EDITS = [
    ("三把钥匙，一直挂在石桥巷口的传达室墙上", "三把钥匙，挂在石桥巷口传达室的墙上"),
    ("非常方便，受到了广大居民的一致好评。", "三年里没有丢过一次。"),
    ("据不完全统计，今年以来共计借出约400余次。", "登记本上，今年借出412次。"),
]
HEADLINE = "传达室墙上的三把钥匙，今年借出412次"


class Conversing:
    """Two more states of the demo's loose pieces; ``Staging`` has the rest."""

    def _claimed(self, article: Article) -> None:
        """Claim it, ask and answer about one of its paragraphs, and keep a version under a name."""
        editor, chief = self.people["editor"], self.people["chief"]
        self._hand_in(article)
        workflow.name_version(
            article, by=self.people["correspondent"], number=1, name="采访当天的稿"
        )
        workflow.claim(article, by=editor)
        workflow.say(
            article, by=chief, inside=True, paragraph=2,
            note="@沈予安 城管科来量尺寸是哪一天？写进去要和科里对一下。",
        )  # fmt: skip
        self._answer(article, editor, "打过电话，上周三上午，科里同意写。")
        workflow.say(
            article, by=editor, paragraph=0,
            note="@陆知秋 马师傅全名叫什么？他愿意写出来吗？",
        )  # fmt: skip
        self._answer(article, self.people["correspondent"], "马长顺，他说可以写。")
        meet_at(article, writer=self.people["correspondent"], editor=editor)

    def _answer(self, article: Article, by, note: str) -> None:
        begun = Comment.objects.begun().filter(article=article).latest("pk")
        workflow.answer(article, by=by, comment=begun.pk, note=note)

    def _polished(self, article: Article) -> None:
        """Let an editor work on it before the first signature, and let it go out."""
        editor = self.people["editor"]
        workflow.claim(self._hand_in(article), by=editor)
        workflow.note_down(
            article, by=editor, paragraph=1,
            note="“广大居民一致好评”是套话，换成看得见的事：丢没丢过、借了几次。",
        )  # fmt: skip
        workflow.note_down(
            article, by=editor, note="标题里放一个数字，读者一眼知道这件事做得怎样。"
        )
        for old, new in EDITS:
            article.body = article.body.replace(old, new)
        first, second, third, fourth = article.body.split("</p>")[:4]
        article.body = f"{first}</p>{fourth}</p>{second}</p>{third}</p>"
        article.headline = HEADLINE
        workflow.save(article, by=editor, write=article.save)
        self.sign_off(article)
        workflow.publish_alone(article, by=self.people["chief"])
