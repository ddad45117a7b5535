"""Where a figure comes from: the form that brought it, why that counts, what stood before, what a mean is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.form import Fault, FaultCode, FormData, Severity, Submission
from mailbot.core.model.indicators import Period
from mailbot.core.model.past import Past
from mailbot.core.report.analysis import analyse
from mailbot.core.report.origin import TOTAL, Awaited, Computed, Counts, Part, Read, nearest, reads, trace
from tests.core.play import Play, collecting, drafting
from tests.core.small_forms import money, number, only, row, whole
from tests.offices.small import OFFICE, wib


def traced(play: Play, code: str) -> Read:
    """Return where a figure that a unit wrote comes from."""
    found = trace(code, play.cycle, play.office)
    assert isinstance(found, Read)
    return found


def computed(play: Play, code: str) -> Computed:
    """Return what a figure that nobody wrote is made of."""
    found = trace(code, play.cycle, play.office)
    assert isinstance(found, Computed)
    return found


def counting(play: Play, unit: str) -> Submission:
    """Return the form that counts."""
    form = play.unit(unit).counting
    assert form is not None
    return form


def counting_as(play: Play, unit: str, change: Callable[[Submission], Submission]) -> Play:
    """Let the form that counts have other values."""
    form = play.unit(unit)
    kept = tuple(change(sent) if sent.number == form.counted else sent for sent in form.submissions)
    play.now = play.cycle.with_unit(replace(form, submissions=kept))
    return play


def test_a_figure_has_its_form_its_cell_and_its_result() -> None:
    """An indicator's, and a budget line's."""
    play = drafting()
    read = traced(play, "iku 2")
    assert (read.code, read.name) == ("IKU-02", OFFICE.indicator("IKU-02").name)
    assert (read.form.unit, read.submission, read.accepted_at) == ("DAFDUK", counting(play, "DAFDUK"), wib(12, 9))
    assert (read.entry.text, read.entry.sheet, read.entry.cell) == ("99.45", "Indikator", "J7")
    assert read.result is analyse(play.cycle, play.office).indicators[1]
    assert (read.line, read.counts, read.warnings, read.earlier) == (None, (Counts.IN_ORDER,), (), ())
    spent = traced(play, "2.12.02.2.01.0005")
    assert (spent.result, spent.line is not None and spent.line.code) == (None, "2.12.02.2.01.0005")


def test_every_figure_is_there_once() -> None:
    """Indicators first, then budget lines; none of a unit whose form does not count, and none that is blank."""
    play = drafting()
    assert [read.code for read in reads(play.cycle, OFFICE)] == [
        *("IKU-01", "IKU-02", "IKK-10", "IKK-12", "IKU-14"),
        *("2.12.01.2.01.0006", "2.12.02.2.01.0005", "2.12.03.2.01.0001"),
    ]
    waiting = collecting()
    assert not list(reads(waiting.cycle, OFFICE))
    waiting.sends("DAFDUK", only(whole("DAFDUK"), "IKK-12"))
    assert [read.code for read in reads(waiting.cycle, OFFICE)] == ["IKK-12"]
    assert trace("IKU-02", waiting.cycle, OFFICE) == Awaited(code="IKU-02", name="Nama IKU-02", owner="DAFDUK")
    assert trace("IKU-99", waiting.cycle, OFFICE) is None


def test_of_parts_that_were_laid_together_each_figure_has_its_own_mail() -> None:
    """What stood in the first part came with that, though the second one is the form that counts."""
    play = collecting()
    play.sends("DAFDUK", only(whole("DAFDUK"), "IKU-02"))
    assert traced(play, "IKU-02").counts == (Counts.IN_ORDER, Counts.PART)
    play.sends("DAFDUK", only(whole("DAFDUK"), "IKK-12", "2.12.02.2.01.0005"))
    form = play.unit("DAFDUK")
    assert (form.counted, len(form.submissions)) == (2, 2)
    assert traced(play, "IKU-02").submission == form.submissions[0]
    assert traced(play, "IKK-12").submission == form.submissions[1]


def test_figures_under_lines_of_a_mail_have_the_form_they_stood_in() -> None:
    """Lines correct one figure of a whole form: the others came with that form, and this one with the lines."""
    play = collecting()
    play.sends("DAFDUK")
    form = play.unit("DAFDUK")
    first = form.submissions[0]
    lines = FormData(
        indicators=(
            row("IKU-02", "99.45"),
            replace(row("IKK-12"), actual=replace(row("", "53").actual, cell="", sheet="")),
        ),
        budget=(money("2.12.02.2.01.0005", "309725000"),),
    )
    second = replace(first, number=2, data=lines, file_sha256="e" * 64)
    play.now = play.cycle.with_unit(replace(form, submissions=(first, second), counted=2))
    assert traced(play, "IKU-02").submission.number == 1
    assert traced(play, "IKK-12").submission.number == 2


def test_a_whole_form_that_comes_again_is_where_its_figures_come_from() -> None:
    """The later one counts, and the earlier values are told; one that went back too."""
    play = collecting()
    play.sends("CAPIL", whole("CAPIL", IKK_10="2.9"))
    play.sends("CAPIL", whole("CAPIL", IKK_10="-2"))
    play.sends("CAPIL", whole("CAPIL", IKK_10="2.7"))
    read = traced(play, "IKK-10")
    assert (read.submission.number, read.entry.text) == (3, "2.7")
    assert [(one.number, one.entry.text, one.counted) for one in read.earlier] == [(1, "2.9", True), (2, "-2", False)]
    assert read.counts == (Counts.IN_ORDER, Counts.LATER)
    same = traced(play, "2.12.03.2.01.0001")
    assert (same.submission.number, [one.number for one in same.earlier]) == (3, [1, 2])


def test_what_the_head_chose_says_so() -> None:
    """Of two forms that differ his BENAR makes the later one count; after SALAH it needs no word."""
    play = collecting()
    play.sends("DAFDUK", by="kasi-identitas")
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="99.90"), by="kasi-pindah")
    assert traced(play, "IKU-02").submission.number == 1
    play.asks("kabid-dafduk", Word.BENAR, unit="DAFDUK")
    assert traced(play, "IKU-02").counts == (Counts.IN_ORDER, Counts.CHOSEN)
    play.now = play.cycle.with_unit(replace(play.unit("DAFDUK"), reopened=1))
    assert traced(play, "IKU-02").counts == (Counts.IN_ORDER, Counts.LATER)


def test_why_a_form_counts() -> None:
    """Warnings that were explained, a reason of Subbag Program, and a head who vouched for an address on no list."""
    warned = Fault(code=FaultCode.JUMP, severity=Severity.WARNING, row="IKU-02")
    faults = (warned, replace(warned, row="IKK-12"))
    play = counting_as(drafting(), "DAFDUK", lambda sent: replace(sent, faults=faults))
    assert (traced(play, "IKU-02").counts, traced(play, "IKU-02").warnings) == ((Counts.EXPLAINED,), (warned,))
    other = "Staf@Elsewhere.example"
    play = counting_as(drafting(), "DAFDUK", lambda sent: replace(sent, reason="sudah jelas", sender=other))
    play.now = play.cycle.with_unit(replace(play.unit("DAFDUK"), admitted=("staf@elsewhere.example",)))
    assert traced(play, "IKU-02").counts == (Counts.BY_PLANNING, Counts.BY_HEAD)


def test_a_mean_and_a_sum_are_made_of_what_they_name() -> None:
    """A sasaran of achievements, a program of spending, the office of both."""
    play = drafting()
    analysis = analyse(play.cycle, play.office)
    objective = computed(play, "ss1")
    assert objective.achievement_pct == analysis.objectives[0].achievement_pct
    assert objective.achievements == tuple(
        Part(code=one.indicator.code, name=one.indicator.name, value=one.achievement_pct)
        for one in analysis.objectives[0].indicators
    )
    program = computed(play, "2.12.02")
    assert (program.budget, program.achievements) == (analysis.programs[1], ())
    assert [(part.code, part.value) for part in program.spent] == [("2.12.02.2.01.0005", Decimal(309725000))]
    office = computed(play, TOTAL)
    assert (office.achievement_pct, office.budget) == (analysis.achievement_pct, analysis.total)
    assert len(office.achievements) == len(analysis.indicators)


def test_a_kegiatan_is_what_its_lines_come_to() -> None:
    """The report prints it between program and sub kegiatan, named or not."""
    play = drafting()
    made = computed(play, "2.12.02.2.01")
    assert (made.code, made.name, [part.code for part in made.spent]) == ("2.12.02.2.01", "", ["2.12.02.2.01.0005"])
    assert made.budget is not None
    assert made.budget.spent_idr == Decimal(309725000)
    play.office = replace(OFFICE, programs=(*OFFICE.programs, ("2.12.02.2.01", "Pelayanan")))
    assert (computed(play, "2.12.2.2.1").code, computed(play, "2.12.2.2.1").name) == ("2.12.02.2.01", "Pelayanan")
    assert trace("2.13", play.cycle, OFFICE) is None


def test_a_year_of_its_quarters_is_made_of_them() -> None:
    """No form of the year tells it, and it is in the report."""
    quarters = {
        Period(year=2025, quarter=each): {"ikk.12": number(str(each * 10))}
        | ({"iku.14": number("82")} if each == 4 else {})
        for each in range(1, 5)
    }
    play = collecting(replace(OFFICE, past=Past(figures=quarters)))
    made = computed(play, "IKK-12")
    assert made.built is not None
    assert made.built.actual == 100
    assert [(one.quarter, int(value)) for one, value in made.quarters] == [(1, 10), (2, 20), (3, 30), (4, 40)]
    assert [one.quarter for one, _ in computed(play, "IKU-14").quarters] == [4]


@pytest.mark.parametrize(("code", "near"), [("IKU-20", "IKU-02"), ("SS9", "SS3"), ("totl", TOTAL), ("kopi", "")])
def test_the_nearest_code_is_offered(code: str, near: str) -> None:
    """Of those that have a figure, where one is like it."""
    play = drafting()
    assert nearest(code, play.cycle, play.office) == near
