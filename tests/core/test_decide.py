"""Facts that do not fit: the very same cycle object stays, and whoever wrote is answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.core.draft.draft_facts import DraftCompiled
from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import MailUnplaced
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.outcome import Outcome
from tests.core.play import Play, closed, collecting, drafting, reviewing
from tests.core.small_forms import whole
from tests.offices.small import wib


def test_a_mail_that_could_not_be_placed_is_answered_and_written_down() -> None:
    """Kindly, and nothing moves."""
    play = collecting()
    before = play.cycle
    outcome = play.happens(MailUnplaced(at=play.at, source=play.source("kabid-capil")))
    assert outcome.cycle is before
    assert [letter.kind for letter in outcome.letters] == [LetterKind.UNPLACED]
    assert dict(outcome.journal[0].detail) == {"kind": "unplaced", "word": "", "reason": ""}


@pytest.mark.parametrize(
    ("begun", "version"), [(collecting, 1), (drafting, 1), (drafting, 2), (reviewing, 1), (closed, 1)]
)
def test_a_draft_nobody_waits_for_changes_nothing(begun: Callable[[], Play], version: int) -> None:
    """Before row 6, compiled already, of another version, after it was passed on."""
    play = begun()
    before = play.cycle
    fact = DraftCompiled(at=play.at, version=version, docx_sha256="9" * 64, pdf_sha256="")
    assert play.happens(fact) == Outcome(cycle=before)
    assert play.cycle is before


def test_a_draft_is_compiled_for_the_version_that_is_wanted() -> None:
    """With both files' digests, the letter to Subbag Program, and a line."""
    play = drafting()
    play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.50"))
    play.at = wib(12, 10)
    outcome = play.compiles()
    draft = outcome.cycle.draft
    assert draft is not None
    assert (draft.version, draft.compiled_at, draft.docx_sha256[0], draft.pdf_sha256[0]) == (2, wib(12, 10), "d", "f")
    assert [(letter.kind, letter.to, letter.key) for letter in outcome.letters] == [
        (LetterKind.DRAFT, "perencanaan", "draft/2025/2")
    ]
    (line,) = [line for line in outcome.journal if line.event == "draft_compiled"]
    assert outcome.journal == (line,)
    assert (line.at, dict(line.detail)) == (
        wib(12, 10),
        {"version": "2", "docx": draft.docx_sha256, "pdf": draft.pdf_sha256},
    )


def test_a_draft_that_was_passed_on_before_it_was_compiled_is_written_down_too() -> None:
    """It goes on at once; the line comes before that of the row it leads to."""
    play = drafting()
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64)
    outcome = play.compiles()
    assert [line.event for line in outcome.journal] == ["draft_compiled", "row_entered"]
