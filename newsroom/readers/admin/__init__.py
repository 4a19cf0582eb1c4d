"""The rooms of the desk for what readers leave with us."""

from newsroom.readers.admin import redirect_tables as _tables  # noqa: F401 - registers
from newsroom.readers.admin import redirects as _redirects  # noqa: F401 - registers
from newsroom.readers.admin import reports as _reports  # noqa: F401 - registers
