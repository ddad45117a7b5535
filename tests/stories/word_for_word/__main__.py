"""Write every letter anew beside what caused it: `python -m tests.stories.word_for_word`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.stories.word_for_word import of_the_delivery, of_the_house, of_the_report, of_units
from tests.stories.word_for_word.scene import KEPT, SCENES

if __name__ == "__main__":
    assert all((of_the_delivery, of_the_house, of_the_report, of_units))
    for old in KEPT.glob("*.txt"):
        old.unlink()
    for kind, one in SCENES.items():
        with tempfile.TemporaryDirectory() as folder:
            (KEPT / f"{kind}.txt").write_text(one.told(Path(folder)), encoding="utf-8")
