"""Makes the pictures of docs/ anew from what the sample office sends: `make pictures`.

It wants LibreOffice, Poppler and Chromium. Each picture is written down with the digest of what it shows, so that a
changed letter, form or report fails a test until its picture is made anew: and then it is to be looked at.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from mailbot.web.app import board_app
from mailbot.web.board import Board
from mailbot.web.open_gate import OpenGate, onlooker
from mailbot.writing.words.templates import shipped_templates
from tests.docs.page import DOCS
from tests.docs.small_png import cut, read, small, trimmed
from tests.office import Seen, ToyOffice, laid, requested

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = DOCS / "pictures"
SOURCES = FOLDER / "sources.json"
LARGEST = 60_000
"""Bytes."""
_DOTS_PER_INCH = 96
_SAVED = "docProps/core.xml"
_UNSEEN = re.compile(rb'\s(?!class=|style=)[\w:-]+="[^"]*"')
"""What a tag says that nobody sees: where a link leads, what a program looks for."""
_INDONESIAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>id-ID</value></prop></item></oor:items>
"""
"""So figures are shown as in the office: with a comma before the decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: what it shows (`.html`, `.xlsx` or `.docx`), and which part of it."""

    shows: str
    source: Callable[[], bytes]
    page: int = 1
    width: int = 720
    """Of the window, in pixels, where it is a page of HTML."""
    height: int = 1000
    """Pixels from the top that are kept."""


@cache
def _asked() -> ToyOffice:
    """Return the office when its units have been asked, and one has sent a form with two mistakes."""
    office = requested()
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    return office


@cache
def _drafted() -> Seen:
    """Return the letter that brings the first draft."""
    return laid().letter("perencanaan", "draft")


def _html(letter: Seen) -> bytes:
    """Return a letter's HTML face."""
    mail = email.message_from_bytes(letter.raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content()).encode()


def _board() -> bytes:
    """Return the board's front page while forms come in, with its styles in it."""
    office = _asked()
    if not office.letters_to("kabid-piak", "receipt"):
        office.sends_form("kabid-piak", "PIAK")
        office.days_pass(1)
    board = Board(
        office=lambda: office.office,
        ledger=office.ledger,
        clock=office.clock,
        template_folders=(shipped_templates(),),
        archive_folder=Path("/nowhere"),
    )
    page = TestClient(board_app(board, OpenGate(onlooker()))).get("/").text
    styles = (shipped_templates() / "web" / "static" / "board.css").read_text(encoding="utf-8")
    alone = re.sub(r"<(link|script)\b[^>]*(static)[^>]*>(</script>)?", "", page)
    return alone.replace("</head>", f"<style>{styles}</style></head>").encode()


PICTURES = {
    "surat-permintaan.png": Picture(
        shows=".html", source=lambda: _html(_asked().letter("kabid-capil", "request")), height=930
    ),
    "form.png": Picture(
        shows=".xlsx", source=lambda: _asked().letter("kabid-capil", "request").file(".xlsx")[1], page=3, height=402
    ),
    "surat-pengembalian.png": Picture(
        shows=".html", source=lambda: _html(_asked().letter("kabid-capil", "returned")), height=712
    ),
    "form-kembali.png": Picture(
        shows=".xlsx", source=lambda: _asked().letter("kabid-capil", "returned").file(".xlsx")[1], page=4, height=402
    ),
    "laporan.png": Picture(shows=".docx", source=lambda: _drafted().file(".docx")[1], page=7, height=880),
    "papan.png": Picture(shows=".html", source=_board, width=1180, height=985),
}
"""Name of each picture -> what it is made from."""


def digest(picture: Picture) -> str:
    """Return the digest of what a picture shows: of what is seen of a page, or of a packed file's parts."""
    source = picture.source()
    if picture.shows == ".html":
        return hashlib.sha256(_UNSEEN.sub(b"", source)).hexdigest()
    with zipfile.ZipFile(io.BytesIO(source)) as packed:
        parts = b"".join(name.encode() + packed.read(name) for name in sorted(packed.namelist()) if name != _SAVED)
    return hashlib.sha256(parts).hexdigest()


def drawn(picture: Picture, folder: Path) -> bytes:
    """Draw one picture as a large PNG."""
    source = folder / f"source{picture.shows}"
    source.write_bytes(picture.source())
    if picture.shows == ".html":
        out = folder / "page.png"
        size = f"--window-size={picture.width},{picture.height}"
        quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--screenshot={out}", size]
        _run("chromium", *quiet, source.as_uri())
        return out.read_bytes()
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_INDONESIAN, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source))
    page = str(picture.page)
    _run("pdftoppm", "-png", "-r", str(_DOTS_PER_INCH), "-f", page, "-l", page, "-singlefile",
         str(source.with_suffix(".pdf")), str(folder / "page"))  # fmt: skip
    return (folder / "page.png").read_bytes()


def _run(*command: str) -> None:
    """Run a program; what it says is shown only where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - programs and files of our own
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr[-500:]}")


def make(name: str) -> None:
    """Make one picture anew, and write down what it shows."""
    picture = PICTURES[name]
    with tempfile.TemporaryDirectory() as folder:
        whole = trimmed(read(drawn(picture, Path(folder))), 12)
    made = small(cut(whole, 0, 0, whole.width, picture.height))
    (FOLDER / name).write_bytes(made)
    known = json.loads(SOURCES.read_text(encoding="utf-8")) if SOURCES.exists() else {}
    known[name] = {"shows": digest(picture), "is": hashlib.sha256(made).hexdigest()}
    kept = {one: known[one] for one in sorted(known) if one in PICTURES}
    SOURCES.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    print(f"{name}: {len(made)} bytes, {whole.width} pixels wide")  # noqa: T201 - whoever made it wants to know


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for chosen in sys.argv[1:] or PICTURES:
        make(chosen)
