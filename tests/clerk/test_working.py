"""Working one mail: three tries, then it is set aside, told of and replayable; whatever it is, the others go on."""

from __future__ import annotations

import email
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mailbot.clerk.desk.kept_mail import form_files, read_kept
from mailbot.clerk.receiving import receive
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.form import ReadForm
from mailbot.core.model.mail import Attachment, Mail
from mailbot.core.model.outcome import MailOutcome
from mailbot.errors import LedgerProblem, ReadingStalled
from mailbot.ledger.ledger import Ledger
from mailbot.ledger.values import Changes, Committed
from mailbot.reading.limits import mail_limits
from mailbot.reading.mail import read_mail
from mailbot.reading.workbook.reader_process import FormReader
from mailbot.settings.files.limits import Limits
from tests.office import CYCLE, ToyOffice, requested
from tests.reading.workbook.binary import xlsb
from tests.reading.workbook.edits import repacked


def bursts(files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
    """Be a reader with a fault in it."""
    raise RuntimeError(f"cannot read {len(files)} file")


def stalls(files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
    """Be a reader on a machine too busy to read."""
    raise ReadingStalled(f"{files[0].name} was not read within 60 s: is the machine busy?")


def poisoned() -> ToyOffice:
    """Return the office after the requests; whatever carries a file cannot be worked."""
    office = requested()
    office.has(read_forms=bursts)
    return office


def tries_on(office: ToyOffice) -> None:
    """Let the passes come in which what failed is tried again."""
    for _ in range(2):
        office.hours_pass(1)


def test_a_mail_that_fails_three_times_is_set_aside_and_the_others_are_worked() -> None:
    """It keeps its traceback; the next mail is answered in the same pass (F22)."""
    office = poisoned()
    request = office.letter("kabid-piak", "request")
    office.post.arrive(office.mail("kabid-piak", request, "Terlampir.", office.filled("PIAK")))
    office.post.arrive(office.mail("kabid-dafduk", request, "STATUS"))
    passed = office.works()
    answered, aside = office.ledger.inbox.listing()
    assert (passed.worked, passed.trouble) == (1, ("mail 1: RuntimeError; in full: mailbot inbox show 1",))
    assert (aside.outcome, aside.attempts) == (None, 1)
    assert len(office.letters_to("kabid-dafduk", "status")) == 1
    tries_on(office)
    answered, aside = office.ledger.inbox.listing()
    assert (aside.outcome, aside.attempts) == (MailOutcome.SET_ASIDE, 3)
    assert aside.error.endswith("RuntimeError: cannot read 1 file\n")
    assert answered.outcome is MailOutcome.COMMAND
    assert len(office.letters_to("kabid-dafduk", "status")) == 1
    assert office.cycle().unit("PIAK").attempts == 0


def test_a_form_the_machine_was_too_busy_to_read_is_tried_again_and_never_called_too_large() -> None:
    """Read at the second try it counts like any other; in vain three times it is the operator's, not the sender's."""
    office = requested()
    read, busy = office.clerk.reader.read_forms, [stalls]

    def reads_at_the_second_try(files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
        return busy.pop()(files) if busy else read(files)

    office.has(read_forms=reads_at_the_second_try)
    request = office.letter("kabid-piak", "request")
    office.answers("kabid-piak", request, "Terlampir.", office.filled("PIAK"))
    tries_on(office)
    assert office.unit("PIAK").attempts == 1
    office.has(read_forms=stalls)
    request = office.letter("kabid-dafduk", "request")
    office.answers("kabid-dafduk", request, "Terlampir.", office.filled("DAFDUK"))
    tries_on(office)
    assert office.unit("DAFDUK").attempts == 0
    assert "ReadingStalled" in office.letter("operator", "set_aside").text


def test_a_mail_whose_very_head_cannot_be_read_is_set_aside_all_the_same_and_the_others_are_worked() -> None:
    """The operator alone hears of it: nobody knows who wrote."""
    office = requested()
    reads = office.clerk.reader.read_mail or partial(read_mail, limits=office.clerk.reader.limits)

    def fails(raw: bytes, **named: Any) -> Mail:  # noqa: ANN401 - whatever a mail is read with
        if b"kabid.piak" in raw:
            raise RuntimeError("no head")
        return reads(raw, **named)

    office.has(read_mail=fails)
    office.post.arrive(office.mail("kabid-piak", office.letter("kabid-piak", "request"), "STATUS"))
    office.post.arrive(office.mail("kabid-dafduk", office.letter("kabid-dafduk", "request"), "STATUS"))
    office.works()
    tries_on(office)
    answered, aside = office.ledger.inbox.listing()
    assert (aside.outcome, answered.outcome) == (MailOutcome.SET_ASIDE, MailOutcome.COMMAND)
    assert "RuntimeError: no head" in office.letter("operator", "set_aside").text
    assert "Pengirimnya" not in office.letter("operator", "set_aside").text
    assert not office.letters_to("kabid-piak", "unplaced")


def test_the_operator_is_told_what_failed_and_how_to_go_on() -> None:
    """Once, with the number, the reason and the two commands."""
    office = poisoned()
    request = office.letter("kabid-piak", "request")
    office.answers("kabid-piak", request, "Terlampir.", office.filled("PIAK"))
    tries_on(office)
    office.hours_pass(1)
    (told,) = office.letters_to("operator", "set_aside")
    for words in (
        "RuntimeError: cannot read 1 file",
        "mailbot inbox show 1",
        "mailbot inbox replay 1",
        "3 (tiga) kali",
    ):
        assert words in told.text
    events = [entry.line for entry in office.ledger.journal.read() if entry.line.event == "mail_set_aside"]
    assert [dict(line.detail) for line in events] == [{"mail": "1", "tries": "3"}]


def test_a_mail_set_aside_is_worked_after_a_replay_once_its_reason_is_mended() -> None:
    """As if it had just come; its effect is there once."""
    office = poisoned()
    request = office.letter("kabid-piak", "request")
    office.answers("kabid-piak", request, "Terlampir.", office.filled("PIAK"))
    tries_on(office)
    office.has(read_forms=ToyOffice(ledger=office.ledger).clerk.reader.read_forms)
    assert office.ledger.inbox.replay(1)
    office.works()
    assert office.ledger.inbox.get(1).outcome is MailOutcome.FORM
    assert office.unit("PIAK").state is UnitState.ACCEPTED
    assert office.unit("PIAK").attempts == 1


def test_a_mail_replayed_in_vain_is_told_of_once_more() -> None:
    """Each time it is set aside there is one letter; two of one day, and the second is a line in the morning."""
    office = poisoned()
    request = office.letter("kabid-piak", "request")
    office.answers("kabid-piak", request, "Terlampir.", office.filled("PIAK"))
    tries_on(office)
    office.ledger.inbox.replay(1)
    office.works()
    tries_on(office)
    assert len(office.letters_to("operator", "set_aside")) == 1
    office.morning()
    assert "1 pesan disisihkan" in " ".join(office.letter("operator", "morning").text.split())
    office.ledger.inbox.replay(1)
    office.works()
    tries_on(office)
    assert len(office.letters_to("operator", "set_aside")) == 2


def test_a_mail_that_kills_the_process_each_time_is_set_aside_at_the_next_start() -> None:
    """Attempts are counted before the work; three deaths are enough."""
    office = requested()
    office.post.arrive(office.mail("kabid-piak", None, "STATUS"))
    office.ledger.inbox.begin_attempt(_kept(office))
    office.ledger.inbox.begin_attempt(1)
    office.ledger.inbox.begin_attempt(1)
    office.works()
    mail = office.ledger.inbox.get(1)
    assert (mail.outcome, mail.error) == (MailOutcome.SET_ASIDE, "the process died each time it worked this mail")
    assert "3 (tiga) kali" in office.letter("operator", "set_aside").text


def _kept(office: ToyOffice) -> int:
    """Let the mail be kept and not yet worked; return its id."""
    clerk = office.clerk
    receive(clerk.books, clerk.post.boxes[0], office.post, size_limit_bytes=clerk.reader.limits.message_bytes)
    return office.ledger.inbox.unsettled(1)[0].id


class AwayLedger(Ledger):
    """A ledger that cannot be written, so many times."""

    times: int = 0

    def commit(self, changes: Changes) -> Committed:
        """Write, if it can."""
        if self.times:
            self.times -= 1
            raise LedgerProblem("the disk is full")
        return super().commit(changes)


def test_a_mail_is_not_blamed_for_a_database_that_is_away() -> None:
    """The pass ends; the mail waits without an error and is worked once there is room (F16)."""
    office = requested()
    ledger = AwayLedger(office.ledger.engine)
    office.has(ledger=ledger)
    office.ledger = ledger
    request = office.letter("kabid-piak", "request")
    ledger.times = 1
    with pytest.raises(LedgerProblem):
        office.answers("kabid-piak", request, "STATUS")
    (mail,) = ledger.inbox.listing()
    assert (mail.outcome, mail.error, mail.attempts) == (None, "", 0)
    office.works()
    assert ledger.inbox.get(mail.id).outcome is MailOutcome.COMMAND
    assert len(office.letters_to("kabid-piak", "status")) == 1


def own_words(folder: Path, office: ToyOffice, kind: str, words: str) -> None:
    """Let the office have a template of its own for that kind of letter."""
    (folder / "letters").mkdir(exist_ok=True)
    (folder / "letters" / f"{kind}.j2").write_text(words)
    office.has(template_folders=(folder, *office.clerk.lookout.template_folders))


BROKEN = "{% set subject %}x{% endset %}{{ nobody.knows.this }}"


def test_a_mail_is_set_aside_even_if_its_notice_cannot_be_written(tmp_path: Path) -> None:
    """Otherwise it would hold up every other mail for ever."""
    office = poisoned()
    own_words(tmp_path, office, "set_aside", BROKEN)
    request = office.letter("kabid-piak", "request")
    office.answers("kabid-piak", request, "Terlampir.", office.filled("PIAK"))
    tries_on(office)
    assert office.ledger.inbox.get(1).outcome is MailOutcome.SET_ASIDE
    assert office.letters_to("operator", "set_aside") == []


def test_a_mail_whose_answer_cannot_be_written_is_set_aside_and_worked_once_the_template_is_mended(
    tmp_path: Path,
) -> None:
    """Not within its first hour, for a template may be half saved; then three tries, and a replay answers it (P10)."""
    office = requested()
    own_words(tmp_path, office, "status", BROKEN)
    request = office.letter("kabid-piak", "request")
    office.post.arrive(office.mail("kabid-piak", request, "STATUS"))
    office.post.arrive(office.mail("kabid-dafduk", office.letter("kabid-dafduk", "request"), "FORMULIR"))
    for _ in range(5):
        office.hours_pass(0.1)
    second, first = office.ledger.inbox.listing()
    assert (first.outcome, first.attempts) == (None, 0)
    office.hours_pass(1)
    tries_on(office)
    second, first = office.ledger.inbox.listing()
    assert (first.outcome, first.attempts) == (MailOutcome.SET_ASIDE, 3)
    assert first.error.startswith("Traceback (most recent call last):")
    assert "mailbot.errors.TemplateProblem: letters/status.j2, line 1: 'nobody' is undefined" in first.error
    assert second.outcome is MailOutcome.COMMAND
    assert len(office.letters_to("kabid-dafduk", "form_again")) == 1
    assert len(office.letters_to("operator", "set_aside")) == 1
    (tmp_path / "letters" / "status.j2").unlink()
    assert office.ledger.inbox.replay(first.id)
    office.works()
    assert office.ledger.inbox.get(first.id).outcome is MailOutcome.COMMAND
    assert len(office.letters_to("kabid-piak", "status")) == 1
    assert len(office.letters_to("operator", "set_aside")) == 1


def test_a_form_that_kills_its_reader_is_answered_in_words_and_the_next_is_read() -> None:
    """A real child dies of a cell that is too far away; the mail is not blamed, and a fresh child reads the next."""
    office = requested()
    deadly = ("form.xlsb", xlsb("A", {(1, 1): "Kode", (1_048_576, 16_384): 1.0}))
    with FormReader(office.office, office.clerk.reader.secret, Limits()) as reader:
        office.has(read_forms=reader.read)
        office.post.arrive(office.mail("kabid-piak", office.letter("kabid-piak", "request"), "Terlampir.", deadly))
        office.sends_form("kabid-dafduk", "DAFDUK")
    after, dead = office.ledger.inbox.listing()
    assert (dead.outcome, dead.attempts, dead.error) == (MailOutcome.UNREADABLE, 1, "")
    assert (after.outcome, office.unit("DAFDUK").state) == (MailOutcome.FORM, UnitState.ACCEPTED)
    assert len(office.letters_to("kabid-piak", "unreadable")) == 1


def test_a_form_that_takes_too_much_memory_is_answered_as_too_large_and_the_next_is_read() -> None:
    """A real child is refused memory in the middle of a workbook, and dies of it; the sender hears what to do."""
    office = requested()
    request = office.letter("kabid-piak", "request")
    noise = Random(1).randbytes(4_000_000)  # noqa: S311 - bytes that do not pack, no secret
    padding = b"<!-- " + noise.hex().encode() + b" -->"

    def padded(parts: dict[str, bytes]) -> None:
        """Fill a sheet with what is no cell."""
        parts["xl/worksheets/sheet2.xml"] += padding

    large = ("Form Isian.xlsx", repacked(padded, lambda: request.file(".xlsx")[1])())
    tight = Limits().model_copy(update={"memory_mb": 48})
    with FormReader(office.office, office.clerk.reader.secret, tight) as reader:
        office.has(read_forms=reader.read)
        office.answers("kabid-piak", request, "Terlampir form isian.", large)
        office.sends_form("kabid-dafduk", "DAFDUK")
    after, dead = office.ledger.inbox.listing()
    assert (dead.outcome, dead.detail, dead.attempts, dead.error) == (MailOutcome.UNREADABLE, "too_large", 1, "")
    assert (after.outcome, office.unit("DAFDUK").state) == (MailOutcome.FORM, UnitState.ACCEPTED)
    answer = office.letter("kabid-piak", "unreadable")
    said = " ".join(answer.text.split())
    assert 'Berkas "Form Isian.xlsx" lebih besar daripada yang dapat kami terima.' in said
    assert "Mohon gambar dan data dukung dikirim terpisah, sehingga form hanya memuat isian." in said
    assert answer.file(".xlsx")[1] == request.file(".xlsx")[1]
    assert office.letters_to("operator", "set_aside") == []


def test_a_mail_that_costs_too_much_to_read_is_set_aside_at_once_and_the_next_is_read() -> None:
    """It is never acted on, the operator hears why, and no second try is made of what would end the same."""
    office = requested()
    tight = Limits().model_copy(update={"memory_mb": 40})
    with FormReader(office.office, office.clerk.reader.secret, tight) as reader:
        office.has(read_mail=reader.read_mail)
        office.post.arrive(office.mail("kabid-piak", None, "NIHIL", ("besar.bin", bytes(9_000_000))))
        office.sends_form("kabid-dafduk", "DAFDUK")
    after, dead = office.ledger.inbox.listing()
    assert (dead.outcome, dead.detail, dead.attempts) == (MailOutcome.SET_ASIDE, "too_dear", 1)
    assert (after.outcome, office.unit("DAFDUK").state) == (MailOutcome.FORM, UnitState.ACCEPTED)
    assert "waktu atau memori yang melebihi batas" in " ".join(office.letter("operator", "set_aside").text.split())


def test_listed_people_are_answered_before_strangers_are_read() -> None:
    """A hundred and twenty mails of strangers lie before one form; its receipt leaves while seventy still wait."""
    office = requested()
    for number in range(120):
        office.post.arrive(b"From: a%d@luar.example\r\nMessage-ID: <%d@luar.example>\r\n\r\nx" % (number, number))
    waiting: list[int] = []
    office.post.seam = lambda name: waiting.append(len(office.ledger.inbox.unsettled(999))) if name == "data" else None
    office.sends_form("kabid-dafduk", "DAFDUK")
    assert len(office.letters_to("kabid-dafduk", "receipt")) == 1
    assert waiting[0] == 70
    assert office.ledger.inbox.unsettled(9) == ()


def test_a_broken_template_stops_only_what_needs_it(tmp_path: Path) -> None:
    """The morning mail is told of as trouble; the requests leave."""
    office = ToyOffice()
    office.works()
    office.days_pass(1)
    own_words(tmp_path, office, "morning", BROKEN)
    calendar = office.office.calendar
    day = calendar.next_working_day(calendar.local(office.clock()).date())
    office.clock.set_to(calendar.at(day, calendar.opens))
    passed = office.works()
    assert len(passed.trouble) == 1
    assert "morning" in passed.trouble[0]
    assert len(office.letters_to("kabid-piak", "request")) == 1


def test_one_cycle_whose_letter_cannot_be_written_does_not_stop_the_other(tmp_path: Path) -> None:
    """The quarter's cycle cannot tell the Sekretaris anything; the year's goes on."""
    office = requested()
    own_words(tmp_path, office, "data_needs", BROKEN)
    office.clock.set_to(
        office.office.calendar.at(office.office.plan("2026-tw1").starts_on, office.office.calendar.opens)
    )
    passed = office.works()
    assert "data_needs" in passed.trouble[0]
    assert office.ledger.cycles.get("2026-tw1") is None
    assert len(office.letters_to("kabid-piak", "reminder")) == 1


def test_a_mail_that_is_too_large_is_answered_from_its_header() -> None:
    """It is kept as OVERSIZE with its size, and the unit is told in words."""
    office = requested()
    office.has(limits=mail_limits(Limits(message_mb=1)))
    request = office.letter("kabid-piak", "request")
    scan = ("scan.jpg", b"\xff\xd8\xff" + bytes(1_100_000))
    raw = office.mail("kabid-piak", request, "Terlampir.", office.filled("PIAK"), scan)
    office.arrives(raw)
    (mail,) = office.ledger.inbox.listing()
    assert (mail.outcome, mail.detail, mail.truncated) == (MailOutcome.OVERSIZE, str(len(raw)), True)
    (told,) = office.letters_to("kabid-piak", "unreadable")
    assert told.subject.endswith("[DISDUKCAPIL-LKJIP/2025]")
    assert office.unit("PIAK").state is UnitState.WAITING


def nested(office: ToyOffice, levels: int) -> bytes:
    """Return a reply whose parts are nested so deep, with a word in the innermost."""
    mail = office.mail("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU")
    head = mail.split(b"\r\n\r\n")[0].replace(b"Content-Type: text/plain", b"X-Was: text/plain")
    body = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(levels)
    )
    return head + b"\r\nMIME-Version: 1.0\r\n" + body + b"Content-Type: text/plain\r\n\r\nSETUJU\r\n"


def test_a_mail_built_to_do_harm_is_set_aside_and_kept() -> None:
    """The operator hears why, its listed sender that it was not read; a replay in vain tells no more."""
    office = requested()
    before = office.cycle()
    raw = nested(office, 400)
    office.arrives(raw)
    (mail,) = office.ledger.inbox.listing()
    assert (mail.outcome, mail.detail) == (MailOutcome.SET_ASIDE, "too_deep")
    assert (office.ledger.inbox.raw(mail.id), office.cycle()) == (raw, before)
    office.hours_pass(1)
    (told,) = office.letters_to("operator", "set_aside")
    assert "susunannya terlalu dalam" in " ".join(told.text.split())
    (answer,) = office.letters_to("sekretaris", "unplaced")
    assert "belum dapat dibaca oleh sistem" in " ".join(answer.text.split())
    assert office.ledger.inbox.replay(mail.id)
    office.works()
    assert office.ledger.inbox.get(mail.id).outcome is MailOutcome.SET_ASIDE
    assert len(office.letters_to("sekretaris", "unplaced")) == 1


def test_a_logo_is_no_photographed_form_and_a_robots_file_is_not_opened() -> None:
    """Small pictures of signatures are left alone; large ones are looked at."""
    office = requested()
    files = (("logo.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100), ("foto.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50_000))
    office.answers("kabid-piak", None, "Terlampir.", *files)
    office.answers("kabid-piak", None, "Cuti", files[1], extra=(("Auto-Submitted", "auto-replied"),))
    robot, person = (read_kept(office.clerk.books, office.clerk.reader, mail) for mail in office.ledger.inbox.listing())
    assert [file.name for file in form_files(person)] == ["foto.png"]
    assert form_files(robot) == ()
    assert (len(robot.attachments), robot.forms) == (1, ())


def test_a_stranger_is_met_with_silence_and_one_line_in_the_journal() -> None:
    """Who wrote stands in the inbox; the journal has the mail's own mark and no words of it."""
    office = requested()
    before = office.ledger.journal.head().count
    office.answers("kabid-piak", None, "Rahasia", address="orang@luar.example")
    (mail,) = office.ledger.inbox.listing()
    assert (mail.outcome, mail.detail) == (MailOutcome.STRANGER, "orang@luar.example")
    (entry,) = office.ledger.journal.read()[before:]
    assert (entry.line.event, dict(entry.line.detail)) == (
        "mail_settled",
        {"mail": mail.sha256[:16], "outcome": "stranger", "about": "orang@luar.example"},
    )


def test_a_mail_is_archived_with_every_cycle_it_belongs_to() -> None:
    """A form belongs to its cycle, a stranger's mail to none."""
    office = requested()
    office.sends_form("kabid-piak", "PIAK")
    office.answers("kabid-piak", None, "Halo", address="orang@luar.example")
    assert [mail.outcome for mail in office.ledger.inbox.of_cycle(CYCLE)] == [MailOutcome.FORM]


def test_a_delivery_report_marks_the_very_letter_and_is_told_the_same_day() -> None:
    """By our Message-ID in it; the status stands beside the letter in the outbox."""
    office = requested()
    request = office.letter("kabid-capil", "request")
    office.arrives(_report(request.message_id))
    (mail,) = office.ledger.inbox.listing()
    assert mail.outcome is MailOutcome.BOUNCE
    letter = office.ledger.letters.by_message_id((request.message_id,))
    assert letter is not None
    assert letter.bounce == "5.1.1"
    assert len(office.letters_to("operator", "undelivered")) == 1
    office.clock.set_to(office.clock() + timedelta(hours=1))
    office.works()
    assert len(office.letters_to("operator", "undelivered")) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Message-ID: {id}\r\n--b--", "X: y\r\n--b--"),
        ("Message-ID: {id}\r\n--b--", "Message-ID: {id}\r\nDate: Mon, 05 Jan 2026 01:02:03 +0700\r\n--b--"),
        ("Message-ID: {id}\r\n--b--", "Message-ID: {id}\r\nTo: orang@example.go.id\r\n--b--"),
        ("Message-ID: {id}\r\n--b--", "Message-ID: {id}\r\nSubject: Lain\r\n--b--"),
        ("Message-ID: {id}\r\n--b--", "Message-ID: {id}\r\nDate: kapan\r\n--b--"),
    ],
)
def test_a_report_that_gives_nothing_of_our_letter_back_marks_nothing(old: str, new: str) -> None:
    """It only names the letter, as whoever has seen it can; or what it gives back is not what was sent."""
    office = requested()
    request = office.letter("kabid-capil", "request")
    report = _report(request.message_id).replace(
        b"Return-Path", f"References: {request.message_id}\r\nReturn-Path".encode()
    )
    office.arrives(
        report.replace(old.format(id=request.message_id).encode(), new.format(id=request.message_id).encode())
    )
    assert office.ledger.inbox.counts().by_outcome["bounce"] == 1
    office.clock.set_to(office.clock() + timedelta(hours=1))
    office.works()
    assert office.letters_to("operator", "undelivered") == []


