"""Fill a newspaper by the real verbs: import, review by three people, lay out, schedule.

Everything is repeatable: what is there stays, and a later day adds that day's issues.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from articles import workflow
from articles.models import Article, Byline, Correspondent, Photo, Picture, Section, Tag
from articles.workflow.developing import take_picture
from issues import workflow as issue_workflow
from issues.importing import import_edition
from issues.models import EditionImport, Issue, Placement
from issues.printing import where_printed
from issues.reading import read_edition
from newsroom.demo import manuscripts, stock
from newsroom.demo.afterwards import Afterwards
from newsroom.demo.asking import look_ahead
from newsroom.demo.composing import compose
from newsroom.demo.conversing import Conversing
from newsroom.demo.enclosing import enclose
from newsroom.demo.lending import lend_one
from newsroom.demo.photographing import leave_photographs, photographer_of
from newsroom.demo.rehearsing import leave_findings
from newsroom.demo.reporting import hear_from_readers
from newsroom.demo.shelving import shelve
from newsroom.demo.unsaved import leave_typing
from newsroom.desk import inviting
from newsroom.desk.models import Invitation
from newsroom.people.deputising import name_deputy
from newsroom.people.models import SiteSettings, Unit, User
from newsroom.people.roles import Role

FIRST_NUMBER = 1286
FULL_EDITIONS = ["main", "next2", "next3", "back", "next"]
# How a title begins, the wrong words, the right ones, and how many rounds have signed.
ERRATA = [
    ("社区食堂", "87岁的褚玉珍", "78岁的褚玉珍", 3),
    ("18路", "1100米外", "1200米外", 1),
]
CAST = {
    "correspondent": ("陆知秋", Role.CORRESPONDENT, "石桥街道"),
    "editor": ("沈予安", Role.EDITOR, "棠溪区融媒体中心"),
    "editor2": ("蓝溪月", Role.EDITOR, "棠溪区融媒体中心"),
    "deskhead": ("罗嘉言", Role.DESK_HEAD, "棠溪区融媒体中心"),
    "chief": ("温以恒", Role.CHIEF_EDITOR, "棠溪区融媒体中心"),
    "issues": ("贺知秋", Role.ISSUE_EDITOR, "棠溪区融媒体中心"),
    "admin": ("江牧", Role.ADMINISTRATOR, "棠溪区融媒体中心"),
}


class Staging(Afterwards, Conversing):
    """One day's work of the demo newsroom; ``say`` reports each step."""

    def __init__(self, *, today: date, passwords: dict[str, str], say: Callable[[str], None]):
        self.today = today
        self.say = say
        self.people = hire(passwords)
        furnish_lists(self.people)
        self.pictures: dict[str, Picture] = {}

    # Editions

    def bring_in(self, name: str, day: date, **more) -> Issue:
        """Import an edition as an issue in planning and give its pieces what editors add."""
        edition = stock.Edition.of(name, day)
        report = import_edition(
            read_edition(edition.text),
            by=self.people["issues"],
            date=day,
            text=edition.text,
            file_name=f"{name}.txt",
            create_correspondents=True,
            **more,
        )
        for placement in Placement.objects.of_issue(report.issue).for_desk():
            plan = edition.plan_of(placement.article.headline, *placement.article.paragraphs[:1])
            self._dress(placement.article, plan)
            if weight := plan.get("weight"):
                issue_workflow.place(
                    report.issue,
                    by=self.people["issues"],
                    article=placement.article,
                    page=placement.page.number,
                    position=placement.position,
                    weight=weight,
                )
        self.say(f"《{SiteSettings.current().paper_name}》 {report.issue.address}: {name}.txt")
        return report.issue

    def _dress(self, article: Article, plan: dict) -> None:
        article.section = Section.objects.filter(name=plan.get("section")).first()
        article.section = article.section or Section.objects.in_use().first()
        article.kind = plan.get("kind", article.kind)
        article.summary = plan.get("summary", "")
        if titles := plan.get("titles"):
            for name in ("kicker", "headline", "deck", "column_label"):
                setattr(article, name, titles.get(name) or "")
        article.headline = plan.get("breaks", article.headline)
        pictures = plan.get("photos", [])

        def write():
            article.save()
            article.tags.set(
                Tag.objects.get_or_create(name=tag["name"], kind=tag["kind"])[0]
                for tag in plan.get("tags", [])
            )
            if pictures:
                article.photos.filter(digest="").delete()
            for position, picture in enumerate(pictures):
                self._hang(article, picture, position)
            paper = SiteSettings.current().paper_name
            enclose(article, plan.get("attachments", []), paper=paper, at=timezone.now())

        workflow.save(article, by=self.people["issues"], write=write)

    def _hang(self, article: Article, picture: dict, position: int) -> None:
        name = picture["file"]
        if name not in self.pictures:
            data = (stock.PHOTOS / name).read_bytes()
            self.pictures[name] = take_picture(data, by=self.people["issues"])
        taken = self.pictures[name]
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
            video_url=picture.get("video", ""),
            position=position,
        )

    # The work of three rounds

    def sign_off(self, article: Article, rounds: int = 3) -> Article:
        """Submit a piece and have its first rounds signed; three seal it."""
        if article.status == Article.Status.DRAFT:
            for gap in article.gaps.filter(cleared_at=None):
                workflow.clear_gap(article, by=self.people["issues"], gap=gap.pk)
            workflow.submit(article, by=self.people["issues"])
        for signer in ("editor", "deskhead", "chief")[:rounds]:
            workflow.sign(article, by=self.people[signer])
        return article

    def sign_off_all(self, issue: Issue) -> None:
        """Have every piece of an issue signed that is not signed yet."""
        for placement in Placement.objects.of_issue(issue).for_desk():
            if placement.article.sealed_id is None:
                self.sign_off(placement.article)

    def send_out(self, issue: Issue, at: datetime | None = None) -> Issue:
        """Sign, close and schedule an issue: now, or at an hour to come."""
        self.sign_off_all(issue)
        issue_workflow.close(issue, by=self.people["issues"])
        return issue_workflow.schedule(issue, by=self.people["chief"], at=at)

    # The days

    def first_day(self) -> None:
        """Leave a back issue, today's, one that time publishes soon, one in planning."""
        yesterday = self.today - timedelta(days=1)
        self.send_out(self.bring_in("back", yesterday, number=FIRST_NUMBER))
        today = self.send_out(self.bring_in("main", self.today))
        self.errata(today)
        self.soon()
        self.leave_in_every_state(self.bring_in("next", self.today + timedelta(days=1)))
        self.loose_pieces()
        chief = self.people["chief"]
        name_deputy(
            chief,
            by=chief,
            deputy=self.people["issues"],
            starts_on=self.today + timedelta(days=1),
            ends_on=self.today + timedelta(days=5),
        )

    def errata(self, issue: Issue) -> None:
        """Correct two pieces of an issue: one in public, one that is still in its second round."""
        for start, wrong, right, rounds in ERRATA:
            placed = Placement.objects.of_issue(issue).select_related("article")
            piece = next((p.article for p in placed if p.article.title.startswith(start)), None)
            if piece is None:
                continue
            correction = workflow.draw_up_correction(
                piece,
                by=self.people["issues"],
                wrong=wrong,
                right=right,
                printed_where=where_printed(piece),
            )
            for signer in ("editor", "deskhead", "chief")[:rounds]:
                correction = workflow.sign_correction(correction, by=self.people[signer])

    def soon(self) -> None:
        """Schedule the day's second issue two minutes ahead."""
        issue = self.bring_in("extra", self.today, sequence=2)
        self.send_out(issue, at=timezone.now().replace(microsecond=0) + timedelta(minutes=2))

    def later_day(self) -> None:
        """Publish what was planned for today, or a fresh edition; plan the next."""
        planned = self._filled(self.today)
        self.finish_planned(planned or self.bring_in(self.fresh(), self.today))
        self.soon()
        tomorrow = self.today + timedelta(days=1)
        if not self._filled(tomorrow):
            self.leave_in_every_state(self.bring_in(self.fresh(), tomorrow))

    def _filled(self, day: date) -> Issue | None:
        """Return the first issue of a day, if anything stands in it yet."""
        dated = Issue.objects.dated(day).filter(status=Issue.Status.PLANNING)
        return next((issue for issue in dated if Placement.objects.of_issue(issue).exists()), None)

    def finish_planned(self, issue: Issue) -> None:
        """Bring every piece of a planned issue to its signature, whatever state it was left in."""
        for placement in Placement.objects.of_issue(issue).for_desk():
            article = placement.article
            if article.status in (Article.Status.REJECTED, Article.Status.DISCARDED):
                issue_workflow.take_off(issue, by=self.people["issues"], article=article)
            elif article.status == Article.Status.IN_REVIEW:
                self._finish_rounds(article)
        self.send_out(issue)

    def _finish_rounds(self, article: Article) -> None:
        if article.claimed_by:
            workflow.let_go(article, by=article.claimed_by)
        signers = [self.people[name] for name in ("editor", "deskhead", "chief")]
        for signer in signers[article.round.position - 1 :]:
            workflow.sign(article, by=signer)

    def fresh(self) -> str:
        """Return the full edition that has been used least."""
        used = list(EditionImport.objects.values_list("file_name", flat=True))
        return min(FULL_EDITIONS, key=lambda name: used.count(f"{name}.txt"))

    # Pieces in every state

    def leave_in_every_state(self, issue: Issue) -> None:
        """Leave the pieces of a planned issue where pieces are on an ordinary afternoon."""
        for number, placement in enumerate(Placement.objects.of_issue(issue).for_desk()):
            article = placement.article
            if number % 5 == 4:
                continue
            if number % 5 == 3:
                self.sign_off(article)
                continue
            self.sign_off(article, rounds=number % 5)
            if number == 0:
                self._has_waited(article)
            if number == 1:
                workflow.claim(article, by=self.people["deskhead"])

    def _has_waited(self, article: Article) -> None:
        """Let a piece have come a day ago, so that a queue has something overdue."""
        Article.objects.filter(pk=article.pk).update(
            moved_at=timezone.now() - timedelta(days=1, hours=2),
            due_at=timezone.now() - timedelta(hours=2, minutes=24),
        )

    def loose_pieces(self) -> None:
        """File the correspondent's own pieces, which stand in no issue, one in each state."""
        for piece in stock.read("loose"):
            article = self._file(piece)
            getattr(self, f"_{piece['state']}")(article)

    def _file(self, piece: dict) -> Article:
        author = self.people["correspondent"]
        texts = {key: stock.dated(value, self.today) for key, value in piece["text"].items()}
        body = "".join(f"<p>{line}</p>" for line in texts.pop("body").split("\n"))
        article = Article(
            body=body,
            section=Section.objects.get(name=piece["section"]),
            unit_head=piece.get("unit_head", "江慎行"),
            **texts,
        )

        def write():
            article.save()
            Byline.objects.create(article=article, correspondent=author.correspondent)
            for position, picture in enumerate(piece.get("photos", [])):
                self._hang(article, picture, position)
            if size := piece.get("in_text"):
                self._stand_in_text(article, size)

        return workflow.save(article, by=author, write=write)

    def _stand_in_text(self, article: Article, size: str) -> None:
        """Let the first photograph stand after the first paragraph."""
        number = article.photos.first().pk
        figure = f'<figure data-photo="{number}" data-size="{size}"></figure>'
        article.body = article.body.replace("</p>", f"</p>{figure}", 1)
        article.save(update_fields=["body"])

    def _hand_in(self, article: Article) -> Article:
        return workflow.submit(article, by=self.people["correspondent"])

    def _draft(self, article: Article) -> None:
        """Leave it as it was filed, and the first one with a sentence that was not saved."""
        leave_typing(article, by=self.people["correspondent"])

    def _waiting(self, article: Article) -> None:
        self._hand_in(article)

    def _returned(self, article: Article) -> None:
        editor = self.people["editor"]
        self._hand_in(article)
        workflow.note_down(article, by=editor, paragraph=0, note="“附近居民”改成具体人名。")
        workflow.return_(article, by=editor, note="请补一段：报名方式和截止日期。", reason="facts")

    def _rejected(self, article: Article) -> None:
        workflow.reject(
            self._hand_in(article), by=self.people["editor"], note="同一件事上周已刊发，不再重复。"
        )

    def _discarded(self, article: Article) -> None:
        workflow.discard(article, by=self.people["correspondent"])

    def _signed(self, article: Article) -> None:
        self.sign_off(self._hand_in(article))

    def _alone(self, article: Article) -> None:
        self._signed(article)
        workflow.publish_alone(article, by=self.people["chief"])

    def _held(self, article: Article) -> None:
        self._signed(article)
        later = timezone.now() + timedelta(hours=20)
        workflow.publish_alone(article, by=self.people["chief"], at=later)
        workflow.hold(article, by=self.people["chief"], because="等街道核实开放时间。")

    def _withdrawn(self, article: Article) -> None:
        self._alone(article)
        workflow.withdraw(
            article,
            by=self.people["chief"],
            reason="主办方通知活动取消。",
            public_note="活动已取消，本文撤下。",
        )

    def _corrected(self, article: Article) -> None:
        self._alone(article)
        correction = workflow.draw_up_correction(
            article, by=self.people["issues"], wrong="每周三", right="每周四"
        )
        for signer in ("editor", "deskhead", "chief"):
            correction = workflow.sign_correction(correction, by=self.people[signer])

    def _revised(self, article: Article) -> None:
        self._alone(article)
        workflow.revise(article, by=self.people["correspondent"])


