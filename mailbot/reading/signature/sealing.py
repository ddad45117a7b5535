"""The office's own sealing service, asked by a command: a PDF goes in, a sealed one comes out (rows 7 and 8).

The command is an absolute path with arguments; `{in}` stands for the PDF, `{out}` for where it lays the sealed one. No
shell reads it. It works in a folder of its own, with no environment, and goes no further than its limits. No passphrase
passes through mailbot: how the service knows whom it serves is its own affair.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.reading.signature.programs import Limits, run
from mailbot.settings.checks.seal_command import GIVEN, SEALED, parts_of

if TYPE_CHECKING:
    from pydantic import SecretStr

    from mailbot.settings.files.ratified import RatifiedBlock

_MB = 1_000_000
NO_COMMAND, NOT_STARTED, TIMEOUT, NOTHING, TOO_LARGE = "no_command", "not_started", "timeout", "nothing", "too_large"
ENDED = "ended"
"""Why there is no sealed PDF; what the command said of itself is for the operator's log alone."""
_NOT_STARTED = 127


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPdf:
    """What the command gave back."""

    content: bytes = b""
    failed: str = ""
    """Empty: it gave a file back."""
    told: str = ""
    """The end of what it said, where it failed."""


@dataclass(frozen=True, slots=True)
class Sealer:
    """Has PDFs sealed; the command is asked for anew each time, and shown nowhere."""

    command: SecretStr | None
    settings: RatifiedBlock

    def seal(self, pdf: bytes) -> SealedPdf:
        """Return what the command made of a PDF.

        Raises:
            OSError: there is no room for its folder.
        """
        if self.command is None:
            return SealedPdf(failed=NO_COMMAND)
        limits = Limits(
            seconds=self.settings.sealing_seconds,
            memory_bytes=self.settings.sealing_memory_mb * _MB,
            written_bytes=self.settings.largest_bytes,
        )
        with tempfile.TemporaryDirectory(prefix="mailbot-seal-") as made:
            folder = Path(made)
            given, sealed = folder / "naskah.pdf", folder / "bersegel.pdf"
            given.write_bytes(pdf)
            parts = parts_of(self.command.get_secret_value())
            command = [part.replace(GIVEN, str(given)).replace(SEALED, str(sealed)) for part in parts]
            ran = run(command, folder, limits)
            if ran.code is None:
                return SealedPdf(failed=TIMEOUT, told=ran.told)
            if ran.code != 0:
                return SealedPdf(failed=NOT_STARTED if ran.code == _NOT_STARTED else ENDED, told=ran.told)
            if not sealed.is_file() or sealed.is_symlink():
                return SealedPdf(failed=NOTHING, told=ran.told)
            if sealed.stat().st_size > self.settings.largest_bytes:
                return SealedPdf(failed=TOO_LARGE)
            return SealedPdf(content=sealed.read_bytes())
