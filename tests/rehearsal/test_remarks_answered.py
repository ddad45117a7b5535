"""The invented Subbag Program answers the remarks of a letter by number, and nothing else that it lists (row 6)."""

from __future__ import annotations

import pytest

from mailbot.rehearsal.keyboard import Got
from mailbot.rehearsal.staff import remarked

_ENCLOSED = "Lampiran:\n1. LKjIP.docx\n2. LKjIP.pdf\n3. Batas-Waktu.ics\n"


@pytest.mark.parametrize(
    ("first", "numbers"), [(1, (1, 2)), (3, (3, 4))], ids=["the first round", "numbered on over a second one"]
)
def test_only_the_remarks_are_answered(first: int, numbers: tuple[int, ...]) -> None:
    """A list of files that goes on further than the list of remarks adds none."""
    listed = "".join(f"{number}. Mohon dicek.\n" for number in numbers)
    text = f"Catatan:\n\n{listed}\n{_ENCLOSED}\nContohnya:\n\n    {first}: diperbaiki, hal. 12\n"
    got = Got(subject="Catatan", sender="", message_id="", references="", text=text, files=(), raw=b"")
    assert remarked(got) == numbers
