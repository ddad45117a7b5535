"""One log of many offices: each line by its own office's zone, masks and level, and with the office's name."""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mailbot.cli.log.lines import OURS, Lines
from mailbot.errors import nameable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.settings import Settings

_AT_WORK: ContextVar[Lines | None] = ContextVar("office_at_work", default=None)
"""Whose work this thread does; threads that it begins do the same office's."""
_TALKATIVE = ("apscheduler", "alembic")


class ManyLines(logging.Formatter):
    """Writes what is logged by the office whose work it is; of what is nobody's, our own sentences alone."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        lines = _AT_WORK.get()
        if lines is not None:
            return lines.format(record)
        at = datetime.fromtimestamp(record.created, UTC)
        said = record.getMessage() if record.name.partition(".")[0] == OURS else f"{record.name}: {record.msg}"
        error = record.exc_info[1] if record.exc_info else None
        wrong = f" error={nameable(error)}" if error is not None else ""
        return " ".join(f"{at:%Y-%m-%d %H:%M:%S} UTC {record.levelname} {said}{wrong}".split())


def _is_wanted(record: logging.LogRecord) -> bool:
    """Say whether the office whose work it is wants lines of this level."""
    lines = _AT_WORK.get()
    level = lines.settings.files.office.log.level if lines is not None else "info"
    return record.levelno >= logging.getLevelNamesMapping()[level.upper()]


@contextmanager
def logging_of_many() -> Iterator[None]:
    """Let everything that is logged meanwhile be written to standard error."""
    handler, root = logging.StreamHandler(sys.stderr), logging.getLogger()
    handler.setFormatter(ManyLines())
    handler.addFilter(_is_wanted)
    former = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.WARNING)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(former)


@contextmanager
def working_for(settings: Settings, called: str) -> Iterator[Lines]:
    """Let what this thread logs meanwhile be this office's; give the form of its lines, to go on by other settings."""
    lines = Lines(settings, called)
    token = _AT_WORK.set(lines)
    try:
        yield lines
    finally:
        _AT_WORK.reset(token)
