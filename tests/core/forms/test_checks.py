"""The checks of a form, each for what it finds, where, how grave it is, and when it keeps silent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.core.forms.checks import QUESTIONS, check
from mailbot.core.forms.finding import graded
from mailbot.core.forms.judging import Filled
from mailbot.core.language.saying import EmptyWords
from mailbot.core.model.form import Entry, Fault, FaultCode, FormData, IndicatorAnswer, Narrative, Severity
from mailbot.core.model.form_layout import HEADERS
from mailbot.core.model.indicators import Indicator, Period, Polarity
from mailbot.core.model.office import Office
from tests.core.small_forms import ANNUAL, BLANK, NIL, money, number, row, whole, words
from tests.offices.small import OFFICE

FIRST = Period(year=2026, quarter=1)
EXPLAINED = {"obstacles": words("Blangko habis", "M7"), "follow_up": words("Dipesan", "N7")}
Found = list[tuple[str, str, str]]
Targets = dict[int, tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]]
SAYS_NOTHING = (
    *(
        "-",
        "--",
        "–",
        ".",
        "......",
        "_",
        "n/a",
        "N/A",
        "x",
        "xxx",
        "aaaa",
        "0",
        "100",
        "ya",
        "tidak",
        "Tidak ada",
        "tdk ada",
    ),
    *(
        "tidak ada.",
        "TIDAK ADA KENDALA",
        "Tidak ada kendala yang berarti",
        "ada",
        "Ada.",
        "Sudah ada",
        "belum ada",
        "idem",
    ),
    *(
        "Idem",
        "sda",
        "s.d.a.",
        "sama dengan tahun lalu",
        "Sama seperti tahun sebelumnya",
        "NIHIL",
        "(nihil)",
        "nil",
        "kosong",
    ),
    *(
        "none",
        "null",
        "Sesuai target",
        "lihat di atas",
        "seperti tersebut di atas",
        "Faktor penghambat: -",
        "dst.",
        "oke",
    ),
    *(
        "Sudah ada tindak lanjut",
        "belum ada data dukung",
        "test",
        "\u00a0-\u00a0",
        "\uff4e\uff49\uff48\uff49\uff4c",
        "semua berjalan lancar",
    ),
)
"""Kept before the first change of code: what is no cause, no follow-up and no evidence."""
SAYS_SOMETHING = (
    *(
        "Blangko",
        "SDM",
        "Banjir.",
        "Sinyal di pulau",
        "Tidak ada blangko",
        "idem: blangko kosong",
        "Belum ada jaringan",
    ),
    *(
        "Rekap.pdf",
        "rekap DKB semester II",
        "Jemput bola ke sekolah",
        "Regulasi baru belum terbit",
        "Koordinasi",
        "\uff2b\uff34\uff30",
    ),
)
"""What tells something, if little."""


def filled(
    data: FormData,
    unit: str = "DAFDUK",
    period: Period = ANNUAL,
    *,
    office: Office = OFFICE,
    last: dict[str, Decimal] | None = None,
    attached: tuple[str, ...] = (),
) -> Filled:
    """Lay a form beside what it is checked against."""
    return Filled(data=data, unit=unit, period=period, office=office, last=last or {}, attached=attached)


def found(form: Filled) -> Found:
    """Return code, row and severity of every finding."""
    return [(fault.code.value, fault.row, fault.severity.value) for fault in check(form)]


def with_row(unit: str, answer: IndicatorAnswer, period: Period = ANNUAL) -> FormData:
    """Return a unit's form with one row in another's place."""
    standing = whole(unit, period)
    rows = tuple(answer if indicator.code == answer.code else indicator for indicator in standing.indicators)
    return replace(standing, indicators=rows)


def capil(**cells: Entry) -> Found:
    """Check CAPIL's one indicator (lower is better, target 3, last year 3,10) with these cells."""
    return found(filled(with_row("CAPIL", row("IKK-10", "2.7", **cells)), "CAPIL"))


@pytest.mark.parametrize("unit", ["SEKRETARIAT", "DAFDUK", "CAPIL"])
def test_a_form_in_order_has_no_finding(unit: str) -> None:
    """The sample's own values."""
    assert found(filled(whole(unit), unit)) == []


