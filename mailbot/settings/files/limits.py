"""`office.yaml`, the part about limits: how large and how odd a mail or workbook may be before it is set aside."""

from __future__ import annotations

from pydantic import Field

from mailbot.settings.files.block import Block

_KB, _MB = 1024, 1024 * 1024


class Limits(Block):
    """Limits on what is read; beyond them a mail is kept and told to the operator, never opened; 1 MB is 2**20 B."""

    message_mb: int = Field(default=25, ge=1, le=200, description="A whole mail, in MB (Gmail's limit).")
    header_kb: int = Field(default=256, ge=16, description="All header fields of a part, in KB.")
    field_kb: int = Field(default=100, ge=4, description="One header field, in KB (Postfix's limit).")
    fields: int = Field(default=1000, ge=50, description="Header fields of a part.")
    depth: int = Field(default=50, ge=5, le=200, description="Parts within parts within parts.")
    parts: int = Field(default=200, ge=10, description="Parts of a mail.")
    boundary_bytes: int = Field(default=2048, ge=70, description="The line between parts, in bytes (Postfix's limit).")
    attachments: int = Field(default=20, ge=1, description="Attachments of a mail that are opened.")
    file_name_chars: int = Field(default=200, ge=20, description="Length of a file name that is shown, in characters.")
    zip_members: int = Field(default=200, ge=20, description="Files in an archive; a workbook is one as well.")
    unpacked_mb: int = Field(default=50, ge=1, le=1000, description="All archives of a mail, truly unpacked, in MB.")
    unpack_ratio: int = Field(
        default=200, ge=10, description="Unpacked to packed size of one file in an archive, where above 1 MB."
    )
    workbook_mb: int = Field(default=10, ge=1, le=100, description="One workbook file, in MB.")
    workbook_unpacked_mb: int = Field(default=100, ge=10, le=1000, description="A workbook, truly unpacked, in MB.")
    xml_part_mb: int = Field(default=50, ge=5, le=500, description="One file inside a workbook, unpacked, in MB.")
    shared_strings: int = Field(default=200_000, ge=1000, description="Different texts in a workbook.")
    rows: int = Field(default=10_000, ge=100, description="Rows of a sheet that are read.")
    columns: int = Field(default=200, ge=20, description="Columns of a sheet that are read.")
    sheets: int = Field(default=20, ge=4, description="Sheets of a workbook that are read.")
    cpu_seconds: int = Field(
        default=10,
        ge=1,
        description="Computing time for reading one mail or workbook, in seconds; past it, it is too large.",
    )
    wall_seconds: int = Field(
        default=60,
        ge=1,
        description="Longest wait for one mail or workbook on a busy machine, in seconds; then it is tried again.",
    )
    memory_mb: int = Field(default=512, ge=128, description="Memory for reading a mail and its workbooks, in MB.")

    @property
    def message_bytes(self) -> int:
        """A whole mail, in bytes."""
        return self.message_mb * _MB

    @property
    def header_bytes(self) -> int:
        """All header fields of a part, in bytes."""
        return self.header_kb * _KB

    @property
    def field_bytes(self) -> int:
        """One header field, in bytes."""
        return self.field_kb * _KB

    @property
    def unpacked_bytes(self) -> int:
        """All archives of a mail, unpacked, in bytes."""
        return self.unpacked_mb * _MB

    @property
    def workbook_bytes(self) -> int:
        """One workbook file, in bytes."""
        return self.workbook_mb * _MB

    @property
    def workbook_unpacked_bytes(self) -> int:
        """One workbook, unpacked, in bytes."""
        return self.workbook_unpacked_mb * _MB

    @property
    def xml_part_bytes(self) -> int:
        """One file inside a workbook, unpacked, in bytes."""
        return self.xml_part_mb * _MB

    @property
    def memory_bytes(self) -> int:
        """Memory for reading a mail's workbooks, in bytes."""
        return self.memory_mb * _MB
