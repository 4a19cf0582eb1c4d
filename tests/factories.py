"""A small cast and ready-made states, made by the same verbs a newsroom uses."""

from datetime import date, timedelta
from itertools import count

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import workflow
from articles.kinds import Kind
from articles.models import (
    Article,
    Attachment,
    Byline,
    Correction,
    Correspondent,
    Photo,
    Picture,
    Round,
    Route,
    Section,
)
from articles.rounds import furnish
from issues import assigning
from issues import workflow as issue_workflow
from issues.models import Assignment, Issue, PageTemplate, Schedule
from newsroom.people.models import SiteSettings, Unit, User
from newsroom.people.roles import Role, keep_in_step
from newsroom.readers.models import ErrorReport
from newsroom.readers.workflow import Said, leave_report

PASSWORD = "Tangxi-2023-棠溪"
_numbers = count(1)

SECRET = "尚未刊出的一句暗语"
"""Words that stand in every text made here, for tests that look for leaks."""


def furnishings() -> None:
    """Make what migrations make, for tests that have emptied the tables."""
    if Group.objects.count() < len(Role):
        keep_in_step(Group)
    SiteSettings.objects.get_or_create(pk=1)
    furnish(route_model=Route, round_model=Round, group_model=Group)


HASHED = make_password(PASSWORD)


def people(*described: tuple[str, Role, dict]) -> list[User]:
    """Make several people who can log in, at the cost of one: name, role, other fields of each."""
    users = User.objects.bulk_create(
        User(username=more.pop("username", name), name=name, password=HASHED, is_staff=True, **more)
        for name, _role, more in described
    )
    groups = dict(Group.objects.values_list("name", "pk"))
    User.groups.through.objects.bulk_create(
        User.groups.through(user=user, group_id=groups[Role(role).value])
        for user, (_name, role, _more) in zip(users, described, strict=True)
    )
    return users


def person(name: str, *roles: Role, unit: Unit | None = None, **more) -> User:
    """Make somebody who can log in, holding the roles given; the name doubles as log-in."""
    user = User.objects.create(
        username=more.pop("username", name), name=name, password=HASHED, is_staff=True,
        unit=unit, **more,
    )  # fmt: skip
    user.groups.set(Group.objects.filter(name__in=[Role(role).value for role in roles]))
    return user


class Cast:
    """The people of the tests: each has one job in the newsroom."""

    def __init__(self):
        furnishings()
        self.unit = Unit.objects.create(name="石桥街道", kind=Unit.Kind.STREET, head_name="陶然")
        (
            self.writer, self.other_writer, self.editor, self.second_editor,
            self.desk_head, self.chief, self.issue_editor, self.administrator,
        ) = people(
            ("苗青禾", Role.CORRESPONDENT, {"username": "writer", "unit": self.unit}),
            ("方念", Role.CORRESPONDENT, {"username": "other"}),
            ("沈予安", Role.EDITOR, {"username": "editor"}),
            ("邓可", Role.EDITOR, {"username": "editor2"}),
            ("罗嘉言", Role.DESK_HEAD, {"username": "deskhead"}),
            ("温以恒", Role.CHIEF_EDITOR, {"username": "chief"}),
            ("贺知秋", Role.ISSUE_EDITOR, {"username": "issues"}),
            ("江牧", Role.ADMINISTRATOR, {"username": "admin"}),
        )  # fmt: skip
        self.section = Section.objects.create(name="民生", slug="minsheng", position=1)
        self.correspondent = Correspondent.objects.create(
            name="苗青禾", unit=self.unit, user=self.writer
        )

    @property
    def by_role(self) -> dict[str, User]:
        """One person for each role."""
        return {
            "correspondent": self.writer,
            "editor": self.editor,
            "desk head": self.desk_head,
            "chief editor": self.chief,
            "issue editor": self.issue_editor,
            "administrator": self.administrator,
        }


def draft(cast: Cast, **fields) -> Article:
    """Make a draft of the writer's that lacks nothing."""
    number = next(_numbers)
    fields.setdefault("headline", f"老厂房里开出图书馆之{number}")
    fields.setdefault("body", f"<p>柳岸街道的老厂房亮起阅读灯，{SECRET}{number}。</p>")
    fields.setdefault("section", cast.section)
    fields.setdefault("kind", Kind.NEWS)
    article = Article(filed_by=fields.pop("filed_by", cast.writer), **fields)
    article.save()
    Byline.objects.create(
        article=article, correspondent=cast.correspondent, role="通讯员", position=0
    )
    return article


