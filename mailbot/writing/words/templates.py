"""Where the words stand, the office's own `templates/` first; the YAML files of words are read, and laid over, here."""

from __future__ import annotations

import string
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailbot.core.codes.languages import Language
from mailbot.errors import TemplateProblem
from mailbot.settings.sayings.catalogue import problems_of
from mailbot.settings.source import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(__file__).resolve().parents[2]


def shipped_templates() -> Path:
    """Return the folder of templates that came with mailbot: inside the wheel, or beside it in a checkout."""
    inside = _PACKAGE / "_data" / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def in_language(folders: tuple[Path, ...], language: Language) -> tuple[Path, ...]:
    """Return the folders in which the words of a language are looked for: its own first, then those for all.

    Indonesian words stand in a folder of templates itself, those of another language in its folder of that name. What
    there is no other word for (blocks of letters, how people write, names of files) is the same in each.
    """
    own = () if language is Language.INDONESIAN else tuple(folder / language.value for folder in folders)
    return (*own, *folders)


def has_own(folders: tuple[Path, ...]) -> bool:
    """Tell whether an office has a template of its own before those that mailbot ships."""
    return any(path.is_file() for folder in folders if folder != shipped_templates() for path in folder.rglob("*"))


def find_template(folders: tuple[Path, ...], name: str) -> Path:
    """Return the first file of that name (`docx/laporan-kinerja.docx`) in the folders.

    Raises:
        TemplateProblem: no folder has it.
    """
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    places = ", ".join(str(folder) for folder in folders)
    raise TemplateProblem(f"template {name} is missing; looked in: {places}")


def read_words(path: Path) -> dict[str, Any]:
    """Return a file's table of words; read again only when the file has changed.

    Raises:
        TemplateProblem: it is no YAML, or no table; the message has file and line.
    """
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, _changed_ns: int) -> dict[str, Any]:
    """Read a file once for every state of it; every word is the text that stands there."""
    source, problems = read_yaml(str(path), path.read_bytes())
    if problems:
        raise TemplateProblem("; ".join(map(str, problems_of(problems, Language.INDONESIAN))))
    if not isinstance(source.data, dict):
        raise TemplateProblem(f"{path} is not a table of words")
    return dict(source.data)


def overlaid(words: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return words with an office's own laid over them, table in table: what it does not say stays as it was."""
    both = {group: overlaid(words[group], own[group]) for group in own if _is_table(words.get(group), own[group])}
    return {**words, **own, **both}


def read_all_words(folders: tuple[Path, ...]) -> dict[str, Any]:
    """Return every table of the office's `words.yaml`, laid over those mailbot came with, group by group.

    Raises:
        TemplateProblem: no folder has a `words.yaml`, or one of them is no table.
    """
    return read_laid_over(folders, "words.yaml")


def read_laid_over(folders: tuple[Path, ...], name: str) -> dict[str, Any]:
    """Return a file's words, those of each folder laid over those of the folders behind it; nobody may change them.

    Raises:
        TemplateProblem: no folder has it, or one of them is no table.
    """
    paths = [folder / name for folder in reversed(folders)]
    files = tuple((path, path.stat().st_mtime_ns) for path in paths if path.is_file())
    return _laid_over(files) if files else read_words(find_template(folders, name))


@lru_cache(maxsize=32)
def _laid_over(files: tuple[tuple[Path, int], ...]) -> dict[str, Any]:
    """Lay files over each other once for every state of them: a letter or page asks several times."""
    words: dict[str, Any] = {}
    for path, changed_ns in files:
        words = overlaid(words, _read(path, changed_ns))
    return words


def _is_table(*groups: object) -> bool:
    """Say whether all of these are tables of words."""
    return all(isinstance(group, dict) for group in groups)


def lacking(own: object, shipped: object, at: str = "") -> Iterator[str]:
    """Yield what an office's words lack, or have otherwise, beside those that mailbot came with.

    Args:
        own: what stands in the office's file.
        shipped: what stands at the same place in mailbot's own.
        at: the place, keys joined by dots.
    """
    if isinstance(shipped, dict):
        if not isinstance(own, dict):
            yield f"'{at}' must be a table of words"
            return
        for key, words in shipped.items():
            place = f"{at}.{key}" if at else str(key)
            if key in own:
                yield from lacking(own[key], words, place)
            else:
                yield f"'{place}' is missing"
    elif isinstance(shipped, list) != isinstance(own, list) or isinstance(own, dict):
        yield f"'{at}' must be {'a list' if isinstance(shipped, list) else 'one text'}"
    elif isinstance(own, str) and (why := _broken(own)):
        yield f"'{at}' has a brace too many or too few: {why}"


def _broken(text: str) -> str:
    """Return why the placeholders of a text cannot be filled; empty if they can."""
    try:
        list(string.Formatter().parse(text))
    except ValueError as error:
        return str(error)
    return ""
