"""Where the sample office and the templates are: inside an installed package, or at the top of the checkout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.errors import ConfigProblem, Problem
from mailbot.settings.blank.named_office import for_office

if TYPE_CHECKING:
    from mailbot.settings.blank.answers import Answers

_PACKAGE = Path(__file__).resolve().parents[1]


def sample_folder() -> Path:
    """Return the sample office's folder (`config/`).

    Raises:
        ConfigProblem: this installation has none.
    """
    return _shipped("config")


def templates_folder() -> Path:
    """Return the folder of templates that came with mailbot (`templates/`).

    Raises:
        ConfigProblem: this installation has none.
    """
    return _shipped("templates")


def template_folders(config_folder: Path) -> tuple[Path, ...]:
    """Return the folders that templates are looked for in, the first that has a file wins.

    An office's own are `templates/` inside its configuration folder, then `templates/` beside it.
    """
    return (*own_template_folders(config_folder), templates_folder())


def own_template_folders(config_folder: Path) -> tuple[Path, ...]:
    """Return the folders of an office's own templates that there are; those that came with mailbot are not its own."""
    own = (config_folder.resolve() / "templates", config_folder.resolve().parent / "templates")
    return tuple(folder for folder in own if folder.is_dir() and folder != templates_folder())


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What `init` did: the files it wrote, and those it left because they were there already."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def init(folder: Path, answers: Answers | None = None) -> Made:
    """Write a configuration into a folder, which is made if need be; nothing there is overwritten.

    Args:
        folder: where.
        answers: what the office says of itself, which then knows nothing of the sample's; None: the whole sample.

    Raises:
        ConfigProblem: the folder cannot be written to.
    """
    sample = sample_folder()
    written, kept = [], []
    try:
        for source in sorted(path for path in sample.rglob("*") if path.is_file()):
            target = folder / source.relative_to(sample)
            if target.exists():
                kept.append(target)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            content = source.read_bytes()
            if answers is not None and source.suffix == ".yaml":
                content = for_office(source.name, content.decode(), answers).encode()
            target.write_bytes(content)
            written.append(target)
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise ConfigProblem((Problem(file=str(error.filename or folder), line=1, what=what),)) from error
    return Made(written=tuple(written), kept=tuple(kept))


def _shipped(name: str) -> Path:
    """Return a folder that travels with mailbot."""
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise ConfigProblem((Problem(file=name, line=1, what="is missing from this installation; install mailbot again"),))
