"""Who may take a piece on in its round: names for pages that say whom a piece waits for."""

from functools import cached_property

from django.utils import timezone

from articles.models import Article, Correction, Round
from articles.standing import Hand, newest_review
from newsroom.people.models import Deputy, User


class Crew:
    """The members of all rounds and today's deputies, asked at most once for a whole page.

    ``permissions.may_work_in_round`` says the same of one piece, and a test holds the two equal.
    Fetch articles by ``for_desk_list`` and ``standing.with_reviews``.
    """

    @cached_property
    def _members(self) -> dict[int, list[User]]:
        rows = User.groups.through.objects.filter(
            group__in=Round.objects.values("group"), user__is_active=True
        )
        found = {}
        for row in rows.select_related("user").order_by("user__name", "user"):
            found.setdefault(row.group_id, []).append(row.user)
        return found

    @cached_property
    def _deputies(self) -> list[Deputy]:
        active = Deputy.objects.on(timezone.localdate()).filter(
            principal__is_active=True, deputy__is_active=True
        )
        return list(active.select_related("principal", "deputy").order_by("principal"))

    def hands(self, article: Article) -> list[Hand]:
        """Return who may work on a piece in its round, whoever has claimed it; members first."""
        if article.round is None:
            return []
        return self._hands_in(article.round, _Barred.from_piece(article))

    def hands_of_correction(self, correction: Correction) -> list[Hand]:
        """Return who may sign a correction in the round it stands in; members first."""
        waiting = correction.next_round()
        if waiting is None or correction.returned_at or correction.article.withdrawn_at:
            return []
        return self._hands_in(waiting, _Barred.from_correction(correction))

    def _hands_in(self, in_round: Round, barred: "_Barred") -> list[Hand]:
        members = self._members.get(in_round.group_id, [])
        hands = [Hand(person) for person in members if not barred.has(person)]
        known = {person.pk for person in members}
        for row in self._deputies:
            stands_for_one = row.principal in members and not barred.has(row.principal)
            if stands_for_one and row.deputy_id not in known and not barred.has(row.deputy):
                known.add(row.deputy_id)
                hands.append(Hand(row.deputy, row.principal))
        return hands


class _Barred:
    """Whom a piece or its correction keeps from signing: who wrote it, and who has signed it."""

    def __init__(self, wrote: set[int], bylines: list, signatures):
        accounts = {byline.correspondent.user_id for byline in bylines if byline.correspondent}
        standing = [each for each in signatures if each.voided_at is None]
        signed = {pk for each in standing for pk in (each.signer_id, each.on_behalf_of_id)}
        self.people = wrote | accounts | signed
        self.names = {
            "".join(_printed(byline).split())
            for byline in bylines
            if byline.correspondent is None or byline.correspondent.user_id is None
        }

    @classmethod
    def from_piece(cls, article: Article) -> "_Barred":
        review = newest_review(article)
        signatures = review.signatures.all() if review else []
        return cls({article.filed_by_id}, list(article.bylines.all()), signatures)

    @classmethod
    def from_correction(cls, correction: Correction) -> "_Barred":
        article = correction.article
        wrote = {correction.drawn_up_by_id, article.filed_by_id}
        sealed = article.sealed.bylines.select_related("correspondent")
        bylines = [*article.bylines.select_related("correspondent"), *sealed]
        return cls(wrote, bylines, correction.signatures.all())

    def has(self, person: User) -> bool:
        return person.pk in self.people or person.name in self.names


def _printed(byline) -> str:
    """Return the name under a working copy or a version."""
    return getattr(byline, "printed_name", byline.name)
