"""The pages made from the models: `docs/settings.md` and the schemas in `config/schema/`.

After a change to a model: `python -m mailbot.settings.reference`. A test holds both equal to the models.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.settings.anatomy import settings_of
from mailbot.settings.credentials import VARIABLES
from mailbot.settings.files import FILES
from mailbot.settings.schema import FOLDER, schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """\
# Settings

An office is one folder with five YAML files. `mailbot init DIR` writes a complete sample, each block explained in Indonesian;
`mailbot --config DIR check` names everything that is wrong, with file, line and a way out. The daemon does not start on a folder with
a mistake in it; a mistake made while it runs is told to the operator, and the last good settings stay in force.

Keys are English, because the program, its journal and this page use the same words; what is written behind them is the office's own
language. Here is which key is which column of the SOP and of the reports:

| key | what it is |
|---|---|
| `agency_head`, `secretary`, `division_head`, `section_head` | Kepala Dinas, Sekretaris, Kepala Bidang, Kepala Seksi / Kasubbag |
| `planning`, `planning_board`, `operator` | Sub Bagian Program, Bappeda Litbang, who looks after the machine |
| `unit`, `unit_of_measure` | bidang, satuan |
| `objective`, `indicator`, `polarity`, `aggregation` | sasaran, indikator kinerja, positif / negatif, cara menjumlah triwulan |
| `actual`, `target`, `plan_end_target`, `national` | realisasi, target, target akhir Renstra, standar nasional |
| `budget_idr`, `rating`, `absorption` | pagu, predikat, serapan |

How the files are read:

- Every value is taken as the text that stands there; the setting decides what it means. `99.10` stays `99.10`, codes need no quotes (an
  editor that checks by schema likes them quoted), `no` is a word.
- A key without a value means the default. Where `null` is an answer of its own, the description says so.
- Numbers have a full stop before the decimals (`98.50`), dates are `2026-01-05`, hours `"16:00"`.
- A key that stands twice, a tab, a reference (`*name`) and an unknown key are mistakes.
- Paths are relative to the configuration folder; ledger and archive are relative to the data folder (below).
- A mistake inside one entry of a list leaves the other entries to be checked; questions about what is missing from a list are asked once
  every entry of it can be read.

The first line of each file names its JSON Schema; an editor with a YAML language server completes and checks by it. `mailbot schema` prints them.

## Secrets and places: the environment

No secret stands in YAML; one found there is refused, and its value is never shown. Each of these may also be given as `NAME_FILE`, the
path of a file that holds it (except `MAILBOT_DATA`). An empty variable counts as none.

| variable | what for |
|---|---|
"""


def page() -> str:
    """Return `docs/settings.md`: every setting with what it takes, its default, and what it is for."""
    variables = "".join(f"| `{name}` | {what} |\n" for name, what in VARIABLES.items())
    return _HEAD + variables + "".join(_of_file(name) for name in FILES)


def pages() -> Iterator[tuple[str, str]]:
    """Give path (from the top of the checkout) and text of every page made from the models."""
    yield "docs/settings.md", page()
    for name, schema in schemas().items():
        yield f"config/{FOLDER}/{name}", json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(top: Path) -> None:
    """Write every page below the top of a checkout."""
    for name, text in pages():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


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
    if default in {"", "[]", "{}"}:
        return "empty"
    return default if default == "required" else f"`{default}`"


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[2])
