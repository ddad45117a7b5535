"""What an office lets stand beside a deciding word in its own `words.yaml`: one kind, one phrase, one kind less."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.core.language.beside import Beside, Names, not_understood
from mailbot.errors import TemplateProblem
from mailbot.writing.selfcheck.lint import lint_templates
from mailbot.writing.words.beside_words import beside_of
from mailbot.writing.words.templates import read_all_words, shipped_templates

GREETING = "Assalamualaikum wr. wb."
JUBILEE = "Dirgahayu RI ke-81"


def beside(folder: Path, words: str) -> Beside:
    """Return what may stand beside a word in an office with these words of its own, which are in order."""
    (folder / "words.yaml").write_text(words, encoding="utf-8")
    folders = (folder, shipped_templates())
    assert lint_templates(folders) == ()
    return beside_of(read_all_words(folders))


def understood(line: str, known: Beside) -> bool:
    """Say whether a line below the word is understood."""
    return not not_understood([(line, True)], known, Names())


def test_one_kind_is_added_and_every_other_stays(tmp_path: Path) -> None:
    """The office's file holds that kind alone."""
    shipped = beside_of(read_all_words((shipped_templates(),)))
    own = beside(tmp_path, 'beside:\n  kinds:\n    jubilee: {needs: [dirgahayu], words: "ri ke 0"}\n')
    assert not understood(JUBILEE, shipped)
    assert understood(JUBILEE, own)
    assert understood(GREETING, own)
    assert own.kinds[:-1] == shipped.kinds
    assert (own.phrases, own.around, own.posts) == (shipped.phrases, shipped.around, shipped.posts)


def test_a_kind_of_mailbot_s_is_changed_in_part(tmp_path: Path) -> None:
    """Only its words are other ones; what it needs stays."""
    shipped = {kind.name: kind for kind in beside_of(read_all_words((shipped_templates(),))).kinds}
    own = {kind.name: kind for kind in beside(tmp_path, "beside:\n  kinds:\n    praise: {words: hebat}\n").kinds}
    assert own["praise"].needs == shipped["praise"].needs
    assert "hebat" in own["praise"].words
    assert {name: kind for name, kind in own.items() if name != "praise"} == {
        name: kind for name, kind in shipped.items() if name != "praise"
    }


def test_one_phrase_is_added(tmp_path: Path) -> None:
    """Beside those that mailbot came with."""
    own = beside(tmp_path, "beside:\n  own_phrases: [selamat hari jadi kota ?contoh]\n")
    assert understood("Selamat hari jadi Kota Contoh", own)
    assert understood("tanpa catatan", own)


def test_a_kind_is_left_out_by_its_name(tmp_path: Path) -> None:
    """What it explained is asked about from then on."""
    line = "Maaf terlambat membalas"
    assert understood(line, beside_of(read_all_words((shipped_templates(),))))
    assert not understood(line, beside(tmp_path, "beside:\n  without: apology\n"))


def test_what_cannot_be_used_is_told(tmp_path: Path) -> None:
    """A kind to be left out that is none, and a kind that does not say what makes it one."""
    with pytest.raises(TemplateProblem, match="names no kind: apologi"):
        beside(tmp_path, "beside:\n  without: apologi\n")
    with pytest.raises(TemplateProblem, match="'beside' cannot be used"):
        beside(tmp_path, "beside:\n  kinds:\n    jubilee: {words: dirgahayu}\n")
