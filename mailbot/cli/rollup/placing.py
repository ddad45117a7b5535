"""The offices beside one in a city's folder, each found by its own settings when it is asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mailbot.cli.configuration.last_accepted import last_accepted
from mailbot.cli.configuration.ledger_place import ledger_in_use, office_in_use
from mailbot.cli.offices.folders import OfficeFolder, offices_in
from mailbot.cli.offices.surroundings import surroundings
from mailbot.cli.options import environment
from mailbot.cli.rollup.city import overseeing_office
from mailbot.cli.rollup.reading import Place, summary_at
from mailbot.core.rollup.summary import OfficeSummary, Unread
from mailbot.errors import ConfigProblem, MailbotError, nameable
from mailbot.settings.loading import load
from mailbot.settings.settings import Settings

_log = logging.getLogger("mailbot")


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderNeighbours:
    """The offices of a folder, seen from one of them; they come and go, so each is looked for when it is asked for."""

    root: Path
    key: str

    @property
    def oversees(self) -> bool:
        """Say whether `city.yaml` names this office."""
        return overseeing_office(self.root) == self.key

    def summaries(self) -> Iterator[OfficeSummary | Unread]:
        """Give how every office stands; one that cannot be read is named, and stops nothing."""
        return (_summary(self.root, office, environment()) for office in offices_in(self.root))


def _summary(root: Path, office: OfficeFolder, env: Mapping[str, str]) -> OfficeSummary | Unread:
    """Return how an office stands, found by its own settings; with broken ones, by those it accepted last."""
    try:
        settings = _settings(office, surroundings(root, office, env))
        name = settings.files.office.letterhead.agency_short
        return summary_at(Place(key=office_in_use(settings), name=name, url=ledger_in_use(settings)))
    except (MailbotError, OSError) as why:
        _log.warning("where %s keeps its ledger cannot be told: %s", office.name, nameable(why))
        return Unread(name=office.called)


def _settings(office: OfficeFolder, env: Mapping[str, str]) -> Settings:
    """Return an office's settings, or those it accepted last; its own daemon tells what is wrong with it.

    Raises:
        ConfigProblem: something is wrong, and it has accepted none before.
    """
    try:
        return load(office.path, env)
    except ConfigProblem:
        accepted = last_accepted(office.path, env)
        if accepted is None:
            raise
        return accepted
