"""Files that the demo's pieces offer: typeset from words of its own when it is staged."""

from datetime import datetime

from articles import cabinet
from articles.attaching import examine
from articles.models import Article, Attachment
from articles.typeset import Row, Sheet, Table, typeset


def enclose(article: Article, planned: list[dict], *, paper: str, at: datetime) -> None:
    """Put the files of a plan beside a piece; they pass the same check as anybody's."""
    for position, each in enumerate(planned):
        file = examine(typeset(_sheet(each["sheet"], paper), at=at))
        cabinet.keep(file.digest, file.content)
        Attachment.objects.create(
            article=article,
            digest=file.digest,
            kind=file.kind,
            size=file.size,
            title=each["title"],
            position=position,
        )


def _sheet(words: dict, paper: str) -> Sheet:
    tables = [
        Table(each["title"], each["heads"], each["widths"], [Row(cells) for cells in each["rows"]])
        for each in words["tables"]
    ]
    told = {name: words[name] for name in ("title", "below", "facts", "notes")}
    return Sheet(paper=paper, name="附件", number="", tables=tables, **told)
