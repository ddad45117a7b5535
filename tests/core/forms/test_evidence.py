"""Evidence: kept with the mail it came in, never asked for twice, and enough by itself where only it was missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import Cycle, UnitState
from mailbot.core.model.facts import EvidenceArrived, LinesAnswered, LinesArrived, UnreadableArrived
from mailbot.core.model.form import FaultCode, FormData, ReadForm
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_in_answer import EvidenceKept
from mailbot.core.model.mail import Evidence, Mail, evidence_in
from mailbot.core.model.office import Office
from mailbot.core.model.outcome import MailOutcome, Outcome
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.sorting.sorting import sort
from tests.core.desks import MAIL, PDF, attachment, desk, mail_of, sent
from tests.core.play import Play, closed, collecting, drafting, reviewing, value_of
from tests.core.small_forms import evidence, faulty, only, read, row, whole, written
from tests.offices.small import OFFICE

WANTED = replace(OFFICE, policy=replace(OFFICE.policy, evidence_attached=True))
REKAP = evidence("Rekap.pdf")


def play_wanted(office: Office = WANTED) -> Play:
    """Return a cycle that collects, of an office that wants evidence attached."""
    play = collecting()
    play.office = office
    return play


def codes(play: Play, unit: str = "DAFDUK") -> list[FaultCode]:
    """Return what was found in a unit's newest form, each once."""
    return list(dict.fromkeys(fault.code for fault in play.unit(unit).submissions[-1].faults))


def brings(play: Play, files: tuple[Evidence, ...], *, by: str = "kabid-dafduk") -> Outcome:
    """Let a unit send files, and no form."""
    fact = EvidenceArrived(at=play.at, source=play.source(by), unit="DAFDUK", last={}, evidence=files)
    return play.happens(fact)


def test_evidence_sent_with_an_earlier_form_is_not_asked_for_again() -> None:
    """The corrected form comes without it; both mails' files are kept, each content once, with its first mail."""
    play = play_wanted()
    play.sends("DAFDUK", faulty("DAFDUK"), evidence=REKAP)
    assert FaultCode.EVIDENCE_NOT_ATTACHED not in codes(play)
    assert play.unit("DAFDUK").state is UnitState.RETURNED
    play.sends("DAFDUK")
    assert play.unit("DAFDUK").state is UnitState.ACCEPTED
    again = (*evidence("Rekap.pdf", mail="cd" * 32), *evidence("foto.jpg", mail="cd" * 32))
    play.sends("DAFDUK", evidence=again)
    assert play.unit("DAFDUK").evidence == (*REKAP, again[1])


def test_without_any_evidence_it_is_asked_for() -> None:
    """Of one unit's evidence another has nothing."""
    play = play_wanted()
    play.sends("CAPIL", evidence=REKAP)
    play.sends("DAFDUK")
    assert codes(play) == [FaultCode.EVIDENCE_NOT_ATTACHED]


def test_a_part_that_came_with_evidence_is_not_asked_for_it_with_the_rest() -> None:
    """The rows of the earlier part name it, and it is there."""
    play = play_wanted()
    play.sends("DAFDUK", only(whole("DAFDUK"), "IKU-02"), evidence=REKAP)
    assert play.unit("DAFDUK").state is UnitState.PARTIAL
    play.sends("DAFDUK", only(whole("DAFDUK"), "IKK-12", "2.12.02.2.01.0005"))
    assert play.unit("DAFDUK").state is UnitState.ACCEPTED


