"""The log: a line for each decision, by keys and codes alone; what people wrote, and secrets, never come into it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.cli.log.beginning import introduce
from mailbot.cli.log.lines import Lines
from mailbot.core.model.form import ReadForm
from mailbot.core.model.mail import Attachment
from mailbot.core.model.outcome import MailOutcome
from mailbot.errors import PostUnavailable
from mailbot.settings.loading import load
from mailbot.settings.packaged import init
from mailbot.settings.settings import Settings
from tests.office import ToyOffice, requested
from tests.settings.folders import change
from tests.stories.form_life import filled, typed

NIK = "3574011508890003"
VALUE = "87,6543"
PLANTED = ("Bambang Sulistyo", "bambang.s@rumahan.example.net", "081234567890")
PASSWORD, SECRET = "kenari-di-atas-pagar", "rahasia-kantor-yang-panjang"
ENVIRONMENT = {"MAILBOT_IMAP_PASSWORD": PASSWORD, "MAILBOT_SMTP_PASSWORD": PASSWORD, "MAILBOT_SECRET": SECRET}


class Kept(logging.Handler):
    """Keeps what is logged as it would be written."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings in force."""
        super().__init__(logging.INFO)
        self.setFormatter(Lines(settings))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(self.format(record))


@contextmanager
def logged(settings: Settings) -> Iterator[list[str]]:
    """Give the lines that are logged meanwhile."""
    kept, root = Kept(settings), logging.getLogger()
    former = root.level
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    try:
        yield kept.lines
    finally:
        root.removeHandler(kept)
        root.setLevel(former)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample office's files."""
    init(tmp_path / "kantor")
    return tmp_path / "kantor"


def bursts(files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
    """Be a reader that fails, and repeats what it read."""
    raise RuntimeError(f"cannot make a number of {VALUE!r} by {PLANTED[0]} in {files[0].name}")


def a_day(office: ToyOffice) -> None:
    """Let a form come with private words in it, one that cannot be read, free text, a stranger, and a refusal."""
    got = office.letter("kabid-piak", "request")
    planted = f"{NIK} {VALUE} " + " ".join(PLANTED)
    asked = (typed("IKK-11", "Faktor Pendukung", planted), typed("IKK-11", "Realisasi", VALUE))
    office.answers("kabid-piak", got, f"Terlampir. {planted}", ("Form PIAK.xlsx", filled(office, got, *asked)))
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), f"{planted} STATUS")
    office.answers("kabid-dafduk", None, planted, address=PLANTED[1])
    office.post.refusals[office.person("umum").addresses[0]] = (550, f"5.1.1 <{PLANTED[1]}> {PLANTED[0]} unknown")
    office.answers("umum", office.letter("umum", "request"), "STATUS")
    office.has(read_forms=bursts)
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "Terlampir.", office.filled("DAFDUK"))
    for _ in range(3):
        office.hours_pass(1)


def test_no_line_of_a_day_holds_what_people_wrote(folder: Path) -> None:
    """No cell, NIK, name, telephone or address, though a reader and a server repeat them; each mail has its line."""
    office = requested()
    with logged(load(folder, ENVIRONMENT)) as lines:
        a_day(office)
        logging.getLogger("mailbot").warning("%s", PostUnavailable(f"LOGIN kantor {PASSWORD} refused, key {SECRET}"))
        logging.getLogger("pypdf").warning("odd text %s", VALUE)
        for secret in (PASSWORD, SECRET, NIK, VALUE, *PLANTED):
            assert [line for line in lines if secret in line] == []
    settled = {one.id: one.outcome.value for one in office.ledger.inbox.listing() if one.outcome is not None}
    told = [line for line in lines if " decided from=mail " in line]
    assert len(told) == len(settled) == 5
    for number, outcome in settled.items():
        assert [f"mail={number} outcome={outcome} " in f"{line} " for line in told].count(True) == 1
    (form,) = (line for line in told if "outcome=form" in line)
    assert "cycle=2025 unit=PIAK by=division_head" in form
    assert "WIB INFO decided" in form
    (aside,) = (line for line in told if "outcome=set_aside" in line)
    assert " WARNING " in aside
    assert [line for line in lines if "handed over" in line and "outcome=given_up" in line]


def test_a_command_that_begins_no_log_says_nothing_of_decisions(capsys: pytest.CaptureFixture[str]) -> None:
    """A mail set aside weighs, and stands on nobody's terminal as a word without its matter."""
    office, root = requested(), logging.getLogger()
    of_pytest = root.handlers[:]
    root.handlers.clear()
    try:
        office.has(read_forms=bursts)
        office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "Terlampir.", office.filled("DAFDUK"))
        for _ in range(3):
            office.hours_pass(1)
    finally:
        root.handlers[:] = of_pytest
    assert [one.outcome for one in office.ledger.inbox.listing()] == [MailOutcome.SET_ASIDE]
    assert capsys.readouterr().err == ""


def test_every_decision_of_a_cycle_has_its_line_with_the_row_it_leads_to(folder: Path) -> None:
    """The clock opens and moves it; the letters are named by their keys, many by their number."""
    with logged(load(folder, ENVIRONMENT)) as lines:
        office = ToyOffice()
        office.works()
        office.days_pass(1)
        office.morning()
    told = [line.partition(" decided ")[2] for line in lines if " decided " in line]
    assert [line.split()[0] for line in told] == ["from=clock"] * len(told)
    rows = [word for line in told for word in line.split() if word.startswith("row=")]
    assert rows == ["row=new>inform", "row=inform>request", "row=request>collect"]
    assert "letters=data_needs/2025" in lines[0] + lines[1]


def test_a_line_as_json_says_the_same(folder: Path) -> None:
    """A moment with its zone, the level, the message, and each matter as a list; a failure by its kind and place."""
    change(folder, "office.yaml", "format: text ", "format: json ")
    with logged(load(folder, ENVIRONMENT)) as lines:
        try:
            bursts((Attachment(sha256="", name="a.xlsx", media_type="", size_bytes=0, content=b""),))
        except RuntimeError:
            logging.getLogger("mailbot").exception("this pass failed\nand another line")
        logging.getLogger("mailbot").info("decided", extra={"told": {"by": ("kadis", "x@example.org", "mailbot")}})
    failed, decided = map(json.loads, lines)
    assert failed.pop("at").endswith("+07:00")
    assert failed == {
        "level": "error",
        "message": "this pass failed and another line",
        "error": ["RuntimeError"],
        "where": [],
    }
    assert decided["by"] == ["agency_head", "unlisted"]


def test_it_begins_with_five_lines(folder: Path) -> None:
    """What is unlike as it comes, by name and, where that is no text, by value; ledger, mailboxes, what comes next."""
    change(folder, "office.yaml", "poll_seconds: 60", "poll_seconds: 90")
    settings = load(folder, ENVIRONMENT)
    with logged(settings) as lines:
        introduce(settings, datetime(2026, 1, 4, 3, tzinfo=UTC))
    said = [line.partition(" INFO ")[2] for line in lines if " INFO " in line]
    assert len(said) == 5
    assert "office.imap.poll_seconds = 90" in said[1]
    assert settings.digest[:16] in said[1]
    assert "ledger.db" in said[2]
    assert "lkjip.disdukcapil@example.go.id at " in said[3]
    assert said[4].startswith(
        "wakes at mail and every 90 s; office hours from 2026-01-05 07.30 WIB; next cycle: 2025 on"
    )
    assert [line for line in lines if " WARNING " in line and " check" in line]
