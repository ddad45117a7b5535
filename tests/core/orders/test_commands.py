"""Words that ask for something: everybody's, a unit's, and what Subbag Program alone may order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.facts import CommandGiven, FormArrived
from mailbot.core.model.letters import Asked, Change, Enclosure, EnclosureKind, LetterKind, Reason
from mailbot.core.model.letters_in_answer import (
    Challenge,
    DraftAgain,
    Extended,
    Origin,
    OutOfTurn,
    Unclear,
    VerdictNoted,
    Withheld,
)
from mailbot.core.model.letters_of_rows import HelpWanted
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.orders.planning_orders import named_unit, read_date
from tests.core.play import HEADS, Play, closed, collecting, drafting, reviewing, submitted, value_of
from tests.core.procedure.test_rows import vacant
from tests.core.small_forms import faulty, only, read, whole
from tests.offices.small import OFFICE, wib


def enclosed(play: Play) -> list[tuple[str, str]]:
    """Return kind and unit of everything the last letter carries."""
    return [(enclosure.kind.value, enclosure.unit) for enclosure in play.letters[-1].enclosures]


@pytest.mark.parametrize(("word", "kind"), [(Word.STATUS, LetterKind.STATUS), (Word.BANTUAN, LetterKind.GUIDE)])
@pytest.mark.parametrize("person", ["kabid-capil", "perencanaan", "sekretaris", "kadis", "operator"])
def test_everybody_in_the_house_may_ask_how_things_stand(word: Word, kind: LetterKind, person: str) -> None:
    """And needs no proof: the answer goes to the address on the list."""
    play = collecting()
    before = play.cycle
    outcome = play.asks(person, word, proof=Proof.NONE)
    assert outcome.cycle is before
    assert [letter.kind for letter in outcome.letters] == [kind]


@pytest.mark.parametrize("word", [Word.STATUS, Word.FORM, Word.DRAF, Word.ASAL, Word.NIHIL])
def test_the_planning_board_gets_nothing_that_is_not_ratified(word: Word) -> None:
    """Drafts and figures stay in the house; BANTUAN is answered."""
    play = drafting()
    outcome = play.asks("bappeda", word, "IKU-02")
    assert [letter.kind for letter in outcome.letters] == [LetterKind.NOT_YOURS]
    assert play.asks("bappeda", Word.BANTUAN).letters[0].kind is LetterKind.GUIDE


@pytest.mark.parametrize("word", [None, Word.SETUJU])
def test_what_is_no_order_is_answered_with_the_guide(word: Word | None) -> None:
    """A command without a word, or with one that decides."""
    assert collecting().asks("kabid-capil", word).letters[0].kind is LetterKind.GUIDE


def test_a_unit_whose_form_went_back_gets_a_person_with_the_guide() -> None:
    """BANTUAN with a few words: Subbag Program hears who asks, and what."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    play.asks("kabid-capil", Word.BANTUAN, "", "Kolom mana?", unit="CAPIL")
    guide, asked = play.letters[-2:]
    assert (guide.kind, asked.kind, asked.to) == (LetterKind.GUIDE, LetterKind.HELP_WANTED, "perencanaan")
    assert (asked.remarks, asked.about) == (("Kolom mana?",), HelpWanted(person="kabid-capil"))
    assert asked.key == "help_wanted/2025/capil/asked/1"


