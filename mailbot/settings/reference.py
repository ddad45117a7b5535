"""The pages made from the models: `docs/settings.md` and the schemas in `config/schema/`.

After a change to a model: `python -m mailbot.settings.reference`. A test holds both equal to the models.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailbot.settings.files import FILES
from mailbot.settings.model_introspection import settings_of
from mailbot.settings.variables import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "schema"
"""Folder, within the configuration folder, that the first line of each YAML file points to."""
MARK = "<!-- From here on made from the models by `python -m mailbot.settings.reference`. -->\n"
"""The line in `docs/settings.md` under which everything is made; what stands above it is written by hand."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each file by its file name, e.g. `office.schema.json`, for editors that complete."""
    return {f"{name}.schema.json": _schema(name) for name in FILES}


def page(above: str) -> str:
    """Return `docs/settings.md`: the part written by hand, then every setting with its kind, default and purpose.

    Args:
        above: the page as it is.
    """
    variables = "".join(f"| `{name}` | {what} |\n" for name, what in VARIABLES.items())
    environment = f"\n## Environment\n\n| variable | what for |\n|---|---|\n{variables}"
    return above.partition(MARK)[0] + MARK + environment + "".join(_of_file(name) for name in FILES)


def pages(top: Path) -> Iterator[tuple[Path, str]]:
    """Give path and text of every page made from the models, below the top of a checkout."""
    reference = top / "docs" / "settings.md"
    yield reference, page(reference.read_text(encoding="utf-8"))
    for name, schema in schemas().items():
        yield top / "config" / FOLDER / name, json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(top: Path) -> None:
    """Write every page below the top of a checkout."""
    for path, text in pages(top):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _schema(name: str) -> dict[str, Any]:
    """Return the schema of one file."""
    schema = FILES[name].model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"{name}.yaml"}


def _of_file(name: str) -> str:
    """Return the part of one file."""
    rows = "".join(
        f"| `{setting.path}` | {setting.kind} | {_default(setting.default)} | {setting.description} |\n"
        for setting in settings_of(FILES[name])
    )
    opening = (FILES[name].__doc__ or "").strip().splitlines()[0]
    return f"\n## `{name}.yaml`\n\n{opening}\n\n| setting | takes | default | what for |\n|---|---|---|---|\n{rows}"


def _default(default: str) -> str:
    """Return a default as a table's cell."""
    if default in {"", "null", "[]", "{}"}:
        return "empty"
    return default if default == "required" else f"`{default}`"


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[2])
