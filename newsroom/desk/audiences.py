"""The people an act concerns. Each function reads what is on record and returns who may hear it."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from articles.crews import Crew
from articles.models import Act, Article, Comment, Correction, Round, Signature
from articles.permissions import may_read_comment, sees_everything
from issues.models import ImportedPiece, Issue, Placement
from newsroom.people.models import Deputy, User
from newsroom.people.roles import Role

# What leaves a piece where it is: after these, whoever it waited for is still asked.
STANDING_STILL = (
    "comment", "talk", "save", "clear_gap", "name_version", "restore_version",
    "lock", "unlock", "break_lock",
)  # fmt: skip


def active(people) -> Iterable[User]:
    """Return people who work here, each once."""
    return people.filter(is_active=True).distinct().order_by("pk")


def authors(article: Article) -> Iterable[User]:
    """Who filed a piece or goes on with it, and everybody named in it who has an account."""
    named = User.objects.filter(correspondent__bylines__article=article)
    return active(User.objects.filter(pk__in=[article.filed_by_id, article.kept_by_id]) | named)


def writers(article: Article) -> Iterable[User]:
    """The authors, without whoever brought a whole edition in: each step of each is no news."""
    people = authors(article)
    if ImportedPiece.objects.filter(article=article).exists():
        return people.exclude(pk=article.filed_by_id)
    return people


def takers(article: Article, act: Act | None = None) -> list[User]:
    """Who may take a piece on now; whoever has claimed it, alone. Nobody once it has moved on."""
    if article.round is None or (act is not None and _has_moved_on(article, act)):
        return []
    hands = [hand.person for hand in Crew().hands(article)]
    if article.claimed_by_id is None:
        return hands
    return [person for person in hands if person.pk == article.claimed_by_id]


def _has_moved_on(article: Article, act: Act) -> bool:
    later = article.acts.filter(pk__gt=act.pk)
    return later.exclude(verb__in=STANDING_STILL).exists()


def mentioned(act: Act) -> list[User]:
    """Whom a comment names with an @, as far as they may read it now."""
    return [
        mention.person
        for comment in act.comments.prefetch_related("mentions__person")
        for mention in comment.mentions.all()
        if may_read_comment(mention.person, comment)
    ]


def talking(act: Act) -> list[User]:
    """Whoever has spoken in a conversation or was named in it, and for whom it is besides.

    That are the authors, unless it is the newsroom's own, and whoever has the piece in its round;
    where an author speaks, whoever has signed or returned it too.
    """
    said = act.comments.select_related("article").first()
    if said is None:
        return []
    begun = said.answers_id or said.pk
    thread = Comment.objects.sent().filter(Q(pk=begun) | Q(answers=begun))
    people = Q(pk__in=thread.values("by")) | Q(pk__in=thread.values("mentions__person"))
    people |= Q(pk__in=[person.pk for person in authors(act.article)])
    if not sees_everything(act.by):
        judged = act.article.acts.filter(verb__in=("sign", "return"))
        people |= Q(pk__in=judged.values("by"))
    heard = User.objects.filter(people | Q(pk=act.article.claimed_by_id))
    return [person for person in active(heard) if may_read_comment(person, said)]


def signers(article: Article) -> Iterable[User]:
    """Everybody whose signature stands under a version of a piece, and for whom they signed."""
    standing = Signature.objects.standing().filter(review__article=article)
    people = User.objects.filter(pk__in=standing.values("signer"))
    return active(people | User.objects.filter(pk__in=standing.values("on_behalf_of")))


def voided(act: Act) -> list[tuple[User, Signature]]:
    """Whose signature a change made void: with the signature, the latest first."""
    before = act.article.acts.filter(pk__lt=act.pk).order_by("-pk").first()
    since = {"voided_at__gt": before.at} if before else {}
    signatures = Signature.objects.filter(
        review__article=act.article, voided_at__lte=act.at, **since
    ).for_display()
    return [(signature.signer, signature) for signature in signatures if signature.signer.is_active]


def publishers(*_about) -> Iterable[User]:
    """Who lays out issues and answers for them."""
    return active(User.objects.filter(groups__name__in=[Role.ISSUE_EDITOR, Role.CHIEF_EDITOR]))


def watchers() -> Iterable[User]:
    """Who watches what residents get: whoever publishes, and the administrators."""
    roles = [Role.ISSUE_EDITOR, Role.CHIEF_EDITOR, Role.ADMINISTRATOR]
    return active(User.objects.filter(groups__name__in=roles))


def chiefs(*_about) -> Iterable[User]:
    """The chief editors."""
    return active(User.objects.holding(Role.CHIEF_EDITOR))


def desk_heads(*_about) -> Iterable[User]:
    """The heads of the desk."""
    return active(User.objects.holding(Role.DESK_HEAD))


def reviewers_who(may: Callable[[User, object], object], thing) -> list[User]:
    """Return the reviewers, and today's deputies, who may do something with a thing."""
    groups = Round.objects.values("group")
    people = User.objects.filter(groups__in=groups) | User.objects.filter(
        deputyships__in=Deputy.objects.on()
    )
    return [person for person in active(people) if may(person, thing)]


def correction_under_way(article: Article) -> Correction | None:
    """Return the newest correction of a piece that somebody is to sign or to mend."""
    return article.corrections.filter(signed_at=None, dropped_at=None).order_by("-pk").first()


def correction_made_public_by(act: Act) -> bool:
    """Say whether an act was the last signature under a correction."""
    before = act.article.acts.filter(pk__lt=act.pk).order_by("-pk").first()
    signed = act.article.corrections.filter(signed_by=act.by_id, signed_at__lte=act.at)
    return signed.filter(signed_at__gt=before.at).exists() if before else signed.exists()


def layout_editors(article: Article) -> Iterable[User]:
    """Who lays out the issue in planning that a piece stands in; nobody where it stands in none."""
    planned = Issue.objects.planned()
    if not Placement.objects.of_article(article).filter(page__issue__in=planned).exists():
        return []
    return active(User.objects.holding(Role.ISSUE_EDITOR))


def was_sealed_by(act: Act) -> bool:
    """Say whether a signature was the last one its piece needed."""
    given = Signature.objects.filter(
        review__article=act.article_id, round=act.round_id, signer=act.by_id,
        version=act.version_id, review__outcome="approved",
    ).order_by("-pk").first()  # fmt: skip
    return given is not None and not given.review.signatures.filter(pk__gt=given.pk).exists()