def test_nothing_of_a_request_for_help_that_is_not_proved_is_passed_on() -> None:
    """Neither its words, nor the file that came: only that a unit asks."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    play.asks("kabid-capil", Word.BANTUAN, "", "http://contoh.example.net", unit="CAPIL", proof=Proof.NONE)
    asked = play.letter(LetterKind.HELP_WANTED)
    assert (asked.remarks, [file.kind for file in asked.enclosures]) == ((), [EnclosureKind.RETURNED_FORM])
    play = collecting()
    source = play.source("kabid-capil", proof=Proof.NONE)
    play.happens(FormArrived(at=play.at, source=source, unit="CAPIL", form=read(faulty("CAPIL"), "CAPIL"), last={}))
    play.asks("kabid-capil", Word.BANTUAN, unit="CAPIL")
    asked = play.letter(LetterKind.HELP_WANTED)
    assert (asked.faults, asked.enclosures) == ((), ())


def test_form_sends_the_unit_s_own_form_and_others_all_of_them() -> None:
    """With the unit's deadline, or the row's."""
    play = collecting()
    play.asks("kabid-capil", Word.FORM, unit="CAPIL")
    assert (play.letters[-1].kind, play.letters[-1].due_at) == (LetterKind.FORM_AGAIN, wib(12, 16))
    assert enclosed(play) == [("form", "CAPIL")]
    play.asks("perencanaan", Word.FORM)
    assert enclosed(play) == [("form", unit) for unit in ("SEKRETARIAT", "DAFDUK", "CAPIL")]
    play.asks("perencanaan", Word.FORM, unit="PIAK")
    assert play.letters[-1].unit == ""


def test_the_draft_can_be_had_from_the_first_form_that_counts() -> None:
    """Before that, the answer is how things stand; before it is compiled, it is the draft of today."""
    play = collecting()
    play.asks("sekretaris", Word.DRAF)
    assert play.letters[-1].kind is LetterKind.STATUS
    play.sends("CAPIL")
    play.asks("sekretaris", Word.DRAF)
    assert play.letters[-1].about == DraftAgain(word=Word.DRAF)
    assert [(enclosure.kind, enclosure.sha256) for enclosure in play.letters[-1].enclosures] == [
        (EnclosureKind.DRAFT, "")
    ]
    late = reviewing()
    late.asks("sekretaris", Word.DRAF)
    assert late.letters[-1].about == DraftAgain(word=Word.DRAF, version=1)
    assert late.letters[-1].enclosures[0].sha256.startswith("d")
    ratified = submitted()
    ratified.asks("sekretaris", Word.DRAF)
    assert ratified.letters[-1].about == DraftAgain(word=Word.DRAF, ratified=True)
    assert [enclosure.kind for enclosure in ratified.letters[-1].enclosures] == [EnclosureKind.REPORT]


def test_a_figure_is_traced_to_the_mail_it_came_from() -> None:
    """ASAL, with the code as people write it, budget lines as well: the answer encloses mail and form."""
    play = drafting()
    play.asks("sekretaris", Word.ASAL, "iku-2")
    letter = play.letters[-1]
    counting = play.unit("DAFDUK").counting
    assert counting is not None
    assert (letter.unit, letter.submission) == ("DAFDUK", counting)
    assert letter.about == Origin(word=Word.ASAL, code="IKU-02")
    assert letter.enclosures == (Enclosure(kind=EnclosureKind.SOURCE, unit="DAFDUK", sha256=counting.file_sha256),)
    play.asks("sekretaris", Word.ASAL, "2.12.03.2.01.0001")
    assert play.letters[-1].unit == "CAPIL"


@pytest.mark.parametrize("code", ["SS1", "total", "2.12.02"])
def test_a_figure_made_of_others_is_traced_to_them(code: str) -> None:
    """Sasaran, program and the whole office: no one mail brought it, so none is enclosed."""
    play = drafting()
    play.asks("sekretaris", Word.ASAL, code)
    letter = play.letters[-1]
    assert (letter.kind, letter.unit, letter.enclosures) == (LetterKind.ORIGIN, "", ())
    assert letter.about == Origin(word=Word.ASAL, code=code.upper())


def test_a_mail_that_nobody_proved_is_not_passed_on() -> None:
    """Where the office asks for a proof, and the form counts all the same."""
    play = drafting()
    form = play.unit("CAPIL")
    play.now = play.cycle.with_unit(replace(form, submissions=(replace(form.submissions[0], proof=Proof.FAILED),)))
    play.asks("sekretaris", Word.ASAL, "2.12.03.2.01.0001")
    assert play.letters[-1].about == Origin(word=Word.ASAL, code="2.12.03.2.01.0001", withheld=Withheld.UNPROVED)
    assert play.letters[-1].enclosures == ()


@pytest.mark.parametrize("code", ["IKU-02", "2.12.03.2.01.0001"])
def test_a_figure_that_has_not_come_is_no_unknown_one(code: str) -> None:
    """No other code is offered for it: the answer names the unit that owes it."""
    play = collecting()
    play.asks("sekretaris", Word.ASAL, code)
    assert play.letters[-1].about == Origin(word=Word.ASAL, code=code)
    assert play.letters[-1].enclosures == ()


@pytest.mark.parametrize(("code", "near"), [("IKU-99", "IKU-02"), ("", ""), ("2.12.03.2.01.0009", "2.12.03.2.01.0001")])
def test_an_unknown_figure_is_asked_back(code: str, near: str) -> None:
    """With the nearest code there is; also where nothing counts yet."""
    for play in (collecting(), drafting()):
        play.asks("sekretaris", Word.ASAL, code)
        assert play.letters[-1].about == Unclear(word=Word.ASAL, reason=Reason.UNKNOWN_CODE, nearest=near)


def test_nil_alone_says_nothing_of_any_indicator() -> None:
    """It is asked back, never guessed."""
    play = collecting()
    play.asks("kabid-capil", Word.NIHIL, unit="CAPIL")
    assert play.letters[-1].about == Unclear(word=Word.NIHIL, reason=Reason.NIL_NEEDS_CODE)


def test_a_unit_may_put_its_reminders_off_within_the_limit() -> None:
    """The deadline itself stays."""
    play = collecting()
    play.asks("kabid-capil", Word.TUNDA, "2 HARI", unit="CAPIL")
    letter = play.letters[-1]
    assert letter.about == Extended(word=Word.TUNDA, reason=Reason.SNOOZE, count=2)
    assert letter.due_at == play.unit("CAPIL").snoozed_until == wib(9, 16)
    assert play.unit("CAPIL").due_at == wib(12, 16)


@pytest.mark.parametrize(
    ("asked", "days", "until"),
    [
        ("dua hari", 2, wib(9, 16)),
        ("sehari", 1, wib(8, 16)),
        ("sampai Kamis", 1, wib(8, 16)),
        ("s.d. hari Jumat", 2, wib(9, 16)),
        ("sampai besok", 1, wib(8, 16)),
        ("hingga senin", 3, wib(12, 16)),
    ],
)
def test_time_is_asked_for_as_people_write_it(asked: str, days: int, until: datetime) -> None:
    """On Wednesday 7 January; in words, or until a day, to its end."""
    play = collecting()
    play.asks("kabid-capil", Word.TUNDA, asked, unit="CAPIL")
    assert play.unit("CAPIL").snoozed_until == until
    assert play.letters[-1].about == Extended(word=Word.TUNDA, reason=Reason.SNOOZE, count=days)


@pytest.mark.parametrize("days", ["", "4 HARI", "0", "sebentar", "sampai Rabu"])
def test_too_many_days_or_none_are_asked_back_with_the_limit(days: str) -> None:
    """Three at most in the small office."""
    play = collecting()
    before = play.cycle
    assert play.asks("kabid-capil", Word.TUNDA, days, unit="CAPIL").cycle is before
    assert play.letters[-1].about == Unclear(word=Word.TUNDA, reason=Reason.BAD_DAYS, count=3)


def test_there_is_nothing_to_put_off_once_the_form_is_in_or_the_cycle_closed() -> None:
    """TUNDA is then out of turn."""
    play = collecting()
    play.sends("CAPIL")
    play.asks("kabid-capil", Word.TUNDA, "1", unit="CAPIL")
    assert play.letters[-1].about == OutOfTurn(word=Word.TUNDA, reason=Reason.NOTHING_TO_EXTEND)
    over = closed()
    before = over.cycle
    assert over.asks("kabid-capil", Word.TUNDA, "1", unit="CAPIL").cycle is before


@pytest.mark.parametrize("word", [Word.TUNDA, Word.SALAH, Word.BENAR])
@pytest.mark.parametrize(
    ("person", "unit"), [("kabid-capil", "DAFDUK"), ("sekretaris", "DAFDUK"), ("perencanaan", "DAFDUK"), ("kadis", "")]
)
def test_a_unit_s_words_are_its_own_people_s(word: Word, person: str, unit: str) -> None:
    """Another unit's head, a reader of an escalation, or Subbag Program cannot say them."""
    play = drafting()
    before = play.cycle
    outcome = play.asks(person, word, "1", unit=unit)
    assert outcome.cycle is before
    assert outcome.letters[0].kind is LetterKind.NOT_YOURS


