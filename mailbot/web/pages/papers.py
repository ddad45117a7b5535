"""Papers of closed and running cycles: the report as a PDF in its page, and the archives' files to be taken home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.ledger.board.boxes import Boxes
from mailbot.ledger.engine import one_moment
from mailbot.web.pages.deciding import decision_form
from mailbot.web.pages.page import File, Page, path
from mailbot.writing.words.phrases import PDF, media_type_of, safe_name

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.web.pages.page import Here

_SHOWN_FOLDERS = ("", "1-laporan", "5-riwayat", "6-data")
"""Folders of an archive whose files are handed out; mails, letters and forms are looked at on pages of their own."""
_KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLine:
    """One archive with its files."""

    name: str
    files: tuple[tuple[str, str, str], ...]
    """Name, size, address."""


def draft_page(here: Here, cycle: str) -> Page | None:
    """Return the page on which the report's present version is read; None: there is none, or not for this viewer."""
    found = _drafted(here, cycle)
    if found is None or found.draft is None:
        return None
    draft = found.draft
    values = {
        "cycle": found,
        "version": draft.version,
        "compiled": here.phrases.moment(draft.compiled_at) if draft.compiled_at is not None else "",
        "edited_by": draft.edited_by,
        "pdf": path("drafts", cycle, "laporan.pdf"),
        "back": path("cycles", cycle),
        "decision": decision_form(found, here),
    }
    title = here.told("draft", "title", period=here.phrases.period(found.period))
    return Page(template="pages/draft.j2", title=title, values=values, place="home")


def draft_file(here: Here, cycle: str) -> File | None:
    """Return the report's present version as a PDF."""
    found = _drafted(here, cycle)
    kept = Boxes(here.ledger.engine).file(found.draft.pdf_sha256) if found is not None and found.draft else None
    if kept is None:
        return None
    return File(name=safe_name(f"LKjIP-{cycle}.pdf"), media_type=PDF, content=kept[1], shown=True)


def archive_page(here: Here) -> Page | None:
    """Return the page of all archives; None for whoever sees his unit alone: they hold every unit's."""
    if not here.viewer.sees_everything:
        return None
    lines = tuple(_archive(folder) for folder in reversed(_archives(here)))
    values = {"archives": lines, "folder": str(here.board.archive_folder)}
    return Page(template="pages/archive.j2", title=here.words["places"]["archive"], values=values, place="archive")


def archive_file(here: Here, archive: str, place: str) -> File | None:
    """Return a file of an archive by its place in the list; None: there is none, or not for this viewer."""
    if not here.viewer.sees_everything or not place.isascii() or not place.isdigit():
        return None
    folder = next((one for one in _archives(here) if one.name == archive), None)
    files = _files(folder) if folder is not None else ()
    if not 1 <= int(place) <= len(files):
        return None
    file = files[int(place) - 1]
    content = file.read_bytes()
    return File(name=file.name, media_type=media_type_of(content), content=content)


def _drafted(here: Here, key: str) -> Cycle | None:
    """Return a cycle whose report can be read, where the viewer sees the whole office."""
    if not here.viewer.sees_everything:
        return None
    with one_moment(here.ledger.engine):
        cycle = here.ledger.cycles.get(key)
    return cycle if cycle is not None and cycle.draft is not None and cycle.draft.pdf_sha256 else None


def _archives(here: Here) -> tuple[Path, ...]:
    """Return the folders of archives, in order of their names."""
    folder = here.board.archive_folder
    if not folder.is_dir():
        return ()
    return tuple(sorted(one for one in folder.iterdir() if (one / "manifest.json").is_file() and not one.is_symlink()))


def _files(archive: Path) -> tuple[Path, ...]:
    """Return the files of an archive that are handed out, in order; what is no plain file is none."""
    return tuple(
        file
        for name in _SHOWN_FOLDERS
        if (archive / name).is_dir()
        for file in sorted((archive / name).iterdir())
        if file.is_file() and not file.is_symlink()
    )


def _archive(folder: Path) -> ArchiveLine:
    """Return one archive's line."""
    return ArchiveLine(
        name=folder.name,
        files=tuple(
            (str(file.relative_to(folder)), _size(file.stat().st_size), path("archive", folder.name, place))
            for place, file in enumerate(_files(folder), 1)
        ),
    )


def _size(size: int) -> str:
    """Return a size in words, `1,2 MB`."""
    if size < _KIB:
        return f"{size} B"
    if size < _KIB * _KIB:
        return f"{size / _KIB:.0f} KB"
    return f"{size / _KIB / _KIB:.1f} MB".replace(".", ",")
