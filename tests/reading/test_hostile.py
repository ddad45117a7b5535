"""Hostile mail costs at most two seconds and 256 MB, and is known for what it is (reliability, section 5)."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from mailbot.core.model.mail import Mail
from mailbot.reading.defects import HOSTILE, Defect
from mailbot.reading.limits import MailLimits
from tests.reading.hostile import RECIPES
from tests.reading.mails import plain, read, with_file

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[1] / "cases" / "mails"
MOST_SECONDS = 2.0
MOST_MB = 256


@pytest.fixture(scope="module")
def costs() -> dict[str, Any]:
    """What each hostile mail cost, made and read in one process of its own."""
    command = [sys.executable, "-m", "tests.reading.reading_child", "hostile"]
    told = subprocess.run(  # noqa: S603 - our own module with a word
        command, cwd=ROOT, capture_output=True, check=True, timeout=600
    ).stdout
    lines = [json.loads(line) for line in told.splitlines()]
    return {cost["name"]: cost for cost in lines}


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_a_hostile_mail_costs_little(costs: dict[str, Any], name: str) -> None:
    """Little time, little memory, no exception."""
    assert costs[name]["cpu_seconds"] <= MOST_SECONDS
    assert costs[name]["peak_mb"] <= MOST_MB


@pytest.mark.parametrize(
    ("name", "defects"),
    [
        ("subject of one long encoded word", {"field_too_long"}),
        ("50,000 senders", {"field_too_long", "from_unusable", "header_too_large"}),
        ("one field of 10 MB", {"field_too_long", "header_too_large"}),
        ("100,000 fields", {"too_many_fields"}),
        ("1,000 levels", {"too_deep", "not_closed"}),
        ("30,000 attached mails", {"too_deep"}),
        ("200,000 parts", {"too_many_parts"}),
        ("a charset that is slow", {"unknown_charset"}),
        ("zip of 100,000 members", {"archive_refused"}),
        ("zip that unpacks to 300 MB", {"archive_refused"}),
        ("zip whose members overlap", {"archive_refused"}),
        ("winmail.dat of 1,500,000 attributes", {"archive_refused"}),
        ("26 MB of text", {"message_too_large"}),
    ],
)
def test_a_hostile_mail_is_known_for_what_it_is(name: str, defects: set[str]) -> None:
    """Each limit that was reached is named among the defects."""
    assert defects <= set(read(RECIPES[name]()).defects)


def test_a_refused_archive_stays_whole_among_the_attachments() -> None:
    """What is not opened is not lost: the person is told about the very file that was sent."""
    bomb = RECIPES["zip that unpacks to 300 MB"]()
    assert [(file.name, file.media_type) for file in read(bomb).attachments] == [("a.zip", "application/zip")]


def test_the_header_counts_even_when_the_rest_is_too_large() -> None:
    """A mail beyond the limit still says who sent it, so that the sender can be told."""
    limits = MailLimits(message_bytes=2_000, header_bytes=1_000, words_bytes=500)
    mail = read(plain("SETUJU\n" + "x" * 5_000), limits=limits)
    assert (mail.sender, mail.attachments, set(mail.defects) & {"message_too_large"}) == (
        "sekretaris@disdukcapil.example.go.id",
        (),
        {"message_too_large"},
    )


def test_no_more_attachments_are_opened_than_allowed() -> None:
    """The first ones count, and that there were more is said, by name."""
    limits = MailLimits(attachments=2)
    parts = b"".join(
        b'--q\r\nContent-Disposition: attachment; filename="%d.txt"\r\n\r\n%d\r\n' % (n, n) for n in range(5)
    )
    head = b"From: kabid@example.go.id\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n"
    mail = read(head + parts + b"--q--\r\n", limits=limits)
    assert (_names(mail), mail.unopened) == (["0.txt", "1.txt"], ("2.txt", "3.txt", "4.txt"))
    assert mail.defects == ("too_many_attachments",)


def test_workbooks_go_first_where_there_are_more_files_than_are_opened() -> None:
    """A form that comes as the last of twenty-five files is opened; the order of those that are is kept."""
    raw = (CASES / "own-form-is-the-25th-file.eml").read_bytes()
    mail = read(raw)
    assert (_names(mail)[0], _names(mail)[-1], len(mail.attachments)) == ("foto-01.txt", "Form.xlsx", 20)
    assert mail.unopened == ("foto-20.txt", "foto-21.txt", "foto-22.txt", "foto-23.txt", "foto-24.txt")


def test_what_sets_a_mail_aside_is_a_closed_list() -> None:
    """Only a mail that was read in part on purpose is hostile; a mere oddity is not."""
    assert {Defect.TOO_DEEP, Defect.TOO_MANY_PARTS, Defect.MESSAGE_TOO_LARGE} <= HOSTILE
    assert not {Defect.BAD_ENCODING, Defect.NOT_CLOSED, Defect.ARCHIVE_REFUSED} & HOSTILE


def test_a_member_name_is_never_used_as_a_path() -> None:
    """A zip whose members point out of it is opened in memory, under clean names (T14)."""
    mail = read(with_file("a.zip", _zip_of("../../../etc/cron.d/x.xlsx")))
    assert _names(mail) == ["x.xlsx"]


def _zip_of(name: str) -> bytes:
    """Make a zip with one member of that name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "isi")
    return packed.getvalue()


def _names(mail: Mail) -> list[str]:
    """Give the names of a mail's attachments."""
    return [file.name for file in mail.attachments]
