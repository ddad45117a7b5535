"""The pictures of the report: achievement of a sasaran, absorption beside it, and the whole period in one chart."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.writing.charts.chart import Axis, Chart, Look, Place, Point, Series
from mailbot.writing.report.objectives import is_reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailbot.core.report.results import ObjectiveResult
    from mailbot.writing.report.marks import Report

_HUNDRED = Decimal(100)
_SANE_PCT = Decimal(150)
"""No bar is drawn longer: one of 900% would flatten all others, and its label tells the figure."""
_ROOM_PCT, _SIGN_PCT = Decimal(10), Decimal(2)
"""Room right of the target's line, and how much of the axis one sign of a label takes."""
_FEWEST_BARS = 2
"""A chart of one bar says no more than the sentence above it."""
_LINE_SIGNS, _NAME_LINES = 36, 3
BAR_CM, _PAIR_CM, _FRAME_CM = 0.78, 1.15, 1.5
_THREE_CM = 1.2
"""How much a bar takes where a name beside one has three lines."""


def short_name(name: str) -> str:
    """Return a name in at most three lines, cut at a word; the chart's own words tell the whole name."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= _LINE_SIGNS or not lines[-1]:
            lines[-1] = longer
        elif len(lines) < _NAME_LINES:
            lines.append(word)
        else:
            return "\n".join([*lines[:-1], f"{lines[-1].rstrip(',;:')} …"])
    return "\n".join(lines)


def _wide(names: Iterable[str]) -> float:
    """Return how much one bar takes beside such names: every bar of a chart takes the same."""
    most = max((short_name(name).count("\n") + 1 for name in names), default=1)
    return _THREE_CM if most == _NAME_LINES else BAR_CM


def achievement_chart(objective: ObjectiveResult, report: Report) -> Chart | None:
    """Return the achievement of a sasaran's indicators, each by name; None where there is too little to show."""
    words = report.words["chart"]
    drawn = [(one, one.achievement_pct) for one in objective.indicators if one.achievement_pct is not None]
    if len(drawn) < _FEWEST_BARS:
        return None
    values = [value for _, value in drawn]
    printed = [report.phrases.number(value) for value in values]
    figures = [(one.indicator.name, f"{label}%") for (one, _), label in zip(drawn, printed, strict=True)]
    won = sum(is_reached(one) for one, _ in drawn)
    bars = [_bar(value, label, words) for value, label in zip(values, printed, strict=True)]
    return Chart(
        categories=[short_name(one.indicator.name) for one, _ in drawn],
        series=[Series(name=words["achievement"], look=Look.BAR, points=bars)],
        axis=Axis(title=words["axis"]["achievement"], most=_most(bars), step=_HUNDRED, target=True),
        title=words["title"]["achievement"].format(reached=won, count=len(objective.indicators)),
        alternative=words["alternative"]["achievement"].format(values=_listed(figures, words)),
        across=True,
        legend=False,
        height_cm=_FRAME_CM + _wide(one.indicator.name for one, _ in drawn) * len(drawn),
    )


def _bar(value: Decimal, printed: str, words: dict[str, dict[str, str]]) -> Point:
    """Return one bar of achievement: one under the target is hatched and says so, one off the scale is marked.

    No label lies across the target's line where it has room in the bar.
    """
    if value < _HUNDRED:
        told = words["label"]["failed"].format(value=printed)
        fits, crosses = value > _SIGN_PCT * len(told), value + _SIGN_PCT * len(told) > _HUNDRED
        place = Place.INSIDE if fits and crosses else Place.OUTSIDE
        return Point(value=value, printed=told, failed=True, place=place)
    if value > _SANE_PCT:
        return Point(value=value, printed=words["label"]["beyond"].format(value=printed), place=Place.INSIDE)
    return Point(value=value, printed=printed)


def _most(bars: Sequence[Point]) -> Decimal:
    """Return where an axis of percents ends: behind the label that reaches farthest."""
    ends = [min(one.value, _SANE_PCT) + _SIGN_PCT * len(one.printed) for one in bars if one.value is not None]
    return max(*ends, _HUNDRED + _ROOM_PCT).quantize(Decimal(1))


def _listed(figures: Sequence[tuple[str, str]], words: dict[str, dict[str, str]]) -> str:
    """Return names with their figures in one sentence."""
    return "; ".join(words["label"]["named"].format(name=name, value=value) for name, value in figures)


