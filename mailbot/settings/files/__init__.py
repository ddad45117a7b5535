"""The five YAML files as models: which settings there are, of what kind, with what default, and what each is for."""

from __future__ import annotations

from mailbot.settings.files.block import Block
from mailbot.settings.files.cycles import CyclesFile
from mailbot.settings.files.indicators import IndicatorsFile
from mailbot.settings.files.office import OfficeFile
from mailbot.settings.files.recipients import RecipientsFile
from mailbot.settings.files.sop import SopFile

FILES: dict[str, type[Block]] = {
    "office": OfficeFile,
    "recipients": RecipientsFile,
    "indicators": IndicatorsFile,
    "sop": SopFile,
    "cycles": CyclesFile,
}
"""Name of each file (without `.yaml`) and its model, in the order in which an office fills them in."""

__all__ = ["FILES", "Block", "CyclesFile", "IndicatorsFile", "OfficeFile", "RecipientsFile", "SopFile"]
