"""Configuration folders for the tests of settings: the small valid office, changed one thing at a time."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mailbot.core.codes.languages import Language
from mailbot.errors import ConfigProblem
from mailbot.settings.loading import load, mistakes_in
from mailbot.settings.sayings.catalogue import problems_of

HERE = Path(__file__).parent
SMALL = HERE / "small"
ENGLISH = {"MAILBOT_LANGUAGE": "en"}
SPOKEN = {"problems.txt": Language.ENGLISH, "problems.id.txt": Language.INDONESIAN}
"""In each case's folder: what is said of it in that language."""
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
        elif file.name not in SPOKEN:
            shutil.copy(file, folder)


def refusal(folder: Path, env: dict[str, str] | None = None) -> list[str]:
    """Return what is said about a folder that cannot be loaded, one line a problem, without the folder's path."""
    with pytest.raises(ConfigProblem) as caught:
        load(folder, ENGLISH | (env or {}))
    told = str(caught.value).replace(f"{folder}/", "").replace(str(folder), "FOLDER")
    assert len(told.splitlines()) == len(caught.value.problems)
    return told.splitlines()


def told_of(folder: Path) -> dict[str, str]:
    """Return what is said about a folder in each language, one line a problem, without the folder's path."""
    mistakes = mistakes_in(folder, {})
    spoken = {name: problems_of(mistakes, language) for name, language in SPOKEN.items()}
    return {
        name: "".join(f"{problem}\n" for problem in problems).replace(f"{folder}/", "").replace(str(folder), "FOLDER")
        for name, problems in spoken.items()
    }


def write_anew() -> None:
    """Write down for every case what is said of it now."""
    for case in CASES:
        with TemporaryDirectory() as empty:
            folder = small_office(Path(empty))
            lay_over(folder, case)
            for name, told in told_of(folder).items():
                (case / name).write_text(told, encoding="utf-8")


if __name__ == "__main__":
    write_anew()
