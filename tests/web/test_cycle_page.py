"""One cycle on one page: what needs somebody on top, the rows with their clocks, figures of years and of quarters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from mailbot.core.codes.languages import Language
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState, WaitingLines
from mailbot.core.model.form import Entry
from mailbot.core.model.indicators import Aggregation, Period
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.report.analysis import analyse
from mailbot.web.open_gate import onlooker
from mailbot.web.pages.cycle import cycle_page
from mailbot.web.pages.figures import without_idle_zeros
from mailbot.web.pages.marks import Tone
from mailbot.web.pages.page import Here
from mailbot.web.pages.unit import unit_page
from mailbot.web.printing import here_of
from mailbot.web.viewer import Viewer
from tests.offices.long_names import DUE, long_named_office
from tests.web.boards import board_of, browser
from tests.writing.sample_cycle import closed, collecting, complete, submission

LATE = DUE + timedelta(days=6)


def here_on(*cycles: Cycle, at: datetime = LATE, viewer: Viewer | None = None) -> Here:
    """Return what pages of an office with these cycles are made with."""
    board = replace(board_of(*cycles), clock=lambda: at)
    return here_of(board, viewer or onlooker(Language.ENGLISH))


def requested() -> Cycle:
    """Return the cycle when every unit was asked and none has sent."""
    cycle = collecting()
    return replace(cycle, units=tuple(UnitForm(unit=f.unit, due_at=DUE, first_due_at=DUE) for f in cycle.units))


def not_asked() -> Cycle:
    """Return the cycle in row 1."""
    cycle = collecting()
    return replace(cycle, step=Step.INFORM, units=tuple(UnitForm(unit=form.unit) for form in cycle.units))


def shown(cycle: Cycle, here: Here) -> dict[str, Any]:
    """Return what a cycle's page shows."""
    page = cycle_page(here, cycle.key)
    assert page is not None
    return dict(page.values)


def test_who_is_late_stands_on_top_with_what_he_owes() -> None:
    """Before the other cycle that runs; each leads to where it is looked at."""
    other = replace(complete(Step.REVIEW), key="2026-tw1", due_at=datetime(2026, 12, 1, tzinfo=UTC))
    cycle = collecting()
    needs = shown(cycle, here_on(cycle, other))["needs"]
    late = [need for need in needs if need.mark.tone is Tone.LATE]
    assert needs[: len(late)] == tuple(late)
    assert {need.link for need in late} == {f"/units/{unit}/2025" for unit in ("dafduk", "capil", "piak")}
    assert needs[-1].link == "/cycles/2026-tw1"


def test_a_unit_is_told_of_itself_alone() -> None:
    """What it owes, its line, its figures; no count over others, no word of superiors."""
    posts = tuple(person for person in long_named_office().roster.people if person.unit == "capil")
    here = here_on(collecting(), viewer=Viewer(posts=posts, language=Language.ENGLISH))
    values = shown(collecting(), here)
    assert [need.link for need in values["needs"]] == ["/units/capil/2025"]
    assert [line.key for line in values["units"]] == ["capil"]
    assert (values["accepted"], values["asked"]) == (0, 1)
    assert values["figures"].sums == ()
    assert values["words_given"] == ()


def test_nobody_is_blamed_before_he_is_asked() -> None:
    """While row 1 runs no unit owes anything: not asked yet, never `has not sent`; the whole ceiling stands there."""
    cycle = not_asked()
    here = here_on(cycle)
    values = shown(cycle, here)
    words = {here.told("units", "not_asked")}
    assert {(line.mark.word, line.mark.tone, line.owes) for line in values["units"]} == {(*words, Tone.NOTHING, "")}
    assert {mark.word for unit in values["timeliness"].units for mark in unit.marks} == words
    assert values["timeliness"].complete == (here.words["none"],)
    name, value, below = values["figures"].sums[-1]
    ceiling = sum((line.budget_idr[2025] for line in here.office.budget if 2025 in line.budget_idr), start=Decimal(0))
    assert (name, value) == (here.told("figures", "absorbed"), here.told("figures", "not_yet"))
    assert here.phrases.rupiah(ceiling) in below
    page = unit_page(here, "capil", cycle.key)
    assert page is not None
    money: Any = page.values["money"]
    assert [row.spent for row in money] == [here.told("figures", "missing")] * 2


