"""The JSON Schemas: they let the sample pass, stop what is wrong, and stand where the files say they stand."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from mailbot.settings.files import FILES
from mailbot.settings.packaged import sample_folder
from mailbot.settings.reference import schemas
from tests.settings.folders import SMALL
from tests.settings.json_schema import violations
from tests.yaml_files import typed

NAMES = list(FILES)


def as_an_editor_reads(data: Any) -> Any:  # noqa: ANN401 - whatever YAML holds
    """Return YAML's data as JSON has it: keys are texts, and so are dates."""
    if isinstance(data, dict):
        return {str(key): as_an_editor_reads(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_an_editor_reads(item) for item in data]
    return data.isoformat() if isinstance(data, dt.date) else data


def read(path: Path) -> Any:  # noqa: ANN401 - whatever YAML holds
    """Read a YAML file by the library's own types."""
    return as_an_editor_reads(typed(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("folder", [sample_folder(), SMALL], ids=["sample", "small"])
@pytest.mark.parametrize("name", NAMES)
def test_a_valid_file_passes_its_schema(name: str, folder: Path) -> None:
    """An editor that checks by schema shows no red in the sample."""
    schema = schemas()[f"{name}.schema.json"]
    assert list(violations(schema, read(folder / f"{name}.yaml"), schema)) == []


@pytest.mark.parametrize(
    ("name", "where", "value"),
    [
        ("office", ("imap", "hst"), "imap.example.go.id"),
        ("office", ("imap", "port"), 70000),
        ("office", ("smtp", "security"), "ssl"),
        ("office", ("calendar", "opens"), "pukul 7"),
        ("office", ("trust", "proof_required"), "ya"),
        ("recipients", ("people", 0, "role"), "kadis"),
        ("indicators", ("indicators", 0, "targets", "2025"), [1, 2, 3]),
        ("indicators", ("indicators", 0, "polarity"), "naik"),
        ("sop", ("rows", 0, "days"), "tiga"),
        ("cycles", ("cycles", 0, "starts_on"), "besok"),
        ("cycles", ("cycles", 1, "row_days", "kumpul"), 1),
    ],
)
def test_a_mistake_breaks_its_schema(name: str, where: tuple[str | int, ...], value: object) -> None:
    """What the loader refuses for its shape, the editor underlines."""
    data = read(sample_folder() / f"{name}.yaml")
    inside = data
    for part in where[:-1]:
        inside = inside[part]
    inside[where[-1]] = value
    schema = schemas()[f"{name}.schema.json"]
    assert list(violations(schema, data, schema)) != []


@pytest.mark.parametrize("name", NAMES)
def test_a_file_names_its_schema_in_its_first_line(name: str) -> None:
    """And the schema is there, as the models have it today (`python -m mailbot.settings.reference`)."""
    path = sample_folder() / f"{name}.yaml"
    mark, _, schema = path.read_text(encoding="utf-8").splitlines()[0].partition("=")
    assert mark == "# yaml-language-server: $schema"
    assert json.loads((path.parent / schema).read_text(encoding="utf-8")) == json.loads(
        json.dumps(schemas()[Path(schema).name])
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_tells_an_editor_what_it_is_for(name: str) -> None:
    """The editor shows the description while somebody writes."""
    schema = schemas()[f"{name}.schema.json"]
    blocks = [schema, *schema.get("$defs", {}).values()]
    told = [(setting, kind) for block in blocks for setting, kind in block.get("properties", {}).items()]
    # A setting that says the same as the block it holds leaves the description to the block.
    assert [setting for setting, kind in told if "description" not in kind and "$ref" not in str(kind)] == []
    assert [block["title"] for block in blocks if "properties" in block and "description" not in block] == []