def test_a_report_that_gives_our_header_back_as_it_was_sent_counts() -> None:
    """Folded anew, and the day written otherwise."""
    office = requested()
    request = office.letter("kabid-capil", "request")
    mail = email.message_from_bytes(request.raw)
    given = (
        f"Message-ID: {request.message_id}\r\nDate: {mail['Date']}\r\nTo: {mail['To']}\r\nSubject: {mail['Subject']}"
    )
    report = _report(request.message_id).replace(f"Message-ID: {request.message_id}".encode(), given.encode())
    office.arrives(report)
    office.clock.set_to(office.clock() + timedelta(hours=1))
    office.works()
    assert len(office.letters_to("operator", "undelivered")) == 1


def test_a_listed_person_s_mail_through_a_list_is_a_person_s() -> None:
    """STATUS is answered; a stranger's through a list is a list's."""
    office = requested()
    through = (("List-Id", "<program.example.go.id>"),)
    office.answers("kabid-capil", None, "STATUS", extra=through)
    assert len(office.letters_to("kabid-capil", "status")) == 1
    office.answers("kabid-capil", None, "STATUS", extra=through, address="orang@luar.example")
    assert office.ledger.inbox.counts().by_outcome["robot"] == 1


def _report(message_id: str) -> bytes:
    """Write a report of non-delivery as Postfix does."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.go.id (Mail Delivery System)
To: lkjip.disdukcapil@example.go.id
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <dsn@mx.example.go.id>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.go.id

Final-Recipient: rfc822; kabid.capil@example.go.id
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown
--b
Content-Type: text/rfc822-headers

From: lkjip.disdukcapil@example.go.id
Message-ID: {message_id}
--b--
""".replace("\n", "\r\n").encode()


def test_a_template_saved_half_burns_no_try_and_holds_up_no_other_mail(tmp_path: Path) -> None:
    """The mail is answered as soon as the template can be used again (P10)."""
    office = requested()
    own_words(tmp_path, office, "status", BROKEN)
    office.answers("kabid-piak", office.letter("kabid-piak", "request"), "STATUS")
    office.hours_pass(0.1)
    (waiting,) = office.ledger.inbox.listing()
    assert (waiting.outcome, waiting.attempts) == (None, 0)
    (tmp_path / "letters" / "status.j2").unlink()
    office.works()
    assert len(office.letters_to("kabid-piak", "status")) == 1
