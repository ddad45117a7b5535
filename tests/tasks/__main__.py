"""Play every story through tasks in place of passes: `python -m tests.tasks [pytest's arguments]`."""

from __future__ import annotations

import sys

import pytest

ALL = ("-q", "-n", "2", "-m", "not sweep", "tests/stories")

if __name__ == "__main__":
    sys.exit(pytest.main(["-p", "tests.tasks.playing", *(sys.argv[1:] or ALL)]))
