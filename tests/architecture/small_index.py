"""A package index on loopback with invented packages, and a checkout with locks of its own that installs from it."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import distributions
from pathlib import Path
from threading import Thread

from tests.architecture.source import ROOT

PROJECT = "cottage"
BUILDING = {"trowel": "1.0"}
RUNNING = {"visitor": "1.0", "house": "1.0", "spoon": "1.0"}
TESTING = RUNNING | {"inspector": "1.0"}
LOCKS = {"requirements-build.lock": BUILDING, "requirements.lock": RUNNING, "requirements-dev.lock": TESTING}
"""What each lock of the small checkout pins. Of `house` and `trowel` the index has something newer."""

# A builder that needs the locked `trowel`: it hands out the wheel that lies beside it.
BUILDER = """
import shutil
import trowel

def build_wheel(folder, config_settings=None, metadata_directory=None):
    return shutil.copy("{wheel}", folder).rpartition("/")[2]

build_editable = build_wheel
"""
BUILT_BY = '[build-system]\nrequires = ["trowel"]\nbuild-backend = "builder"\nbackend-path = ["."]\n'


@dataclass(frozen=True)
class Release:
    """One version of an invented package, with the lines that say what it needs."""

    name: str
    version: str
    needs: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name of its wheel."""
        return f"{self.name}-{self.version}-py3-none-any.whl"

    def wheel(self) -> bytes:
        """Give it as a wheel of one module."""
        notes = f"{self.name}-{self.version}.dist-info"
        told = [f"Name: {self.name}", f"Version: {self.version}", *self.needs]
        files = {
            f"{self.name}.py": "",
            f"{notes}/METADATA": "\n".join(["Metadata-Version: 2.1", *told, ""]),
            f"{notes}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(f"{name},,\n" for name in (*files, f"{notes}/RECORD"))
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name, text in (files | {f"{notes}/RECORD": record}).items():
                archive.writestr(name, text)
        return content.getvalue()

    def source(self) -> dict[str, bytes]:
        """Give it as the files of a source tree, which must be built."""
        builder = BUILDER.format(wheel=self.file).encode()
        return {"pyproject.toml": BUILT_BY.encode(), "builder.py": builder, self.file: self.wheel()}

    def source_archive(self) -> bytes:
        """Give the source tree as it lies on an index."""
        content = io.BytesIO()
        with tarfile.open(fileobj=content, mode="w:gz") as archive:
            for name, data in (self.source() | {"PKG-INFO": b""}).items():
                member = tarfile.TarInfo(f"{self.name}-{self.version}/{name}")
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
        return content.getvalue()


WHEELS = (
    Release("trowel", "1.0"),
    Release("trowel", "1.1"),
    Release("visitor", "1.0", ("Requires-Dist: house[kitchen]>=1.0",)),
    *(
        Release("house", version, ("Provides-Extra: kitchen", 'Requires-Dist: spoon; extra == "kitchen"'))
        for version in ("1.0", "1.1")
    ),
    Release("inspector", "1.0"),
)
SOURCES = (Release("spoon", "1.0"),)


@dataclass(frozen=True)
class Index:
    """The index while it is served: where, and which files were fetched from it."""

    url: str
    files: dict[str, bytes]
    fetched: set[str] = field(default_factory=set)

    def lock(self, pins: dict[str, str]) -> str:
        """Write a lock: each package in its one version, with its hash."""
        digests = {name.split("-py3")[0].removesuffix(".tar.gz"): data for name, data in self.files.items()}
        return "".join(
            f"{name}=={version} --hash=sha256:{hashlib.sha256(digests[f'{name}-{version}']).hexdigest()}\n"
            for name, version in pins.items()
        )


class _Serving(SimpleHTTPRequestHandler):
    """Serves a folder, whose listings are what pip reads of an index, and notes what was fetched."""

    fetched: set[str]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Note the files that were asked for, instead of printing each request."""
        name = self.path.rpartition("/")[2]
        self.fetched |= {name} if name else set()


@contextmanager
def served(folder: Path) -> Iterator[Index]:
    """Serve the invented packages from a folder, until the block is left."""
    files = {each.file: each.wheel() for each in WHEELS}
    files |= {f"{each.name}-{each.version}.tar.gz": each.source_archive() for each in SOURCES}
    for name, data in files.items():
        place = folder / name.split("-")[0] / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    fetched: set[str] = set()
    serving = type("Serving", (_Serving,), {"fetched": fetched})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(serving, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield Index(f"http://127.0.0.1:{server.server_port}/", files, fetched)
        server.shutdown()
        thread.join()


@dataclass(frozen=True)
class Checkout:
    """A checkout of an invented project: our own Makefile, its own locks."""

    folder: Path
    index: Index

    def prepare(self) -> None:
        """Lay the files there, and let the Makefile make the virtual environment and install what builds."""
        shutil.copy(ROOT / "Makefile", self.folder)
        for name, data in Release(PROJECT, "1.0", ("Requires-Dist: visitor<2",)).source().items():
            (self.folder / name).write_bytes(data)
        for name, pins in LOCKS.items():
            (self.folder / name).write_text(self.index.lock(pins), encoding="utf-8")
        made = self.make(".venv/build.stamp")
        assert made.returncode == 0, made.stdout + made.stderr

    def copied(self, folder: Path) -> Checkout:
        """Copy it with its virtual environment, which is asked by `python -m pip` alone and so may be moved."""
        shutil.copytree(self.folder, folder, symlinks=True)
        self.index.fetched.clear()
        return Checkout(folder, self.index)

    def make(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Call make in it, with no index but ours and nothing of this machine's pip settings."""
        ours = {"PIP_INDEX_URL": self.index.url, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
        return subprocess.run(
            ["make", f"PYTHON={sys.executable}", *words],  # noqa: S607 - make is found by PATH, as people find it
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder)} | ours | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def installed(self, environment: str = ".venv") -> dict[str, str]:
        """Give the versions of what is installed in one of its virtual environments, pip's own among them."""
        sites = (self.folder / environment).glob("lib/python3*/site-packages")
        return {each.name: each.version for each in distributions(path=[str(site) for site in sites])}
