"""`init`: the sample office in a folder of one's own, nothing overwritten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailbot.core.model.profile import Profile
from mailbot.errors import ConfigProblem
from mailbot.settings.blank.answers import Answers
from mailbot.settings.loading import load
from mailbot.settings.packaged import init, sample_folder, template_folders, templates_folder


def test_a_new_folder_gets_the_whole_sample(tmp_path: Path) -> None:
    """Five files and their schemas, byte for byte, ready to load."""
    folder = tmp_path / "deep" / "kantor"
    made = init(folder)
    wanted = {
        path.relative_to(sample_folder()): path.read_bytes() for path in sample_folder().rglob("*") if path.is_file()
    }
    assert {path.relative_to(folder): path.read_bytes() for path in made.written} == wanted
    assert {path.name for path in made.written} >= {"office.yaml", "recipients.yaml", "indicators.yaml", "sop.yaml"}
    assert made.kept == ()
    assert load(folder, {}).office() == load(sample_folder(), {}).office()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """What is there already stays and is said."""
    init(tmp_path)
    (tmp_path / "office.yaml").write_text("mine", encoding="utf-8")
    (tmp_path / "cycles.yaml").unlink()
    made = init(tmp_path)
    assert (tmp_path / "office.yaml").read_text(encoding="utf-8") == "mine"
    assert made.written == (tmp_path / "cycles.yaml",)
    assert tmp_path / "office.yaml" in made.kept


FOREIGN = re.compile(
    r"dukcapil|probolinggo|ktp|\bkia\b|\bikd\b|\bakta\b|penduduk|piak|capil|425\.111|bappeda|perencanaan dan keuangan",
    re.IGNORECASE,
)
"""Words by which the sample's office would be known."""


@pytest.mark.parametrize(
    ("agency", "government", "capitals", "short", "place"),
    [
        (
            "Dinas Pekerjaan Umum dan Penataan Ruang Kota Contoh",
            "PEMERINTAH KOTA CONTOH",
            "DINAS PEKERJAAN UMUM DAN PENATAAN RUANG",
            "DPUPR",
            "Contoh",
        ),
        ("  Badan   Arsip  kab. Ujung ", "PEMERINTAH KABUPATEN UJUNG", "BADAN ARSIP", "BA", "Ujung"),
        (
            'Inspektorat Provinsi "Timur: #1"',
            'PEMERINTAH PROVINSI "TIMUR: #1"',
            "INSPEKTORAT",
            "INSPEKTORAT",
            '"Timur: #1"',
        ),
        ("Satpol", "PEMERINTAH DAERAH (CONTOH)", "SATPOL", "SATPOL", "Tempat (contoh)"),
    ],
)
def test_a_named_office_knows_nothing_of_the_samples(
    agency: str, government: str, capitals: str, short: str, place: str, tmp_path: Path
) -> None:
    """Its files load, and no law, name or code of another office stands in them, not even in a comment."""
    init(tmp_path, Answers(agency=" ".join(agency.split())))
    text = "\n".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert FOREIGN.findall(text) == []
    office = load(tmp_path, {}).office()
    head = office.letterhead
    assert (head.agency_name, head.government, head.agency, head.agency_short, head.place) == (
        " ".join(agency.split()),
        government,
        capitals,
        short,
        place,
    )
    assert (office.profile, office.strategic_issues) == (Profile(), ())


def test_a_named_office_has_every_other_setting_of_the_sample(tmp_path: Path) -> None:
    """Only what says who the office is, whom it writes to and what it promises differs."""
    init(tmp_path, Answers(agency="Dinas Contoh Kota Contoh"))
    named, sample = load(tmp_path, {}).files, load(sample_folder(), {}).files
    own = {"letterhead", "letter_numbers", "mailbox", "profile", "evaluation"}
    assert named.office.model_dump(exclude=own) == sample.office.model_dump(exclude=own)
    assert named.cycles == sample.cycles
    assert [row.step for row in named.sop.rows] == [row.step for row in sample.sop.rows]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "kantor").touch()
    with pytest.raises(ConfigProblem, match="cannot be written"):
        init(tmp_path / "kantor")


def test_in_a_checkout_the_templates_are_looked_up_once() -> None:
    """`templates/` beside `config/` is the shipped one there."""
    assert template_folders(sample_folder()) == (templates_folder(),)
