"""JSON Schema of the five files, so that an editor completes and checks while somebody writes."""

from __future__ import annotations

from typing import Any

from mailbot.settings.files import FILES

FOLDER = "schema"
"""Folder, within the configuration folder, that the first line of each YAML file points to."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each file by its file name, e.g. `office.schema.json`."""
    return {f"{name}.schema.json": _schema(name) for name in FILES}


def _schema(name: str) -> dict[str, Any]:
    """Return the schema of one file."""
    schema = FILES[name].model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"{name}.yaml"}
