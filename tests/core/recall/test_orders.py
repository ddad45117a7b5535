"""BATAL for an order about a unit's form: what it changed is put back, while nothing has come of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.sop import Step
from mailbot.core.remarks.listed import ListedRemark
from mailbot.core.remarks.remark import Remark, RemarkSource
from tests.core.play import Play, collecting, value_of, with_policy
from tests.core.small_forms import whole
from tests.offices.small import OFFICE, wib

WINDOW = with_policy(replace(OFFICE.policy, recall_minutes=30))


def ordered(word: Word, arguments: str, who: str, unit: str) -> tuple[Play, object]:
    """Return a play in which an order was given at 08.00, and the unit's part as it stood before."""
    play = replace(collecting(), office=WINDOW)
    play.at = wib(8, 8)
    play.sends("DAFDUK", replace(whole("DAFDUK", play.cycle.period, OFFICE), indicators=()))
    play.sends("CAPIL")
    before = play.unit(unit)
    play.asks(who, word, arguments, "alasan", unit=unit)
    assert play.unit(unit) != before
    return play, before


@pytest.mark.parametrize(
    ("word", "arguments", "who", "unit"),
    [
        (Word.TUNDA, "2 HARI", "kabid-dafduk", "DAFDUK"),
        (Word.SALAH, "", "kabid-capil", "CAPIL"),
        (Word.TERIMA, "DAFDUK alasan", "perencanaan", "DAFDUK"),
        (Word.KEMBALIKAN, "CAPIL alasan", "perencanaan", "CAPIL"),
        (Word.PERPANJANG, "DAFDUK 20 Januari 2026", "perencanaan", "DAFDUK"),
    ],
)
def test_each_order_is_put_back_within_the_window(word: Word, arguments: str, who: str, unit: str) -> None:
    """The answer says until when; the form stands as before; its head hears of it where another gave the order."""
    play, before = ordered(word, arguments, who, unit)
    answer = next(letter for letter in reversed(play.letters) if letter.answers is not None)
    assert (answer.to, answer.recall_until) == (who, wib(8, 8.5))
    assert [letter.to for letter in play.letters if letter.recall_until is not None] == [who]
    play.at = wib(8, 8.4)
    play.asks(who, Word.BATAL, unit=unit)
    assert play.unit(unit) == before
    assert play.cycle.due_at == collecting().cycle.due_at
    assert value_of(play.letter(LetterKind.RECALLED, who), "said") == word.value
    assert bool(play.all_letters(LetterKind.RECALL_TOLD)) == (who == "perencanaan")
    assert play.journal[-1].event == "order_recalled"


def test_an_order_that_moved_the_row_is_not_put_back() -> None:
    """TERIMA of the last form closes the collection: its answer offers no BATAL, and BATAL changes nothing."""
    play = replace(collecting(), office=WINDOW)
    play.at = wib(8, 8)
    for unit in ("SEKRETARIAT", "CAPIL"):
        play.sends(unit)
    play.sends("DAFDUK", replace(whole("DAFDUK", play.cycle.period, OFFICE), indicators=()))
    row = play.step()
    play.asks("perencanaan", Word.TERIMA, "DAFDUK alasan", "alasan", unit="DAFDUK")
    assert play.step() is not row
    assert {letter.recall_until for letter in play.letters} == {None}
    before = play.cycle
    play.at = wib(8, 8.4)
    play.asks("perencanaan", Word.BATAL, unit="DAFDUK")
    assert play.cycle == before


def test_what_has_come_of_an_order_or_lies_back_too_long_is_not_put_back() -> None:
    """A form came meanwhile, the window is over, somebody else says it, or there is no window."""
    for meanwhile, at, who in ((True, 8.4, "perencanaan"), (False, 8.6, "perencanaan"), (False, 8.4, "sekretaris")):
        play, _ = ordered(Word.KEMBALIKAN, "CAPIL alasan", "perencanaan", "CAPIL")
        if meanwhile:
            play.sends("CAPIL")
        play.at = wib(8, at)
        before = play.unit("CAPIL")
        play.asks(who, Word.BATAL)
        assert play.unit("CAPIL") == before
        assert value_of(play.letter(LetterKind.OUT_OF_TURN), "reason") is Reason.NOTHING_TO_RECALL
    play = collecting()
    play.sends("CAPIL")
    play.asks("kabid-capil", Word.SALAH, unit="CAPIL")
    assert play.unit("CAPIL").ordered is None


def test_remarks_that_went_to_a_unit_by_mistake_come_back() -> None:
    """KEMBALIKAN has sent them on in row 4; with BATAL they wait for an answer again, and those of others stay."""
    play, _ = ordered(Word.KEMBALIKAN, "CAPIL alasan", "perencanaan", "CAPIL")
    remarks = tuple(
        ListedRemark(
            remark=Remark(source=RemarkSource.MAIL, text="Tabel.", number=number),
            person="sekretaris",
            step=Step.REVIEW,
            version=1,
            given_at=play.at,
            mail_sha256="0" * 64,
        )
        for number in (1, 2)
    )
    play.now = replace(play.cycle, remarks=remarks)
    play.at = wib(8, 8.2)
    play.asks("perencanaan", Word.KEMBALIKAN, "DAFDUK catatan 1")
    play.at = wib(8, 8.3)
    play.asks("perencanaan", Word.KEMBALIKAN, "CAPIL catatan 2")
    assert [one.passed_to for one in play.cycle.remarks] == ["DAFDUK", "CAPIL"]
    play.asks("perencanaan", Word.BATAL)
    assert [one.passed_to for one in play.cycle.remarks] == ["DAFDUK", ""]


def test_a_row_s_deadline_that_something_else_has_moved_stays() -> None:
    """PERPANJANG of another unit came after it: that promise holds."""
    play, _ = ordered(Word.PERPANJANG, "DAFDUK 20 Januari 2026", "perencanaan", "DAFDUK")
    play.at = wib(8, 8.2)
    play.asks("perencanaan", Word.PERPANJANG, "SEKRETARIAT 22 Januari 2026")
    assert play.cycle.due_at == wib(22, 16)
    play.asks("perencanaan", Word.BATAL)
    assert play.cycle.due_at == wib(20, 16)
    play.asks("perencanaan", Word.BATAL)
    assert play.cycle.due_at == collecting().cycle.due_at
