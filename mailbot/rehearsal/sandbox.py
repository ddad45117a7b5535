"""The folder a demo lives in: the sample office, its two servers pointed at the embedded one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from mailbot.errors import MailbotError
from mailbot.settings.packaged import init

if TYPE_CHECKING:
    from mailbot.rehearsal.server import EmbeddedServer

MARK = ".mailbot-demo"
"""A file that says: this folder was made by the demo, and may be made anew."""


def fresh_folder(folder: Path) -> Path:
    """Empty a folder of an earlier demo, or make one; return its `config/`, holding the sample office.

    Raises:
        MailbotError: the folder holds something that no demo made; it is left alone.
    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise MailbotError(
                f"{folder} is not empty and was not made by a demo, so it is left as it is. Choose another: --into DIR"
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    init(folder / "config")
    return folder / "config"


def point_at(config: Path, server: EmbeddedServer, authserv_id: str) -> None:
    """Write the embedded server's ports into `office.yaml`; comments and everything else stay."""
    path = config / "office.yaml"
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    office: Any = yaml.load(path)
    for name, port in (("imap", server.imap_port), ("smtp", server.smtp_port)):
        office[name]["host"] = server.host
        office[name]["port"] = port
        office[name]["security"] = "plain"
    office["imap"]["folders"]["sent"] = "Sent"
    office["trust"]["authserv_ids"] = [authserv_id]
    yaml.dump(office, path)
