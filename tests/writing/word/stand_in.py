"""A stand-in for LibreOffice: a shell script that takes the same command lines, and falls over as it is told."""

from __future__ import annotations

import os
import select
import signal
from dataclasses import dataclass
from pathlib import Path

WORKS, FAILS, DIES, HANGS, MAKES_NOTHING, DOES_NOT_START = "works", "fails", "dies", "hangs", "nothing", "no start"
"""How the next call goes; `POISON` in a document kills the warm process, `STICKY` hangs it, whatever is told."""

_SCRIPT = r"""#!/bin/sh
here=$(dirname "$0")
how=$(cat "$here/how")
case "$*" in
*--convert-to*)
    while [ "$1" != --outdir ]; do shift; done
    out=$2; shift 2
    echo "convert $#" >>"$here/calls"
    for file; do
        if grep -q POISON "$file"; then kill -KILL "$(cat "$here/warm")"; exit 0; fi
        if grep -q STICKY "$file"; then exec tail -f /dev/null; fi
        case $how in
        fails) echo broken >&2; exit 1 ;;
        dies) kill -KILL "$(cat "$here/warm")"; exit 0 ;;
        hangs) exec tail -f /dev/null ;;
        nothing) ;;
        *) grep -q DAMAGED "$file" || { printf '%%PDF-1.7\n'; cat "$file"; printf '\n%%%%EOF\n'; } \
            >"$out/$(basename "$file" .docx).pdf" ;;
        esac
    done ;;
*)
    echo start >>"$here/calls"
    [ "$how" = "no start" ] && { echo no memory >&2; exit 1; }
    for file; do :; done
    echo $$ >"$here/warm"
    : >"$(dirname "$file")/.~lock.$(basename "$file")#"
    exec tail -f /dev/null ;;
esac
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """The script in a folder, and what it was called for."""

    folder: Path

    @property
    def program(self) -> str:
        """Where the script is."""
        return str(self.folder / "soffice")

    def goes(self, how: str) -> None:
        """Say how it goes from now on."""
        (self.folder / "how").write_text(how)

    def heals(self) -> None:
        """Go well again after the next start, whatever was said."""
        script = self.folder / "soffice"
        script.write_text(script.read_text().replace("echo start >>", f'echo {WORKS} >"$here/how"; echo start >>'))

    def goes_away(self) -> None:
        """Be installed no more; what runs goes on."""
        (self.folder / "soffice").unlink()

    @property
    def calls(self) -> list[str]:
        """What it was called for: `start`, or `convert` and for how many documents."""
        said = self.folder / "calls"
        return said.read_text().splitlines() if said.exists() else []

    @property
    def warm(self) -> int:
        """Number of the process that was started last and stays."""
        return int((self.folder / "warm").read_text())


def end(process: int) -> None:
    """Kill a process, and see it end."""
    gone = os.pidfd_open(process)
    os.kill(process, signal.SIGKILL)
    select.select([gone], [], [])
    os.close(gone)


def lives(process: int) -> bool:
    """Say whether a process is there; one that ended and waits to be taken note of is not."""
    try:
        return " Z" not in Path(f"/proc/{process}/status").read_text(encoding="ascii").replace("\t", " ")
    except FileNotFoundError:
        return False


def stand_in(folder: Path, how: str = WORKS) -> StandIn:
    """Put the script into a folder."""
    made = StandIn(folder=folder)
    folder.mkdir(exist_ok=True)
    script = folder / "soffice"
    script.write_text(_SCRIPT)
    script.chmod(0o755)
    made.goes(how)
    return made
