"""How to break each constraint of the writing desk, behind the back of its verbs."""

from datetime import timedelta

from django.utils import timezone

from articles.models import (
    Autosave,
    ChecklistRule,
    FiledFile,
    Likeness,
    Lock,
    PieceTemplate,
    Presence,
    Unsaved,
    Upload,
)
from tests import factories


def twice(model, **fields):
    """Return a breaker that writes a row twice; what depends on the cast is named by its key."""

    def break_it(cast):
        known = {"article": factories.draft(cast), "by": cast.writer, "person": cast.writer}
        row = {name: known.get(name, value) for name, value in fields.items()}
        model.objects.bulk_create([model(**row), model(**row)])

    return break_it


def lock(**fields):
    """Return a breaker that locks a draft in a way nobody could ask for."""

    def break_it(cast):
        usual = {"minutes": 15, "until": timezone.now() + timedelta(minutes=15)}
        Lock.objects.create(
            article=factories.draft(cast), holder=cast.editor, **{**usual, **fields}
        )

    return break_it


def locked_twice(cast):
    article, until = factories.draft(cast), timezone.now() + timedelta(minutes=15)
    for holder in (cast.editor, cast.chief):
        Lock.objects.create(article=article, holder=holder, minutes=15, until=until)


def paired_twice(cast):
    one, other = factories.picture(), factories.picture()
    Likeness.objects.bulk_create([Likeness(picture=one, other=other, bits=1) for _time in "ab"])


def paired_with_itself(cast):
    one = factories.picture()
    Likeness.objects.create(picture=one, other=one, bits=0)


WRITING = {
    "pair_of_pictures_is_one": paired_twice,
    "picture_is_compared_with_another": paired_with_itself,
    "page_is_kept_once": twice(Autosave, person=None, page="a", sequence=1),
    "page_has_its_key": lambda cast: Autosave.objects.create(
        person=cast.writer, page="", sequence=1
    ),
    "somebody_is_at_a_piece_once": twice(Presence, article=None, person=None),
    "piece_has_one_lock": locked_twice,
    "lock_runs_out_within_an_hour_of_being_asked_for": lock(minutes=61),
    "lock_ends_after_it_began": lock(until=timezone.now() - timedelta(days=1)),
    "only_an_ended_lock_was_ended_by_somebody": lambda cast: lock(ended_by=cast.editor)(cast),
    "the_same_typing_is_kept_once": twice(
        Unsaved, article=None, by=None, revision=1, places=[], fingerprint="a"
    ),
    "nobody_files_a_file_twice": twice(FiledFile, article=None, by=None, digest="a"),
    "upload_has_a_size_that_is_taken": lambda cast: Upload.objects.create(
        person=cast.writer, mark="m", size=40 * 1024**2 + 1
    ),
    "upload_becomes_a_picture_when_it_came_whole": lambda cast: Upload.objects.create(
        person=cast.writer, mark="m", size=5, received=4, digest="a" * 64, number=1
    ),
    "upload_has_its_own_number": lambda cast: Upload.objects.bulk_create(
        Upload(person=cast.writer, mark="m", size=5, number=7) for _time in range(2)
    ),
    "template_holds_a_headline_or_a_text": lambda cast: PieceTemplate.objects.bulk_create(
        [PieceTemplate(name="空的")]
    ),
    "no_piece_without_headline_content_section": lambda cast: ChecklistRule.objects.create(
        key="section", level="warn"
    ),
    "no_signature_without_alternative_texts": lambda cast: ChecklistRule.objects.create(
        key="alternative_text", level="off"
    ),
}
