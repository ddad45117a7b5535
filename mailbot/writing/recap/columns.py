"""Which columns each sheet of the recap has, and how wide they are: so wide that nothing prints under eight points."""

from __future__ import annotations

from mailbot.writing.recap.quarter_form import E81_COLUMNS

COLUMNS: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "performance": "number code indicator satuan polarity target actual achievement rating last change plan_end "
        "plan_end_pct national unit",
        "objective": "number indicator satuan target actual achievement rating year_3 year_2 year_1 unit",
        "narrative": "number code indicator enabling obstacles follow_up data_source evidence remark",
        "budget": "number code program unit budget spent absorption remark",
        "units": "number unit state submissions accepted_at achievement absorption efficiency",
        "sop_times": "number sop_title rounds sop_time own_time days hours late",
        "unit_times": "number unit asked_at first_due due first_came accepted_at returns late with_unit with_us",
        "faults": "number code fault count by_unit",
        "e81": E81_COLUMNS,
        "questions": "number question unit said who",
        "mirror": "code criterion weight score lacks",
        "origin": "number code actual unit sender file sheet cell sha",
    }.items()
}
"""Sheet -> its columns, in order."""
_WIDTHS: dict[str, float] = {
    "number": 5,
    "code": 9,
    "indicator": 32,
    "program": 48,
    "satuan": 10,
    "polarity": 8,
    "target": 10,
    "actual": 10,
    "achievement": 10,
    "rating": 12,
    "last": 10,
    "change": 10,
    "plan_end": 10,
    "plan_end_pct": 10,
    "national": 9,
    "unit": 22,
    "enabling": 25,
    "obstacles": 25,
    "follow_up": 25,
    "data_source": 15,
    "evidence": 16,
    "budget": 17,
    "spent": 17,
    "remark": 17,
    "state": 26,
    "accepted_at": 16,
    "efficiency": 24,
    "sop_title": 60,
    "rounds": 9,
    "sop_time": 16,
    "own_time": 14,
    "days": 12,
    "hours": 13,
    "late": 21,
    "asked_at": 13,
    "first_due": 13,
    "due": 13,
    "first_came": 13,
    "returns": 13.5,
    "with_unit": 11,
    "with_us": 11,
    "fault": 50,
    "count": 9,
    "by_unit": 56,
    "sender": 28,
    "file": 30,
    "sha": 17,
    "e81_name": 32,
    "question": 64,
    "said": 38,
    "who": 34,
    "criterion": 52,
    "lacks": 78,
}
"""Width of a column in characters; 12 where nothing is said."""
_OWN: dict[tuple[str, str], float] = {
    ("budget", "code"): 18,
    ("faults", "code"): 28,
    ("e81", "code"): 18,
    ("e81", "unit"): 48,
    ("origin", "code"): 18,
    ("origin", "actual"): 17,
    ("objective", "indicator"): 39.5,
    ("objective", "satuan"): 11,
    ("objective", "rating"): 16,
    ("objective", "unit"): 22,
    ("units", "unit"): 40,
    ("unit_times", "unit"): 30,
    ("unit_times", "accepted_at"): 13,
    ("unit_times", "late"): 18,
    ("narrative", "indicator"): 24,
    ("performance", "number"): 4,
    ("performance", "code"): 8,
    ("performance", "indicator"): 26,
    ("performance", "satuan"): 10.5,
    ("performance", "polarity"): 8.5,
    ("performance", "target"): 9,
    ("performance", "actual"): 9,
    ("performance", "achievement"): 9,
    ("performance", "rating"): 11,
    ("performance", "last"): 9,
    ("performance", "plan_end"): 9,
    ("performance", "plan_end_pct"): 10,
    ("performance", "national"): 8,
    ("performance", "unit"): 16,
}
_OTHER = 12.0
_QUANTITY, _MONEY = 10.0, 16.0


def width_of(sheet: str, column: str) -> float:
    """Return the width of a sheet's column in characters."""
    if column.startswith("e81_") and column != "e81_name":
        return _MONEY if column.endswith("rp") else _QUANTITY
    return _OWN.get((sheet, column), _WIDTHS.get(column, _OTHER))