def test_the_questions_are_asked_in_this_order() -> None:
    """What is missing first, what only informs last."""
    assert [question.__name__ for question in QUESTIONS] == [
        *("missing_rows", "required", "ranges", "ratios", "totals", "explanations", "budget_ceiling"),
        *("evidence", "whole_numbers", "falls", "quarters_in_a_year", "jumps", "sameness", "copied_words"),
        *("absorption", "sources", "personal_data", "personal_evidence"),
    ]


def test_a_finding_names_sheet_cell_row_column_and_what_stood_there() -> None:
    """So that the sender finds it at once."""
    (fault,) = check(
        filled(with_row("CAPIL", row("IKK-10", "2.7", evidence=Entry(sheet="Indikator", cell="P7"))), "CAPIL")
    )
    assert fault == Fault(
        code=FaultCode.EVIDENCE_MISSING, sheet="Indikator", cell="P7", row="IKK-10", column=HEADERS["evidence"]
    )


def test_every_row_asked_must_be_there() -> None:
    """Indicators and budget lines, by their names."""
    faults = check(filled(FormData(), "CAPIL"))
    assert [(fault.code, fault.row, fault.expected) for fault in faults] == [
        (FaultCode.ROW_MISSING, "IKK-10", "Nama IKK-10"),
        (FaultCode.ROW_MISSING, "2.12.03.2.01.0001", "Penerbitan"),
    ]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("actual", "required_empty"),
        ("enabling_factors", "required_empty"),
        ("data_source", "required_empty"),
        ("evidence", "evidence_missing"),
    ],
)
def test_what_is_required_must_be_filled_in(field: str, code: str) -> None:
    """Blank is not zero."""
    assert capil(**{field: BLANK}) == [(code, "IKK-10", "fault")]


def test_blank_spending_must_be_filled_in() -> None:
    """Zero and NIHIL are answers."""
    line = "2.12.03.2.01.0001"
    assert found(filled(replace(whole("CAPIL"), budget=(money(line),)), "CAPIL")) == [("required_empty", line, "fault")]
    nothing = replace(whole("CAPIL"), budget=(money(line, spent_idr=NIL),))
    assert [code for code, *_ in found(filled(nothing, "CAPIL"))] == ["absorption_against_achievement"]


def test_nihil_needs_no_evidence_and_one_written_reason() -> None:
    """Of a count with a target, nothing done is under the target; where less is better nothing is said about it."""
    bare = IndicatorAnswer(code="IKK-12", actual=NIL)
    assert found(filled(with_row("DAFDUK", bare))) == [
        ("obstacles_required", "IKK-12", "fault"),
        ("absorption_against_achievement", "2.12.02.2.01.0005", "note"),
    ]
    reason = words("Tidak ada anggaran")
    for told in (replace(bare, obstacles=reason), replace(bare, follow_up=reason), replace(bare, remark=reason)):
        assert [code for code, *_ in found(filled(with_row("DAFDUK", told)))] == ["absorption_against_achievement"]
    assert found(filled(with_row("CAPIL", IndicatorAnswer(code="IKK-10", actual=NIL)), "CAPIL")) == []


@pytest.mark.parametrize(
    ("minimum", "maximum", "value", "expected"),
    [
        (None, None, "-1", ("negative", "")),
        (Decimal(0), None, "-1", ("negative", "")),
        (Decimal(-5), None, "-1", None),
        (Decimal(-5), Decimal(9), "-6", ("out_of_range", "-5|9")),
        (None, Decimal(100), "100.5", ("out_of_range", "|100")),
        (Decimal(10), None, "9", ("out_of_range", "10|")),
        (None, Decimal(100), "100", None),
    ],
)
def test_a_value_lies_where_it_can_lie(
    minimum: Decimal | None, maximum: Decimal | None, value: str, expected: tuple[str, str] | None
) -> None:
    """Not below zero unless the indicator can, and inside its own range; said once, without a further warning."""
    indicator = replace(OFFICE.indicator("IKU-01"), minimum=minimum, maximum=maximum)
    office = _with_indicator(indicator)
    form = filled(
        with_row("SEKRETARIAT", row("IKU-01", value, **EXPLAINED, remark=words("ya"))), "SEKRETARIAT", office=office
    )
    faults = [(fault.code.value, fault.expected) for fault in check(form) if fault.severity is Severity.FAULT]
    assert faults == ([] if expected is None else [expected])
    assert not any(fault.code is FaultCode.JUMP for fault in check(form)) or expected is None


