"""An archive whose journal disproves it: everything exchanged or rewritten, and the list put right again, is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailbot.core.model.office import Office
from mailbot.writing.archive.agreement import root_of
from mailbot.writing.archive.archive import KeptMessage, write_archive
from mailbot.writing.archive.verify import verify_archive
from tests.writing.archive.closed_cycle import DOCX, form_of, kept, sha256

JOURNAL, DECISIONS = "5-riwayat/jurnal.jsonl", "5-riwayat/keputusan.txt"
CAPIL, DAFDUK = (f"4-form-diterima/{unit}/{unit}-kiriman-1-diterima.xlsx" for unit in ("CAPIL", "DAFDUK"))
REPORT, REPORT_PDF = "1-laporan/LKjIP-2025-disahkan.docx", "1-laporan/LKjIP-2025-disahkan.pdf"
RATIFIED = "3-surat-masuk/003_2026-01-23_verdict.eml"
Line = dict[str, Any]


@pytest.fixture
def archive(tmp_path: Path, office: Office, folders: tuple[Path, ...]) -> Path:
    """Return a freshly written archive."""
    return write_archive(tmp_path / "arsip", kept(), office, folders)


def entries(archive: Path) -> list[Line]:
    """Return the journal's lines."""
    return [json.loads(line) for line in (archive / JOURNAL).read_text().splitlines()]


def forged(archive: Path, lines: list[Line] | None = None, *, seals: bool = False) -> tuple[str, ...]:
    """Put the chain and the list right again, as a forger with time would, and verify.

    Args:
        archive: the archive with its files as they are to be.
        lines: what the journal is to say.
        seals: the forger also knows of the line that seals all files.
    """
    lines = entries(archive) if lines is None else lines
    manifest = json.loads((archive / "manifest.json").read_text())
    digests = {
        str(path.relative_to(archive)): sha256(path.read_bytes())
        for path in archive.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    if seals:
        others = {name: digest for name, digest in digests.items() if name != JOURNAL}
        lines[-1]["line"]["detail"] = [
            [name, root_of(others) if name == "files" else value] for name, value in lines[-1]["line"]["detail"]
        ]
    before = "0" * 64
    for line in lines:
        if line["line"] is not None:
            spelled = json.dumps(line["line"], sort_keys=True, separators=(",", ":")).encode()
            line["hash"] = hashlib.sha256(bytes.fromhex(before) + spelled).hexdigest()
        before = line["hash"]
    (archive / JOURNAL).write_text("".join(json.dumps(line, sort_keys=True) + "\n" for line in lines))
    digests[JOURNAL] = sha256((archive / JOURNAL).read_bytes())
    manifest["files"] = [{"path": name, "sha256": digest} for name, digest in sorted(digests.items())]
    manifest["journal"] = {"lines": lines[-1]["number"], "head": before}
    (archive / "manifest.json").write_text(json.dumps(manifest))
    return verify_archive(archive)


def numbered(archive: Path, event: str, word: str = "") -> int:
    """Return the number of a line: of an event, and of a decision by its word."""
    told = [line for line in entries(archive) if line["line"] and line["line"]["event"] == event]
    return next(int(line["number"]) for line in told if word in dict(line["line"]["detail"]).get("word", ""))


def rewritten(archive: Path, event: str, old: str, new: str) -> list[Line]:
    """Return the journal with another word in the lines of an event."""
    lines = entries(archive)
    for line in lines:
        if line["line"] and line["line"]["event"] == event:
            line["line"]["detail"] = [[name, value.replace(old, new)] for name, value in line["line"]["detail"]]
    return lines


def nulled(archive: Path, *events: str) -> list[Line]:
    """Return the journal with the lines of these events as if they were another cycle's; of all without a name."""
    return [
        line | {"line": None} if line["line"] and (not events or line["line"]["event"] in events) else line
        for line in entries(archive)
    ]


def exchange(archive: Path, one: str, other: str) -> None:
    """Put two files in each other's place."""
    first, second = (archive / one).read_bytes(), (archive / other).read_bytes()
    (archive / one).write_bytes(second)
    (archive / other).write_bytes(first)


def test_an_archive_nobody_touched_is_whole_and_so_is_one_listed_anew(archive: Path) -> None:
    """Else the forgeries below would prove nothing."""
    assert verify_archive(archive) == ()
    assert forged(archive, seals=True) == ()


@pytest.mark.parametrize("seals", [False, True])
def test_a_report_swapped_is_found(archive: Path, seals: bool) -> None:  # noqa: FBT001 - a column of the table
    """DOCX or PDF, whoever put the list right."""
    (archive / REPORT).write_bytes(DOCX + b" and more")
    (archive / REPORT_PDF).write_bytes(b"%PDF-1.7 other")
    problems = forged(archive, seals=seals)
    line = numbered(archive, "verdict", "DITERIMA")
    assert f"journal: line {line} names a report that is not here (SHA-256 {sha256(DOCX)})" in problems
    compiled = numbered(archive, "draft_compiled")
    assert f"journal: line {compiled} names a PDF of the report that is not here" in problems
    sealed = f"journal: line {numbered(archive, 'archived')} sealed other files than these; one was exchanged, and the"
    assert any(problem.startswith(sealed) for problem in problems) is not seals


@pytest.mark.parametrize("seals", [False, True])
def test_forms_exchanged_are_found(archive: Path, seals: bool) -> None:  # noqa: FBT001 - a column of the table
    """Two units' forms in each other's place; one under another number; one that never came; one taken away."""
    exchange(archive, CAPIL, DAFDUK)
    problems = forged(archive, seals=seals)
    told = {dict(line["line"]["detail"]).get("file"): line["number"] for line in entries(archive) if line["line"]}
    number = told[sha256(form_of("dafduk", 1))]
    assert f"journal: {CAPIL} is the form that line {number} tells of dafduk (exchanged)" in problems
    exchange(archive, CAPIL, DAFDUK)
    assert forged(archive, seals=True) == ()
    (archive / CAPIL).rename(archive / CAPIL.replace("kiriman-1", "kiriman-2"))
    assert any(problem.endswith("tells of capil (exchanged)") for problem in forged(archive, seals=seals))
    (archive / CAPIL.replace("kiriman-1", "kiriman-2")).write_bytes(b"another")
    problems = forged(archive, seals=seals)
    assert f"journal: no line tells of the form {CAPIL.replace('kiriman-1', 'kiriman-2')}" in problems
    assert any("names a form that is not here" in problem for problem in problems)


def test_a_decision_rewritten_in_the_journal_is_found(archive: Path) -> None:
    """Written out for people it is another one."""
    problems = forged(archive, rewritten(archive, "verdict", "DISAHKAN", "PERBAIKI"))
    line = numbered(archive, "verdict", "PERBAIKI")
    assert f"journal: line {line} (PERBAIKI) is not the decision that is written out" in problems


def test_a_decision_rewritten_everywhere_is_found(archive: Path) -> None:
    """In the journal, as written out, in the list and in the seal: whoever gave it was told of another."""
    text = (archive / DECISIONS).read_text().replace("DISAHKAN", "PERBAIKI")
    (archive / DECISIONS).write_text(text)
    problems = forged(archive, rewritten(archive, "verdict", "DISAHKAN", "PERBAIKI"), seals=True)
    line = numbered(archive, "verdict", "PERBAIKI")
    told = f"journal: line {line} (PERBAIKI) is not the decision that was confirmed to whoever gave it"
    assert problems == (told,)


def test_a_decision_bound_to_another_file_or_mail_is_found(archive: Path) -> None:
    """Both must be there."""
    other = rewritten(archive, "verdict", sha256(b"DISAHKAN"), sha256(b"another mail"))
    line = numbered(archive, "verdict", "DISAHKAN")
    assert f"journal: line {line} names a mail that is not here (SHA-256 {sha256(b'another mail')})" in forged(
        archive, other
    )


def test_a_mail_swapped_is_found(archive: Path) -> None:
    """The decision in it was another one."""
    (archive / RATIFIED).write_bytes(b"PERBAIKI")
    assert any("names a mail that is not here" in problem for problem in forged(archive, seals=True))


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ((), "journal: the line that opened this cycle is not told"),
        (("cycle_opened",), "journal: the line that opened this cycle is not told"),
        (("form_accepted",), "journal: no line tells of the form"),
        (("verdict",), "journal: no line tells of what is written out as decided"),
        (("cycle_closed",), "journal: line 13 counts 10 lines of this cycle, 9 are told"),
        (("draft_compiled",), "journal: line 13 counts 10 lines of this cycle, 9 are told"),
    ],
)
def test_lines_taken_for_another_cycle_s_are_found(archive: Path, events: tuple[str, ...], found: str) -> None:
    """Their hash stays, their words are gone."""
    assert any(problem.startswith(found) for problem in forged(archive, nulled(archive, *events)))


