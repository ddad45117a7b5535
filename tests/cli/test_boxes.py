"""Looking into inbox, outbox and journal, and acting on what is found there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailbot.core.model.form import ReadForm
from mailbot.core.model.mail import Attachment
from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.values import LetterState
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.office import ToyOffice


@pytest.fixture
def office(here: Path) -> ToyOffice:
    """The office on the day it opens, with one mail of a stranger in its inbox."""
    office_in(here)
    office = worked_in(here)
    office.answers("kabid-piak", None, "Halo", address="orang@luar.example")
    return office


def run(*words: str | Path) -> str:
    """Type a command that succeeds, and give what it printed."""
    ran = mailbot("--config", "kantor", *words)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.decode()


def test_the_inbox_lists_each_mail_with_its_one_final_state(office: ToyOffice) -> None:
    """And adds them up."""
    mail, total = run("inbox", "list").splitlines()
    assert mail.split() == [
        *("1", "2026-01-05", "07.30", "stranger", "orang@luar.example"),
        *(str(office.ledger.inbox.get(1).size_bytes), "B", office.ledger.inbox.get(1).message_id),
    ]
    assert total == "1 kept = 1 settled + 0 waiting + 0 set aside"


def test_a_mail_is_shown_with_its_place_and_state_or_byte_for_byte(office: ToyOffice) -> None:
    """What it says of itself, and what became of it."""
    shown = run("inbox", "show", "1")
    assert "place       toy INBOX UID 1 (UIDVALIDITY 1)" in shown
    assert "state       stranger" in shown
    assert mailbot("--config", "kantor", "inbox", "show", "1", "--raw").out == office.post.mails[0].raw


def test_a_mail_that_was_set_aside_is_shown_with_its_traceback_and_the_ways_out(office: ToyOffice) -> None:
    """The traceback line below line, then every command that helps, ready to be typed; they work as they stand."""

    def breaks(files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
        raise RuntimeError(f"cannot read {len(files)} file")

    reads = office.clerk.reader.read_forms
    office.has(read_forms=breaks)
    office.answers("kabid-piak", None, "Terlampir.", ("form.xlsx", b"PK\x03\x04"))
    office.works()
    office.works()
    shown = run("inbox", "show", "2").splitlines()
    assert "state       set aside" in shown
    assert "attempts    3" in shown
    assert "error       Traceback (most recent call last):" in shown
    assert "            RuntimeError: cannot read 1 file" in shown
    assert shown[-7:] == [
        "next        nothing was decided; a listed sender was told that somebody looks at it. Read the mail:",
        "next          mailbot --config kantor inbox show 2 --raw > 2.eml",
        "next        what mailbot makes of it: mailbot --config kantor explain 2.eml",
        "next        take out of a copy what cannot be read, and work the copy:",
        "next          mailbot --config kantor inbox replay 2 --with COPY.eml",
        "next        send the error above to whoever maintains mailbot, the mail too if it is not private; after",
        "next        an upgrade, or once the cause is gone, work it again: mailbot --config kantor inbox replay 2",
    ]
    assert run("inbox", "replay", "2") == "mail 2 will be worked again at the next pass.\n"
    office.has(read_forms=reads)
    office.works()
    assert "next" not in run("inbox", "show", "2")


def test_a_mail_set_aside_is_mended_and_worked_and_what_was_done_is_written_down(office: ToyOffice) -> None:
    """What came stays; the journal names the operator and the bytes that he gave."""

    def breaks(files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
        raise RuntimeError(f"cannot read {len(files)} file")

    office.has(read_forms=breaks)
    office.answers("kabid-piak", None, "STATUS", ("form.xlsx", b"PK\x03\x04"))
    for _ in range(2):
        office.works()
    copy = Path("salinan.eml")
    copy.write_bytes(office.mail("kabid-piak", None, "STATUS"))
    assert "counts only with the code" in run("inbox", "replay", "2", "--with", copy)
    office.works()
    assert office.ledger.inbox.get(2).outcome is MailOutcome.COMMAND
    assert len(office.letters_to("kabid-piak", "status")) == 1
    (noted,) = (entry.line for entry in office.ledger.journal.read() if entry.line.event == "mail_mended")
    assert (noted.actor, dict(noted.detail)["mail"]) == ("operator", "2")
    refused = mailbot("--config", "kantor", "inbox", "replay", "1", "--with", copy)
    assert refused.code == 2
    assert "was not set aside" in refused.err


def test_a_mail_is_worked_again_after_a_replay(office: ToyOffice) -> None:
    """Once, at the next pass."""
    assert run("inbox", "replay", "1") == "mail 1 will be worked again at the next pass.\n"
    assert office.ledger.inbox.get(1).outcome is None
    assert "waiting (attempt 0)" in run("inbox", "list")
    office.works()
    assert office.ledger.inbox.get(1).outcome is MailOutcome.STRANGER


def test_a_duplicate_cannot_be_replayed(office: ToyOffice) -> None:
    """Its bytes would be acted on twice."""
    office.arrives(office.post.mails[0].raw)
    ran = mailbot("--config", "kantor", "inbox", "replay", "2")
    assert ran.code == 2
    assert office.ledger.inbox.get(2).outcome is MailOutcome.DUPLICATE


def test_the_outbox_lists_each_letter_with_its_state(office: ToyOffice) -> None:
    """Newest first, with the server's refusal beside it."""
    office.post.refusals["kabid.capil@example.go.id"] = (451, "4.2.0 nanti lagi")
    office.days_pass(1)
    office.morning()
    listed = run("outbox", "list")
    (line,) = [one for one in listed.splitlines() if one.startswith("put_off")]
    assert line.endswith("  request/2025/capil/kabid-capil  451 4.2.0 nanti lagi")
    assert len({one.index(one.split()[4]) for one in listed.splitlines()[:-1]}) == 1
    assert listed.splitlines()[-1].endswith(" sent, 0 queued, 1 put off, 0 in doubt, 0 given up, 0 held")
    assert len(run("outbox", "list", "--limit", "2").splitlines()) == 3