def _with_indicator(indicator: Indicator) -> Office:
    """Return the small office with one indicator changed."""
    rows = tuple(indicator if asked.code == indicator.code else asked for asked in OFFICE.indicators)
    return replace(OFFICE, indicators=rows)


def test_spending_is_not_negative_and_not_over_its_ceiling() -> None:
    """With the ceiling told."""
    line = "2.12.03.2.01.0001"
    below = check(filled(replace(whole("CAPIL"), budget=(money(line, "-5"),)), "CAPIL"))
    assert [fault.code for fault in below if fault.severity is Severity.FAULT] == [FaultCode.NEGATIVE]
    zero = check(filled(replace(whole("CAPIL"), budget=(money(line, "0"),)), "CAPIL"))
    assert [fault.severity for fault in zero] == [Severity.NOTE]
    over = check(filled(replace(whole("CAPIL"), budget=(money(line, "210000001"),)), "CAPIL"))
    assert [(fault.code, fault.expected, fault.given) for fault in over] == [
        (FaultCode.SPENT_OVER_BUDGET, "210000000", "210000001")
    ]
    assert found(filled(replace(whole("CAPIL"), budget=(money(line, "210000000"),)), "CAPIL")) == []


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (number("9945"), number("10000"), None),
        (number("9941"), number("10000"), None),
        (number("9800"), number("10000"), ("ratio_mismatch", "98.00")),
        (number("9945"), number("0"), ("denominator_zero", "")),
        (number("9945"), number("-3"), ("denominator_zero", "")),
        (number("9945"), BLANK, None),
        (BLANK, number("10000"), None),
    ],
)
def test_a_ratio_agrees_with_what_is_divided(
    numerator: Entry, denominator: Entry, expected: tuple[str, str] | None
) -> None:
    """Percent is times a hundred; 0,05 off is near enough; one side alone proves nothing."""
    form = filled(with_row("DAFDUK", row("IKU-02", "99.45", numerator=numerator, denominator=denominator)))
    assert [(fault.code.value, fault.expected) for fault in check(form)] == ([] if expected is None else [expected])


def test_a_plain_ratio_is_not_times_a_hundred() -> None:
    """An index of two numbers."""
    answer = row("IKU-01", "88.94", numerator=number("177.88"), denominator=number("2"))
    assert found(filled(with_row("SEKRETARIAT", answer), "SEKRETARIAT")) == []


def test_under_the_target_the_obstacle_and_the_follow_up_are_asked() -> None:
    """With the achievement told; at the target nothing is asked."""
    faults = check(filled(with_row("DAFDUK", row("IKU-02", "98.12"))))
    assert [(fault.code.value, fault.expected) for fault in faults] == [
        ("obstacles_required", "98.71"),
        ("follow_up_required", "98.71"),
    ]
    assert found(filled(with_row("DAFDUK", row("IKU-02", "98.12", **EXPLAINED)))) == []
    assert found(filled(with_row("DAFDUK", row("IKU-02", "99.40")))) == []


def under(**cells: Entry) -> list[tuple[str, str, str]]:
    """Check a share at 98,71 % of its target, explained but for these cells; tell code, column and what stood there."""
    data = with_row("DAFDUK", row("IKU-02", "98.12", **(EXPLAINED | cells)))
    return [(fault.code.value, fault.column, fault.given) for fault in check(filled(data))]