def test_a_unit_that_did_not_send_is_named_only_when_the_cycle_is_over() -> None:
    """Asked and in time it is waited for; closed without it, it did not send."""
    words = {}
    for at, cycle in {DUE - timedelta(days=1): requested(), LATE: replace(requested(), closed_at=LATE)}.items():
        here = here_on(cycle, at=at)
        words[at] = {mark.word for unit in shown(cycle, here)["timeliness"].units for mark in unit.marks}
    assert words == {
        DUE - timedelta(days=1): {here.told("timeliness", "waits")},
        LATE: {here.told("timeliness", "none")},
    }


def test_a_unit_that_owes_nothing_is_told_so_of_itself() -> None:
    """Though somebody else is waited for; and no command is named to whoever has no terminal."""
    posts = tuple(person for person in long_named_office().roster.people if person.unit == "capil")
    here = here_on(not_asked(), viewer=Viewer(posts=posts, language=Language.ENGLISH))
    assert shown(not_asked(), here)["nothing"] == here.told("now", "nothing_of_unit")
    for viewer in (Viewer(posts=posts, language=Language.ENGLISH), onlooker(Language.ENGLISH)):
        text = browser(board_of(not_asked()), viewer).get("/plan").text
        assert ("mailbot plan" in text) is viewer.sees_everything
        assert here.phrases.word("role", Role.DIVISION_HEAD.value) in text
        assert here.phrases.word("step", Step.COLLECT.value) in text


def test_what_a_form_consists_of_is_said() -> None:
    """Not so many rows, but how many indicators and sub kegiatan."""
    cycle = requested()
    owes = {line.key: line.owes for line in shown(cycle, here_on(cycle))["units"]}
    assert "indicators: " in owes["capil"]
    assert "sub kegiatan: " in owes["capil"]


def test_each_form_stands_as_what_became_of_it() -> None:
    """What went back and was mended wants nobody; a late one was not sent back, a second whole one waits for a word."""
    cycle = collecting()
    late = replace(submission("capil", 4, accepted=False), faults=())
    sent = (submission("capil", 1, accepted=False), submission("capil", 2), submission("capil", 3), late)
    form = replace(cycle.unit("capil"), state=UnitState.ACCEPTED, submissions=sent, counted=2)
    here = here_on(cycle.with_unit(form))
    page = unit_page(here, "capil", cycle.key)
    assert page is not None
    forms: Any = page.values["forms"]
    assert [(one.number, one.mark.word, one.mark.tone) for one in forms] == [
        (4, here.told("unit", "kept"), Tone.NOTHING),
        (3, here.told("unit", "rival"), Tone.WAITS),
        (2, here.told("unit", "counts"), Tone.GOOD),
        (1, here.told("unit", "returned"), Tone.NOTHING),
    ]
    alone = replace(form, state=UnitState.RETURNED, submissions=sent[:1], counted=0)
    page = unit_page(here_on(cycle.with_unit(alone)), "capil", cycle.key)
    assert page is not None
    forms = page.values["forms"]
    assert [one.mark.tone for one in forms] == [Tone.WAITS]


def test_every_row_has_its_clock() -> None:
    """What is done, the present one with its deadline and how late it is, what is to come."""
    cycle = collecting()
    track = shown(cycle, here_on(cycle))["track"]
    present = next(stop for stop in track if stop.present)
    assert (present.number, present.mark.tone, bool(present.late)) == ("3", Tone.LATE, True)
    assert present.allowed == "3 working day(s)"
    assert all(stop.mark.tone is Tone.NOTHING for stop in track[track.index(present) + 1 :])


