"""Forms written, read and marked, each against plain openpyxl doing the same work, with the limit beside it.

The limit is what no way can do without: unpacking the parts that must be read, packing those that must be written.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from functools import partial

from bench import plain_forms
from bench.side_by_side import Way, measure, table
from mailbot.core.forms.checks import check
from mailbot.core.forms.judging import Filled
from mailbot.core.model.form import Fault, ReadForm
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.read_form import read_form, read_workbook
from mailbot.writing.form.form import form_book, write_form
from mailbot.writing.form.sheet_frame import Paper
from mailbot.writing.returned_form.mark import FreshForm, filled_cells, mark_form
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.writing.form.paper import UNIT, asked_of, good_form, words
from tests.writing.form.test_returned_form import FAULTY, edited

_NEEDED = ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml")
_SHEETS = tuple(f"xl/worksheets/sheet{number}.xml" for number in (2, 3, 4, 5))


def main() -> None:
    """Print three tables."""
    print("CPU time of this process alone, ratios within a round: another program's work hardly changes them")
    print(table("Form written (5 indicators, 3 budget lines)", measure(written())))
    faulty = edited(good_form(), *FAULTY)
    print(table("Form read, as openpyxl saved it", measure(read(faulty))))
    print(table("Form marked (5 findings)", measure(marked(faulty))))


def written() -> tuple[Way, ...]:
    """Return the ways of writing a form."""
    book = form_book(Paper(office=office(), asked=asked_of(), words=words()), SECRET)
    ours = write_form(office(), asked_of(), words(), SECRET)
    return (
        Way(name="openpyxl, from the same values", work=partial(plain_forms.write, book), times=2),
        Way(name="mailbot", work=partial(write_form, office(), asked_of(), words(), SECRET), times=10),
        Way(name="limit: packing the same parts", work=partial(_pack, _members(ours)), times=20),
    )


def read(content: bytes) -> tuple[Way, ...]:
    """Return the ways of reading a form; both must come to the same."""
    plainly = partial(_read_plainly, content)
    ours = partial(read_form, content, "form.xlsx", known_rows(office()), SECRET)
    assert plainly() == ours()
    values_only = partial(_read_plainly, content, formulas=False)
    return (
        Way(name="openpyxl (values and formulas), same reading", work=plainly, times=2),
        Way(name="openpyxl, values alone (names less)", work=values_only, times=2),
        Way(name="mailbot", work=ours, times=20),
        Way(name="limit: unpacking the parts read", work=partial(_unpack, content), times=50),
    )


def marked(content: bytes) -> tuple[Way, ...]:
    """Return the ways of marking a faulty form."""
    form = read_form(content, "form.xlsx", known_rows(office()), SECRET)
    faults = _findings(form)
    fresh = FreshForm(office=office(), asked=asked_of(), data=form.data, secret=SECRET)
    good = tuple(filled_cells(form.data))
    ours = mark_form(content, "form.xlsx", faults, words(), fresh)
    changed = {name: part for name, part in _members(ours).items() if _members(content).get(name) != part}
    return (
        Way(name="openpyxl, load and save", work=partial(plain_forms.mark, content, faults, good, words()), times=2),
        Way(name="mailbot", work=partial(mark_form, content, "form.xlsx", faults, words(), fresh), times=10),
        Way(name="limit: packing the parts that change", work=partial(_pack, changed), times=20),
    )


def _read_plainly(content: bytes, *, formulas: bool = True) -> ReadForm:
    """Read a form the plain way: only the opening differs."""
    digest = hashlib.sha256(content).hexdigest()
    return read_workbook(
        plain_forms.PlainWorkbook(content, formulas=formulas), digest, "form.xlsx", known_rows(office()), SECRET
    )


def _findings(form: ReadForm) -> tuple[Fault, ...]:
    """Return everything found in a form."""
    asked = asked_of()
    filled = Filled(data=form.data, unit=UNIT, period=asked.period, office=office(), last=asked.last, attached=())
    return (*form.faults, *check(filled))


def _members(content: bytes) -> dict[str, bytes]:
    """Return the members of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _pack(members: dict[str, bytes]) -> None:
    """Deflate parts, and nothing else."""
    for part in members.values():
        zlib.compress(part, 6)


def _unpack(content: bytes) -> None:
    """Inflate the parts that a form's answers stand in, and nothing else."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in (*_NEEDED, *_SHEETS):
            if name in archive.namelist():
                archive.read(name)