@pytest.mark.parametrize("said", SAYS_NOTHING)
def test_under_the_target_what_says_nothing_counts_as_blank(said: str) -> None:
    """As cause, as follow-up and as evidence; all of it is found at once."""
    nothing = words(said)
    assert under(obstacles=nothing, follow_up=nothing, evidence=nothing) == [
        ("evidence_missing", HEADERS["evidence"], said),
        ("obstacles_required", HEADERS["obstacles"], said),
        ("follow_up_required", HEADERS["follow_up"], said),
    ]


@pytest.mark.parametrize("said", SAYS_SOMETHING)
def test_under_the_target_a_word_that_tells_is_enough(said: str) -> None:
    """However short."""
    assert under(obstacles=words(said), follow_up=words(said), evidence=words(said)) == []


@pytest.mark.parametrize(
    ("said", "attached", "named"),
    [
        *(("SK 12/2025", (), True), ("ada 1", (), False), ("12", (), False), ("https://esakip.example/9", (), True)),
        *(("terlampir", (), False), ("terlampir", ("a.pdf",), True), ("Lihat lampiran", ("a.pdf",), True)),
        *(("ada", ("a.pdf",), False), ("-", ("a.pdf",), False)),
    ],
)
def test_evidence_is_named_or_came_along(said: str, attached: tuple[str, ...], named: bool) -> None:  # noqa: FBT001 - a column of the table
    """A number beside letters is a name; "terlampir" is one where a file came."""
    data = with_row("DAFDUK", row("IKU-02", "98.12", **EXPLAINED, evidence=words(said)))
    assert found(filled(data, attached=attached)) == ([] if named else [("evidence_missing", "IKU-02", "fault")])


def test_at_the_target_a_dash_is_no_fault() -> None:
    """Nothing needs to be explained there."""
    dash = words("-")
    data = with_row("DAFDUK", row("IKU-02", "99.40", obstacles=dash, follow_up=dash, evidence=words("ada")))
    assert found(filled(data)) == []


def test_a_reason_that_says_nothing_lets_nothing_pass() -> None:
    """Neither a leap, nor a value far over its target, nor NIHIL."""
    dash = words("-")
    assert capil(actual=number("1"), remark=dash) == [("jump", "IKK-10", "warning")]
    assert capil(actual=number("1"), enabling_factors=dash, remark=words("idem")) == [
        ("explanation_over_target", "IKK-10", "fault"),
        ("jump", "IKK-10", "warning"),
    ]
    nil = IndicatorAnswer(code="IKK-12", actual=NIL, obstacles=dash, follow_up=dash, remark=dash)
    assert [code for code, *_ in found(filled(with_row("DAFDUK", nil)))] == [
        "obstacles_required",
        "absorption_against_achievement",
    ]


def test_the_office_says_which_words_are_empty() -> None:
    """`empty_words` in its `words.yaml`."""
    office = replace(OFFICE, empty_words=EmptyWords(silent=frozenset({"antrean"})))
    data = with_row("DAFDUK", row("IKU-02", "98.12", obstacles=words("Antrean"), follow_up=words("idem")))
    assert found(filled(data, office=office)) == [("obstacles_required", "IKU-02", "fault")]


def test_a_target_of_zero_is_missed_by_anything_above_it() -> None:
    """Lower is better: no percent can be told, so the value is; where more is better a target of 0 promises nothing."""
    none: Targets = dict.fromkeys((2025, 2026), (Decimal(0),) * 4)
    office = _with_indicator(replace(OFFICE.indicator("IKK-10"), targets=none))
    faults = check(filled(with_row("CAPIL", row("IKK-10", "2.7")), "CAPIL", office=office))
    assert [(fault.code.value, fault.column, fault.expected) for fault in faults] == [
        ("zero_missed", HEADERS["obstacles"], "2.7"),
        ("zero_missed", HEADERS["follow_up"], "2.7"),
    ]
    for answer in (row("IKK-10", "2.7", **EXPLAINED), row("IKK-10", "0")):
        assert not any(fault.code is FaultCode.ZERO_MISSED for fault in check(_of_capil(answer, office)))
    more = _with_indicator(replace(OFFICE.indicator("IKK-10"), targets=none, polarity=Polarity.UP))
    assert not any(fault.severity is Severity.FAULT for fault in check(_of_capil(row("IKK-10", "2.7"), more)))


