"""LibreOffice as the colleagues use it: a file opened and saved again; missing, a test is skipped (fails in CI)."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REASON = "LibreOffice (soffice) is not installed"


def saved_again(content: bytes, folder: Path, kind: str) -> bytes:
    """Return a workbook as LibreOffice saves it, in that format (`xlsx`, `ods`, `pdf`)."""
    soffice = shutil.which("soffice")
    if soffice is None:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(f"{REASON} (CI is set, so this is a failure)")
        pytest.skip(REASON)
    source, target = folder / "form.xlsx", folder / "saved"
    source.write_bytes(content)
    subprocess.run(  # noqa: S603 - a fixed command on a file of ours
        [
            soffice,
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            kind,
            "--outdir",
            str(target),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (target / f"form.{kind}").read_bytes()
