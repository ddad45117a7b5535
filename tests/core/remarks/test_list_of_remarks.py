"""One numbered list over all rounds: what stands on it, how it is answered, and who is told what became of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.draft.draft_facts import DraftEdited, RemarksAnswered
from mailbot.core.draft.letters_of_drafts import AnswersNoted, DraftHeld
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.facts import CommandGiven, VerdictGiven
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_in_answer import Challenge, NotYours
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.sop import Step
from mailbot.core.remarks.listed import came_as, for_brief, numbered, open_numbers
from mailbot.core.remarks.listing import of_lines
from mailbot.core.remarks.remark import Marked, Remark, RemarkSource
from mailbot.core.sorting.sorting import sort
from tests.core.desks import DOCX, attachment, desk, mail_of, sent
from tests.core.play import Play, reviewing
from tests.offices.small import OFFICE

MARKED = Marked(
    remarks=(
        Remark(
            source=RemarkSource.COMMENT, text="Dari mana angka ini?", author="Sekretaris", around="3578012301900001"
        ),
        Remark(source=RemarkSource.DELETED, text="ganda", heading="BAB I"),
    ),
    more=7,
    damaged=("word/footnotes.xml",),
)


def sent_back(*lines: str, marked: Marked | None = None) -> Play:
    """Let the Sekretaris send the first draft back."""
    play = reviewing()
    refuses(play, "sekretaris", *lines, marked=marked)
    return play


def refuses(play: Play, person: str, *lines: str, marked: Marked | None = None) -> Outcome:
    """Let somebody say PERBAIKI to what he was last asked."""
    fact = VerdictGiven(
        at=play.at,
        source=play.source(person),
        said=Said(word=Word.PERBAIKI, remarks=lines),
        about=play.last_asked(person),
        marked=marked or Marked(),
    )
    return play.happens(fact)


def answers(
    play: Play, *given: tuple[int, str], proof: Proof = Proof.AUTHENTICATED, by: str = "perencanaan"
) -> Outcome:
    """Let somebody answer remarks by their numbers, and say nothing else."""
    return play.happens(RemarksAnswered(at=play.at, source=play.source(by, proof=proof), answers=given))


def shown(cycle: Cycle) -> list[tuple[int, str, str]]:
    """Return the list: number, text, the last answer."""
    return [(one.number, one.remark.text, one.answers[-1].text if one.answers else "") for one in cycle.remarks]


def test_lines_and_marks_make_one_list_and_the_next_round_goes_on_counting() -> None:
    """Courtesies ask for nothing, a heading heads what is below it, a NIK is masked, what is not named is one item."""
    play = sent_back("Yth. Tim Program", "Bab III:", "Tabel 2 keliru", "Terima kasih", marked=MARKED)
    first = play.cycle.remarks
    assert [(one.number, one.remark.source, one.remark.text) for one in first] == [
        (1, RemarkSource.MAIL, "Tabel 2 keliru"),
        (2, RemarkSource.COMMENT, "Dari mana angka ini?"),
        (3, RemarkSource.DELETED, "ganda"),
        (4, RemarkSource.REST, "7"),
        (5, RemarkSource.UNREAD, ""),
    ]
    assert first[0].remark.heading == "Bab III"
    assert "3578012301900001" not in first[1].remark.around
    assert {(one.person, one.step, one.version) for one in first} == {("sekretaris", Step.REVIEW, 1)}
    assert play.letter(LetterKind.REVISION).numbers == (1, 2, 3, 4, 5)
    assert play.letter(LetterKind.VERDICT_NOTED).numbers == (1, 2, 3, 4, 5)
    play.says("perencanaan", Word.TERUSKAN)
    play.says("perencanaan", Word.TERUSKAN, confirms=True)
    refuses(play, "sekretaris", "Masih keliru.")
    assert shown(play.cycle)[-1] == (6, "Masih keliru.", "")
    assert play.letter(LetterKind.REVISION).numbers == (6,)
    assert [one.number for one in numbered(play.cycle, (6, 2, 9))] == [2, 6]


def test_what_is_taken_back_leaves_the_list_and_what_joins_a_refusal_keeps_the_marks_of_its_files() -> None:
    """Within the window: a second PERBAIKI is one with the first, and a word taken back has remarked nothing."""
    play = reviewing()
    play.office = replace(OFFICE, policy=replace(OFFICE.policy, recall_minutes=30))
    refuses(play, "sekretaris", "satu", marked=replace(MARKED, more=0, damaged=()))
    refuses(play, "sekretaris", "dua")
    assert [(one.number, one.remark.text) for one in play.cycle.remarks] == [
        (1, "satu"),
        (2, "dua"),
        (3, "Dari mana angka ini?"),
        (4, "ganda"),
    ]
    assert play.step() is Step.REVIEW
    said = Said(word=Word.BATAL)
    play.happens(CommandGiven(at=play.at, source=play.source("sekretaris"), said=said))
    assert play.cycle.remarks == ()


def test_a_file_is_passed_on_under_the_name_that_its_remark_gives_it() -> None:
    """A photograph has no other words; what is not on the list keeps our own name."""
    seen = Remark(source=RemarkSource.PHOTOGRAPH, file_name="IMG_2041.jpg", file_sha256="d" * 64)
    cycle = sent_back(marked=Marked(remarks=(seen,))).cycle
    assert (came_as(cycle, "d" * 64), came_as(cycle, "e" * 64)) == ("IMG_2041.jpg", "")


def test_nothing_but_a_courtesy_is_still_a_remark() -> None:
    """Where leaving courtesies out would leave nothing, all of it stays."""
    person = OFFICE.roster.person("sekretaris")
    assert [one.text for one in of_lines(("Terima kasih",), person, OFFICE)] == ["Terima kasih"]
    assert [one.text for one in of_lines(("Bab IV:",), person, OFFICE)] == ["Bab IV:"]


def test_marks_alone_are_a_reason_and_an_objection_of_row_1_is_no_remark_on_a_draft() -> None:
    """PERBAIKI with nothing but a marked file counts; the list is of drafts."""
    play = sent_back(marked=MARKED)
    assert (play.step(), len(play.cycle.remarks)) == (Step.DRAFT, 4)
    opened = Play().opens()
    opened.says("sekretaris", Word.KEBERATAN, "Form terlalu panjang")
    assert opened.cycle.remarks == ()


def test_an_answer_is_kept_and_what_waits_is_named() -> None:
    """The later answer to a number counts; the draft stays with its author, who may pass it on in answer to that."""
    play = sent_back("satu", "dua", "tiga")
    answers(play, (1, "salah tulis"), (2, "diperbaiki"))
    noted = answers(play, (1, "diperbaiki, hal. 3"))
    (letter,) = noted.letters
    assert letter.about == AnswersNoted(word="JAWABAN", answered=(1,), left=(3,))
    assert letter.asks == play.last_asked("perencanaan")
    assert shown(play.cycle) == [(1, "satu", "diperbaiki, hal. 3"), (2, "dua", "diperbaiki"), (3, "tiga", "")]
    assert [len(one.answers) for one in play.cycle.remarks] == [2, 1, 0]
    assert dict(noted.journal[0].detail)["numbers"] == "1"
    assert play.step() is Step.DRAFT


def test_only_its_author_answers_and_only_where_he_is_proved() -> None:
    """Anybody else hears whose answer it is; unproved, nothing is kept, and a code is asked for."""
    play = sent_back("satu")
    assert isinstance(answers(play, (1, "x"), by="kabid-dafduk").letters[0].about, NotYours)
    assert isinstance(answers(play, (1, "x"), proof=Proof.NONE).letters[0].about, Challenge)
    assert open_numbers(play.cycle.remarks) == (1,)


def test_a_draft_whose_remarks_are_all_answered_goes_on_and_one_that_lacks_an_answer_is_asked_about() -> None:
    """TERUSKAN without any change: what nobody has answered is named, once; answered in words it need not change."""
    play = sent_back("satu", "dua")
    answers(play, (1, "tidak diubah, sesuai BPS"))
    held = play.says("perencanaan", Word.TERUSKAN).letters[-1]
    assert isinstance(held.about, DraftHeld)
    assert held.numbers == (2,)
    play = sent_back("satu", "dua")
    given = VerdictGiven(
        at=play.at,
        source=play.source("perencanaan"),
        said=Said(word=Word.TERUSKAN),
        about=play.last_asked("perencanaan"),
        remark_answers=((1, "tidak diubah"), (2, "diperbaiki")),
    )
    play.happens(given)
    assert play.step() is Step.REVIEW
    assert shown(play.cycle) == [(1, "satu", "tidak diubah"), (2, "dua", "diperbaiki")]
    assert play.letter(LetterKind.REVIEW).numbers == (1, 2)


def test_whoever_is_reminded_of_the_draft_is_shown_what_waits_for_an_answer() -> None:
    """So does the letter that lays the draft before Subbag Program once a unit's figures have been mended."""
    play = sent_back("satu", "Realisasi DAFDUK belum memuat Desember", "tiga")
    answers(play, (1, "diperbaiki"))
    play.clock(play.cycle.due_at.replace(hour=2))
    reminded = play.letter(LetterKind.REMINDER_TODAY, "perencanaan")
    assert reminded.numbers == (2, 3)
    order = Said(word=Word.KEMBALIKAN, arguments="DAFDUK 2")
    play.happens(CommandGiven(at=play.at, source=play.source("perencanaan"), said=order))
    play.sends("DAFDUK")
    assert play.step() is Step.DRAFT
    play.compiles()
    assert play.letter(LetterKind.DRAFT).numbers == (1, 2, 3)


