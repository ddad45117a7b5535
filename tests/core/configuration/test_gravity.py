"""Whatever the files can say is compared, has a line that says whether it waits, and waits where it has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import pytest

from mailbot.core.configuration.difference import KEYED, ORDER, Difference, differences
from mailbot.core.configuration.gravity import LINES, UNKNOWN, Waits, line_of
from mailbot.core.model.office import Office
from mailbot.settings.files import FILES
from mailbot.settings.folder import tables_of
from mailbot.settings.model_introspection import settings_of
from tests.core.configuration.middle import SETTINGS

TABLES = tables_of(SETTINGS.files)


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[Any, ...], tuple[str, ...]]]:  # noqa: ANN401 - whatever files say
    """Give every place of a configuration: how to walk there, and its path."""
    key = KEYED.get(path)
    if isinstance(value, Mapping):
        for name, below in value.items():
            for walk, place in leaves(below, (*path, str(name))):
                yield (name, *walk), place
    elif key is not None:
        for number, entry in enumerate(value):
            for walk, place in leaves(entry, (*path, str(entry[key]))):
                yield (number, *walk), place
    else:
        yield (), path


def with_another(value: Any, walk: tuple[Any, ...]) -> Any:  # noqa: ANN401 - whatever files say
    """Return a configuration with something else at one place."""
    if not walk:
        return "lain"
    if isinstance(value, Mapping):
        return {**value, walk[0]: with_another(value[walk[0]], walk[1:])}
    return tuple(with_another(one, walk[1:]) if number == walk[0] else one for number, one in enumerate(value))


def test_every_place_of_the_sample_is_compared() -> None:
    """Something else at any one place is one difference, at that very place; a name of an entry makes it another."""
    for walk, path in leaves(TABLES):
        found = list(differences(TABLES, with_another(TABLES, walk)))
        named = path[-1] in {"key", "code", "step", "day"}
        assert found, path
        assert named or [one.path for one in found] == [path]


def test_every_setting_has_its_line() -> None:
    """Told by reflection: a setting that is added to a model and not to the list fails here."""
    for name, model in FILES.items():
        for setting in settings_of(model):
            path = place_of(name, setting.path)
            if " -> " in setting.kind and path[-1] == setting.path.rpartition(".")[2]:
                path = (*path, "2025")
            names_its_entry = KEYED.get(path[:-2]) == path[-1]
            assert setting.path.endswith("[]") or names_its_entry or line_of(path) is not UNKNOWN, path


def place_of(file: str, setting: str) -> tuple[str, ...]:
    """Return where a setting stands; a list whose entries have no name is one value."""
    path: tuple[str, ...] = (file,)
    for part in setting.split("."):
        path = (*path, part.removesuffix("[]"))
        if part.endswith("[]"):
            if path not in KEYED:
                return path
            path = (*path, "*")
    return path


def test_what_no_line_knows_is_never_small() -> None:
    """It waits whether or not a cycle is under way."""
    assert line_of(("office", "sesuatu", "baru")) is UNKNOWN
    assert UNKNOWN.waits is Waits.ALWAYS
    assert next(differences({}, {"office": {"baru": 1}})) == Difference(path=("office",), former=None, now={"baru": 1})


def test_every_line_is_met_by_something() -> None:
    """No line stands behind another that takes all that is its own."""
    places = {line_of(tuple(line.place.replace("**", "x.x").split("."))) for line in LINES}
    assert [line.place for line in LINES if line not in places] == []


def test_every_field_of_the_office_comes_from_the_files_or_is_laid_beside_them() -> None:
    """What is new in the office's value must come from a file that is compared, or be named here."""
    of_files = {
        *("letterhead", "letter_numbers", "mailbox", "own_addresses", "roster", "sop", "calendar", "objectives"),
        *(
            "indicators",
            "budget",
            "bands",
            "formulas",
            "policy",
            "cycles",
            "recurring",
            "synonyms",
            "doubtful",
            "programs",
        ),
        *("strategic_issues", "profile", "ratification", "filing", "language"),
    }
    of_templates, of_ledger = {"empty_words", "casual", "beside"}, {"past"}
    assert {field.name for field in fields(Office)} == of_files | of_templates | of_ledger


@pytest.mark.parametrize("path", [("recipients", "people"), ("indicators", "indicators")])
def test_another_order_is_a_difference(path: tuple[str, str]) -> None:
    """Of two who hold one post the first counts, and a form has its rows in this order."""
    file, name = path
    turned = {**TABLES, file: {**TABLES[file], name: tuple(reversed(TABLES[file][name]))}}
    (found,) = differences(TABLES, turned)
    assert found.path == (*path, ORDER)