def test_salah_reopens_an_accepted_form_in_time() -> None:
    """The unit gets its form again, and time; whoever of the unit says so."""
    play = collecting()
    play.sends("DAFDUK")
    play.asks("kasi-identitas", Word.SALAH, "IKU-02 keliru", "Seharusnya 99,50.", unit="DAFDUK")
    form = play.unit("DAFDUK")
    assert (form.state, form.counted, form.accepted_at, form.reopened) == (UnitState.RETURNED, 0, None, 1)
    letter, copy = play.all_letters(LetterKind.REOPENED)
    assert (letter.to, letter.due_at, value_of(letter, "person")) == ("kasi-identitas", wib(12, 16), "kasi-identitas")
    assert letter.remarks == copy.remarks == ("IKU-02 keliru", "Seharusnya 99,50.")
    assert (copy.to, copy.key) == ("kabid-dafduk", f"{letter.key}/kabid-dafduk")
    assert enclosed(play) == [("form", "DAFDUK")]


def test_a_receipt_after_salah_shows_what_changed_since_the_form_that_counted() -> None:
    """A bad form in between is not what the unit compares with; without a good one, the newest is."""
    play = collecting()
    play.sends("DAFDUK")
    play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    play.sends("DAFDUK", faulty("DAFDUK"))
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.50"))
    assert play.letter(LetterKind.RECEIPT, to="kabid-dafduk").changes == (
        Change(code="IKU-02", old="99.45", new="99.50"),
    )
    other = collecting()
    other.sends("CAPIL", whole("CAPIL", IKK_10="-3"))
    other.sends("CAPIL", whole("CAPIL", IKK_10="2.6"))
    assert other.letter(LetterKind.RECEIPT, to="kabid-capil").changes == (Change(code="IKK-10", old="-3", new="2.6"),)