def test_answers_beside_an_edited_draft_are_kept_whatever_becomes_of_it() -> None:
    """They speak of remarks, not of a version: also beside a file that answers a letter long past."""
    play = sent_back("satu")
    about = play.last_asked("perencanaan")
    assert about is not None
    fact = DraftEdited(
        at=play.at,
        source=play.source("perencanaan"),
        about=replace(about, version=9),
        document_sha256="e" * 64,
        remark_answers=((1, "diperbaiki"),),
    )
    refused = play.happens(fact)
    assert [letter.kind for letter in refused.letters] == [LetterKind.OUT_OF_TURN]
    assert shown(play.cycle) == [(1, "satu", "diperbaiki")]


def test_each_brief_answers_what_its_reader_is_to_hear_of() -> None:
    """The Sekretaris: all since he agreed last, the head's too; the head: his own of every round."""
    play = sent_back("satu")
    play.says("perencanaan", Word.TERUSKAN)
    play.says("perencanaan", Word.TERUSKAN, confirms=True)
    play.at = play.office.calendar.add_hours(play.at, 1)
    play.says("sekretaris", Word.SETUJU)
    assert play.letter(LetterKind.RATIFY).numbers == ()
    play.at = play.office.calendar.add_hours(play.at, 1)
    refuses(play, "kadis", "dua")
    assert [one.number for one in for_brief(play.cycle, Step.REVIEW)] == [2]
    assert [one.number for one in for_brief(play.cycle, Step.RATIFY)] == [2]


