"""Two editors at one piece, in every order of docs/writing.md: nothing is overwritten or lost.

A row of the table there is a case here, by its name.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from articles import workflow
from articles.markup import paragraphs
from articles.models import Article, Byline, Lock, Photo, Unsaved
from articles.revisions import content_at
from tests import factories
from tests.articles.desk_pages import address, blank, form_of, signed_in, text
from tests.walks import walked

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = (
    "<p>柳岸街道的老厂房亮起阅读灯。</p>", "<p>图书馆面积一千四百平方米。</p>",
    "<p>居民凭身份证就能借书，一次五册。</p>",
)  # fmt: skip
NEW, OTHER_NEW = "<p>馆方请大家扫码提意见。</p>", "<p>首日来了一千三百人次。</p>"
MERGED, ASKED, REFUSED = "saved as merged", "asked place by place", "refused, kept"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def piece(cast):
    """A draft of the writer's with three paragraphs, a photograph and its base in the history."""
    article = factories.draft(cast, body=ONE + TWO + THREE, deck="")
    factories.with_photo(article)
    factories.with_attachment(article)
    return workflow.save(article, by=cast.writer, write=article.save)


def with_row(article, prefix: str, index: int, **words) -> dict:
    """Return what a form posts besides, when words of a row are typed; a new row is added."""
    rows = getattr(article, prefix).count()
    typed = {f"{prefix}-{index}-{name}": value for name, value in words.items()}
    if index >= rows:
        typed |= {f"{prefix}-TOTAL_FORMS": index + 1, f"{prefix}-{index}-article": article.pk}
    return typed


def name_added(name: str):
    return lambda article: with_row(
        article, "bylines", 1, role="摄", name=name, correspondent="", credit="photo"
    )


def name_changed(role: str):
    return lambda article: with_row(article, "bylines", 0, role=role)


def name_taken_off(article):
    return with_row(article, "bylines", 0, DELETE="on")


def caption(words: str):
    return lambda article: with_row(article, "photos", 0, caption=words)


def photo_taken_off(article):
    return with_row(article, "photos", 0, DELETE="on")


def typed(**fields):
    return lambda article: fields


def body(*blocks: str):
    return typed(body="".join(blocks))


@dataclass(frozen=True)
class Case:
    """What the other saves first, what I save after that on the old revision, what comes of it."""

    theirs: object
    mine: object
    outcome: str
    holds: tuple[str, ...] = field(default=())


def file_called(title: str):
    return lambda article: with_row(article, "attachments", 0, title=title)


def file_taken_off(article):
    return with_row(article, "attachments", 0, DELETE="on")


