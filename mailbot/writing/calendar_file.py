"""Writes calendar files (`.ics`, RFC 5545): moments for a calendar to show, of which nobody is asked to accept any."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

ICS = "text/calendar"
PRODUCT = "-//mailbot//LKjIP//ID"
"""Who made a file: by it we know one of ours that comes back."""
_LONGEST_LINE = 75
"""Octets, without the line's end."""
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]+")
_ENDS = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a calendar. A later one of the same `uid` with a greater `sequence` takes its place."""

    uid: str
    begins: datetime
    """An aware moment, as `ends`."""
    ends: datetime
    title: str
    text: str = ""
    sequence: int = 0
    reminds_before: timedelta | None = None
    """So long before its end the calendar reminds; None: it does not."""


def calendar_file(entries: Iterable[Entry], *, written_at: datetime, name: str = "", withdrawn: bool = False) -> bytes:
    """Return a calendar file with these entries; the same entries are the same bytes, for ever.

    Args:
        entries: what stands in it.
        written_at: when it is written, an aware moment.
        name: of the whole calendar, for what is more than one entry.
        withdrawn: whether the calendar is to take the entries out.
    """
    stamp = _moment(written_at)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", f"METHOD:{'CANCEL' if withdrawn else 'PUBLISH'}"]
    lines += [f"X-WR-CALNAME:{_text(name)}"] if name else []
    for entry in entries:
        lines += _event(entry, stamp, withdrawn=withdrawn)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(entry: Entry, stamp: str, *, withdrawn: bool) -> Iterator[str]:
    """Yield the lines of one entry; it keeps nobody from another appointment."""
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART:{_moment(entry.begins)}"
    yield f"DTEND:{_moment(entry.ends)}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.text:
        yield f"DESCRIPTION:{_text(entry.text)}"
    yield f"STATUS:{'CANCELLED' if withdrawn else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if entry.reminds_before is not None and not withdrawn:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.title)}")
        yield f"TRIGGER;RELATED=END:-PT{int(entry.reminds_before.total_seconds()) // 60}M"
        yield "END:VALARM"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    """Return a moment in UTC, so that the file needs no time zone of its own."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Return a text with what has a meaning of its own escaped (RFC 5545, 3.3.11)."""
    clean = _CONTROLS.sub(" ", _ENDS.sub("\n", text))
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Return a line folded at 75 octets, never within a character."""
    pieces, room = [b""], _LONGEST_LINE
    for sign in line:
        octets = sign.encode()
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
            room = _LONGEST_LINE - 1  # the blank that begins it counts
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"