def hire(passwords: dict[str, str]) -> dict[str, User]:
    """Make one account per role; passwords are set only where an account is new."""
    units = {
        unit["name"]: Unit.objects.get_or_create(
            name=unit["name"], defaults={"kind": unit["kind"], "head_name": unit.get("head", "")}
        )[0]
        for unit in stock.read("units")
    }
    people = {}
    for username, (name, role, unit) in CAST.items():
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User.objects.create_user(
                username=username,
                password=passwords[username],
                name=name,
                email=f"{username}@example.cn",
                unit=units[unit],
                is_staff=True,
            )
            user.groups.add(Group.objects.get(name=role.value))
        people[username] = user
    return people


def furnish_lists(people: dict[str, User]) -> None:
    """Make sections and correspondents, and fill what the paper says of itself while empty."""
    for position, section in enumerate(stock.read("sections")):
        filled = {**section, "position": position}
        made, new = Section.objects.get_or_create(slug=section["slug"], defaults=filled)
        if not new and not made.description:
            Section.objects.filter(pk=made.pk).update(**filled)
    for entry in stock.read("people"):
        unit = Unit.objects.filter(name=entry["unit"]).first()
        Correspondent.objects.get_or_create(
            name=entry["name"], unit=unit, defaults={"phone": entry.get("phone", "")}
        )
    author = people["correspondent"]
    known = Correspondent.objects.named(author.name).filter(user=None)
    if not Correspondent.objects.filter(user=author).exists():
        Correspondent.objects.filter(pk__in=known.values("pk")[:1]).update(user=author)
    SiteSettings.objects.filter(organiser="").update(
        second_factor_grace_days=365,
        organiser="中共棠溪区委宣传部",
        publisher="棠溪区融媒体中心",
        address="棠溪区河沿路1号",
        postcode="000000",
        hotline="000-0000 0000",
        email="news@example.cn",
        description="棠溪区的日报：民生、街镇、副刊，每天一份。",
        site_domain="news.example.cn",
        site_id_code="0000000000",
        icp_number="某ICP备00000000号",
        police_number="某公网安备00000000000000号",
    )


def invite_somebody(people: dict[str, User]) -> None:
    """Leave an invitation that nobody has accepted yet."""
    if not Invitation.objects.exists():
        invitation = Invitation(
            name="秦望舒",
            email="qinwangshu@example.cn",
            unit=people["correspondent"].unit,
            roles=[Role.CORRESPONDENT.value],
            makes_correspondent=True,
        )
        inviting.invite(invitation, by=people["admin"])


def stage(*, passwords: dict[str, str], say: Callable[[str], None]) -> None:
    """Fill the newspaper for today; what is there stays. Repeating it on one day adds nothing."""
    today = timezone.localdate()
    staging = Staging(today=today, passwords=passwords, say=say)
    invite_somebody(staging.people)
    if not Issue.objects.exists():
        staging.first_day()
    elif not Issue.objects.live().filter(date=today).exists():
        staging.later_day()
    look_ahead(staging.people, today)
    manuscripts.bring(staging.people)
    leave_photographs(staging.people["correspondent"], staging.people["editor"])
    shelve(staging.people, today)
    lend_one(staging.people, say)
    leave_findings(staging.people, today)
    hear_from_readers(staging.people, say)
    compose(staging.people)


__all__ = ["CAST", "stage"]