def test_salah_during_the_draft_leads_back_to_row_4_and_to_a_new_version() -> None:
    """The corrected form makes version 2."""
    play = drafting()
    play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    assert (play.step(), play.unit("DAFDUK").due_at) == (Step.CHECK, wib(13, 16))
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.50"))
    assert play.step() is Step.DRAFT
    play.compiles()
    assert play.cycle.draft is not None
    assert play.cycle.draft.version == 2
    assert value_of(play.letter(LetterKind.DRAFT), "figures")


def test_salah_after_the_window_or_once_the_draft_is_out_changes_nothing() -> None:
    """Two working days after acceptance at 16.00 it is closed; and in row 6b it is."""
    play = collecting()
    play.sends("DAFDUK")
    play.at = wib(9, 16)
    assert play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK").letters[0].kind is LetterKind.REOPENED
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.50"))
    play.at = wib(13, 16.1)
    for begun in (play, reviewing(), closed()):
        before = begun.cycle
        assert begun.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK").cycle is before
        assert begun.letters[-1].about == OutOfTurn(word=Word.SALAH, reason=Reason.WINDOW_CLOSED)


def later(play: Play, fact: CommandGiven, at: datetime) -> Outcome:
    """Let a mail that has come be worked at a later moment."""
    play.at = at
    return play.happens(replace(fact, at=at))


def test_salah_that_came_in_time_is_in_time_whenever_it_is_worked() -> None:
    """A mail of the last minute, read the next day; one that came a minute after it is too late."""
    for came, kind in ((wib(9, 16), LetterKind.REOPENED), (wib(9, 16.1), LetterKind.OUT_OF_TURN)):
        play = collecting()
        play.sends("DAFDUK")
        play.at = came
        fact = play.asking("kabid-dafduk", Word.SALAH, unit="DAFDUK")
        assert later(play, fact, wib(12, 9)).letters[0].kind is kind


def test_tunda_counts_from_the_day_it_came() -> None:
    """A day asked for on Friday is over on Monday, whenever the mail is worked."""
    play = collecting()
    play.at = wib(9, 15)
    fact = play.asking("kabid-dafduk", Word.TUNDA, "1 HARI", unit="DAFDUK")
    later(play, fact, wib(12, 9))
    assert play.unit("DAFDUK").snoozed_until == wib(12, 16)