TWO_MENDED, THREE_MENDED = TWO.replace("四百", "四百八十"), THREE.replace("五册", "十册")
TABLE = {
    "other field": Case(typed(deck="对方的副题"), typed(kicker="我的引题"), MERGED,
                        ("对方的副题", "我的引题")),
    "same field": Case(typed(headline="对方的标题"), typed(headline="我的标题"), ASKED,
                       ("对方的标题", "我的标题")),
    "same field, same words": Case(typed(headline="同一标题"), typed(headline="同一标题"), MERGED,
                                   ("同一标题",)),
    "choice fields": Case(typed(kind="brief"), typed(unit_head="陶然"), MERGED, ("陶然",)),
    "other paragraph": Case(body(ONE, TWO_MENDED, THREE), body(ONE, TWO, THREE_MENDED), MERGED,
                            ("四百八十", "十册")),
    "same paragraph": Case(body(ONE, TWO, THREE.replace("身份证", "读者证")),
                           body(ONE, TWO, THREE_MENDED), ASKED, ("读者证", "十册")),
    "insert and insert, other places": Case(body(NEW, ONE, TWO, THREE),
                                            body(ONE, TWO, THREE, OTHER_NEW), MERGED,
                                            ("馆方请大家", "首日来了")),
    "insert and insert, same place": Case(body(ONE, TWO, THREE, NEW),
                                          body(ONE, TWO, THREE, OTHER_NEW), MERGED,
                                          ("馆方请大家", "首日来了")),
    "insert and insert, alike": Case(body(ONE, TWO, THREE, NEW),
                                     body(ONE, TWO, THREE, NEW.replace("大家", "居民")), ASKED,
                                     ("馆方请大家", "馆方请居民")),
    "insert and change": Case(body(ONE, NEW, TWO, THREE), body(ONE, TWO, THREE_MENDED), MERGED,
                              ("馆方请大家", "十册")),
    "delete, change of another": Case(body(ONE, THREE), body(ONE, TWO, THREE_MENDED), MERGED,
                                      ("十册",)),
    "delete, change of the same": Case(body(ONE, THREE), body(ONE, TWO_MENDED, THREE), ASKED,
                                       ("四百八十",)),
    "change, delete of the same": Case(body(ONE, TWO_MENDED, THREE), body(ONE, THREE), ASKED,
                                       ("四百八十",)),
    "delete and delete": Case(body(ONE, THREE), body(ONE, THREE), MERGED),
    "all rewritten, one word changed": Case(body(NEW, OTHER_NEW), body(ONE, TWO_MENDED, THREE),
                                            ASKED, ("馆方请大家", "四百八十")),
    "byline added, other byline changed": Case(name_added("梁序"), name_changed("本报记者"), MERGED,
                                               ("梁序", "本报记者")),
    "bylines added by both": Case(name_added("梁序"), name_added("方念"), MERGED,
                                  ("梁序", "方念")),
    "same byline added by both": Case(name_added("梁序"), name_added("梁序"), MERGED, ("梁序",)),
    "same byline changed by both": Case(name_changed("本报记者"), name_changed("文/图"), ASKED,
                                        ("本报记者", "文/图")),
    "byline taken off, changed": Case(name_taken_off, name_changed("文/图"), ASKED, ("文/图",)),
    "byline changed, taken off": Case(name_changed("文/图"), name_taken_off, ASKED, ("文/图",)),
    "caption, credit": Case(caption("对方的说明"), typed(**{"photos-0-credit": "方念 摄"}), MERGED,
                            ("对方的说明", "方念 摄")),
    "same caption": Case(caption("对方的说明"), caption("我的说明"), ASKED,
                         ("对方的说明", "我的说明")),
    "photo taken off, caption": Case(photo_taken_off, caption("我的说明"), ASKED, ("我的说明",)),
    "caption, photo taken off": Case(caption("对方的说明"), photo_taken_off, ASKED,
                                     ("对方的说明",)),
    "file called otherwise by both": Case(file_called("对方的叫法"), file_called("我的叫法"), ASKED,
                                          ("对方的叫法", "我的叫法")),
    "file taken off, called otherwise": Case(file_taken_off, file_called("我的叫法"), ASKED,
                                             ("我的叫法",)),
    "photo taken off, text changed": Case(photo_taken_off, body(ONE, TWO_MENDED, THREE), MERGED,
                                          ("四百八十",)),
}  # fmt: skip


def save(who, article, **changes):
    return signed_in(who).post(address(article), form_of(article) | changes)


def everything(article) -> str:
    """Return all words of a piece that anybody can still read: now, in its history, kept."""
    article = Article.objects.get(pk=article.pk)
    now = [article.headline, article.kicker, article.deck, article.unit_head, article.body]
    now += [f"{each.role}{each.printed_name}" for each in article.bylines.all()]
    now += [f"{each.caption}{each.credit}" for each in article.photos.all()]
    now += [each.title for each in article.attachments.all()]
    return "\n".join([*now, *map(str, Unsaved.objects.values_list("places", "body"))])


# A row of each kind with every run; the others before a change is taken.
ORDINARY = {"other field", "same paragraph", "insert and change", "photo taken off, caption"}


@pytest.mark.parametrize("name", walked(TABLE, ORDINARY))
def test_two_people_save_from_one_revision(cast, piece, name):
    case = TABLE[name]
    began = Article.objects.get(pk=piece.pk)
    mine, theirs = form_of(began) | case.mine(began), form_of(began) | case.theirs(began)
    assert signed_in(cast.editor).post(address(piece), theirs).status_code == 302
    stored = content_at(piece, began.revision + 1)
    answer = signed_in(cast.writer).post(address(piece), mine)
    assert answer.status_code == (302 if case.outcome == MERGED else 409)
    if case.outcome == ASKED:
        assert len(answer.context["choices"]) == 1
        assert content_at(piece, began.revision + 1) == stored
        assert Article.objects.get(pk=piece.pk).revision == began.revision + 1
    for words in case.holds:
        assert words in everything(piece)
        assert case.outcome == MERGED or words in text(answer)


def test_the_table_in_the_docs_is_the_table_of_the_tests():
    document = Path(__file__).parents[2] / "docs" / "writing.md"
    told = re.findall(
        r"^\| ([^|]+?) \|.*\| ([^|]+?) \|$", document.read_text("utf-8"), re.MULTILINE
    )
    rows = {name: outcome for name, outcome in told if name in TABLE}
    assert rows == {name: case.outcome for name, case in TABLE.items()}


# Choosing


