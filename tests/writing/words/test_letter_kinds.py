"""Every kind of letter has its name in words: the letters that tell of another letter stop where one is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mailbot.core.codes.letter_kinds import LetterKind
from mailbot.writing.words.templates import shipped_templates


@pytest.mark.parametrize("file", ["words.yaml", "en/words.yaml"])
def test_every_kind_of_letter_is_named(file: str) -> None:
    """An answer to any of them may be unclear, and any of them may come back: Subbag Program and operator are told."""
    named = yaml.safe_load((shipped_templates() / Path(file)).read_text(encoding="utf-8"))["letter_kind"]
    assert set(named) == {kind.value for kind in LetterKind}
    assert all(named.values())
