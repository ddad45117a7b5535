"""Writes every sample letter's plain text anew (`python -m tests.writing.make_snapshots`), to be read aloud."""

from __future__ import annotations

from mailbot.core.model.letters import LetterKind
from tests.writing.conftest import SNAPSHOTS, face, written
from tests.writing.sample_branches import BRANCHES
from tests.writing.sample_letters import Sample, bare_letter, full_letter


def snapshot(sample: Sample) -> str:
    """Return what a snapshot holds: the subject, an empty line, the plain text."""
    letter = written(sample)
    return f"{letter.subject}\n\n{face(letter, 'plain')}"


def main() -> None:
    """Write all snapshots."""
    for kind in LetterKind:
        (SNAPSHOTS / f"{kind.value}.txt").write_text(snapshot(full_letter(kind)), encoding="utf-8")
        (SNAPSHOTS / f"{kind.value}.bare.txt").write_text(snapshot(bare_letter(kind)), encoding="utf-8")
    for name, sample in BRANCHES.items():
        (SNAPSHOTS / f"{name}.txt").write_text(snapshot(sample), encoding="utf-8")


if __name__ == "__main__":
    main()