def test_perpanjang_to_a_day_that_had_not_closed_when_it_came_is_granted() -> None:
    """Worked after closing, too."""
    play = collecting()
    play.at = wib(9, 10)
    fact = play.asking("perencanaan", Word.PERPANJANG, "DAFDUK 2026-01-09")
    later(play, fact, wib(9, 17))
    assert play.unit("DAFDUK").due_at == wib(9, 16)


def test_salah_without_an_accepted_form_changes_nothing() -> None:
    """There is nothing to open."""
    play = collecting()
    play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    assert play.letters[-1].about == OutOfTurn(word=Word.SALAH, reason=Reason.NOTHING_ACCEPTED)


def test_benar_is_noted_and_moves_nothing_where_nothing_was_asked() -> None:
    """The receipt was right."""
    play = collecting()
    play.sends("DAFDUK")
    before = play.cycle
    assert play.asks("kabid-dafduk", Word.BENAR, unit="DAFDUK").cycle is before
    assert play.letters[-1].kind is LetterKind.VERDICT_NOTED


def test_benar_of_nobody_knows_whom_is_not_noted_where_nothing_was_asked() -> None:
    """Noted is what is proved; and no code is asked for that would change nothing."""
    play = collecting()
    play.sends("DAFDUK")
    before = play.cycle
    outcome = play.asks("kabid-dafduk", Word.BENAR, unit="DAFDUK", proof=Proof.NONE)
    assert outcome.cycle is before
    assert [letter.about for letter in outcome.letters] == [OutOfTurn(word=Word.BENAR, reason=Reason.ALREADY)]


def in_conflict(play: Play) -> Play:
    """Let two Kasi of DAFDUK send forms that differ."""
    play.sends("DAFDUK", by="kasi-identitas")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.90"), by="kasi-pindah")
    return play


def test_only_the_head_decides_between_two_forms() -> None:
    """A Kasi's BENAR is not his to say."""
    play = in_conflict(collecting())
    before = play.cycle
    outcome = play.asks("kasi-pindah", Word.BENAR, unit="DAFDUK")
    assert (outcome.cycle is before, outcome.letters[0].kind) == (True, LetterKind.NOT_YOURS)


def test_a_conflict_decided_by_the_head_is_confirmed_and_written_down() -> None:
    """He is answered, and the journal says which form was chosen, from which Subbag Program's daily letter is made."""
    play = in_conflict(collecting())
    outcome = play.asks("kabid-dafduk", Word.BENAR, unit="DAFDUK")
    assert (play.unit("DAFDUK").counted, play.unit("DAFDUK").accepted_at) == (2, play.at)
    (noted,) = outcome.letters
    assert noted.about == VerdictNoted(word=Word.BENAR, step=Step.COLLECT)
    assert (noted.to, noted.unit) == ("kabid-dafduk", "DAFDUK")
    line = outcome.journal[-1]
    assert (line.at, line.event, line.actor, line.unit) == (play.at, "conflict_decided", "kabid-dafduk", "DAFDUK")
    assert dict(line.detail) == {"number": "2"}


def test_a_conflict_decided_during_the_draft_makes_a_new_one() -> None:
    """Where the draft was begun before conflicts held it; once the Sekretaris has it, the decision comes too late."""
    play = collecting()
    for unit in ("SEKRETARIAT", "CAPIL", "DAFDUK"):
        play.sends(unit)
    form = play.unit("DAFDUK")
    play.now = play.cycle.with_unit(form.with_submission(replace(form.submissions[0], number=2)))
    play.compiles()
    late = replace_play(play)
    play.asks("kabid-dafduk", Word.BENAR, unit="DAFDUK")
    assert play.step() is Step.DRAFT
    play.compiles()
    assert play.cycle.draft is not None
    assert (play.cycle.draft.version, play.unit("DAFDUK").counted) == (2, 2)
    late.says("perencanaan", Word.TERUSKAN, about=Asked(step=Step.DRAFT, version=1))
    late.asks("kabid-dafduk", Word.BENAR, unit="DAFDUK")
    assert late.letters[-1].about == OutOfTurn(word=Word.BENAR, reason=Reason.WINDOW_CLOSED)


def replace_play(play: Play) -> Play:
    """Return a second play that stands where the first one does."""
    return replace(play, letters=list(play.letters), journal=list(play.journal))


