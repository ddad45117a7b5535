"""One office's YAML and environment as one frozen value; what is wrong is named at once, with file, line and hint.

The walk: `folder` reads five files -> `source` (YAML with lines) -> `files/` (models) -> `checks/` (do they fit each
other) -> `core_values` -> `Settings`. Secrets come by environment alone (`credentials`).
"""

from __future__ import annotations

from mailbot.settings.effective_settings import effective
from mailbot.settings.loading import load, reload
from mailbot.settings.packaged import Made, init, sample_folder, template_folders, templates_folder
from mailbot.settings.schema import schemas
from mailbot.settings.settings import Folders, Limits, Pacing, Server, Settings, Trust

__all__ = [
    "Folders",
    "Limits",
    "Made",
    "Pacing",
    "Server",
    "Settings",
    "Trust",
    "effective",
    "init",
    "load",
    "reload",
    "sample_folder",
    "schemas",
    "template_folders",
    "templates_folder",
]
