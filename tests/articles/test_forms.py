"""The shape of what is typed."""

import nh3
from django_prose_editor.config import allowlist_from_extensions

from articles.forms import ArticleForm
from articles.markup import ATTRIBUTES, TAGS
from articles.models import Article
from articles.photo_forms import PhotoForm
from articles.prose import EXTENSIONS


def made_by_the_editor() -> dict:
    """Return what the editor's extensions can make, as its own sanitiser would let through."""
    return allowlist_from_extensions(EXTENSIONS)


def test_the_editor_makes_no_tag_that_is_not_let_through():
    assert made_by_the_editor()["tags"] <= TAGS


def test_every_tag_but_the_photographs_can_be_made_in_the_editor():
    assert TAGS - made_by_the_editor()["tags"] == {"figure"}


def test_no_extension_makes_a_style_or_a_class():
    for names in made_by_the_editor()["attributes"].values():
        assert not {"style", "class"} & set(names)
    assert all("style" not in names for names in ATTRIBUTES.values())


def test_what_the_editor_makes_stays_as_it_is():
    text = "<h2>小标题</h2><p>一<strong>二</strong><em>三</em></p><ul><li><p>四</p></li></ul>"
    assert nh3.clean(text, tags=TAGS) == text


def test_the_form_brings_the_revision_that_was_read():
    form = ArticleForm(instance=Article(revision=7))
    assert form.initial["read_revision"] == 7


def test_a_photo_without_a_file_waits_for_one():
    form = PhotoForm({"caption": "等图"})
    assert form.fields["upload"].required is False
