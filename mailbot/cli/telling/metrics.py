"""`mailbot metrics`: the figures of this moment for Prometheus, and the machine room that they are read from."""

from __future__ import annotations

import shutil
import sys
from ipaddress import ip_network
from typing import TYPE_CHECKING

from mailbot.cli.options import ConfigOption, ledger_url, now, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.clerk.gauges.machine_room import MachineRoom
    from mailbot.settings.settings import Settings


def metrics(config: ConfigOption = None) -> None:
    """Print the figures of this moment in Prometheus' text form, for a file that the node exporter collects."""
    from mailbot.clerk.gauges.metrics import metrics_text

    settings = settings_of(config)
    sys.stdout.buffer.write(metrics_text(machine_room(lambda: settings)))


def machine_room(settings: Callable[[], Settings]) -> MachineRoom:
    """Return the machine room of an office; `settings` gives those that count at the moment it is called."""
    from mailbot.clerk.gauges.machine_room import MachineRoom
    from mailbot.cli.configuration.ledger_place import office_in_use
    from mailbot.cli.wiring import known_ends

    def ends() -> tuple[tuple[str, str, datetime], ...]:
        """Return the permissions to log in that end at a known moment."""
        return tuple(("permission", account, ends) for account, ends in known_ends(settings()))

    return MachineRoom(
        ledger=lambda: ledger_url(settings()),
        office=lambda: office_in_use(settings()),
        clock=now,
        after_minutes=lambda: settings().watchdog.after_minutes,
        folders=lambda: folders_of(settings()),
        free_bytes=lambda: shutil.disk_usage(settings().data_folder).free,
        ends=ends,
        readers=lambda: tuple(map(ip_network, settings().files.office.board.metrics_from)),
    )


def folders_of(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return, by the name under which the ledger keeps a mailbox, the folders that mail comes into."""
    from mailbot.cli.wiring import ledger_account

    boxes = [(settings.imap, settings.folders), *((one.server, one.mailbox.folders) for one in settings.further)]
    return {ledger_account(server): tuple(dict.fromkeys((of.inbox, *of.extra))) for server, of in boxes}
