"""`office.yaml`, `ratified`: what makes report and cover letter count as ratified, and how papers are checked."""

from __future__ import annotations

from pydantic import Field

from mailbot.core.papers.checked import Ratified
from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Line, Words

_MB = 1_000_000


class RatifiedBlock(Block):
    """Whether the word by mail is enough, or a signed PDF, a scan, or a seal of the office's own service is wanted."""

    report: Ratified = Field(
        default=Ratified.BY_MAIL,
        description=(
            "What makes the report count as ratified in row 7: `email` (DISAHKAN alone), `signed_pdf` (the PDF signed "
            "electronically comes back), `scan` (a scan of what was signed by hand comes back), or `sealed` (after "
            "DISAHKAN the office's own service seals it, by the command in MAILBOT_SEAL_COMMAND)."
        ),
    )
    cover_letter: Ratified = Field(
        default=Ratified.BY_MAIL,
        description="The same for the Surat Pengantar of row 8; `email`: it leaves without a signature.",
    )
    certificates: Line = Field(
        default="",
        description=(
            "Folder with the certificates of the authorities whose signatures count, and those between them and a "
            "signer (PEM or DER: .pem, .crt, .cer), and lists of revoked ones (.crl); relative to this folder."
        ),
    )
    sealed_by: tuple[Words, ...] = Field(
        default=(),
        description="Names that the certificate of the office's own service may bear; empty: any that is trusted.",
    )
    recognised_pct: int = Field(
        default=60,
        ge=1,
        le=100,
        description="A page of a scan counts as recognised when this share of its words was found, in percent.",
    )
    recognition_seconds: int = Field(
        default=300,
        ge=10,
        description="How long the pages of one scan may be read; what is not read by then is shown to Subbag Program.",
    )
    largest_mb: int = Field(
        default=25, ge=1, description="A paper larger than this is not looked into, and its sender hears the way out."
    )
    sealing_seconds: int = Field(default=60, ge=1, description="How long the sealing command may take.")
    sealing_memory_mb: int = Field(default=1024, ge=64, description="Memory for the sealing command, in MB.")

    @property
    def largest_bytes(self) -> int:
        """Return the size of the largest paper that is looked into, in bytes."""
        return self.largest_mb * _MB