def asked_page(cast, piece, theirs, mine):
    """Return the answer to a save that overlaps with another's, and what was posted."""
    began = Article.objects.get(pk=piece.pk)
    posted = form_of(began) | mine(began)
    signed_in(cast.editor).post(address(piece), form_of(began) | theirs(began))
    answer = signed_in(cast.writer).post(address(piece), posted)
    assert answer.status_code == 409
    return answer


def again(answer, take: str = "", **changes) -> dict:
    """Return what the page of choices posts: its form, its places, and a choice for each."""
    form = answer.context["adminform"].form
    post = {name: form.data.get(name) for name in form.data}
    post["read_revision"] = answer.context["read_revision"]
    for choice in answer.context["choices"]:
        post[f"place-{choice.number}"] = choice.kept
        if take:
            post[f"take-{choice.number}"] = take
    return post | changes


@pytest.mark.parametrize(
    ("take", "words"),
    [("mine", THREE_MENDED), ("theirs", THREE.replace("身份证", "读者证")),
     ("both", THREE.replace("身份证", "读者证") + THREE_MENDED)],
)  # fmt: skip
def test_a_paragraph_becomes_what_was_chosen(cast, piece, take, words):
    case = TABLE["same paragraph"]
    answer = asked_page(cast, piece, case.theirs, case.mine)
    assert signed_in(cast.writer).post(address(piece), again(answer, take)).status_code == 302
    piece.refresh_from_db()
    assert piece.body == ONE + TWO + words


@pytest.mark.parametrize("take", ["mine", "theirs"])
@pytest.mark.parametrize(
    "name",
    walked([name for name, case in TABLE.items() if case.outcome == ASKED], ORDINARY),
)
def test_every_place_can_be_settled_for_either_side(cast, piece, name, take):
    case = TABLE[name]
    began = Article.objects.get(pk=piece.pk)
    answer = asked_page(cast, piece, case.theirs, case.mine)
    wanted = answer.context["choices"][0].place
    assert signed_in(cast.writer).post(address(piece), again(answer, take)).status_code == 302
    piece.refresh_from_db()
    chosen = wanted.mine if take == "mine" else wanted.theirs
    if wanted.kind == "text":
        assert chosen in piece.body
        other = wanted.theirs if take == "mine" else wanted.mine
        assert not other or other not in piece.body
    elif wanted.kind == "field":
        assert getattr(piece, wanted.name) == chosen
    elif wanted.part:
        assert getattr(getattr(piece, wanted.name).get(), wanted.part) == chosen
    else:
        assert getattr(piece, wanted.name).exists() == bool(chosen)
    assert all(words in everything(piece) for words in case.holds) or began.revision


def test_a_photograph_that_comes_back_is_the_same_with_its_picture(cast, piece):
    photo = piece.photos.get()
    case = TABLE["photo taken off, caption"]
    answer = asked_page(cast, piece, case.theirs, case.mine)
    assert not Photo.objects.filter(pk=photo.pk).exists()
    signed_in(cast.writer).post(address(piece), again(answer, "mine"))
    back = piece.photos.get()
    assert (back.pk, back.digest, back.widths) == (photo.pk, photo.digest, photo.widths)
    assert back.caption == "我的说明"


def test_without_a_choice_it_is_asked_again_and_nothing_saved(cast, piece):
    case = TABLE["same paragraph"]
    answer = asked_page(cast, piece, case.theirs, case.mine)
    once_more = signed_in(cast.writer).post(address(piece), again(answer, kicker="又加了引题"))
    assert once_more.status_code == 409
    assert [each.place.mine for each in once_more.context["choices"]] == [THREE_MENDED]
    assert "又加了引题" in text(once_more)
    done = signed_in(cast.writer).post(address(piece), again(once_more, "theirs"))
    assert done.status_code == 302
    piece.refresh_from_db()
    assert (piece.kicker, piece.body) == (
        "又加了引题",
        ONE + TWO + THREE.replace("身份证", "读者证"),
    )


def test_what_was_changed_by_hand_stays_whatever_was_chosen(cast, piece):
    case = TABLE["same paragraph"]
    answer = asked_page(cast, piece, case.theirs, case.mine)
    by_hand = "<p>居民凭读者证就能借书，一次十册。</p>"
    post = again(answer, "theirs", body=ONE + TWO + by_hand)
    assert signed_in(cast.writer).post(address(piece), post).status_code == 302
    piece.refresh_from_db()
    assert piece.body == ONE + TWO + by_hand


