"""A rewritten archive: whatever leaves two records in disagreement is named; a rewriting of all of it, by a witness.

`verifikasi.py` is held to say the same as `mailbot verify`, and is run as the program that it is.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import IO, Any

import pytest

from mailbot.core.model.office import Office
from mailbot.writing.archive.checking.chain import chained
from mailbot.writing.archive.checking.proving import prove
from mailbot.writing.archive.checking.spelling import Finding, packed, salted_digest, spread
from mailbot.writing.archive.program import program
from mailbot.writing.archive.verify import SENTENCES, sentence
from tests.writing.archive.closed_cycle import sha256, the_archive
from tests.writing.archive.forger import DECISIONS, JOURNAL, Forger
from tests.writing.archive.forgeries import LISTED, RECEIPT, SEALED, TABLE, UNITS, UNSEALED
from tests.writing.archive.mutations import mutated

Forge = Callable[[Forger], object]


@pytest.fixture
def archive(office: Office, folders: tuple[Path, ...]) -> dict[str, bytes]:
    """Return the files of a whole archive."""
    return the_archive(office, folders)


@pytest.fixture(scope="module")
def alone(folders: tuple[Path, ...]) -> dict[str, Any]:
    """Return the names of `verifikasi.py`."""
    code: CodeType = compile(program(folders), "verifikasi.py", "exec")
    names: dict[str, Any] = {"__name__": "verifikasi"}
    exec(code, names)  # noqa: S102 - our own program, as it stands in every archive
    return names


def codes(findings: list[Finding]) -> set[str]:
    """Return the codes of findings, each of which has its sentence."""
    assert all(sentence(found) for found in findings)
    return {found.code for found in findings}


def test_an_archive_nobody_touched_is_whole_and_so_is_one_put_right_again(archive: dict[str, bytes]) -> None:
    """Else the forgeries below would prove nothing."""
    assert prove(archive, []).findings == []
    assert Forger(archive).finish() == archive


@pytest.mark.parametrize(("forge", "code"), [one[1:] for one in SEALED], ids=[one[0] for one in SEALED])
def test_what_does_not_fit_is_named_though_everything_was_put_right(
    archive: dict[str, bytes], alone: dict[str, Any], forge: Forge, code: str
) -> None:
    """Papers, seal, chain and list agree with the forgery; something else does not."""
    _found(archive, alone, forge, code)


@pytest.mark.parametrize(("forge", "code"), [one[1:] for one in LISTED], ids=[one[0] for one in LISTED])
def test_a_paper_made_anew_is_named(archive: dict[str, bytes], alone: dict[str, Any], forge: Forge, code: str) -> None:
    """The journal tells of every paper when it was made."""
    _found(archive, alone, forge, code, papers=False)


@pytest.mark.parametrize(("forge", "code"), [one[1:] for one in UNSEALED], ids=[one[0] for one in UNSEALED])
def test_what_the_seal_does_not_know_is_named(
    archive: dict[str, bytes], alone: dict[str, Any], forge: Forge, code: str
) -> None:
    """Whose archive, which files of which kind, which lines."""
    _found(archive, alone, forge, code, seal=False)


def _found(archive: dict[str, bytes], alone: dict[str, Any], forge: Forge, code: str, **right: bool) -> None:
    """Forge, put right, and hold both programs to the finding."""
    forger = Forger(archive)
    forge(forger)
    forged = forger.finish(**right)
    findings = prove(forged, []).findings
    assert code in codes(findings)
    assert [tuple(one) for one in alone["prove"](forged, []).findings] == [tuple(one) for one in findings]


def test_a_line_rewritten_without_its_chain_is_named(archive: dict[str, bytes]) -> None:
    """Its words are not those of its digest."""
    forger = Forger(archive)
    forger.told("mail_kept").update(actor="orang-lain")
    assert "line_unchained" in codes(prove(forger.finish(chain=False), []).findings)


def test_a_journal_cut_or_gone_is_named(archive: dict[str, bytes]) -> None:
    """A line in its midst, its end, or all of it."""
    lines = archive[JOURNAL].splitlines(keepends=True)
    for left, code in (([*lines[:3], *lines[4:]], "line_missing"), (lines[:-2], "journal_ends_elsewhere")):
        assert code in codes(prove(archive | {JOURNAL: b"".join(left)}, []).findings)
    assert "journal_unreadable" in codes(prove(archive | {JOURNAL: b"{"}, []).findings)
    del archive[JOURNAL]
    assert "no_journal" in codes(prove(archive, []).findings)


def test_what_was_taken_out_is_named_and_all_else_is_proved(archive: dict[str, bytes]) -> None:
    """Of a file its bytes, digest and salt go, of a line its words and salt; the seal and the chain still hold."""
    forger, path = Forger(archive), "3-surat-masuk/002_2026-01-23_form.eml"
    for gone in (path, UNITS):
        del forger.files[gone]
        entry = forger.listed(gone)
        for name in ("bytes", "sha256", "salt"):
            del entry[name]
        entry["removed"] = True
    line = forger.entry("mail_kept")
    del line["line"], line["salt"]
    line["removed"] = True
    forged = forger.finish(papers=False, seal=False, chain=False)
    assert [one.code for one in prove(forged, []).findings] == ["removed", "removed", "line_removed"]
    assert "removed_and_there" in codes(prove(forged | {path: archive[path]}, []).findings)


def test_a_line_without_a_digest_hides_no_rewriting_before_it(archive: dict[str, bytes]) -> None:
    """Lines of other cycles had none before there were salts: behind one of them the chain would go on as it was."""
    true, forger = prove(archive, []), Forger(archive)
    other = next(number for number, line in enumerate(forger.lines) if "line" not in line)
    forger.told("letter_written").update(at="2024-01-20T03:00:00.000000+00:00")
    before = forger.list["journal"]["before"]
    for line in forger.lines[:other]:
        line["digest"] = salted_digest(line["salt"], packed(line["line"]))
        line["hash"] = before = chained(before, line["digest"])
    del forger.lines[other]["digest"]
    forged = forger.finish(papers=False, seal=False, chain=False)
    assert codes(prove(forged, [(true.lines, true.head)]).findings) == {"line_bare"}
    forger.says(forger.told("archived"), bare=str(forger.lines[other]["number"]))
    forger.lines[other]["digest"] = "0" * 64
    unsalted = Forger(forger.finish())
    del unsalted.lines[other]["digest"]
    honest = prove(unsalted.finish(papers=False, seal=False, chain=False), [])
    assert (honest.findings, honest.bare) == ([], unsalted.lines[other]["number"])


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        (("journal", "first"), 2.0, "list_unreadable"),
        (("journal", "first"), "2", "list_unreadable"),
        (("journal", "last"), 44.0, "list_unreadable"),
        (("format",), 2.0, "list_unreadable"),
        (("cycle",), 2025, "list_unreadable"),
        (("files", 0, "bytes"), True, "list_unreadable"),
        (("files", 0, "salt"), "0 0", "digest_differs"),
    ],
)
def test_the_list_says_every_value_in_one_way(
    archive: dict[str, bytes], place: tuple[str | int, ...], value: object, code: str
) -> None:
    """What Python takes for the same is not the same: three is neither 3.0 nor "3"."""
    forger = Forger(archive)
    inside: Any = forger.list
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    assert codes(prove(archive | {"manifest.json": spread(forger.list)}, []).findings) == {code}


def test_a_line_of_the_journal_says_every_value_in_one_way(archive: dict[str, bytes]) -> None:
    """Its number is a number, what was taken out is said by `true`, and its hash steers no terminal."""
    forger = Forger(archive)
    forger.lines[3]["number"] = float(forger.lines[3]["number"])
    assert codes(prove(forger.finish(papers=False, seal=False, chain=False), []).findings) == {"journal_unreadable"}
    forger = Forger(archive)
    forger.lines[-1]["hash"] = "\x1b[2JUTUH"
    proof = prove(forger.finish(papers=False, seal=False, chain=False), [])
    assert (codes(proof.findings), proof.head) == ({"line_unchained"}, "\\x1b[2JUTUH")


def test_what_people_write_is_no_contradiction(archive: dict[str, bytes]) -> None:
    """A digest in somebody's remark, and decisions that the journal tells of in the order in which they were worked."""
    forger = Forger(archive)
    quoted = f"Lihat berkas {sha256(b'berkas lain')}"
    forger.record["verdicts"][0]["remarks"] = [quoted]
    forger.files[DECISIONS] += f"   Catatan       : {quoted}\n".encode()
    first, second = [at for at, line in enumerate(forger.lines) if line.get("line", {}).get("event") == "verdict"][:2]
    forger.lines[first], forger.lines[second] = forger.lines[second], forger.lines[first]
    forger.renumber()
    assert prove(forger.finish(), []).findings == []


