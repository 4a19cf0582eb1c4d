"""Who may take a piece on in its round: names for pages that say whom a piece waits for."""

from functools import cached_property

from django.utils import timezone

from articles.models import Article, Round
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
        members = self._members.get(article.round.group_id, [])
        barred = _Barred(article)
        hands = [Hand(person) for person in members if not barred.has(person)]
        known = {person.pk for person in members}
        for row in self._deputies:
            stands_for_one = row.principal in members and not barred.has(row.principal)
            if stands_for_one and row.deputy_id not in known and not barred.has(row.deputy):
                known.add(row.deputy_id)
                hands.append(Hand(row.deputy, row.principal))
        return hands


class _Barred:
    """Whom a piece keeps from signing it: its authors, and who has signed another round."""

    def __init__(self, article: Article):
        bylines = list(article.bylines.all())
        accounts = {byline.correspondent.user_id for byline in bylines if byline.correspondent}
        review = newest_review(article)
        signatures = [s for s in review.signatures.all() if s.voided_at is None] if review else []
        signed = {pk for s in signatures for pk in (s.signer_id, s.on_behalf_of_id)}
        self.people = {article.filed_by_id} | accounts | signed
        self.names = {
            "".join(byline.printed_name.split())
            for byline in bylines
            if byline.correspondent is None or byline.correspondent.user_id is None
        }

    def has(self, person: User) -> bool:
        return person.pk in self.people or person.name in self.names