def test_a_third_save_while_choosing_is_brought_in_or_asked_too(cast, piece):
    case = TABLE["same paragraph"]
    answer = asked_page(cast, piece, case.theirs, case.mine)
    piece.refresh_from_db()
    save(cast.second_editor, piece, deck="第三人的副题", body=piece.body.replace("阅读灯", "灯"))
    post = again(answer, "mine")
    assert signed_in(cast.writer).post(address(piece), post).status_code == 302
    piece.refresh_from_db()
    assert (piece.deck, piece.body) == (
        "第三人的副题",
        ONE.replace("阅读灯", "灯") + TWO + THREE_MENDED,
    )


def test_a_third_save_of_the_place_chosen_is_asked_again(cast, piece):
    case = TABLE["same paragraph"]
    answer = asked_page(cast, piece, case.theirs, case.mine)
    piece.refresh_from_db()
    save(cast.second_editor, piece, body=ONE + TWO + THREE.replace("五册", "三册"))
    once_more = signed_in(cast.writer).post(address(piece), again(answer, "mine"))
    assert once_more.status_code == 409
    assert "三册" in text(once_more)


def test_two_orders_of_names_are_asked_and_either_can_be_chosen(cast, piece):
    for position, name in ((1, "梁序"), (2, "方念")):
        Byline.objects.create(article=piece, name=name, role="", position=position)
    workflow.save(piece, by=cast.writer, write=piece.save)

    def order(*places):
        return lambda article: {
            f"bylines-{index}-position": place for index, place in enumerate(places)
        }

    answer = asked_page(cast, piece, order(3, 2, 1), order(2, 1, 3))
    [choice] = answer.context["choices"]
    assert choice.place.kind == "order"
    signed_in(cast.writer).post(address(piece), again(answer, "theirs"))
    names = [each.printed_name for each in piece.bylines.all()]
    assert names == ["方念", "梁序", "苗青禾"]


@pytest.mark.parametrize(
    "nonsense",
    [
        "{",
        "[]",
        '{"kind": "x"}',
        '{"kind": 1, "name": []}',
        "null",
        '{"kind":"text","name":"body","mine":"","theirs":"","at":"x"}',
    ],
)
def test_nonsense_among_the_choices_is_no_error(cast, piece, nonsense):
    posted = form_of(piece, headline="标题") | {"place-0": nonsense, "take-0": "theirs"}
    assert signed_in(cast.writer).post(address(piece), posted).status_code == 302


@pytest.mark.parametrize("revision", ["", "x", "99", "-1", "²"])
def test_a_form_of_unknown_beginning_is_asked_for_all_that_differs(cast, piece, revision):
    answer = save(cast.editor, piece, read_revision=revision, headline="来路不明", kicker="也改了")
    assert answer.status_code == 409
    assert {each.place.name for each in answer.context["choices"]} == {"headline", "kicker"}


# What comes in between


def typed_before(article, **changes) -> dict:
    return form_of(Article.objects.get(pk=article.pk)) | {"headline": "还没有存的标题"} | changes


IN_BETWEEN = {
    "status moved by a verb": lambda cast, piece: workflow.submit(piece, by=cast.writer),
    "discarded": lambda cast, piece: workflow.discard(piece, by=cast.writer),
    "lock held by another": lambda cast, piece: workflow.lock(piece, by=cast.desk_head),
}


@pytest.mark.parametrize("name", IN_BETWEEN)
def test_a_save_that_is_refused_keeps_every_word(cast, piece, name):
    mine = typed_before(piece)
    IN_BETWEEN[name](cast, piece)
    before = Article.objects.get(pk=piece.pk).revision
    answer = signed_in(cast.editor).post(address(piece), mine)
    assert answer.status_code == 409
    assert "还没有存的标题" in text(answer)
    kept = Unsaved.objects.get(by=cast.editor)
    assert kept.reason == Unsaved.Reason.REFUSED
    assert "还没有存的标题" in str(kept.places)
    assert Article.objects.get(pk=piece.pk).revision == before


def test_withdrawn_while_typing_a_revision_the_typing_is_saved(cast):
    article = factories.mended(cast)
    mine = typed_before(article)
    workflow.withdraw(article, by=cast.chief, reason="当事人要求")
    assert signed_in(cast.editor).post(address(article), mine).status_code == 302
    article.refresh_from_db()
    assert article.headline == "还没有存的标题"
    assert article.withdrawn_at is not None


def test_submitted_and_returned_in_between_the_typing_is_brought_in(cast, piece):
    mine = typed_before(piece)
    workflow.submit(piece, by=cast.writer)
    workflow.return_(piece, by=cast.editor, note="请补采访。")
    assert signed_in(cast.writer).post(address(piece), mine).status_code == 302


