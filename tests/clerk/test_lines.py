"""Answers in lines through the whole house: kept over a restart, read back, beside forms, in reminders and status."""

from __future__ import annotations

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.outcome import MailOutcome
from tests.office import ToyOffice, requested

WHOLE = """IKU-03: 98,6
IKU-03 pendukung: Jemput bola
IKU-03 data dukung: Laporan akta
IKU-04: 100
IKU-04 pendukung: Register
IKU-04 data dukung: Register akta
IKK-10: 3
IKK-10 pendukung: Daring
IKK-10 data dukung: Rekap waktu
2.12.03.2.01.0001: Rp205.000.000
2.12.03.2.01.0002: Rp115.000.000"""


def waiting() -> ToyOffice:
    """Return the office in which CAPIL's lines wait for BENAR."""
    office = requested()
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), WHOLE)
    return office


def test_lines_wait_over_a_restart_and_count_afterwards() -> None:
    """Everything that waits stands in the ledger; a new process goes on where the old one died."""
    office = waiting()
    again = ToyOffice(ledger=office.ledger, post=office.post, clock=office.clock)
    assert again.unit("CAPIL").waiting == office.unit("CAPIL").waiting
    again.answers("kabid-capil", again.letter("kabid-capil", "lines_read"), "BENAR")
    form = again.unit("CAPIL")
    assert (form.state, form.waiting) == (UnitState.ACCEPTED, None)
    assert again.ledger.files.read(form.submissions[0].file_sha256).decode() == WHOLE
    assert again.ledger.inbox.counts().by_outcome == {"command": 1, "lines": 1}


def test_a_returned_mail_of_lines_comes_back_as_a_marked_form() -> None:
    """BENAR in spite of a fault goes the way of a form; the lines to mend are there to be copied."""
    office = requested()
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), WHOLE.replace("IKU-03: 98,6", "IKU-03: 90"))
    assert "IKU-03 Tindak Lanjut:" in office.letter("kabid-capil", "lines_read").text
    office.answers("kabid-capil", office.letter("kabid-capil", "lines_read"), "BENAR")
    returned = office.letter("kabid-capil", "returned")
    assert "\n    IKU-03 Faktor Penghambat:\n    IKU-03 Tindak Lanjut:\n" in returned.text
    assert returned.file(".xlsx")[1].startswith(b"PK")
    office.answers("kabid-capil", returned, "IKU-03 kendala: Jaringan\nIKU-03 tindak lanjut: Tambah alat")
    office.answers("kabid-capil", office.letter("kabid-capil", "lines_read"), "BENAR")
    assert office.unit("CAPIL").state is UnitState.ACCEPTED


def test_lines_beside_a_form_are_named_in_its_receipt() -> None:
    """The form counts; one line said otherwise."""
    office = requested()
    form = office.filled("CAPIL")
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), "Terlampir.\nIKU-03: 12,5", form)
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    assert "tidak kami pakai" in " ".join(office.letter("kabid-capil", "receipt").text.split())
    assert office.letters_to("kabid-capil", "lines_read") == []


def test_quoted_lines_never_count() -> None:
    """The whole first mail stands quoted below the answer; only what is new is an answer."""
    office = waiting()
    quoted = "\n".join(f"> {line}" for line in WHOLE.splitlines())
    answer = f"Terima kasih, kami cek dulu.\n\nPada Sen, 5 Jan 2026 pukul 08.00 Kabid menulis:\n\n{quoted}"
    office.answers("kabid-capil", None, answer)
    assert len(office.letters_to("kabid-capil", "lines_read")) == 1
    assert office.unit("CAPIL").line_mails == 1


def test_a_reminder_and_status_mention_the_word_that_is_awaited() -> None:
    """Nobody thinks that lines are enough."""
    office = waiting()
    office.days_pass(4)
    reminder = " ".join(office.letter("kabid-capil", "reminder_today").text.split())
    assert "baru tercatat setelah surat konfirmasi kami dibalas dengan satu kata BENAR" in reminder
    office.answers("perencanaan", None, "STATUS")
    assert "menunggu kata BENAR" in " ".join(office.letter("perencanaan", "status").text.split())


def test_salah_drops_the_lines_and_nil_alone_is_asked_back_with_the_open_codes() -> None:
    """Each code on a line of its own, ready to be copied."""
    office = waiting()
    office.answers("kabid-capil", office.letter("kabid-capil", "lines_read"), "SALAH")
    assert office.unit("CAPIL").waiting is None
    office.letter("kabid-capil", "lines_dropped")
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), "NIHIL")
    assert "\n    IKU-03: NIHIL\n    IKU-04: NIHIL\n    IKK-10: NIHIL\n" in office.letter("kabid-capil", "unclear").text


def test_lines_of_a_stranger_and_of_a_robot_are_nothing() -> None:
    """Silence, and no letter."""
    office = requested()
    office.answers("kabid-capil", None, WHOLE, address="orang@luar.example")
    office.answers("kabid-capil", None, WHOLE, extra=(("Auto-Submitted", "auto-replied"),))
    assert office.ledger.inbox.counts().by_outcome == {
        MailOutcome.ROBOT.value: 1,
        MailOutcome.STRANGER.value: 1,
    }
    assert office.unit("CAPIL").line_mails == 0