@pytest.mark.parametrize(
    ("word", "arguments", "unit", "person"),
    [
        (Word.SALAH, "", "DAFDUK", "kabid-dafduk"),
        (Word.TUNDA, "1", "CAPIL", "kabid-capil"),
        (Word.TERIMA, "CAPIL dicek", "", "perencanaan"),
        (Word.KEMBALIKAN, "DAFDUK salah", "", "perencanaan"),
        (Word.PERPANJANG, "CAPIL 2026-01-19", "", "perencanaan"),
    ],
)
def test_what_changes_something_needs_proof(word: Word, arguments: str, unit: str, person: str) -> None:
    """The one-time code goes to the registered address; with it, the same word counts."""
    play = collecting()
    play.sends("DAFDUK")
    play.sends("CAPIL", faulty("CAPIL"))
    before = play.cycle
    outcome = play.asks(person, word, arguments, "Catatan.", unit=unit, proof=Proof.NONE)
    assert outcome.cycle is before
    (letter,) = outcome.letters
    assert (letter.about, letter.to) == (Challenge(word=word), person)
    assert letter.remarks == ()
    assert play.asks(person, word, arguments, unit=unit, proof=Proof.CODE).cycle is not before


@pytest.mark.parametrize("word", [Word.TERIMA, Word.KEMBALIKAN, Word.PERPANJANG])
def test_orders_are_subbag_program_s_alone(word: Word) -> None:
    """Neither a unit's head nor the Sekretaris; the operator at the machine may."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    before = play.cycle
    for person in ("kabid-capil", "sekretaris"):
        outcome = play.asks(person, word, "CAPIL 2026-01-19 alasan")
        assert (outcome.cycle is before, outcome.letters[0].kind) == (True, LetterKind.NOT_YOURS)
    assert play.asks("operator", word, "CAPIL 2026-01-19 alasan", proof=Proof.OPERATOR).cycle is not before


def test_terima_lets_the_newest_form_count_with_the_reason_recorded() -> None:
    """The unit's head is told, and the row goes on."""
    play = collecting()
    play.sends("SEKRETARIAT")
    play.sends("DAFDUK")
    play.sends("CAPIL", faulty("CAPIL"))
    play.asks("perencanaan", Word.TERIMA, "capil: sudah dicek di SIAK")
    form = play.unit("CAPIL")
    assert (form.state, form.counted, form.submissions[0].reason) == (UnitState.ACCEPTED, 1, "sudah dicek di SIAK")
    noted, told = play.letters[-2:]
    assert (noted.kind, noted.to, noted.unit) == (LetterKind.VERDICT_NOTED, "perencanaan", "CAPIL")
    assert (told.kind, told.to, told.remarks) == (LetterKind.UNIT_ACCEPTED, "kabid-capil", ("sudah dicek di SIAK",))
    assert (told.enclosures, told.submission) == ((), form.counting)
    written = next(line for line in play.journal if line.event == "unit_accepted")
    assert (written.unit, dict(written.detail)) == (
        "CAPIL",
        {"reason": "sudah dicek di SIAK", "proof": "authenticated"},
    )
    assert play.step() is Step.DRAFT