def test_the_big_red_button_holds_everything_until_it_is_released(office: ToyOffice) -> None:
    """Nothing leaves meanwhile; what was decided waits."""
    assert run("outbox", "hold") == "held\nNext: mailbot --config kantor outbox release lets letters leave again.\n"
    sent = len(office.post.delivered)
    office.days_pass(2)
    assert len(office.post.delivered) == sent
    assert "The outbox is held: nothing leaves until `mailbot --config kantor outbox release`." in run("outbox", "list")
    *_, held, _, following = run("status").splitlines()
    assert held == "The outbox is held: nothing leaves before it is released."
    assert following == "Next: mailbot --config kantor outbox release"
    assert run("outbox", "release") == "released\n"
    office.morning()
    assert len(office.post.delivered) > sent


def test_one_letter_is_held_and_released(office: ToyOffice) -> None:
    """The others leave."""
    run("outbox", "hold")
    office.days_pass(1)
    office.morning()
    told = "held\nNext: mailbot --config kantor outbox release request/2025/piak/kabid-piak lets it leave again.\n"
    assert run("outbox", "hold", "request/2025/piak/kabid-piak") == told
    run("outbox", "release")
    assert run("status").splitlines()[-1] == "Next: mailbot --config kantor outbox list (letters are held)"
    office.works()
    assert office.letters_to("kabid-piak", "request") == []
    assert len(office.letters_to("kabid-capil", "request")) == 1
    assert run("outbox", "release", "request/2025/piak/kabid-piak") == "released\n"
    office.works()
    assert len(office.letters_to("kabid-piak", "request")) == 1


def test_a_letter_given_up_is_tried_again_on_the_operators_word(office: ToyOffice) -> None:
    """The address works again; the same letter leaves."""
    office.post.refusals["kabid.capil@example.go.id"] = (550, "5.1.1 tidak dikenal")
    office.days_pass(1)
    office.morning()
    (given_up,) = office.ledger.letters.listing(LetterState.GIVEN_UP)
    assert given_up.key == "request/2025/capil/kabid-capil"
    office.post.refusals.clear()
    # The terminal's clock is the real one; the letter is due at that moment.
    again, *closed = run("outbox", "retry", given_up.key).splitlines()
    assert again == "request/2025/capil/kabid-capil will be tried again at the next pass."
    assert all(line.startswith("The office is closed now: letters that answer nobody leave ") for line in closed)
    (queued,) = [one for one in office.ledger.letters.listing(LetterState.QUEUED) if one.key == given_up.key]
    assert (queued.tries, queued.sha256) == (0, given_up.sha256)


