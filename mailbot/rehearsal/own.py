"""The admin's own configuration in a sandbox: people invented, servers embedded, the ledger a file of its own."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import SecretStr

from mailbot.core.papers.checked import Ratification
from mailbot.errors import MailbotError
from mailbot.rehearsal.cast import PASSWORD
from mailbot.rehearsal.figures import planned_figures, uneven, written_figure
from mailbot.rehearsal.filling import Script
from mailbot.rehearsal.submission import AUTHSERV_ID
from mailbot.settings.files.mailbox import Folders

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.core.model.indicators import Period
    from mailbot.core.model.office import Office
    from mailbot.core.opening.plans import CyclePlan
    from mailbot.settings.settings import Server, Settings

MARK = ".mailbot-rehearsal"
"""A file that says: this folder was made by a rehearsal, and may be made anew."""
_NOWHERE = "127.0.0.1"
_SPENT_PCT = 96
_TOPICS = ("pendukung", "penghambat", "tindak_lanjut", "sumber")
"""What staff write about an indicator: a sentence for each of the sample's, and one that suits any (`lain`)."""


def fresh(folder: Path) -> Path:
    """Empty a folder of an earlier rehearsal, also of one that was interrupted, or make one.

    Raises:
        MailbotError: there is something that no rehearsal made; it is left alone.
    """
    place = folder.resolve()
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        if not (place / MARK).is_file():
            raise MailbotError(
                f"{folder} is not empty and was not made by a rehearsal, so it is left as it is. "
                f"Choose another: --into DIR"
            )
        shutil.rmtree(place)
    place.mkdir(parents=True, exist_ok=True)
    (place / MARK).touch()
    return place


def sandboxed(settings: Settings, folder: Path, plans: tuple[CyclePlan, ...]) -> Settings:
    """Return the settings with everything that reaches out of this machine, or into the real ledger, turned inward.

    No server can be reached, for nothing listens at port 0; no access token is asked for, no further mailbox is read,
    the second channel is not rung, no DNS is asked and no seal, and no object store takes a file. What the office reads
    and writes under its own folder is read and written under `folder` instead. Signed papers are not asked for, since
    invented staff sign nothing; and no cycle opens but those of `plans`.
    """
    user = settings.office().mailbox.lower()

    def inward(real: Server) -> Server:
        return replace(
            real,
            host=_NOWHERE,
            port=0,
            security="plain",
            user=user,
            password=SecretStr(PASSWORD),
            ca_file=None,
            oauth=None,
        )

    return replace(
        settings,
        data_folder=folder,
        imap=inward(settings.imap),
        smtp=inward(settings.smtp),
        further=(),
        watchdog=settings.watchdog.but(disk_mb=0, command=(), webhook=""),
        folders=Folders(sent="Sent"),
        trust=settings.trust.but(authserv_ids=(AUTHSERV_ID,), own_dkim_check=False),
        database_url=SecretStr(f"sqlite:///{folder / 'ledger.db'}"),
        archive_folder=folder / "arsip",
        object_store=None,
        weighty={},
        secret=SecretStr("a secret of the rehearsal"),
        credentials=replace(settings.credentials, seal_command=None),
        core=replace(settings.office(), ratification=Ratification(), cycles=plans, recurring=()),
    )


def _places(office: Office) -> dict[str, int]:
    """Return the place of every indicator, unit by unit: the same in all quarters, whichever of them have a target."""
    owned = [one.code for unit in office.roster.units for one in office.indicators if one.owner == unit.key]
    return {code: place for place, code in enumerate(owned)}


def script_of(office: Office, period: Period, script: Script) -> Script:
    """Return what invented staff know of any office: most targets reached, nearly all money spent as time goes on.

    What they write of the sample's indicators by name is left out: a code that is the same means nothing.
    """
    reached: dict[str, str] = {}
    spent: dict[str, int] = {}
    places = _places(office)
    for unit in office.roster.units:
        values, money = planned_figures(office, unit.key, period, _SPENT_PCT * (period.quarter or 4) // 4)
        for code, value in values.items():
            indicator = office.indicator(code)
            reached[code] = written_figure(indicator, uneven(indicator, value, places[code], period.quarter or 0))
        spent |= {code: int(value) for code, value in money.items()}
    # A link needs no file beside it, where the office wants its evidence attached.
    evidence = {"bukti": "https://data.example.go.id/{kode}.pdf"} if office.policy.evidence_attached else {}
    general = {topic: {"lain": script.words[topic]["lain"]} for topic in _TOPICS}
    general["sumber"] |= {one.code: one.data_source for one in office.indicators}
    answers = {**script.words["balasan"], "asal": f"ASAL {next(iter(reached))}"} if reached else script.words["balasan"]
    known = {"realisasi": reached, "anggaran": spent, "balasan": answers}
    return Script(words={**script.words, **general, **known, **evidence})