def test_the_reason_may_stand_on_the_following_lines() -> None:
    """As the letters ask for it."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    play.asks("perencanaan", Word.TERIMA, "CAPIL", "Sudah dicek.", "Sesuai DKB.")
    assert play.unit("CAPIL").submissions[0].reason == "Sudah dicek. Sesuai DKB."


BAD_ORDERS = {
    "no unit": (Word.TERIMA, "", "unclear", "unknown_unit"),
    "a unit nobody knows": (Word.TERIMA, "PIAK dicek", "unclear", "unknown_unit"),
    "no reason": (Word.TERIMA, "CAPIL", "unclear", "no_reason"),
    "no form yet": (Word.TERIMA, "SEKRETARIAT dicek", "out_of_turn", "nothing_to_accept"),
    "a return without a reason": (Word.KEMBALIKAN, "DAFDUK", "unclear", "no_reason"),
    "a return of nothing": (Word.KEMBALIKAN, "SEKRETARIAT salah", "out_of_turn", "nothing_to_return"),
    "no date": (Word.PERPANJANG, "CAPIL", "unclear", "bad_date"),
    "a date that is none": (Word.PERPANJANG, "CAPIL 31-02-2026", "unclear", "bad_date"),
    "a month that is none": (Word.PERPANJANG, "CAPIL 15 Foo 2026", "unclear", "bad_date"),
    "a day off": (Word.PERPANJANG, "CAPIL 17-01-2026", "unclear", "bad_date"),
    "a day gone by": (Word.PERPANJANG, "CAPIL 05-01-2026", "unclear", "bad_date"),
    "a form that is in": (Word.PERPANJANG, "DAFDUK 19-01-2026", "out_of_turn", "nothing_to_extend"),
}


@pytest.mark.parametrize("case", BAD_ORDERS)
def test_an_order_that_lacks_something_is_asked_back_and_moves_nothing(case: str) -> None:
    """Each with its own reason."""
    word, arguments, kind, why = BAD_ORDERS[case]
    play = collecting()
    play.sends("DAFDUK")
    play.sends("CAPIL", faulty("CAPIL"))
    before = play.cycle
    outcome = play.asks("perencanaan", word, arguments)
    assert outcome.cycle is before
    assert (outcome.letters[0].kind.value, value_of(outcome.letters[0], "reason")) == (kind, why)
    assert value_of(outcome.letters[0], "word") == word.value


@pytest.mark.parametrize(
    ("word", "arguments", "why"),
    [
        (Word.TERIMA, "CAPIL dicek", "nothing_to_accept"),
        (Word.KEMBALIKAN, "CAPIL salah", "nothing_to_return"),
        (Word.PERPANJANG, "CAPIL 30-01-2026", "nothing_to_extend"),
    ],
)
def test_orders_come_too_late_once_the_sekretaris_has_the_draft(word: Word, arguments: str, why: str) -> None:
    """In row 6b, in row 8, and after the close."""
    for play in (reviewing(), submitted(), closed()):
        before = play.cycle
        outcome = play.asks("perencanaan", word, arguments)
        assert outcome.cycle is before
        assert (outcome.letters[0].kind, value_of(outcome.letters[0], "reason")) == (LetterKind.OUT_OF_TURN, why)


def test_kembalikan_sends_an_accepted_form_back_with_its_reason() -> None:
    """From the draft the cycle goes back to row 4; the reason stands with the form that counted."""
    play = drafting()
    play.asks("perencanaan", Word.KEMBALIKAN, "DAFDUK angka belum DKB")
    form = play.unit("DAFDUK")
    assert (play.step(), form.state, form.counted, form.reopened) == (Step.CHECK, UnitState.RETURNED, 0, 1)
    assert (form.submissions[0].reason, form.due_at) == ("angka belum DKB", wib(13, 16))
    told = play.letter(LetterKind.RETURNED_BY_PLANNING)
    assert (told.to, told.remarks, told.due_at) == ("kabid-dafduk", ("angka belum DKB",), wib(13, 16))
    assert [(enclosure.kind, enclosure.unit) for enclosure in told.enclosures] == [(EnclosureKind.FORM, "DAFDUK")]


def test_kembalikan_of_a_form_that_never_counted_is_no_reopening() -> None:
    """It went back by itself before; now with Subbag Program's reason too."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    play.asks("perencanaan", Word.KEMBALIKAN, "CAPIL lihat kolom J")
    assert play.unit("CAPIL").reopened == 0
    assert play.unit("CAPIL").submissions[0].reason == "lihat kolom J"


def test_perpanjang_moves_the_unit_s_deadline_and_the_row_waits_for_it() -> None:
    """The head is told, with the form."""
    play = collecting()
    play.asks("perencanaan", Word.PERPANJANG, "CAPIL 19 Januari 2026")
    assert play.unit("CAPIL").due_at == play.cycle.due_at == wib(19, 16)
    assert play.unit("DAFDUK").due_at == wib(12, 16)
    told = play.letter(LetterKind.EXTENDED)
    assert (told.to, told.unit, told.due_at, told.about) == ("kabid-capil", "CAPIL", wib(19, 16), Extended())
    assert told.enclosures == (Enclosure(kind=EnclosureKind.FORM, unit="CAPIL"),)
    play.asks("perencanaan", Word.PERPANJANG, "CAPIL 2026-01-13")
    assert play.cycle.due_at == wib(19, 16)