def test_lines_that_mend_a_form_ask_for_no_evidence_it_came_with() -> None:
    """Read back without a fault, and accepted at BENAR; what comes with BENAR is kept as well."""
    play = play_wanted()
    play.sends("DAFDUK", faulty("DAFDUK"), evidence=REKAP)
    lines = written(FormData(indicators=(row("IKU-02", "99.45"),)))
    source = play.source("kabid-dafduk")
    play.happens(LinesArrived(at=play.at, source=source, unit="DAFDUK", lines=lines, last={}))
    assert value_of(play.letter(LetterKind.LINES_READ), "word") == "BENAR"
    foto = evidence("foto.jpg")
    play.happens(
        LinesAnswered(
            at=play.at,
            source=play.source("kabid-dafduk"),
            unit="DAFDUK",
            number=1,
            word=Word.BENAR,
            last={},
            evidence=foto,
        )
    )
    form = play.unit("DAFDUK")
    assert (form.state, form.evidence) == (UnitState.ACCEPTED, (*REKAP, *foto))


def test_what_came_in_place_of_a_form_is_kept_as_evidence() -> None:
    """The unit sends its PDF first and the form later; also beside the form as it was sent out."""
    play = play_wanted()
    source = play.source("kabid-dafduk")
    play.happens(
        UnreadableArrived(
            at=play.at, source=source, unit="DAFDUK", reason=Unreadable.PDF, file_name="Rekap.pdf", evidence=REKAP
        )
    )
    foto = evidence("foto.jpg")
    play.sends("DAFDUK", form=replace(read(whole("DAFDUK")), untouched=True), evidence=foto)
    assert value_of(play.letter(LetterKind.UNREADABLE), "reason") == "unfilled"
    play.sends("DAFDUK")
    form = play.unit("DAFDUK")
    assert (form.state, form.attempts, form.evidence) == (UnitState.ACCEPTED, 1, (*REKAP, *foto))


def test_a_form_that_lacked_only_evidence_is_accepted_when_it_comes_alone() -> None:
    """The same workbook, judged anew as the next submission of whoever sent the file."""
    play = play_wanted()
    play.sends("DAFDUK")
    outcome = brings(play, REKAP, by="kasi-pindah")
    form = play.unit("DAFDUK")
    first, second = form.submissions
    assert (form.state, form.counted, first.accepted) == (UnitState.ACCEPTED, 2, False)
    assert (second.file_sha256, second.data, second.faults) == (first.file_sha256, first.data, ())
    assert [note.event for note in outcome.journal] == ["evidence_kept", "form_accepted"]
    assert outcome.journal[0].detail == (("files", "Rekap.pdf"), ("mail", f"{play.mails:08x}" * 2))
    assert LetterKind.RECEIPT in [letter.kind for letter in outcome.letters]


def test_evidence_for_a_part_lets_the_part_count() -> None:
    """Rows still blank are no reason to wait."""
    play = play_wanted()
    play.sends("DAFDUK", only(whole("DAFDUK"), "IKU-02"))
    assert play.unit("DAFDUK").state is UnitState.RETURNED
    brings(play, REKAP)
    assert play.unit("DAFDUK").state is UnitState.PARTIAL


@pytest.mark.parametrize("unit_form", ["accepted", "other faults", "too late"])
def test_evidence_for_any_other_form_is_kept_and_said_so(unit_form: str) -> None:
    """Nothing else moves."""
    play = drafting() if unit_form == "too late" else collecting()
    play.office = WANTED if unit_form != "too late" else OFFICE
    if unit_form != "too late":
        play.sends("DAFDUK", evidence=evidence("foto.jpg"))
    if unit_form == "other faults":
        play.sends("DAFDUK", replace(whole("DAFDUK"), indicators=()))
    before = play.unit("DAFDUK")
    outcome = brings(play, REKAP)
    assert play.unit("DAFDUK") == before.with_evidence(REKAP) != before
    (letter,) = outcome.letters
    assert (letter.unit, letter.about) == ("DAFDUK", EvidenceKept(file_name="Rekap.pdf"))


def test_of_a_closed_cycle_nothing_moves() -> None:
    """Not even its list of evidence."""
    play = closed()
    before = play.cycle
    assert before.with_evidence("DAFDUK", REKAP) is before
    assert before.with_evidence("TIDAK-ADA", REKAP) is before


PDF_FILE = ReadForm(file_sha256="7" * 64, file_name="Rekap.pdf", unreadable=Unreadable.PDF)


