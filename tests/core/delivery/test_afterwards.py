"""After row 8: the archive is printed and filed, the report published; both are asked for, and asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mailbot.core.delivery.afterwards import owed_by_hand
from mailbot.core.delivery.delivery import Publication
from mailbot.core.delivery.delivery_facts import ArchiveMade
from mailbot.core.delivery.letters_of_delivery import HardCopyWanted
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import EnclosureKind, LetterKind, Reason
from mailbot.core.model.letters_in_answer import OutOfTurn, Unclear
from mailbot.core.model.letters_of_rows import Closed
from mailbot.core.model.mail import Proof
from mailbot.core.model.office import Office
from mailbot.core.model.people import Role
from mailbot.core.model.profile import Criterion, CriterionRule
from tests.core.play import Play, closed, submitted, value_of
from tests.offices.small import OFFICE, wib

PUBLISHES = replace(OFFICE, profile=replace(OFFICE.profile, published="https://lkjip.example.go.id"))


def archived(office: Office = OFFICE, *, enclosed: bool = True) -> Play:
    """Return the closed cycle with its archive laid down, on Monday 12 January."""
    play = closed(office)
    made = ArchiveMade(at=play.at, folder="2025", binder_sha256="b" * 64, sheets=44, enclosed=enclosed)
    play.happens(made)
    return play


def test_the_letter_that_tells_of_the_end_asks_for_the_hard_copy() -> None:
    """Once for one binder; ARSIP closes it, with the place, and said again it is nothing new."""
    play = archived()
    (asked,) = play.all_letters(LetterKind.CLOSED, "perencanaan")
    report = play.cycle.draft
    assert report
    assert asked.about == Closed(archive="2025", prints=True, sheets=44)
    assert [(file.kind, file.sha256) for file in asked.enclosures] == [
        (EnclosureKind.REPORT, report.docx_sha256),
        (EnclosureKind.FILE, "b" * 64),
    ]
    assert play.all_letters(LetterKind.HARD_COPY_WANTED) == []
    before = play.cycle
    play.happens(ArchiveMade(at=play.at, folder="2025", binder_sha256="b" * 64))
    assert play.cycle is before
    assert owed_by_hand(play.cycle)
    (noted,) = play.asks("perencanaan", Word.ARSIP, "lemari 3", "rak 2").letters
    assert noted.kind is LetterKind.VERDICT_NOTED
    copy = play.cycle.delivery and play.cycle.delivery.hard_copy
    assert copy
    assert (copy.where, copy.filed_at) == ("lemari 3 rak 2", play.at)
    assert not owed_by_hand(play.cycle)
    (answer,) = play.asks("perencanaan", Word.ARSIP).letters
    assert answer.about == OutOfTurn(word=Word.ARSIP, reason=Reason.ALREADY)


def test_before_the_archive_is_there_subbag_program_hears_nothing_of_the_end_and_the_others_do() -> None:
    """One letter to it says all there is left to do; the report that was never delivered is asked about by nobody."""
    play = closed(PUBLISHES)
    assert [letter.to for letter in play.all_letters(LetterKind.CLOSED)] == ["sekretaris", "kadis"]
    play.happens(ArchiveMade(at=play.at, folder="2025"))
    told = play.letter(LetterKind.CLOSED, "perencanaan")
    assert told.about == Closed(archive="2025", prints=True, publishes=True, where="https://lkjip.example.go.id")
    assert play.all_letters(LetterKind.PUBLICATION_WANTED) == []


def test_what_was_said_to_be_done_by_hand_is_taken_back_by_batal() -> None:
    """What was said last, each by itself; then it is owed again, and asked for five working days later."""
    play = archived(PUBLISHES)
    play.asks("perencanaan", Word.TERBIT, "12-01-2026 https://lkjip.example.go.id/2025")
    play.clock(wib(13, 9))
    play.asks("perencanaan", Word.ARSIP, "lemari 3")
    for said in (Word.ARSIP, Word.TERBIT):
        play.clock(wib(14, 9))
        (answer,) = play.asks("perencanaan", Word.BATAL).letters
        assert (answer.kind, value_of(answer, "said")) == (LetterKind.RECALLED, said.value)
        assert owed_by_hand(play.cycle)
    delivery = play.cycle.delivery
    assert delivery
    assert delivery.hard_copy
    assert (delivery.hard_copy.filed_at, delivery.hard_copy.where) == (None, "")
    assert delivery.published == Publication(asked=1, asked_at=play.at)
    assert play.asks("perencanaan", Word.BATAL).letters[0].about == OutOfTurn(
        word=Word.BATAL, reason=Reason.RECALL_OVER
    )
    play.clock(wib(23, 16))
    (again,) = play.all_letters(LetterKind.HARD_COPY_WANTED)
    assert again.about == HardCopyWanted(sheets=44, folder="2025", publishes=True, where="https://lkjip.example.go.id")


def test_who_has_given_no_word_takes_back_what_he_did_by_hand_and_nobody_elses() -> None:
    """Whoever came to Subbag Program after the report was passed on has said nothing but ARSIP."""
    play = archived()
    play.now = replace(play.cycle, verdicts=())
    play.asks("perencanaan", Word.ARSIP)
    delivery = play.cycle.delivery
    assert delivery
    assert delivery.hard_copy
    (answer,) = play.asks("perencanaan", Word.BATAL).letters
    assert answer.kind is LetterKind.RECALLED
    others = replace(delivery, hard_copy=replace(delivery.hard_copy, person="pendahulu"))
    play.now = replace(play.cycle, delivery=others)
    (nothing,) = play.asks("perencanaan", Word.BATAL).letters
    assert nothing.about == OutOfTurn(word=Word.BATAL, reason=Reason.NOTHING_TO_RECALL)


def test_a_binder_too_large_for_a_mail_is_named_by_its_folder() -> None:
    """Nothing is enclosed."""
    (report,) = archived(enclosed=False).letter(LetterKind.CLOSED, "perencanaan").enclosures
    assert report.kind is EnclosureKind.REPORT


def test_what_is_owed_is_asked_again_every_five_working_days_three_times_in_all() -> None:
    """In one letter; not before his mail was read; and then nobody is asked any more."""
    play = archived(PUBLISHES)
    kinds = (LetterKind.HARD_COPY_WANTED, LetterKind.PUBLICATION_WANTED)
    play.unheard(wib(20, 16), None)
    play.unheard(wib(20, 16), wib(15, 9))
    assert [len(play.all_letters(kind)) for kind in kinds] == [0, 0]
    play.clock(wib(20, 16))
    assert [len(play.all_letters(kind)) for kind in kinds] == [1, 0]
    for day in (21, 27, 28):
        play.clock(wib(day, 16))
    play.clock(wib(9, 16, month=2))
    assert [len(play.all_letters(kind)) for kind in kinds] == [2, 0]
    assert not owed_by_hand(play.cycle)
    assert len({letter.key for letter in play.all_letters(LetterKind.HARD_COPY_WANTED)}) == 2


def test_what_alone_is_owed_is_asked_for_alone() -> None:
    """Filed, and not published: nobody is asked for the binder once more; nor the other way round."""
    play = archived(PUBLISHES)
    play.asks("perencanaan", Word.ARSIP)
    play.clock(wib(20, 16))
    (asked,) = play.all_letters(LetterKind.PUBLICATION_WANTED)
    assert value_of(asked, "again")
    other = archived(PUBLISHES)
    other.asks("perencanaan", Word.TERBIT, "12-01-2026 https://lkjip.example.go.id")
    other.clock(wib(20, 16))
    assert not value_of(other.letter(LetterKind.HARD_COPY_WANTED), "publishes")


@pytest.mark.parametrize(
    ("words", "file", "day", "where"),
    [
        ("12-01-2026 https://lkjip.example.go.id/2025.", "", date(2026, 1, 12), "https://lkjip.example.go.id/2025"),
        ("https://lkjip.example.go.id/2026-01-01/x 9 Januari 2026", "", date(2026, 1, 9), None),
        ("12-01-2026 lkjip.example.go.id/2025", "", date(2026, 1, 12), "lkjip.example.go.id/2025"),
        ("12-01-2026 (alamat laman)", "", None, ""),
        ("12 Januari 2026", "a" * 64, date(2026, 1, 12), ""),
        ("12 Januari 2026", "", None, ""),
        ("https://lkjip.example.go.id", "", None, ""),
        ("13-01-2026 https://lkjip.example.go.id", "", None, ""),
    ],
)
def test_when_and_where_it_is_published(words: str, file: str, day: date | None, where: str | None) -> None:
    """A day that has come, and an address or a file that shows it; anything less is asked back."""
    play = archived(PUBLISHES)
    said = replace(play.asking("perencanaan", Word.TERBIT, words), file_sha256=file)
    (answer,) = play.happens(said).letters
    told = play.cycle.delivery and play.cycle.delivery.published
    assert told
    assert told.day == day
    if day is None:
        assert answer.about == Unclear(word=Word.TERBIT, reason=Reason.PUBLICATION)
    else:
        assert (told.proof_sha256, told.person) == (file, "perencanaan")
        assert where is None or told.where == where
        assert "report_published" in {line.event for line in play.journal}


def test_it_may_be_published_before_the_receipt_is_there() -> None:
    """Then nobody asks; before the report has left, the word is too early."""
    play = submitted(PUBLISHES)
    play.asks("perencanaan", Word.TERBIT, "12-01-2026 https://lkjip.example.go.id")
    play.says("bappeda", Word.DITERIMA)
    assert play.cycle.closed
    play.happens(ArchiveMade(at=play.at, folder="2025"))
    assert not value_of(play.letter(LetterKind.CLOSED, "perencanaan"), "publishes")
    early = submitted(replace(PUBLISHES, letter_numbers=replace(OFFICE.letter_numbers, awaited=True)))
    (answer,) = early.asks("perencanaan", Word.TERBIT, "12-01-2026 https://lkjip.example.go.id").letters
    assert answer.about == OutOfTurn(word=Word.TERBIT, reason=Reason.NOT_YET)


def test_who_is_asked_for_a_publication() -> None:
    """An office that says where it publishes, or is graded by it; no other."""
    assert not value_of(archived().letter(LetterKind.CLOSED, "perencanaan"), "publishes")
    criterion = Criterion(code="3", text="Dipublikasikan", weight=Decimal(1), rule=CriterionRule.PUBLISHED)
    graded = replace(OFFICE, profile=replace(OFFICE.profile, criteria=(criterion,)))
    assert value_of(archived(graded).letter(LetterKind.CLOSED, "perencanaan"), "publishes")


def test_only_subbag_program_files_and_publishes() -> None:
    """Proved."""
    play = archived()
    assert play.asks("kadis", Word.ARSIP).letters[0].kind is LetterKind.NOT_YOURS
    assert play.asks("perencanaan", Word.ARSIP, proof=Proof.NONE).letters[0].kind is LetterKind.CHALLENGE


def test_a_cycle_that_closed_before_deliveries_were_kept() -> None:
    """Its archive can be filed all the same; nobody is asked where nobody is Subbag Program."""
    play = closed()
    play.now = replace(play.cycle, delivery=None)
    play.clock(wib(20, 16))
    assert not owed_by_hand(play.cycle)
    people = tuple(person for person in OFFICE.roster.people if person.role is not Role.PLANNING)
    source = play.asking("perencanaan", Word.ARSIP)
    play.office = replace(OFFICE, roster=replace(OFFICE.roster, people=people))
    play.happens(ArchiveMade(at=play.at, folder="2025"))
    assert play.all_letters(LetterKind.CLOSED, "perencanaan") == []
    assert play.cycle.delivery is not None
    told = Publication(asked=1, asked_at=play.at)
    play.now = replace(play.cycle, delivery=replace(play.cycle.delivery, published=told))
    play.clock(wib(9, 16, month=2))
    assert play.all_letters(LetterKind.PUBLICATION_WANTED) == []
    play.happens(source)
    assert play.cycle.delivery is not None
    assert play.cycle.delivery.hard_copy is not None
    assert play.cycle.delivery.hard_copy.filed_at is not None
