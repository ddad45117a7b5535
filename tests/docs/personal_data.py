"""`docs/personal-data.md`: the record of processing, and every column of the ledger with what of people it holds."""

from __future__ import annotations

from mailbot.cli.personal.recording import record_lines
from mailbot.core.codes.languages import Language
from mailbot.core.retention.kinds import UNSETTLED
from mailbot.ledger.personal.record import COLUMNS, ENTRIES, FILES
from mailbot.settings.sayings.catalogue import speech


def page() -> str:
    """Return the page below its head."""
    say = speech(Language.ENGLISH)
    told = "\n".join(record_lines(say, UNSETTLED)).strip()
    entries = "\n".join(
        f"- {line.strip()}" if line.startswith("  ") else f"\n## {line}\n" if line else "" for line in told.splitlines()
    ).replace("\n\n\n", "\n\n")
    rows = "".join(
        f"| `{table}` | {_held(held)} | {', '.join(f'`{name}`' for name in plain.split()) or 'none'} |\n"
        for table, (held, plain) in COLUMNS.items()
    )
    files = "".join(f"| `{place}` | {say(ENTRIES[data].what)} |\n" for place, data in FILES)
    return (
        f"\n{entries.strip()}\n\n## Every column\n\n| table | columns that hold something of people | the others |\n"
        f"|---|---|---|\n{rows}\n## Files beside the tables\n\n| file | what it holds of people |\n|---|---|\n{files}"
    )


def _held(held: dict) -> str:
    """Return the columns of a table that hold something of people."""
    return (
        "; ".join(f"{', '.join(f'`{name}`' for name in names.split())}: {data}" for data, names in held.items())
        or "none"
    )
