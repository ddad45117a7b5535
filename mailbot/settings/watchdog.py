"""The watchdog as settings: when silence is trouble, and the second channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import SecretStr

    from mailbot.settings.files.watchdog import WatchdogBlock

DEFAULT_MINUTES = 30
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchdog:
    """When the operator is told that mail does not work, and over which second channel."""

    after_minutes: int = DEFAULT_MINUTES
    """0: never."""
    disk_bytes: int = 0
    """0: the disk is not watched."""
    command: tuple[str, ...] = ()
    webhook: str = field(default="", repr=False)
    """Whoever knows the address can ring it: it is not shown."""


def watchdog_of(block: WatchdogBlock, webhook: SecretStr | None) -> Watchdog:
    """Return the value of the block; a webhook of the environment goes before that of the file."""
    return Watchdog(
        after_minutes=block.after_minutes,
        disk_bytes=block.disk_mb * _MIB,
        command=block.command,
        webhook=webhook.get_secret_value() if webhook is not None else block.webhook,
    )
