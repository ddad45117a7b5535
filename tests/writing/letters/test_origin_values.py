"""Where a figure comes from, in words: a formula holds the numbers that it is reckoned of."""

from __future__ import annotations

import re
from pathlib import Path

from mailbot.core.model.office import Office
from mailbot.core.report.origin import TOTAL, trace
from mailbot.writing.values.origin_values import origin_values
from mailbot.writing.words.phrases import read_phrases
from tests.writing import sample_cycle


def test_an_output_is_told_with_its_cell(office: Office, folders: tuple[Path, ...]) -> None:
    """It stands beside the spending of its sub kegiatan, and is printed as that is."""
    traced = trace("2.12.02.2.01.0005", sample_cycle.complete(), office)
    assert traced is not None
    rules = origin_values(traced, office, read_phrases(folders, office.calendar))["rules"]
    assert isinstance(rules, tuple)
    assert re.fullmatch(
        r"Keluaran Jumlah dokumen kependudukan yang diterbitkan: tertulis “42000” \(Anggaran!K\d+\), "
        r"dibaca 42\.000 dari target 42\.000 Dokumen\.",
        rules[-1],
    )


def test_absorption_is_told_over_the_pagu_that_it_is_reckoned_over(office: Office, folders: tuple[Path, ...]) -> None:
    """While spending is lacking, that of what came."""
    traced = trace(TOTAL, sample_cycle.collecting(), office)
    assert traced is not None
    rules = origin_values(traced, office, read_phrases(folders, office.calendar))["rules"]
    assert isinstance(rules, tuple)
    assert rules[-1] == (
        "Serapan = realisasi / pagu × 100 = Rp7.033.767.662 / Rp7.337.500.000 × 100 = 95,86%, "
        "atas sub kegiatan yang realisasinya telah disampaikan."
    )