def page(cast: Cast, slug: str = "about", **fields) -> Article:
    """Make the draft of a page of the site, written by an editor."""
    fields.setdefault("headline", "关于本报")
    return _lasting(cast, "page", slug, **fields)


def topic(cast: Cast, slug: str = "guqiao", **fields) -> Article:
    """Make the draft of a topic with two headings, written by an editor."""
    chapters = "<h2>动工</h2><p>围堰合龙。</p><h2>通行</h2><p>桥面开放。</p>"
    fields.setdefault("body", f"<p>三百天里，棠溪人修一座桥，{SECRET}。</p>{chapters}")
    fields.setdefault("headline", "古桥修缮三百天")
    return _lasting(cast, "topic", slug, **fields)


def _lasting(cast: Cast, kind: str, slug: str, **fields) -> Article:
    fields.setdefault("body", f"<p>棠溪区的一张报纸，{SECRET}。</p>")
    filer = fields.pop("filed_by", cast.second_editor)
    article = Article(kind=kind, slug=slug, filed_by=filer, **fields)
    return workflow.save(article, by=filer, write=article.save)


def lasting_live(cast: Cast, article: Article) -> Article:
    """Let a page or a topic pass its rounds and go out."""
    workflow.submit(article, by=article.filed_by)
    signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    return workflow.publish_alone(article, by=cast.chief)


def with_photo(article: Article, digest: str = "", **fields) -> Photo:
    """Put a photograph on a draft; the file itself is not there unless a test keeps one."""
    return Photo.objects.create(
        article=article,
        digest=digest or f"{next(_numbers):064x}",
        width=fields.pop("width", 960),
        height=fields.pop("height", 640),
        widths=fields.pop("widths", [480, 960]),
        caption=fields.pop("caption", "居民在阅览室里看书。"),
        credit=fields.pop("credit", "梁序 摄"),
        alternative_text=fields.pop("alternative_text", "阅览室里，三位读者坐在窗边"),
        **fields,
    )


def picture(digest: str = "", **fields) -> Picture:
    """Make what is known of a picture; the file itself is not there unless a test keeps one."""
    width = fields.setdefault("width", 960)
    fields.setdefault("ready", [f"{each}.webp" for each in (480, width)])
    return Picture.objects.create(
        digest=digest or f"{next(_numbers):064x}", height=fields.pop("height", 640), **fields
    )


def with_attachment(article: Article, digest: str = "", **fields) -> Attachment:
    """Offer a file with a draft; the file itself is not there unless a test keeps one."""
    return Attachment.objects.create(
        article=article,
        digest=digest or f"{next(_numbers):064x}",
        kind=fields.pop("kind", "pdf"),
        size=fields.pop("size", 1_200_000),
        title=fields.pop("title", "阅览证申请表"),
        **fields,
    )


def submitted(cast: Cast, **fields) -> Article:
    """Make a piece that waits for its first round."""
    article = draft(cast, **fields)
    return workflow.submit(article, by=article.filed_by)


def signed_by(cast: Cast, article: Article, *people: User) -> Article:
    """Let people sign, one round after the other."""
    for signer in people:
        workflow.sign(article, by=signer)
    return article


def approved(cast: Cast, **fields) -> Article:
    """Make a piece that is signed in all three rounds."""
    return signed_by(cast, submitted(cast, **fields), cast.editor, cast.desk_head, cast.chief)


def live_alone(cast: Cast, **fields) -> Article:
    """Make a piece that is live by itself."""
    return workflow.publish_alone(approved(cast, **fields), by=cast.chief)


def out_at_once(cast: Cast, article: Article | None = None, **fields) -> Article:
    """Make a piece that is live in an emergency and owes the first two rounds."""
    article = article or submitted(cast, **fields)
    return workflow.publish_at_once(article, by=cast.chief, reason="水库泄洪，居民须马上转移。")


def mended(cast: Cast, **words) -> Article:
    """Make a live piece that is being revised: the writer has typed some words anew."""
    article = workflow.revise(live_alone(cast), by=cast.writer)
    for name, value in (words or {"body": article.body.replace("亮起", "亮了")}).items():
        setattr(article, name, value)
    return workflow.save(article, by=cast.writer, write=article.save)


def scheduled_alone(cast: Cast, hours: float = 1, **fields) -> Article:
    """Make a piece that goes out by itself in some hours."""
    return workflow.publish_alone(
        approved(cast, **fields), by=cast.chief, at=timezone.now() + timedelta(hours=hours)
    )