def test_whole_things_are_counted_without_a_comma() -> None:
    """80 Kejadian, not 80,00, where all that is known is whole; a share, a mean and a half keep what is configured."""
    office = long_named_office()
    result = analyse(complete(), office).indicators[0]
    counted = replace(
        result.indicator, unit_of_measure="Orang", decimals=2, aggregation=Aggregation.SUM, numerator="", grades=()
    )
    whole = replace(
        result,
        indicator=counted,
        target=Decimal("80.00"),
        upper=None,
        actual=Decimal(82),
        last=Decimal(79),
        years=(),
        year=replace(result.year, quarters=(Decimal(20), None, None, None)),
    )
    others = (
        replace(counted, unit_of_measure="Persen"),
        replace(counted, aggregation=Aggregation.MEAN),
        replace(counted, numerator="hadir"),
    )
    results = (whole, replace(whole, last=Decimal("79.5")), *(replace(whole, indicator=one) for one in others))
    assert [without_idle_zeros(one).indicator.decimals for one in results] == [0, 2, 2, 2, 2]


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_quarter_is_drawn_beside_the_quarters_before_it(quarter: int) -> None:
    """As far as they are known: the first has none of its year, and no year is drawn."""
    cycles = [
        replace(complete(Step.REVIEW), key=f"tw{number}", period=Period(year=2026, quarter=number))
        for number in range(1, quarter + 1)
    ]
    groups = shown(cycles[-1], here_on(*cycles))["figures"].groups
    drawn = [figure.columns for _, group in groups for figure in group if figure.columns is not None]
    assert bool(drawn) is (quarter > 1)
    assert all([column.now for column in one.columns].count(True) == 1 for one in drawn)
    assert browser(board_of(*cycles)).get(f"/cycles/tw{quarter}").status_code == 200


def test_a_closed_cycle_needs_nobody() -> None:
    """All its rows are done, in one tone."""
    cycle = closed()
    values = shown(cycle, here_on(cycle))
    assert values["needs"] == ()
    assert values["accepted"] == sum(form.state is UnitState.ACCEPTED for form in cycle.units)


def test_each_deadline_has_its_own_line_and_what_went_back_stands_apart() -> None:
    """One unit was given more time: the others' date is not said of it; nor does a returned form drown among them."""
    cycle = requested()
    later = DUE + timedelta(days=3)
    moved = cycle.with_unit(UnitForm(unit="piak", due_at=later, first_due_at=DUE))
    back = next(form for form in collecting().units if form.state is UnitState.RETURNED)
    moved = moved.with_unit(replace(back, due_at=DUE))
    here = here_on(moved, at=DUE - timedelta(days=1))
    needs = shown(moved, here)["needs"]
    assert [here.phrases.moment(due) in need.when for need, due in zip(needs, (DUE, DUE, later), strict=True)] == [
        True
    ] * 3
    assert needs[0].link == f"/units/{back.unit}/2025"
    assert needs[0].do.startswith(here.told("now", "do_returned"))
    assert needs[2].what == here.office.roster.unit("piak").name


def test_lines_that_want_more_do_not_ask_for_the_word_alone() -> None:
    """What still has to be filled in is named before BENAR is."""
    read = submission("capil")
    rows = tuple(replace(row, actual=Entry()) for row in read.data.indicators)
    wanting = replace(read, data=replace(read.data, indicators=rows))
    for sent, codes in ((read, ()), (wanting, tuple(row.code for row in rows))):
        lines = WaitingLines(read=sent, mail_sha256="a" * 64)
        cycle = requested().with_unit(UnitForm(unit="capil", due_at=DUE, first_due_at=DUE, waiting=lines))
        owes = {line.key: line.owes for line in shown(cycle, here_on(cycle))["units"]}["capil"]
        assert [code in owes for code in codes] == [True] * len(codes)
        assert "BENAR" in owes
