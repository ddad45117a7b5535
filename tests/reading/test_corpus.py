"""Every public mail in the corpus beside the project is read: nothing uncaught, little time and memory, bounces known.

Third-party files, hostile by intent: read, never executed, never copied here. Without the corpus these tests say so.
"""

from __future__ import annotations

import email
import json
import subprocess
import sys
from email.errors import MissingHeaderBodySeparatorDefect
from email.policy import compat32
from pathlib import Path
from typing import Any

import pytest

from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.parts import split
from tests.reading.mails import CORPUS

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 2.0
MOST_MB = 256
# Not bounces: two mails by people, and three files of no, one and three bytes that test a mailbox's size.
NOT_BOUNCES = ("maildir__not__is-not-bounce", "mailbox__size")
# In Mailman's set this one is a person's answer, kept there because it must not be taken for a bounce.
PERSONS = ("tests__bounces__groupwise_03.txt", "Makefile.in")
# Types that the standard library goes on to cut by itself, where this reader keeps them whole.
CUT_FURTHER = (b"delivery-status", b"disposition-notif", b"feedback-report")
# And one that it keeps whole, where this reader opens the mail that lies in its signature.
OPENED_FURTHER = (b"pkcs7-mime",)


@pytest.fixture(scope="module")
def costs() -> list[dict[str, Any]]:
    """What each mail of the corpus was and cost, read in one process of its own."""
    files = _files("mail", "bounces", "replies")
    told = subprocess.run(
        [sys.executable, "-m", "tests.reading.reading_child"],
        input="\n".join(map(str, files)).encode(),
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=600,
    ).stdout
    lines = [json.loads(line) for line in told.splitlines()]
    assert len(lines) == len(files)
    return lines


@pytest.mark.slow
def test_every_mail_is_read_in_little_time_and_memory(costs: list[dict[str, Any]]) -> None:
    """No exception left the reader; nothing took two seconds; the process never held 256 MB."""
    assert [cost for cost in costs if cost["cpu_seconds"] > MOST_SECONDS or cost["peak_mb"] > MOST_MB] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "share_pct"),
    [("bounces/sisimai", 99.0), ("bounces/mailman2-bounces", 98.0), ("bounces/flufl-bounce", 98.0)],
)
def test_bounces_are_known(costs: list[dict[str, Any]], folder: str, share_pct: float) -> None:
    """A delivery report, an abuse report or a vacation reply is known as automatic."""
    kinds = [cost["automatic"] for cost in costs if folder in str(cost["name"]) and _is_bounce(str(cost["name"]))]
    known = sum(kind is not None for kind in kinds)
    assert 100 * known / len(kinds) >= share_pct


@pytest.mark.slow
def test_a_report_names_its_recipient(costs: list[dict[str, Any]]) -> None:
    """Of the mails taken for failures and delays, all but one in a hundred say for whom."""
    reports = [cost for cost in costs if "bounces/" in str(cost["name"]) and cost["automatic"] in {"bounce", "delay"}]
    named = sum(bool(cost["bounces"]) for cost in reports)
    assert 100 * named / len(reports) >= 99.0


@pytest.mark.slow
def test_no_reply_of_a_person_is_taken_for_a_robot(costs: list[dict[str, Any]]) -> None:
    """No false alarm in the replies, nor on the persons' mails among the bounces."""
    persons = [
        cost
        for cost in costs
        if "/replies/" in str(cost["name"]) or any(name in str(cost["name"]) for name in (NOT_BOUNCES[0], PERSONS[0]))
    ]
    assert len(persons) > 200
    assert [cost["name"] for cost in persons if cost["automatic"] is not None] == []


@pytest.mark.slow
def test_parts_are_those_the_standard_library_finds() -> None:
    """Where the standard library makes sense of a mail, ours finds the same parts with the same content."""
    differ = []
    files = _files("mail", "bounces", "replies")
    for path in files:
        raw = path.read_bytes()
        if any(kind in raw.lower() for kind in (*CUT_FURTHER, *OPENED_FURTHER)) or b"\r" in raw.replace(b"\r\n", b""):
            continue
        root = split(raw, MailLimits(), set())
        ours = [part.content(set()).strip() for part in root.walk() if not part.children]
        message = email.message_from_bytes(raw, policy=compat32)
        if any(isinstance(defect, MissingHeaderBodySeparatorDefect) for defect in message.defects):
            # It ends the header at a line that is no field; this reader looks for fields below it.
            continue
        theirs = [_payload(part).strip() for part in message.walk() if not part.is_multipart()]
        if ours != theirs:
            differ.append(path.name)
    assert 100 * len(differ) / len(files) <= 1.0


def _payload(part: email.message.Message) -> bytes:
    """Give a part's content as the standard library decodes it."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _files(*folders: str) -> list[Path]:
    """Give the corpus's files in these folders; where there is no corpus, the test is skipped and says so."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus of public mail is not beside the project ({CORPUS})")
    found = (path for folder in folders for path in (CORPUS / folder).rglob("*"))
    return sorted(path for path in found if path.is_file() and path.name != "README.origin.md")


def _is_bounce(name: str) -> bool:
    """Say whether a file of the bounce sets is one."""
    return not any(word in name for word in (*NOT_BOUNCES, *PERSONS))
