"""The demo's correspondent brings a Word file, as correspondents do."""

from articles.workflow.filing import file_word
from newsroom.demo import stock
from newsroom.people.models import User

FILES = {"papercut.docx": "一把剪刀剪出小区百样花.docx"}


def bring(people: dict[str, User]) -> None:
    """File what lies in the folder of manuscripts; a file is never filed twice."""
    for file, name in FILES.items():
        data = (stock.HERE / "manuscripts" / file).read_bytes()
        file_word(data, by=people["correspondent"], name=name)
