"""A calendar file says to another program what it was given, whatever stands in it; the reader is a library's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
from hypothesis import example, given
from hypothesis import strategies as st

from mailbot.writing.calendar_file import Entry, calendar_file

AT = datetime(2026, 1, 7, 0, 30, tzinfo=UTC)
DUE = datetime(2026, 1, 12, 9, tzinfo=UTC)
WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200)


def entry(title: str = "Batas", text: str = "", sequence: int = 0) -> Entry:
    """Return a deadline."""
    return Entry(
        uid="1@example.go.id",
        begins=DUE - timedelta(minutes=30),
        ends=DUE,
        title=title,
        text=text,
        sequence=sequence,
        reminds_before=timedelta(days=1),
    )


@given(title=WORDS, text=st.lists(WORDS, max_size=3).map("\n".join), sequence=st.integers(0, 10**6))
@example(title="Batas: A, B; C\\n", text="é" * 80 + "\n" + "😀" * 40, sequence=3)
def test_another_program_reads_what_was_written(title: str, text: str, sequence: int) -> None:
    """Escapes and folds come undone; no line is longer than 75 octets, and each ends in CR LF."""
    raw = calendar_file([entry(title, text, sequence)], written_at=AT)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    read = icalendar.Calendar.from_ical(raw)
    (event,) = read.events
    assert (read["METHOD"], str(event["SUMMARY"]), str(event.get("DESCRIPTION", ""))) == ("PUBLISH", title, text)
    assert (event["SEQUENCE"], event.start, event.end, event["UID"]) == (
        sequence,
        DUE - timedelta(minutes=30),
        DUE,
        "1@example.go.id",
    )
    (alarm,) = event.alarms.times
    assert alarm.trigger == DUE - timedelta(days=1)
    assert not {"ATTENDEE", "ORGANIZER", "RRULE"} & set(event)


def test_what_is_withdrawn_is_cancelled_and_reminds_of_nothing() -> None:
    """A calendar that has the entry takes it out."""
    read = icalendar.Calendar.from_ical(calendar_file([entry()], written_at=AT, withdrawn=True))
    (event,) = read.events
    assert (read["METHOD"], event["STATUS"], event.alarms.times) == ("CANCEL", "CANCELLED", [])


def test_what_no_line_may_hold_becomes_a_blank() -> None:
    """Text of people cannot begin a line of its own."""
    raw = calendar_file([entry("Batas\r\nATTENDEE:mailto:x@y\x00\u2028z")], written_at=AT)
    assert rb"SUMMARY:Batas\nATTENDEE:mailto:x@y z" in raw
    assert b"\r\nATTENDEE" not in raw
