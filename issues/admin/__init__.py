"""The desk's side of what the newsroom publishes in."""

from issues.admin import archives as _archives  # noqa: F401 - registers
from issues.admin import assignments as _assignments  # noqa: F401 - registers
from issues.admin import formats as _formats  # noqa: F401 - registers
from issues.admin import imports as _imports  # noqa: F401 - registers
from issues.admin import issues as _issues  # noqa: F401 - registers
from issues.admin import schedules as _schedules  # noqa: F401 - registers
