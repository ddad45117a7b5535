"""Where a figure comes from, in words: what an answer to ASAL says, and what the archive's annex of evidence lists."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.indicators import Polarity
from mailbot.core.model.targets import word_of
from mailbot.core.report.origin import TOTAL, Awaited, Computed, Counts, Read
from mailbot.writing.values.cycle_values import title
from mailbot.writing.values.form_values import place, printed_actual
from mailbot.writing.values.worth import printed_worth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.form import Entry
    from mailbot.core.model.office import Office
    from mailbot.core.report.analysis import BudgetResult, IndicatorResult
    from mailbot.core.report.origin import Earlier, Part, Traced
    from mailbot.writing.words.phrases import Phrases

_WORDS = "origin"
Values = dict[str, object]
_TEXTS = "code name unit awaited value written person sender received message_id number file sha256 sheet cell"
_LISTS = "rules counts earlier parts"
NOTHING: Values = {**dict.fromkeys(_TEXTS.split(), ""), **dict.fromkeys(_LISTS.split(), ()), "codes": False}
"""What is told where no figure is asked for."""


def origin_values(traced: Traced, office: Office, phrases: Phrases) -> Values:
    """Return what is told of where a figure comes from, every value ready to print."""
    if isinstance(traced, Computed):
        return _computed(traced, office, phrases)
    if isinstance(traced, Awaited):
        unit = office.roster.unit(traced.owner).name
        return {**NOTHING, "code": traced.code, "name": traced.name, "awaited": unit}
    return read_values(traced, office, phrases)


def read_values(read: Read, office: Office, phrases: Phrases) -> Values:
    """Return what is told of a figure that a unit wrote."""
    sent, form = read.submission, read.form
    return {
        **NOTHING,
        "code": read.code,
        "name": read.name,
        "unit": office.roster.unit(form.unit).name,
        "value": _value(read, phrases),
        "written": read.entry.text.strip(),
        "person": _person(sent.sender, office),
        "sender": sent.sender,
        "received": phrases.moment(sent.received_at),
        "message_id": sent.message_id,
        "number": sent.number,
        "file": sent.file_name,
        "sha256": sent.file_sha256,
        "sheet": read.entry.sheet,
        "cell": read.entry.cell,
        "rules": tuple(_rules(read, office, phrases)),
        "counts": tuple(_counts(read, phrases)),
        "earlier": tuple(_earlier(one, read, phrases) for one in read.earlier),
    }


def _computed(made: Computed, office: Office, phrases: Phrases) -> Values:
    """Return what is told of a figure that is made of others."""
    if made.built is not None:
        return _year_of_quarters(made, made.built, office, phrases)
    parts = [(_label(part), phrases.percent(part.value)) for part in made.achievements]
    parts += [(_label(part), phrases.rupiah(part.value)) for part in made.spent]
    return {
        **NOTHING,
        "code": made.code,
        "name": made.name or phrases.word(_WORDS, "office") if made.code == TOTAL else made.name,
        "value": phrases.percent(made.achievement_pct)
        if made.achievements
        else phrases.rupiah(made.budget.spent_idr if made.budget else None),
        "rules": tuple(_sums(made, office, phrases)),
        "parts": tuple(parts),
        "codes": True,
    }


def _year_of_quarters(made: Computed, result: IndicatorResult, office: Office, phrases: Phrases) -> Values:
    """Return what is told of an indicator whose year was made of its quarters; their forms are other cycles'."""
    indicator = result.indicator
    parts = ((phrases.quarter(one), printed_worth(indicator, value, phrases)) for one, value in made.quarters)
    return {
        **NOTHING,
        "code": made.code,
        "name": made.name,
        "value": _in_its_unit(result, phrases),
        "rules": (_aggregated(result, phrases), _achieved(result, office, phrases)),
        "parts": tuple(parts),
    }


def _label(part: Part) -> str:
    """Return the name of one part of a computed figure."""
    return f"{part.code} {part.name}"


def _person(address: str, office: Office) -> str:
    """Return who wrote, by name and post; the address where nobody's list has it."""
    key = office.roster.named(address)
    person = next((one for one in office.roster.people if one.key == key), None)
    return f"{person.name}, {title(person)}" if person is not None else address


def _value(read: Read, phrases: Phrases) -> str:
    """Return a figure as it is printed."""
    if read.result is not None:
        return _in_its_unit(read.result, phrases)
    return phrases.rupiah(read.line.spent_idr if read.line is not None else None)


def _in_its_unit(result: IndicatorResult, phrases: Phrases) -> str:
    """Return an indicator's figure with its unit of measure; a word has none."""
    unit = "" if word_of(result.indicator, result.actual) else result.indicator.unit_of_measure
    return f"{printed_actual(result, phrases)} {unit}".strip()


def _rules(read: Read, office: Office, phrases: Phrases) -> Iterator[str]:
    """Yield by which rules a figure was read, and what was computed of it, with its numbers put in."""
    yield _as_read(read.entry, read, phrases)
    if read.result is not None:
        yield from _ratio(read.result, phrases)
        yield _achieved(read.result, office, phrases)
        yield _aggregated(read.result, phrases)
    if read.line is not None:
        yield _absorbed(read.line, phrases)
        yield from _output(read.line, phrases)