def _of_capil(answer: IndicatorAnswer, office: Office) -> Filled:
    """Return CAPIL's form with that row."""
    return filled(with_row("CAPIL", answer), "CAPIL", office=office)


def test_far_over_the_target_one_explanation_is_asked_and_once() -> None:
    """166,67 % of a target of 3 days: faktor pendukung or keterangan will do."""
    over = {"actual": number("1"), "remark": words("Loket baru")}
    assert capil(actual=number("1"), enabling_factors=BLANK) == [
        ("explanation_over_target", "IKK-10", "fault"),
        ("jump", "IKK-10", "warning"),
    ]
    assert capil(**over, enabling_factors=BLANK) == [("jump", "IKK-10", "note")]
    assert capil(actual=number("1")) == [("jump", "IKK-10", "warning")]


def test_evidence_named_must_be_attached_where_the_office_wants_it() -> None:
    """Any attachment will do; a link needs none; by default none is needed."""
    office = replace(OFFICE, policy=replace(OFFICE.policy, evidence_attached=True))
    form = filled(whole("CAPIL"), "CAPIL", office=office)
    assert found(form) == [("evidence_not_attached", "IKK-10", "fault")]
    assert found(replace(form, attached=("Rekap.pdf",))) == []
    link = with_row("CAPIL", row("IKK-10", "2.7", evidence=words("https://esakip.example/rekap")))
    assert found(filled(link, "CAPIL", office=office)) == []
    none = with_row("CAPIL", row("IKK-10", "2.7", evidence=BLANK))
    assert found(filled(none, "CAPIL", office=office)) == [("evidence_missing", "IKK-10", "fault")]


def dafduk_quarter(code: str, value: str, last: str = "", **cells: Entry) -> Found:
    """Check one row of DAFDUK's first quarter of 2026 against a last value."""
    form = with_row("DAFDUK", row(code, value, **EXPLAINED, **cells), FIRST)
    return found(filled(form, period=FIRST, last={code: Decimal(last)} if last else {}))


def test_a_value_that_runs_on_does_not_fall_within_the_year() -> None:
    """A share of owners; a reason lets it pass; a count or a year may fall."""
    assert dafduk_quarter("IKU-02", "99.10", "99.15") == [("level_fell", "IKU-02", "warning")]
    assert dafduk_quarter("IKU-02", "99.10", "99.15", remark=words("Pemutakhiran DKB")) == [
        ("level_fell", "IKU-02", "note")
    ]
    assert dafduk_quarter("IKU-02", "99.15", "99.15") == [("same_as_last_quarter", "IKU-02", "note")]
    assert dafduk_quarter("IKU-02", "99.10") == []
    assert dafduk_quarter("IKK-12", "9", "10") == []
    slower = with_row("CAPIL", row("IKK-10", "2.9"), FIRST)
    assert found(filled(slower, "CAPIL", FIRST, last={"IKK-10": Decimal(3)})) == []


def test_a_value_does_not_leap_beyond_its_own_history() -> None:
    """Half as much again at most, or twice what was promised; its own limit goes before the office's."""
    assert capil(actual=number("1.5"), enabling_factors=words("Loket baru")) == [("jump", "IKK-10", "warning")]
    assert capil(actual=number("1.6")) == []
    wide = _with_indicator(replace(OFFICE.indicator("IKK-10"), jump_limit_pct=Decimal(60)))
    form = with_row("CAPIL", row("IKK-10", "1.5"))
    assert found(filled(form, "CAPIL", office=wide)) == []
    promised = _with_indicator(replace(OFFICE.indicator("IKK-10"), targets={2025: (Decimal("1.5"),) * 4}))
    assert found(filled(form, "CAPIL", office=promised)) == []