@pytest.mark.parametrize(
    ("arguments", "numbers", "reason"),
    [
        ("DAFDUK catatan 1", (1,), ()),
        ("DAFDUK 1: tambahkan Desember", (1,), ("tambahkan Desember",)),
        ("DAFDUK angka keliru", (), ("angka keliru",)),
    ],
)
def test_a_remark_about_a_units_data_goes_to_the_unit_by_its_number(
    arguments: str, numbers: tuple[int, ...], reason: tuple[str, ...]
) -> None:
    """KEMBALIKAN unit catatan n: the form goes back with what was remarked, and the remark is no longer open."""
    play = sent_back("Realisasi DAFDUK belum memuat Desember")
    assert [one.unit for one in play.cycle.remarks] == ["DAFDUK"]
    said = Said(word=Word.KEMBALIKAN, arguments=arguments)
    play.happens(CommandGiven(at=play.at, source=play.source("perencanaan"), said=said))
    assert play.step() is Step.CHECK
    told = play.letter(LetterKind.RETURNED_BY_PLANNING)
    assert (told.numbers, told.remarks) == (numbers, reason)
    assert [one.passed_to for one in play.cycle.remarks] == ["DAFDUK" if numbers else ""]
    assert open_numbers(play.cycle.remarks) == (() if numbers else (1,))


