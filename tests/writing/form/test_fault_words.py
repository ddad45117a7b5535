"""Every finding has words, and no word has a hole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailbot.core.model.form import Fault, FaultCode
from mailbot.errors import TemplateProblem
from mailbot.writing.words.form_words import PARTS, FaultWords, figure, read_fault_words
from mailbot.writing.words.templates import shipped_templates

BOOK = read_fault_words((shipped_templates(),))


@pytest.mark.parametrize("code", FaultCode)
def test_every_code_exists_in_words_and_every_placeholder_is_filled(code: FaultCode) -> None:
    """What, why, how and an example: none empty, none with a brace left in it."""
    fault = Fault(
        code=code,
        sheet="Indikator",
        cell="K8",
        row="IKU-02",
        column="Realisasi",
        given="98,1",
        expected="0|100" if code is FaultCode.OUT_OF_RANGE else "99.4",
        other="1234.5",
    )
    words = BOOK.describe(fault)
    for part in PARTS:
        text = getattr(words, part)
        assert text.strip()
        assert not re.search(r"[{}]", text)
    assert BOOK.name(code).strip()


def test_no_two_kinds_of_finding_have_one_name() -> None:
    """In a table of counts each line is another one."""
    assert len({BOOK.name(code) for code in FaultCode}) == len(FaultCode)


def test_figures_of_the_core_are_written_the_indonesian_way_and_the_senders_own_words_are_not_touched() -> None:
    """`1.234` typed by somebody stays; `1234.5` computed by us becomes 1.234,5."""
    fault = Fault(
        code=FaultCode.AMBIGUOUS_NUMBER, row="IKU-02", column="Realisasi", given="1.234", expected="1.234", other="1234"
    )
    told = "Isian “1.234” pada IKU-02 dapat dibaca 1,234 atau 1234."
    assert BOOK.describe(fault).what == told


def test_a_word_template_in_a_cell_is_only_a_text() -> None:
    """Braces a sender wrote are shown and never filled (T23)."""
    fault = Fault(code=FaultCode.NOT_A_NUMBER, row="IKU-02", column="Realisasi", given="{row} {{ 7*7 }}")
    assert "“{row} {{ 7*7 }}”" in BOOK.describe(fault).what


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        ("0|100", "antara 0 dan 100"),
        ("0.5|", "paling sedikit 0,5"),
        ("|1234", "paling banyak 1.234"),
        ("|", ", yaitu ."),
    ],
)
def test_a_range_is_told_by_the_ends_it_has(bounds: str, told: str) -> None:
    """Either end of a plausible range may be open."""
    fault = Fault(code=FaultCode.OUT_OF_RANGE, row="IKU-02", given="9850", expected=bounds)
    assert told in BOOK.describe(fault).what


def test_a_blank_cell_is_called_blank() -> None:
    """Where nothing was given the sentence says so."""
    fault = Fault(code=FaultCode.LOCKED_CHANGED, row="IKU-02", column="Target", expected="99.4")
    assert BOOK.describe(fault) == FaultWords(
        what="Kolom Target pada IKU-02 berubah menjadi “(kosong)”, semula “99,4”.",
        why="Kolom ini mengikuti dokumen perencanaan dan tidak diubah melalui form.",
        mend="Mohon kembalikan seperti semula. Bila menurut Bapak/Ibu keliru, mohon sampaikan di kolom Keterangan.",
        example="99,4",
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [("1234567.5", "1.234.567,5"), ("-3", "-3"), ("0.125", "0,125"), ("IKU-02", "IKU-02"), ("", ""), ("1,5", "1,5")],
)
def test_only_the_cores_own_numbers_are_rewritten(text: str, written: str) -> None:
    """A code or a text in anybody's spelling is left alone."""
    assert figure(text) == written


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("jump:", "jumps:", "jump has no words"),
        ("{given}", "{given_value}", "unknown placeholder {given_value}"),
        ("blank: ", "blanks: ", "blank is missing"),
        ("name: Nilai kurang", "named: Nilai kurang", "negative.name is missing"),
        ("name: Nilai kurang", "name: Nilai {given} kurang", "negative.name has an unknown placeholder {given}"),
    ],
)
def test_words_with_holes_are_refused_at_once(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """An office's own faults.yaml is held to the same measure."""
    text = (shipped_templates() / "faults.yaml").read_text(encoding="utf-8")
    (tmp_path / "faults.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(TemplateProblem, match=re.escape(problem)):
        read_fault_words((tmp_path, shipped_templates()))
