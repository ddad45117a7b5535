"""The house of many offices: looks into their folder, begins new ones, lets go of those that are gone, tells of others.

Each office has a thread of its own, so that a server that hangs or a flood of mail takes nobody's time but its own
office's; the system shares the processor among them evenly. What an office cannot do is told once, and tried again.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mailbot.cli.offices.beginning import settings_to_begin_by
from mailbot.cli.offices.claims import Claim, refused
from mailbot.cli.offices.folders import offices_below
from mailbot.cli.offices.noting import Noted, Notes
from mailbot.cli.offices.resident import Resident, State
from mailbot.cli.offices.surroundings import surroundings
from mailbot.errors import MailbotError, nameable
from mailbot.settings.folder import digest_of, read_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mailbot.cli.offices.folders import OfficeFolder
    from mailbot.cli.wiring import PdfMakers

_log = logging.getLogger("mailbot")
LOOK_SECONDS = 5
"""So often the folder is looked into; of offices at work only whether they are still there."""
AGAIN_SECONDS = 60.0
"""After so long what was refused is tried again, though nothing in its folder has changed."""


@dataclass(slots=True)
class _Waiting:
    """An office that is not served: what its folder showed at the last look, why, and when it was tried."""

    digest: str
    why: str = ""
    tried_at: float = float("-inf")


class House:
    """All offices of one folder that this process serves."""

    def __init__(
        self,
        root: Path,
        env: Callable[[], dict[str, str]],
        pdf: PdfMakers,
        notes: Notes,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        """Serve nobody yet; each `look` brings it up to what lies in the folder.

        Args:
            root: the folder of offices.
            env: gives the environment of the process.
            pdf: gives what makes PDFs, shared by all.
            notes: where it is written down for `status` how each office is served.
            elapsed: seconds that only ever grow.
        """
        self._root, self._env, self._pdf, self._notes, self._elapsed = root, env, pdf, notes, elapsed
        self._residents: dict[OfficeFolder, Resident] = {}
        self._leaving: list[Resident] = []
        self._waiting: dict[OfficeFolder, _Waiting] = {}
        self._hung: set[OfficeFolder] = set()
        self._first = True

    @property
    def gets_on(self) -> bool:
        """Say whether any office gets on, or none is there to do so: if all hang, it is the process that does."""
        states = [one.state for one in self._residents.values()]
        return not states or any(state is not State.HANGS for state in states)

    def look(self) -> None:
        """Bring what is served up to what lies in the folder."""
        there = {one.path: one for one in offices_below(self._root)}
        self._leaving = [one for one in self._leaving if not one.has_ended]
        self._let_go(there)
        self._take_back()
        self._begin([one for one in there.values() if not self._is_known(one)])
        self._tell_of_hanging()
        self._note()
        self._first = False

    def close(self) -> None:
        """Let every office end its pass, and wait until all have."""
        for one in self._residents.values():
            one.leave()
        for one in (*self._residents.values(), *self._leaving):
            one.wait()
        self._notes.write(())

    def served(self) -> dict[str, State]:
        """Return how each office is served, by how it is called; one that is refused, too."""
        waiting = {one.called: State.REFUSED if each.why else State.BEGINS for one, each in self._waiting.items()}
        return waiting | {one.called: resident.state for one, resident in self._residents.items()}

    def _is_known(self, office: OfficeFolder) -> bool:
        """Say whether a folder is served, or still being left."""
        mine = (*self._residents.values(), *self._leaving)
        return any(one.claim.office.path == office.path for one in mine)

    def _let_go(self, there: dict[Path, OfficeFolder]) -> None:
        """Let offices go whose folders are gone; what they have in hand they finish, and nothing is deleted."""
        for office in [one for one in self._residents if one.path not in there]:
            resident = self._residents.pop(office)
            resident.leave()
            self._leaving.append(resident)
            data = resident.claim.settings.data_folder
            _log.warning(
                "the folder of %s is gone: its mail is not read any more; its ledger stays at %s", office.called, data
            )
            self._notes.gone(office, data)
        for office in [one for one in self._waiting if one.path not in there]:
            del self._waiting[office]

    def _take_back(self) -> None:
        """Note offices whose thread has ended by itself; they are tried again."""
        for office in [one for one, resident in self._residents.items() if resident.has_ended]:
            resident = self._residents.pop(office)
            waiting = self._waiting.setdefault(office, _Waiting(digest=_digest(office)))
            waiting.tried_at = self._elapsed()
            if resident.trouble:
                self._refuse(office, resident.trouble)

    def _begin(self, offices: list[OfficeFolder]) -> None:
        """Begin what may begin: each office by itself, then those that nobody else's places bar."""
        claims = [claim for office in offices if self._is_due(office) and (claim := self._claimed(office))]
        if not claims:
            return
        barred = refused([one.claim for one in self._residents.values()], claims)
        soon_free = refused([one.claim for one in self._leaving], claims)
        for claim in claims:
            if claim.office not in barred and claim.office in soon_free:
                self._waiting[claim.office].tried_at = float(
                    "-inf"
                )  # its folder was renamed: its last pass is not over
            elif claim.office in barred:
                self._refuse(claim.office, "\n".join(map(str, barred[claim.office])))
            else:
                self._residents[claim.office] = resident = Resident(
                    claim, partial(self._around, claim.office), self._pdf
                )
                resident.begin()

    def _is_due(self, office: OfficeFolder) -> bool:
        """Say whether an office is to be tried now: it lay there unchanged at two looks, or has waited for long."""
        digest, waiting = _digest(office), self._waiting.get(office)
        if waiting is None:
            self._waiting[office] = waiting = _Waiting(digest=digest)
            if not self._first:
                return False  # somebody may still be copying it
        elif waiting.digest != digest:
            waiting.digest, waiting.tried_at = digest, float("-inf")
            return False
        due = self._elapsed() - waiting.tried_at >= AGAIN_SECONDS
        if due:
            waiting.tried_at = self._elapsed()
        return due

    def _claimed(self, office: OfficeFolder) -> Claim | None:
        """Return an office with its settings; None, once it is told why, where they cannot be used."""
        try:
            claim = Claim(office=office, settings=settings_to_begin_by(office, self._around(office)))
            claim.places()
        except (MailbotError, OSError) as wrong:
            self._refuse(office, nameable(wrong))
        except Exception as wrong:  # noqa: BLE001 - one office's fault is no other's
            _log.exception("%s cannot be read; the others go on", office.called)
            self._refuse(office, nameable(wrong))
        else:
            return claim
        return None

    def _around(self, office: OfficeFolder) -> dict[str, str]:
        """Return the environment of an office."""
        return surroundings(self._root, office, self._env())

    def _refuse(self, office: OfficeFolder, why: str) -> None:
        """Tell once why an office is not served."""
        waiting = self._waiting.setdefault(office, _Waiting(digest=_digest(office)))
        if waiting.why != why:
            waiting.why = why
            for line in why.splitlines():
                _log.error("%s is not served: %s", office.called, line)

    def _tell_of_hanging(self) -> None:
        """Tell once of an office whose pass hangs; only where all do, the process is started anew by who watches it."""
        hung = {office for office, one in self._residents.items() if one.state is State.HANGS}
        for office in hung - self._hung:
            _log.error("a pass of %s hangs; the others go on", office.called)
        self._hung = hung

    def _note(self) -> None:
        """Write down how each office is served."""
        for office, resident in self._residents.items():
            if resident.state is State.WORKS:
                self._waiting.pop(office, None)
        waiting = {one: each.why for one, each in self._waiting.items() if one not in self._residents and each.why}
        noted = [
            Noted(folder=one.name, office=one.called, state=State.REFUSED, why=why) for one, why in waiting.items()
        ]
        noted += [Noted(folder=o.name, office=o.called, state=r.state) for o, r in self._residents.items()]
        self._notes.write(noted)


def _digest(office: OfficeFolder) -> str:
    """Return the digest of what lies in an office's folder; empty where it cannot be read."""
    try:
        return digest_of(read_folder(office.path)[0])
    except OSError:
        return ""
