"""Letters whose words depend on a code: one sample for every such sentence, beside the one of `sample_letters`."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.model.letters import LetterKind as K
from mailbot.core.model.letters import Reason
from mailbot.core.model.sop import Step
from tests.writing import sample_cycle
from tests.writing.sample_letters import Sample, full_letter


def branch(kind: K, *, to: str = "", unit: str | None = None, **about: str) -> Sample:
    """Return the full letter of a kind with other values, addressee and unit."""
    sample = full_letter(kind)
    letter = replace(
        sample.letter,
        to=to or sample.letter.to,
        unit=sample.letter.unit if unit is None else unit,
        about=tuple((dict(sample.letter.about) | about).items()),
    )
    return replace(sample, letter=letter)


def _of_planning(kind: K, word: str, *reasons: Reason, unit: str = "dafduk") -> dict[str, Sample]:
    """Return one letter to Subbag Program for each reason."""
    return {f"{kind}.{why}": branch(kind, to="planning", unit=unit, word=word, reason=why.value) for why in reasons}


BRANCHES: dict[str, Sample] = {
    **{
        f"{K.UNCLEAR}.{why}": branch(K.UNCLEAR, word="SETUJU", reason=why.value)
        for why in (Reason.NO_THREAD, Reason.WITH_DOCUMENT, Reason.BAD_CODE)
    },
    f"{K.UNCLEAR}.same_person": branch(K.UNCLEAR, to="head", word="DISAHKAN", reason="same_person"),
    f"{K.UNCLEAR}.no_reason": branch(K.UNCLEAR, word="PERBAIKI", reason="no_reason"),
    f"{K.UNCLEAR}.nil_needs_code": branch(
        K.UNCLEAR, to="kabid_dafduk", unit="dafduk", word="NIHIL", reason="nil_needs_code"
    ),
    f"{K.UNCLEAR}.bad_days": branch(
        K.UNCLEAR, to="kabid_dafduk", unit="dafduk", word="TUNDA", reason="bad_days", count="5"
    ),
    f"{K.UNCLEAR}.unknown_code": branch(K.UNCLEAR, word="ASAL", reason="unknown_code"),
    **_of_planning(K.UNCLEAR, "TERIMA", Reason.UNKNOWN_UNIT, unit=""),
    **_of_planning(K.UNCLEAR, "PERPANJANG", Reason.BAD_DATE),
    f"{K.UNCLEAR}.no_reason.unit": branch(
        K.UNCLEAR, to="planning", unit="dafduk", word="KEMBALIKAN", reason="no_reason"
    ),
    **{
        f"{K.OUT_OF_TURN}.{why}": branch(K.OUT_OF_TURN, word="DISAHKAN", reason=why.value)
        for why in (Reason.ALREADY, Reason.OLD_VERSION, Reason.NOT_READY)
    },
    **{
        f"{K.OUT_OF_TURN}.{why}": branch(
            K.OUT_OF_TURN, to="kabid_dafduk", unit="dafduk", word="SALAH", reason=why.value
        )
        for why in (Reason.NOTHING_ACCEPTED, Reason.WINDOW_CLOSED)
    },
    f"{K.OUT_OF_TURN}.closed": replace(
        branch(K.OUT_OF_TURN, word="SETUJU", reason="already"), cycle=sample_cycle.closed()
    ),
    f"{K.NOT_YOURS}.document": branch(K.NOT_YOURS, word="DOCX", role="planning"),
    f"{K.CHALLENGE}.document": branch(K.CHALLENGE, to="planning", word="DOCX"),
    **_of_planning(K.OUT_OF_TURN, "TERIMA", Reason.NOTHING_TO_ACCEPT),
    **_of_planning(K.OUT_OF_TURN, "KEMBALIKAN", Reason.NOTHING_TO_RETURN),
    **_of_planning(K.OUT_OF_TURN, "PERPANJANG", Reason.NOTHING_TO_EXTEND),
    f"{K.DRAFT_AGAIN}.living": branch(K.DRAFT_AGAIN, version=""),
    f"{K.REOPENED}.planning": replace(
        branch(K.REOPENED, to="planning", person="kabid_dafduk", step="draft"), cycle=sample_cycle.complete(), files=()
    ),
    f"{K.RATIFY}.own_review": branch(K.RATIFY, own_review="yes"),
    f"{K.UNPLACED}.not_yet": replace(branch(K.UNPLACED, unit="", reason="not_yet"), cycle=None),
    f"{K.RETURNED}.counting": replace(branch(K.RETURNED), cycle=sample_cycle.complete(Step.COLLECT)),
    f"{K.UNREADABLE}.archive": branch(K.UNREADABLE, reason="archive", file_name="Form.rar"),
    f"{K.UNREADABLE}.counting": replace(branch(K.UNREADABLE), cycle=sample_cycle.complete(Step.COLLECT)),
    f"{K.PARTIAL}.counting": replace(branch(K.PARTIAL), cycle=sample_cycle.complete(Step.COLLECT)),
    f"{K.REQUEST}.numbered": branch(K.REQUEST, letter_number="0121"),
    f"{K.SET_ASIDE}.hostile": branch(K.SET_ASIDE, tries="", defects="too_deep too_many_parts"),
    f"{K.ALARM}.post_vacant": branch(
        K.ALARM, unit="dafduk", what="post_vacant", role="division_head", since="", detail=""
    ),
    f"{K.ALARM}.in_doubt": branch(K.ALARM, what="in_doubt", since="", detail="submission/2025/2"),
    f"{K.ALARM}.token_expiring": branch(
        K.ALARM, what="token_expiring", since="", detail="lkjip@example.go.id", ends="2026-01-16T01:00:00+00:00"
    ),
    f"{K.ALARM}.own_review": branch(K.ALARM, what="own_review", person="secretary", since="", detail=""),
    **{
        f"{K.ALARM}.{what}": branch(K.ALARM, what=what, since="", detail="")
        for what in ("numbers_used_up", "difference", "recovered")
    },
}
"""Kind and branch -> the letter."""
