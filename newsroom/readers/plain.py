"""Words of strangers made plain: no marks that are not seen and turn what is."""

import re
import unicodedata

# Controls but for line breaks; marks that reverse or hide what follows them.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|[\U000e0000-\U000e007f]"
)


def plain(text: str) -> str:
    """Return typed text without what nobody types, in composed form, trimmed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", lines)).strip()
