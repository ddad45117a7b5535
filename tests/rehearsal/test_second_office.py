"""An office that is not the sample: its folder is in order, its cycles reach the archive, and it stays itself."""

from __future__ import annotations

import re
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailbot.writing.archive.verify import verify_archive
from tests.cli.terminal import mailbot
from tests.offices.read_back import texts_below, texts_of
from tests.offices.roads import ANNUAL, QUARTER, ROADS, roads_office

FOREIGN = re.compile(
    r"\w*dukcapil\w*|\w*kependudukan\w*|\bpenduduk\w*|pencatatan sipil|\bKTP\b|\bKIA\b|\bIKD\b|\bSIAK\b|\bakta\b"
    r"|\w*probolinggo\w*|\bbappeda\b|\blitbang\b|\b(?:DAFDUK|CAPIL|PIAK)\b|\bmastrip\b|\b425\.111\b|\b2\.12\.\d\d"
    r"|\bIK[UK]-\d\d\b",
    re.IGNORECASE,
)
"""Words, people's keys and codes of the sample's office."""
NOTES = (
    'note: profile in office.yaml: the lampiran of the report prints "belum diisi" for agreement',
    "Each template is tried with this office's data; a few seconds, please.",
    (
        "note: ROADS/office.yaml: 'mailbox.address' is still an invented one (example.go.id); write the office's own "
        "mailbox there, and the people's addresses in recipients.yaml"
    ),
    "note: MAILBOT_IMAP_PASSWORD is not set; mailbot cannot log in without it.",
    "5 units, 14 people, 24 indicators, 36 budget lines, 2 cycles: in order.",
)
"""What `check` says: the signed Perjanjian Kinerja lies in a drawer, and the domain is nobody's."""


def foreign(folder: Path) -> set[tuple[str, str]]:
    """Return every foreign word below a folder, with the place where it stands."""
    found = ((place, match.group()) for place, text in texts_below(folder) for match in FOREIGN.finditer(text))
    return {(place, word) for place, word in found}


def test_the_folder_is_in_order() -> None:
    """`mailbot check` has nothing against it, and names what the report will print as not filled in."""
    ran = mailbot("--language", "en", "--config", ROADS, "check")
    assert (ran.code, ran.err) == (0, "")
    assert tuple(ran.out.decode().replace(str(ROADS), "ROADS").splitlines()[:-1]) == NOTES


def test_it_is_an_office_of_another_kind() -> None:
    """What the sample has not: ranges, words, both variants, benchmarks with a source, outputs, another scale."""
    office = roads_office()
    one = {indicator.code: indicator for indicator in office.indicators}
    assert (one["SDA-05"].upper_targets[2025][3], one["AMS-04"].upper_targets[2025][3]) != (None, None)
    assert {code for code in one if one[code].grades} == {"RTR-03", "AKT-01", "AKT-03"}
    assert {one["JLN-02"].negative, one["JLN-05"].negative, one["RTR-02"].negative} == {"a", "b", ""}
    assert all(set(indicator.history) == {2022, 2023, 2024} and indicator.programs for indicator in office.indicators)
    assert all(mark.year and mark.source for indicator in office.indicators for mark in indicator.benchmarks)
    assert all(line.output and line.output_unit and line.output_targets for line in office.budget)
    assert sum(line.original_idr != {} for line in office.budget) > 20
    assert (office.formulas.efficiency, office.bands[0].label) == ("simple", "Memuaskan")


@pytest.mark.slow
@pytest.mark.sweep
@pytest.mark.parametrize("cycle", [ANNUAL, QUARTER])
def test_its_cycle_is_played_to_the_archive_and_names_no_other_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cycle: str
) -> None:
    """Letters, mails, forms, recap, report and archive hold no word of the office that mailbot is shown with."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))  # no LibreOffice: its PDFs take longer than the whole cycle

    ran = mailbot("--config", ROADS, "rehearse", cycle, "--into", "latihan")

    assert (ran.code, ran.err) == (0, ""), ran.text
    told = ran.out.decode()
    for words in (
        f"Siklus {cycle}: selesai pada ",
        "Pelaporan: draft_again",
        "Pelaporan: origin",
        "kasubbag-program: TERUSKAN (version 2)",
        "sekretaris-dinas: PERBAIKI (version 2)",
        "1-laporan/LKjIP-",
        "1-laporan/Rekap-Kinerja-",
        "5-riwayat/asal-angka.html",
    ):
        assert words in told, words
    assert verify_archive(tmp_path / "latihan" / "arsip" / cycle) == ()
    assert FOREIGN.findall(ran.out.decode()) == []
    assert foreign(tmp_path / "latihan") == set()


def test_what_is_read_back_is_all_there(tmp_path: Path) -> None:
    """A word cut in runs, one in an enclosure's name, one in a coded head, one in a hint on a cell: all are found."""
    mail = EmailMessage()
    mail["Subject"] = "Permintaan \u2013 DISDUKCAPIL"
    mail.set_content("Yth. Kepala Bappeda")
    mail.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="Form-CAPIL.bin")
    (tmp_path / "001.eml").write_bytes(mail.as_bytes())
    runs = b'<w:p><w:r><w:t>K</w:t></w:r><w:r><w:t>TP</w:t></w:r></w:p><w:p a="isi KIA">anak</w:p>'
    (tmp_path / "isi.xml").write_bytes(runs)

    assert {word for _, word in foreign(tmp_path)} == {"DISDUKCAPIL", "Bappeda", "CAPIL", "KTP", "KIA"}
    assert dict(texts_of("isi.xml", runs))["isi.xml"].splitlines()[:2] == ["KTP", "anak"]
