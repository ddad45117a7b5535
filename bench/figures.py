"""Writes what a measurement printed into docs/figures.md: under its command, with machine, versions and date."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "figures.md"
_LIBRARIES = ("openpyxl", "imap-tools", "SQLAlchemy", "lxml", "docxtpl")


def write(job: str, printed: str) -> None:
    """Put what a job printed in the place of what stood under its command.

    Raises:
        ValueError: the page has no heading for the job.
    """
    page = PAGE.read_text(encoding="utf-8")
    heading = re.search(rf"^## .*`python -m bench {job}`.*$", page, re.MULTILINE)
    if heading is None:
        raise ValueError(f"{PAGE} has no heading with `python -m bench {job}`")
    place = re.compile(rf"(?<=\n)<!-- {job} -->\n.*?<!-- end -->\n", re.DOTALL)
    block = f"<!-- {job} -->\n{machine()}\n\n```text\n{printed.rstrip()}\n```\n<!-- end -->\n"
    if place.search(page):
        page = place.sub(lambda _: block, page, count=1)
    else:
        page = page[: heading.end()] + "\n\n" + block + page[heading.end() + 1 :]
    PAGE.write_text(page, encoding="utf-8")


def machine() -> str:
    """Return one sentence: which machine, how busy, which versions, which day."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    model, today = cpu.group(1) if cpu else platform.machine(), datetime.now(UTC).date()
    return (
        f"{os.cpu_count()} cores ({model}), load {os.getloadavg()[0]:.1f} at the end; "
        f"Python {platform.python_version()}, {libraries}; {today.isoformat()}."
    )