@pytest.mark.parametrize(
    ("words", "kinds", "given"),
    [
        ("1: diperbaiki, hal. 3", [RemarksAnswered], ((1, "diperbaiki, hal. 3"),)),
        ("1: diperbaiki\nBab IV besok", [RemarksAnswered], ((1, "diperbaiki"),)),
        ("1: diperbaiki\n\nTERUSKAN", [VerdictGiven], ((1, "diperbaiki"),)),
        (
            "Yth. Tim\n\nTERUSKAN\n\n1. diperbaiki\n2. tidak diubah",
            [VerdictGiven],
            ((1, "diperbaiki"), (2, "tidak diubah")),
        ),
        ("KEMBALIKAN DAFDUK 2\n1: diperbaiki", [RemarksAnswered, CommandGiven], ((1, "diperbaiki"),)),
    ],
)
def test_answers_are_taken_out_of_a_mail_before_it_is_read_for_a_word(
    words: str, kinds: list[type], given: tuple[tuple[int, str], ...]
) -> None:
    """TERUSKAN stands beside answers as if it stood alone; with another word both are done."""
    play = sent_back("satu", "dua")
    letter = sent(play.letter(LetterKind.REVISION))
    found = sort(desk(play.cycle, mail=mail_of("perencanaan", words), about=(letter,), at=play.at))
    facts = [fact for _, fact in found.facts]
    assert [type(fact) for fact in facts] == kinds
    first = facts[0]
    assert isinstance(first, RemarksAnswered | VerdictGiven)
    assert (first.answers if isinstance(first, RemarksAnswered) else first.remark_answers) == given


def test_an_edited_draft_brings_its_answers_and_nobody_else_answers_by_numbers() -> None:
    """A DOCX without a word carries them; of a unit, or where no remark is, such lines are words like any other."""
    play = sent_back("satu", "dua")
    letter = sent(play.letter(LetterKind.REVISION))
    file = attachment("5" * 64, DOCX, "draf.docx")
    mail = mail_of("perencanaan", "1: diperbaiki", files=(file,))
    ((_, fact),) = sort(desk(play.cycle, mail=mail, about=(letter,), at=play.at)).facts
    assert isinstance(fact, DraftEdited)
    assert fact.remark_answers == ((1, "diperbaiki"),)
    for person, cycle in (("kabid-dafduk", play.cycle), ("perencanaan", reviewing().cycle)):
        found = sort(desk(cycle, mail=mail_of(person, "1: diperbaiki"), at=play.at))
        assert not any(isinstance(fact, RemarksAnswered) for _, fact in found.facts)


def test_a_line_with_the_number_of_no_remark_is_asked_back_with_those_that_wait() -> None:
    """`9: diperbaiki` answers nothing; Subbag Program is shown what it may have meant, and nobody else is."""
    play = sent_back("satu", "dua")
    answers(play, (1, "diperbaiki"))
    letter = sent(play.letter(LetterKind.REVISION))
    found = sort(desk(play.cycle, mail=mail_of("perencanaan", "9: diperbaiki"), about=(letter,), at=play.at))
    ((_, fact),) = found.facts
    (asked,) = play.happens(fact).letters
    assert (asked.kind, asked.numbers) == (LetterKind.UNCLEAR, (2,))


def test_where_renderings_differ_no_line_is_an_answer() -> None:
    """What the text and the HTML say differently is asked about as ever."""
    play = sent_back("satu")
    letter = sent(play.letter(LetterKind.REVISION))
    mail = replace(mail_of("perencanaan", "1: diperbaiki\nTERUSKAN"), renderings_agree=False)
    found = sort(desk(play.cycle, mail=mail, about=(letter,), at=play.at))
    assert not any(isinstance(fact, VerdictGiven | RemarksAnswered) for _, fact in found.facts)
