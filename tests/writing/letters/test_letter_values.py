"""Values are made when the words ask for them, and only then; what fails in making one is no fault of a template."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from mailbot.core.model.letters import Letter, LetterKind
from mailbot.core.model.letters_in_answer import Status
from mailbot.core.report.analysis import analyse
from mailbot.errors import TemplateProblem
from tests.writing import sample_cycle
from tests.writing.conftest import face, values_of, written
from tests.writing.sample_letters import Sample, bare_letter, full_letter

ANALYSED = {LetterKind.RECAP, LetterKind.RATIFY, LetterKind.DRAFT, LetterKind.REVIEW, LetterKind.ORIGIN}
"""Kinds that print figures of the whole cycle."""


def analyses(sample: Sample) -> bool:
    """Write a letter and say whether the whole cycle was analysed for it."""
    met = False

    def look(frame: FrameType, event: str, _what: object) -> None:
        nonlocal met
        met |= event == "call" and frame.f_code is analyse.__code__

    sys.setprofile(look)
    try:
        written(sample)
    finally:
        sys.setprofile(None)
    return met


@pytest.mark.parametrize("kind", LetterKind)
def test_only_letters_that_print_its_figures_analyse_the_cycle(kind: LetterKind) -> None:
    """A returned form costs the same in an office of a hundred units."""
    assert [analyses(sample) for sample in (full_letter(kind), bare_letter(kind))] == [kind in ANALYSED] * 2


@pytest.mark.parametrize(
    ("kind", "sender", "contact", "thanked"),
    [
        (LetterKind.RATIFY, "Sub Bagian Perencanaan dan Keuangan", "(0000) 0000000", ""),
        (LetterKind.REMINDER_TODAY, "Sub Bagian Perencanaan dan Keuangan", "(0000) 0000000", "perkenan"),
        (LetterKind.REQUEST, "Sub Bagian Perencanaan dan Keuangan", "(0000) 0000000", "kerja sama"),
        (LetterKind.REVISION, "Layanan Surel Laporan Kinerja", "surel operator@example.go.id", "kerja sama"),
        (LetterKind.SUBMISSION, "Dinas Kependudukan dan Pencatatan Sipil", "(0000) 0000000", "kerja sama"),
        (LetterKind.COPY_SENT, "Dinas Kependudukan dan Pencatatan Sipil", "(0000) 0000000", "kerja sama"),
    ],
)
def test_a_letter_is_signed_and_gives_thanks_as_befits_its_addressee(
    kind: LetterKind, sender: str, contact: str, thanked: str
) -> None:
    """No superior gets a letter of his own agency as from outside; nobody is told to call himself."""
    text = " ".join(face(written(full_letter(kind)), "plain").split())
    body, _, foot = text.partition("Pesan ini disusun dan dikirim secara otomatis")
    assert f" {sender}" in body[body.rindex("terima kasih.") :]
    assert contact in foot
    assert [word for word in ("perkenan", "kerja sama") if f"perhatian dan {word} Bapak/Ibu" in body] == [
        thanked
    ] * bool(thanked)


def test_a_value_that_is_not_asked_for_is_not_made() -> None:
    """Something that is no unit's form stands in the cycle: only words about every unit's form meet it."""
    nothing: Any = None
    lost = replace(sample_cycle.collecting(), units=(nothing,))
    guide, status = (replace(bare_letter(kind), cycle=lost) for kind in (LetterKind.GUIDE, LetterKind.STATUS))
    assert "BANTUAN" in face(written(guide), "plain")
    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'state'"):
        written(status)


def test_a_misspelt_value_in_a_condition_fails_too(tmp_path: Path) -> None:
    """Silence would hide a sentence for ever."""
    (tmp_path / "letters").mkdir()
    own = tmp_path / "letters" / "guide.j2"
    for condition in ("perod", "about.wrod"):
        own.write_text(f"{{% set subject %}}x{{% endset %}}{{% if {condition} %}}x{{% endif %}}", encoding="utf-8")
        with pytest.raises(TemplateProblem, match=r"^letters/guide.j2, line 1: "):
            written(full_letter(LetterKind.GUIDE), tmp_path)


def test_an_empty_value_is_no_mistake(tmp_path: Path) -> None:
    """`{% if period %}` is how words ask whether there is a cycle at all."""
    (tmp_path / "letters").mkdir()
    own = tmp_path / "letters" / "guide.j2"
    own.write_text("{% set subject %}x{% endset %}{{ period or 'belum ada' }}", encoding="utf-8")
    assert face(written(bare_letter(LetterKind.GUIDE), tmp_path), "plain").startswith("belum ada")


def test_what_fails_in_making_a_value_is_a_fault_of_the_program() -> None:
    """Whoever wrote the template could not mend it."""
    letter = Letter(key="status/x", about=Status(), to="nobody", address="nobody@example.go.id")
    with pytest.raises(KeyError, match="nobody"):
        written(Sample(letter=letter, cycle=None))
    with pytest.raises(RuntimeError, match="the value to of letter status/x cannot be made"):
        values_of(letter, None)["to"]
