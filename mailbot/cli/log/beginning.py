"""The log begins: where it goes, and five lines that say what is at work and with what."""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot import __version__
from mailbot.cli.configuration.ledger_place import ledger_in_use
from mailbot.cli.log.lines import OURS, Lines
from mailbot.core.opening.days import coming
from mailbot.ledger.place import shown
from mailbot.settings.effective_settings import differing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailbot.core.model.office import Office
    from mailbot.settings.settings import Settings

_log = logging.getLogger(OURS)
_TALKATIVE = ("apscheduler", "alembic")
_AHEAD = timedelta(days=400)


@contextmanager
def logging_by(settings: Settings) -> Iterator[Lines]:
    """Let everything that is logged meanwhile be written to standard error.

    Gives the form of its lines, which goes on by other settings with `follow`.
    """
    lines, root = Lines(settings), logging.getLogger()
    handler, former = logging.StreamHandler(sys.stderr), root.level
    handler.setFormatter(lines)
    root.addHandler(handler)
    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.WARNING)
    follow(lines, settings)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(former)


def follow(lines: Lines, settings: Settings) -> None:
    """Go on with the log by these settings."""
    if settings is not lines.settings:
        lines.follow(settings)
    logging.getLogger().setLevel(settings.files.office.log.level.upper())


def introduce(settings: Settings, at: datetime) -> None:
    """Say in five lines with what we work, and in one more each what is worth a look."""
    office = settings.office()
    others = "; ".join(differing(settings.files)) or "none"
    _log.info("mailbot %s works for %s by %s", __version__, office.letterhead.agency_short, settings.folder)
    _log.info("settings %s, unlike as they come: %s", settings.digest[:16], others)
    _log.info("the ledger is %s; archives go to %s", shown(ledger_in_use(settings)), settings.archive_folder)
    _log.info("mailboxes: %s; letters leave by %s:%d", _boxes(settings), settings.smtp.host, settings.smtp.port)
    _log.info("wakes at mail and every %d s; %s", settings.poll_seconds, _next(office, at))
    if notes := len(settings.notes()):
        _log.warning("%d things are worth a look: mailbot --config %s check", notes, settings.folder)
    if missing := settings.missing_secrets():
        _log.warning("not set: %s; logging in will fail", ", ".join(missing))


def _boxes(settings: Settings) -> str:
    """Name the mailboxes that are read."""
    servers = (settings.imap, *(further.server for further in settings.further))
    return ", ".join(f"{server.user} at {server.host}:{server.port}" for server in servers)


def _next(office: Office, at: datetime) -> str:
    """Say when letters may leave next that nobody asked for, and which cycle opens next by its plan."""
    calendar = office.calendar
    leaves = calendar.local(calendar.next_office_moment(at))
    opens, plan = next(iter(coming(at, at + _AHEAD, office, {})), (None, None))
    cycle = "none planned" if plan is None or opens is None else f"{plan.key} on {calendar.local(opens):%Y-%m-%d}"
    return f"office hours from {leaves:%Y-%m-%d %H.%M} {calendar.zone_label}; next cycle: {cycle}"
