"""Configuration folders for the tests of settings: the small valid office, changed one thing at a time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mailbot.errors import ConfigProblem
from mailbot.settings.loading import load

HERE = Path(__file__).parent
SMALL = HERE / "small"
CASES = sorted((HERE / "bad").iterdir())


def small_office(where: Path) -> Path:
    """Make a folder with the small valid office."""
    folder = where / "kantor" / "config"
    shutil.copytree(SMALL, folder)
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Change one place in one file; the place must be there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def lay_over(folder: Path, case: Path) -> None:
    """Put the files of a case over those of a folder; `X.absent` takes file X away."""
    for file in case.iterdir():
        if file.suffix == ".absent":
            (folder / file.stem).unlink()
        elif file.name != "problems.txt":
            shutil.copy(file, folder)


def refusal(folder: Path, env: dict[str, str] | None = None) -> list[str]:
    """Return what is said about a folder that cannot be loaded, one line a problem, without the folder's path."""
    with pytest.raises(ConfigProblem) as caught:
        load(folder, env or {})
    told = str(caught.value).replace(f"{folder}/", "").replace(str(folder), "FOLDER")
    assert len(told.splitlines()) == len(caught.value.problems)
    return told.splitlines()