def test_the_journal_is_printed_in_order_and_its_chain_proved(office: ToyOffice) -> None:
    """In words and as JSON; of one cycle or of all."""
    office.days_pass(1)
    lines = run("journal").splitlines()
    head = office.ledger.journal.head()
    assert lines[-1] == f"{head.count} lines, head {head.hash[:16]}: in order"
    assert len(lines) == head.count + 1
    assert lines[1].split(maxsplit=4)[:5] == ["2", "2026-01-05", "07.30", "2025", "cycle opened (cycle: 2025)"]
    entries = mailbot("--config", "kantor", "journal", "2025", "--json").lines
    assert entries[0] == {
        "number": 2,
        "at": "2026-01-05T00:30:00+00:00",
        "cycle": "2025",
        "event": "cycle_opened",
        "actor": "mailbot",
        "unit": "",
        "detail": {"cycle": "2025"},
        "hash": office.ledger.journal.read()[1].hash,
        "salt": office.ledger.journal.read()[1].salt,
    }


def test_the_plan_tells_every_mail_with_its_reader_moment_and_reason(here: Path) -> None:
    """Rows and addresses; mails if everybody answers, if nobody does; as a page, as a calendar; nothing is sent."""
    config = office_in(here)
    ran = mailbot("--config", config, "plan", "2025", "--html", "plan.html", "--ics", "plan.ics")
    told = ran.out.decode()
    rows = [line.split()[1] for line in told.splitlines() if line.startswith("  row ")]
    assert rows == ["1", "2", "3", "4", "5", "6", "6b", "7", "8"]
    assert (
        "\n  row 3     until Monday 2026-01-12 16.00\n          head of the unit\n          Pengumpulan Form " in told
    )
    forms = told.partition("  forms go to:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in forms if not line.startswith("      ")] == [
        *("SEKRETARIAT", "DAFDUK", "CAPIL", "PIAK")
    ]
    titles = ("EVERYBODY ANSWERS AT ONCE", "EVERYBODY ANSWERS ON THE DAY OF THE DEADLINE", "NOBODY ANSWERS")
    assert all(f"IF {title}" in told for title in titles)
    nobody = told.partition("IF NOBODY ANSWERS")[2]
    request = "  Wednesday, 7 January 2026 07.30  Kepala Bidang PIAK dan Pemanfaatan Data: request for data [2025]\n"
    assert request in nobody
    assert "2025: still at the step collecting the data forms" in nobody
    assert "Friday, 16 January 2026: Isra Mikraj Nabi Muhammad" in nobody
    page = Path("plan.html").read_text(encoding="utf-8")
    assert page.count("<h2") == 3
    assert "Kepala Bidang PIAK dan Pemanfaatan Data" in page
    in_time = told.partition(titles[1])[2].partition("IF ")[0]
    mails = re.search(r"(\d+)  In all", in_time)
    assert mails is not None
    assert Path("plan.ics").read_bytes().count(b"BEGIN:VEVENT") == int(mails[1])
    assert not (here / "ledger.db").exists()
    assert "no cycle that opens in 2031" in mailbot("--config", config, "plan", "--year", "2031").text


def test_why_somebody_got_a_letter_is_one_sentence(here: Path) -> None:
    """By key, number or Message-ID; what answers a mail says which; `outbox show` tells the same."""
    config = office_in(here)
    office = worked_in(here)
    office.works()
    office.days_pass(1)
    office.morning()
    office.sends_form("kabid-capil", "CAPIL")
    request, receipt = (
        next(one for one in office.ledger.letters.listing(limit=100) if one.kind == kind and one.unit == "CAPIL")
        for kind in ("request", "receipt")
    )
    sentence = (
        "Kepala Bidang Pelayanan Pencatatan Sipil received this request for data because performance data for 2025 are "
        "asked for from Bidang Pelayanan Pencatatan Sipil, with the deadline Monday, 12 January 2026 at 16.00 WIB."
    )
    for which in (request.key, str(request.id), request.message_id):
        assert mailbot("--config", config, "why", which).text == sentence
    answer = mailbot("--config", config, "why", receipt.key).text
    assert answer.endswith(
        "It answers the mail of kabid.capil@example.go.id that came on Wednesday, 7 January 2026 at 11.30 WIB."
    )
    told = mailbot("--language", "id", "--config", config, "why", receipt.key).text
    assert told.endswith("yang diterima pada Rabu, 7 Januari 2026 pukul 11.30 WIB.")
    shown = mailbot("--config", config, "outbox", "show", request.key).text
    assert (f"letter {request.id}: {request.key}" in shown, sentence in shown) == (True, True)
    assert mailbot("--config", config, "why", "nothing/such").code == 2
