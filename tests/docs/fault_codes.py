"""`docs/reference/fault-codes.md`: all that a form can be told about: how grave it is, what the unit reads."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import Any

from mailbot.core.forms.finding import severity_of
from mailbot.core.model.form import FaultCode, Severity
from mailbot.writing.words.form_words import PARTS
from mailbot.writing.words.templates import read_words, shipped_templates
from tests.docs.page import TOP, cell, contents, section

GRAVE = {
    Severity.FAULT: "fault: the form goes back",
    Severity.WARNING: "warning: the form goes back, unless a written reason stands beside it",
    Severity.NOTE: "note: told, and never held against the form",
}
SAID = dict(zip(PARTS, ("What the unit reads", "Why it matters", "How to mend it", "Example"), strict=True))


def page() -> str:
    """Return the whole page."""
    folder = shipped_templates()
    ours, english = (read_words(folder / name) for name in ("faults.yaml", "en/faults.yaml"))
    codes = "".join(_section(code, ours, english) for code in FaultCode)
    return contents(code.value for code in FaultCode) + codes


def _section(code: FaultCode, ours: dict[str, Any], english: dict[str, Any]) -> str:
    """Return one finding."""
    words, translated = ours[code.value], english[code.value]
    said = [
        f"| {label} | {cell(words[part])} | {cell(translated[part])} |" for part, label in SAID.items() if words[part]
    ]
    return section(
        code.value,
        f"**{words['name']}** ({translated['name']}). {GRAVE[severity_of(code)].capitalize()}.",
        "",
        "| | Indonesian | English |",
        "|---|---|---|",
        *said,
        "",
        f"Found in {', '.join(f'`{file}`' for file in found_in()[code])}.",
    )


@cache
def found_in() -> dict[FaultCode, list[str]]:
    """Return the files that find each finding, or weigh it: those of the rules and of reading, but not the lists."""
    lists = {"mailbot/core/model/form.py", "mailbot/core/forms/finding.py"}
    found: dict[FaultCode, list[str]] = {code: [] for code in FaultCode}
    for path in sorted(path for room in ("core", "reading") for path in (TOP / "mailbot" / room).rglob("*.py")):
        file, text = path.relative_to(TOP).as_posix(), path.read_text(encoding="utf-8")
        if file in lists or "FaultCode." not in text:
            continue
        for name in {*re.findall(r"\bFaultCode\.([A-Z_]+)", ast.unparse(ast.parse(text)))}:
            found[FaultCode[name]].append(file)
    return found
