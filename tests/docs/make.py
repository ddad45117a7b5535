"""Makes every page of docs/ that is made from the source: `python -m tests.docs.make`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.docs import commands, fault_codes, letter_kinds, personal_data, reply_words, staff_guide, template_values
from tests.docs.page import DOCS, MARK, REFERENCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGES: dict[Path, Callable[[], str]] = {
    REFERENCE / "commands.md": commands.page,
    REFERENCE / "fault-codes.md": fault_codes.page,
    REFERENCE / "letters.md": letter_kinds.page,
    REFERENCE / "reply-words.md": reply_words.page,
    DOCS / "personal-data.md": personal_data.page,
    DOCS / "panduan-pegawai.md": staff_guide.page,
    DOCS / "templates.md": template_values.page,
}
"""Where each page lies, and what makes the part of it below the mark."""


def whole(path: Path) -> str:
    """Return a page as it should be: above the mark as it is, below it made."""
    return path.read_text(encoding="utf-8").partition(MARK)[0] + MARK + PAGES[path]()


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(whole(page), encoding="utf-8")
