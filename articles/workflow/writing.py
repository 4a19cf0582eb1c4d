"""Verbs of writing: keep what was typed, put aside, bring back."""

from django.utils import timezone

from articles import permissions
from articles.models import Article, Gap, Section, Tag
from articles.workflow.moving import acting, move, moving, record
from articles.workflow.sittings import end_anothers, note_save
from newsroom.people.models import User
from newsroom.people.verdicts import demand

# What verbs move. A form that was loaded before a verb must not write it back.
MOVED = (
    "status", "round", "claimed_by", "claimed_at", "moved_at", "due_at", "sealed",
    "release", "left_out_of", "stays_out", "withdrawn_at", "change_note",
    "filed_by", "kept_by", "filed_at", "revision",
)  # fmt: skip


def save(article: Article, *, by: User, write) -> Article:
    """Keep what was typed: check the right to it, call ``write()``, count the revision.

    ``write`` stores the working copy with its bylines and photos. Every save is a revision in the
    history; a version is made when a sitting is over, or somebody submits or signs. Raises
    RefusalError.
    """
    with acting(by, "save"):
        if article.pk:
            locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
            demand(permissions.may_change(by, locked))
            end_anothers(locked, by=by)
            for name in MOVED:
                column = Article._meta.get_field(name).attname
                setattr(article, column, getattr(locked, column))
        else:
            demand(permissions.may_compose(by) if article.lasts else permissions.may_file(by))
            article.filed_by = by
        write()
        article.revision += 1
        Article.objects.filter(pk=article.pk).update(revision=article.revision)
        note_save(article, by=by)
    return article


@moving
def file_in(article: Article, *, by: User, section: Section) -> None:
    """Put a working copy in a section: a revision like any other, for forms that are open."""
    demand(permissions.may_change(by, article))
    if article.section_id != section.pk:
        article.section = section
        article.revision += 1
        article.save(update_fields=["section", "revision", "changed_at"])


@moving
def add_tag(article: Article, *, by: User, tag: Tag) -> None:
    """Say what a working copy is about, beside what is said already."""
    demand(permissions.may_change(by, article))
    article.tags.add(tag)


@moving
def clear_gap(article: Article, *, by: User, gap: int) -> None:
    """Say that a place where import found the text damaged is in order now."""
    demand(permissions.may_clear_gap(by, article))
    cleared = Gap.objects.filter(pk=gap, article=article, cleared_at=None)
    for warning in cleared:
        warning.cleared_at, warning.cleared_by = timezone.now(), by
        warning.save(update_fields=["cleared_at", "cleared_by"])
        record(article, "clear_gap", by=by, note=warning.message)


@moving
def discard(article: Article, *, by: User, note: str = "") -> None:
    """Put a piece aside. Nothing is deleted: it can be brought back."""
    demand(permissions.may_put_aside(by, article))
    move(article, "discard")
    record(article, "discard", by=by, note=note)


@moving
def restore(article: Article, *, by: User) -> None:
    """Bring a rejected or discarded piece back as a draft."""
    demand(permissions.may_restore(by, article))
    move(article, "restore")
    record(article, "restore", by=by)


@moving
def entrust(article: Article, *, by: User, to: User, note: str = "") -> None:
    """Name who goes on with a piece in place of who filed it; who filed it stays on record."""
    demand(permissions.may_entrust(by, article, to))
    article.kept_by = to
    article.save(update_fields=["kept_by"])
    record(article, "entrust", by=by, to=to, note=note.strip())