def _output(line: BudgetResult, phrases: Phrases) -> Iterator[str]:
    """Yield how the output of a sub kegiatan was read, where one was written."""
    entry = line.answer.output_actual if line.answer is not None else None
    if entry is None or entry.blank or not line.output:
        return
    target = phrases.word("none") if line.output_target is None else phrases.number(line.output_target, 0)
    yield phrases.word(_WORDS, "output").format(
        output=line.output,
        written=entry.text.strip(),
        place=place(entry) or phrases.word("none"),
        value=phrases.number(line.output_actual, 0),
        target=target,
        unit=line.output_unit,
    )


def _aggregated(result: IndicatorResult, phrases: Phrases) -> str:
    """Return how quarters make the year."""
    how = phrases.word("aggregation", result.indicator.aggregation.value)
    return phrases.word(_WORDS, "aggregation").format(how=how)


def _as_read(entry: Entry, read: Read, phrases: Phrases) -> str:
    """Return how what was written was read."""
    written = entry.text.strip()
    if entry.nil:
        return phrases.word(_WORDS, "read_nil").format(written=written)
    as_word = read.result is not None and bool(read.result.indicator.grades)
    if entry.value is None and not as_word:
        return phrases.word("unread").format(written=written)
    return phrases.word(_WORDS, "read").format(written=written, value=_value(read, phrases))


def _ratio(result: IndicatorResult, phrases: Phrases) -> Iterator[str]:
    """Yield numerator and denominator as they were written, where they were."""
    answer = result.answer
    if answer is None or answer.numerator.blank or answer.denominator.blank:
        return
    yield phrases.word(_WORDS, "ratio").format(
        numerator=phrases.number(answer.numerator.value, 0),
        numerator_place=place(answer.numerator) or phrases.word("none"),
        denominator=phrases.number(answer.denominator.value, 0),
        denominator_place=place(answer.denominator) or phrases.word("none"),
        scale=result.indicator.scale,
    )


def _achieved(result: IndicatorResult, office: Office, phrases: Phrases) -> str:
    """Return the formula of an achievement with its numbers put in."""
    indicator = result.indicator
    if result.achievement_pct is None or result.actual is None:
        return phrases.word(_WORDS, "no_achievement")
    rule = "up" if indicator.polarity is Polarity.UP else f"down_{indicator.negative or office.formulas.negative}"
    if indicator.grades:
        rule = "grade"
    elif result.upper is not None and result.upper != result.target:
        rule = "range"
    return phrases.word(_WORDS, rule).format(
        target=phrases.number(result.target, indicator.decimals),
        upper=phrases.number(result.upper, indicator.decimals) if result.upper is not None else "",
        actual=phrases.number(result.actual, indicator.decimals),
        achievement=phrases.percent(result.achievement_pct),
    )


def _absorbed(line: BudgetResult, phrases: Phrases) -> str:
    """Return the formula of an absorption with its numbers put in."""
    part = line.spent_idr is not None and line.missing_idr
    return phrases.word(_WORDS, "absorption_part" if part else "absorption").format(
        spent=phrases.rupiah(line.spent_idr),
        budget=phrases.rupiah(line.reported_idr if part else line.budget_idr),
        absorption=phrases.percent(line.absorption_pct),
    )


def _sums(made: Computed, office: Office, phrases: Phrases) -> Iterator[str]:
    """Yield how a mean and a sum came about, with their numbers put in."""
    known = [part.value for part in made.achievements if part.value is not None]
    cap = office.formulas.average_cap_pct
    if made.achievements:
        held = [value if cap is None else min(value, cap) for value in known]
        yield phrases.word(_WORDS, "mean" if known else "no_mean").format(
            count=len(known),
            all=len(made.achievements),
            sum=phrases.number(sum(held, start=Decimal(0))),
            achievement=phrases.percent(made.achievement_pct),
        )
        if cap is not None:
            yield phrases.word(_WORDS, "cap").format(cap=phrases.percent(cap))
    if made.budget is not None:
        yield _absorbed(made.budget, phrases)


def _counts(read: Read, phrases: Phrases) -> Iterator[str]:
    """Yield why the form of a figure counts: when it was accepted, by whom or what, and with which reason."""
    form, sent = read.form, read.submission
    if read.accepted_at is not None and form.state is UnitState.ACCEPTED:
        yield phrases.word(_WORDS, "accepted").format(number=form.counted, at=phrases.moment(read.accepted_at))
    reason = form.counting.reason if form.counting is not None else ""
    for why in read.counts:
        yield phrases.word(_WORDS, why.value).format(reason=reason, remark=_remark(read))
    if form.rival is not None:
        yield phrases.word(_WORDS, "rival").format(number=form.rival.number)
    if sent.proof is not None:
        yield phrases.word(_WORDS, "proof").format(proof=phrases.word("proof", sent.proof.value))
    if read.warnings and Counts.EXPLAINED in read.counts and _remark(read):
        yield phrases.word(_WORDS, "remark").format(remark=_remark(read))


def _remark(read: Read) -> str:
    """Return the reason that stands beside a figure."""
    if read.result is not None and read.result.answer is not None:
        return read.result.answer.remark.text.strip()
    answer = read.line.answer if read.line is not None else None
    return answer.note.text.strip() if answer is not None else ""


def _earlier(one: Earlier, read: Read, phrases: Phrases) -> str:
    """Return what another form of the unit says of the figure."""
    words = phrases.word(_WORDS, "before" if one.number < read.form.counted else "after")
    return words.format(
        number=one.number,
        at=phrases.moment(one.received_at),
        sender=one.sender,
        written=one.entry.text.strip(),
        state=phrases.word(_WORDS, "in_order_then" if one.counted else "returned_then"),
    )