def test_a_rewriting_of_everything_is_named_by_a_witness(archive: dict[str, bytes]) -> None:
    """Without one it cannot be excluded; with a letter's line and head it is named, and the true archive agrees."""
    forger = Forger(archive)
    forger.told("letter_written", 1).update(at="2026-01-20T03:00:00.000000+00:00")
    true, forged = prove(archive, []), prove(forger.finish(), [])
    assert forged.findings == []
    witness = (true.lines, true.head[:32])
    assert codes(prove(forged_files := forger.files, [witness]).findings) == {"witness_differs"}
    assert prove(forged_files, [witness]).witnesses == 0
    agreeing = prove(archive, [witness, (4, true.head[:16])])
    assert (codes(agreeing.findings), agreeing.witnesses) == ({"witness_differs"}, 1)
    assert codes(prove(archive, [(999, true.head)]).findings) == {"witness_outside"}


def _random(archive: dict[str, bytes], alone: dict[str, Any], seeds: range) -> None:
    """Change an archive at random, and hold both programs to name it."""
    for seed in seeds:
        changed = mutated(archive, random.Random(seed))  # noqa: S311 - as good as any
        findings = prove(changed, []).findings
        assert codes(findings), seed
        if seed % 10 == 0:
            assert [tuple(one) for one in alone["prove"](changed, []).findings] == [tuple(one) for one in findings]


