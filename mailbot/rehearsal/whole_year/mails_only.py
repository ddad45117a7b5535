"""Letters of a rehearsal without documents: every word and every form, but no PDF, and no archive at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.clerk.composing import LetterMaker

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.core.model.office import Office
    from mailbot.writing.archive.kept import Kept, Laid


@dataclass(frozen=True, slots=True, kw_only=True)
class MailsOnly(LetterMaker):
    """Makes letters as ever, and lays out no archive."""

    def archive(self, office: Office, kept: Kept) -> tuple[Laid, ...]:
        """Lay nothing out; what is kept was gathered by the clerk, and the journal tells of it."""
        del office, kept
        return ()

    def lay_down(self, name: str, files: dict[str, bytes], *, settled: bool) -> tuple[Path, Path | None]:
        """Leave the archive unwritten."""
        del files, settled
        return self.archive_folder / name, None
