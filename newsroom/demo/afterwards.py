"""Pieces that were changed once they were out, or went out before they had been reviewed."""

from articles import workflow
from articles.models import Article


class Afterwards:
    """States of the demo's loose pieces that begin where others end; ``Staging`` has the rest."""

    def _urgent(self, article: Article) -> None:
        self.sign_off(self._hand_in(article), rounds=1)
        workflow.publish_at_once(
            article,
            by=self.people["chief"],
            reason="水务站十五分钟前通知提前放闸，河边步道有人；部门主任在路上，联系不到。",
        )

    def _noted(self, article: Article) -> None:
        self._alone(article)
        self._retype(article, by="correspondent", old="下午五点", new="晚上八点")
        workflow.submit(
            article,
            by=self.people["correspondent"],
            change_note="服务站延长了开放时间，从下午五点改为晚上八点。",
        )
        self.sign_off(article)

    def _rewritten(self, article: Article) -> None:
        self._alone(article)
        self._retype(article, by="correspondent", old="本月底", new="下月中旬")
        workflow.submit(
            article,
            by=self.people["correspondent"],
            change_note="开工时间推迟到下月中旬。",
        )
        workflow.sign(article, by=self.people["editor"])

    def _minor(self, article: Article) -> None:
        self._alone(article)
        self._retype(article, by="editor", old="按装", new="安装")
        workflow.sign_minor(article, by=self.people["chief"])

    def _retype(self, article: Article, *, by: str, old: str, new: str) -> None:
        workflow.revise(article, by=self.people[by])
        article.body = article.body.replace(old, new)
        workflow.save(article, by=self.people[by], write=article.save)
