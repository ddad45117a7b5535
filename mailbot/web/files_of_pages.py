"""The board without a server: the same pages as files, links between them relative, nothing sent and nothing searched.

The folder is made afresh beside the old one and takes its place when it is whole. It shows all that the ledger holds to
whoever opens it, so it is as private as the ledger: nobody else on the machine may look into it.
"""

from __future__ import annotations

import shutil
from collections import deque
from posixpath import dirname, join, relpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from mailbot.errors import MailbotError
from mailbot.web.open_gate import onlooker
from mailbot.web.pages.addresses import answer
from mailbot.web.pages.page import File, Page
from mailbot.web.printing import Printer, here_of, static_file
from mailbot.writing.words.phrases import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailbot.core.codes.languages import Language
    from mailbot.web.board import Board
    from mailbot.web.pages.page import Here

MARK = ".papan-status"
"""Lies in a folder that was written by us, which alone is written over."""
_STATIC = ("board.css", "icon.svg")
_PRIVATE = 0o700
_FIRST = "/"


def write_board(board: Board, out: Path, language: Language) -> Iterator[int]:
    """Write every page that can be reached from the first one, with the files behind them; yield how many there are.

    Raises:
        MailbotError: the folder holds something else.
        LedgerProblem: the ledger cannot be read.
        TemplateProblem: a template is missing or broken.
        OSError: the folder cannot be written.
    """
    if out.exists() and not (out / MARK).is_file() and any(out.iterdir()):
        raise MailbotError(f"{out} holds files that are not the board's; name a folder that is empty or not there yet")
    fresh = out.with_name(f"{out.name}.baru")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=_PRIVATE)
    yield from _Writing(board, fresh, language).every()
    (fresh / MARK).touch()
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)


class _Writing:
    """The pages that were written, and those that are still to be."""

    def __init__(self, board: Board, folder: Path, language: Language) -> None:
        """Begin with the first page."""
        self._board, self._folder = board, folder
        self._here: Here = here_of(board, onlooker(language))
        self._places: dict[str, str] = {}
        self._ahead: deque[tuple[str, Page]] = deque()

    def every(self) -> Iterator[int]:
        """Write the static files, then page after page; yield how many pages are written."""
        for name in _STATIC:
            file = static_file(self._board.template_folders, name)
            if file is not None:
                self._write(f"static/{name}", file.read_bytes())
        self._place(_FIRST)
        written = 0
        while self._ahead:
            address, page = self._ahead.popleft()
            self._write(self._places[address], self._printed(page, address).encode())
            written += 1
            yield written

    def _printed(self, page: Page, address: str) -> str:
        """Return a page whose links lead from its own file to others."""
        own = dirname(self._places[address])
        printer = Printer(
            folders=self._board.template_folders,
            to=lambda target: _link(self._place(target), own),
            static=lambda name: _link(f"static/{name}", own),
            alone=True,
        )
        return printer.html(page, self._here, address)

    def _place(self, target: str) -> str:
        """Return in which file an address is found; what is asked for first is written, or will be."""
        address, _, part = target.partition("#")
        if address not in self._places:
            found = answer(address, self._here)
            self._places[address] = _file_of(address, found)
            if isinstance(found, Page):
                self._ahead.append((address, found))
            elif isinstance(found, File):
                self._write(self._places[address], found.content)
        place = self._places[address]
        return f"{place}#{part}" if part else place

    def _write(self, place: str, content: bytes) -> None:
        """Write one file into the folder."""
        file = self._folder.joinpath(*place.split("/"))
        file.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
        file.write_bytes(content)


def _file_of(address: str, found: Page | File | None) -> str:
    """Return the file in which an address is kept, by names that every disk takes; empty: there is nothing there."""
    if found is None:
        return ""
    parts = [safe_name(unquote(part)) for part in address.split("/") if part]
    if isinstance(found, File):
        return "/".join((*parts, safe_name(found.name)))
    return "/".join(parts) + ".html" if parts else "index.html"


def _link(place: str, own: str) -> str:
    """Return the link to a file from a page in a folder; to nothing: to the page itself."""
    file, mark, part = place.partition("#")
    return quote(relpath(join("/", file), join("/", own)) if file else "") + mark + part
