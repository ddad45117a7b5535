"""The Surat Pengantar of several letters, their PDFs made together (SOP rows 2 and 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.letters import EnclosureKind
from mailbot.writing.word.cover_letter import write_cover_letter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.writing.word.pdf import PdfMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A finished Surat Pengantar as Word file, and as PDF where one can be made."""

    docx: bytes
    pdf: bytes | None = None


def write_covers(
    letters: Sequence[tuple[Letter, Cycle | None]],
    office: Office,
    *,
    template_folders: tuple[Path, ...],
    pdf: PdfMaker | None = None,
) -> tuple[Cover | None, ...]:
    """Return the Surat Pengantar that each letter encloses, None for a letter that encloses none.

    Args:
        letters: letters with their cycles.
        office: the office.
        template_folders: folders of templates, the office's own first.
        pdf: makes the PDFs, all of them in one call; None where this machine makes none.

    Raises:
        TemplateProblem: a template is missing or broken.
        PdfAwaited: a PDF cannot be made now, and the office wants no letter without it.
    """
    written = {
        number: write_cover_letter(letter, cycle, office, template_folders=template_folders)
        for number, (letter, cycle) in enumerate(letters)
        if cycle is not None and any(one.kind is EnclosureKind.COVER_LETTER for one in letter.enclosures)
    }
    pdfs = pdf.convert_all(list(written.values())) if pdf is not None else (None,) * len(written)
    covers = {number: Cover(docx=docx, pdf=made) for (number, docx), made in zip(written.items(), pdfs, strict=True)}
    return tuple(covers.get(number) for number in range(len(letters)))
