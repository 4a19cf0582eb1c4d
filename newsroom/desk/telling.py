"""Who is told of what. Nobody is told of their own acts, or of what they may not see.

A piece's steps are told to its authors, what waits to whoever may take it on, what stops or goes
out to whoever answers for it. A verb that stands in no table is told to the authors.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from articles.models import Act, Article, OwedSignature
from articles.permissions import may_see, may_sign_correction, may_sign_late
from issues.models import Assignment, Issue, IssueAct
from issues.permissions import may_see_issues
from newsroom.desk import audiences
from newsroom.desk.kinds import Kind
from newsroom.people.models import User


@dataclass(frozen=True)
class Telling:
    """One person is to be told one thing; the fields are those of a notice."""

    recipient: User
    kind: Kind
    article: Article | None = None
    issue: Issue | None = None
    assignment: Assignment | None = None
    alarm: object | None = None
    report: object | None = None
    round: object | None = None
    hour: object | None = None
    pieces: int = 1


Rule = tuple[Kind, Callable[[Act], Iterable]]


# Audiences of an act on a piece


def _authors(act):
    return audiences.authors(act.article)


def _writers(act):
    return audiences.writers(act.article)


def _takers(act):
    waiting = act.article.round
    people = audiences.takers(act.article, act)
    return [Telling(person, Kind.WAITING, round=waiting) for person in people]


def _given(act):
    return [act.to] if act.to else []


def _void(act):
    return [Telling(who, Kind.VOID, round=sign.round) for who, sign in audiences.voided(act)]


def _mentioned(act):
    return audiences.mentioned(act)


def _talking(act):
    return audiences.talking(act)


def _signers(act):
    return audiences.signers(act.article)


def _signers_of_the_correction(act):
    correction = audiences.correction_under_way(act.article)
    if correction is None or correction.returned_at is not None:
        return []
    waiting = correction.next_round()
    people = audiences.reviewers_who(may_sign_correction, correction)
    return [Telling(person, Kind.CORRECTED, round=waiting) for person in people]


def _drew_it_up(act):
    last = act.article.corrections.order_by("-pk").first()
    return [last.drawn_up_by] if last else []


def _authors_of_the_corrected(act):
    return audiences.authors(act.article) if audiences.correction_made_public_by(act) else []


def _signers_of_the_corrected(act):
    return audiences.signers(act.article) if audiences.correction_made_public_by(act) else []


def _owing(act):
    """The most pressing debt of a person, where there are several."""
    debts = OwedSignature.objects.unsigned().filter(article=act.article).for_display()
    return [telling for debt in debts for telling in owed(debt)]


def owed(debt: OwedSignature) -> list[Telling]:
    """Return who is told that a signature is owed: whoever may give it."""
    people = audiences.reviewers_who(may_sign_late, debt)
    facts = {"article": debt.article, "round": debt.round, "hour": debt.due_at}
    return [Telling(person, Kind.MISSED, **facts) for person in people]


def _publishers_of_what_waits(act):
    """Whoever answers for an hour that is shaken: a piece of it is taken up again."""
    release = act.article.release or act.article.left_out_of
    hour = release.publish_at if release else None
    if hour is None or hour <= act.at and not release.held:
        return []
    return [Telling(who, Kind.MISSED, hour=hour) for who in audiences.publishers()]


def _chiefs(act):
    return audiences.chiefs()


def _layout_when_sealed(act):
    return audiences.layout_editors(act.article) if audiences.was_sealed_by(act) else []


def _layout(act):
    return audiences.layout_editors(act.article)


def _authors_of_what_goes_out_later(act):
    """At once is told when it is out."""
    release = act.article.release
    if release is None or release.publish_at is None or release.publish_at <= act.at:
        return []
    hour = release.publish_at
    return [Telling(who, Kind.SCHEDULED, hour=hour) for who in audiences.authors(act.article)]


# The first rule that names a person counts: what they must do comes before what they may know.
# What stands where in a topic or in the foot of the site: a record, no news for anybody.
ARRANGING = (
    "gather", "let_go_of", "put_under", "arrange", "order_topic", "end_topic",
    "go_on_with_topic", "put_in_foot", "take_from_foot", "move_in_foot",
)  # fmt: skip
OF_PIECES: dict[str, tuple[Rule, ...]] = {
    "submit": ((Kind.WAITING, _takers),),
    "let_go": ((Kind.WAITING, _takers),),
    "sign": (
        (Kind.VOID, _void),
        (Kind.WAITING, _takers),
        (Kind.SIGNED, _writers),
        (Kind.SIGNED, _layout_when_sealed),
    ),
    "return": ((Kind.RETURNED, _authors),),
    "reject": ((Kind.RETURNED, _authors),),
    "claim": ((Kind.CLAIMED, _writers),),
    "hand_over": ((Kind.CLAIMED, _given), (Kind.CLAIMED, _writers)),
    "comment": ((Kind.COMMENT, _authors),),
    "publish_alone": ((Kind.SCHEDULED, _authors_of_what_goes_out_later),),
    "reschedule_alone": ((Kind.SCHEDULED, _authors_of_what_goes_out_later),),
    "hold": ((Kind.SCHEDULED, _authors),),
    "lift_hold": ((Kind.SCHEDULED, _authors),),
    "withdraw": ((Kind.WITHDRAWN, _authors), (Kind.WITHDRAWN, _signers), (Kind.WITHDRAWN, _layout)),
    "reinstate": ((Kind.WITHDRAWN, _authors), (Kind.WITHDRAWN, _signers)),
    "draw_up_correction": ((Kind.CORRECTED, _signers_of_the_correction),),
    "redraw_correction": ((Kind.CORRECTED, _signers_of_the_correction),),
    "sign_correction": (
        (Kind.CORRECTED, _signers_of_the_correction),
        (Kind.CORRECTED, _drew_it_up),
        (Kind.CORRECTED, _authors_of_the_corrected),
        (Kind.CORRECTED, _signers_of_the_corrected),
    ),
    "return_correction": ((Kind.CORRECTED, _drew_it_up),),
    "drop_correction": ((Kind.CORRECTED, _drew_it_up),),
    "publish_at_once": ((Kind.MISSED, _owing), (Kind.SIGNED, _writers)),
    "sign_late": ((Kind.SIGNED, _writers),),
    "refuse_late": ((Kind.MISSED, _chiefs), (Kind.MISSED, _signers)),
    "sign_minor": ((Kind.SIGNED, _writers), (Kind.SIGNED, _signers)),
    "revise": ((Kind.MISSED, _publishers_of_what_waits), (Kind.OTHER, _authors)),
    "take_back_signature": (
        (Kind.MISSED, _publishers_of_what_waits),
        (Kind.RETURNED, _authors),
        (Kind.SIGNED, _signers),
    ),
    "recall": (),
    "clear_gap": (),
    "file_word": (),
    "name_version": (),
    "restore_version": (),
    "restore_piece": (),
    **dict.fromkeys(ARRANGING, ()),
    "talk": ((Kind.MENTION, _mentioned), (Kind.COMMENT, _talking)),
    "lock": (),
    "unlock": (),
    "break_lock": ((Kind.OTHER, _given),),
}
UNKNOWN: tuple[Rule, ...] = ((Kind.OTHER, _authors),)


def of_act(act: Act) -> list[Telling]:
    """Return whom an act on a piece is told, each once."""
    found = apply(OF_PIECES.get(act.verb, UNKNOWN), act)
    told = [replace(telling, article=act.article) for telling in found]
    return [each for each in told if may_see(each.recipient, act.article)]


def apply(rules: Iterable[Rule], act) -> list[Telling]:
    """Go through the rules in order; the actor hears nothing."""
    found: dict[int, Telling] = {}
    for kind, audience in rules:
        for each in audience(act):
            telling = each if isinstance(each, Telling) else Telling(each, kind)
            if telling.recipient.pk != act.by_id and telling.recipient.is_active:
                found.setdefault(telling.recipient.pk, telling)
    return list(found.values())


# Acts on issues


def _publishers(act):
    return audiences.publishers()


def _everybody_in_it(act):
    """Publishers hear of the issue, authors of their pieces."""
    hour = act.issue.release.publish_at
    if hour is not None and hour <= act.at:
        return []
    return of_issue(act.issue, Kind.SCHEDULED, hour=hour)


OF_ISSUES: dict[str, tuple[Rule, ...]] = {
    "plan": (),
    "close": ((Kind.SCHEDULED, _publishers),),
    "reopen": ((Kind.SCHEDULED, _publishers),),
    "schedule": ((Kind.SCHEDULED, _everybody_in_it),),
    "reschedule": ((Kind.SCHEDULED, _everybody_in_it),),
    "recall": ((Kind.SCHEDULED, _everybody_in_it),),
    "hold": ((Kind.SCHEDULED, _everybody_in_it),),
    "lift_hold": ((Kind.SCHEDULED, _everybody_in_it),),
}
UNKNOWN_OF_ISSUES: tuple[Rule, ...] = ((Kind.SCHEDULED, _publishers),)


def of_issue_act(act: IssueAct) -> list[Telling]:
    """Return whom an act on an issue is told, each once."""
    told = [
        each if each.article or each.issue else replace(each, issue=act.issue)
        for each in apply(OF_ISSUES.get(act.verb, UNKNOWN_OF_ISSUES), act)
    ]
    return [each for each in told if each.article or may_see_issues(each.recipient)]


def of_issue(issue: Issue, kind: Kind, hour=None) -> list[Telling]:
    """Return whom it is told what becomes of a closed issue: publishers, and authors.

    An author of several pieces hears once how many: of the issue, where they may see it.
    """
    articles = list(Article.objects.filter(release=issue.release_id, withdrawn_at=None))
    whole = [
        Telling(person, kind, issue=issue, hour=hour, pieces=len(articles))
        for person in audiences.publishers()
    ]
    heard = {telling.recipient.pk for telling in whole}
    own: dict[int, tuple[User, list[Article]]] = {}
    for article in articles:
        for person in audiences.authors(article):
            own.setdefault(person.pk, (person, []))[1].append(article)
    for person, pieces in own.values():
        if person.pk not in heard:
            several = may_see_issues(person) and len(pieces) > 1
            theirs = {"issue": issue} if several else {"article": pieces[0]}
            whole.append(Telling(person, kind, hour=hour, pieces=len(pieces), **theirs))
    return whole
