"""An office with invented names planted wherever a name can lie, and a look for them in any file, packed or not."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import docx
import openpyxl

from mailbot.core.procedure.addressing import line
from mailbot.ledger.values import Changes, KeptFile, Outgoing
from mailbot.rehearsal.filling import header_row
from tests.clerk.test_archiving import closes
from tests.office import CYCLE, ToyOffice

COUNT = 500
NAMES = tuple(f"Wiratmaja{number:03d}Kusuma" for number in range(COUNT))
BESIDE_A_NIK = NAMES[250:330]
"""Those that stand in files with a number like a NIK: they lie sealed where the ledger has its key."""
NIK = "3574010101900001"
_LISTED = "kabid-dafduk"
_PACKED, _BASE64 = b"PK\x03\x04", re.compile(rb"[A-Za-z0-9+/]{60,}={0,2}(?:\r?\n[A-Za-z0-9+/]+={0,2})*")
_SQLITE = b"SQLite format 3\x00"
_STREAM = re.compile(rb"stream\r?\n")
_NAME = re.compile(rb"Wiratmaja\d{3}Kusuma")
_MOST, _DEEPEST = 300_000, 4
"""No planted member is larger."""


def planted(office: ToyOffice) -> None:
    """Let 500 names come in, go out and be written down, close the cycle and make its archive."""
    names = iter(NAMES)
    office.works()
    office.days_pass(1)
    office.morning()
    _strangers(office, names)
    _free_texts(office, names)
    _forms(office, names)
    _held(office, names)
    _written(office, names)
    assert next(names, None) is None, "not every name was planted"
    closes(office)
    while office.ledger.letters.counts().queued or office.ledger.cycles.unarchived():
        office.days_pass(1)
        office.morning()


def _strangers(office: ToyOffice, names: Iterator[str]) -> None:
    """Plant five names each in the mails of ten strangers: who wrote, about what, what, on what file, and in it."""
    for _ in range(10):
        who, about, words, on, within = (next(names) for _ in range(5))
        files = ((f"{on}.xlsx", workbook(within)),)
        sent = office.mail("", None, f"Salam dari {words}.", *files, address=f"{who}@example.com", proved=False)
        office.arrives(sent.replace(b"Subject: Pertanyaan", f"Subject: Perihal {about}".encode()))


def _free_texts(office: ToyOffice, names: Iterator[str]) -> None:
    """Plant ten names each in ten mails of listed people that are no form and no word."""
    letter = office.letter(_LISTED, "request")
    for _ in range(10):
        said, on, within = ([next(names) for _ in range(some)] for some in (6, 1, 3))
        files = ((f"{on[0]}.docx", document(within)),)
        office.answers(_LISTED, letter, f"Mohon informasi tentang {', '.join(said)}.", *files)


def _forms(office: ToyOffice, names: Iterator[str]) -> None:
    """Plant a hundred names in the texts of two forms, each on a file with a name."""
    for key, unit in ((_LISTED, "DAFDUK"), ("kabid-capil", "CAPIL")):
        _, content = office.filled(unit)
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book["Indikator"]
        head = header_row(sheet)
        assert head is not None
        top, column = head[0], head[1]["Faktor Pendukung"]
        rows = [row for row in range(top + 1, sheet.max_row + 1) if sheet.cell(row, column).value]
        each = 49 // len(rows)
        for row in rows:
            sheet.cell(row, column).value = "Didukung " + ", ".join(next(names) for _ in range(each))
        left = [next(names) for _ in range(49 - each * len(rows))]
        sheet.cell(rows[0], column).value = ", ".join((str(sheet.cell(rows[0], column).value), *left))
        saved = io.BytesIO()
        book.save(saved)
        office.answers(key, office.letter(key, "request"), "Terlampir.", (f"{next(names)}.xlsx", saved.getvalue()))


def _held(office: ToyOffice, names: Iterator[str]) -> None:
    """Plant ten names each in eight mails that carry numbers like a NIK."""
    letter = office.letter(_LISTED, "request")
    for _ in range(8):
        rows = [next(names) for _ in range(9)]
        files = ((f"{next(names)}.xlsx", workbook(*rows, NIK)),)
        office.answers(_LISTED, letter, "Terlampir daftar penduduk.", *files)


def _written(office: ToyOffice, names: Iterator[str]) -> None:
    """Plant what is left in letters, in the journal, in a former configuration and in a version of the report."""
    at = office.clock()
    for number, cycle in enumerate((CYCLE, "") * 10):
        who, words = next(names), next(names)
        raw = f"To: {who}@example.go.id\r\nSubject: {words}\r\n\r\nYth. {words}\r\n".encode()
        letter = Outgoing(
            key=f"planted/{cycle}/{number}",
            kind="told",
            person="kadis",
            address=f"{who}@example.go.id",
            message_id=f"<{number}.planted@example.go.id>",
            raw=raw,
            due_at=at,
            cycle=cycle,
        )
        sent = hashlib.sha256(raw).hexdigest()
        written = line(at, "letter_written", letter=letter.key, sent=sent)
        office.ledger.commit(Changes(at=at, letters=(letter,), journal=((cycle, written),)))
    for number in range(55):
        cycle = CYCLE if number % 2 else ""
        told = line(at, "told", next(names), said=next(names))
        office.ledger.commit(Changes(at=at, journal=((cycle, told),)))
    for name in [next(names) for _ in range(20)]:
        yaml = KeptFile(content=f"people:\n- name: {name}\n".encode(), media_type="application/yaml")
        office.ledger.commit(Changes(at=at, files=(yaml,)))
    office.works()


def workbook(*cells: str) -> bytes:
    """Return a workbook with these texts, packed as Excel packs them."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for cell in cells:
        book.active.append([cell])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def document(names: list[str]) -> bytes:
    """Return a Word file with these texts."""
    made = docx.Document()
    for name in names:
        made.add_paragraph(name)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def names_in(path: Path) -> set[str]:
    """Return the planted names that stand in a file, as bytes, or in anything packed or encoded in it."""
    content = path.read_bytes()
    layers = (layer for whole in (content, *_cells(path, content)) for layer in _layers(whole, 0))
    return {name.decode() for layer in layers for name in _NAME.findall(layer)}


