"""The demo's static pages, and a topic that gathers pieces of its editions."""

from articles import workflow
from articles.markup import from_paragraphs
from articles.models import Article, Photo
from articles.workflow.developing import take_picture
from newsroom.demo import stock
from newsroom.demo.photographing import photographer_of
from newsroom.people.models import User

HEADING = "## "
TITLES = ("kicker", "headline", "deck", "summary")


def compose(people: dict[str, User]) -> None:
    """Write, sign and send out what lasts; once."""
    if Article.objects.lasting().exists():
        return
    plan = stock.read("lasting")
    for entry in plan["pages"]:
        page = _written("page", entry, people)
        workflow.put_in_foot(page, by=people["chief"])
        _sent_out(page, people)
    for entry in plan["topics"]:
        topic = _written("topic", entry, people)
        for heading, titles in entry["pieces"].items():
            for title in titles:
                _gather(topic, title, heading, people)
        _sent_out(topic, people)


def _written(kind: str, entry: dict, people: dict[str, User]) -> Article:
    lines = entry["body"]
    at = {place for place, line in enumerate(lines) if line.startswith(HEADING)}
    article = Article(
        kind=kind,
        slug=entry["slug"],
        body=from_paragraphs([line.removeprefix(HEADING) for line in lines], at),
        **{name: entry.get(name, "") for name in TITLES},
    )

    def write():
        article.save()
        if "photo" in entry:
            _hang(article, entry["photo"], people["editor2"])

    return workflow.save(article, by=people["editor2"], write=write)


def _hang(article: Article, picture: dict, by: User) -> None:
    taken = take_picture((stock.PHOTOS / picture["file"]).read_bytes(), by=by)
    Photo.objects.create(
        article=article,
        digest=taken.digest,
        width=taken.width,
        height=taken.height,
        widths=taken.widths,
        caption=picture["caption"],
        credit=picture["credit"],
        photographer=photographer_of(picture["credit"]),
        alternative_text=picture["alt"],
        position=0,
    )


def _gather(topic: Article, title: str, heading: str, people: dict[str, User]) -> None:
    """Gather the newest piece whose title begins so, live or not yet."""
    found = Article.objects.news().kept().filter(headline__startswith=title, withdrawn_at=None)
    piece = found.exclude(status=Article.Status.REJECTED).order_by("-pk").first()
    if piece:
        workflow.gather(topic, by=people["issues"], piece=piece, heading=heading)


def _sent_out(article: Article, people: dict[str, User]) -> None:
    workflow.submit(article, by=people["editor2"])
    for signer in ("editor", "deskhead", "chief"):
        workflow.sign(article, by=people[signer])
    workflow.publish_alone(article, by=people["chief"])
