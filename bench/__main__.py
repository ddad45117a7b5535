"""`python -m bench [forms]`: measure, and print one table for each kind of job."""

from __future__ import annotations

import sys

from bench import corpus, daemon, forms, growth, keeping, papers, returning, start, walk

JOBS = {
    "forms": forms.main,
    "corpus": corpus.main,
    "mail": keeping.main,
    "answer": daemon.answer,
    "restart": daemon.restart,
    "pass": returning.main,
    "growth": growth.main,
    "pdf": papers.main,
    "start": start.main,
    "walk": walk.main,
}
"""Name -> what measures it; without a name all of them are measured."""


def main(names: list[str]) -> int:
    """Measure what the command line names; return 2 for a name nobody knows."""
    unknown = [name for name in names if name not in JOBS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(JOBS)}", file=sys.stderr)
        return 2
    for name in names or JOBS:
        JOBS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
