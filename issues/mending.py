"""Who can mend what a dry run found: the people whose move it is, by name."""

from functools import cached_property

from articles.crews import Crew
from articles.models import Article
from articles.standing import seals, with_reviews
from articles.statuses import Status
from issues.dryrun.table import Remedy
from issues.findings import Finding
from newsroom.people.models import User
from newsroom.people.roles import Role


class Menders:
    """The people of a newsroom as far as some findings need them, each kind asked for once."""

    def __init__(self, found: list[Finding]):
        """Take what was found."""
        self._keys = {each.article.pk for each in found if each.article is not None}
        self._crew = Crew()
        self.layout = _layout() if found else ()

    def of(self, finding: Finding) -> tuple[User, ...]:
        """Return who can mend a finding, the first one first."""
        if finding.check.remedy == Remedy.PIECE and finding.article is not None:
            return tuple(self._of_piece(self._pieces[finding.article.pk])) or self.layout
        return self.layout

    @cached_property
    def _pieces(self) -> dict[int, Article]:
        asked = Article.objects.filter(pk__in=self._keys).for_desk_list()
        return {article.pk: article for article in with_reviews(asked)}

    def _of_piece(self, article: Article) -> list[User]:
        """Whoever has it: its author, whom it waits for, or who read it first and may revise it."""
        if article.status == Status.DRAFT:
            people = [article.kept_by or article.filed_by]
        elif article.claimed_by_id:
            people = [article.claimed_by]
        elif article.status == Status.IN_REVIEW:
            people = [hand.person for hand in self._crew.hands(article)]
        else:
            people = [seal.signature.signer for seal in seals(article)[:1] if seal.signature]
        return [person for person in people if person.is_active]


def _layout() -> tuple[User, ...]:
    """Return who lays issues out: issue editors, and chief editors where there are none."""
    people = User.objects.holding(Role.ISSUE_EDITOR).order_by("name", "pk")
    return tuple(people) or tuple(User.objects.holding(Role.CHIEF_EDITOR).order_by("name"))
