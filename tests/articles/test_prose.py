"""The text editor as a widget: its scripts find one another whatever hash their names carry."""

import re

import pytest
from django.conf import settings

from articles.prose import MORE, SCRIPTS, SHARED, BodyWidget
from tests import factories
from tests.articles.desk_pages import address, signed_in, text

STATIC = settings.BASE_DIR / "static"


def test_every_shared_script_has_its_name_in_the_map():
    widget = BodyWidget(config={"extensions": {}})
    named = str(widget.media)
    assert all(f'"newsroom/prose/{name.removesuffix(".js")}"' in named for name in SHARED)
    assert len(widget.get_config()["js_modules"]) == len(SCRIPTS)


def test_no_script_of_the_editor_imports_by_a_path():
    """A path would lead past the hash, to a script of another day."""
    known = {f"newsroom/prose/{name.removesuffix('.js')}" for name in SHARED}
    for script in [*SCRIPTS, *(f"desk/prose/{name}" for name in SHARED)]:
        source = (STATIC / script).read_text(encoding="utf-8")
        imported = set(re.findall(r'^import .* from "([^"]+)"', source, re.MULTILINE))
        assert imported <= known | {"django-prose-editor/editor"}, script


def test_every_extension_asked_for_is_made_by_a_script():
    sources = [(STATIC / script).read_text(encoding="utf-8") for script in SCRIPTS]
    for name in set(MORE) - {"Fullscreen"}:
        assert any(f"export const {name} = " in source for source in sources), name


@pytest.mark.django_db
def test_the_form_brings_the_map_before_any_script():
    cast = factories.Cast()
    page = text(signed_in(cast.writer).get(address(factories.draft(cast))))
    assert 0 < page.index('type="importmap"') < page.index("django_prose_editor/editor.js")
