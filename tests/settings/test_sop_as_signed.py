"""`config/sop.yaml` against the table as it was signed (`sop-as-signed.txt` beside this file)."""

from __future__ import annotations

import re

from mailbot.core.model.sop import DoneWhen, Step
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from tests.settings.folders import HERE

NUMBER, ACTIVITY, TIME = 0, 1, 9


def signed_rows() -> list[tuple[str, str, str]]:
    """Return printed number, activity and time of every row of the signed table, in its order."""
    rows = []
    for line in (HERE / "sop-as-signed.txt").read_text(encoding="utf-8").splitlines():
        cells = [
            re.sub(r"\s+", " ", re.sub(r"</?p>", " ", cell)).strip() for cell in line.strip().strip("|").split("|")
        ]
        if cells[NUMBER].isdigit():
            rows.append((cells[NUMBER], cells[ACTIVITY], cells[TIME]))
    return rows


def test_the_signed_table_has_nine_rows_and_two_sixes() -> None:
    """What the fixture holds is the document."""
    assert [number for number, _, _ in signed_rows()] == ["1", "2", "3", "4", "5", "6", "6", "7", "8"]


def test_the_file_says_what_the_table_says() -> None:
    """Number, activity and time of each row, word for word; the second 6 is 6b."""
    rows = load(sample_folder(), {}).office().sop.rows
    ours = [
        (row.sop.removesuffix("b"), row.title, f"{row.days} hari" if row.days else f"{row.hours} jam") for row in rows
    ]
    assert ours == signed_rows()
    assert [row.sop for row in rows] == ["1", "2", "3", "4", "5", "6", "6b", "7", "8"]


def test_each_row_ends_and_leads_back_as_the_table_draws_it() -> None:
    """The loops of rows 4 and 6b, the refusal of row 7, and what ends each row."""
    rows = load(sample_folder(), {}).office().sop.rows
    assert [(row.step, row.done_when, row.back) for row in rows] == [
        (Step.INFORM, DoneWhen.UNOPPOSED, None),
        (Step.REQUEST, DoneWhen.ALL_SENT, None),
        (Step.COLLECT, DoneWhen.ALL_RECEIVED, None),
        (Step.CHECK, DoneWhen.ALL_ACCEPTED, Step.COLLECT),
        (Step.ANALYSE, DoneWhen.AT_ONCE, None),
        (Step.DRAFT, DoneWhen.APPROVED, None),
        (Step.REVIEW, DoneWhen.APPROVED, Step.DRAFT),
        (Step.RATIFY, DoneWhen.APPROVED, Step.DRAFT),
        (Step.SUBMIT, DoneWhen.ACKNOWLEDGED, None),
    ]