def outcome_of(cycle: Cycle, mail: Mail, *about: LetterKind, play: Play | None = None) -> MailOutcome:
    """Return what a mail is, in answer to these letters."""
    letters = tuple(sent(play.letter(kind)) for kind in about) if play is not None else ()
    return sort(desk(cycle, mail=mail, about=letters, office=WANTED)).outcome


def test_files_alone_are_evidence_where_the_form_waits_for_them() -> None:
    """From the unit's own people, and where no word was asked for."""
    play = play_wanted()
    play.sends("DAFDUK")
    alone = mail_of("kabid-dafduk", "Data dukung terlampir.", PDF_FILE)
    found = sort(desk(play.cycle, mail=alone, office=WANTED))
    ((_, fact),) = found.facts
    assert isinstance(fact, EvidenceArrived)
    assert (found.outcome, fact.unit, [file.file_sha256 for file in fact.evidence]) == (
        MailOutcome.EVIDENCE,
        "DAFDUK",
        ["7" * 64],
    )
    locked = replace(PDF_FILE, unreadable=Unreadable.PASSWORD)
    assert outcome_of(play.cycle, mail_of("kabid-dafduk", "", locked)) is MailOutcome.UNREADABLE
    assert outcome_of(play.cycle, mail_of("perencanaan", "", PDF_FILE)) is MailOutcome.UNPLACED
    assert outcome_of(collecting().cycle, alone) is MailOutcome.UNREADABLE


def test_files_in_answer_to_a_question_for_a_word_are_no_evidence() -> None:
    """The Sekretaris who also heads a unit sends the review back as a scan."""
    play = reviewing()
    mail = mail_of("sekretaris", "", PDF_FILE)
    assert outcome_of(play.cycle, mail, LetterKind.REVIEW, play=play) is MailOutcome.UNPLACED


def test_files_in_answer_to_lines_that_wait_have_them_read_back_once_more() -> None:
    """With the evidence kept, and BENAR still to be said."""
    play = play_wanted()
    source = play.source("kabid-dafduk")
    lines = written(whole("DAFDUK"))
    play.happens(LinesArrived(at=play.at, source=source, unit="DAFDUK", lines=lines, last={}))
    assert value_of(play.letter(LetterKind.LINES_READ), "word") is None
    found = sort(desk(play.cycle, mail=mail_of("kabid-dafduk", "", PDF_FILE), office=WANTED))
    assert found.outcome is MailOutcome.EVIDENCE
    ((_, fact),) = found.facts
    play.happens(fact)
    assert value_of(play.letter(LetterKind.LINES_READ), "word") == "BENAR"
    assert [file.file_name for file in play.unit("DAFDUK").evidence] == ["Rekap.pdf"]


def test_the_files_of_a_mail_that_are_no_form_are_its_evidence() -> None:
    """Nor what was meant as one; a table that is none may be evidence. A name that showed a NIK is held, too."""
    form = read(whole("DAFDUK"))
    table = ReadForm(file_sha256="2" * 64, file_name="a.xlsx", unreadable=Unreadable.NOT_A_FORM, personal_data=True)
    broken = ReadForm(file_sha256="3" * 64, file_name="b.xlsx", unreadable=Unreadable.BROKEN)
    mail = replace(
        MAIL,
        forms=(form, table, broken),
        attachments=(
            attachment(form.file_sha256),
            attachment("2" * 64, name="a.xlsx"),
            attachment("3" * 64, name="b.xlsx"),
            attachment("4" * 64, PDF, f"KTP {'#' * 16}.pdf"),
            attachment("5" * 64, PDF, "Rekap.pdf"),
        ),
    )
    assert [(file.file_name, file.held) for file in evidence_in(mail)] == [
        ("a.xlsx", True),
        (f"KTP {'#' * 16}.pdf", True),
        ("Rekap.pdf", False),
    ]
    assert {(file.mail_sha256, file.received_at) for file in evidence_in(mail)} == {(MAIL.sha256, MAIL.received_at)}