def absorption_chart(rows: Sequence[tuple[str, Decimal | None, Decimal | None]], report: Report) -> Chart | None:
    """Return absorption beside achievement, row by row (name, achievement, absorption); None where too little is known.

    Rows of which one of the two is unknown are not drawn, for there is nothing to compare. A quarter's achievement is
    of its own target and its absorption of the year's money, so that no finding is made of the two.
    """
    words, number = report.words["chart"], report.phrases.number
    known = [(name, done, spent) for name, done, spent in rows if done is not None and spent is not None]
    if len(known) < _FEWEST_BARS:
        return None
    done, spent = [one[1] for one in known], [one[2] for one in known]
    label = words["alternative"]["pair"]
    told = "; ".join(
        label.format(name=name, achievement=number(first), absorption=number(second)) for name, first, second in known
    )
    quarterly = bool(report.cycle.period.quarter)
    over = sum(first >= second for first, second in zip(done, spent, strict=True))
    first_bars, second_bars = ([_plain(one, number(one), words) for one in values] for values in (done, spent))
    return Chart(
        categories=[short_name(name) for name, _, _ in known],
        series=[
            Series(name=words["achievement"], look=Look.BAR, points=first_bars),
            Series(name=words["absorption"], look=Look.SECOND_BAR, points=second_bars),
        ],
        axis=Axis(title=words["axis"]["percent"], most=_most([*first_bars, *second_bars]), step=Decimal(25)),
        title=words["title"]["absorbed_so_far" if quarterly else "absorption"].format(over=over, count=len(known)),
        alternative=words["alternative"]["absorption"].format(values=told),
        across=True,
        height_cm=_FRAME_CM + 0.8 + _PAIR_CM * len(known),
    )


def _plain(value: Decimal, printed: str, words: dict[str, dict[str, str]]) -> Point:
    """Return a bar that is neither good nor bad."""
    if value > _SANE_PCT:
        return Point(value=value, printed=words["label"]["beyond"].format(value=printed), place=Place.INSIDE)
    return Point(value=value, printed=printed)


def summary_chart(report: Report) -> Chart:
    """Return the one picture of the ikhtisar eksekutif: how many indicators of each sasaran reached their target."""
    words, objectives = report.words["chart"], report.analysis.objectives
    counts = [_counts(objective) for objective in objectives]
    looks = (("reached", Look.BAR), ("below", Look.HATCHED_BAR), ("unmeasured", Look.EMPTY_BAR))
    told = "; ".join(
        words["alternative"]["counts"].format(name=one.objective.text, reached=won, below=lost, unmeasured=unknown)
        for one, (won, lost, unknown) in zip(objectives, counts, strict=True)
    )
    most = max((sum(each) for each in counts), default=1)
    return Chart(
        categories=[short_name(one.objective.text) for one in objectives],
        series=[
            Series(name=words["counts"][name], look=look, points=[_count(each[at]) for each in counts])
            for at, (name, look) in enumerate(looks)
            if any(each[at] for each in counts)
        ],
        axis=Axis(title=words["axis"]["count"], most=Decimal(most), step=Decimal(max(1, most // 5))),
        title=words["title"]["achievement"].format(
            reached=sum(each[0] for each in counts), count=sum(sum(each) for each in counts)
        ),
        alternative=words["alternative"]["summary"].format(values=told),
        across=True,
        stacked=True,
        height_cm=_FRAME_CM + 0.2 + summary_bar_cm(objectives) * len(objectives),
    )


def summary_bar_cm(objectives: Sequence[ObjectiveResult]) -> float:
    """Return how much one sasaran takes in the picture of the ikhtisar, which has to leave room for its page."""
    return _wide(one.objective.text for one in objectives)


def _counts(objective: ObjectiveResult) -> tuple[int, int, int]:
    """Return how many indicators reached their target, did not, and cannot be computed."""
    won = sum(map(is_reached, objective.indicators))
    return won, objective.measured - won, len(objective.indicators) - objective.measured


def _count(number: int) -> Point:
    """Return one part of a stacked bar; of nothing, nothing is drawn."""
    return Point(value=Decimal(number), printed=str(number), place=Place.MIDDLE) if number else Point()
