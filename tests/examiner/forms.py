"""Each form is answered as it deserves, and the recap shows the figures of the forms that count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tests.examiner.figures import Sheet, sheet_of
from tests.examiner.tape import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from decimal import Decimal

    from tests.examiner.letter import Letter
    from tests.examiner.mail import Mail
    from tests.examiner.thread import Docket

_read = cache(sheet_of)
_REFUSED_AS = frozenset({"unreadable", "unplaced"})
_OPENED_AGAIN = frozenset({"reopened", "returned_by_planning"})
"""After these no form of the unit counts any more, and the next one is taken as the first one was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One form that came, with the letter that answers it."""

    mail: Mail
    sheet: Sheet
    answer: Letter | None

    @property
    def kind(self) -> str:
        """Return how it was answered."""
        return self.answer.kind if self.answer is not None else ""


def forms(docket: Docket) -> Iterator[Sent]:
    """Yield every form on the tape, in order; an answer that a server refused for good is one too."""
    for mail in sorted((*docket.mails, *docket.others), key=lambda one: one.at):
        sheets = [sheet for _, content in mail.files if (sheet := _read(content)) is not None]
        written = (
            *docket.answers.get(mail.message_id, ()),
            *(one for one in docket.refused if one.answers == mail.message_id),
        )
        told = [one for one in written if one.kind not in {"challenge", ""}]
        # Where the office's books were put back, what it has written since is what holds.
        answers = [one for one in told if not one.left.forgotten] or told
        if len(sheets) == 1 and not mail.automatic:
            yield Sent(mail=mail, sheet=sheets[0], answer=answers[0] if answers else None)


def judged(docket: Docket) -> Iterator[Charge]:
    """What is plainly wrong is not received, what is whole is not called unreadable, and strangers fill in nothing."""
    in_part: set[frozenset[str]] = set()
    for sent in forms(docket):
        wrong = sent.sheet.faulty(docket.office.ceilings)
        in_part |= {sent.sheet.codes} if sent.kind == "partial" else set()
        if sent.kind == "receipt" and wrong:
            yield Charge(law="answered wrongly", what=f"a form of {sent.mail.sender} was received, and {wrong}")
        if sent.kind == "receipt" and not sent.sheet.full and sent.sheet.codes not in in_part:
            yield Charge(law="answered wrongly", what=f"a form of {sent.mail.sender} was received with gaps")
        if sent.kind in _REFUSED_AS and not wrong and sent.sheet.full and _own(docket, sent):
            yield Charge(law="answered wrongly", what=f"a whole form of {sent.mail.sender} was answered {sent.kind}")
        if sent.kind == "receipt" and not docket.office.owners(sent.mail.sender) and not _admitted(docket, sent):
            yield Charge(law="without proof", what=f"a form of {sent.mail.sender}, who is not listed, was received")


def _admitted(docket: Docket, sent: Sent) -> bool:
    """Say whether the head of the unit said BENAR, proved, to what came from an address that is not listed."""
    asked = [one for one in docket.letters if one.kind == "request"]
    heads = {
        one.to
        for one in asked
        for _, content in one.files
        if (book := _read(content)) is not None and book.codes == sent.sheet.codes
    }
    return any(
        one.word == "BENAR"
        and any(docket.office.same_person(one.sender, head) for head in heads)
        and (since := docket.counts_since(one)) is not None
        and sent.answer is not None
        and since <= sent.answer.at
        for one in docket.mails
    )


def vouched(docket: Docket, mail: Mail, at: datetime) -> bool:
    """Say whether a unit's head said BENAR by then, in answer to the letter that asked about what that mail brought.

    What he vouches for is his form, wherever it came from: it counts, and goes back to him if something is wrong in it.
    """
    codes = [sheet.codes for _, content in mail.files if (sheet := _read(content)) is not None]
    units = {
        docket.office.unit_of(one.to)
        for one in docket.letters
        if one.kind == "request"
        for _, content in one.files
        if (book := _read(content)) is not None and book.codes in codes
    }
    return any(
        one.word == "BENAR"
        and (asked := docket.answered_by(one)) is not None
        and asked.kind == "conflict"
        and asked.at >= mail.at
        and docket.office.unit_of(asked.to) in units
        and docket.office.same_person(one.sender, asked.to)
        and (since := docket.counts_since(one)) is not None
        and since <= at
        for one in docket.mails
    )


def _own(docket: Docket, sent: Sent) -> bool:
    """Say whether somebody sent the form that his own unit was asked for, and still is."""
    ends = [one for one in (*docket.letters, *docket.refused) if one.kind == "cycle_cancelled"]
    if sent.answer is not None and any(
        one.cycle == sent.sheet.cycle and one.written <= sent.answer.written for one in ends
    ):
        return False
    unit = docket.office.unit_of(sent.mail.sender)
    asked = [one for one in docket.letters if one.kind == "request" and docket.office.unit_of(one.to) == unit]
    return bool(asked) and any(
        book.codes == sent.sheet.codes for _, content in asked[0].files if (book := _read(content)) is not None
    )


def counted(docket: Docket) -> Iterator[Charge]:
    """The recap shows, for each unit, the figures of the form that was received last and may count."""
    recap = _last_recap(docket)
    shown = next((book for _, content in recap.files if (book := _read(content)) is not None), None) if recap else None
    if recap is None or shown is None:
        return
    if any(
        (one.kind in {"recalled", "recall_told"} or one.left.forgotten) and one.at <= recap.at for one in docket.letters
    ):
        return  # an order was put back, or old books with it: nobody outside knows what stood before
    values = shown.values
    unproved = {one.sheet.codes for one in forms(docket) if one.kind == "receipt" and not one.mail.came.proved}
    for codes, expected in _expected(docket, recap).items():
        if expected is None:
            yield Charge(
                law="without proof", what=f"the recap has figures for {', '.join(sorted(codes)[:2])}, nobody's"
            )
            continue
        for code in sorted(codes & values.keys()):
            allowed = {one.get(code) for one in expected}
            if values[code] not in allowed:
                told = f"the recap shows {values[code]} for {code}, and what was received is {_told(allowed)}"
                told += ", beside an unproved form" if codes in unproved else ""
                yield Charge(law="other figures", what=told)


def _last_recap(docket: Docket) -> Letter | None:
    """Return the recap that stands: that written last, and of those of one moment the one that left last.

    None as well where somebody set the clock wrong and there are several: a clock that ran ahead and a letter that was
    put off look the same from outside.
    """
    laid = (one for one in docket.letters if one.kind in {"recap", "draft"})
    recaps = [one for one in laid if any(_read(content) is not None for _, content in one.files)]
    several = len({one.message_id for one in recaps}) > 1
    return None if docket.tape.clock_wrong and several else max(recaps[::-1], key=lambda one: one.written, default=None)


def _opened_again(docket: Docket, unit: str) -> list[datetime]:
    """Return the moments at which the form of a unit was opened again: by its own SALAH, by KEMBALIKAN, or anew."""
    found = [one.written for one in docket.letters if one.kind == "cycle_cancelled"]
    for one in (*docket.letters, *docket.refused):
        if one.kind not in _OPENED_AGAIN or docket.office.unit_of(one.to) != unit:
            continue
        said = docket.mail_by_id.get(one.answers)
        if said is not None:
            found.append(said.at)
        elif one.kind == "returned_by_planning":
            found.append(one.at if docket.tape.clock_wrong else one.written)
    return found


def _expected(docket: Docket, recap: Letter) -> dict[frozenset[str], list[dict[str, Decimal | None]] | None]:
    """Return, for each unit's codes, the figures that may stand in the recap; a unit with partial forms is left out.

    Where two forms of a unit differ and somebody was asked which counts, either may stand there. An unproved form takes
    the place of no proved one, unless the unit's form was opened again in between: then nothing counted.
    """
    found: dict[frozenset[str], list[dict[str, Decimal | None]] | None] = {}
    left_out: set[frozenset[str]] = set()
    asked = [one for one in docket.letters if one.kind == "conflict" and one.at <= recap.at]
    units = {docket.office.unit_of(one.to) for one in asked}
    asked_of = {
        book.codes: docket.office.unit_of(one.to)
        for one in docket.letters
        if one.kind == "request"
        for _, content in one.files
        if (book := _read(content)) is not None
    }
    by_proof: dict[frozenset[str], datetime] = {}
    came: dict[frozenset[str], datetime] = {}
    for sent in forms(docket):
        codes = sent.sheet.codes
        differs = asked_of.get(codes, "") in units and sent.sheet.full and sent.mail.at <= recap.at
        answered = sent.answer is not None and sent.answer.written <= recap.written
        if not answered and not differs:
            continue
        if sent.kind in {"partial", "returned", "lines_read", "evidence_kept"}:
            left_out.add(codes)
        if sent.kind != "receipt" and not differs:
            continue
        since = by_proof.get(codes)
        opened = _opened_again(docket, asked_of.get(codes, ""))
        stands = since is not None and not any(since <= one <= sent.mail.at for one in opened)
        if stands and not sent.mail.came.proved:
            found[codes] = [*(found.get(codes) or ()), *([sent.sheet.values] if units else [])]
            continue
        if sent.mail.came.proved:
            by_proof[codes] = sent.mail.at
        # Which of two that came in one moment is the later one the wire does not tell.
        either = asked_of.get(codes, "") in units or came.get(codes) == sent.mail.at
        found[codes] = [*((found.get(codes) or []) if either else []), sent.sheet.values]
        came[codes] = sent.mail.at
    return {codes: figures for codes, figures in found.items() if codes not in left_out}


def _told(values: set[Decimal | None]) -> str:
    return " or ".join(sorted(str(one) for one in values))
