"""What the clerk has printed: letters with what they enclose, the draft of the report, the archive (step 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.writing.archive.archive import Kept, write_archive
from mailbot.writing.enclose import convert_ahead, enclose
from mailbot.writing.letters.letter import Written, write_letter
from mailbot.writing.report.report import write_report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from mailbot.clerk.clerk import Clerk
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter


class Press:
    """The room `writing` as the clerk uses it; the simulation gives the clerk a plainer one."""

    def letter(self, clerk: Clerk, letter: Letter, cycle: Cycle | None, at: datetime) -> Written:
        """Make one letter, with the files it encloses, into the bytes that will leave.

        Raises:
            TemplateProblem: its words or documents cannot be made.
        """
        enclosures = enclose(
            letter,
            cycle,
            clerk.office,
            files=clerk.ledger.files.read,
            secret=clerk.secret,
            template_folders=clerk.template_folders,
            pdf=clerk.pdf,
        )
        return write_letter(
            letter,
            cycle,
            clerk.office,
            enclosures=enclosures,
            secret=clerk.secret,
            written_at=at,
            template_folders=clerk.template_folders,
        )

    def make_ahead(self, clerk: Clerk, letters: Iterable[tuple[Letter, Cycle | None]]) -> None:
        """Make what can be made for several letters at once, before each of them is made.

        Raises:
            TemplateProblem: their documents cannot be made.
        """
        if clerk.pdf is not None:
            convert_ahead(letters, clerk.office, template_folders=clerk.template_folders, pdf=clerk.pdf)

    def draft(self, clerk: Clerk, cycle: Cycle, version: int) -> bytes:
        """Compile one version of the report as DOCX.

        Raises:
            TemplateProblem: the report's template is missing or broken.
        """
        return write_report(cycle, clerk.office, version=version, template_folders=clerk.template_folders)

    def archive(self, clerk: Clerk, kept: Kept) -> Path:
        """Write the archive of a cycle into its folder, and return that.

        Raises:
            TemplateProblem: the archive's words are missing or broken.
            OSError: the archive's folder cannot be written.
        """
        return write_archive(clerk.archive_folder, kept, clerk.office, clerk.template_folders)
