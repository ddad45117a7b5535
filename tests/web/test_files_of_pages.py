"""The board as files: whole, with links that lead to files beside it, without anything that wants a server."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from mailbot.core.codes.languages import Language
from mailbot.errors import MailbotError
from mailbot.web.files_of_pages import write_board
from tests.web.boards import board_of
from tests.web.secrets import NOBODY, UNITS, secret_board, word_of
from tests.writing.sample_cycle import collecting

_LINK = re.compile(r'(?:href|src|data)="([^"]*)"')


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a board that was written as files."""
    out = tmp_path_factory.mktemp("board") / "papan"
    counts = list(write_board(secret_board(), out, Language.INDONESIAN))
    assert counts == list(range(1, len(list(out.rglob("*.html"))) + 1))
    return out


def test_every_link_leads_to_a_file_beside_it(written: Path) -> None:
    """Opened from a disk or a stick: no link begins at the root, none leads out, none to nothing."""
    for page in written.rglob("*.html"):
        for link in _LINK.findall(page.read_text(encoding="utf-8")):
            file = unquote(link.partition("#")[0])
            assert not file.startswith("/"), f"{page}: {link}"
            assert (page.parent / file).resolve().is_relative_to(written), f"{page}: {link}"
            assert (page.parent / file).is_file() or not file, f"{page}: {link}"


def test_nothing_in_it_wants_a_server(written: Path) -> None:
    """No form, no script, nothing that is fetched; what was held back is in no file."""
    for file in written.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert not any(word.encode() in content for word in NOBODY), file
        if file.suffix == ".html":
            assert not re.search(rb"<form|<script|hx-|http-equiv", content), file
    assert all(any(word_of(unit) in path.name for path in written.rglob("*.xlsx")) for unit in UNITS)


def test_it_is_as_private_as_the_ledger(written: Path) -> None:
    """Nobody else on the machine looks into the folder."""
    assert written.stat().st_mode & 0o077 == 0


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """What was written before is replaced as a whole; what was not ours is refused, and stays."""
    board = board_of(collecting())
    out = tmp_path / "papan"
    list(write_board(board, out, Language.INDONESIAN))
    (out / "old.html").touch()
    list(write_board(board, out, Language.ENGLISH))
    assert not (out / "old.html").exists()
    assert '<html lang="en">' in (out / "index.html").read_text(encoding="utf-8")
    other = tmp_path / "surat"
    other.mkdir()
    (other / "letter.txt").write_text("ours?", encoding="utf-8")
    with pytest.raises(MailbotError):
        list(write_board(board, other, Language.INDONESIAN))
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_it_is_written_where_the_extra_is_not_installed() -> None:
    """Pages as files need none of what answers over HTTP."""
    program = "import sys; sys.modules.update(starlette=None, uvicorn=None); import mailbot.web.files_of_pages"
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - a program of our own
