"""The cycle's list of remarks: numbered over all rounds, each with what became of it (SOP rows 6 to 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.core.model.sop import Step
from mailbot.core.remarks.remark import RemarkSource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.remarks.remark import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkAnswer:
    """What Subbag Program has answered to a remark."""

    text: str
    person: str
    given_at: datetime
    mail_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRemark:
    """One remark of the list, in the order in which they were given."""

    remark: Remark
    """With its number."""
    person: str
    """Key of who gave it."""
    step: Step
    """The row in which it was given: 6b or 7."""
    version: int
    """Of the draft that it is about."""
    given_at: datetime
    mail_sha256: str
    """Of the mail that brought it."""
    unit: str = ""
    """Key of the unit whose data it seems to be about, as far as its words tell."""
    passed_to: str = ""
    """Key of the unit that it was sent on to with KEMBALIKAN."""
    passed_at: datetime | None = None
    answers: tuple[RemarkAnswer, ...] = ()
    """The last one counts."""

    @property
    def number(self) -> int:
        """Return its number, by which it is answered."""
        return self.remark.number

    @property
    def open(self) -> bool:
        """Say whether nobody has answered it, nor sent it on to a unit."""
        return not self.answers and not self.passed_to


def open_numbers(remarks: Iterable[ListedRemark]) -> tuple[int, ...]:
    """Return the numbers of the remarks that nobody has answered."""
    return tuple(one.number for one in remarks if one.open)


def numbered(cycle: Cycle, numbers: Iterable[int]) -> tuple[ListedRemark, ...]:
    """Return the remarks with these numbers, in the list's order."""
    wanted = frozenset(numbers)
    return tuple(one for one in cycle.remarks if one.number in wanted)


def of_mail(cycle: Cycle, mail_sha256: str) -> tuple[ListedRemark, ...]:
    """Return the remarks that one mail brought: those of one refusal."""
    return tuple(one for one in cycle.remarks if one.mail_sha256 == mail_sha256)


def came_as(cycle: Cycle, file_sha256: str) -> str:
    """Return the name under which a file came that holds remarks of the list; empty for any other."""
    return next((one.remark.file_name for one in cycle.remarks if one.remark.file_sha256 == file_sha256), "")


def in_files(cycle: Cycle, mail_sha256: str) -> tuple[Remark, ...]:
    """Return the remarks that one mail brought in files: a word that joins it has its lines, and not these."""
    return tuple(one.remark for one in of_mail(cycle, mail_sha256) if one.remark.source is not RemarkSource.MAIL)


def for_brief(cycle: Cycle, step: Step) -> tuple[ListedRemark, ...]:
    """Return the remarks that a draft laid before somebody is to answer: all since he agreed to one last.

    In row 7 these are his own. The Sekretaris, who reads first, gets those of row 7 too, for the draft came back to him
    because of them; so does its author.
    """
    row = step if step is Step.RATIFY else Step.REVIEW
    agreed = [place for place, given in enumerate(cycle.verdicts) if given.step is row and given.approved]
    before = {given.mail_sha256 for given in cycle.verdicts[: agreed[-1] if agreed else 0]}
    since = (one for one in cycle.remarks if one.mail_sha256 not in before)
    return tuple(one for one in since if row is Step.REVIEW or one.step is row)


def waiting(cycle: Cycle) -> tuple[int, ...]:
    """Return the numbers of the remarks that wait for an answer; where the Sekretaris has agreed, his need none."""
    unsettled = {*for_brief(cycle, Step.REVIEW), *for_brief(cycle, Step.RATIFY)}
    return open_numbers(one for one in cycle.remarks if one in unsettled)


def answered(cycle: Cycle, answers: Iterable[tuple[int, str]], like: RemarkAnswer) -> Cycle:
    """Return the cycle with answers to its remarks, by number; `like` says who gave them, when, and in which mail."""
    given = dict(answers)
    return replace(
        cycle,
        remarks=tuple(
            replace(one, answers=(*one.answers, replace(like, text=given[one.number]))) if one.number in given else one
            for one in cycle.remarks
        ),
    )


def passed_to_unit(cycle: Cycle, numbers: Iterable[int], unit: str, at: datetime) -> Cycle:
    """Return the cycle with these remarks sent on to a unit."""
    wanted = frozenset(numbers)
    return replace(
        cycle,
        remarks=tuple(
            replace(one, passed_to=unit, passed_at=at) if one.number in wanted else one for one in cycle.remarks
        ),
    )


def not_passed(cycle: Cycle, unit: str, at: datetime) -> Cycle:
    """Return the cycle without the remarks having been sent on to a unit by the order of that moment."""
    if not any((one.passed_to, one.passed_at) == (unit, at) for one in cycle.remarks):
        return cycle
    return replace(
        cycle,
        remarks=tuple(
            replace(one, passed_to="", passed_at=None) if (one.passed_to, one.passed_at) == (unit, at) else one
            for one in cycle.remarks
        ),
    )
