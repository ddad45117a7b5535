"""The folder a demo lives in: the sample office, its two servers pointed at the embedded one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.errors import MailbotError
from mailbot.settings.packaged import init
from mailbot.settings.source import read_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.rehearsal.server import EmbeddedServer

MARK = ".mailbot-demo"
"""A file that says: this folder was made by the demo, and may be made anew."""
_SETTING = re.compile(r"(?P<key>[\s-]*[^\s:#]+:)[^#\n]*?(?P<remark>\s+#.*)?\n?")


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
    changes: dict[str, object] = {
        "imap.folders.sent": "Sent",
        "trust.authserv_ids": [authserv_id],
    }
    for name, port in (("imap", server.imap_port), ("smtp", server.smtp_port)):
        changes |= {f"{name}.host": server.host, f"{name}.port": port, f"{name}.security": "plain"}
    write_settings(config / "office.yaml", changes)


def write_settings(path: Path, values: Mapping[str, object]) -> None:
    """Give settings other values, in the file's own text; each must stand there, on one line.

    Args:
        path: the YAML file.
        values: by the setting's place in it, as in `imap.folders.sent`.

    Raises:
        KeyError: a setting does not stand in the file.
        MailbotError: it does not stand on a line of its own.
    """
    content = path.read_bytes()
    source, _ = read_source(str(path), content)
    lines = content.decode("utf-8").splitlines(keepends=True)
    for name, value in values.items():
        place = source.lines[tuple(name.split("."))] - 1
        found = _SETTING.fullmatch(lines[place])
        if found is None:
            raise MailbotError(f"{path}:{place + 1}: '{name}' does not stand on a line of its own")
        lines[place] = f"{found['key']} {json.dumps(value, ensure_ascii=False)}{found['remark'] or ''}\n"
    path.write_text("".join(lines), encoding="utf-8")
