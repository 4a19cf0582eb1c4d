"""The text editor as a widget: what it can make, and the scripts of ours that it loads."""

from django.templatetags.static import static
from django_prose_editor.widgets import ProseEditorWidget

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
            {"group": "history"},
            {"group": "utility"},
        ]
    },
}
# What makes no tags of its own, by the script that brings it. One that needs another of our scripts
# imports it by a name below: the map of imports knows the hashed address of each.
MORE = {"Fullscreen": True, "ArticlePhoto": True, "DeskMenu": True, "PasteCleaner": True}
SCRIPTS = ["desk/prose.js", "desk/paste.js"]


class BodyWidget(ProseEditorWidget):
    """The editor, with the extensions that our scripts bring."""

    def get_config(self):
        """Add our scripts to the editor's own."""
        config = super().get_config()
        extensions = {**config["extensions"], **MORE}
        scripts = [static(script) for script in SCRIPTS]
        return {**config, "extensions": extensions, "js_modules": scripts}
