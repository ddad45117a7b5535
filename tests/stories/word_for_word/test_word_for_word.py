"""Every letter there is reads as it is kept, beside what caused it: whoever reads a change sees a changed word.

`python -m tests.stories.word_for_word` writes them anew; what it wrote is read aloud before it is kept.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.core.codes.letter_kinds import LetterKind
from tests.stories.word_for_word import of_the_delivery, of_the_house, of_the_report, of_units
from tests.stories.word_for_word.scene import KEPT, SCENES

ROOMS = (of_units, of_the_report, of_the_delivery, of_the_house)


def test_every_letter_has_its_scene() -> None:
    """And every text its letter; every scene stands in one of the rooms that are read here."""
    assert set(SCENES) == set(LetterKind)
    assert {path.stem for path in KEPT.iterdir()} == {kind.value for kind in LetterKind}
    assert {one.play.__module__ for one in SCENES.values()} == {room.__name__ for room in ROOMS}


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_reads_as_it_is_kept(kind: LetterKind, tmp_path: Path) -> None:
    """What somebody wrote, or the moment, and the whole of what he or somebody else gets."""
    assert SCENES[kind].told(tmp_path) == (KEPT / f"{kind}.txt").read_text(encoding="utf-8")
