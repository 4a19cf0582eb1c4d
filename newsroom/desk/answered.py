"""Who is told of an answer from outside: whoever lent, whoever works on the piece, and signers."""

from newsroom.desk import audiences
from newsroom.desk.kinds import Kind
from newsroom.desk.models import PreviewAnswer
from newsroom.desk.previews.permissions import may_see_links
from newsroom.desk.telling import Telling
from newsroom.people.models import User


def of_sitting(first: PreviewAnswer) -> list[Telling]:
    """Return whom it is told what somebody said in one go, each once.

    They are led to a piece with a remark where there is one. A remark concerns whoever has signed
    the piece, too. Authors hear of it from their editors.
    """
    said = list(PreviewAnswer.objects.of_one_sitting(first).select_related("article"))
    remarks = [each for each in said if each.verdict == PreviewAnswer.Verdict.REMARK]
    people: dict[int, User] = {first.link.made_by_id: first.link.made_by}
    for each in said:
        claimed = User.objects.filter(pk=each.article.claimed_by_id)
        people |= {person.pk: person for person in audiences.active(claimed)}
    for each in remarks:
        people |= {person.pk: person for person in audiences.signers(each.article)}
    where = (remarks or said)[0].article
    return [
        Telling(person, Kind.CHECKED, article=where, pieces=len(remarks or said))
        for person in people.values()
        if may_see_links(person)
    ]
