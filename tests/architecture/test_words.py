"""Which words stand where: sentences in templates/, one word for each thing in Python, no machine's address."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from mailbot.core.language.reply_words import Word
from tests.architecture.source import PACKAGE, defined_names, docstrings, place, tracked_texts, tree

# Words that letters are made of. A string that holds one is a sentence for a recipient, and belongs in templates/ (R5).
LETTER_WORDS = re.compile(
    r"\b(yth|mohon|dimohon|bapak|ibu|saudara|kami|kepada|silakan|terima kasih|dengan hormat|demikian|atas perhatian"
    r"|selamat (pagi|siang|sore)|berikut ini|terlampir|harap|agar|sebagaimana)\b",
    re.IGNORECASE,
)
# Rooms that write no letters: reading recognises what others wrote.
RECOGNISES_ONLY = "mailbot/reading/"

# One word for each thing (the glossary in mailbot/__init__.py): the synonym that is refused, and the word to use.
REFUSED_SYNONYMS = {
    "opd": "agency",
    "skpd": "agency",
    "dinas": "agency",
    "kadis": "agency_head",
    "sekretaris": "secretary",
    "subbag": "planning",
    "kasubbag": "planning_head",
    "bappeda": "planning_board",
    "inspektorat": "inspectorate",
    "bidang": "unit",
    "department": "unit",
    "directorate": "unit",
    "kabid": "division_head",
    "kasi": "section_head",
    "sasaran": "objective",
    "goal": "objective",
    "indikator": "indicator",
    "kpi": "indicator",
    "satuan": "unit_of_measure",
    "realisasi": "actual",
    "realization": "actual",
    "realisation": "actual",
    "capaian": "achievement_pct",
    "accomplishment": "achievement_pct",
    "predikat": "rating",
    "grade": "rating",
    "pagu": "budget",
    "appropriation": "budget",
    "serapan": "absorption_pct",
    "expenditure": "spent",
    "efisiensi": "efficiency",
    "pendukung": "enabling_factors",
    "penghambat": "obstacles",
    "kendala": "obstacles",
    "hindrance": "obstacles",
    "impediment": "obstacles",
    "followup": "follow_up",
    "bukti": "evidence",
    "pengesahan": "ratification",
    "endorsement": "ratification",
    "reviu": "review",
    "arsip": "archive",
    "laporan": "report",
    "surat": "letter",
    "lampiran": "enclosure",
    "tembusan": "copies",
    "triwulan": "quarter",
    "tahunan": "annual",
    "tenggat": "due_at",
    "email": "mail",
    "emails": "mails",
}
NAME_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:work|farm|root|opt/pypi|opt/wheels)/[\w.]")
REGISTRY_HOST = re.compile(
    r"py(?:pi\.(?:org|python)|thonhosted)|npm(?:js\.(?:org|com)|mirror)|(?:deb|security|ftp)\.debian\.org|archive\.ubuntu"
    r"|\b(?:ghcr|docker|quay)\.io\b|crates\.io|index-[u]rl",
    re.IGNORECASE,
)


def strings(path: Path) -> list[tuple[int, str]]:
    """Give every string of a file that is not a docstring, with its line; the pieces of an f-string one by one."""
    told = docstrings(path)
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told
    ]


def test_no_sentence_that_a_recipient_reads_stands_in_python() -> None:
    """R5: codes and names here, sentences in templates/."""
    assert [
        f"{place(path)}:{line}: {text}"
        for path in PACKAGE
        if not place(path).startswith(RECOGNISES_ONLY)
        for line, text in strings(path)
        if LETTER_WORDS.search(text)
    ] == []


def test_a_thing_has_one_word() -> None:
    """Names are made of the glossary's words, so that one search finds all of a thing."""
    assert [
        f"{place(path)}:{line}: {name} -> {REFUSED_SYNONYMS[part.lower()]}"
        for path in PACKAGE
        for line, name in [(0, path.stem), (0, path.parent.name), *defined_names(path)]
        for part in NAME_PARTS.findall(name)
        if part.lower() in REFUSED_SYNONYMS and name not in Word.__members__  # what people write is their language
    ] == []


def test_no_file_names_a_machine_or_a_package_index() -> None:
    """What is committed works on every machine, and each machine has its own index."""
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in tracked_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line) or REGISTRY_HOST.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "sentence",
    ["Mohon diperbaiki.", "Yth. Kepala Bidang", "Kami sampaikan", "atas perhatian Bapak/Ibu", "TERIMA KASIH"],
)
def test_a_sentence_in_python_would_be_seen(sentence: str) -> None:
    """The pattern above finds the phrases every letter of the office begins or ends with."""
    assert LETTER_WORDS.search(sentence)


@pytest.mark.parametrize(
    "word", ["SETUJU", "agarose", "templates/letters/returned.txt", "kamis", "returned/2026-tw1/dafduk/2"]
)
def test_a_code_is_not_taken_for_a_sentence(word: str) -> None:
    """Codes, keys and file names pass."""
    assert not LETTER_WORDS.search(word)
