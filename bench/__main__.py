"""`python -m bench [--write] [forms]`: measure, print one table for each kind of job, and write it into the docs."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stdout

from bench import (
    board,
    board_load,
    composed,
    converters,
    corpus,
    country,
    daemon,
    figures,
    flood,
    forms,
    growth,
    keeping,
    memory,
    papers,
    report,
    returning,
    side_processes,
    start,
    ticks,
    walk,
    year,
)

JOBS = {
    "board": board.main,
    "board-load": board_load.main,
    "forms": forms.main,
    "letters": composed.main,
    "convert": converters.main,
    "corpus": corpus.main,
    "country": country.main,
    "mail": keeping.main,
    "answer": daemon.answer,
    "restart": daemon.restart,
    "flood": flood.main,
    "pass": returning.main,
    "processes": side_processes.main,
    "growth": growth.main,
    "memory": memory.main,
    "pdf": papers.main,
    "report": report.main,
    "start": start.main,
    "ticks": ticks.main,
    "walk": walk.main,
    "year": year.main,
}
"""Name -> what measures it; without a name all of them are measured."""


def main(names: list[str]) -> int:
    """Measure what the command line names; return 2 for a name nobody knows.

    With `--write`, what is printed is also put into docs/figures.md.
    """
    wanted = [name for name in names if name != "--write"]
    unknown = [name for name in wanted if name not in JOBS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(JOBS)}", file=sys.stderr)
        return 2
    for name in wanted or JOBS:
        if "--write" in names:
            figures.write(name, printed(JOBS[name]))
        else:
            JOBS[name]()
    return 0


def printed(job: Callable[[], None]) -> str:
    """Return what a job prints, and print it."""
    said = io.StringIO()
    with redirect_stdout(said):
        job()
    print(said.getvalue(), end="")
    return said.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
