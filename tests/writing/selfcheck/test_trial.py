"""Every letter and document is written once with sample values: the shipped ones all can be, a faulty one is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import docx

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.office import Office
from mailbot.core.model.people import Role
from mailbot.writing.selfcheck.lint import lint_templates
from mailbot.writing.selfcheck.sample_letters import trial_letters
from mailbot.writing.selfcheck.trial import try_templates
from mailbot.writing.words.templates import shipped_templates

SUBJECT = "{% set subject %}x{% endset %}\n"


def own(folder: Path, name: str, source: str) -> tuple[Path, Path]:
    """Return the office's folder with one template of its own, before the shipped one."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return folder, shipped_templates()


def test_everything_shipped_can_be_written(office: Office, folders: tuple[Path, ...]) -> None:
    """Also where who signed on the day of the first cycle was tidied out of the list since."""
    since = office.cycles[0].starts_on + timedelta(days=40)
    people = tuple(replace(one, since=since) if one.role is Role.AGENCY_HEAD else one for one in office.roster.people)
    assert try_templates(replace(office, roster=replace(office.roster, people=people)), folders) == ()
    assert try_templates(replace(office, cycles=()), folders) == ()


def test_every_kind_of_letter_is_tried(office: Office) -> None:
    """None is left out, and each at least full and bare."""
    kinds = [one.letter.kind for one in trial_letters(office.cycles[0], office)]
    assert {kind for kind in LetterKind if kinds.count(kind) > 1} == set(LetterKind)


def test_what_no_look_can_see_is_found_by_writing(tmp_path: Path, office: Office) -> None:
    """Well-formed, and yet it fails once it is needed: the file is named, and the line where there are lines."""
    for name, source in (
        ("letters/request.j2", SUBJECT + "\n{{ due.days }}"),
        ("letters/alarm.j2", SUBJECT + "{{ {'recovered': 1}[about.what] }}"),
        ("letters/recap.j2", SUBJECT + "{{ 1 // 0 }}"),
        ("archive/guide.j2", "{{ period }}{{ nobody }}"),
    ):
        folders = own(tmp_path, name, source)
    assert lint_templates(folders) == ()
    found = [told.partition(": ")[0] for told in try_templates(office, folders)]
    assert sorted(set(found)) == [
        "archive/guide.j2",
        "letters/alarm.j2, line 2",
        "letters/recap.j2, line 2",
        "letters/request.j2, line 3",
    ]


def test_a_word_file_that_fails_is_named_with_the_words_beside(tmp_path: Path, office: Office) -> None:
    """A Word file has no lines; the words around the tag lead to it."""
    document = docx.Document()
    document.add_paragraph("Kepada yang kami hormati {{ addressee.title.first }}")
    (tmp_path / "docx").mkdir()
    document.save(str(tmp_path / "docx" / "surat-pengantar-permintaan.docx"))
    found = try_templates(office, (tmp_path, shipped_templates()))
    assert len(found) == 1
    assert found[0].startswith("surat-pengantar-permintaan.docx")