def correction(cast: Cast, article: Article | None = None, **words) -> Correction:
    """Make a correction that waits for its first round."""
    article = article or live_alone(cast)
    words = {"wrong": "周三", "right": "周四"} | words
    return workflow.draw_up_correction(article, by=cast.issue_editor, **words)


def signed_correction(cast: Cast, article: Article | None = None, **words) -> Correction:
    """Make a correction that all three rounds have signed, so that it is public."""
    made = correction(cast, article, **words)
    for signer in (cast.editor, cast.desk_head, cast.chief):
        made = workflow.sign_correction(made, by=signer)
    return made


def issue(cast: Cast, *articles: Article, day: date = date(2023, 12, 8), **fields) -> Issue:
    """Make an issue in planning with the articles on page 1, the first as its lead."""
    made = issue_workflow.plan(
        by=cast.issue_editor, date=day, pages=fields.pop("pages", [(1, "要闻")]), **fields
    )
    for position, article in enumerate(articles):
        issue_workflow.place(
            made,
            by=cast.issue_editor,
            article=article,
            page=1,
            weight="lead" if position == 0 else "normal",
        )
    return made


def cancelled_issue(cast: Cast, *articles: Article, **fields) -> Issue:
    """Make an issue that was called off."""
    return issue_workflow.cancel(
        issue(cast, *articles, **fields), by=cast.issue_editor, because="停刊一期。"
    )


def closed_issue(cast: Cast, *articles: Article, **fields) -> Issue:
    """Make an issue that is closed and has no hour yet."""
    return issue_workflow.close(issue(cast, *articles, **fields), by=cast.issue_editor)


def scheduled_issue(cast: Cast, *articles: Article, hours: float = 1, **fields) -> Issue:
    """Make a closed issue that goes out in some hours."""
    return issue_workflow.schedule(
        closed_issue(cast, *articles, **fields),
        by=cast.issue_editor,
        at=timezone.now() + timedelta(hours=hours),
    )


def live_issue(cast: Cast, *articles: Article, **fields) -> Issue:
    """Make an issue that is live."""
    articles = articles or (approved(cast),)
    return issue_workflow.schedule(closed_issue(cast, *articles, **fields), by=cast.issue_editor)


def weekly(*weekdays: int, pages: int = 4, **fields) -> Schedule:
    """Make a rule of the publication calendar: on these weekdays, 1 for Monday, with 4 pages."""
    template = fields.pop("template", None) or page_template(pages=pages)
    fields.setdefault("starts_on", date(2020, 1, 1))
    return Schedule.objects.create(weekdays=list(weekdays), template=template, **fields)


def page_template(name: str = "", pages: int = 4) -> PageTemplate:
    """Make a page template."""
    made = PageTemplate.objects.create(name=name or f"平日{pages}版之{next(_numbers)}")
    names = ["要闻", "民生", "街镇", "副刊"]
    for number in range(1, pages + 1):
        made.pages.create(number=number, name=names[(number - 1) % 4])
    return made


def asked(cast: Cast, *, days: float = 2, **fields) -> Assignment:
    """Make an assignment that is asked of the writer, wanted in some days."""
    fields.setdefault("topic", f"冬至前的三件小事之{next(_numbers)}")
    if "unit" not in fields:
        fields.setdefault("person", cast.writer)
    by = fields.pop("by", cast.editor)
    return assigning.assign(by=by, due_at=timezone.now() + timedelta(days=days), **fields)


def offered(cast: Cast, *, days: float = 2, **fields) -> Assignment:
    """Make a topic that the writer offers."""
    fields.setdefault("topic", f"巷口的修补铺之{next(_numbers)}")
    by = fields.pop("by", cast.writer)
    return assigning.offer(by=by, due_at=timezone.now() + timedelta(days=days), **fields)


def reported(article: Article, *, minutes: float = 30, **said) -> ErrorReport:
    """Make a report that a reader left some minutes ago; ``secret`` leads to its receipt."""
    told = {"place": "title", "paragraph": None, "quote": "", "wrong": "“周三”应该是周四", **said}
    secret = leave_report(
        article, Said(**told), nonce=f"n{next(_numbers)}",
        left_at=timezone.now() - timedelta(minutes=minutes),
    )  # fmt: skip
    made = ErrorReport.objects.of_secret(secret).get()
    made.secret = secret
    return made
