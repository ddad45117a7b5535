"""Whose data a remark is about."""

from __future__ import annotations

import pytest

from mailbot.core.language.wrapping import unwrapped
from mailbot.core.remarks.remark import Remark, RemarkSource
from mailbot.core.remarks.units import unit_of
from tests.offices.small import OFFICE

FIRST, OTHER = OFFICE.indicators[0], next(one for one in OFFICE.indicators if one.owner != OFFICE.indicators[0].owner)
LINE = OFFICE.budget[0]


@pytest.mark.parametrize(
    ("text", "around", "heading", "unit"),
    [
        (f"Realisasi {FIRST.code} keliru", "", "", FIRST.owner),
        (f"realisasi {FIRST.code.lower().replace('-', ' ')} keliru", "", "", FIRST.owner),
        (f"pagu {LINE.code} salah", "", "", LINE.owner),
        ("angka ini dari mana?", f"{OTHER.code} 98,50", "", OTHER.owner),
        ("angka ini dari mana?", "98,50", f"{OTHER.code} Kepemilikan", OTHER.owner),
        (f"{FIRST.code} dan {OTHER.code} tertukar", "", "", ""),
        (f"{OTHER.code} keliru", FIRST.code, "", OTHER.owner),
        ("Data DAFDUK belum lengkap", "", "", "DAFDUK"),
        ("data bidang dafduk belum lengkap", "", "", "DAFDUK"),
        ("dafduk", "", "", ""),
        ("Bab III terlalu panjang", "", "Bab III", ""),
        ("IKU-99 tidak ada", "", "", ""),
    ],
)
def test_a_remark_is_about_the_one_unit_that_it_speaks_of(text: str, around: str, heading: str, unit: str) -> None:
    """By code, by name, or by key in capitals; its own words go first, and of two units nobody is guessed."""
    remark = Remark(source=RemarkSource.COMMENT, text=text, around=around, heading=heading)
    assert unit_of(remark, OFFICE) == unit


LONG = "Bab III huruf B mohon ditambah penjelasan mengapa target tahun ini tidak"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (f"{LONG}\ntercapai, per kecamatan.", f"{LONG} tercapai, per kecamatan."),
        (f"PERBAIKI\n{LONG}\ntercapai.\nTabel 2 keliru.", f"PERBAIKI\n{LONG} tercapai.\nTabel 2 keliru."),
        (f"{LONG}\n2. tercapai di mana?", f"{LONG}\n2. tercapai di mana?"),
        (f"{LONG}\n- tercapai di mana?", f"{LONG}\n- tercapai di mana?"),
        (f"{LONG}\n\ntercapai", f"{LONG}\n\ntercapai"),
        (f"{LONG}\nPERBAIKI", f"{LONG}\nPERBAIKI"),
        ("Bab III\ntercapai", "Bab III\ntercapai"),
        ("Tabel tiga titik dua mohon dicek dengan data bulan Desember\ndi Bab", None),
    ],
)
def test_a_line_that_a_mail_program_broke_is_one(text: str, whole: str | None) -> None:
    """Only where the next word would not have fitted, and no item of a list, blank line or word begins there."""
    assert unwrapped(text, lambda line: line == "PERBAIKI") == (text if whole is None else whole)
