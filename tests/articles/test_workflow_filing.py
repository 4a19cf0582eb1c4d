"""A Word file becomes a draft: whose, with which names and pictures, and never twice."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from articles import workflow
from articles.markup import photo_ids
from articles.models import Article, Correspondent, FiledFile
from articles.workflow.filing import file_word
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.articles.word_files import drawing, para, picture, word

PROSE = "初冬的早晨，棠溪河边雾气散去，散步的人多了起来，长椅上坐满了老人。"


@pytest.fixture
def cast(db):
    return factories.Cast()


def manuscript(*more: str, **with_pictures) -> bytes:
    return word(para("棠溪一河两岸变了样", centred=True), *more, para(PROSE), **with_pictures)


def test_a_word_file_becomes_a_draft_of_whoever_brings_it(cast):
    filed = file_word(manuscript(), by=cast.writer, name="治水.docx")
    article = Article.objects.get()
    assert filed == filed.__class__(article, True, ())
    assert (article.headline, article.body) == ("棠溪一河两岸变了样", f"<p>{PROSE}</p>")
    assert (article.status, article.filed_by, article.revision) == ("draft", cast.writer, 1)
    assert article.bylines.get().correspondent == cast.correspondent
    act = article.acts.get()
    assert (act.verb, act.by, act.note) == ("file_word", cast.writer, "治水.docx")


def test_names_mean_correspondents_one_may_name_and_are_words_otherwise(cast):
    Correspondent.objects.create(name="方念")
    data = manuscript(para("通讯员 苗青禾 方念", centred=True))
    by_writer = file_word(data, by=cast.writer).article
    assert [(each.correspondent, each.name) for each in by_writer.bylines.all()] == [
        (cast.correspondent, ""),
        (None, "方念"),
    ]
    by_editor = file_word(data, by=cast.editor).article
    assert [each.printed_name for each in by_editor.bylines.all()] == ["苗青禾", "方念"]
    assert all(each.correspondent for each in by_editor.bylines.all())
    Correspondent.objects.create(name="方念")
    again = manuscript(para("通讯员 方念", centred=True), para("又一段。"))
    assert file_word(again, by=cast.editor).article.bylines.get().correspondent is None


def test_pictures_become_photos_in_their_places(cast, settings):
    data = manuscript(
        para(inside=drawing("rId10", "河边，两位老人在散步")),
        para("图为居民在河边散步。孟小满 摄", centred=True),
        para(inside=drawing("rId11")),
        pictures={"a.jpeg": picture(), "b.png": picture(90, 60, kind="PNG")},
    )
    filed = file_word(data, by=cast.writer)
    photo = filed.article.photos.get()
    assert photo_ids(filed.article.body) == [photo.pk]
    assert 'data-size="full"' in filed.article.body
    assert (photo.caption, photo.credit) == ("图为居民在河边散步。", "孟小满 摄")
    assert photo.photographer is None  # nobody of this name is on the list
    assert photo.alternative_text == "河边，两位老人在散步"
    assert photo.widths == [480, 640]
    assert len(filed.notes) == 1
    assert "90" in filed.notes[0]
    assert filed.notes[0] in filed.article.acts.get().note


def test_the_photographer_is_taken_from_the_credit_where_one_person_is_meant(cast):
    data = manuscript(
        para(inside=drawing("rId10", "河边")),
        para("图为居民在河边散步。苗青禾 摄", centred=True),
        pictures={"a.jpeg": picture()},
    )
    assert file_word(data, by=cast.writer).article.photos.get().photographer == cast.correspondent


def test_the_same_file_is_filed_once_by_each_person(cast):
    first = file_word(manuscript(), by=cast.writer)
    again = file_word(manuscript(), by=cast.writer, name="改了名.docx")
    assert (again.article, again.is_new) == (first.article, False)
    assert file_word(manuscript(), by=cast.editor).is_new
    assert Article.objects.count() == 2
    workflow.discard(first.article, by=cast.writer)
    assert file_word(manuscript(), by=cast.writer).article == first.article


def test_a_draft_without_a_text_takes_a_file_up(cast):
    article = factories.draft(cast, headline="约好的题", body="", kind="feature")
    assert file_word(manuscript(), by=cast.writer, into=article).article == article
    article.refresh_from_db()
    assert (article.headline, article.body) == ("棠溪一河两岸变了样", f"<p>{PROSE}</p>")
    assert (article.kind, article.section, article.revision) == ("feature", cast.section, 1)
    assert article.bylines.get().correspondent == cast.correspondent
    assert Article.objects.count() == 1


def test_a_file_overwrites_nothing_and_goes_into_nobody_elses_draft(cast):
    data = manuscript(para("通讯员 方念", centred=True))
    written = factories.draft(cast)
    pictured = factories.draft(cast, body="")
    factories.with_photo(pictured)
    begun = factories.draft(cast, body="")
    Article.objects.filter(pk=begun.pk).update(body="<p>刚写的。</p>")  # while the file came
    foreign = factories.draft(cast, body="", filed_by=cast.other_writer)
    for article in (written, pictured, begun, foreign):
        with pytest.raises(RefusalError):
            file_word(data, by=cast.writer, into=article)
    empty = factories.draft(cast, body="")
    file_word(data, by=cast.writer, into=empty)
    assert [each.printed_name for each in empty.bylines.all()] == ["方念"]


def test_whoever_writes_no_pieces_files_none(cast):
    with pytest.raises(RefusalError):
        file_word(manuscript(), by=cast.administrator)
    assert not Article.objects.exists()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", manuscript()[:-40]])
def test_what_cannot_be_read_is_refused_in_a_sentence_and_leaves_nothing(cast, data):
    with pytest.raises(RefusalError) as refusal:
        file_word(data, by=cast.writer)
    assert len(str(refusal.value)) > 5
    assert not Article.objects.exists()
    assert not FiledFile.objects.exists()


def test_the_record_of_files_only_grows_and_knows_each_once(cast):
    file_word(manuscript(), by=cast.writer)
    filed = FiledFile.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        FiledFile.objects.create(article=filed.article, by=filed.by, digest=filed.digest)
    with pytest.raises(IntegrityError), transaction.atomic():
        FiledFile.objects.update(digest="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        FiledFile.objects.all()._raw_delete("default")


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_piece():
    cast = factories.Cast()
    # One file: built twice it would bear two times, and be two files.
    data, together, found = manuscript(), threading.Barrier(2), []

    def click():
        try:
            together.wait(10)
            found.append(file_word(data, by=cast.writer))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _click in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Article.objects.count() == 1
    assert sorted(filed.is_new for filed in found) == [False, True]
