"""Story 32: our own calendar file comes back beside an answer; it is no form, no evidence, and in nobody's way."""

from __future__ import annotations

import pytest

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.sop import Step
from tests.office import requested
from tests.stories.test_19_answers_reach_people import asked


@pytest.mark.parametrize(("who", "kind", "word"), [("sekretaris", "review", "SETUJU"), ("kadis", "ratify", "DISAHKAN")])
def test_a_word_counts_beside_our_calendar_file(who: str, kind: str, word: str) -> None:
    """His mail program has sent back what it got."""
    office = asked(kind)
    letter = office.letter(who, kind)
    before = office.cycle().step
    office.answers(who, letter, word, letter.file(".ics"))
    assert office.cycle().step not in {before, Step.DRAFT}
    assert office.letters_to(who)[-1].kind == "verdict_noted"


def test_remarks_beside_our_calendar_file_are_only_what_was_written() -> None:
    """It is neither a marked draft nor shown to Subbag Program."""
    office = asked("review")
    letter = office.letter("sekretaris", "review")
    office.answers("sekretaris", letter, "PERBAIKI\nTabel 3.2 mohon dicek lagi.", letter.file(".ics"))
    assert [one.remark.text for one in office.cycle().remarks] == ["Tabel 3.2 mohon dicek lagi."]
    assert not office.cycle().verdicts[-1].files


def test_a_form_and_a_question_come_with_our_calendar_file() -> None:
    """The form is judged as if it came alone; a mail without one is answered as the words it is, not as a file."""
    office = requested()
    request = office.letter("kabid-piak", "request")
    office.answers("kabid-piak", request, "Terlampir form isian.", office.filled("PIAK"), request.file(".ics"))
    assert office.unit("PIAK").state is UnitState.ACCEPTED
    assert not office.unit("PIAK").evidence
    assert b"BEGIN:VCALENDAR" in office.letter("kabid-piak", "receipt").file("-selesai.ics")[1]
    other = office.letter("kabid-dafduk", "request")
    office.answers("kabid-dafduk", other, "TUNDA 2 HARI", other.file(".ics"))
    office.answers(
        "kabid-capil", office.letter("kabid-capil", "request"), "Sudah kami catat, terima kasih.", other.file(".ics")
    )
    kinds = [one.kind for who in ("kabid-dafduk", "kabid-capil") for one in office.letters_to(who)[1:]]
    assert "unreadable" not in kinds
    assert "extended" in kinds
