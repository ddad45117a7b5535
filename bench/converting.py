"""A converter of the package index at work, in a process of its own without network: files in a folder become PDFs.

Nothing of it is ever loaded into another process. `python bench/converting.py CONVERTER EXTRAS FOLDER` turns each
`*.docx` of a folder into a PDF beside it, and prints what that took, or why it was refused, one line of JSON for each.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_NEW_USERS_AND_NETWORK = 0x10000000 | 0x40000000
_MEMORY_BYTES, _CPU_SECONDS = 2_000_000_000, 600


def main(name: str, extras: str, folder: Path) -> None:
    """Convert every file."""
    ctypes.CDLL(None).unshare(_NEW_USERS_AND_NETWORK)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    sys.path.append(extras)
    convert = {"dxpdf": _dxpdf, "rdocx": _rdocx, "office2pdf": _office2pdf}[name]()
    for path in sorted(folder.glob("*.docx")):
        docx = path.read_bytes()
        began = time.process_time()
        try:
            pdf = convert(docx)
        except Exception as refused:  # noqa: BLE001 - whatever it raises is its refusal
            print(json.dumps({"file": path.stem, "refused": f"{type(refused).__name__}: {refused}"[:200]}), flush=True)
            continue
        took = time.process_time() - began
        path.with_suffix(f".{name}.pdf").write_bytes(pdf)
        print(json.dumps({"file": path.stem, "cpu": took}), flush=True)


def _dxpdf() -> Callable[[bytes], bytes]:
    """Return how dxpdf converts."""
    module = import_module("dxpdf")
    return lambda docx: bytes(module.convert(docx))


def _rdocx() -> Callable[[bytes], bytes]:
    """Return how rdocx converts."""
    document = import_module("rdocx").Document
    return lambda docx: bytes(document.from_bytes(docx).to_pdf())


def _office2pdf() -> Callable[[bytes], bytes]:
    """Return how office2pdf converts."""
    module = import_module("office2pdf")
    return lambda docx: bytes(module.convert_bytes(docx, module.Format.DOCX).pdf)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
