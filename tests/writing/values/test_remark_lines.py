"""A remark in one line of a letter: what a mail says stands in full, of a file's as much as shows what it is."""

from __future__ import annotations

from pathlib import Path

from mailbot.core.model.office import Office
from mailbot.core.remarks.remark import Remark, RemarkSource
from mailbot.writing.values.remark_lines import remark_line
from mailbot.writing.words.phrases import read_phrases


def test_a_long_remark_of_a_mail_is_not_cut(office: Office, folders: tuple[Path, ...]) -> None:
    """Nobody gets the mail with the list; a file goes along, so that the rest can be read there."""
    phrases = read_phrases(folders, office.calendar)
    long = " ".join(["Mohon ditambah."] * 100)
    assert remark_line(Remark(source=RemarkSource.MAIL, text=long), phrases) == long
    of_file = Remark(source=RemarkSource.COMMENT, text=long, file_sha256="ab", file_name="a.docx")
    assert len(remark_line(of_file, phrases)) < len(long)
