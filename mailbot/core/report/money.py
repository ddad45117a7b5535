"""Budget lines beside what was spent on them, and their sums: by program, by unit, behind an indicator (row 5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import code_key
from mailbot.core.model.indicators import absorption_pct
from mailbot.core.report.judging_money import UNKNOWN, judge
from mailbot.core.report.results import BudgetResult, Support

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.form import BudgetAnswer, Entry, Submission
    from mailbot.core.model.indicators import BudgetLine, Formulas, Period
    from mailbot.core.model.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """The budget lines of one cycle, to be found by whatever their codes begin with."""

    lines: Mapping[str, Sequence[BudgetResult]]
    """Plain code of a program, kegiatan or sub kegiatan -> the lines whose code is it or begins with it."""
    names: Mapping[str, str]
    """Plain code of a program or line -> its name."""
    sums: dict[str, BudgetResult] = field(default_factory=dict)
    """What was added up already, by the code as the office writes it: many indicators have one program behind them."""
    together: dict[tuple[str, ...], tuple[tuple[BudgetResult, ...], BudgetResult | None]] = field(default_factory=dict)
    """The same of several codes: their lines, and what these come to."""

    def programs(self, codes: Iterable[str]) -> tuple[BudgetResult, ...]:
        """Return what stands behind some codes, each as its lines come to; a code twice only once."""
        return tuple(self._program(code) for code in {code_key(code): code for code in codes}.values())

    def _program(self, code: str) -> BudgetResult:
        """Return what the lines behind one code come to."""
        if code not in self.sums:
            key = code_key(code)
            lines = self.lines.get(key, ())
            self.sums[code] = summed(code, self.names.get(key, ""), _owner(lines), lines)
        return self.sums[code]

    def each_once(self, codes: Iterable[str]) -> tuple[BudgetResult, ...]:
        """Return the lines behind some codes, none of them twice, in the order of their codes."""
        return self._gathered(codes)[0]

    def _gathered(self, codes: Iterable[str]) -> tuple[tuple[BudgetResult, ...], BudgetResult | None]:
        """Return the lines behind some codes, none of them twice, and their sum; None where there are none."""
        keys = tuple(sorted({code_key(code) for code in codes}))
        if keys not in self.together:
            found = {line.code: line for key in keys for line in self.lines.get(key, ())}
            lines = tuple(found[code] for code in sorted(found))
            self.together[keys] = lines, summed("", "", "", lines) if lines else None
        return self.together[keys]

    def support(
        self, codes: Sequence[str], achieved_pct: Decimal | None, period: Period, formulas: Formulas
    ) -> Support:
        """Return what stands behind some codes, and how the achievement is judged against it."""
        lines, total = self._gathered(codes)
        judged = UNKNOWN if period.quarter else judge(achieved_pct, total, lines, formulas)
        return Support(programs=self.programs(codes), budget=total, judged=judged)


def lines_by_unit(
    cycle: Cycle, office: Office, counting: Mapping[str, Submission | None]
) -> dict[str, list[BudgetResult]]:
    """Put each asked budget line's spending beside its ceiling, unit by unit."""
    answers = {
        (unit, answer.code): answer
        for unit, submission in counting.items()
        for answer in reversed(submission.data.budget if submission is not None else ())
    }
    year = cycle.period.year
    by_unit: dict[str, list[BudgetResult]] = {form.unit: [] for form in cycle.units}
    for line in office.budget:
        if line.owner in by_unit and year in line.budget_idr:
            by_unit[line.owner].append(_line(line, year, answers.get((line.owner, line.code))))
    return by_unit


def _line(line: BudgetLine, year: int, answer: BudgetAnswer | None) -> BudgetResult:
    """Put one budget line's spending and output beside what was planned."""
    spent = _counted(answer.spent_idr) if answer is not None else None
    made = _counted(answer.output_actual) if answer is not None and line.output else None
    budget, wanted = line.budget_idr[year], line.output_targets.get(year)
    return BudgetResult(
        code=line.code,
        name=line.name,
        owner=line.owner,
        budget_idr=budget,
        spent_idr=spent,
        absorption_pct=absorption_pct(budget, spent),
        reported_idr=Decimal(0) if spent is None else budget,
        original_idr=line.original_idr.get(year),
        output=line.output,
        output_unit=line.output_unit,
        output_target=wanted,
        output_actual=made,
        answer=answer,
    )


def _counted(entry: Entry) -> Decimal | None:
    """Return what a cell of something counted says; NIHIL is none of it."""
    return Decimal(0) if entry.nil else entry.value


def summed(code: str, name: str, owner: str, lines: Sequence[BudgetResult]) -> BudgetResult:
    """Add budget lines up: the spending that is known against the ceilings it is of; None spent where none is."""
    known = [line.spent_idr for line in lines if line.spent_idr is not None]
    spent = sum(known, start=Decimal(0)) if known else None
    reported = sum((line.reported_idr for line in lines), start=Decimal(0))
    revised = any(line.original_idr is not None for line in lines)
    original = (line.budget_idr if line.original_idr is None else line.original_idr for line in lines)
    return BudgetResult(
        code=code,
        name=name,
        owner=owner,
        budget_idr=sum((line.budget_idr for line in lines), start=Decimal(0)),
        spent_idr=spent,
        absorption_pct=absorption_pct(reported, spent),
        reported_idr=reported,
        original_idr=sum(original, start=Decimal(0)) if revised else None,
    )


def programs_of(lines: Sequence[BudgetResult], office: Office) -> tuple[BudgetResult, ...]:
    """Sum the lines by program, in the order of the codes."""
    names = dict(office.programs)
    programs: dict[str, list[BudgetResult]] = {}
    for line in lines:
        programs.setdefault(_program(line.code, tuple(names)), []).append(line)
    return tuple(summed(code, names.get(code, ""), "", programs[code]) for code in sorted(programs))


def _program(code: str, programs: tuple[str, ...]) -> str:
    """Return the program of a sub kegiatan's code: one of the office's, else the code's first three groups.

    `2.12.01.2.01.0006` and `2.12.1.02.01.0006` belong to `2.12.01` (Permendagri 90/2019). The list may name kegiatan
    too, which begin with their program's code and are longer.
    """
    own = [program for program in programs if f"{code_key(code)}.".startswith(f"{code_key(program)}.")]
    return min(own, key=len) if own else ".".join(code.split(".")[:3])


def money_of(lines: Sequence[BudgetResult], office: Office) -> Money:
    """Return the lines of a cycle by every code that they are or begin with."""
    found: dict[str, list[BudgetResult]] = {}
    for line in lines:
        groups = code_key(line.code).split(".")
        for length in range(1, len(groups) + 1):
            found.setdefault(".".join(groups[:length]), []).append(line)
    names = {code_key(line.code): line.name for line in lines}
    return Money(lines=found, names=names | {code_key(code): name for code, name in office.programs})


def _owner(lines: Sequence[BudgetResult]) -> str:
    """Return the unit whose lines they all are; empty where they are several units'."""
    owners = {line.owner for line in lines}
    return owners.pop() if len(owners) == 1 else ""