def test_more_time_for_a_form_that_went_back_lays_that_form_beside_it() -> None:
    """Marked, with what its unit has filled in, as a reminder would: nobody is to begin anew in a blank one."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    play.asks("perencanaan", Word.PERPANJANG, "CAPIL 19 Januari 2026")
    (sent,) = play.unit("CAPIL").submissions
    told = play.letter(LetterKind.EXTENDED)
    marked = Enclosure(kind=EnclosureKind.RETURNED_FORM, unit="CAPIL", sha256=sent.file_sha256)
    assert (told.submission, told.enclosures) == (sent, (marked,))


def test_a_deadline_given_before_the_request_is_the_one_the_request_names() -> None:
    """PERPANJANG in row 1 leaves the row's own deadline alone."""
    play = Play(at=wib(5, 9)).opens()
    play.asks("perencanaan", Word.PERPANJANG, "CAPIL 20-01-2026")
    assert play.cycle.due_at == wib(6, 16)
    play.clock(wib(6, 16))
    assert play.letter(LetterKind.REQUEST, "kabid-capil").due_at == wib(20, 16)


def test_a_form_pulled_back_while_nobody_holds_subbag_program_is_told_to_the_unit_alone() -> None:
    """The cycle goes back to row 4 all the same; the operator hears of the vacant post."""
    play = drafting()
    play.office = vacant(Role.PLANNING)
    outcome = play.asks("kabid-capil", Word.SALAH, "", "Keliru.", unit="CAPIL")
    assert [letter.kind for letter in outcome.letters] == [LetterKind.REOPENED, LetterKind.ALARM]
    assert play.step() is Step.CHECK


def test_an_order_about_a_unit_without_a_head_is_confirmed_and_told_to_nobody() -> None:
    """The confirmation alone leaves."""
    play = collecting()
    play.office = vacant(Role.DIVISION_HEAD)
    assert [letter.kind for letter in play.asks("perencanaan", Word.PERPANJANG, "CAPIL 19-01-2026").letters] == [
        LetterKind.VERDICT_NOTED
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-15", date(2026, 1, 15)),
        ("sampai 15-1-2026 ya", date(2026, 1, 15)),
        ("15/01/2026", date(2026, 1, 15)),
        ("15.01.2026", date(2026, 1, 15)),
        ("15 Januari 2026", date(2026, 1, 15)),
        ("1 agustus 2026", date(2026, 8, 1)),
        ("7 Okt 2026", date(2026, 10, 7)),
        ("7 October 2026", date(2026, 10, 7)),
        ("15 May 2026", date(2026, 5, 15)),
        ("besok", None),
        ("15 Januari", None),
        ("32-01-2026", None),
    ],
)
def test_dates_are_read_as_offices_write_them(text: str, day: date | None) -> None:
    """Day first, or ISO; months by their names in both languages of our letters."""
    assert read_date(text) == day


def test_a_unit_is_named_first_and_without_case() -> None:
    """With or without punctuation after it."""
    assert named_unit("dafduk, sudah dicek", OFFICE) == ("DAFDUK", "sudah dicek")
    assert named_unit("  CAPIL", OFFICE) == ("CAPIL", "")
    assert named_unit("sudah dicek DAFDUK", OFFICE) == ("", "sudah dicek DAFDUK")


def test_a_partial_form_may_be_opened_again_or_accepted_as_it_is() -> None:
    """TERIMA takes what is there; KEMBALIKAN asks for all of it anew."""
    play = collecting()
    play.sends("DAFDUK", only(whole("DAFDUK"), "IKU-02"))
    second = replace_play(play)
    play.asks("perencanaan", Word.TERIMA, "DAFDUK sisanya menyusul")
    assert play.unit("DAFDUK").state is UnitState.ACCEPTED
    second.asks("perencanaan", Word.KEMBALIKAN, "DAFDUK ulang semua")
    assert (second.unit("DAFDUK").state, second.unit("DAFDUK").reopened) == (UnitState.RETURNED, 1)
    assert set(HEADS) == {form.unit for form in second.cycle.units}
