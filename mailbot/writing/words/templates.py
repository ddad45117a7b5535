"""Where the words stand: the office's own `templates/` first, then those that mailbot came with."""

from __future__ import annotations

from pathlib import Path

from mailbot.errors import TemplateProblem

_PACKAGE = Path(__file__).resolve().parents[2]


def shipped_templates() -> Path:
    """Return the folder of templates that came with mailbot: inside the wheel, or beside it in a checkout."""
    inside = _PACKAGE / "_data" / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def find_template(folders: tuple[Path, ...], name: str) -> Path:
    """Return the first file of that name (`docx/laporan-kinerja.docx`) in the folders.

    Raises:
        TemplateProblem: no folder has it.
    """
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    places = ", ".join(str(folder) for folder in folders)
    raise TemplateProblem(f"template {name} is missing; looked in: {places}")
