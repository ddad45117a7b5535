"""A process of its own that reads mails and writes down what each cost.

`python -m tests.reading.reading_child < LIST_OF_FILES`; with `hostile` it makes the mail of each recipe itself.
One JSON object a line; an exception that reading lets through ends the process.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from tests.pace import slowness
from tests.reading.hostile import RECIPES
from tests.reading.mails import read

KIB_PER_MIB = 1_024
_LITTLE_SECONDS = 0.5


def account(name: str, raw: bytes) -> dict[str, object]:
    """Read one mail and give what it was and what it cost, computing time as on the machine of reference."""
    began = time.process_time()
    mail = read(raw)
    spent = time.process_time() - began
    return {
        "name": name,
        "automatic": mail.automatic,
        "bounces": [bounce.recipient for bounce in mail.bounces],
        "defects": list(mail.defects),
        "attachments": len(mail.attachments),
        # What is far below every limit need not be compared with the machine's pace.
        "cpu_seconds": round(spent if spent < _LITTLE_SECONDS else spent / slowness(), 3),
        "peak_mb": peak_mb(),
    }


def peak_mb() -> int:
    """Return the most memory this program has held, in MiB.

    Not `ru_maxrss`: that one is handed down by the process that started us, however large it was.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) // KIB_PER_MIB


def forget_peak() -> None:
    """Let the system count the most memory anew from here: each mail by itself."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def main(arguments: list[str]) -> None:
    """Read what the command line names, or the files that standard input names."""
    if arguments[:1] == ["hostile"]:
        lines = []
        for name, make in RECIPES.items():
            forget_peak()
            lines.append(account(name, make()))
    else:
        paths = [Path(line) for line in sys.stdin.read().splitlines()]
        lines = [account(str(path), path.read_bytes()) for path in paths]
    for line in lines:
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