def test_a_lock_that_has_run_out_keeps_nobody_out(cast, piece):
    mine = typed_before(piece)
    hour_ago = timezone.now() - timezone.timedelta(hours=1)
    Lock.objects.create(
        article=piece, holder=cast.desk_head, minutes=15, began_at=hour_ago,
        until=hour_ago + timezone.timedelta(minutes=15),
    )  # fmt: skip
    assert signed_in(cast.editor).post(address(piece), mine).status_code == 302
    workflow.lock(piece, by=cast.editor)
    assert Lock.objects.live().get().holder == cast.editor


def test_a_lock_that_was_broken_lets_both_save_and_brings_them_together(cast, piece):
    workflow.lock(piece, by=cast.editor)
    holders = typed_before(piece, kicker="持锁人打的引题")
    workflow.break_lock(piece, by=cast.chief, reason="要付印了")
    save(cast.chief, Article.objects.get(pk=piece.pk), deck="总编加的副题")
    assert signed_in(cast.editor).post(address(piece), holders).status_code == 302
    piece.refresh_from_db()
    assert (piece.headline, piece.kicker, piece.deck) == (
        "还没有存的标题", "持锁人打的引题", "总编加的副题",
    )  # fmt: skip


def test_a_second_window_of_the_same_person_is_a_second_person(cast, piece):
    mine = typed_before(piece)
    save(cast.writer, piece, deck="另一个窗口")
    answer = signed_in(cast.writer).post(address(piece), mine, follow=True)
    piece.refresh_from_db()
    assert (piece.headline, piece.deck) == ("还没有存的标题", "另一个窗口")
    assert piece.revision == 3
    assert "meanwhile" in text(answer)


def test_a_second_click_on_save_makes_no_revision(cast, piece):
    posted = form_of(piece, headline="点了两下")
    browser = signed_in(cast.writer)
    for _click in range(2):
        assert browser.post(address(piece), posted).status_code == 302
    piece.refresh_from_db()
    assert piece.revision == 2


def test_a_verb_is_not_done_to_what_was_brought_in_unread(cast, piece):
    mine = typed_before(piece, _verb="submit")
    save(cast.editor, piece, deck="对方的副题")
    answer = signed_in(cast.writer).post(address(piece), mine, follow=True)
    piece.refresh_from_db()
    assert piece.status == Article.Status.DRAFT
    assert (piece.headline, piece.deck) == ("还没有存的标题", "对方的副题")
    assert cast.editor.name in text(answer)


def test_tags_of_both_are_known_by_what_the_form_began_from(cast, piece):
    from_form = typed_before(piece, read_tags="")
    workflow.save(piece, by=cast.editor, write=piece.save)
    assert signed_in(cast.editor).post(address(piece), from_form).status_code == 302


def test_photos_that_both_added_both_stay_the_stored_one_first(cast, piece):
    mine = typed_before(piece) | with_row(piece, "photos", 1, caption="我新加的图", credit="",
                                          alternative_text="")  # fmt: skip
    other = with_row(piece, "photos", 1, caption="对方新加的图", credit="", alternative_text="")
    save(cast.editor, piece, **other)
    assert signed_in(cast.writer).post(address(piece), mine).status_code == 302
    assert [each.caption for each in piece.photos.all()][1:] == ["对方新加的图", "我新加的图"]


# The history that all this goes by


def test_history_knows_names_and_photographs_of_every_revision(cast, piece):
    save(cast.editor, piece, **caption("第二稿的说明")(piece), **name_added("梁序")(piece))
    piece.refresh_from_db()
    save(cast.writer, piece, **photo_taken_off(piece))
    first, second, third = (content_at(piece, number) for number in (1, 2, 3))
    photo = next(iter(first.rows["photos"]))
    assert first.rows["photos"][photo]["caption"] == "居民在阅览室里看书。"
    assert second.rows["photos"][photo]["caption"] == "第二稿的说明"
    assert (len(first.rows["bylines"]), len(second.rows["bylines"])) == (1, 2)
    assert third.rows["photos"] == {}
    assert content_at(piece, 4) is None
    assert paragraphs(first.body) == paragraphs(ONE + TWO + THREE)


def test_the_same_overlap_is_kept_once(cast, piece):
    case = TABLE["same paragraph"]
    began = Article.objects.get(pk=piece.pk)
    mine = form_of(began) | case.mine(began)
    save(cast.editor, piece, **case.theirs(began))
    for _click in range(2):
        signed_in(cast.writer).post(address(piece), mine)
    assert Unsaved.objects.filter(at__lte=Now()).count() == 1
    assert blank("photos")["photos-TOTAL_FORMS"] == 0
