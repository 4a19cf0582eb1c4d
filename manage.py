#!/usr/bin/env python
"""Run the newsroom's administrative commands."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError

from newsroom.embedded.problem import ClusterError
from newsroom.environment import EnvironmentProblemError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ClusterError, EnvironmentProblemError) as problem:
        sys.exit(str(problem))
    except OperationalError as problem:
        if not isinstance(problem.__cause__, ClusterError):
            raise
        sys.exit(str(problem))
