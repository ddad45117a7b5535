"""How many files of the package one mail runs through, from the pass to the answer: a STATUS mail, a faulty form."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import mailbot
from tests.office import ToyOffice, requested

_PACKAGE = Path(mailbot.__file__).parent
_UNIT, _HEAD = "CAPIL", "kabid-capil"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Which files of the package a mail ran through, relative to it."""

    name: str
    files: frozenset[str]

    def by_room(self) -> Counter[str]:
        """Return how many files of each room were entered."""
        return Counter(file.partition("/")[0] for file in self.files)


def walked(name: str, work: Callable[[], object]) -> Walk:
    """Do the work and note each file of the package in which a function was called, as `sys.setprofile` sees it."""
    seen: set[str] = set()

    def note(frame: FrameType, event: str, _what: object) -> None:
        if event == "call":
            seen.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    # The clock that is set by hand is the toy office's; the real one is the machine's.
    inside = (Path(file) for file in seen if not file.endswith("rehearsal/clock.py"))
    return Walk(
        name=name, files=frozenset(str(file.relative_to(_PACKAGE)) for file in inside if _PACKAGE in file.parents)
    )


def walks() -> tuple[Walk, ...]:
    """Return the walks of a STATUS mail and of a faulty form, each the second of its kind in a warm process."""
    office = requested()
    office.answers(_HEAD, office.letter(_HEAD, "request"), "STATUS")
    office.hours_pass(0.1)
    status = _arrived(office, "STATUS mail", lambda: office.mail(_HEAD, office.letter(_HEAD, "request"), "STATUS"))
    office.sends_form(_HEAD, _UNIT, mistakes=1)
    office.hours_pass(0.1)
    filled = office.filled(_UNIT, mistakes=2)
    form = _arrived(
        office, "returned form", lambda: office.mail(_HEAD, office.letter(_HEAD, "request"), "Terlampir.", filled)
    )
    return status, form


def _arrived(office: ToyOffice, name: str, mail: Callable[[], bytes]) -> Walk:
    """Let a mail lie in the mailbox, and walk one pass."""
    office.post.arrive(mail())
    return walked(name, office.works)


def main() -> None:
    """Print how many files each mail ran through, room by room; with `-v` the files themselves."""
    for walk in walks():
        rooms = ", ".join(f"{room} {count}" for room, count in sorted(walk.by_room().items()))
        print(f"{walk.name}: {len(walk.files)} files ({rooms})")
        if "-v" in sys.argv:
            print("\n".join(f"  {file}" for file in sorted(walk.files)))


if __name__ == "__main__":
    main()
