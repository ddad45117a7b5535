"""What `mailbot verify` says of an archive: every problem in a sentence, and what is proved by it and what is not."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from mailbot.core.codes.languages import Language
from mailbot.settings.packaged import templates_folder
from mailbot.writing.archive.checking.listing import MANIFEST
from mailbot.writing.archive.checking.proving import Proof, prove_folder
from mailbot.writing.archive.checking.spelling import printable
from mailbot.writing.words.templates import find_template

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.writing.archive.checking.spelling import Finding

SENTENCES = {
    "added": "added: {path}",
    "archive_senseless": "what lies there makes no sense as an archive ({why})",
    "borne_by_nothing": "no letter, mail or record bears the file {path}",
    "changed": "changed: {path}",
    "closing_untold": "journal: the line that closed this cycle is not told",
    "decision_differs": "journal: line {number} ({word}) is not the decision that is written out",
    "decision_mail_missing": "journal: line {number} names a mail that is not here (SHA-256 {sha256})",
    "decision_recorded_otherwise": "record: the decision {word} of {person} is not the one that is written out",
    "decision_unconfirmed": "journal: line {number} ({word}) is not the decision that was confirmed to whoever gave it",
    "decision_untold": "journal: no line tells of what is written out as decided (SHA-256 {sha256})",
    "digest_differs": "list: the salted digest of {path} is not that of the file",
    "draft_missing": "journal: line {number} names a version of the report that is not here (SHA-256 {sha256})",
    "draft_untold": "journal: no line tells of the version of the report {path}",
    "evidence_missing": "record: evidence is not here (SHA-256 {sha256})",
    "evidence_unrecorded": "record: it knows nothing of the evidence {path}",
    "figure_differs": "table {table}: {unit}, {row} is not what the form that counts says",
    "figure_missing": "table {table}: {unit}, {row} is missing",
    "file_unreadable": "cannot be read: {path} ({why})",
    "folder_unreadable": "the folder cannot be read: {why}",
    "form_exchanged": "journal: {path} is the form that line {number} tells of {unit} (exchanged)",
    "form_missing": "journal: line {number} names a form that is not here (SHA-256 {sha256})",
    "form_untold": "journal: no line tells of the form {path}",
    "journal_ends_elsewhere": "journal: it does not end where the archive's list says",
    "journal_respelled": "journal: it is not spelled as mailbot spells it",
    "journal_unreadable": "journal: it cannot be read",
    "kind_unknown": "list: {path} is of no kind that an archive holds ({kind})",
    "letter_exchanged": "journal: {path} is the letter {letter} (exchanged)",
    "letter_missing": "journal: line {number} tells of the letter {letter}, which is not here (SHA-256 {sha256})",
    "letter_untold": "journal: no line tells of the letter {path}",
    "line_bare": "journal: line {number} has no digest of its own, as only lines from before there were salts have",
    "line_missing": "journal: line {number} is missing",
    "line_of_another": "journal: line {number} is told in full and is no line of this cycle",
    "line_removed": "journal: the words of line {number} were taken out",
    "line_respelled": "journal: line {number} is no line as mailbot writes it",
    "line_unchained": "journal: line {number} does not fit the chain",
    "lines_after_seal": "journal: lines of this cycle stand after line {number}, which sealed it",
    "lines_differ": "journal: line {number} counts {counted} lines of this cycle, {told} are told",
    "list_respelled": "list: it is not spelled as mailbot spells it",
    "list_unreadable": f"{MANIFEST} cannot be read as an archive's list",
    "listed_twice": "list: {path} stands there twice",
    "mail_exchanged": "journal: {path} is not what line {number} tells of it (exchanged)",
    "mail_missing": "journal: line {number} tells of a mail that is not here (SHA-256 {sha256})",
    "mail_untold": "journal: no line tells of the mail {path}",
    "missing": "missing: {path}",
    "no_journal": "journal: there is none to follow",
    "no_list": f"it holds no {MANIFEST}: this is no archive, or its list was taken away",
    "no_record": "record: there is none, or several",
    "not_a_file": "not a file of the archive but a link or a device: {path}",
    "opening_untold": "journal: the line that opened this cycle is not told",
    "other_lines": "journal: line {number} counts other lines of this cycle than are told",
    "paper_differs": "journal: line {number} tells of another {path} than is here",
    "paper_missing": "journal: line {number} tells of {path}, which is not here",
    "paper_untold": "journal: no line tells of the making of {path}",
    "record_closes_otherwise": "record: whether the cycle is closed is told otherwise in the journal",
    "record_of_another": "record: it is that of {told}",
    "record_respelled": "record: it is not spelled as mailbot spells it",
    "record_senseless": "record, journal or tables hold something else than they should ({why})",
    "record_unreadable": "record: it cannot be read",
    "recorded_form_missing": "record: form {number} of {unit} is not here",
    "recorded_form_untold": "record: no line of the journal tells of form {number} of {unit} as it is recorded",
    "remark_recorded_otherwise": "record: remark {number}, or its answer, is not the one that is written out",
    "recorded_otherwise": "record: {field} is {told}, and by the journal {known}",
    "remark_told_otherwise": "record: remark {number} is not of its mail's decision, or the journal tells of no answer",
    "removed": "taken out: {path}",
    "removed_and_there": "list: {path} is said to be taken out and is here",
    "report_differs": "journal: line {number} names another report than the one that lies here as ratified",
    "report_unlike_record": "record: the report it names does not lie here as the ratified one (SHA-256 {sha256})",
    "seal_differs": "journal: line {number} sealed other files than these; one was exchanged, and the list with it",
    "table_described_otherwise": "datapackage.json: it describes another {path} than is here",
    "unsealed": "journal: no line seals this archive, though the cycle is closed",
    "verdict_unrecorded": "record: the decision {word} of {person} that the journal tells of is not recorded like that",
    "verdict_untold": "record: the decision {word} of {person} is not told like that in the journal",
    "witness_differs": "witness: line {number} of the journal has the head {known}, and {printed} was printed",
    "witness_outside": "witness: line {number} does not stand in this archive's part of the journal",
}
"""Code of a finding -> its sentence; `archive/verifikasi.txt` has the same in Indonesian."""


def prove_archive(path: Path, witnesses: tuple[tuple[int, str], ...] = ()) -> Proof:
    """Prove an archive.

    Args:
        path: its folder, or its `manifest.json`.
        witnesses: numbers of lines and how their hashes begin, as letters have printed them.
    """
    folder = path.parent if path.name == MANIFEST else path
    return prove_folder(str(folder), list(witnesses))


def verify_archive(path: Path, witnesses: tuple[tuple[int, str], ...] = ()) -> tuple[str, ...]:
    """Return every problem of an archive, in plain English for the operator; nothing if it is whole and unchanged."""
    return tuple(sentence(one) for one in prove_archive(path, witnesses).findings)


def sentence(found: Finding, language: Language = Language.ENGLISH) -> str:
    """Return what is said of a finding; in Indonesian as the archive's own program says it."""
    words = SENTENCES if language is Language.ENGLISH else _own_sentences()
    return printable(words[found.code].format(**found.values))


@cache
def _own_sentences() -> dict[str, str]:
    """Return the sentences that stand in the program every archive carries."""
    program = find_template((templates_folder(),), "archive/verifikasi.txt").read_text(encoding="utf-8")
    named = (node for node in ast.parse(program).body if isinstance(node, ast.Assign))
    said = next(node.value for node in named if ast.unparse(node.targets[0]) == "KALIMAT")
    sentences: dict[str, str] = ast.literal_eval(said)
    return sentences