def _cells(path: Path, content: bytes) -> Iterator[bytes]:
    """Give each value of a SQLite file whole: in the file itself the pages it lies on may tear it anywhere."""
    if not content.startswith(_SQLITE):
        return
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as base:
        base.text_factory = bytes
        for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in base.execute(f'SELECT * FROM "{table.decode()}"'):  # noqa: S608 - a name out of the file itself
                yield from (one for one in row if isinstance(one, bytes))


def _layers(content: bytes, depth: int) -> Iterator[bytes]:
    """Give some bytes, and what can be unpacked and decoded out of them, wherever it begins."""
    yield content
    if depth > _DEEPEST:
        return
    if b"=\r\n" in content:
        yield content.replace(b"=\r\n", b"")
    view = memoryview(content)
    for found in re.finditer(re.escape(_PACKED), content):
        yield from _unpacked(view, found.start(), depth)
    for found in _STREAM.finditer(content):
        yield _inflated(view[found.end() :], zlib.MAX_WBITS)
    for found in _BASE64.finditer(content):
        # A page of the database may end in the middle of it: whole groups of four are read.
        plain = re.sub(rb"[\s=]", b"", found[0])
        yield from _layers(base64.b64decode(plain[: len(plain) // 4 * 4]), depth + 1)


def _unpacked(view: memoryview, begin: int, depth: int) -> Iterator[bytes]:
    """Give one member of a zip, found by its own head: a torn archive has no list of them any more."""
    size_of_name, size_of_extra = (int.from_bytes(view[begin + at : begin + at + 2], "little") for at in (26, 28))
    yield bytes(view[begin + 30 : begin + 30 + size_of_name])
    yield from _layers(_inflated(view[begin + 30 + size_of_name + size_of_extra :], -zlib.MAX_WBITS), depth + 1)


def _inflated(view: memoryview, bits: int) -> bytes:
    """Return what can be inflated where it begins; nothing where that is no packed stream."""
    try:
        return zlib.decompressobj(bits).decompress(view[:_MOST], _MOST)
    except zlib.error:
        return b""


def found_below(folder: Path, *, but: tuple[Path, ...] = ()) -> dict[str, int]:
    """Return each file below a folder in which planted names stand, with how many."""
    files = (one for one in sorted(folder.rglob("*")) if one.is_file() and not any(map(one.is_relative_to, but)))
    found = {one.relative_to(folder).as_posix(): len(names_in(one)) for one in files}
    return {name: count for name, count in found.items() if count}
