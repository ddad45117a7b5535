"""One folder for each way to be wrong, and the very words in which it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.settings.checks import CHECKS, cross_checked
from mailbot.settings.files import FILES
from mailbot.settings.folder import parse, read_folder
from tests.settings.folders import CASES, SPOKEN, change, lay_over, refusal, small_office, told_of


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_folder_is_told_line_by_line(case: Path, tmp_path: Path) -> None:
    """Every problem of the folder, with file, line, words and hint, in both languages; nothing else.

    Where the words have changed: `python -m tests.settings.folders`, and read what it wrote.
    """
    folder = small_office(tmp_path)
    lay_over(folder, case)
    told = {name: (case / name).read_text(encoding="utf-8") for name in SPOKEN}
    assert told_of(folder) == told


def test_every_question_has_a_folder_that_fails_it(tmp_path: Path) -> None:
    """No cross-check stands in the list without a case that it alone catches or helps to catch."""
    unasked = {check for check, _ in CHECKS}
    for number, case in enumerate(CASES):
        folder = small_office(tmp_path / str(number))
        lay_over(folder, case)
        contents, _ = read_folder(folder)
        _, sections, _ = parse(folder, contents)
        for check, fields in CHECKS:
            looked_at = [sections.get(field.rstrip("*")) for field in fields]
            if None not in looked_at and list(check(*looked_at)):
                unasked.discard(check)
    assert {check.__name__ for check in unasked} == set()


def test_every_question_looks_at_fields_that_exist() -> None:
    """A renamed field would silence its questions."""
    known = {f"{name}.{field}" for name, model in FILES.items() for field in model.model_fields}
    assert {field.rstrip("*") for _, fields in CHECKS for field in fields} <= known


def test_a_missing_folder_says_how_to_make_one(tmp_path: Path) -> None:
    """The first thing a newcomer does wrong."""
    folder = tmp_path / "kantor"
    assert refusal(folder) == ["FOLDER:1: there is no such folder (make one with `mailbot init FOLDER`)"]


def test_a_faulty_entry_does_not_hide_a_fault_in_another(tmp_path: Path) -> None:
    """One person's empty name and another's unknown unit, in the same list, are told together."""
    folder = small_office(tmp_path)
    change(folder, "recipients.yaml", "name: Kepala Dinas", "name: ")
    change(folder, "recipients.yaml", "unit: DUA", "unit: TIGA")
    assert refusal(folder) == [
        "recipients.yaml:5: 'people[kadis].name' is empty (Name with degrees, as printed)",
        "recipients.yaml:18: kabid-dua: there is no unit 'TIGA' (known: SATU, DUA)",
    ]


def test_a_faulty_entry_is_not_called_missing(tmp_path: Path) -> None:
    """The secretary with a mistyped field is faulty, not absent."""
    folder = small_office(tmp_path)
    change(folder, "recipients.yaml", "name: Sekretaris, address", "nama: Sekretaris, address")
    assert refusal(folder) == [
        "recipients.yaml:6: 'people[sekretaris].name' is missing (Name with degrees, as printed)",
        "recipients.yaml:6: 'people[sekretaris].nama' is not a setting (did you mean 'name'?)",
    ]


def test_the_small_office_passes_every_question(tmp_path: Path) -> None:
    """What the cases change is right before they change it."""
    folder = small_office(tmp_path)
    contents, unread = read_folder(folder)
    _, sections, problems = parse(folder, contents)
    assert (unread, problems, list(cross_checked(sections))) == ((), (), [])


@pytest.mark.parametrize("name", ["indicators.yaml.txt", "Indicators.yaml", "indicators.yml", "INDICATORS.YML.TXT"])
def test_a_file_of_nearly_the_right_name_is_told(name: str, tmp_path: Path) -> None:
    """Its own words lie there; an example beside them would hide them."""
    folder = small_office(tmp_path)
    (folder / "indicators.yaml").rename(folder / name)
    told = told_of(folder)["problems.id.txt"]
    assert told == f"indicators.yaml:1: berkas ini belum ada (yang ada {name}: ubah namanya menjadi indicators.yaml)\n"


def test_the_folder_that_was_meant_is_told(tmp_path: Path) -> None:
    """Whoever forgets `--config kantor` is not sent to found a second office."""
    folder = small_office(tmp_path)
    other = folder.parent / "kantor"
    told = told_of(other)["problems.id.txt"]
    assert told.startswith(f"FOLDER:1: folder ini tidak ada (di sini ada folder {folder}: tambahkan --config {folder};")