def test_what_was_held_back_is_no_contradiction(tmp_path: Path, office: Office, folders: tuple[Path, ...]) -> None:
    """A note with the digest stands in its place."""
    whole = kept()
    held = frozenset({sha256(form_of("dafduk", 1))})

    def holds_back(message: KeptMessage) -> bool:
        return message.raw == b"DISAHKAN"

    spared = type(whole)(
        cycle=whole.cycle,
        letters=whole.letters,
        mails=whole.mails,
        journal=whole.journal,
        files=whole.files,
        holds_back=holds_back,
        held=held,
    )
    assert verify_archive(write_archive(tmp_path / "arsip", spared, office, folders)) == ()


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda a: (a / "manifest.json").write_text(DEEP), "cannot be read as an archive's list"),
        (lambda a: (a / "manifest.json").write_text('{"files": [], "journal": 3}'), "cannot be read as an archive's"),
        (lambda a: (a / "manifest.json").write_bytes(b"\xff\xfe"), "cannot be read as an archive's list"),
        (lambda a: (a / JOURNAL).write_text(DEEP), f"journal: {JOURNAL} cannot be read"),
        (lambda a: (a / JOURNAL).write_text('{"number": "1", "line": [], "hash": 3}\n'), "journal: 5-riwayat/jurnal"),
        (lambda a: (a / JOURNAL).write_text("3\n"), f"journal: {JOURNAL} cannot be read"),
        (lambda a: (a / RATIFIED).write_bytes(_nested()), "changed: 3-surat-masuk"),
    ],
)
def test_whatever_stands_there_is_answered_in_a_sentence(
    archive: Path, harm: Callable[[Path], object], said: str
) -> None:
    """JSON nested too deep, none at all, another shape, a mail within mails."""
    harm(archive)
    assert any(said in problem for problem in verify_archive(archive))


def _nested() -> bytes:
    """Return a mail of multiparts nested too deep for anybody to follow."""
    return b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (depth, depth) for depth in range(3000)
    )
