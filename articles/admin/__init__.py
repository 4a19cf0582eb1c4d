"""The editors' side of what the newsroom writes."""

from articles.admin import articles as _articles  # noqa: F401 - registers
from articles.admin import corrections as _corrections  # noqa: F401 - registers
from articles.admin import directory as _directory  # noqa: F401 - registers
from articles.admin import filing as _filing  # noqa: F401 - registers
from articles.admin import pictures as _pictures  # noqa: F401 - registers
from articles.admin import routes as _routes  # noqa: F401 - registers
from articles.admin import rules as _rules  # noqa: F401 - registers