def test_an_indicator_s_own_thresholds_go_before_the_office_s() -> None:
    """When to explain, how far from its ratio: in `indicators.yaml` for one, in `office.yaml` for all others."""
    under = with_row("CAPIL", row("IKK-10", "3.2"))
    assert [code for code, *_ in found(filled(under, "CAPIL"))] == ["obstacles_required", "follow_up_required"]
    mild = _with_indicator(replace(OFFICE.indicator("IKK-10"), explain_below_pct=Decimal(90)))
    assert found(filled(under, "CAPIL", office=mild)) == []
    over = with_row("CAPIL", row("IKK-10", "2.7", enabling_factors=words("")))
    assert [code for code, *_ in found(filled(over, "CAPIL"))] == ["required_empty"]
    strict = _with_indicator(replace(OFFICE.indicator("IKK-10"), explain_above_pct=Decimal(105)))
    assert [code for code, *_ in found(filled(over, "CAPIL", office=strict))] == ["explanation_over_target"]
    parts = {"numerator": number("994"), "denominator": number("1000")}
    ratio = with_row("DAFDUK", row("IKU-02", "99.45", **parts))
    assert [code for code, *_ in found(filled(ratio))] == []
    exact = _with_indicator(replace(OFFICE.indicator("IKU-02"), ratio_tolerance=Decimal(0)))
    assert [code for code, *_ in found(filled(ratio, office=exact))] == ["ratio_mismatch"]


def test_how_far_absorption_and_achievement_may_lie_apart_is_the_office_s_to_say() -> None:
    """Over the pagu nothing is said of absorption: that fault is told already."""
    form = replace(whole("CAPIL"), budget=(money("2.12.03.2.01.0001", "150000000"),))
    assert [code for code, *_ in found(filled(form, "CAPIL"))] == ["absorption_against_achievement"]
    patient = replace(OFFICE, policy=replace(OFFICE.policy, absorption_gap_points=Decimal(60)))
    assert found(filled(form, "CAPIL", office=patient)) == []
    over = replace(whole("CAPIL"), budget=(money("2.12.03.2.01.0001", "2031180000"),))
    assert [code for code, *_ in found(filled(over, "CAPIL"))] == ["spent_over_budget"]


def test_a_quarter_s_count_is_not_compared_with_last_year_s_total() -> None:
    """11 after a year of 44 is no leap; 30 after a quarter of 10 is; a level compares with last year's level."""
    assert dafduk_quarter("IKK-12", "11") == []
    assert dafduk_quarter("IKK-12", "30", "10") == [("jump", "IKK-12", "warning")]
    level = with_row("CAPIL", row("IKK-10", "1.5"), FIRST)
    assert [code for code, *_ in found(filled(level, "CAPIL", FIRST))] == ["jump"]


def test_nothing_is_a_leap_from_nothing() -> None:
    """Last year 0, or unknown."""
    for history in ({2024: Decimal(0)}, {}):
        office = _with_indicator(replace(OFFICE.indicator("IKK-10"), history=history))
        assert found(filled(with_row("CAPIL", row("IKK-10", "1.5")), "CAPIL", office=office)) == []


def test_a_year_s_value_equal_to_the_year_before_is_noted() -> None:
    """Unless it is the target itself, which may be reached twice; a quarter is not compared at all."""
    same = with_row("DAFDUK", row("IKU-02", "99.12", **EXPLAINED))
    assert found(filled(same)) == [("same_as_last_year", "IKU-02", "note")]
    target = _with_indicator(replace(OFFICE.indicator("IKU-02"), history={2024: Decimal("99.40")}))
    assert found(filled(with_row("DAFDUK", row("IKU-02", "99.40")), office=target)) == []
    quarterly = with_row("DAFDUK", row("IKU-02", "99.12"), FIRST)
    assert found(filled(quarterly, period=FIRST)) == []


def test_a_whole_form_equal_to_last_year_s_is_asked_about_once() -> None:
    """Last year's file sent again; a reason in that row lets it pass; one indicator alone is no whole form."""
    rows = (row("IKU-02", "99.12", **EXPLAINED), row("IKK-12", "44", **EXPLAINED))
    copied = replace(whole("DAFDUK"), indicators=rows)
    assert found(filled(copied)) == [("all_same_as_last_year", "IKU-02", "warning")]
    told = replace(copied, indicators=(replace(rows[0], remark=words("Belum ada DKB baru")), rows[1]))
    assert found(filled(told)) == [("all_same_as_last_year", "IKU-02", "note")]
    alone = with_row("CAPIL", row("IKK-10", "3.10", **EXPLAINED))
    assert found(filled(alone, "CAPIL")) == [("same_as_last_year", "IKK-10", "note")]


