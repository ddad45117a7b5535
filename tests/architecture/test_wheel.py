"""The wheel: what an installation puts on a machine that has no checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mailbot import __version__
from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from this checkout, with the locked builder and no network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


@pytest.mark.parametrize("folder", ["templates", "config"])
def test_the_words_and_the_sample_office_travel_with_the_package(wheel: Path, folder: str) -> None:
    """Every file of templates/ and config/ is in the wheel, byte for byte, under mailbot/_data/."""
    here = {
        path.relative_to(ROOT / folder).as_posix(): path.read_bytes()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    prefix = f"mailbot/_data/{folder}/"
    with zipfile.ZipFile(wheel) as archive:
        inside = {
            name.removeprefix(prefix): archive.read(name) for name in archive.namelist() if name.startswith(prefix)
        }
    assert here
    assert inside == here


def test_the_wheel_holds_the_package_and_nothing_beside_it(wheel: Path) -> None:
    """No tests, no benchmarks, no second top-level name."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"mailbot", f"mailbot_lkjip-{__version__}.dist-info"}
    assert {"mailbot/__main__.py", "mailbot/cli/__init__.py"} <= set(names)


def test_an_office_is_made_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """`mailbot init` and `mailbot check` work from an installed wheel, far from any checkout."""
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    program = f"import sys; sys.path.insert(0, {str(site)!r}); from mailbot.cli import main; main()"
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    outputs = [
        subprocess.run(
            [sys.executable, "-P", "-c", program, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for arguments in (["init", "kantor"], ["--config", "kantor", "check"])
    ]
    assert [output.returncode for output in outputs] == [0, 0], [output.stdout + output.stderr for output in outputs]
    assert (tmp_path / "kantor" / "office.yaml").is_file()