def test_some_random_changes_are_all_named(archive: dict[str, bytes], alone: dict[str, Any]) -> None:
    """Bytes, lines, values of records, files: cut, doubled, exchanged, added, with the list put right or not."""
    _random(archive, alone, range(120))


@pytest.mark.sweep
def test_ten_thousand_random_changes_are_all_named(archive: dict[str, bytes], alone: dict[str, Any]) -> None:
    """The same, as often as it takes to meet every place of an archive."""
    _random(archive, alone, range(120, 10_000))


def test_both_programs_have_a_sentence_for_the_same_findings(alone: dict[str, Any]) -> None:
    """And no finding is without one."""
    assert alone["KALIMAT"].keys() == SENTENCES.keys()
    for code, words in alone["KALIMAT"].items():
        assert words.count("{") == SENTENCES[code].count("{"), code


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the archive's own program as anybody would."""
    command = [sys.executable, str(folder / "verifikasi.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - our own program


def cut_off(folder: Path) -> tuple[int, bytes]:
    """Run it where nobody reads what it says; return how it ends, and what it says of that."""
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, str(folder / "verifikasi.py")]
    ran = subprocess.run(command, stdout=writes, stderr=subprocess.PIPE, check=False, timeout=60)  # noqa: S603 - as above
    os.close(writes)
    return ran.returncode, ran.stderr


def test_a_file_that_cannot_be_read_or_has_no_end_is_named(
    archive: dict[str, bytes], folders: tuple[Path, ...], tmp_path: Path
) -> None:
    """All others are proved; of a file larger than the list says no more is read than shows it."""
    folder = laid(tmp_path, archive)
    os.truncate(folder / TABLE, 1 << 40)
    refusing: dict[str, Any] = {"__name__": "verifikasi"}
    exec(compile(program(folders), "verifikasi.py", "exec"), refusing)  # noqa: S102 - our own program
    refusing["open"] = opened
    found = refusing["prove_folder"](str(folder), []).findings
    named = {(one.code, one.values["path"]) for one in found if "path" in one.values}
    assert {("changed", TABLE), ("file_unreadable", RECEIPT)} <= named
    assert ("missing", RECEIPT) not in named
    assert {sentence(one) for one in found} >= {f"cannot be read: {RECEIPT} (Permission denied)", f"changed: {TABLE}"}


def opened(path: str, mode: str) -> IO[Any]:
    """Open a file, unless it is a letter: those are somebody else's here."""
    if path.endswith(".eml"):
        raise PermissionError(13, "Permission denied", path)
    return Path(path).open(mode)


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files into a folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def test_the_archive_proves_itself_on_another_machine(archive: dict[str, bytes], tmp_path: Path) -> None:
    """First the verdict and what cannot be excluded; then what is proved, what is not, and what would be needed."""
    folder = laid(tmp_path / "dibawa", archive)
    proof = prove(archive, [])
    alone = run(folder)
    assert (alone.returncode, alone.stderr) == (0, "")
    first = alone.stdout.splitlines()[0]
    assert first.startswith("UTUH: arsip siklus 2025 sesuai")
    assert "penulisan ulang seluruh arsip tidak dapat dikesampingkan" in first
    assert first.endswith(f"bandingkan: baris {proof.lines}, sidik {proof.head[:32]}")
    assert [line for line in alone.stdout.splitlines() if line.startswith("Yang")] == [
        "Yang dibuktikan",
        "Yang tidak dibuktikan",
        "Yang diperlukan untuk itu",
    ]
    letter = tmp_path / "surat.eml"
    letter.write_text(f"Subject: x\n\nSaksi jurnal: baris {proof.lines},\nsidik {proof.head[:32]}\n")
    assert run(folder, "--saksi", str(letter)).stdout.splitlines()[0].endswith("Cocok dengan 1 saksi.")
    assert run(folder, "--saksi", f"{proof.lines}:{'0' * 32}").returncode == 1
    assert run(folder, "--saksi", "besok").returncode == 2
    unreadable = run(folder, "--saksi", "/proc/self/mem")
    assert (unreadable.returncode, unreadable.stderr.startswith("Saksi tidak dapat dibaca: ")) == (2, True)
    assert cut_off(folder) == (2, b"")


@pytest.mark.parametrize(
    "files",
    [{}, {"manifest.json": b"[" * 99_999}, {"manifest.json": b"{}"}, {"manifest.json": b"\xff"}],
    ids=["nothing", "too deep", "no list", "no text"],
)
def test_it_ends_in_an_answer_whatever_lies_there(
    archive: dict[str, bytes], tmp_path: Path, files: dict[str, bytes]
) -> None:
    """Never in a traceback; and nothing that lies in the archive is run beside it."""
    harm = b"raise SystemExit('dijalankan')"
    checker = {"verifikasi.py": archive["verifikasi.py"], "csv.py": harm, "json.py": harm, "email/__init__.py": harm}
    folder = laid(tmp_path, files | checker)
    (folder / "tautan").symlink_to("/etc/passwd")
    (folder / "melingkar").symlink_to(folder)
    ran = run(folder)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.startswith("TIDAK SESUAI: ")
