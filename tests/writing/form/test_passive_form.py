"""A returned form carries nothing of its sender's that runs or leads outside, whatever way it was put in."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook

from mailbot.core.model.form import Fault, FaultCode, Severity
from mailbot.writing.returned_form.mark import FreshForm, mark_form
from mailbot.writing.returned_form.parts import Parts
from mailbot.writing.returned_form.passive import is_plain, make_passive
from tests.failed_before import content, that_must
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.writing.form.paper import asked_of, good_form, words
from tests.writing.form.test_returned_form import FAULTY, edited, read, returned

REACHES = re.compile(
    rb"WEBSERVICE|HYPERLINK\(|cmd\||example\.net|203\.0\.113|externalLink|TargetMode=\"External\"|Auto_Open"
)
RELAYED = that_must("see README", kind="relay")


def members(package: bytes) -> dict[str, bytes]:
    """Return the members of a workbook."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def marked(original: bytes, *, proved: bool = True) -> bytes:
    """Return a workbook as it goes back with one finding."""
    fresh = FreshForm(office=office(), asked=asked_of(), data=read(original).data, secret=SECRET)
    fault = Fault(code=FaultCode.NOT_A_NUMBER, severity=Severity.FAULT, sheet="Indikator", cell="K8", row="IKU-02")
    return mark_form(original, "form.xlsx", (fault,), words(), fresh, proved=proved)


@pytest.mark.parametrize("name", RELAYED)
def test_nothing_that_reaches_out_goes_back(name: str) -> None:
    """Formulas that call out, links, connections, names, external books."""
    assert any(REACHES.search(part) for part in members(content(name)).values())
    back = marked(content(name))
    assert [part for part, held in members(back).items() if REACHES.search(held)] == []
    assert "mailbot" in load_workbook(io.BytesIO(back)).sheetnames


@pytest.mark.parametrize("name", RELAYED)
def test_the_file_of_somebody_who_is_not_proved_is_never_sent_on(name: str) -> None:
    """A fresh form of the unit with what was read, and nothing of his file."""
    theirs, back = members(content(name)), members(marked(content(name), proved=False))
    assert not {held for part, held in theirs.items() if part.startswith("xl/worksheets/")} & set(back.values())
    assert [part for part, held in back.items() if REACHES.search(held)] == []


def test_a_form_as_it_was_sent_out_stays_as_it_is() -> None:
    """Its formulas, hints and print set-up are on the list: not one byte of a sheet changes."""
    parts = Parts(good_form())
    before = dict(parts.members)
    make_passive(parts, office().letterhead.agency_name)
    assert parts.members == before


@pytest.mark.parametrize(
    "formula",
    ['IF(OR(ISNUMBER(K8),UPPER(TRIM(K8))="NIHIL"),N(K8)/G8*100,"")', "SUM(D8:D10)", "Indikator!K8*2", "$A$1+1", "TRUE"],
)
def test_a_formula_that_reckons_is_plain(formula: str) -> None:
    """With cells of the same workbook."""
    assert is_plain(formula)


@pytest.mark.parametrize(
    "formula",
    [
        'WEBSERVICE("http://contoh.example.net/")',
        'HYPERLINK("http://contoh.example.net/","Klik")',
        "cmd|'/C calc'!A0",
        "[1]Sheet1!A1",
        "'\\\\198.51.100.9\\share\\[x.xlsx]S'!A1",
        'IF(1,_xlfn.WEBSERVICE("a"))',
        "INDIRECT(A1)",
        "RTD(A1,B1)",
        'CALL(A1,"B")',
        'IMAGE("a")',
        'EXEC("a")',
        "SUM (A1)+EVIL (B1)",
        "{1}",
        'A1&"x"',
    ],
)
def test_a_formula_that_may_reach_out_is_not(formula: str) -> None:
    """By a function that is not on the list, or a sign that no reckoning needs."""
    assert not is_plain(formula)


def test_a_formula_left_behind_leaves_the_value_it_showed() -> None:
    """Shared formulas and those over several cells, too."""
    own = members(edited(good_form(), *FAULTY))
    sheet = next(part for part, held in own.items() if b'r="K8"' in held)
    own[sheet] = re.sub(
        rb'<c r="K8"[^>]*>.*?</c>', b'<c r="K8"><f t="shared" si="0"/><v>7</v></c>', own[sheet], count=1
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, held in own.items():
            archive.writestr(name, held)
    back = load_workbook(io.BytesIO(returned(target.getvalue())))
    assert back["Indikator"]["K8"].value == 7
