"""Many people at one board at one moment: every piece ends in one place, nobody waits for ever."""

from random import Random

import pytest

from issues import layout, planning
from issues.models import Issue, LayoutMove, Placement
from issues.permissions import PLANNERS
from tests import factories
from tests.test_concurrency import at_once, one_is_served

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [(number, "综合") for number in range(1, 5)]


@pytest.fixture
def cast():
    return factories.Cast()


def laid(issue):
    """Return the pieces of each page in order, and check what must hold of every page."""
    pages = {}
    for number, _name in PAGES:
        row = list(Placement.objects.of_issue(issue).on_page(number))
        assert [each.position for each in row] == list(range(len(row)))
        assert sum(each.weight == "lead" for each in row) <= 1
        pages[number] = [each.article_id for each in row]
    return pages


def everything_stands_once(issue, pieces):
    placed = sum(laid(issue).values(), [])
    assert len(placed) == len(set(placed))
    assert set(placed) <= {piece.pk for piece in pieces}
    return set(placed)


def last_of(issue, piece):
    last = LayoutMove.objects.of_issue(issue).of_article(piece).first()
    return last.pk if last else 0


def test_twenty_moves_of_many_pieces_by_many_people(cast):
    """Each mover saw the board as it was before all of them."""
    chance = Random(20)
    pieces = [factories.draft(cast) for _ in range(12)]
    people = [factories.person(f"版面{n}", PLANNERS[0], username=f"board{n}") for n in range(5)]
    issue = factories.issue(cast, *pieces[:8], pages=PAGES)
    seen = {piece.pk: last_of(issue, piece) for piece in pieces}
    before = LayoutMove.objects.count()

    def mover(number):
        piece, by = pieces[number % len(pieces)], people[number % len(people)]
        kind, page = chance.random(), chance.randint(1, 4)
        near = {"position": chance.randint(0, 3), "before": chance.choice(pieces).pk}
        weight = chance.choice([None, "lead", "brief"])

        def moving():
            fresh, saw = Issue.objects.get(pk=issue.pk), seen[piece.pk]
            if kind < 0.15:
                layout.take_off(fresh, by=by, article=piece, seen=saw)
            else:
                layout.place(
                    fresh, by=by, article=piece, page=page, weight=weight, seen=saw, **near
                )

        return moving

    told = at_once(*[mover(number) for number in range(20)])
    everything_stands_once(issue, pieces)
    moves = list(LayoutMove.objects.order_by("pk"))[before:]
    assert len({move.article_id for move in moves}) == len(moves)  # the second mover was refused
    assert all(sentence.strip() for sentence in told if sentence)
    assert told.count(None) >= len(moves) >= 8


def test_twenty_moves_by_people_who_look_again(cast):
    """Nobody is refused for good: whoever looks again may move, and the last one wins."""
    pieces = [factories.draft(cast) for _ in range(4)]
    issue = factories.issue(cast, *pieces, pages=PAGES)

    def mover(number):
        piece, page = pieces[number % 4], number % 4 + 1

        def moving():
            for _try in range(30):
                try:
                    return layout.place(
                        Issue.objects.get(pk=issue.pk), by=cast.chief, article=piece, page=page,
                        position=number % 3, weight=("lead", None, "brief")[number % 3],
                        seen=last_of(issue, piece),
                    )  # fmt: skip
                except layout.MovedMeanwhileError:
                    continue
            raise AssertionError("refused again and again")

        return moving

    assert at_once(*[mover(number) for number in range(20)]) == [None] * 20
    assert everything_stands_once(issue, pieces) == {piece.pk for piece in pieces}


def test_one_piece_moved_by_two_who_saw_the_same(cast):
    piece = factories.draft(cast)
    issue = factories.issue(cast, factories.draft(cast), piece, pages=PAGES)
    saw = last_of(issue, piece)
    said = at_once(
        *[
            lambda by=by, page=page: layout.place(
                Issue.objects.get(pk=issue.pk), by=by, article=piece, page=page, seen=saw
            )
            for by, page in ((cast.chief, 2), (cast.issue_editor, 3))
        ]
    )
    assert one_is_served(said)
    stands = Placement.objects.of_article(piece).get().page.number
    winner = next(page for page, sentence in zip((2, 3), said, strict=True) if sentence is None)
    assert stands == winner
    assert f"第{winner}版" in next(sentence for sentence in said if sentence)


def test_one_move_undone_twice(cast):
    piece = factories.draft(cast)
    issue = factories.issue(cast, factories.draft(cast), piece, pages=PAGES)
    layout.place(issue, by=cast.chief, article=piece, page=2)
    done = last_of(issue, piece)
    said = at_once(
        *[lambda: layout.undo(Issue.objects.get(pk=issue.pk), by=cast.chief, move=done)] * 3
    )
    assert one_is_served(said)
    assert laid(issue)[2] == []


def test_a_page_dropped_while_a_piece_comes_to_it(cast):
    """The page is there with the piece on it, or gone without it."""
    piece = factories.draft(cast)
    issue = factories.issue(cast, factories.draft(cast), pages=PAGES)
    dropped, placed = at_once(
        lambda: planning.drop_page(Issue.objects.get(pk=issue.pk), by=cast.chief, number=4),
        lambda: layout.place(
            Issue.objects.get(pk=issue.pk), by=cast.issue_editor, article=piece, page=4, seen=0
        ),
    )
    assert (dropped is None) != (placed is None)
    assert issue.pages.filter(number=4).exists() == (placed is None)
