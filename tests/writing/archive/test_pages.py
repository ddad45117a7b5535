"""The pages of the archive: every figure with links to its mail and form, and the status, which stands nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from mailbot.clerk.desk.witnessing import joined_here
from mailbot.core.model.office import Office
from mailbot.core.report.origin import reads
from mailbot.writing.archive.archive import lay_out
from mailbot.writing.archive.kept import Kept, KeptMessage
from mailbot.writing.archive.laying import lay_down
from tests.writing.archive.closed_cycle import AT, DOCX, kept, sha256

EVIDENCE, PROOF = "5-riwayat/asal-angka.html", "5-riwayat/status-laporan.html"


def with_mails() -> Kept:
    """Return what was kept, with the mails that brought the forms and the decisions."""
    whole = kept()
    sent = [one.message_id for form in whole.cycle.units for one in form.submissions]
    sent += [verdict.message_id for verdict in whole.cycle.verdicts]
    mails = (
        KeptMessage(name="form", at=AT, raw=f"From: a\r\nMessage-ID: {one}\r\n\r\nx".encode())
        for one in dict.fromkeys(sent)
    )
    return replace(whole, mails=tuple(mails))


def written(folder: Path, of: Kept, office: Office, folders: tuple[Path, ...]) -> Path:
    """Write an archive's files."""
    return lay_down(
        folder, "2025", {one.path: one.content for one in lay_out(of, office, folders, joined_here)}, settled=True
    )[0]


def page(folder: Path, name: str) -> str:
    """Return one page as text."""
    return (folder / name).read_text(encoding="utf-8")


def links(text: str) -> list[str]:
    """Return where a page's links lead."""
    return [unescape(found) for found in re.findall(r'href="([^"]*)"', text)]


def test_every_figure_leads_to_its_mail_and_form(tmp_path: Path, office: Office, folders: tuple[Path, ...]) -> None:
    """Unit, person, Message-ID, digest, cell, text and rule stand there, and each link leads to a file beside it."""
    whole = with_mails()
    folder = written(tmp_path, whole, office, folders)
    text = page(folder, EVIDENCE)
    figures = list(reads(whole.cycle, office))
    assert text.count("<tr>") == len(figures) + 1 == 29
    for figure in figures:
        for said in (figure.code, figure.submission.file_sha256, figure.submission.message_id, figure.entry.cell):
            assert said in unescape(text)
    assert len(links(text)) == 2 * len(figures)
    assert all((folder / "5-riwayat" / link).resolve().is_file() for link in links(text))


def test_a_mail_that_is_held_back_leads_to_its_note(tmp_path: Path, office: Office, folders: tuple[Path, ...]) -> None:
    """The archive spreads none, and the link still leads somewhere."""
    folder = written(tmp_path, replace(with_mails(), holds_back=lambda _: True), office, folders)
    mails = [link for link in links(page(folder, EVIDENCE)) if "surat-masuk" in link]
    assert mails
    assert all(link.endswith(".txt") and (folder / "5-riwayat" / link).resolve().is_file() for link in mails)


def test_the_status_stands_on_a_page_of_the_archive(tmp_path: Path, office: Office, folders: tuple[Path, ...]) -> None:
    """Ratified by whom, when, in which word, and the digest of the very file."""
    text = unescape(page(written(tmp_path, with_mails(), office, folders), PROOF))
    assert "<strong>Disahkan</strong> oleh Kepala Dinas" in text
    assert f"<code>{sha256(DOCX)}</code>" in text
    assert "keaslian pengirim dipastikan oleh server surel" in text


@pytest.mark.parametrize("other", [lambda _: "", lambda digest: digest[::-1]], ids=["no file", "another file"])
def test_what_was_ratified_is_only_the_file_it_was_said_of(
    tmp_path: Path, office: Office, folders: tuple[Path, ...], other: Callable[[str], str]
) -> None:
    """A decision on another file makes none of this one."""
    whole = with_mails()
    verdicts = tuple(replace(one, docx_sha256=other(one.docx_sha256)) for one in whole.cycle.verdicts)
    changed = replace(whole, cycle=replace(whole.cycle, verdicts=verdicts))
    assert "Belum disahkan" in page(written(tmp_path, changed, office, folders), PROOF)


def test_words_of_people_are_shown_as_words(tmp_path: Path, office: Office, folders: tuple[Path, ...]) -> None:
    """A file's name that looks like a page is no part of one."""
    whole = with_mails()
    form = whole.cycle.units[0]
    evil = replace(form.submissions[0], file_name="<script>alert(1)</script>.xlsx")
    cycle = whole.cycle.with_unit(replace(form, submissions=(evil,)))
    assert "<script>" not in page(written(tmp_path, replace(whole, cycle=cycle), office, folders), EVIDENCE)