def test_a_whole_form_at_its_targets_as_last_year_is_no_copy() -> None:
    """100 % again and again."""
    office = replace(
        OFFICE,
        indicators=tuple(
            replace(indicator, history={2024: indicator.target(ANNUAL) or Decimal(0)})
            for indicator in OFFICE.indicators
        ),
    )
    rows = (row("IKU-02", "99.40"), row("IKK-12", "48"))
    assert found(filled(replace(whole("DAFDUK"), indicators=rows), office=office)) == []


def test_money_and_achievement_far_apart_are_noted_for_a_year() -> None:
    """More than 25 points; not for a quarter, and not while a figure is missing."""
    line = "2.12.03.2.01.0001"
    little = replace(whole("CAPIL"), budget=(money(line, "150000000"),))
    (fault,) = check(filled(little, "CAPIL"))
    assert (fault.code, fault.severity, fault.expected, fault.other) == (
        FaultCode.ABSORPTION_AGAINST_ACHIEVEMENT,
        Severity.NOTE,
        "100.00",
        "71.43",
    )
    assert found(filled(replace(whole("CAPIL"), budget=(money(line, "160000000"),)), "CAPIL")) == []
    quarter = replace(whole("DAFDUK", FIRST), budget=(money("2.12.02.2.01.0005", "5"),))
    assert found(filled(quarter, period=FIRST)) == []


def test_a_unit_without_money_is_not_compared() -> None:
    """There is nothing to absorb."""
    office = replace(OFFICE, budget=())
    assert found(filled(replace(whole("CAPIL"), budget=()), "CAPIL", office=office)) == []


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("NIK 3574011234567890", True),
        ("a.n. Fulan 3574 0112 3456 7890", True),
        ("3574.0112.3456-7890", True),
        ("NIP 20850731 211003 1 004", False),
        ("208507312110031004", False),
        ("Rp309.725.000 dari 325.000.000", False),
        ("1.250 pemohon", False),
    ],
)
def test_a_nik_is_held_and_not_repeated(text: str, held: bool) -> None:  # noqa: FBT001 - a column of the table
    """Sixteen digits however they are grouped; a NIP has eighteen."""
    faults = check(filled(with_row("CAPIL", row("IKK-10", "2.7", evidence=words(text, "P7"))), "CAPIL"))
    assert [(fault.code, fault.cell, fault.given) for fault in faults] == (
        [(FaultCode.PERSONAL_DATA, "P7", "")] if held else []
    )


def test_a_nik_is_found_in_notes_and_in_the_narrative_too() -> None:
    """Wherever people write."""
    nik = words("3574011234567890", "C6", "Narasi")
    line = money("2.12.03.2.01.0001", "203118000", note=nik)
    form = replace(whole("CAPIL"), budget=(line,), narrative=Narrative(innovation=nik))
    assert [(fault.row, fault.column) for fault in check(filled(form, "CAPIL"))] == [
        ("2.12.03.2.01.0001", "Keterangan"),
        ("NAR-02", "Isian"),
    ]


def test_the_office_says_how_grave_a_finding_is() -> None:
    """What was explained stays a note; what is not named keeps its usual weight."""
    own = {FaultCode.JUMP: Severity.FAULT, FaultCode.EVIDENCE_MISSING: Severity.WARNING}
    jump = Fault(code=FaultCode.JUMP, severity=Severity.WARNING)
    assert graded(jump, own).severity is Severity.FAULT
    assert graded(Fault(code=FaultCode.EVIDENCE_MISSING), own).severity is Severity.WARNING
    assert graded(Fault(code=FaultCode.NEGATIVE), own).severity is Severity.FAULT
    explained = Fault(code=FaultCode.LEVEL_FELL, severity=Severity.NOTE)
    assert graded(explained, {FaultCode.LEVEL_FELL: Severity.WARNING}) is explained
