"""The words for what is said of a configuration: both languages say all of it, and name the same things."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import yaml

from mailbot.core.codes.languages import Language
from mailbot.settings.files import FILES, Block
from mailbot.settings.model_introspection import bare, below, is_block
from mailbot.settings.packaged import templates_folder
from mailbot.settings.sayings.catalogue import in_words, language_of, words_of
from mailbot.settings.sayings.said import said

PACKAGE = Path(__file__).parents[2] / "mailbot"
_SAID = re.compile(r'\b(?:said|say)\(\s*"([\w.]+)"(?: if [^\n]*? else "([\w.]+)")?')
_QUOTED = re.compile(r"""["']([a-z_0-9]+)["']""")


def named(pattern: str) -> set[str]:
    """Return what a sentence names."""
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


def required(model: type[Block]) -> dict[str, str]:
    """Return every setting that must be filled in, `Block.field`, with its description, down to the last block."""
    found: dict[str, str] = {}
    for name, field in model.model_fields.items():
        filled = any(getattr(limit, "min_length", None) for limit in field.metadata)
        if field.is_required() or filled:
            found[f"{model.__name__}.{name}"] = (field.description or "").rstrip(".")
        inside = below(field.annotation) or bare(field.annotation)
        if is_block(inside):
            found |= required(inside)
    return found


def test_both_languages_say_the_same_things_and_name_the_same_values() -> None:
    """A sentence that is missing in one of them, or forgets a value there, would be found by an office."""
    first, second = ({code: named(words) for code, words in words_of(one).items()} for one in Language)
    assert first == second


def test_a_code_has_its_words_in_one_file() -> None:
    """In two, the file that is read last would speak for both."""
    for language in Language:
        files = sorted((templates_folder() / "check" / language.value).glob("*.yaml"))
        codes = [code for file in files for code in yaml.safe_load(file.read_bytes())]
        assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_a_file_that_is_named_is_one_that_an_office_has() -> None:
    """Whoever is told to edit another one looks for it in vain."""
    known = {f"{name}.yaml" for name in FILES}
    for language in Language:
        named_in = {file for words in words_of(language).values() for file in re.findall(r"\b[a-z_]+\.yaml\b", words)}
        assert named_in - known == set()


def test_everything_that_is_said_has_its_words_and_no_words_are_left_over() -> None:
    """Every code in the source stands in the catalogue; a sentence that nobody says any more goes."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    spoken = {code for found in _SAID.finditer(source) for code in found.groups() if code}
    known = set(words_of(Language.INDONESIAN))
    assert spoken - known == set()
    purposes = {name for model in FILES.values() for name in required(model)}
    quoted = set(_QUOTED.findall(source))
    assert {code for code in known - purposes if code not in quoted and f"a_{code}" not in known} - _MADE_UP == set()


_MADE_UP = {f"a_{kind}" for kind in ("text", "whole_number", "number", "true_or_false", "date", "hour")} | {
    *("a_number_or_word", "a_choice", "a_list_of_values", "a_list_of", "a_table"),
    *("part_bab_i", "part_bab_ii", "part_lampiran"),
}
"""Codes that are put together where they are said."""


def test_every_required_setting_says_what_it_is_for() -> None:
    """In Indonesian in words of its own, in English as the page of settings does."""
    wanted = {name: text for model in FILES.values() for name, text in required(model).items()}
    assert {name: in_words(said(name), Language.ENGLISH) for name in wanted} == wanted
    assert [name for name in wanted if in_words(said(name), Language.INDONESIAN) == wanted[name]] == []


def test_the_language_is_indonesian_unless_somebody_chose_another() -> None:
    """The variable stands before the file, and a broken file is still heard."""
    assert language_of({}) is Language.INDONESIAN
    assert language_of({}, b"\tbroken: [\nlanguage: en\n") is Language.ENGLISH
    assert language_of({"MAILBOT_LANGUAGE": "id"}, b"language: en\n") is Language.INDONESIAN
    assert language_of({"MAILBOT_LANGUAGE": "xx"}, b"language: 'en' # English\n") is Language.ENGLISH


def test_a_list_is_told_as_a_sentence_does() -> None:
    """With the language's own word before the last."""
    told = said("must_be_set", names=("A", "B", "C"), first="A", env_file=".env")
    assert in_words(told, Language.INDONESIAN).startswith("A, B dan C harus diisi")
    assert in_words(told, Language.ENGLISH).startswith("A, B and C must be set")
