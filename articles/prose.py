"""The text editor as a widget: what it can make, and the scripts of ours that it loads."""

from django.templatetags.static import static
from django_prose_editor.widgets import ProseEditorWidget
from js_asset import ImportMap, Media

# Each extension makes tags that ``articles.markup`` lets through; a test holds the two equal.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Underline": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Menu": {
        "groups": [
            {"group": "blockType -lists"},
            {"group": "marks"},
            {"group": "lists"},
            {"group": "nodes -blockType -lists"},
            {"group": "table"},
            {"group": "link"},
            {"group": "photo"},
            {"group": "history"},
            {"group": "desk"},
            {"group": "utility"},
        ]
    },
}
# What makes no tags of its own, and what our scripts bring: each extension by its name there.
MORE = {
    "Fullscreen": True,
    "ArticlePhoto": True,
    "PhotoDrop": True,
    "DeskCounts": True,
    "DeskTidy": True,
    "DeskFind": True,
    "DeskMenu": True,
    "PasteCleaner": True,
}
SCRIPTS = [
    "desk/prose/counts.js",
    "desk/prose/drop.js",
    "desk/prose/find.js",
    "desk/prose/menu.js",
    "desk/prose/photo.js",
    "desk/prose/tidy.js",
    "desk/paste.js",
]
# What these import, by a name: the map of imports knows the address of each with its hash.
SHARED = ["counting.js", "dom.js", "finding.js", "punctuation.js"]
_NAMES = ImportMap(
    {f"newsroom/prose/{name.removesuffix('.js')}": f"desk/prose/{name}" for name in SHARED}
)


class BodyWidget(ProseEditorWidget):
    """The editor, with the extensions that our scripts bring."""

    @property
    def media(self):
        """Add our style, and the names of what our scripts share."""
        return super().media + Media(importmap=_NAMES, css={"all": ["desk/prose/prose.css"]})

    def get_config(self):
        """Add our scripts to the editor's own."""
        config = super().get_config()
        extensions = {**config["extensions"], **MORE}
        scripts = [static(script) for script in SCRIPTS]
        return {**config, "extensions": extensions, "js_modules": scripts}
